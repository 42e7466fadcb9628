"""To an identity provider and back."""

from dataclasses import dataclass

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts import obstacles
from portal.accounts.beginning import ATTEMPTS, PENDING_LINK, begin, onward, step_up
from portal.accounts.local_path import local_path
from portal.accounts.pending_link import sealed
from portal.accounts.people.account import Account
from portal.accounts.people.events import Happening
from portal.accounts.providers.attempts import Attempt, Attempts
from portal.accounts.providers.callback import state_of
from portal.accounts.providers.faults import Fault, SignInFault
from portal.accounts.providers.identity import Identity
from portal.accounts.providers.provider import Provider
from portal.accounts.reception import Reception
from portal.accounts.speaking import speak_as
from portal.errors import NotFound
from portal.gate import declares
from portal.i18n import language, page_url
from portal.sessions.session import Session, current

PURPOSES = ("sign-in", "step-up", "link")


@dataclass(frozen=True)
class SigningIn:
    """The pages that choose a provider, and the two ends of the way there and back."""

    reception: Reception

    @declares(None)
    def choose(self) -> ResponseReturnValue:
        """Which way in. A reader who is signed in already goes on at once."""
        next_path = _next()
        account = self.reception.account()
        if account is not None:
            return redirect(onward(account, next_path), 303)
        return render_template(
            "accounts/sign_in.html", providers=self.reception.readers_providers(), next_path=next_path
        )

    @declares(None)
    def choose_higher(self) -> ResponseReturnValue:
        """The same reader once more, known more surely."""
        account = self.reception.account()
        if account is None:
            return redirect(page_url("accounts.sign_in", next=_next()), 303)
        known = {way.provider for way in self.reception.accounts.known_as(account.id)}
        providers = [provider for provider in self.reception.readers_providers() if provider.profile.id in known]
        return render_template("accounts/step_up.html", providers=providers, level=_level(), next_path=_next())

    @declares(None)
    def start(self, provider_id: str) -> ResponseReturnValue:
        """Send the browser to the provider, and remember in its session what for."""
        provider, next_path = self._provider(provider_id), _next()
        purpose = request.form.get("purpose", PURPOSES[0])
        if purpose not in PURPOSES:
            raise NotFound
        now, session = self.reception.now(), current()
        level = _level() if purpose == "step-up" else self.reception.level_for(purpose)
        try:
            address, attempt = provider.begin(next=next_path, level=level, purpose=purpose, now=now)
        except SignInFault as fault:
            return obstacles.stop_fault(fault, provider=provider_id, next_path=next_path)
        session[ATTEMPTS] = Attempts.from_json(session.get(ATTEMPTS)).begun(attempt, now=now).to_json()
        return redirect(address, 303)

    @declares(None)
    def back(self, provider_id: str) -> ResponseReturnValue:
        """The browser is back. Whatever comes of it, the attempt is used up.

        Whoever only looks at the address, as scanners of links do by HEAD, is no browser that is back.
        """
        if request.method == "HEAD":
            return Response(status=405, headers={"Allow": "GET"})
        provider, session, next_path = self._provider(provider_id), current(), page_url("catalogue.home")
        try:
            attempt = self._attempt(session, provider_id)
            next_path = attempt.next
            speak_as(next_path)
            identity = provider.finish(request.query_string, attempt, now=self.reception.now())
        except SignInFault as fault:
            return obstacles.stop_fault(fault, provider=provider_id, next_path=next_path)
        done = {"sign-in": self._sign_in, "step-up": self._step_up, "link": self._propose_link}
        return done[attempt.purpose](session, attempt, identity)

    def _attempt(self, session: Session, provider_id: str) -> Attempt:
        attempts = Attempts.from_json(session.get(ATTEMPTS))
        attempt, rest = attempts.taken(state_of(request.query_string), now=self.reception.now())
        session[ATTEMPTS] = rest.to_json()
        if attempt.provider != provider_id or attempt.purpose not in PURPOSES:
            raise SignInFault(Fault.NOT_STARTED_HERE, "the attempt was begun with another provider")
        return attempt

    def _sign_in(self, session: Session, attempt: Attempt, identity: Identity) -> ResponseReturnValue:
        accounts, now = self.reception.accounts, self.reception.now()
        if accounts.candidate_to_link(identity, level=self.reception.level_for("link")) is not None:
            session[PENDING_LINK] = sealed(identity, self.reception.seal, now=now)
            session.rotate()
            return redirect(page_url("accounts.known_already", next=attempt.next), 303)
        account = accounts.signed_in(identity, language=language(), now=now)
        return self.enter(session, account, identity, attempt.next)

    def enter(self, session: Session, account: Account, identity: Identity, next_path: str) -> ResponseReturnValue:
        """Begin the reader's session. A link that waits for this sign-in waits on."""
        if account.deletion_asked_at is not None:
            return _stop(obstacles.DELETION_ASKED, identity, next_path)
        waiting = {PENDING_LINK: session[PENDING_LINK]} if PENDING_LINK in session else {}
        begin(session, account, identity, self.reception.seal, **waiting)
        return redirect(onward(account, next_path), 303)

    def _step_up(self, session: Session, attempt: Attempt, identity: Identity) -> ResponseReturnValue:
        accounts = self.reception.accounts
        account = accounts.of_identity(identity.provider, identity.subject)
        if account is None or account.id != session.owner:
            return _stop(obstacles.WRONG_READER, identity, attempt.next)
        accounts.signed_in(identity, language=account.language, now=self.reception.now())
        accounts.note(account.id, Happening.STEPPED_UP, now=self.reception.now(), detail=identity.provider)
        step_up(session, identity, self.reception.seal)
        return redirect(onward(account, attempt.next), 303)

    def _propose_link(self, session: Session, attempt: Attempt, identity: Identity) -> ResponseReturnValue:
        candidate = self.reception.accounts.candidate_to_link(identity, level=self.reception.level_for("link"))
        if candidate is None or candidate.id != session.owner:
            return _stop(obstacles.LINK_NOT_POSSIBLE, identity, attempt.next)
        session[PENDING_LINK] = sealed(identity, self.reception.seal, now=self.reception.now())
        return redirect(page_url("accounts.confirm_link"), 303)

    def _provider(self, provider_id: str) -> Provider:
        provider = self.reception.readers_provider(provider_id)
        if provider is None:
            raise NotFound
        return provider


def _stop(reason: str, identity: Identity, next_path: str) -> ResponseReturnValue:
    return obstacles.stop(reason, provider=identity.provider, next_path=next_path, detail="after the provider's answer")


def _next() -> str:
    return local_path(request.values.get("next", ""), otherwise=page_url("catalogue.home"))


def _level() -> int:
    """A level that is asked for in an address or a form: 0, 1 or 2."""
    given = request.values.get("level", "")
    return int(given) if given in ("0", "1", "2") else 0
