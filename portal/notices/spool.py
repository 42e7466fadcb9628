"""A folder of messages, one JSON file each, that another program empties: the SMS gateway of the province, or the page
of a demonstration.

A file is `{"channel", "to", "subject", "text", "at"}`, `at` in ISO 8601, with `"id"` where the message has one: of two
files with the same id one is enough. It appears whole or not at all; names sort by time. Files whose name begins with a
dot are not finished.
"""

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from portal.notices.message import Message, NoticeFailed


class Spool:
    """The outlet that leaves messages in a folder, readable for the account of the portal alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: Message, *, now: datetime) -> None:
        """Leave the message in the folder. Raises NoticeFailed."""
        name = f"{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}.json"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(name, json.dumps(_kept(message, now), ensure_ascii=False).encode())
        except OSError as error:
            raise NoticeFailed(f"spool: {type(error).__name__} {error.errno}") from None

    @contextmanager
    def together(self) -> Iterator["Spool"]:
        """Files share nothing."""
        yield self

    def _write(self, name: str, content: bytes) -> None:
        unfinished = self._folder / f".{name}"
        file = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(file, "wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            unfinished.rename(self._folder / name)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise


def newest(folder: Path, count: int) -> list[dict[str, str]]:
    """The newest messages of a folder, newest first. One that is taken away meanwhile is left out."""
    found = []
    for file in sorted(folder.glob("[!.]*.json"), reverse=True)[:count]:
        try:
            found.append({str(key): str(value) for key, value in json.loads(file.read_bytes()).items()})
        except FileNotFoundError:
            continue
    return found


def _kept(message: Message, now: datetime) -> dict[str, str]:
    return {
        "channel": message.channel.value,
        "to": message.to,
        "subject": message.subject,
        "text": message.text,
        "at": now.isoformat(),
    } | ({"id": message.id} if message.id else {})
