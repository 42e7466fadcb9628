"""Sessions in Redis: one string a session, and sets of keys by owner and by label, tidied when they are read."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from portal.clock import Now
from portal.sessions.store import Listed, SessionsAway, Stored

REDIS_SECONDS = 1.0
"""How long Redis may take to answer."""


class RedisSessions:
    """See `SessionStore`. `application` keeps the sessions of readers and staff apart; `idle` ends what nobody uses."""

    def __init__(self, url: str, *, application: str, idle: timedelta, longest: timedelta, now: Now) -> None:
        self._redis: Redis = Redis.from_url(
            url, decode_responses=True, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS
        )
        self._prefix, self._now = f"session:{application}", now
        self._idle, self._longest = int(idle.total_seconds()), int(longest.total_seconds())

    def load(self, key: str) -> Stored | None:
        """See the protocol."""
        with _answering():
            kept = self._redis.getex(self._session(key), ex=self._idle)
        return _read(kept) if isinstance(kept, str) else None

    def add(self, key: str, stored: Stored) -> None:
        """See the protocol."""
        with _answering(), self._redis.pipeline() as pipeline:
            pipeline.set(self._session(key), _written(stored), ex=self._idle)
            for name in self._sets(stored):
                pipeline.sadd(name, key)
                pipeline.expire(name, self._longest)
            pipeline.execute()

    def replace(self, key: str, stored: Stored) -> bool:
        """See the protocol."""
        with _answering():
            return bool(self._redis.set(self._session(key), _written(stored), ex=self._idle, xx=True))

    def delete(self, key: str) -> None:
        """See the protocol."""
        with _answering():
            self._redis.delete(self._session(key))

    def of_owner(self, owner: str) -> Sequence[Listed]:
        """See the protocol."""
        name = self._owner(owner)
        with _answering():
            keys = sorted(str(key) for key in self._members(name))
            if not keys:
                return []
            with self._redis.pipeline(transaction=False) as pipeline:
                for key in keys:
                    pipeline.get(self._session(key))
                    pipeline.ttl(self._session(key))
                answers = pipeline.execute()
            found = list(zip(keys, answers[::2], answers[1::2], strict=True))
            if gone := [key for key, kept, _ in found if kept is None]:
                self._redis.srem(name, *gone)
        listed = [Listed(key, self._seen(seconds), _read(kept)) for key, kept, seconds in found if kept is not None]
        return sorted(listed, key=lambda each: each.seen_at, reverse=True)

    def end_owner(self, owner: str, except_key: str = "") -> int:
        """See the protocol."""
        return self._end_all(self._owner(owner), lambda key: key != except_key)

    def end_labelled(self, label: str) -> int:
        """See the protocol."""
        return self._end_all(self._label(label), lambda _: True)

    def once(self, name: str, seconds: int) -> bool:
        """See the protocol."""
        with _answering():
            return bool(self._redis.set(f"{self._prefix}:once:{_digest(name)}", 1, ex=max(1, seconds), nx=True))

    def _end_all(self, name: str, ends: Callable[[str], bool]) -> int:
        with _answering():
            keys = [str(key) for key in self._members(name) if ends(str(key))]
            if not keys:
                return 0
            ended: Any = self._redis.delete(*map(self._session, keys))
            self._redis.srem(name, *keys)
            return int(ended)

    def _members(self, name: str) -> set[Any]:
        members: Any = self._redis.smembers(name)
        return set(members)

    def _seen(self, seconds_left: int) -> datetime:
        return self._now() - timedelta(seconds=max(0, self._idle - seconds_left))

    def _session(self, key: str) -> str:
        return f"{self._prefix}:{key}"

    def _owner(self, owner: str) -> str:
        return f"{self._prefix}:owner:{owner}"

    def _label(self, label: str) -> str:
        return f"{self._prefix}:label:{_digest(label)}"

    def _sets(self, stored: Stored) -> Iterator[str]:
        if stored.owner:
            yield self._owner(stored.owner)
        yield from map(self._label, stored.labels)


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except RedisError as error:
        raise SessionsAway(f"sessions in Redis: {type(error).__name__}") from None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _written(stored: Stored) -> str:
    begun = stored.begun_at.isoformat()
    return json.dumps([stored.owner, stored.content, begun, list(stored.labels)], ensure_ascii=False)


def _read(kept: str) -> Stored:
    owner, content, begun, labels = json.loads(kept)
    return Stored(owner, content, datetime.fromisoformat(begun), tuple(labels))
