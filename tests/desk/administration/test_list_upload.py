"""A file sent from the desk becomes a draft, or nothing with every faulty line told in plain words."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask, g
from werkzeug.test import TestResponse

from access_policy.register.store import Register
from portal.desk.administration import list_upload
from portal.desk.administration.list_faults import in_words
from tests.desk.browser import SITE, Browser, token_of
from tests.lists.workbooks import HEADINGS, lines, write_xlsx
from tests.portal.archive import OPEN_ITEM
from tests.requests.world import World

FORM = {"number": "20/DM", "issued": "1/11/2026", "authority": "UBND tỉnh", "basis": "Điều 25", "act": "import"}
GOOD = f"Mã hồ sơ;Nhóm;Ngày mở\n{OPEN_ITEM.id};đời tư;31/12/2040\nqn.x;khác;\n".encode()


def send(browser: Browser, content: bytes, *, name: str = "dm.csv", **fields: str) -> TestResponse:
    token = token_of(browser.get("/danh-muc/nhap").text)
    data = FORM | fields | {"csrf_token": token, "file": (BytesIO(content), name)}
    return browser.client.post("/danh-muc/nhap", base_url=SITE, data=data, headers={"Referer": f"{SITE}/"})


def test_a_file_becomes_a_draft_that_somebody_else_puts_into_force(
    officer: Browser, register: Register, world: World
) -> None:
    assert 'href="/danh-muc/nhap"' in officer.get("/danh-muc").text
    sent = send(officer, GOOD)
    assert (sent.status_code, sent.location) == (303, "/danh-muc/xem?so=20/DM")
    shown = officer.get(sent.location).text
    assert "Đã nhập 2 dòng làm bản nhập" in shown
    assert "Bản nhập, chưa có hiệu lực" in shown
    kept = register.version("20/DM")
    assert (kept.imported_by, kept.lines, kept.effective_from) == ("minh", 2, None)
    assert [each.opens_on for each in register.entries("20/DM")] == [date(2040, 12, 31), None]
    activation = {"so": "20/DM", "tu_ngay": "21/11/2026", "sure": "yes"}
    own = officer.post("/danh-muc/cho-hieu-luc", form="/danh-muc/nhap", **activation)
    assert "người khác phải cho hiệu lực" in own.text


def test_a_workbook_is_taken_by_what_it_is_and_columns_can_be_left_out(
    officer: Browser, register: Register, tmp_path: Path
) -> None:
    rows = [(*HEADINGS, "Kệ"), *((*row, "7") for row in lines(12))]
    content = write_xlsx(tmp_path / "list.xlsx", rows).read_bytes()
    refused = send(officer, content, name="x.csv")
    assert refused.status_code == 422
    assert "Cột không rõ nghĩa: Kệ" in refused.text
    assert send(officer, content, name="x.csv", ignored="Kệ\n", sheet="Trang 1").status_code == 303
    assert register.version("20/DM").lines == 12


def test_one_bad_line_stops_all_and_each_is_told_with_its_number(officer: Browser, register: Register) -> None:
    bad = "Mã hồ sơ,Nhóm,Từ trang,Đến trang,Ngày mở\nqn.a,khác,,,\n,khác,,,\nqn.b,lạ,9,3,30/2/2027\nqn.a,khác,,,\n"
    answer = send(officer, bad.encode())
    assert answer.status_code == 422
    assert "Chưa nhập: 3 dòng có lỗi" in answer.text
    told = re.findall(r"<td>(\d+)</td>\s*<td>([^<]*)</td>", answer.text)
    assert told[0] == ("3", "Mã hồ sơ còn trống")
    assert told[1][0] == "4"
    assert "Nhóm «lạ» không phải một nhóm hạn chế" in told[1][1]
    assert "Ngày mở «30/2/2027» là ngày không có thật" in told[1][1]
    assert told[2] == ("5", "lặp lại dòng 2")
    assert 'value="UBND tỉnh"' in answer.text
    assert register.versions() == []


def test_only_checking_keeps_nothing(officer: Browser, register: Register) -> None:
    answer = send(officer, GOOD, act="check")
    assert answer.status_code == 200
    assert "2 dòng, không có lỗi. Chưa nhập gì" in answer.text
    assert register.versions() == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("number", ""), ("number", "1" * 61), ("issued", "30/2/2026"), ("issued", "1/1/1900"), ("authority", "")),
        *(("basis", "\x07"), ("sheet", "x" * 101), ("ignored", "x" * 1001), ("sheet", "Trang 9")),
    ],
)
def test_a_field_that_makes_no_sense_is_said_beside_it(
    field: str, value: str, officer: Browser, register: Register
) -> None:
    answer = send(officer, GOOD, **{field: value})
    assert answer.status_code == 422
    assert f'id="{"file" if value == "Trang 9" else field}-fault"' in answer.text
    assert register.versions() == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Tệp trống"),
        (b"Kho;Ghi\n1;2\n", "Không cột nào có tiêu đề Mã hồ sơ / Mã tài liệu"),
        (b"Nh\xf3m;x\n", "không phải UTF-8"),
        (b"PK\x03\x04hong", "bị hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "không phải .xlsx"),
        ("Mã hồ sơ;Nhóm\n".encode(), "không có dòng nào"),
        ("Mã hồ sơ;Nhóm\nqn.a;khác\n".encode("utf-16"), "UTF-16"),
    ],
)
def test_what_is_no_list_is_said_in_plain_words(content: bytes, said: str, officer: Browser) -> None:
    answer = send(officer, content)
    assert answer.status_code == 422
    assert said in answer.text
    assert "--" not in answer.text.partition("<main")[2]
    assert "/tmp" not in answer.text


def test_a_number_is_taken_once_and_a_file_is_needed(officer: Browser, register: Register) -> None:
    assert send(officer, GOOD).status_code == 303
    assert "Số này đã có danh mục" in send(officer, GOOD).text
    assert "Chọn một tệp" in officer.post("/danh-muc/nhap", **FORM).text
    assert len(register.versions()) == 1


def test_files_are_bounded_in_lines_and_bytes(
    officer: Browser, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    for more, status in ((-100_000, 400), (100_000, 413)):
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        body = head + b"y" * (list_upload.MOST_BYTES + more) + b"\r\n--x--\r\n"
        kind = "multipart/form-data; boundary=x"
        answer = officer.client.post("/danh-muc/nhap", base_url=SITE, data=body, content_type=kind)
        assert answer.status_code == status
    monkeypatch.setattr(list_upload, "MOST_LINES", 2)
    assert "Tệp có hơn 2 dòng" in send(officer, GOOD).text
    assert register.versions() == []


def test_every_sentence_of_the_importer_has_its_vietnamese() -> None:
    told = (
        *(
            "column B holds a value but has no heading",
            "Mã is missing",
            "Mã an id has 1 to 120 characters and no spaces",
        ),
        *('Nhóm "x" is no category', "first and last page are written together, also for a single page"),
        *("the pages run backwards: 9 to 3", "Lý do is longer than 2,000 characters", 'Từ "x" is no page number'),
        "the description may be seen, but not that the record is there: one of the two is wrong",
        *("Nhóm holds a formula; only values are read", "Nhóm holds an error of the spreadsheet; only values are read"),
        *(
            "Nhóm should be words",
            "Nhóm holds characters that cannot be shown",
            "Ngày holds a time of day beside the date",
        ),
        *(
            'Ngày "x" is no date (write 31/12/2030)',
            'Ngày "x" is a day that does not exist',
            "1900-01-01 lies too far back",
        ),
        *('Nhận "x" is neither yes (có, x) nor no (không)', "says again what line 2 says"),
        "contradicts line 3: the same pages, but another category, date or answer",
        *(
            "the workbook has no sheet x; it has: a, b",
            "the workbook has no sheets",
            "the file has more than 1,048 rows",
        ),
        *(
            "two columns mean the same: a and b",
            "columns are missing: a, b",
            "line 3 is no CSV: unexpected end of data",
        ),
        *("the workbook unpacks to more than 1024 MB", "/x/list cannot be read: gone"),
        *(
            "a CSV file has no sheets; leave out --sheet",
            "the file is protected by a password; save it as .xlsx without one",
        ),
    )
    english = re.compile(r"\b(the|is|no|holds|line|column|file|of|has|to|and)\b")
    assert [message for message in told if english.search(in_words(message))] == []
    assert in_words("something said since") == "something said since"
    with Flask("desk").test_request_context():
        g.language = "en"
        told_in_english = in_words("columns nobody knows: Kệ (say what they mean with --map FIELD=COLUMN)")
        assert told_in_english == "columns nobody knows: Kệ"
