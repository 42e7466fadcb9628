"""Two questions about a server on this machine, for shell scripts on systems that have no curl.

local_port.py free PORT              exit 0 when nothing listens on 127.0.0.1:PORT
local_port.py ready URL SECONDS PID  exit 0 as soon as URL answers 200; 1 when PID ends or the time is over
"""

from __future__ import annotations

import os
import socket
import sys
import time
import urllib.request

# A proxy from the environment must not stand between this machine and itself.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As the server will: a port that only waits for the last packets of an ended server counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def answers(url: str) -> bool:
    try:
        with _opener.open(url, timeout=5) as response:
            return bool(response.status == 200)
    except OSError:  # refused, reset, timed out, or an answer of 400 and above
        return False


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def becomes_ready(url: str, seconds: float, pid: int) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and runs(pid):
        if answers(url):
            return True
        time.sleep(0.1)
    return False


def main(arguments: list[str]) -> int:
    match arguments:
        case ["free", port]:
            return 0 if is_free(int(port)) else 1
        case ["ready", url, seconds, pid]:
            return 0 if becomes_ready(url, float(seconds), int(pid)) else 1
        case _:
            sys.stderr.write(__doc__ or "")
            return 2


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:  # Ctrl-C reaches this process too; the script that asked speaks for both
        sys.exit(1)
