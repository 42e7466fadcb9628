"""Who works here, and what a role may do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import pytest

from portal.accounts.credentials.credentials import Credentials
from portal.accounts.credentials.events import Owner
from portal.accounts.credentials.hashing import Cost, Hashing
from portal.accounts.credentials.issuing import LoginTaken
from portal.accounts.credentials.rules import PasswordRules
from portal.accounts.staff.events import AccountEvents
from portal.accounts.staff.register import NoSuchStaff, StaffRegister, SubjectTaken
from portal.accounts.staff.roles import DUTIES, Duty, Role, RolesIncompatible, checked, duties_of
from portal.store.database import Database
from portal.store.sealing import Sealing
from tests.empty import empty_store

NOW = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = empty_store(tmp_path / "portal.db")
    yield opened
    opened.close()


@pytest.fixture
def credentials(database: Database) -> Credentials:
    sealing = Sealing([b"k" * 32], matching_key=b"m" * 32)
    return Credentials(database, sealing, PasswordRules(), hashing=Hashing(Cost(passes=1, memory=64)))


@pytest.fixture
def register(database: Database, credentials: Credentials) -> StaffRegister:
    return StaffRegister(database, credentials)


def add(register: StaffRegister, login: str = "hanh", *roles: Role) -> str:
    return register.add(login=login, name="Nguyễn Thị Hạnh", roles=roles or [Role.HEAD], author="os:root", now=NOW)


def add_known(register: StaffRegister, login: str, subject: str) -> None:
    register.add_known(
        login=login, name="Trần Bình", roles=[Role.AUDITOR], provider="tinh", subject=subject, author="os:root", now=NOW
    )


def test_the_table_of_duties_is_this_one() -> None:
    assert {
        Role.ARCHIVIST: {Duty.ISSUE_READER_ACCOUNTS, Duty.HANDLE_CASES, Duty.WITHDRAW, Duty.LOOK_UP_HOLDINGS},
        Role.HEAD: {
            Duty.HANDLE_CASES,
            Duty.EDIT_PROVISIONS,
            Duty.WITHDRAW,
            Duty.LOOK_UP_HOLDINGS,
            Duty.SEE_WORKLOAD,
        },
        Role.POLICY_OFFICER: {
            Duty.EDIT_PROVISIONS,
            Duty.MANAGE_RESTRICTIONS,
            Duty.WITHDRAW,
            Duty.LOOK_UP_HOLDINGS,
        },
        Role.AUDITOR: {Duty.SEE_EVENTS},
        Role.ADMINISTRATOR: {Duty.MANAGE_STAFF, Duty.DELETE_READER_ACCOUNTS},
    } == DUTIES
    assert duties_of(Role) == set(Duty), "no duty is without a role"


def test_nobody_is_auditor_and_administrator_and_everything_else_goes() -> None:
    for count in range(1, len(Role) + 1):
        for roles in combinations(Role, count):
            if {Role.AUDITOR, Role.ADMINISTRATOR} <= set(roles):
                with pytest.raises(RolesIncompatible, match="administrator and auditor"):
                    checked(roles)
            else:
                assert checked(roles) == set(roles)
    with pytest.raises(RolesIncompatible):
        checked([])


def test_whoever_is_refused_leaves_nothing_behind(register: StaffRegister, credentials: Credentials) -> None:
    with pytest.raises(RolesIncompatible):
        add(register, "hanh", Role.AUDITOR, Role.ADMINISTRATOR)
    add(register, "hanh")
    with pytest.raises(LoginTaken):
        add(register, "hanh")
    add_known(register, "binh", "7f")
    with pytest.raises(SubjectTaken):
        add_known(register, "khac", "7f")
    assert [member.login for member in register.all()] == ["binh", "hanh"]
    assert credentials.of_login("khac", owner=Owner.STAFF) is None


def test_somebody_is_found_by_login_and_by_identity_and_by_nothing_like_it(register: StaffRegister) -> None:
    add_known(register, "binh", "7f")
    add(register)
    found = register.of_identity("tinh", "7f")
    assert found is not None
    assert found == register.by_login("binh") == register.by_id(found.id)
    assert (found.roles, found.created_by, found.active) == ({Role.AUDITOR}, "os:root", True)
    for provider, subject in (("tinh", "7F"), ("khac", "7f"), ("tinh", ""), ("", "")):
        assert register.of_identity(provider, subject) is None, "somebody without an identity is nobody's"


def test_a_lock_and_its_end_are_written_down_with_their_author(register: StaffRegister, database: Database) -> None:
    add(register)
    assert not register.lock("hanh", author="quan.tri", now=NOW).active
    assert register.unlock("hanh", author="os:root", now=NOW).active
    for act in (register.lock, register.unlock):
        with pytest.raises(NoSuchStaff):
            act("nobody", author="quan.tri", now=NOW)
    told = [(each.login, each.what, each.author) for each in AccountEvents(database).newest(most=10)]
    assert told == [
        ("hanh", "unlocked", "os:root"),
        ("hanh", "locked", "quan.tri"),
        ("hanh", "staff-added", "os:root"),
        ("hanh", "credentials-issued", "os:root"),
    ]


def test_other_roles_are_held_from_now_on_and_written_down(register: StaffRegister, database: Database) -> None:
    add(register, "hanh", Role.ARCHIVIST)
    changed = register.change_roles("hanh", [Role.HEAD, Role.AUDITOR], author="os:root", now=NOW)
    assert changed == register.by_login("hanh")
    assert changed.roles == {Role.HEAD, Role.AUDITOR}
    newest = AccountEvents(database).newest(most=1)[0]
    assert (newest.login, newest.what, newest.author, newest.detail) == (
        "hanh",
        "roles-changed",
        "os:root",
        "auditor,head",
    )


@pytest.mark.parametrize("roles", [[], [Role.AUDITOR, Role.ADMINISTRATOR]])
def test_roles_that_nobody_may_hold_change_nothing(
    roles: list[Role], register: StaffRegister, database: Database
) -> None:
    add(register, "hanh", Role.ARCHIVIST)
    before = AccountEvents(database).newest(most=10)
    with pytest.raises(RolesIncompatible):
        register.change_roles("hanh", roles, author="os:root", now=NOW)
    with pytest.raises(NoSuchStaff):
        register.change_roles("nobody", [Role.HEAD], author="os:root", now=NOW)
    assert [member.roles for member in register.all()] == [{Role.ARCHIVIST}]
    assert AccountEvents(database).newest(most=10) == before


def test_events_are_read_in_parts(register: StaffRegister, database: Database) -> None:
    for number in range(3):
        add(register, f"nguoi-{number}")
    events = AccountEvents(database)
    whole = events.newest(most=10)
    first = events.newest(most=2)
    assert [*first, *events.newest(most=10, before=first[-1].id)] == whole
    assert [each.id for each in whole] == sorted((each.id for each in whole), reverse=True)


def test_passwords_of_administrators_get_too_old(register: StaffRegister) -> None:
    add(register, "hanh", Role.ARCHIVIST, Role.HEAD)
    add(register, "quan.tri", Role.ADMINISTRATOR)
    assert [member.password_expires for member in register.all()] == [False, True]
