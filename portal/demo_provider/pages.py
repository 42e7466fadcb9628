"""Pages for the visitor of the demonstration: who there is, who is signed in, what was sent."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from portal.clock import ARCHIVE_ZONE
from portal.demo_provider.issued import Issued
from portal.demo_provider.people import PEOPLE, Presence
from portal.notices.spool import newest

MESSAGES_SHOWN = 20


def make_blueprint(issued: Issued, *, mail_folder: Path, tell_portal: Callable[[Presence], bool]) -> Blueprint:
    """`tell_portal` says over the back channel that a session has ended, and whether the portal took it."""
    pages = Blueprint("pages", __name__)

    @pages.get("/")
    def home() -> ResponseReturnValue:
        return _home(issued)

    @pages.post("/phien/ket-thuc")
    def end_session() -> ResponseReturnValue:
        presence = issued.sessions.take(request.form.get("sid", ""))
        outcome = "gone" if presence is None else "told" if tell_portal(presence) else "untold"
        return _home(issued, outcome)

    @pages.get("/hop-thu")
    def mailbox() -> ResponseReturnValue:
        messages = [{**message, "at": _shown(message["at"])} for message in newest(mail_folder, MESSAGES_SHOWN)]
        return render_template("demo_provider/mailbox.html", messages=messages)

    @pages.get("/readyz")
    def ready() -> ResponseReturnValue:
        return {"status": "ok"}

    return pages


def _home(issued: Issued, outcome: str = "") -> str:
    return render_template(
        "demo_provider/home.html", people=PEOPLE.values(), sessions=issued.sessions.all(), outcome=outcome
    )


def _shown(moment: str) -> str:
    return f"{datetime.fromisoformat(moment).astimezone(ARCHIVE_ZONE):%H:%M:%S %d/%m/%Y}"
