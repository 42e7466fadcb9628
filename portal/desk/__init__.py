"""The desk: where staff work. A second application, with its own port, cookie and sessions."""
