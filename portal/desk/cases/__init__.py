"""Handling what readers ask for: the queue, the page of a case, and the steps."""
