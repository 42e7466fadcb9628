"""A chained line: facts in JSON, the hash of the line before it, its own hash and a seal.

Each proof is for somebody else. The hash (SHA-256) needs no key: an inspector who is given the files and an exported
head can check everything before that head. But somebody who edits the files can make hashes as well; the seal (HMAC of
the hash, under a key that is not in the folder) is what they cannot make. And somebody who holds the key too is caught
by the heads that were exported before.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

GENESIS = "0" * 64
"""What the first line names as the hash of the line before it."""

LONGEST_LINE = 16_384
"""Bytes; no line of ours comes near it, so a longer one need not be read to its end."""

_JSON = json.JSONEncoder(separators=(",", ":"))
_END = re.compile(rb',"hash":"([0-9a-f]{64})","seal":"([0-9a-f]{64})"}\n')
_END_LENGTH = 150  # what that expression matches


class NotALine(ValueError):
    """These bytes are no chained line."""


class Break(Enum):
    """Why a line cannot be believed."""

    CHANGED = "it was changed after it was written"
    FORGED = "it was not sealed with the key of this log"


@dataclass(frozen=True)
class Link:
    """One line as read: its facts and its hash as the line itself claims it. `broken` says why not to believe it."""

    sequence: int
    at: datetime
    previous: str
    facts: Mapping[str, Any]
    hash: str
    broken: Break | None


@dataclass(frozen=True)
class Head:
    """The newest line of a log: what stands for everything before it. `at` is the time of that entry, in UTC."""

    sequence: int
    hash: str
    at: datetime


def chained(sequence: int, facts: Mapping[str, Any], *, previous: str, key: bytes) -> tuple[bytes, str]:
    """The line to write, with its end, and its hash."""
    whole = {"sequence": sequence, **facts, "previous": previous}
    body = _JSON.encode(whole).encode("ascii")
    digest = hashlib.sha256(body).digest()
    seal = hmac.digest(key, digest, "sha256")
    return b'%s,"hash":"%s","seal":"%s"}\n' % (body[:-1], _hex(digest), _hex(seal)), digest.hex()


def read(line: bytes, key: bytes) -> Link:
    """The line with its end, checked by itself: hash and seal are those of the very bytes. Raises NotALine."""
    end = _END.fullmatch(line[-_END_LENGTH:])
    if end is None or len(line) > LONGEST_LINE:
        raise NotALine
    body = line[:-_END_LENGTH] + b"}"
    digest = hashlib.sha256(body).digest()
    broken = None
    if _hex(digest) != end[1]:
        broken = Break.CHANGED
    elif _hex(hmac.digest(key, digest, "sha256")) != end[2]:
        broken = Break.FORGED
    facts = _facts(body)
    sequence, at, previous = facts.pop("sequence"), facts.pop("at"), facts.pop("previous")
    return Link(sequence, at, previous, facts, end[1].decode(), broken)


def _hex(data: bytes) -> bytes:
    return data.hex().encode()


def _facts(body: bytes) -> dict[str, Any]:
    try:
        facts = json.loads(body)
        facts["at"] = datetime.fromisoformat(facts["at"])
        sound = type(facts["sequence"]) is int and isinstance(facts["previous"], str)
    except (LookupError, RecursionError, TypeError, ValueError) as error:
        raise NotALine from error
    if not sound:
        raise NotALine
    return dict(facts)
