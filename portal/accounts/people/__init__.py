"""Accounts of readers: who they are, how they are reached, what happened to their account."""
