"""The beginning of a reader's session: whatever way in was taken."""

from typing import Any

from portal.accounts.back_channel import labels_of
from portal.accounts.people.account import Account
from portal.accounts.providers.identity import Identity
from portal.accounts.terms import TERMS_VERSION
from portal.asking import COMPLETE, LEVEL
from portal.i18n import page_url
from portal.sessions.session import Session
from portal.store.sealing import Sealing

ATTEMPTS = "attempts"
"""In a session: the sign-ins under way (`Attempts.to_json`). They outlive a sign-in, for the reader's other tabs."""

PROVIDER = "provider"
"""In a session: by which provider its reader came, "" for an account that the archive issued."""

ID_TOKEN, LOGOUT_URI = "id_token", "logout_uri"
"""In a session, sealed: what the provider wants to see when the reader signs out."""

PENDING_LINK = "pending_link"
"""In a session, sealed: an identity that proposes to become another way into an account."""

ISSUED_LEVEL = 2
"""Staff saw the reader's paper of identity (Circular 05/2025, Article 35), and a second factor was shown."""


def begin(session: Session, account: Account, identity: Identity, sealing: Sealing, **more: Any) -> None:
    """Another session with another id for a reader whom a provider has named."""
    content = _of_provider(identity, sealing)
    content |= {ATTEMPTS: session.get(ATTEMPTS, []), COMPLETE: account.complete(TERMS_VERSION)}
    session.sign_in(
        account.id,
        labels=labels_of(identity),
        **content,
        **more,
    )


def step_up(session: Session, identity: Identity, sealing: Sealing) -> None:
    """The same session under another id, of a reader who is now known more surely."""
    session.update(_of_provider(identity, sealing))
    session.rotate()


def begin_issued(session: Session, account: Account) -> None:
    """Another session with another id for a reader who has shown a password and a second factor."""
    content: dict[str, Any] = {PROVIDER: "", LEVEL: ISSUED_LEVEL, COMPLETE: account.complete(TERMS_VERSION)}
    session.sign_in(account.id, **content)


def onward(account: Account, next_path: str) -> str:
    """Where to go after a sign-in: first to what an account that is half made still lacks."""
    return next_path if account.complete(TERMS_VERSION) else page_url("accounts.complete", next=next_path)


def _of_provider(identity: Identity, sealing: Sealing) -> dict[str, Any]:
    content: dict[str, Any] = {PROVIDER: identity.provider, LEVEL: identity.level}
    if identity.id_token:
        content[ID_TOKEN] = sealing.seal(identity.id_token)
    if identity.logout_uri:
        content[LOGOUT_URI] = sealing.seal(identity.logout_uri)
    return content
