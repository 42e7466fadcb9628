"""Pages for readers who have signed in: whoever has not is asked to, and comes back."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import current_app, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from portal.asking import COMPLETE, level_of
from portal.i18n import page_url
from portal.sessions.session import current

View = TypeVar("View", bound=Callable[..., Any])


def needs_reader(*, level: int) -> Callable[[View], View]:
    """Let a view be reached only by a reader whose account is whole and who is known at `level` or above.

    Anybody else is sent to the page that helps, with the address to come back to: this page, or for what is posted the
    page at the same address.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **values: Any) -> ResponseReturnValue:
            session = current()
            if not session.owner:
                return redirect(page_url("accounts.sign_in", next=here()), 303)
            if session.get(COMPLETE) is not True:
                return redirect(page_url("accounts.complete", next=here()), 303)
            if level_of(session) < level:
                return redirect(page_url("accounts.step_up", next=here(), level=level), 303)
            return cast(ResponseReturnValue, view(*args, **values))

        return cast(View, guarded)

    return guard


def here() -> str:
    """The address to come back to: this one where it can be asked for, else the reader's own page."""
    if request.method in ("GET", "HEAD"):
        return request.full_path.rstrip("?")
    try:
        current_app.create_url_adapter(request).match(request.path, method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return page_url("accounts.profile")
    return request.path
