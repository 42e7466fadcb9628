"""How gunicorn serves the portal: behind a web server on the same machine, and silent about who asked for what.

Read by deploy/bin/serve, deploy/bin/demo and the tests. A wrong value ends the start with a sentence that names it.
"""

from __future__ import annotations

import gc
import ipaddress
import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

_QUERY = re.compile(r"\?[^\s'\"]*")


class DiscreetLogger(Logger):
    """A log that says what was asked of the server, never by whom or in which words.

    A query string holds what a reader looks for, so it is cut wherever gunicorn would print it; an access log line has
    only the facts named in `atoms`, whatever its format asks for. The path is logged as it was sent, still
    percent-encoded: decoded, a line break in it would forge a line.
    """

    def atoms(
        self, resp: Any, _req: Any, environ: dict[str, Any], request_time: timedelta
    ) -> dict[str, str | int | None]:
        return {
            "t": self.now(),
            "m": environ.get("REQUEST_METHOD"),
            "U": without_query(environ.get("RAW_URI", "-")),
            "s": str(resp.status).split(None, 1)[0],
            "B": getattr(resp, "sent", None),
            "M": int(request_time / timedelta(milliseconds=1)),
        }

    def warning(self, msg: str, *args: object, **kwargs: Any) -> None:
        super().warning(without_query(msg), *map(without_query, args), **kwargs)

    def exception(self, msg: str, *args: object, **kwargs: Any) -> None:
        super().exception(without_query(msg), *map(without_query, args), **kwargs)


def without_query(value: object) -> Any:
    """A text without the query strings in it; anything else as it is."""
    return _QUERY.sub("", value) if isinstance(value, str) else value


def number(name: str, *, default: int, most: int) -> int:
    """A setting from the environment, 1 to `most`; ValueError names the setting."""
    text = os.environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= most:
        raise ValueError(f"{name} must be a whole number from 1 to {most}, not {text!r}")
    return int(text)


def local_address(address: str) -> str:
    """`address` when only this machine can reach it; else ValueError.

    The portal believes the forwarding headers of the web server before it; whoever could reach it past that server
    could name any client address.
    """
    if address.startswith("unix:/"):
        return address
    host, _, port = address.rpartition(":")
    try:
        if port.isdigit() and ipaddress.ip_address(host.strip("[]")).is_loopback:
            return address
    except ValueError:
        pass
    raise ValueError(f"ARCHIVE_BIND must be a unix socket or a loopback address with a port, not {address!r}")


def memory_folder() -> str | None:
    """Where a worker's heartbeat needs no disk, which could stall it; None leaves the choice to gunicorn."""
    shared_memory = Path("/dev/shm")  # noqa: S108 - gunicorn makes its file there with a name nobody can foresee
    return str(shared_memory) if os.access(shared_memory, os.W_OK) else None


bind = local_address(os.environ.get("ARCHIVE_BIND") or "127.0.0.1:8000")
umask = 0o007  # a unix socket is open to the service's own group, in which the web server is, and to nobody else
control_socket_disable = True  # gunicorn would else open a socket in the home folder that commands it

worker_class = "gthread"
workers = number("ARCHIVE_WORKERS", default=2, most=64)
threads = number("ARCHIVE_THREADS", default=4, most=64)
worker_tmp_dir = memory_folder()
timeout = 30
graceful_timeout = 30
max_requests = 50_000  # a worker takes a second to come up; often is dear, never would keep a leak for ever
max_requests_jitter = 5_000

forwarded_allow_ips = "127.0.0.1,::1"
limit_request_line = 4094
limit_request_fields = 64
limit_request_field_size = 8190


def post_worker_init(_worker: Any) -> None:
    """What the worker has loaded stays for good: the collector need not look at it again, nor look every moment."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


_access_log = os.environ.get("ARCHIVE_ACCESS_LOG") or "-"
accesslog = None if _access_log == "none" else _access_log
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"
logger_class = DiscreetLogger
