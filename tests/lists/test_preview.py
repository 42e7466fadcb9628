"""What a list would change, against a count of every page by itself; and the command that says so."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access_policy.permit import Permit
from access_policy.record import Listing, Parent, Record, Restriction
from access_policy.register.restrictions import Restrictions
from access_policy.rules import conditions_of
from access_policy.terms import AccessStatus, Action, Level
from indexer.lists.preview import Effect, preview
from indexer.sources.port import BadRow, SourceRecord
from tests.indexer.archives import ListedSource
from tests.lists.conftest import FILE_IDS, FONDS_ID, Office

DAY = date(2027, 1, 1)
FONDS = Parent("h38.f", Level.FONDS, "Phông Một", "F")


def record(record_id: str, mode: str = "01", pages: int = 5, parents: tuple[Parent, ...] = (FONDS,)) -> Record:
    return Record(record_id, Level.ITEM, "K", "h38", "Lưu trữ", "Tên", mode, parents, page_count=pages)


def listing(**changes: object) -> Listing:
    return Listing(**({"list_number": "1", "legal_basis": "", "category": "", "reason": "", "since": DAY} | changes))  # type: ignore[arg-type]


LISTING = st.builds(
    lambda since, until, pages, shown: listing(
        since=DAY + timedelta(since),
        until=None if until is None else DAY + timedelta(until),
        pages=pages,
        existence_shown=shown,
        description_shown=shown,
    ),
    st.sampled_from([-1, 0, 1]),
    st.sampled_from([None, 0, 1]),
    st.none() | st.tuples(st.integers(1, 7), st.integers(0, 3)).map(lambda pair: (pair[0], sum(pair))),
    st.booleans(),
)
SAID = st.dictionaries(st.sampled_from(["h38.f", "h38.f.1", "h38.f.2"]), st.lists(LISTING, max_size=3).map(tuple))
RECORDS = [record("h38.f.1"), record("h38.f.2", "02"), record("h38.f.3", pages=0)]


def by_page(one: Record, said: Restrictions) -> list[bool]:
    """Whether each page is open, the record as a whole first."""
    conditions = conditions_of(one, said.of(one))
    parts = [conditions.for_record(), *(conditions.for_page(number) for number in range(1, one.page_count + 1))]
    return [part.governing(DAY).status is AccessStatus.OPEN for part in parts]


@settings(max_examples=150)
@given(SAID, SAID)
def test_the_counts_are_those_of_every_page_by_itself(
    before: dict[str, tuple[Restriction, ...]], after: dict[str, tuple[Restriction, ...]]
) -> None:
    now, then = Restrictions(before), Restrictions(after)
    found = preview(
        ListedSource([SourceRecord(one) for one in RECORDS]),
        now,
        then,
        targets=[],
        permits={},
        day=DAY,
        progress=lambda _: None,
    )
    expected: Counter[Effect] = Counter()
    whole: Counter[Effect] = Counter()
    for one in RECORDS:
        for place, (was, becomes) in enumerate(zip(by_page(one, now), by_page(one, then), strict=True)):
            effect = Effect.CLOSES if was and not becomes else Effect.OPENS if becomes and not was else None
            if effect:
                (expected if place else whole)[effect] += 1
    touched = found.fonds.get("Phông Một", {})
    for effect in (Effect.CLOSES, Effect.OPENS):
        counted = touched.get(effect)
        assert (counted.pages if counted else 0) == expected[effect]
        assert (counted.records if counted else 0) == whole[effect]
    known = [(conditions_of(one, said.of(one)).for_record().known(DAY)) for one in RECORDS for said in (now, then)]
    less = sum(later < earlier for earlier, later in zip(known[::2], known[1::2], strict=True))
    assert getattr(touched.get(Effect.LESS_KNOWN), "records", 0) == less


def test_permits_in_force_for_what_closes_are_counted() -> None:
    def permit(code: str, pages: tuple[int, int] | None = None, ends: date = DAY, on: str = "h38.f.1") -> Permit:
        return Permit(code, on, frozenset({Action.READ}), date(2026, 1, 1), ends, pages)

    permits = [permit("1"), permit("2", (1, 2)), permit("3", (3, 5)), permit("4", ends=DAY - timedelta(1))]
    then = Restrictions({"h38.f.1": (listing(pages=(2, 3)),)})
    found = preview(
        ListedSource([SourceRecord(RECORDS[0]), BadRow("x", "bad")]),
        Restrictions({}),
        then,
        targets=["h38.f.1", "khac"],
        permits={"h38.f.1": permits},
        day=DAY,
        progress=lambda _: None,
    )
    touched = found.fonds["Phông Một"][Effect.CLOSES]
    assert (touched.records, touched.pages, touched.permits, touched.samples) == (0, 2, 3, ["h38.f.1"])
    assert found.unmatched == []
    assert found.records_read == 1


def test_targets_of_the_list_that_no_record_has_are_told() -> None:
    then = Restrictions({"h38.f.1": (listing(),), "khac": (listing(),), "cu": (listing(),)})
    found = preview(
        ListedSource([SourceRecord(RECORDS[0])]),
        Restrictions({}),
        then,
        targets=["h38.f.1", "khac"],
        permits={},
        day=DAY,
        progress=lambda _: None,
    )
    assert found.unmatched == ["khac"], "a target of another list is that list's business"


A, B, C, _ = FILE_IDS
HEAD = "target,category,first_page,last_page,description_shown"


def test_the_command_counts_by_fonds_and_changes_nothing(office: Office) -> None:
    office.importing(office.write(HEAD, f"{A},khác,,,", f"{B}.0000001,khác,2,3,", f"{C},khác,,,x"))
    permit = Permit("G-1", A, frozenset({Action.READ}), date(2026, 1, 1), date(2030, 1, 1))
    office.register.grant(permit, reader_id="d-1", author="Bình", now=office.register.version("1/DM").imported_at)
    done = office.run("list", "preview", "1/DM", "--from", "01/01/2027")
    assert done.exit_code == 0, done.output
    rows = [" ".join(line.split()) for line in done.stdout.splitlines() if "Sở Địa chính" in line]
    assert rows[0].startswith("Sở Địa chính tỉnh Quảng Nam closes 4 8 1 "), "two files, their items, and two pages"
    assert rows[1].startswith("Sở Địa chính tỉnh Quảng Nam less is known 2 0 1 ")
    assert A in rows[0]
    assert office.register.version("1/DM").effective_from is None
    assert office.register.revision() == 1


def test_the_command_weighs_what_a_replaced_list_gives_free(office: Office) -> None:
    office.importing(office.write(HEAD, f"{A},khác,,,"))
    office.run("list", "activate", "1/DM", "--from", "01/01/2026", "--by", "Bình")
    office.importing(office.write(HEAD, f"{B},khác,,,"), number="2/DM")
    alone = office.run("list", "preview", "2/DM").stdout
    assert "closes" in alone
    assert "opens" not in alone
    replacing = office.run("list", "preview", "2/DM", "--replaces", "1/DM").stdout
    assert "closes" in replacing
    assert "opens" in replacing
    early = office.run("list", "preview", "2/DM", "--from", "2025-01-01", "--replaces", "1/DM").stdout
    assert "opens" not in early, "the other list does not bind yet on that day"


def test_nothing_to_change_is_said(office: Office) -> None:
    office.importing(office.write(HEAD, f"{A},khác,,,"))
    office.run("list", "activate", "1/DM", "--from", "01/01/2026", "--by", "Bình")
    office.importing(office.write(HEAD, f"{A},khác,,,"), number="2/DM")
    done = office.run("list", "preview", "2/DM", "--replaces", "1/DM", "--from", "31/12/2026")
    assert (done.exit_code, "On 31/12/2026 nothing would change." in done.stdout) == (0, True)


def test_targets_without_a_record_have_an_exit_code_of_their_own(office: Office) -> None:
    office.importing(office.write(HEAD, f"{FONDS_ID}.khac,khác,,,"), "--unchecked")
    done = office.run("list", "preview", "1/DM")
    assert done.exit_code == 3
    assert f"1 targets are no record's id and close nothing: {FONDS_ID}.khac" in done.output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("9/DM",), "no list 9/DM has been imported"),
        (("1/DM",), "binds already"),
        (("2/DM", "--replaces", "9/DM"), "no list 9/DM has been imported"),
        (("2/DM", "--replaces", "3/DM"), "list 3/DM has never been in force"),
    ],
)
def test_what_cannot_be_weighed_is_one_sentence(office: Office, arguments: tuple[str, ...], sentence: str) -> None:
    for number in ("1/DM", "2/DM", "3/DM"):
        office.importing(office.write(HEAD, f"{A},khác,,,"), number=number)
    office.run("list", "activate", "1/DM", "--from", "01/01/2026", "--by", "Bình")
    done = office.run("list", "preview", *arguments)
    assert done.exit_code == 1
    assert sentence in done.output


def test_an_archive_database_that_is_away_is_one_sentence(office: Office) -> None:
    office.importing(office.write(HEAD, f"{A},khác,,,"))
    done = office.run("list", "preview", "1/DM", ARCHIVE_DATABASE_URL="sqlite:////nowhere/archive.db")
    assert (done.exit_code, "no such file" in done.output) == (1, True)
