"""As whom a member of staff acts on a case, and which attachments may be opened."""

from collections.abc import Mapping

from portal.accounts.staff.member import StaffMember
from portal.accounts.staff.roles import Role
from portal.requests.case import Case
from portal.requests.states import Actor
from portal.requests.taking import By

LONGEST_TURN = 10

_ACTORS: Mapping[Role, Actor] = {Role.ARCHIVIST: Actor.ARCHIVIST, Role.HEAD: Actor.HEAD}


def acting(member: StaffMember) -> By:
    """The roles of the table of states that this person has."""
    return By(frozenset(_ACTORS[role] for role in member.roles if role in _ACTORS), member.id, member.login)


def turn_in(given: Mapping[str, str], field: str = "turn") -> int:
    """The turn of the page on which the button was pressed; -1, which no case ever has, for whatever is none."""
    said = given.get(field, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < LONGEST_TURN else -1


def opens_files(member: StaffMember, case: Case) -> bool:
    """Papers of a reader are for whoever has the case, and for the head; while nobody has it, for any archivist."""
    return Role.HEAD in member.roles or case.assigned_to in ("", member.id)
