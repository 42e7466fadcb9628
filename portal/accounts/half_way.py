"""A sign-in with a password that is not complete yet: what has been shown so far, kept in the session."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from portal.accounts.credentials.events import Owner
from portal.accounts.credentials.stored import Credential
from portal.sessions.session import Session

HALF_WAY = "half_way"
"""In a session: what `HalfWay.keep` has put there."""

LIVES = timedelta(minutes=10)

OWNER = Owner.READER


@dataclass(frozen=True)
class HalfWay:
    """Whose password was right, and when; whether a code was; the sealed secret that is being set up, if one is."""

    login: str
    at: datetime
    code: bool = False
    secret: str = ""

    def keep(self, session: Session) -> None:
        """Write it into the session."""
        session[HALF_WAY] = {"login": self.login, "at": self.at.isoformat(), "code": self.code, "secret": self.secret}

    def with_code(self) -> "HalfWay":
        """The second factor was right too."""
        return replace(self, code=True)

    def with_secret(self, secret: str) -> "HalfWay":
        """This secret is shown to the reader's app."""
        return replace(self, secret=secret)

    def next_step(self, credential: Credential) -> str:
        """What is still missing: "code", "app" (to be set up), "password" (a new one), or "" when nothing is."""
        if not credential.second_factor:
            return "app"
        if not self.code:
            return "code"
        return "password" if credential.must_change else ""


def half_way(session: Session, *, now: datetime) -> HalfWay | None:
    """The sign-in of this session that is not complete; None when there is none, or it takes too long."""
    kept = session.get(HALF_WAY)
    if not isinstance(kept, dict):
        return None
    found = HalfWay(kept["login"], datetime.fromisoformat(kept["at"]), kept["code"], kept["secret"])
    return found if timedelta(0) <= now - found.at <= LIVES else None
