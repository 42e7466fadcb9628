"""Out of the portal, and out of the provider where it can be asked."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from portal.accounts.beginning import ID_TOKEN, LOGOUT_URI, PROVIDER
from portal.accounts.obstacles import log
from portal.accounts.people.events import Happening
from portal.accounts.providers.faults import SignInFault
from portal.accounts.reception import Reception
from portal.gate import declares
from portal.i18n import page_url
from portal.sessions.session import Session, current
from portal.store.sealing import SealBroken


@dataclass(frozen=True)
class SigningOut:
    """The button of the masthead, and the page afterwards."""

    reception: Reception

    @declares(None)
    def leave(self) -> ResponseReturnValue:
        """End the session here first: whatever the provider does, nobody is signed in any more."""
        session, done = current(), page_url("accounts.signed_out")
        account_id = session.owner
        elsewhere = self._elsewhere(session, done)
        session.end()
        if account_id:
            self.reception.accounts.note(account_id, Happening.SIGNED_OUT, now=self.reception.now())
        return redirect(elsewhere or done, 303)

    @declares(None)
    def done(self) -> ResponseReturnValue:
        """Nobody is signed in; a provider may have added words of its own to the address, which are not read."""
        return render_template("accounts/signed_out.html")

    def _elsewhere(self, session: Session, done: str) -> str:
        provider = self.reception.readers_provider(str(session.get(PROVIDER, "")))
        if provider is None or not session.owner:
            return ""
        try:
            id_token, logout_uri = self._opened(session, ID_TOKEN), self._opened(session, LOGOUT_URI)
            return_to = f"{self.reception.base_url}{urlsplit(done).path}"
            return provider.logout_address(id_token=id_token, logout_uri=logout_uri, return_to=return_to)
        except (SignInFault, SealBroken) as error:
            log.warning("signed out here only: %s provider=%s", type(error).__name__, provider.profile.id)
            return ""

    def _opened(self, session: Session, name: str) -> str:
        kept = session.get(name)
        return self.reception.seal.open(kept) if isinstance(kept, str) else ""
