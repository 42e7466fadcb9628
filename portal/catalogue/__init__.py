"""Finding records: search, facets, description pages, citations."""
