"""A daemon on a Unix socket that speaks INSTREAM, in the many moods that one may have."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


class Clamd:
    """Reads each stream as the protocol says and answers; `said` overrides the answer, None is silence."""

    def __init__(self, path: Path, said: object = ...) -> None:
        self.said, self.scanned = said, list[bytes]()
        self._listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listening.bind(str(path))
        self._listening.listen()
        self._held: list[socket.socket] = []
        self._thread = Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            connection, _address = self._listening.accept()
            if not self._answer(connection):
                return

    def _answer(self, connection: socket.socket) -> bool:
        """Whether to go on listening."""
        stream = connection.makefile("rb")
        command = stream.read(10)
        if command != b"zINSTREAM\0":
            connection.close()
            return False
        content = b""
        while size := struct.unpack("!L", stream.read(4))[0]:
            content += stream.read(size)
        self.scanned.append(content)
        stream.close()
        if self.said is None:
            self._held.append(connection)
            return True
        verdict = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        answer = self.said if isinstance(self.said, bytes) else verdict
        with suppress(ConnectionError):  # whoever has heard enough hangs up
            for byte in answer:  # a stream may come in pieces
                connection.send(bytes([byte]))
        connection.close()
        return True

    def stop(self, path: Path) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as last:
            last.connect(str(path))
            last.sendall(b"zEND\0\0\0\0\0\0")
        self._thread.join(10)
        for each in (*self._held, self._listening):
            each.close()


@contextmanager
def clamd(path: Path, said: object = ...) -> Iterator[Clamd]:
    """A daemon that listens while the block runs."""
    daemon = Clamd(path, said)
    try:
        yield daemon
    finally:
        daemon.stop(path)
