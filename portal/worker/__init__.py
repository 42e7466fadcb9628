"""What time demands: notices, permits, deadlines, reminders, and what is left over."""
