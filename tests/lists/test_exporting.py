"""What is exported comes back as it was, in both formats, whatever its words look like to a spreadsheet."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from access_policy.register.categories import CATEGORIES
from access_policy.register.entries import ListEntry
from indexer.lists import cells
from indexer.lists.exporting import CannotWrite, export
from indexer.lists.importing import ListFile, stage_lines
from indexer.lists.staging import Staging
from tests.lists.conftest import FILE_IDS, Office

FORMULAS = ("=1+1", "+84", "-5%", "@ai", "'=x", "''+1", "'nháy", "=", "a=b")


def _words(written: str) -> str:
    try:
        return cells.reason(written)
    except ValueError:
        return ""


WORDS = st.sampled_from(FORMULAS) | st.text(max_size=40).map(_words) | st.just('dấu "; phẩy, và _x0041_ xuống dòng')
TARGET = st.text("abc019.-_=@+", min_size=1, max_size=12)


@st.composite
def listed(draw: st.DrawFn) -> list[ListEntry]:
    """Lines of different targets, as the register keeps them."""
    made = []
    for number, target in enumerate(sorted(draw(st.sets(TARGET, min_size=1, max_size=6))), start=2):
        pages = draw(st.none() | st.tuples(st.integers(1, 1000), st.integers(0, 50)))
        known = draw(st.booleans())
        made.append(
            ListEntry(
                target_id=target,
                category=draw(st.sampled_from([each.code for each in CATEGORIES])),
                reason=draw(WORDS),
                opens_on=draw(st.none() | st.dates(date(1901, 1, 1))),
                first_page=pages and pages[0],
                last_page=pages and sum(pages),
                existence_shown=known,
                description_shown=known and draw(st.booleans()),
                requestable=draw(st.booleans()),
                line=number,
            )
        )
    return made


def _back(path: Path) -> list[ListEntry]:
    with Staging() as staging:
        stage_lines(ListFile(path, None, {}, ()), staging, lambda *_: None)
        assert list(staging.faults()) == []
        return list(staging.entries())


def _written(entries: Iterable[ListEntry], path: Path) -> Path:
    export(iter(entries), path, lambda _: None)
    return path


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@settings(max_examples=60)
@given(entries=listed())
def test_a_list_survives_the_way_out_and_in(entries: list[ListEntry], ending: str) -> None:
    with TemporaryDirectory() as folder:
        assert _back(_written(entries, Path(folder) / f"list.{ending}")) == entries


def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path) -> None:
    entries = [ListEntry(f"a{n}", "other", words, line=n) for n, words in enumerate(FORMULAS)]
    sheet = load_workbook(_written(entries, tmp_path / "list.xlsx")).worksheets[0]
    reasons = [row[5] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in reasons] == list(FORMULAS)
    assert {cell.data_type for cell in reasons} == {"s"}
    assert {cell.number_format for cell in reasons} == {"@"}


def test_no_cell_of_a_csv_file_begins_like_a_formula(tmp_path: Path) -> None:
    entries = [ListEntry(f"={n}", "other", words, line=n) for n, words in enumerate(FORMULAS)]
    text = _written(entries, tmp_path / "list.csv").read_text(encoding="utf-8")
    assert text.startswith("\ufeffSTT,Mã hồ sơ")
    assert all(cell[:1] not in tuple("=+-@") for line in text.splitlines() for cell in line.replace('"', "").split(","))


def test_dates_and_pages_of_a_workbook_are_dates_and_numbers(tmp_path: Path) -> None:
    entry = ListEntry("a", "other", "", date(2040, 12, 31), 2, 3, line=1)
    row = next(load_workbook(_written([entry], tmp_path / "list.xlsx")).worksheets[0].iter_rows(min_row=2))
    assert row[6].is_date
    assert (row[2].value, row[3].value) == (2, 3)


def test_lines_of_an_older_register_are_written_so_that_they_can_be_corrected(tmp_path: Path) -> None:
    old = ListEntry("a", "thông tin đời tư", "", description_shown=True, first_page=4, line=2)
    path = _written([old], tmp_path / "list.csv")
    with Staging() as staging:
        stage_lines(ListFile(path, None, {}, ()), staging, lambda *_: None)
        assert [fault.reason for fault in staging.faults()] == []
        (line,) = staging.entries()
    assert line == replace(old, category="private-life", existence_shown=True, last_page=4)


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    def broken() -> Iterable[ListEntry]:
        yield ListEntry("a", "other", "", line=1)
        raise ConnectionResetError("the database went away")

    for ending in ("csv", "xlsx"):
        with pytest.raises(CannotWrite, match="cannot be written"):
            export(iter(broken()), tmp_path / f"list.{ending}", lambda _: None)
    assert list(tmp_path.iterdir()) == []


def test_characters_that_no_workbook_can_hold_are_told(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match=r"export it as \.csv"):
        _written([ListEntry("a", "other", "a\x01b")], tmp_path / "list.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_the_command(office: Office) -> None:
    file = office.write("target,category,reason", *(f"{target},khác,=1+1" for target in FILE_IDS))
    office.importing(file)
    for name in ("a.csv", "b.xlsx"):
        done = office.run("list", "export", "1/DM", "--to", str(office.folder / name))
        assert done.exit_code == 0, done.output
        assert office.importing(office.folder / name, number=name).exit_code == 0
        assert office.run("list", "diff", "1/DM", name).stdout == ""
    for name, number in (("a.csv", "1/DM"), ("a.txt", "1/DM"), ("c.csv", "9/DM"), ("none/c.csv", "1/DM")):
        assert office.run("list", "export", number, "--to", str(office.folder / name)).exit_code == 1
