"""Two ways into one account: proposed by the same citizen number, proven on both sides, confirmed by the reader."""

from dataclasses import dataclass

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts import obstacles
from portal.accounts.beginning import PENDING_LINK
from portal.accounts.local_path import local_path
from portal.accounts.pending_link import pending
from portal.accounts.people.accounts import LinkRefused
from portal.accounts.providers.identity import Identity
from portal.accounts.reception import Reception
from portal.accounts.signing_in import SigningIn
from portal.gate import declares
from portal.i18n import language, page_url
from portal.sessions.session import current


@dataclass(frozen=True)
class Linking:
    """`known_already` and `stay_apart` are met on the way in; the rest is behind `needs_reader`."""

    reception: Reception
    signing_in: SigningIn

    @declares(None)
    def choose(self) -> ResponseReturnValue:
        """The providers that are not yet a way into this account."""
        known = {way.provider for way in self.reception.accounts.known_as(current().owner)}
        others = [one for one in self.reception.readers_providers() if one.profile.id not in known]
        return render_template("accounts/link.html", providers=others)

    @declares(None)
    def known_already(self) -> ResponseReturnValue:
        """Somebody came by a new way who has an account already: sign in the old way to join them, or stay apart."""
        identity, next_path = self._pending(), self._next()
        candidate = self._candidate(identity)
        if identity is None or candidate is None:
            return redirect(page_url("accounts.sign_in", next=next_path), 303)
        ways = {way.provider for way in self.reception.accounts.known_as(candidate)}
        return render_template(
            "accounts/known_already.html",
            new_way=self.reception.name_of(identity.provider),
            providers=[one for one in self.reception.readers_providers() if one.profile.id in ways],
            next_path=next_path,
        )

    @declares(None)
    def stay_apart(self) -> ResponseReturnValue:
        """The reader wants a second account for the new way in."""
        identity, session = self._pending(), current()
        if identity is None or session.owner:
            return redirect(page_url("accounts.sign_in", next=self._next()), 303)
        del session[PENDING_LINK]
        account = self.reception.accounts.signed_in(identity, language=language(), now=self.reception.now())
        return self.signing_in.enter(session, account, identity, self._next())

    @declares(None)
    def confirm(self) -> ResponseReturnValue:
        """What will be joined to what; nothing has happened yet."""
        identity, account = self._pending(), self.reception.account()
        if identity is None or account is None:
            return redirect(page_url("accounts.link"), 303)
        ways = self.reception.accounts.known_as(account.id)
        return render_template(
            "accounts/confirm_link.html",
            new_way=self.reception.name_of(identity.provider),
            ways=[self.reception.name_of(way.provider) for way in ways],
        )

    @declares(None)
    def decide(self) -> ResponseReturnValue:
        """Join them, or forget the new way."""
        session, identity = current(), self._pending()
        session.pop(PENDING_LINK, None)
        if identity is None:
            return redirect(page_url("accounts.link"), 303)
        if request.form.get("decision") != "link":
            return redirect(page_url("accounts.profile"), 303)
        level, now = self.reception.level_for("link"), self.reception.now()
        try:
            self.reception.accounts.link(session.owner, identity, level=level, now=now)
        except LinkRefused as refused:
            return obstacles.stop(
                obstacles.LINK_NOT_POSSIBLE,
                provider=identity.provider,
                next_path=page_url("accounts.profile"),
                detail=str(refused),
            )
        return redirect(page_url("accounts.profile"), 303)

    def _pending(self) -> Identity | None:
        return pending(current(), self.reception.seal, now=self.reception.now())

    def _candidate(self, identity: Identity | None) -> str | None:
        if identity is None:
            return None
        found = self.reception.accounts.candidate_to_link(identity, level=self.reception.level_for("link"))
        return found.id if found else None

    def _next(self) -> str:
        return local_path(request.values.get("next", ""), otherwise=page_url("catalogue.home"))
