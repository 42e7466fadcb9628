"""Two lists compared line by line, against a comparison of two dictionaries."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access_policy.register.entries import ListEntry, ListVersion
from access_policy.register.store import Register, open_register
from access_policy.register.targets import Pages
from indexer.lists.differing import Kind, differences
from tests.lists.conftest import FILE_IDS, Office

NOW = datetime(2026, 11, 21, tzinfo=UTC)
PLACE = st.tuples(st.text("a-_.0z", min_size=1, max_size=3), st.none() | st.sampled_from([(1, 1), (1, 2), (3, 3)]))
MEANING = st.tuples(st.sampled_from(["other", "damaged"]), st.sampled_from([None, date(2040, 1, 1)]), st.booleans())
LIST = st.dictionaries(PLACE, MEANING, max_size=8)
COUNT = count()

Lines = dict[tuple[str, Pages], tuple[str, date | None, bool]]


def entries(lines: Lines) -> Iterator[ListEntry]:
    for (target, pages), (category, opens_on, requestable) in lines.items():
        first, last = pages or (None, None)
        yield ListEntry(target, category, "", opens_on, first, last, requestable=requestable)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    made = open_register(f"sqlite:///{tmp_path_factory.mktemp('differing')}/register.db")
    made.migrate()
    return made


@settings(max_examples=80)
@given(LIST, LIST)
def test_the_differences_are_those_of_two_dictionaries(register: Register, old: Lines, new: Lines) -> None:
    found = compared(register, old, new)
    assert found[Kind.ADDED] == new.keys() - old.keys()
    assert found[Kind.REMOVED] == old.keys() - new.keys()
    assert found[Kind.CHANGED] == {place for place in old.keys() & new.keys() if old[place] != new[place]}


def compared(register: Register, old: Lines, new: Lines) -> dict[Kind, set[tuple[str, Pages]]]:
    """The places of every difference by its kind."""
    numbers = [f"{next(COUNT)}/DM" for _ in range(2)]
    for number, lines in zip(numbers, (old, new), strict=True):
        head = ListVersion(number, date(2026, 1, 1), "UBND", "Luật")
        register.import_version(head, entries(lines), author="An", now=NOW)
    found: dict[Kind, set[tuple[str, Pages]]] = {kind: set() for kind in Kind}
    for difference in differences(register, *numbers):
        line = difference.after or difference.before
        assert line is not None
        found[difference.kind].add((line.target_id, line.pages))
    return found


A, B, C, D = FILE_IDS
HEAD = "target,category,first_page,last_page,opens_on,reason"


def test_the_command_writes_a_line_for_each(office: Office) -> None:
    office.importing(office.write(HEAD, f"{A},khác,,,,", f"{B},khác,,,,", f"{C},khác,2,3,,"))
    office.importing(office.write(HEAD, f"{D},khác,,,,", f"{B},khác,,,31/12/2040,vì", f"{C},khác,2,3,,"), number="2/DM")
    done = office.run("list", "diff", "1/DM", "2/DM")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        f"- {A}: other, nothing known",
        f"~ {B}: other, nothing known -> other, opens 31/12/2040, nothing known, (vì)",
        f"+ {D}: other, nothing known",
    ]
    assert "1 added, 1 removed, 1 changed" in done.stderr
    same = office.run("list", "diff", "1/DM", "1/DM")
    assert (same.exit_code, same.stdout) == (0, "")


@pytest.mark.parametrize("pair", [("1/DM", "9/DM"), ("9/DM", "1/DM")])
def test_a_list_that_is_not_there_is_one_sentence(office: Office, pair: tuple[str, str]) -> None:
    office.importing(office.write(HEAD, f"{A},khác,,,,"))
    done = office.run("list", "diff", *pair)
    assert (done.exit_code, "no list 9/DM" in done.output) == (1, True)
