"""Files of every kind: rows with the numbers a spreadsheet shows, or one sentence about what the file is."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from indexer.lists.cells import NoValue
from indexer.lists.faults import UnreadableFile
from indexer.lists.sheet import open_sheet
from tests.lists.workbooks import HEADINGS, MAIN, lines, write_csv, write_sheet, write_xlsx

ROWS = [["Mã hồ sơ", "Nhóm"], ["a", "đời tư"], [], ["b", "khác"]]


def read(path: Path, sheet: str | None = None) -> list[tuple[int, Sequence[object]]]:
    with open_sheet(path, sheet=sheet) as opened:
        return [(number, list(row)) for number, row in opened.rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_csv_with_each_delimiter_with_and_without_a_mark(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = write_csv(tmp_path / "list.csv", ROWS, delimiter, encoding)
    assert read(path) == list(enumerate(ROWS, start=1))


def test_cells_with_delimiters_marks_and_line_breaks(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('Mã hồ sơ;Lý do;Nhóm\na;"một; ""hai""\nba";khác\nb;;khác\n', encoding="utf-8", newline="")
    assert [row for _, row in read(path)][1:] == [["a", 'một; "hai"\nba', "khác"], ["b", "", "khác"]]
    assert [number for number, _ in read(path)] == [1, 2, 3], "a cell of two lines is one row of a spreadsheet"


def test_the_delimiter_is_the_one_that_gives_headings(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Danh mục số 5, năm 2026, bản chính, của UBND\nMã hồ sơ;Nhóm\na;khác\n", encoding="utf-8")
    assert read(path)[2] == (3, ["a", "khác"])


def test_apostrophes_before_what_looks_like_a_formula_are_taken_off(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "list.csv", [["Mã hồ sơ", "'=1+1", "''=x", "'-a", "'a", "='b"]])
    assert read(path)[0][1][1:] == ["=1+1", "'=x", "-a", "'a", "='b"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the file is empty"),
        (b"\n\n \n", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        ("Mã hồ sơ,Nhóm\na,khác\n".encode("utf-16"), "UTF-16"),
        ("Mã hồ sơ,Nhóm\na,Mật\n".encode("cp1258", "replace"), "not UTF-8"),
        (b"target,category\n" * 5000 + b"\xff\xfe\n", "not UTF-8"),
        (b'target,category\n"a,khac\n' + b"x" * 200_000, "no CSV"),
        (b'target,category\n"a"b,khac\n', "line 2 is no CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "no .xlsx (an older .xls?)"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
        (b"PK\x03\x04" + bytes(200), "no .xlsx workbook"),
    ],
)
def test_files_that_are_no_lists(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "list"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as caught:
        read(path)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="cannot be read: No such file"):
        read(tmp_path / "none.csv")
    with pytest.raises(UnreadableFile, match="cannot be read"):
        read(tmp_path)


def test_a_csv_file_has_no_sheets(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no sheets"):
        read(write_csv(tmp_path / "list.csv", ROWS), "Trang 1")


def test_a_workbook_gives_values_with_their_kinds(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["Mã hồ sơ", "Từ trang", "Ngày mở", "Nhận yêu cầu", "Lý do"])
    sheet.append(["a", 3, datetime.fromisoformat("2030-12-31"), True, "=1+1"])
    sheet["A4"] = "b"
    sheet["E4"] = "#N/A"
    workbook.save(tmp_path / "list.xlsx")
    assert read(tmp_path / "list.xlsx")[1:] == [
        (2, ["a", 3, datetime.fromisoformat("2030-12-31"), True, NoValue("a formula")]),
        (3, []),
        (4, ["b", None, None, None, NoValue("an error of the spreadsheet")]),
    ]


def test_the_first_sheet_unless_another_is_named(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.create_sheet("Danh mục").append(["hai"])
    assert workbook.active is not None
    workbook.active.append(["một"])
    workbook.save(tmp_path / "list.xlsx")
    assert read(tmp_path / "list.xlsx") == [(1, ["một"])]
    assert read(tmp_path / "list.xlsx", "Danh mục") == [(1, ["hai"])]
    with pytest.raises(UnreadableFile, match="no sheet Khác; it has: Sheet, Danh mục"):
        read(tmp_path / "list.xlsx", "Khác")


def test_texts_kept_apart_are_put_in_their_places(tmp_path: Path) -> None:
    rows = [HEADINGS, *lines(200)]
    path = write_xlsx(tmp_path / "list.xlsx", rows)
    found = [row for _, row in read(path)]
    assert [[cell for cell in row if cell is not None] for row in found] == [
        [cell for cell in row if cell != ""] for row in rows
    ]


def test_texts_in_runs_are_read_whole_and_hints_of_pronunciation_are_not(tmp_path: Path) -> None:
    texts = "<si><r><t>Hồ </t></r><r><rPr><b/></rPr><t>sơ</t></r><rPh sb='0' eb='1'><t>xx</t></rPh></si><si/>"
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    path = write_sheet(tmp_path / "list.xlsx", f"<sheetData>{cells}</sheetData>", texts)
    assert read(path) == [(1, ["Hồ sơ", ""])]


@pytest.mark.parametrize(
    "sheet",
    [
        '<sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="A1" t="s"><v>-1</v></c></row></sheetData>',
        '<sheetData><row r="2"/><row r="1"/></sheetData>',
        '<sheetData><row r="0"/></sheetData>',
        '<sheetData><row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="ZZZ1"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="!!"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="A1"><v>một</v></c></row></sheetData>',
        "<sheetData><row>",
    ],
)
def test_workbooks_that_are_damaged(tmp_path: Path, sheet: str) -> None:
    with pytest.raises(UnreadableFile, match=r"no \.xlsx workbook"):
        read(write_sheet(tmp_path / "list.xlsx", sheet))


def test_a_workbook_that_blows_itself_up_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    path = write_xlsx(tmp_path / "list.xlsx", [HEADINGS], entity=bomb)
    with pytest.raises(UnreadableFile, match=r"no \.xlsx workbook"):
        read(path)


def test_a_zip_file_that_is_no_workbook(tmp_path: Path) -> None:
    from zipfile import ZipFile

    with ZipFile(tmp_path / "list.xlsx", "w") as packed:
        packed.writestr("word/document.xml", f'<document xmlns="{MAIN}"/>')
    with pytest.raises(UnreadableFile, match=r"no \.xlsx workbook"):
        read(tmp_path / "list.xlsx")
