"""The oracle: a small, slow, honest engine in plain Python. The other engines have to agree with it."""

from indexer.index.memory.generations import MemoryGenerations

__all__ = ["MemoryGenerations"]
