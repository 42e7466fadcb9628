"""Health check of a portal in a container, which has a socket and no port.

ready.py SOCKET  exit 0 when the portal behind SOCKET says that it can serve
"""

from __future__ import annotations

import socket
import sys


def ready(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as portal:
        portal.settimeout(5)
        try:
            portal.connect(path)
            portal.sendall(b"GET /readyz HTTP/1.0\r\nHost: localhost\r\n\r\n")
            return portal.recv(64).split(b" ", 2)[1:2] == [b"200"]
        except OSError:
            return False


if __name__ == "__main__":
    sys.exit(0 if ready(sys.argv[1]) else 1)
