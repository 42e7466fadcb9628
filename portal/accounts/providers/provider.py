"""What the rest of the portal knows of an identity provider."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from portal.accounts.providers.attempts import Attempt
from portal.accounts.providers.identity import Identity
from portal.accounts.providers.profile import Profile


@dataclass(frozen=True)
class Ended:
    """A provider's word that a session of its own is over: the one called `sid`, or when "" all of `subject`.

    `jti` names this message; it is to be acted on once, and can be forgotten after `expires_at`.
    """

    issuer: str
    sid: str = field(repr=False)
    subject: str = field(repr=False)
    jti: str = field(repr=False)
    expires_at: datetime


class Provider(Protocol):
    """One identity provider, for as long as the process lives. Safe between threads. All but `profile` may raise
    SignInFault."""

    @property
    def profile(self) -> Profile: ...

    def begin(self, *, next: str, level: int, purpose: str, now: datetime) -> tuple[str, Attempt]:  # noqa: A002
        """Where to send the browser, and what to remember of it. ValueError when `next` is not a local path."""
        ...

    def finish(self, query: bytes, attempt: Attempt, *, now: datetime) -> Identity:
        """Who came back with this raw query string. LEVEL_TOO_LOW when below what the attempt asked for."""
        ...

    def logout_address(self, *, id_token: str, logout_uri: str, return_to: str, state: str = "") -> str:
        """Where to send a browser that has signed out here, "" when there is nowhere to.

        `return_to` is a path of this site, or its address in full; the provider sends the browser back there with
        `state`, when given.
        """
        ...

    def ended(self, logout_token: str, *, now: datetime) -> Ended:
        """Read what the provider posted to the back channel. That a `jti` comes once is for the caller to see to."""
        ...


Providers = Mapping[str, Provider]
"""By the id of their profile, in the order of the settings."""
