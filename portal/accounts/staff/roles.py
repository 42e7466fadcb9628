"""Roles of staff, and what each may do: a table, which features to come extend."""

from collections.abc import Collection, Mapping
from enum import Enum


class Role(Enum):
    """What somebody is at the archive. One person may have several."""

    ARCHIVIST = "archivist"
    HEAD = "head"
    POLICY_OFFICER = "policy-officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Duty(Enum):
    """What can be done at the desk. Every page of it declares one."""

    MANAGE_STAFF = "manage-staff"
    ISSUE_READER_ACCOUNTS = "issue-reader-accounts"
    DELETE_READER_ACCOUNTS = "delete-reader-accounts"
    SEE_EVENTS = "see-events"
    HANDLE_CASES = "handle-cases"
    EDIT_PROVISIONS = "edit-provisions"
    MANAGE_RESTRICTIONS = "manage-restrictions"
    WITHDRAW = "withdraw"
    LOOK_UP_HOLDINGS = "look-up-holdings"
    SEE_WORKLOAD = "see-workload"


DUTIES: Mapping[Role, frozenset[Duty]] = {
    Role.ARCHIVIST: frozenset(
        {Duty.ISSUE_READER_ACCOUNTS, Duty.HANDLE_CASES, Duty.WITHDRAW, Duty.LOOK_UP_HOLDINGS},
    ),
    Role.HEAD: frozenset(
        {Duty.HANDLE_CASES, Duty.EDIT_PROVISIONS, Duty.WITHDRAW, Duty.LOOK_UP_HOLDINGS, Duty.SEE_WORKLOAD},
    ),
    Role.POLICY_OFFICER: frozenset(
        {Duty.EDIT_PROVISIONS, Duty.MANAGE_RESTRICTIONS, Duty.WITHDRAW, Duty.LOOK_UP_HOLDINGS},
    ),
    Role.AUDITOR: frozenset({Duty.SEE_EVENTS}),
    Role.ADMINISTRATOR: frozenset({Duty.MANAGE_STAFF, Duty.DELETE_READER_ACCOUNTS}),
}

NEVER_TOGETHER = (frozenset({Role.AUDITOR, Role.ADMINISTRATOR}),)
"""Who changes accounts does not watch over the changes."""

PASSWORD_EXPIRES = frozenset({Role.ADMINISTRATOR})
"""Whose passwords get too old."""


class RolesIncompatible(Exception):
    """Nobody may hold these roles at once, or nobody is without any."""


def checked(roles: Collection[Role]) -> frozenset[Role]:
    """The roles, when one person may hold them all. Raises RolesIncompatible."""
    held = frozenset(roles)
    if not held:
        raise RolesIncompatible("at least one role is needed")
    for forbidden in NEVER_TOGETHER:
        if forbidden <= held:
            names = " and ".join(sorted(role.value for role in forbidden))
            raise RolesIncompatible(f"nobody may be {names} at once")
    return held


def duties_of(roles: Collection[Role]) -> frozenset[Duty]:
    """Everything that these roles may do."""
    return frozenset(duty for role in roles for duty in DUTIES[role])
