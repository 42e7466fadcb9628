"""What a store of sessions can do. Each application has its own, under a name that keeps them apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


class SessionsAway(Exception):
    """The store of sessions does not answer; nobody can be told apart."""


@dataclass(frozen=True)
class Stored:
    """A session as it is kept: whose it is ("" before sign-in), what it holds (JSON), since when; `labels` are other
    names by which it can be ended.
    """

    owner: str
    content: Mapping[str, Any]
    begun_at: datetime
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listed:
    """A session in a list: its key, when it was last used, and what it holds."""

    key: str
    seen_at: datetime
    stored: Stored = field(repr=False)


class SessionStore(Protocol):
    """Keys are digests of ids, so that whoever reads the store holds no cookie. Everything raises SessionsAway.

    A session ends by itself when it has not been loaded for the idle time of the store.
    """

    def load(self, key: str) -> Stored | None:
        """The session, used at this moment; None when there is none. One question to the server."""
        ...

    def add(self, key: str, stored: Stored) -> None:
        """A session that was not there before."""
        ...

    def replace(self, key: str, stored: Stored) -> bool:
        """Other content for a session; False, and nothing done, when it has been ended meanwhile."""
        ...

    def delete(self, key: str) -> None:
        """End one session."""
        ...

    def of_owner(self, owner: str) -> Sequence[Listed]:
        """The sessions of a reader or a member of staff, the last used first."""
        ...

    def end_owner(self, owner: str, except_key: str = "") -> int:
        """End all sessions of somebody, but perhaps one; how many were ended."""
        ...

    def end_labelled(self, label: str) -> int:
        """End all sessions with this label; how many were ended."""
        ...

    def once(self, name: str, seconds: int) -> bool:
        """True the first time that this name is given within so many seconds."""
        ...
