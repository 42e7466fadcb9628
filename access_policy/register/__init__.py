"""What the archive decides day by day, kept in a database: lists, withdrawals, permits, redactions."""
