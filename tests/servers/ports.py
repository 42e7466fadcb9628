"""Free TCP ports on loopback."""

from __future__ import annotations

import secrets
import socket

# Below the range from which Linux hands ports to outgoing connections, so that a port stays free between the moment it
# is found and the moment a server takes it, also while a server is stopped in the middle of a test.
_LOWEST, _HIGHEST = 20_000, 32_000


def free_port() -> int:
    """A port that nothing listens on; drawn at random, so that test processes side by side hardly meet."""
    for _ in range(200):
        port = _LOWEST + secrets.randbelow(_HIGHEST - _LOWEST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise RuntimeError("no free port found on 127.0.0.1")
