"""Columns are found by their headings, official or English, or as the operator says; nothing is guessed."""

from collections.abc import Sequence

import pytest

from indexer.lists.faults import UnreadableFile
from indexer.lists.headings import HEADINGS, Columns, find_columns


def columns(*rows: Sequence[object], ignored: Sequence[str] = (), **mapped: str) -> Columns:
    return find_columns(iter(enumerate(rows, start=1)), mapped=mapped, ignored=ignored)


@pytest.mark.parametrize(("field", "heading"), [(field, name) for field, names in HEADINGS.items() for name in names])
def test_every_heading_means_its_field(field: str, heading: str) -> None:
    others = [names[0] for other, names in HEADINGS.items() if other != field]
    assert columns([heading.upper(), *others]).places[field] == 0


def test_headings_without_accents_with_line_breaks_and_columns_that_only_count() -> None:
    found = columns(["STT", "ma ho so", "Nhóm:", "Ngày\nmở", None])
    assert found.places == {"target": 1, "category": 2, "opens_on": 3}
    assert found.unnamed == {4}


def test_titles_may_stand_above_the_headings() -> None:
    rows = iter(enumerate([["DANH MỤC"], [], ["", "Số 5"], ["Mã hồ sơ", "Nhóm"], ["a", "khác"]], start=1))
    assert find_columns(rows, mapped={}, ignored=()).places == {"target": 0, "category": 1}
    assert next(rows) == (5, ["a", "khác"])


def test_the_operator_says_what_a_column_means_and_which_to_leave_out() -> None:
    found = columns(["Ký hiệu", "Loại", "Kệ", "Nhóm"], ignored=["kệ", "nhom"], target="ký hiệu", category="Loại")
    assert found.places == {"target": 0, "category": 1}


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "the file is empty"),
        ([[None, ""]], "the file is empty"),
        ([["Họ tên", "Năm sinh"]], "no column is headed Mã hồ sơ / Mã tài liệu; the first row reads: Họ tên; Năm sinh"),
        ([["Mã hồ sơ", "Nhóm", "Kệ", "Hộp"]], "columns nobody knows: Kệ; Hộp"),
        ([["Mã hồ sơ", "Lý do"]], "columns are missing: Nhóm"),
        ([["Mã hồ sơ", "target", "Nhóm"]], "two columns mean the same: Mã hồ sơ and target"),
    ],
)
def test_headings_that_make_no_list(rows: list[Sequence[object]], sentence: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        columns(*rows)
    assert sentence in str(caught.value)


def test_a_column_the_operator_names_must_be_there() -> None:
    with pytest.raises(UnreadableFile, match="no column is headed Ký hiệu"):
        columns(["Mã hồ sơ", "Nhóm"], target="Ký hiệu")
    with pytest.raises(UnreadableFile, match="columns are missing: Ngày mở"):
        columns(["Mã hồ sơ", "Nhóm"], opens_on="Hạn")


def test_a_field_that_was_given_another_column_has_lost_its_usual_one() -> None:
    with pytest.raises(UnreadableFile, match="nobody knows: Nhóm"):
        columns(["Mã hồ sơ", "Nhóm", "Loại"], category="Loại")
