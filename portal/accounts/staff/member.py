"""One member of staff."""

from dataclasses import dataclass
from datetime import datetime

from portal.accounts.staff.roles import PASSWORD_EXPIRES, Duty, Role, duties_of


@dataclass(frozen=True)
class StaffMember:
    """Who works here. `provider` and `subject` are how an identity provider knows this person, "" when none does."""

    id: str
    login: str
    name: str
    roles: frozenset[Role]
    provider: str
    subject: str
    created_by: str
    created_at: datetime
    disabled_at: datetime | None

    @property
    def active(self) -> bool:
        """Whether no administrator has locked the account."""
        return self.disabled_at is None

    @property
    def password_expires(self) -> bool:
        """Whether this person's password has to be changed from time to time."""
        return not PASSWORD_EXPIRES.isdisjoint(self.roles)

    def may(self, duty: Duty) -> bool:
        """Whether a role of this person has the duty."""
        return duty in duties_of(self.roles)
