"""Local sign-in, of staff and of readers whose account the archive issued: passwords, codes, the lock they share."""
