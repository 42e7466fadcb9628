"""The command `list import`: every fault is told with its line, and with one fault nothing is imported."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.lists.conftest import FILE_IDS, FONDS_ID, Office
from tests.lists.workbooks import write_xlsx

HEAD = "STT,Mã hồ sơ,Từ trang,Đến trang,Nhóm,Lý do,Ngày mở,Được biết có tài liệu,Được xem mô tả,Nhận yêu cầu"
A, B, C, _ = FILE_IDS
Lines = Callable[[str], list[tuple[object, ...]]]


def test_a_good_list_becomes_a_draft(office: Office, lines_of: Lines) -> None:
    file = office.write(
        HEAD, f"1,{A},,,đời tư,vì,31/12/2040,có,,x", f"2, {B.upper()} ,2,3,damaged,,,,,", f"3,{FONDS_ID},,,khác,,,,,"
    )
    done = office.importing(file)
    assert done.exit_code == 0, done.output
    assert "3 lines kept as a draft" in done.output
    assert "list activate 1/DM --from DAY --by NAME" in " ".join(done.output.split())
    assert lines_of("1/DM") == [
        (2, A, None, "private-life"),
        (3, B, (2, 3), "damaged"),
        (4, FONDS_ID, None, "other"),
    ]
    first = next(office.register.entries("1/DM"))
    assert (first.reason, first.opens_on) == ("vì", date(2040, 12, 31))
    assert (first.existence_shown, first.description_shown, first.requestable) == (True, False, True)
    kept = office.register.version("1/DM")
    assert (kept.imported_by, kept.version.authority, kept.effective_from) == ("An", "UBND", None)
    assert not (office.folder / "reports").exists()


def test_an_archive_as_a_whole_may_be_listed(office: Office, lines_of: Lines) -> None:
    assert office.importing(office.write(HEAD, "1,H47,,,khác,,,,,")).exit_code == 0
    assert lines_of("1/DM") == [(2, "h47", None, "other")]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("1,,,,đời tư,,,,,", "Mã hồ sơ is missing"),
        ("1,a b,,,đời tư,,,,,", "Mã hồ sơ an id has 1 to 120 characters and no spaces"),
        (f"1,{A},,,đời sống,,,,,", 'Nhóm "đời sống" is no category'),
        (f"1,{A},,,,,,,,", "Nhóm is missing"),
        (f"1,{A},,,khác,,31/02/2040,,,", 'Ngày mở "31/02/2040" is a day that does not exist'),
        (f"1,{A},,,khác,,sang năm,,,", 'Ngày mở "sang năm" is no date (write 31/12/2030)'),
        (f"1,{A},9,3,khác,,,,,", "the pages run backwards: 9 to 3"),
        (f"1,{A},ba,bốn,khác,,,,,", 'Từ trang "ba" is no page number; Đến trang "bốn" is no page number'),
        (f"1,{A},3,,khác,,,,,", "first and last page are written together, also for a single page"),
        (f"1,{A},,3,khác,,,,,", "first and last page are written together, also for a single page"),
        (f"1,{A},,,khác,,,chắc,,", 'Được biết có tài liệu "chắc" is neither yes (có, x) nor no (không)'),
        (f"1,{A},,,khác,,,không,có,", "the description may be seen, but not that the record is there"),
        (f"1,{A},,,khác,{'x' * 2001},,,,", "Lý do is longer than 2,000 characters"),
        (f"1,{A},,,khác,,,,,,thừa", "column K holds a value but has no heading"),
        ("1,khong-co,,,khác,,,,,", "no record of the archive database has the id khong-co"),
        (f"1,{B},,,khác,,,,,", "says again what line 2 says"),
        (f"1,{B},2,3,khác,,,,,", "contradicts line 3: the same pages"),
    ],
)
def test_one_bad_line_stops_the_whole_list_and_is_told(office: Office, line: str, fault: str) -> None:
    others = [f"1,{B},,,khác,,,,,"] if "says again" in fault else [f"1,{C},,,khác,,,,,", f"1,{B},,,đời tư,,,,,"]
    done = office.importing(office.write(HEAD, *others, line))
    assert done.exit_code == 1
    assert "nothing was imported" in done.output
    assert office.register.versions() == []
    report = (office.folder / "reports" / "list-1-DM.tsv").read_text(encoding="utf-8").splitlines()
    assert len(report) == 1
    number, reason = report[0].split("\t")
    assert int(number) == len(others) + 2
    assert fault in reason
    assert " ".join(reason.split()) in " ".join(done.output.split()) or len(reason) > 100


def test_all_faults_are_in_the_report_and_the_first_twenty_on_the_screen(office: Office) -> None:
    done = office.importing(office.write(HEAD, *(f"{n},khong-{n},,,lạ,,,,," for n in range(50)), f"51,{A},,,khác,,,,,"))
    assert done.exit_code == 1
    report = (office.folder / "reports" / "list-1-DM.tsv").read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[0] for line in report] == [str(n) for n in range(2, 52)]
    assert done.output.count("is no category") == 20
    assert "50 lines have faults" in done.output


def test_words_of_a_cell_are_shown_as_they_are(office: Office) -> None:
    done = office.importing(office.write(HEAD, f"1,{A},,,[bold]đỏ[/bold],,,,,"))
    assert 'Nhóm "[bold]đỏ[/bold]" is no category' in done.output


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "the file is empty"),
        ("Họ tên,Năm sinh\nAn,1950\n", "no column is headed Mã hồ sơ"),
        ("Mã hồ sơ,Nhóm,Kệ\na,khác,1\n", "columns nobody knows: Kệ"),
        ("Mã hồ sơ,Nhóm\n", "no line below"),
        ("Mã hồ sơ,Nhóm\n\n,\n", "no line below"),
    ],
)
def test_a_file_that_is_no_list_is_one_sentence(office: Office, content: str, sentence: str) -> None:
    path = office.folder / "list.csv"
    path.write_text(content, encoding="utf-8")
    done = office.importing(path)
    assert done.exit_code == 1
    assert sentence in done.output
    assert "Traceback" not in done.output
    assert office.register.versions() == []


def test_columns_can_be_named_and_left_out(office: Office, lines_of: Lines) -> None:
    file = office.write("Ký hiệu;Loại;Kệ", f"{A};khác;7")
    mapped = ("--map", "target=Ký hiệu", "--map", "category=Loại", "--ignore", "Kệ")
    assert office.importing(file, *mapped).exit_code == 0
    assert lines_of("1/DM") == [(2, A, None, "other")]


@pytest.mark.parametrize("wrong", ["Ký hiệu", "shelf=Kệ", "target="])
def test_a_wrong_mapping_is_a_wrong_argument(office: Office, wrong: str) -> None:
    assert office.importing(office.write(HEAD), "--map", wrong).exit_code == 2


def test_xlsx_from_a_sheet(office: Office, lines_of: Lines) -> None:
    file = write_xlsx(office.folder / "list.xlsx", [["Mã hồ sơ", "Từ trang", "Đến trang", "Nhóm"], [A, 2, 3, "khác"]])
    assert office.importing(file, "--sheet", "Khác").exit_code == 1
    assert office.importing(file, "--sheet", "Trang 1").exit_code == 0
    assert lines_of("1/DM") == [(2, A, (2, 3), "other")]


def test_a_check_imports_nothing_and_asks_no_register(office: Office) -> None:
    file = office.write(HEAD, f"1,{A},,,khác,,,,,")
    done = office.importing(file, "--check", ARCHIVE_REGISTER_URL="sqlite:////nowhere/register.db")
    assert done.exit_code == 0, done.output
    assert "nothing was imported (--check)" in done.output
    assert office.register.versions() == []
    assert office.importing(office.write(HEAD, f"1,{A},,,lạ,,,,,"), "--check").exit_code == 1


def test_a_report_goes_once_the_list_is_in_order(office: Office) -> None:
    report = office.folder / "reports" / "list-1-DM.tsv"
    office.importing(office.write(HEAD, f"1,{A},,,lạ,,,,,"))
    assert report.exists()
    office.importing(office.write(HEAD, f"1,{A},,,khác,,,,,"))
    assert not report.exists()


def test_records_are_not_looked_for_when_nobody_wants_or_nobody_can(office: Office) -> None:
    file = office.write(HEAD, "1,khong-co,,,khác,,,,,")
    wanted = office.importing(file, "--unchecked")
    assert (wanted.exit_code, "not looked for" in wanted.output) == (0, True)
    away = office.importing(file, number="2/DM", ARCHIVE_DATABASE_URL="sqlite:////nowhere/archive.db")
    assert (away.exit_code, "could not be looked for" in away.output) == (0, True)
    assert [kept.version.number for kept in office.register.versions()] == ["1/DM", "2/DM"]


def test_a_number_that_is_taken_is_told_before_the_file_is_read(office: Office) -> None:
    office.importing(office.write(HEAD, f"1,{A},,,khác,,,,,"))
    again = office.importing(office.folder / "none.csv")
    assert again.exit_code == 1
    assert "is in the register already" in again.output


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"ARCHIVE_REGISTER_URL": "sqlite:////nowhere/register.db"}, "no such file"),
        ({"ARCHIVE_REGISTER_URL": "nonsense"}, "SQLAlchemy URL"),
    ],
)
def test_a_register_that_is_away_is_one_sentence(office: Office, settings: dict[str, str], sentence: str) -> None:
    done = office.importing(office.write(HEAD, f"1,{A},,,khác,,,,,"), **settings)
    assert done.exit_code == 1
    assert sentence in done.output


def test_a_folder_instead_of_a_file(office: Office, tmp_path: Path) -> None:
    done = office.importing(tmp_path)
    assert (done.exit_code, "cannot be read" in done.output) == (1, True)
