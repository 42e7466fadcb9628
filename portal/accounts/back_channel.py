"""A provider's word, from server to server, that somebody signed out there."""

from dataclasses import dataclass

from flask import Response, jsonify, request

from portal.accounts.obstacles import log
from portal.accounts.providers.faults import SignInFault
from portal.accounts.providers.provider import Ended
from portal.accounts.reception import Reception
from portal.errors import NotFound
from portal.gate import declares


@dataclass(frozen=True)
class BackChannel:
    """OpenID Connect Back-Channel Logout 1.0. No browser comes here: the signature of the token is the only proof."""

    reception: Reception

    @declares(None)
    def receive(self, provider_id: str) -> tuple[Response, int]:
        """200 when the sessions are ended, or were not there; 400 for a token that does not count or came before."""
        provider = self.reception.readers_provider(provider_id)
        if provider is None:
            raise NotFound
        try:
            ended = provider.ended(request.form.get("logout_token", ""), now=self.reception.now())
        except SignInFault as fault:
            log.warning("back-channel logout refused: provider=%s %s", provider_id, fault.detail)
            return jsonify(error="invalid_request"), 400
        if not self._first_time(ended):
            log.warning("back-channel logout refused: provider=%s came before", provider_id)
            return jsonify(error="invalid_request"), 400
        label = f"sid {ended.issuer} {ended.sid}" if ended.sid else f"sub {ended.issuer} {ended.subject}"
        log.info(
            "back-channel logout: provider=%s sessions=%d", provider_id, self.reception.sessions.end_labelled(label)
        )
        return jsonify(status="ok"), 200

    def _first_time(self, ended: Ended) -> bool:
        left = int((ended.expires_at - self.reception.now()).total_seconds())
        return self.reception.sessions.once(f"logout {ended.issuer} {ended.jti}", max(left, 0) + 120)
