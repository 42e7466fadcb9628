"""The authorization code flow of OAuth 2.0 and OpenID Connect, as far as a profile wants it."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from hmac import compare_digest
from typing import Any

from portal.accounts.providers.attempts import Attempt
from portal.accounts.providers.breaker import Breaker
from portal.accounts.providers.callback import CODE, Callback, read_callback
from portal.accounts.providers.conversation import Conversation
from portal.accounts.providers.decryption import Decryption
from portal.accounts.providers.exchange import Tokens, exchanged, give_back
from portal.accounts.providers.faults import Fault, SignInFault, not_trusted
from portal.accounts.providers.hosts import Hosts
from portal.accounts.providers.id_token import signed_in
from portal.accounts.providers.identity import Identity
from portal.accounts.providers.keys import SigningKeys
from portal.accounts.providers.leaving import end_session_address, given_address, own_address
from portal.accounts.providers.logout_token import ended_session
from portal.accounts.providers.metadata import Endpoints, Metadata
from portal.accounts.providers.profile import Profile
from portal.accounts.providers.provider import Ended
from portal.accounts.providers.reading import identity_of
from portal.accounts.providers.signed import FindKey

log = logging.getLogger("portal.accounts.providers")


class CodeFlow:
    """A `Provider`. `secret` is "" for a client without one; `base_url` the origin under which browsers see us."""

    def __init__(self, profile: Profile, *, secret: str, decryption: Decryption | None, base_url: str) -> None:
        self._profile, self._secret, self._decryption = profile, secret, decryption
        self._base_url = base_url.rstrip("/")
        self._hosts = Hosts(profile.hosts)
        self._metadata = Metadata(profile, self._hosts)
        self._keys = SigningKeys()
        self._breaker = Breaker()

    @property
    def profile(self) -> Profile:
        return self._profile

    @property
    def redirect_uri(self) -> str:
        """The address to be registered at the provider."""
        return self._base_url + self._profile.callback_path

    def begin(self, *, next: str, level: int, purpose: str, now: datetime) -> tuple[str, Attempt]:  # noqa: A002
        """As `Provider.begin`."""
        profile = self._profile
        attempt = Attempt(
            state=secrets.token_urlsafe(32),
            nonce="" if profile.nonce == "off" else secrets.token_urlsafe(32),
            verifier="" if profile.pkce == "off" else secrets.token_urlsafe(48),
            provider=profile.id,
            next=next,
            level=level,
            purpose=purpose,
            started_at=now,
        )
        wanted = {
            "nonce": attempt.nonce,
            "acr_values": _acr_values(profile, level),
            "prompt": profile.step_up_prompt if purpose == "step-up" else "",
        }
        with self._asking(now) as conversation:
            endpoints = self._metadata.endpoints(conversation, now=now)
            address, _state = conversation.create_authorization_url(
                endpoints.authorization,
                state=attempt.state,
                code_verifier=attempt.verifier or None,
                **{name: value for name, value in wanted.items() if value},
            )
        return address, attempt

    def finish(self, query: bytes, attempt: Attempt, *, now: datetime) -> Identity:
        """As `Provider.finish`. Asks for tokens, and for userinfo where the profile wants it: no more, unless metadata
        or keys have to be read, or the profile gives tokens back."""
        code = self._code(query, attempt, now)
        with self._asking(now) as conversation:
            endpoints = self._metadata.endpoints(conversation, now=now)
            tokens = exchanged(
                conversation, endpoints.token, code=code, verifier=attempt.verifier, decryption=self._decryption
            )
            claims = self._claims(conversation, endpoints, tokens, nonce=attempt.nonce, now=now)
            if self._profile.logout == "revoke":
                _revoke(conversation, endpoints, tokens)
        identity = identity_of(claims, self._profile, id_token=tokens.id_token)
        if identity.level < attempt.level:
            raise SignInFault(Fault.LEVEL_TOO_LOW, f"level {identity.level}, asked for {attempt.level}")
        return identity

    def logout_address(self, *, id_token: str, logout_uri: str, return_to: str, state: str = "") -> str:
        """As `Provider.logout_address`. Never an error: whoever signs out is signed out here, whatever the provider
        does."""
        if self._profile.logout == "logout-uri":
            return given_address(self._profile, logout_uri)
        if self._profile.logout != "rp-initiated":
            return ""
        try:
            with self._conversation() as conversation:
                end_session = self._metadata.whatever_known(conversation).end_session
        except SignInFault as fault:
            log.warning("signing out at %s: %s", self._profile.id, fault)
            return ""
        back = own_address(self._base_url, return_to)
        return end_session_address(self._profile, end_session, id_token=id_token, return_to=back, state=state)

    def ended(self, logout_token: str, *, now: datetime) -> Ended:
        """As `Provider.ended`."""
        if not self._profile.back_channel:
            raise SignInFault(Fault.NOT_CONFIGURED, "back_channel is off")
        with self._asking(now) as conversation:
            endpoints = self._metadata.endpoints(conversation, now=now)
            find_key = self._find_key(conversation, endpoints, now)
            return ended_session(logout_token, self._profile, find_key, now=now)

    @contextmanager
    def _asking(self, now: datetime) -> Iterator[Conversation]:
        with self._conversation() as conversation, self._breaker.watching(conversation, now=now):
            yield conversation

    def _conversation(self) -> Conversation:
        return Conversation(self._profile, secret=self._secret, redirect_uri=self.redirect_uri, hosts=self._hosts)

    def _code(self, query: bytes, attempt: Attempt, now: datetime) -> str:
        callback = read_callback(query, raw_plus=self._profile.raw_plus)
        if attempt.provider != self._profile.id or not _same(callback.state, attempt.state):
            raise SignInFault(Fault.NOT_STARTED_HERE, "state is not that of the attempt")
        if attempt.expired(now=now):
            raise SignInFault(Fault.EXPIRED, "the attempt is more than ten minutes old")
        if callback.iss and callback.iss != self._profile.issuer:
            raise not_trusted("the callback names another issuer")
        callback.refuse_error()
        return self._opened_code(callback)

    def _opened_code(self, callback: Callback) -> str:
        if self._decryption and callback.encrypt_key:
            return self._decryption.code(callback.code, callback.encrypt_key)
        if CODE.fullmatch(callback.code) is None:
            raise not_trusted("the callback brings no code")
        return callback.code

    def _claims(
        self, conversation: Conversation, endpoints: Endpoints, tokens: Tokens, *, nonce: str, now: datetime
    ) -> dict[str, Any]:
        """What is said of the person. Where both sources speak of the same person, the signed one has the last word."""
        source = self._profile.identity_from
        if source == "userinfo":
            return self._userinfo(conversation, endpoints, tokens)
        find_key = self._find_key(conversation, endpoints, now)
        stated = signed_in(tokens.id_token, self._profile, find_key, nonce=nonce, now=now)
        if source == "id_token":
            return stated
        told = self._userinfo(conversation, endpoints, tokens)
        if told.get("sub") != stated["sub"]:
            raise not_trusted("userinfo: sub is not that of the id_token")
        return told | stated

    def _userinfo(self, conversation: Conversation, endpoints: Endpoints, tokens: Tokens) -> dict[str, Any]:
        if not endpoints.userinfo:
            raise SignInFault(Fault.NOT_CONFIGURED, "the provider names no userinfo endpoint")
        told = conversation.ask(
            self._profile.userinfo_method, endpoints.userinfo, "userinfo", bearer=tokens.access_token
        )
        return self._decryption.document(told) if self._decryption else told

    def _find_key(self, conversation: Conversation, endpoints: Endpoints, now: datetime) -> FindKey:
        ask = partial(self._keys.key, conversation, endpoints.jwks, now=now)
        return lambda kid, algorithm: ask(kid=kid, algorithm=algorithm)


def _acr_values(profile: Profile, level: int) -> str:
    """What asks for `level`: the entry of the lowest level that will do."""
    enough = sorted(entry for entry in profile.acr_values_by_level if level and entry >= level)
    return profile.acr_values_by_level[enough[0]] if enough else profile.acr_values


def _same(found: str, expected: str) -> bool:
    return bool(expected) and compare_digest(found.encode(), expected.encode())


def _revoke(conversation: Conversation, endpoints: Endpoints, tokens: Tokens) -> None:
    """Given back as soon as it has served, so that nothing has to be kept. Not worth failing a sign-in for."""
    try:
        give_back(conversation, endpoints.revocation, tokens.access_token)
    except SignInFault as fault:
        log.warning("giving a token back: %s", fault)
