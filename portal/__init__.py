"""What readers use: search, description pages, page images."""
