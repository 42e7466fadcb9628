"""The embedded engine: Tantivy in this process, generations in a folder, no server."""
