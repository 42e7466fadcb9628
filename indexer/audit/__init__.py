"""Proof that nothing leaks: what may be in the index is derived anew and compared with all that is there."""
