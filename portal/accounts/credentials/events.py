"""What happened to an account that signs in here: written in the transaction that made it happen."""

from datetime import datetime
from enum import Enum

from sqlalchemy import Connection, insert

from portal.store.tables import events


class Owner(Enum):
    """Whose credentials they are. Those of a reader open nothing at the desk, nor the other way round."""

    READER = "reader"
    STAFF = "staff"


class Happened(Enum):
    """What can happen to credentials and staff accounts, and what staff do to the accounts of readers."""

    TRIED = "sign-in-tried"
    REFUSED = "sign-in-refused"
    PASSWORD_PASSED = "password-passed"  # noqa: S105 - the name of an event
    SIGNED_IN = "signed-in"
    SIGNED_OUT = "signed-out"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    ISSUED = "credentials-issued"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105
    PASSWORD_RESET = "password-reset"  # noqa: S105
    TOTP_CONFIRMED = "totp-confirmed"
    TOTP_RESET = "totp-reset"
    RECOVERY_CODES_MADE = "recovery-codes-made"
    RECOVERY_CODE_USED = "recovery-code-used"
    STAFF_ADDED = "staff-added"
    ROLES_CHANGED = "roles-changed"
    READER_DELETED = "reader-account-deleted"
    SESSION_ENDED = "session-ended"


PORTAL = "portal"
"""The author of what the portal does of itself, such as a lock after too many failures."""


def note(
    connection: Connection, what: Happened, *, owner: Owner, owner_id: str, at: datetime, author: str, detail: str = ""
) -> None:
    """Add one event. `owner_id` is empty when nobody has the login that was typed; `detail` holds nothing personal."""
    connection.execute(
        insert(events).values(
            owner=owner.value, owner_id=owner_id, at=at, what=what.value, author=author, detail=detail
        )
    )
