"""A site of a few lines, to test the test servers and gunicorn's configuration without the portal.

/readyz, /blank    200
/status/<code>     that status
/slow/<seconds>    200 after that time
/fail              an uncaught exception
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


def create() -> WSGIApplication:
    return _answer


def _answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    _, kind, *rest = environ["PATH_INFO"].split("/")
    if kind == "fail":
        raise RuntimeError("asked to fail")
    if kind == "slow":
        time.sleep(float(rest[0]))
    status = rest[0] if kind == "status" else "200"
    start_response(f"{status} Echo", [("Content-Type", "text/html; charset=utf-8")])
    return [b"<!doctype html><title>echo</title>"]
