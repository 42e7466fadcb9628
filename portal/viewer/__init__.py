"""Page images: found in the store, drawn in a confined process, kept in a private cache, marked for one reader."""
