"""Entries made up for tests, logs full of them, and lines as somebody without the key would write them."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from portal.audit.chain import GENESIS, Link, chained, read
from portal.audit.entry import Entry, Event
from portal.audit.files import log_files
from portal.audit.keys import ANONYMOUS, entries_key
from portal.audit.log import AccessLog

KEY = b"a key of the tests, of no use elsewhere"
STRANGER = b"a key that somebody else might have got"
START = datetime(2026, 11, 30, 23, 59, 0, tzinfo=UTC)


def entry(number: int, **values: object) -> Entry:
    """One view of a page; entries come ten seconds after one another, so that the sixth begins a new month."""
    given: dict[str, object] = {
        "at": START + timedelta(seconds=10 * number),
        "event": Event.PAGE_IMAGE,
        "reader": ANONYMOUS,
        "record_id": f"qn.td.04.16.{number}",
        "page": number,
        "size": "screen",
        "allowed": True,
        "rule": "public-mode",
        "permit": None,
        "policy_version": "2026-11-2",
        "list_revision": 41,
        "generation": "g-7",
    }
    return Entry(**(given | values))  # type: ignore[arg-type]


def filled(folder: Path, count: int = 12) -> AccessLog:
    """A log of so many entries; from the sixth on they are of another month."""
    log = AccessLog(folder, KEY)
    for number in range(1, count + 1):
        log.append(entry(number))
    return log


def written(folder: Path) -> list[Link]:
    """Every line of the log, in order."""
    return [read(line, entries_key(KEY)) for path in log_files(folder) for line in raw(path)]


def raw(path: Path) -> list[bytes]:
    """The lines of a file, each with its end."""
    return path.read_bytes().splitlines(keepends=True)


def forged(line: bytes) -> bytes:
    """The line with a hash that fits it again, and the seal it had: all that can be done without the key."""
    body = line[:-150] + b"}"
    return body[:-1] + b',"hash":"' + hashlib.sha256(body).hexdigest().encode() + line[-77:]


def sealed_lines(count: int, *, key: bytes = KEY) -> list[bytes]:
    """What a log of so many entries consists of, made without one."""
    made, previous = [], GENESIS
    for number in range(1, count + 1):
        line, previous = chained(number, entry(number).facts(), previous=previous, key=entries_key(key))
        made.append(line)
    return made
