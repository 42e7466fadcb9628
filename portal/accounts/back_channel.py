"""A provider's word, from server to server, that somebody signed out there. Both sites listen to it alike."""

from dataclasses import dataclass
from datetime import datetime

from flask import Response, jsonify, request

from portal.accounts.obstacles import log
from portal.accounts.providers.faults import SignInFault
from portal.accounts.providers.identity import Identity
from portal.accounts.providers.provider import Ended, Provider
from portal.accounts.reception import Reception
from portal.errors import NotFound
from portal.gate import declares
from portal.sessions.store import SessionStore

Answer = tuple[Response, int]


@dataclass(frozen=True)
class BackChannel:
    """The receiver of the public site."""

    reception: Reception

    @declares(None)
    def receive(self, provider_id: str) -> Answer:
        """See `end_at_word`."""
        provider = self.reception.readers_provider(provider_id)
        return end_at_word(provider, self.reception.sessions, now=self.reception.now())


def end_at_word(provider: Provider | None, sessions: SessionStore, *, now: datetime) -> Answer:
    """OpenID Connect Back-Channel Logout 1.0, for the token that this request posts. No browser comes here: the
    signature of the token is the only proof.

    200 when the sessions are ended, or were not there; 400 for a token that does not count or came before. NotFound
    without a provider, SessionsAway.
    """
    if provider is None:
        raise NotFound
    named = provider.profile.id
    try:
        ended = provider.ended(request.form.get("logout_token", ""), now=now)
    except SignInFault as fault:
        log.warning("back-channel logout refused: provider=%s %s", named, fault.detail)
        return jsonify(error="invalid_request"), 400
    if not _first_time(ended, sessions, now):
        log.warning("back-channel logout refused: provider=%s came before", named)
        return jsonify(error="invalid_request"), 400
    log.info("back-channel logout: provider=%s sessions=%d", named, sessions.end_labelled(_label(ended)))
    return jsonify(status="ok"), 200


def labels_of(identity: Identity) -> tuple[str, ...]:
    """By which a session of this identity is found when its provider ends it."""
    if not identity.issuer:
        return ()
    of_subject = _of_subject(identity.issuer, identity.subject)
    return (of_subject, _of_session(identity.issuer, identity.sid)) if identity.sid else (of_subject,)


def _label(ended: Ended) -> str:
    return _of_session(ended.issuer, ended.sid) if ended.sid else _of_subject(ended.issuer, ended.subject)


def _of_session(issuer: str, sid: str) -> str:
    return f"sid {issuer} {sid}"


def _of_subject(issuer: str, subject: str) -> str:
    return f"sub {issuer} {subject}"


def _first_time(ended: Ended, sessions: SessionStore, now: datetime) -> bool:
    left = int((ended.expires_at - now).total_seconds())
    return sessions.once(f"logout {ended.issuer} {ended.jti}", max(left, 0) + 120)
