"""Sign-ins under way: what the portal has to remember of each until the browser is back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest

from portal.accounts.providers.faults import Fault, SignInFault

LIFETIME = timedelta(minutes=10)

MOST = 5
"""Newer ones push older ones out, so that abandoned sign-ins never make a session grow."""

_PURPOSES = frozenset({"sign-in", "link", "step-up", "staff"})


@dataclass(frozen=True)
class Attempt:
    """One sign-in that a browser was sent away with.

    `next` is the local address to go on to, `level` the lowest that will do, `purpose` one of sign-in, link, step-up,
    staff. `nonce` and `verifier` are "" where the profile sends none.
    """

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    provider: str
    next: str
    level: int
    purpose: str
    started_at: datetime

    def __post_init__(self) -> None:
        if self.purpose not in _PURPOSES:
            raise ValueError(f"purpose is one of {', '.join(sorted(_PURPOSES))}")
        if not is_local(self.next):
            raise ValueError("next is a path of this site")

    def expired(self, *, now: datetime) -> bool:
        """Older than ten minutes, or from a clock that cannot be right."""
        return not -LIFETIME <= now - self.started_at <= LIFETIME

    def to_json(self) -> dict[str, str | int]:
        """For the session's content."""
        return asdict(self) | {"started_at": self.started_at.isoformat()}

    @classmethod
    def from_json(cls, content: Mapping[str, object]) -> Attempt:
        """Raises KeyError, TypeError or ValueError for what `to_json` has not made."""
        texts = {name: _text(content[name]) for name in ("state", "nonce", "verifier", "provider", "next", "purpose")}
        level = content["level"]
        if not isinstance(level, int):
            raise TypeError("level is a whole number")
        return cls(**texts, level=level, started_at=datetime.fromisoformat(_text(content["started_at"])))


@dataclass(frozen=True)
class Attempts:
    """The sign-ins under way in one session, the newest last. Kept in the session as what `to_json` gives."""

    under_way: tuple[Attempt, ...] = ()

    def begun(self, attempt: Attempt, *, now: datetime) -> Attempts:
        """With one more; without those that have expired or are too many."""
        alive = [one for one in self.under_way if not one.expired(now=now)]
        return Attempts((*alive, attempt)[-MOST:])

    def taken(self, state: str, *, now: datetime) -> tuple[Attempt, Attempts]:
        """The attempt of this state, and the rest: keep the rest, so that no attempt is used twice.

        Raises SignInFault: NOT_STARTED_HERE when this session knows no such attempt, EXPIRED when it took too long.
        """
        attempt = next((one for one in self.under_way if compare_digest(one.state.encode(), state.encode())), None)
        if attempt is None:
            raise SignInFault(Fault.NOT_STARTED_HERE, "no attempt of this session has that state")
        if attempt.expired(now=now):
            raise SignInFault(Fault.EXPIRED, "the attempt is more than ten minutes old")
        return attempt, Attempts(tuple(one for one in self.under_way if one is not attempt))

    def to_json(self) -> list[dict[str, str | int]]:
        return [attempt.to_json() for attempt in self.under_way]

    @classmethod
    def from_json(cls, content: object) -> Attempts:
        """What cannot be read, from an older version for instance, counts as not begun."""
        found = []
        for one in content if isinstance(content, list) else []:
            try:
                found.append(Attempt.from_json(one))
            except (KeyError, TypeError, ValueError):
                continue
        return cls(tuple(found[-MOST:]))


def is_local(address: str) -> bool:
    """Whether a browser that follows `address` stays on this site: one slash first, and nothing it would drop."""
    return (
        address.startswith("/")
        and not address.startswith("//")
        and "\\" not in address
        and address.isprintable()
        and " " not in address
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value
