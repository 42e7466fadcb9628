"""The door of the desk: a route answers nobody until it declares a duty, or that it needs none."""

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

from flask import Flask, current_app, g, redirect, request
from flask.typing import ResponseReturnValue

from portal.accounts.staff.member import StaffMember
from portal.accounts.staff.register import StaffRegister
from portal.accounts.staff.roles import Duty
from portal.errors import NotFound
from portal.i18n import page_url
from portal.sessions.session import current

View = TypeVar("View", bound=Callable[..., Any])


class Open(Enum):
    """For whom a route is there that needs no duty."""

    ANYONE = "anyone"
    STAFF = "staff"


def declares(whom: Duty | Open) -> Callable[[View], View]:
    """Say for whom a route is there: who has this duty, all staff who have signed in, or anyone."""

    def mark(view: View) -> View:
        view.declared_duty = whom  # type: ignore[attr-defined]
        return view

    return mark


def install(app: Flask, staff: StaffRegister) -> None:
    """Refuse every route that declared nothing, and everybody for whom a route is not there."""

    @app.before_request
    def _admit() -> ResponseReturnValue | None:
        view = current_app.view_functions.get(request.endpoint or "")
        if view is None:
            return None
        whom = getattr(view, "declared_duty", None)
        if whom is None:
            raise NotFound
        if whom is Open.ANYONE:
            return None
        member = signed_in(staff)
        if member is None:
            return redirect(page_url("desk.sign_in", **_way_back()), 303)
        if isinstance(whom, Duty) and not member.may(whom):
            raise NotFound
        return None


def signed_in(staff: StaffRegister) -> StaffMember | None:
    """Who is signed in and may still be; fetched once a request, so that a lock is felt at once. Raises SessionsAway
    and StoreUnavailable.
    """
    if "member" not in g:
        session = current()
        found = staff.by_id(session.owner) if session.owner else None
        if session.owner and (found is None or not found.active):
            session.end()
            found = None
        g.member = found
    member: StaffMember | None = g.member
    return member


def member() -> StaffMember:
    """Who makes this request, of a route that is not there for anyone."""
    found: StaffMember | None = g.get("member")
    if found is None:
        raise NotFound
    return found


def _way_back() -> dict[str, str]:
    """The address that was asked for, when asking again does no harm; and whether a session has ended meanwhile."""
    back = {"next": request.full_path.rstrip("?")} if request.method in ("GET", "HEAD") else {}
    ended = request.cookies.get(current_app.config["SESSION_COOKIE_NAME"]) is not None
    return back | ({"het-phien": "1"} if ended else {})
