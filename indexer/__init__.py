"""From the archive database to the search index: read, validate, decide what may be known, write, switch."""
