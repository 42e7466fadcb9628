"""Asking ClamAV about a file before it is kept, by its own protocol (INSTREAM of clamd)."""

import socket
import struct
from enum import Enum
from pathlib import Path
from typing import Protocol

SECONDS = 20
_CHUNK = 65_536
_LONGEST_ANSWER = 4096


class Scanned(Enum):
    """What is known of a file's content. An archive without a scanner knows nothing."""

    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not-scanned"


class ScannerAway(Exception):
    """The scanner is set up and does not answer: nothing is kept until it does."""


class Scanner(Protocol):
    """Whatever looks into files."""

    def scan(self, content: bytes) -> Scanned:
        """What is known of this content. Raises ScannerAway."""
        ...


class NoScanner:
    """An archive that has none."""

    def scan(self, content: bytes) -> Scanned:  # noqa: ARG002 - the port's own parameter
        """Nothing is known."""
        return Scanned.NOT_SCANNED


class ClamAv:
    """A daemon behind a Unix socket."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def scan(self, content: bytes) -> Scanned:
        """Clean, infected, or ScannerAway for whatever else it says."""
        try:
            answer = self._asked(content)
        except OSError as error:
            raise ScannerAway(type(error).__name__) from None
        if answer == "stream: OK":
            return Scanned.CLEAN
        if answer.startswith("stream: ") and answer.endswith(" FOUND"):
            return Scanned.INFECTED
        raise ScannerAway("an answer that says neither")

    def _asked(self, content: bytes) -> str:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(SECONDS)
            connection.connect(str(self._path))
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), _CHUNK):
                part = content[start : start + _CHUNK]
                connection.sendall(struct.pack("!L", len(part)) + part)
            connection.sendall(struct.pack("!L", 0))
            return _read(connection).decode("utf-8", "replace")


def _read(connection: socket.socket) -> bytes:
    """The answer up to the zero byte that ends it; what ends otherwise is no answer."""
    answer = b""
    while not answer.endswith(b"\0") and len(answer) <= _LONGEST_ANSWER:
        part = connection.recv(_LONGEST_ANSWER)
        if not part:
            raise ConnectionResetError
        answer += part
    return answer.rstrip(b"\0")


def open_scanner(socket_path: str) -> Scanner:
    """The scanner of the settings."""
    return ClamAv(Path(socket_path)) if socket_path else NoScanner()
