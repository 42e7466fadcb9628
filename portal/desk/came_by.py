"""By which identity provider somebody came, kept so that signing out reaches it, and its sign-out reaches the desk."""

from dataclasses import dataclass
from typing import Any, Self

from portal.accounts.back_channel import labels_of
from portal.accounts.beginning import ID_TOKEN, LOGOUT_URI, PROVIDER
from portal.accounts.providers.identity import Identity
from portal.sessions.session import Session
from portal.store.sealing import Sealing


@dataclass(frozen=True)
class CameBy:
    """All empty for whoever gave a password. `id_token` and `logout_uri` are sealed; `labels` name the session."""

    provider: str = ""
    labels: tuple[str, ...] = ()
    id_token: str = ""
    logout_uri: str = ""

    @classmethod
    def of(cls, identity: Identity, sealing: Sealing) -> Self:
        """Of somebody whom a provider has just named."""
        return cls(
            provider=identity.provider,
            labels=labels_of(identity),
            id_token=sealing.seal(identity.id_token) if identity.id_token else "",
            logout_uri=sealing.seal(identity.logout_uri) if identity.logout_uri else "",
        )

    @classmethod
    def from_json(cls, kept: Any) -> Self:
        """What `asdict` made, after it was JSON. TypeError for what is none."""
        return cls(**{**kept, "labels": tuple(kept["labels"])}) if kept else cls()

    def content(self) -> dict[str, str]:
        """For the session of somebody who is signed in."""
        found = {PROVIDER: self.provider, ID_TOKEN: self.id_token, LOGOUT_URI: self.logout_uri}
        return {name: value for name, value in found.items() if value}


def came_by(session: Session) -> CameBy:
    """By which provider the one came who is signed in; without labels, which only the store needs."""
    provider, id_token, logout_uri = (str(session.get(name, "")) for name in (PROVIDER, ID_TOKEN, LOGOUT_URI))
    return CameBy(provider=provider, id_token=id_token, logout_uri=logout_uri)
