"""A reader's account, and the personal facts of it that are kept sealed."""

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from typing import Any, Self

from portal.accounts.providers.identity import AccountKind, Identity
from portal.notices.message import Channel


@dataclass(frozen=True)
class Facts:
    """Everything personal that is known of a reader; "" when not known. At rest it is one sealed JSON text.

    For an organisation `name` is the person who acts for it. `document` and `nationality` are those of an account that
    the archive issued at the desk.
    """

    name: str = ""
    citizen_number: str = ""
    birth_date: date | None = None
    organisation_name: str = ""
    organisation_number: str = ""
    document: str = ""
    nationality: str = ""
    email: str = ""
    phone: str = ""

    def to_json(self) -> str:
        """The text that is sealed."""
        return json.dumps(asdict(self), ensure_ascii=False, default=date.isoformat)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What was sealed, by this release or an older one that knew fewer facts."""
        kept: dict[str, Any] = json.loads(text)
        born = kept.pop("birth_date", None)
        return cls(birth_date=date.fromisoformat(born) if born else None, **kept)

    def told_by(self, identity: Identity) -> Self:
        """These facts as the provider tells them now. What it leaves out stays; the contact is the reader's own."""
        told = {name: getattr(identity, name) for name in _TOLD_BY_PROVIDERS if getattr(identity, name)}
        return replace(self, **told)

    def reached_by(self, channel: Channel, address: str) -> Self:
        """With this contact and no other: one is enough, so no more is kept."""
        email, phone = (address, "") if channel is Channel.EMAIL else ("", address)
        return replace(self, email=email, phone=phone)


_TOLD_BY_PROVIDERS = ("name", "citizen_number", "birth_date", "organisation_name", "organisation_number")

FACTS = tuple(field.name for field in fields(Facts))


@dataclass(frozen=True)
class Account:
    """One reader. Moments are UTC. `contact_verified_at` is None until a code sent to the contact came back."""

    id: str
    kind: AccountKind
    facts: Facts
    language: str
    terms_version: str
    terms_at: datetime | None
    contact_verified_at: datetime | None
    issued_by: str
    created_at: datetime
    signed_in_at: datetime | None
    deletion_asked_at: datetime | None

    @property
    def name(self) -> str:
        """The reader, or who acts for the organisation."""
        return self.facts.name

    @property
    def contact(self) -> tuple[Channel, str] | None:
        """How the reader is reached, verified or not."""
        if self.facts.email:
            return Channel.EMAIL, self.facts.email
        return (Channel.SMS, self.facts.phone) if self.facts.phone else None

    def complete(self, terms_version: str) -> bool:
        """Whether the reader has accepted these terms and can be reached; until then the account is half made."""
        return self.terms_version == terms_version and self.contact_verified_at is not None


@dataclass(frozen=True)
class KnownAs:
    """One identity of a reader: by whom, as whom, how surely (the level at the last sign-in), since when."""

    provider: str
    subject: str
    level: int
    linked_at: datetime
    used_at: datetime
