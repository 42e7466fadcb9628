"""The archive's own people: who they are, which roles they have, what a role may do."""
