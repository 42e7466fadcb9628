"""A limit on the whole of a conversation, which timeouts of single reads do not set.

A server that sends a byte a second never lets a read time out. So the connections of a conversation are watched, and
cut when its time is over: whoever waits on one then meets an end of file, in the handshake, in the headers or in the
body alike.
"""

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection


class Deadline:
    """Begins with `start`; connections `watched` before or after its end are cut. `close` ends the watching."""

    def __init__(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._watched: list[socket.socket] = []
        self._started = False
        self.over = False

    def start(self) -> None:
        """The first call counts."""
        with self._lock:
            if not self._started:
                self._started = True
                self._timer.start()

    def watched(self, connection: socket.socket) -> socket.socket:
        """The same connection. OSError when the time is over already."""
        with self._lock:
            if self.over:
                connection.close()
                raise TimeoutError("the time for this conversation is over")
            # A duplicate, since wrapping a connection in TLS takes the original away.
            self._watched.append(connection.dup())
        return connection

    def close(self) -> None:
        """Let go of the connections, which stay open if they are."""
        self._timer.cancel()
        with self._lock:
            for connection in self._watched:
                connection.close()
            self._watched.clear()

    def _cut(self) -> None:
        with self._lock:
            self.over = True
            for connection in self._watched:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


class WatchedAdapter(HTTPAdapter):
    """Makes connections for `requests` that a deadline watches. Never asks twice."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        super().__init__(pool_connections=2, pool_maxsize=1, max_retries=0)

    def get_connection_with_tls_context(
        self,
        request: PreparedRequest,
        verify: bool | str | None,
        proxies: Mapping[str, str] | None = None,
        cert: Any = None,
    ) -> Any:
        """The pool for this request, whose new connections are watched."""
        pool: Any = super().get_connection_with_tls_context(request, verify, proxies=proxies, cert=cert)
        pool.ConnectionCls = _watched(type(pool).ConnectionCls, self._deadline)
        return pool


def _watched(kind: Any, deadline: Deadline) -> Any:
    class Watched(kind):  # type: ignore[misc]
        def _new_conn(self: HTTPConnection) -> socket.socket:
            return deadline.watched(super()._new_conn())  # type: ignore[misc]

    return Watched
