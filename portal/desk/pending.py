"""A sign-in under way: what has been shown so far, and what is asked next. Until it is done nobody is signed in."""

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Self

from portal.accounts.credentials.rules import PasswordRules
from portal.accounts.credentials.stored import Credential
from portal.accounts.staff.member import StaffMember
from portal.desk.came_by import CameBy
from portal.sessions.session import Session

LIFETIME = timedelta(minutes=10)

_KEY = "signing_in"


class Step(Enum):
    """What a sign-in still needs."""

    CODE = "code"
    NEW_PASSWORD = "new-password"  # noqa: S105 - the name of a step
    ENROL = "enrol"
    DONE = "done"


@dataclass(frozen=True)
class Pending:
    """`password_at` is when the password was set that opened this; "" when an identity provider did. `proposed` is the
    sealed secret of an app that is being set up.
    """

    staff_id: str
    login: str
    next: str
    started_at: str
    password_at: str = ""
    code_passed: bool = False
    code_waived: bool = False
    proposed: str = ""
    came_by: CameBy = field(default_factory=CameBy)

    def keep(self, session: Session) -> None:
        """Put it into a session of nobody that holds nothing else and has a new id. Its labels let a provider that
        ends meanwhile end it too.
        """
        session.sign_in("", labels=self.came_by.labels, **{_KEY: asdict(self)})

    def with_code(self) -> Self:
        """A code has been right."""
        return replace(self, code_passed=True)

    def with_password(self, password_at: str) -> Self:
        """The owner has chosen a new password."""
        return replace(self, password_at=password_at)

    def with_proposed(self, sealed: str) -> Self:
        """An app is being set up."""
        return replace(self, proposed=sealed)

    def holds(self, credential: Credential, *, now: datetime) -> bool:
        """Whether it may go on: not too old, and the password is still the one that was given."""
        fresh = timedelta(0) <= now - datetime.fromisoformat(self.started_at) <= LIFETIME
        return fresh and self.password_at in ("", credential.password_at.isoformat())


def pending_in(session: Session) -> Pending | None:
    """The sign-in that this session has under way."""
    kept: Any = session.get(_KEY)
    if not isinstance(kept, dict) or session.owner:
        return None
    try:
        return Pending(**{**kept, "came_by": CameBy.from_json(kept.get("came_by"))})
    except (KeyError, TypeError):
        return None


def next_step(
    pending: Pending, credential: Credential, member: StaffMember, rules: PasswordRules, *, now: datetime
) -> Step:
    """What is asked next. Where there is an app, its code comes first: a password alone changes nothing."""
    if credential.second_factor and not (pending.code_passed or pending.code_waived):
        return Step.CODE
    expired = member.password_expires and rules.expired(credential.password_at, now=now)
    if pending.password_at and (credential.must_change or expired):
        return Step.NEW_PASSWORD
    if not credential.second_factor and not pending.code_waived:
        return Step.ENROL
    return Step.DONE
