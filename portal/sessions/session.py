"""The session of one request: fetched when somebody first looks into it, written back when it has changed."""

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from flask import session as flask_session
from flask.sessions import SessionMixin

from portal.clock import Now
from portal.sessions.store import SessionsAway, SessionStore, Stored

ID_BYTES = 32


def current() -> "Session":
    """The session of this request."""
    return cast(Session, flask_session._get_current_object())  # type: ignore[attr-defined]


def key_of(session_id: str) -> str:
    """Under which key a session is kept."""
    return hashlib.sha256(session_id.encode()).hexdigest()


@dataclass
class _State:
    """What is known of the session; `key` is empty when it is not in the store."""

    key: str
    owner: str
    content: dict[str, Any]
    labels: tuple[str, ...]
    begun_at: datetime


class Session(SessionMixin):
    """A mapping of JSON values. `given` is the id that the browser sent; it counts only if the store knows it.

    Whatever looks into it may raise SessionsAway. `longest` is how long a session lives at most, used or not.
    """

    def __init__(self, store: SessionStore, given: str, *, longest: timedelta, now: Now) -> None:
        self._store, self._given, self._longest, self._now = store, given, longest, now
        self._loaded: _State | None = None
        self._outdated: list[str] = []
        self.modified = False
        self.new_id = ""

    @property
    def owner(self) -> str:
        """Whose session it is; "" when nobody has signed in."""
        return self._state.owner

    @property
    def known_owner(self) -> str:
        """The same, and "" as well while the store is away: for the frame of a page, never for a decision."""
        try:
            return self.owner
        except SessionsAway:
            return ""

    @property
    def key(self) -> str:
        """Names the session in lists; "" when it is not kept yet."""
        return self._state.key

    @property
    def begun_at(self) -> datetime:
        """When it began, or when somebody signed in."""
        return self._state.begun_at

    @property
    def touched(self) -> bool:
        """Whether anybody looked into it in this request."""
        return self._loaded is not None

    @property
    def new(self) -> bool:  # type: ignore[override]
        """Whether the browser has no session that counts."""
        return not self.key

    def sign_in(self, owner: str, *, labels: tuple[str, ...] = (), **content: Any) -> None:
        """Another session with another id, of this owner, with this content and nothing of before."""
        self._forget()
        self._loaded = _State("", owner, dict(content), labels, self._now())
        self.modified = True

    def rotate(self) -> None:
        """The same session under another id."""
        self._forget()
        self.modified = True

    def end(self) -> None:
        """Nobody is signed in any more, and nothing is left."""
        self._forget()
        self._loaded = _State("", "", {}, (), self._now())
        self.modified = True

    def save(self) -> None:
        """Write down what has changed; `new_id` then is what the browser has to send from now on, if it changes."""
        state = self._state
        for key in self._outdated:
            self._store.delete(key)
        stored = Stored(state.owner, state.content, state.begun_at, state.labels)
        if state.key:
            self._store.replace(state.key, stored)
        elif state.content or state.owner:
            self.new_id = secrets.token_urlsafe(ID_BYTES)
            state.key = key_of(self.new_id)
            self._store.add(state.key, stored)

    @property
    def _state(self) -> _State:
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded

    def _load(self) -> _State:
        key = key_of(self._given) if self._given else ""
        stored = self._store.load(key) if key else None
        if stored is not None and self._now() - stored.begun_at < self._longest:
            return _State(key, stored.owner, dict(stored.content), stored.labels, stored.begun_at)
        if stored is not None:
            self._store.delete(key)
        return _State("", "", {}, (), self._now())

    def _forget(self) -> None:
        if self._state.key:
            self._outdated.append(self._state.key)
            self._state.key = ""

    def __getitem__(self, name: str) -> Any:
        return self._state.content[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self._state.content[name] = value
        self.modified = True

    def __delitem__(self, name: str) -> None:
        del self._state.content[name]
        self.modified = True

    def __iter__(self) -> Iterator[str]:
        return iter(self._state.content)

    def __len__(self) -> int:
        return len(self._state.content)
