"""How many bytes a request may bring along: little, but for the pages that take files."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View, *, most_bytes: int) -> View:
    """Let a view be sent so many bytes."""
    view.most_bytes = most_bytes  # type: ignore[attr-defined]
    return view


def install(app: Flask) -> None:
    """Set the bound before anything reads the form; installed before whatever does, as the check of its token."""

    @app.before_request
    def _bound() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        most = getattr(view, "most_bytes", None)
        if most is not None:
            request.max_content_length = most
