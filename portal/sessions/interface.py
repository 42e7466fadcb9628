"""Flask's way to sessions: the cookie, and when it is set."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin

from portal.clock import Now
from portal.sessions.session import Session
from portal.sessions.store import SessionStore

LONGEST_ID = 100
"""Characters; what is longer is no id of ours."""


@dataclass
class StoredSessions(SessionInterface):
    """Sessions of one application in one store, named by one cookie that ends with the browser."""

    store: SessionStore
    cookie: str
    longest: timedelta
    now: Now

    def open_session(self, app: Flask, request: Request) -> Session:  # noqa: ARG002
        """Nothing is asked of the store yet."""
        given = request.cookies.get(self.cookie, "")
        return Session(self.store, given if len(given) <= LONGEST_ID else "", longest=self.longest, now=self.now)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:  # noqa: ARG002
        """Keep what has changed; the browser hears of it only when the id is another one. Raises SessionsAway."""
        if not isinstance(session, Session) or not session.modified:
            return
        session.save()
        flags = {"secure": True, "httponly": True, "samesite": "Lax", "path": "/"}
        if session.new_id:
            response.set_cookie(self.cookie, session.new_id, **flags)  # type: ignore[arg-type]
        elif session.new:
            response.delete_cookie(self.cookie, **flags)  # type: ignore[arg-type]


def install(app: Flask, store: SessionStore, *, cookie: str, longest: timedelta, now: Now) -> None:
    """Give an application these sessions. `cookie` begins with __Host-: it is sent to this host alone."""
    app.config["SESSION_COOKIE_NAME"] = cookie
    app.session_interface = StoredSessions(store, cookie, longest, now)
