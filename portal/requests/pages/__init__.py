"""The pages on which readers ask and follow what became of it."""
