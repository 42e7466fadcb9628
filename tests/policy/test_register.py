"""The register: what a list line names, however it is spelt, and lines that make no sense close rather than open."""

from datetime import date

import pytest
from sqlalchemy import Engine, create_engine, insert

from access_policy.register.store import ListEntry, ListVersion, Register
from access_policy.register.tables import list_entries
from tests.policy.cases import TODAY, record

VERSION = ListVersion("DM-1", TODAY, "UBND tỉnh", "Luật Lưu trữ", date(2026, 1, 1))


@pytest.fixture
def engine() -> Engine:
    return create_engine("sqlite://")


@pytest.fixture
def register(engine: Engine) -> Register:
    made = Register(engine)
    made.create()
    return made


@pytest.mark.parametrize("target", ["r", "R", " r ", "R\t"])
def test_a_target_is_found_in_any_case_and_with_margins(register: Register, target: str) -> None:
    register.add(VERSION, [ListEntry(target, "đời tư", "")])
    listings = register.listings()
    assert len(listings.of(record())) == 1
    assert listings.unmatched() == []


def test_a_target_that_no_record_has_is_told(register: Register) -> None:
    register.add(VERSION, [ListEntry("r", "đời tư", ""), ListEntry("khac", "đời tư", "")])
    listings = register.listings()
    listings.of(record())
    assert listings.unmatched() == ["khac"]


@pytest.mark.parametrize("pages", [(3, 2), (0, 4), (-1, None), (None, 4)])
def test_an_impossible_range_is_refused_and_one_in_the_database_closes_the_whole_record(
    register: Register, engine: Engine, pages: tuple[int | None, int | None]
) -> None:
    entry = ListEntry("r", "đời tư", "", first_page=pages[0], last_page=pages[1])
    with pytest.raises(ValueError, match="pages"):
        register.add(VERSION, [entry])
    register.add(VERSION, [])
    with engine.begin() as connection:
        line = {"list_number": "DM-1", "target_id": "r", "category": "", "reason": ""}
        connection.execute(insert(list_entries).values(**line, first_page=pages[0], last_page=pages[1]))
    assert [found.pages for found in register.listings().of(record())] == [None]
