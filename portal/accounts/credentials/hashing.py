"""Passwords as they are kept: Argon2id."""

import secrets
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


@dataclass(frozen=True)
class Cost:
    """How dear one guess is: passes over `memory` KiB, in so many lanes."""

    passes: int
    memory: int
    lanes: int = 1


STANDARD = Cost(passes=2, memory=19_456)
"""47 to 60 ms on one core of the machine on which it was measured; of the costs that OWASP holds to be enough, the one
that leaves a sign-in the least felt: eight at once take 150 MiB. One lane, since a server has other readers to serve.
"""


class Hashing:
    """Hashes and verifies at one cost; what was hashed at another cost is verified at that one."""

    def __init__(self, cost: Cost = STANDARD) -> None:
        self._hasher = PasswordHasher(time_cost=cost.passes, memory_cost=cost.memory, parallelism=cost.lanes)
        self._nobodys = self._hasher.hash(secrets.token_urlsafe(24))

    def hash(self, password: str) -> str:
        """The hash with its salt and cost."""
        return self._hasher.hash(password)

    def verify(self, password_hash: str, password: str) -> bool:
        """Whether this is the password. An empty hash is nobody's: it takes the same time and is always wrong."""
        try:
            right = self._hasher.verify(password_hash or self._nobodys, password)
        except (VerificationError, InvalidHashError):
            return False
        return right and bool(password_hash)

    def outdated(self, password_hash: str) -> bool:
        """Whether a hash was made at another cost than today's."""
        return self._hasher.check_needs_rehash(password_hash)
