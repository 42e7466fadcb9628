"""The restricted-use lists in a database: the one part of the policy that is not pure."""
