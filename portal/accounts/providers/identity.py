"""Who somebody is, as an identity provider has told it and the portal has checked it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class AccountKind(StrEnum):
    """As whom somebody signs in."""

    CITIZEN = "citizen"
    ORGANISATION = "organisation"
    FOREIGNER = "foreigner"


@dataclass(frozen=True)
class Identity:
    """One person, or one organisation and who acts for it, after a sign-in that succeeded.

    `(provider, subject)` is the key: the profile's id and the provider's own name for the account. `level` is 0, 1 or
    2. `issuer` and `sid` name the provider's session, for the day it ends there; `id_token` and `logout_uri` are given
    only where the profile signs out with them, and are secrets. Texts are "" when not given.
    """

    provider: str
    subject: str = field(repr=False)
    kind: AccountKind
    level: int
    name: str = field(default="", repr=False)
    citizen_number: str = field(default="", repr=False)
    birth_date: date | None = field(default=None, repr=False)
    organisation_name: str = field(default="", repr=False)
    organisation_number: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    issuer: str = ""
    sid: str = field(default="", repr=False)
    id_token: str = field(default="", repr=False)
    logout_uri: str = field(default="", repr=False)
