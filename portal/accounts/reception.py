"""What the pages of accounts work with, and who stands before them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from flask import g

from access_policy.permit import Permit
from portal.accounts.credentials.credentials import Credentials
from portal.accounts.people.account import Account
from portal.accounts.people.accounts import Accounts
from portal.accounts.people.contact import ContactCodes
from portal.accounts.providers.provider import Provider
from portal.accounts.terms import TERMS_VERSION
from portal.asking import COMPLETE, Askers
from portal.clock import Now
from portal.i18n import _, language
from portal.notices.outlets import Outlets
from portal.sessions.session import Session, current
from portal.sessions.store import SessionStore
from portal.store.readings import Readings
from portal.store.sealing import Sealing

ISSUED = ("password",)
"""What stands for a provider in events of accounts that the archive issued."""

LEAST_TO_LINK = 2
"""Two ways into one account are never joined below this, whatever the settings say."""


class Served(Protocol):
    """What the composition root has to hand over."""

    @property
    def accounts(self) -> Accounts: ...
    @property
    def readings(self) -> Readings: ...
    @property
    def credentials(self) -> Credentials: ...
    @property
    def providers(self) -> Mapping[str, Provider]: ...
    @property
    def outlets(self) -> Outlets: ...
    @property
    def sessions(self) -> SessionStore: ...
    @property
    def seal(self) -> Sealing: ...
    @property
    def askers(self) -> Askers: ...
    @property
    def now(self) -> Now: ...


@dataclass(frozen=True)
class Reception:
    """`levels` says how surely a reader must be known for an action. `permits` are found by the id of an account."""

    base_url: str
    archive_names: Mapping[str, str]
    levels: Mapping[str, int]
    accounts: Accounts
    codes: ContactCodes
    credentials: Credentials
    providers: Mapping[str, Provider]
    outlets: Outlets
    sessions: SessionStore
    seal: Sealing
    readings: Readings
    permits: Callable[[str], tuple[Permit, ...]]
    now: Now

    def account(self) -> Account | None:
        """The account of whoever is signed in, whole or half made; fetched once a request. Ends a session without."""
        if "account" not in g:
            session = current()
            g.account = self.accounts.by_id(session.owner) if session.owner else None
            if session.owner and (g.account is None or g.account.deletion_asked_at is not None):
                session.end()
                g.account = None
        found: Account | None = g.account
        return found

    def forget_account(self) -> None:
        """It has been changed in this request: fetch it anew."""
        g.pop("account", None)

    def level_for(self, action: str) -> int:
        """How surely a reader must be known; what is not set needs no more than a sign-in."""
        wanted = self.levels.get(action, 0)
        return max(wanted, LEAST_TO_LINK) if action == "link" else wanted

    def readers_providers(self) -> list[Provider]:
        """The providers of readers, in the order of the settings."""
        return [provider for provider in self.providers.values() if provider.profile.audience == "readers"]

    def readers_provider(self, provider_id: str) -> Provider | None:
        """The provider of readers with this id."""
        return next((one for one in self.readers_providers() if one.profile.id == provider_id), None)

    def name_of(self, provider_id: str) -> str:
        """What a provider is called on the screen; "" for what is none."""
        provider = self.readers_provider(provider_id)
        if provider is None:
            return _("Mật khẩu do lưu trữ cấp") if provider_id in ISSUED else ""
        return shown_name(provider)


def shown_name(provider: Provider) -> str:
    """The name of a provider in the language of the request."""
    profile = provider.profile
    return profile.name if language() == "vi" or not profile.name_en else profile.name_en


def completed(session: Session, account: Account) -> bool:
    """Write into the session whether its account is whole, which opens everything else, and say so."""
    whole = account.complete(TERMS_VERSION)
    if session.get(COMPLETE) is not whole:
        session[COMPLETE] = whole
        session.rotate()
    return whole
