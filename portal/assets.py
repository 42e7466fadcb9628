"""Where templates and static files lie, and addresses of static files that change with their content."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, url_for

_HERE = Path(__file__).parent


def folder(name: str) -> Path:
    """A folder of the site: inside an installed package, or beside it in a source tree."""
    installed = _HERE / f"_{name}"
    return installed if installed.is_dir() else _HERE.parent / name


def install(app: Flask) -> None:
    """Give templates `asset("css/site.css")`."""
    app.jinja_env.globals["asset"] = lambda path: url_for("static", filename=path, v=_fingerprint(path))


@lru_cache
def _fingerprint(path: str) -> str:
    return hashlib.sha256((folder("static") / path).read_bytes()).hexdigest()[:12]
