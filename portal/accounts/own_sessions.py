"""Where a reader is signed in."""

from dataclasses import dataclass

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.beginning import PROVIDER
from portal.accounts.people.events import Happening
from portal.accounts.presented import moment
from portal.accounts.reception import Reception
from portal.gate import declares
from portal.i18n import page_url
from portal.sessions.session import current
from portal.sessions.store import Listed

ALL_OTHERS = "others"


@dataclass(frozen=True)
class ShownSession:
    """A session in the list; `key` is a digest and opens nothing."""

    key: str
    begun: str
    seen: str
    provider: str
    this: bool


@dataclass(frozen=True)
class OwnSessions:
    """All behind `needs_reader`."""

    reception: Reception

    @declares(None)
    def show(self) -> ResponseReturnValue:
        """Every session of this reader, with a button to end it."""
        session = current()
        found = self.reception.sessions.of_owner(session.owner)
        return render_template("accounts/sessions.html", sessions=[self._shown(one, session.key) for one in found])

    @declares(None)
    def end(self) -> ResponseReturnValue:
        """End one session of this reader, or all but this one. A key of somebody else's ends nothing."""
        session, wanted = current(), request.form.get("session", "")
        sessions = self.reception.sessions
        if wanted == ALL_OTHERS:
            ended = sessions.end_owner(session.owner, except_key=session.key)
        else:
            own = [one.key for one in sessions.of_owner(session.owner) if one.key == wanted != session.key]
            for key in own:
                sessions.delete(key)
            ended = len(own)
        if ended:
            self.reception.accounts.note(
                session.owner, Happening.SESSION_ENDED, now=self.reception.now(), detail=str(ended)
            )
        return redirect(page_url("accounts.sessions"), 303)

    def _shown(self, one: Listed, this: str) -> ShownSession:
        provider = self.reception.name_of(str(one.stored.content.get(PROVIDER, "")))
        return ShownSession(one.key, moment(one.stored.begun_at), moment(one.seen_at), provider, one.key == this)
