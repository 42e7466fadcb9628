"""The life of a list: a draft binds nothing, a second person puts it into force, a later list ends it."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

import pytest

from access_policy.register.entries import ListEntry, ListVersion
from access_policy.register.errors import (
    AlreadyActive,
    ImpossibleEntry,
    ListExists,
    NotActive,
    RegisterError,
    SamePerson,
    UnknownList,
)
from access_policy.register.restrictions import Supposed
from access_policy.register.store import Register
from tests.register.given import AN, BINH, NOW, SINCE, active, draft, entry, record, version

DAY = timedelta(days=1)


def test_a_draft_binds_nothing_and_nobody_feels_it(register: Register) -> None:
    draft(register)
    assert register.revision() == 0
    assert register.restrictions().of(record()) == ()
    assert register.overlay(0).withholdings == ()
    kept = register.version("1/DM")
    assert (kept.version, kept.lines, kept.imported_by, kept.imported_at) == (version(), 1, AN, NOW)
    assert (kept.effective_from, kept.activated_by, kept.revision) == (None, None, None)


def test_an_active_list_binds_from_its_day(register: Register) -> None:
    revision = active(register, entries=[entry(opens_on=date(2040, 1, 1), requestable=True)])
    (line,) = register.restrictions().of(record())
    assert (line.list_number, line.legal_basis, line.category, line.reason) == (
        "1/DM",
        "Luật Lưu trữ",
        "private-life",
        "đời tư",
    )
    assert (line.since, line.until, line.opens_on, line.requestable) == (SINCE, None, date(2040, 1, 1), True)
    kept = register.version("1/DM")
    assert (kept.effective_from, kept.activated_by, kept.activated_at, kept.revision) == (SINCE, BINH, NOW, revision)


@pytest.mark.parametrize("author", [AN, "nguyễn văn an", "  NGUYỄN  VĂN AN "])
def test_whoever_imported_a_list_cannot_activate_it(register: Register, author: str) -> None:
    draft(register)
    with pytest.raises(SamePerson, match="somebody else"):
        register.activate("1/DM", effective_from=SINCE, author=author, now=NOW)
    assert register.revision() == 0
    assert register.restrictions().of(record()) == ()


def test_a_list_is_activated_once(register: Register) -> None:
    active(register)
    with pytest.raises(AlreadyActive):
        register.activate("1/DM", effective_from=SINCE + DAY, author=BINH, now=NOW)
    assert register.version("1/DM").effective_from == SINCE
    assert register.revision() == 1


def test_a_list_that_replaces_another_ends_it_on_its_first_day(register: Register) -> None:
    active(register, "1/DM", since=date(2025, 1, 1))
    active(register, "2/DM", [entry(), entry("s")], since=SINCE, replaces="1/DM")
    old, new = register.restrictions().of(record())
    assert (old.until, new.since) == (SINCE, SINCE)
    assert [kept.version.number for kept in register.versions()] == ["1/DM", "2/DM"]


def test_a_list_that_has_ended_is_not_prolonged(register: Register) -> None:
    active(register, "1/DM", since=date(2025, 1, 1))
    active(register, "2/DM", since=date(2026, 1, 1), replaces="1/DM")
    active(register, "3/DM", since=SINCE, replaces="1/DM")
    assert register.version("1/DM").effective_to == date(2026, 1, 1)


def test_only_what_has_been_in_force_can_be_replaced_and_a_refusal_changes_nothing(register: Register) -> None:
    draft(register, "1/DM")
    draft(register, "2/DM")
    for other, error in (("1/DM", NotActive), ("9/DM", UnknownList)):
        with pytest.raises(error):
            register.activate("2/DM", effective_from=SINCE, author=BINH, now=NOW, replaces=other)
    assert register.revision() == 0
    assert register.version("2/DM").effective_from is None


def test_an_unknown_list_is_named(register: Register) -> None:
    for ask in (
        lambda: register.activate("9/DM", effective_from=SINCE, author=BINH, now=NOW),
        lambda: register.version("9/DM"),
        lambda: list(register.entries("9/DM")),
    ):
        with pytest.raises(UnknownList, match="9/DM"):
            ask()


def test_a_number_is_used_once(register: Register) -> None:
    draft(register)
    with pytest.raises(ListExists):
        draft(register, entries=[entry("s")])
    assert [line.target_id for line in register.entries("1/DM")] == ["r"]


@pytest.mark.parametrize(
    "bad",
    [
        entry(first_page=3, last_page=2),
        entry(first_page=0, last_page=4),
        entry(first_page=-1),
        entry(last_page=4),
        entry(first_page=1, last_page=2_000_000),
        entry(" "),
        entry("a b"),
        entry("a\nb"),
        entry("x" * 121),
        entry(description_shown=True),
    ],
)
def test_an_impossible_line_refuses_the_whole_list(register: Register, bad: ListEntry) -> None:
    with pytest.raises(ImpossibleEntry):
        draft(register, entries=[entry("a"), bad, entry("b")])
    assert register.versions() == []


@pytest.mark.parametrize(
    "bad",
    [
        ListVersion(" ", SINCE, "UBND", "Luật"),
        ListVersion("x" * 61, SINCE, "UBND", "Luật"),
        ListVersion("1\n", SINCE, "", "Luật"),
        ListVersion("1/DM", SINCE, "UBND", " "),
    ],
)
def test_a_list_has_a_number_an_authority_and_a_basis(register: Register, bad: ListVersion) -> None:
    with pytest.raises(ImpossibleEntry):
        register.import_version(bad, [entry()], author=AN, now=NOW)
    assert register.versions() == []


@pytest.mark.parametrize("author", ["", " \t", "x" * 121])
def test_every_change_has_a_name(register: Register, author: str) -> None:
    with pytest.raises(ImpossibleEntry, match="name"):
        register.import_version(version(), [entry()], author=author, now=NOW)
    assert register.versions() == []


def test_a_stream_that_breaks_leaves_nothing(register: Register) -> None:
    def broken() -> Iterator[ListEntry]:
        for number in range(2500):
            yield entry(f"r{number}")
        raise ConnectionResetError("the file went away")

    with pytest.raises(ConnectionResetError):
        draft(register, entries=broken())
    assert register.versions() == []
    draft(register)
    assert register.version("1/DM").lines == 1


def test_a_moment_without_a_zone_is_refused(register: Register) -> None:
    with pytest.raises(RegisterError, match="zone"):
        register.import_version(version(), [entry()], author=AN, now=NOW.replace(tzinfo=None))


def test_lines_keep_their_order_and_their_numbers(register: Register) -> None:
    draft(register, entries=[entry("b", line=7), entry("A ", line=3, first_page=2), entry("c", line=9)])
    assert [(line.line, line.target_id, line.pages) for line in register.entries("1/DM")] == [
        (3, "a", (2, 2)),
        (7, "b", None),
        (9, "c", None),
    ]


def test_lines_by_target_come_in_the_order_of_code_points(register: Register) -> None:
    """Databases sort by language unless told otherwise; two lists are compared by this order."""
    targets = ["".join(letters) for letters in product("a-_.0z", repeat=3)]
    draft(register, entries=[entry(target) for target in reversed(targets)])
    found = [line.target_id for line in register.entries("1/DM", by_target=True)]
    assert found == sorted(targets)


def test_a_supposed_list_binds_only_where_it_is_asked_for(register: Register) -> None:
    active(register, "1/DM", since=date(2025, 1, 1))
    draft(register, "2/DM", [entry("s")])
    supposed = register.restrictions(Supposed("2/DM", SINCE, replaces="1/DM"))
    (ending,), (coming,) = supposed.of(record("r")), supposed.of(record("s"))
    assert (ending.until, coming.since) == (SINCE, SINCE)
    assert register.restrictions().of(record("s")) == ()
    assert register.version("1/DM").effective_to is None
