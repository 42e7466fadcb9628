"""Plain pages: about the archive, help with searching, accessibility, privacy."""
