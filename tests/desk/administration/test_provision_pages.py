"""Provisions are shown, edited into new versions and compared; what is wrong is said beside its field."""

import re
from datetime import date
from html import unescape

import pytest

from portal.accounts.staff.roles import Role
from portal.desk.administration.provision_form import read_provision, typed_values
from portal.requests.provisions.defaults import DEFAULTS
from portal.requests.provisions.models import Deadlines, Provision
from portal.requests.terms import ItemClass, Kind
from tests.desk.administration.given import JUNK
from tests.desk.browser import Browser
from tests.requests.world import World

TODAY = "21/11/2026"


def fields_of(page: str) -> dict[str, str]:
    """What the form of a page would send as it stands."""
    form = page.partition('class="desk-edit"')[2].partition("</form>")[0]
    found = {name: unescape(value) for name, value in re.findall(r'<input id="([^"]+)"[^>]*?value="([^"]*)"', form)}
    found |= dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    for name, inside in re.findall(r'<select id="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        found[name] = chosen[1] if chosen else ""
    for name, inside in re.findall(r'<textarea id="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        found[name] = unescape(inside)
    for tag in re.findall(r'<input type="checkbox"[^>]*>', form):
        if "checked" in tag:
            found[re.search(r'name="([^"]+)"', tag)[1]] = "yes"  # type: ignore[index]
    return {name: value for name, value in found.items() if name != "csrf_token"}


def save(browser: Browser, kind: str, **changed: str):  # type: ignore[no-untyped-def]
    path = f"/quy-dinh/{kind}/sua"
    return browser.post(path, **(fields_of(browser.get(path).text) | changed))


@pytest.mark.parametrize("provision", list(Provision))
def test_what_the_product_brings_along_goes_through_the_form_unchanged(provision: Provision) -> None:
    read = read_provision(provision, typed_values(provision, DEFAULTS[provision]))
    assert not read.faults
    assert read.content == DEFAULTS[provision]


@pytest.mark.parametrize("provision", list(Provision))
def test_a_version_is_saved_and_binds_from_its_day(provision: Provision, officer: Browser, world: World) -> None:
    assert save(officer, provision.value, valid_from="1/12/2026").location == f"/quy-dinh/{provision.value}"
    newest, brought = world.desk_services.provisions.versions(provision)
    assert (newest.number, newest.author, newest.valid_from) == (1, "minh", date(2026, 12, 1))
    assert newest.content == brought.content
    page = officer.get(f"/quy-dinh/{provision.value}")
    assert "Minh" in page.text
    assert "1/12/2026" in page.text
    assert "không phải bản đang có hiệu lực" in officer.get(f"/quy-dinh/{provision.value}?ban=1").text
    assert "Hai bản này như nhau." in officer.get(f"/quy-dinh/{provision.value}/so-sanh?tu=0&den=1").text


def test_a_deadline_is_changed_added_and_left_out(officer: Browser, world: World) -> None:
    assert "chưa đối chiếu" not in officer.get("/quy-dinh/deadlines").text
    added = {"r5-kind": "reading", "r5-item": "closed", "r5-days": "9", "r5-citation": "Điều 7"}
    assert save(officer, "deadlines", **{"r3-days": "5", "r4-drop": "yes"}, **added).status_code == 303
    content = world.desk_services.provisions.in_force(date(2026, 11, 21)).deadlines
    assert content.days_for(Kind.READING, ItemClass.CONDITIONAL) == 5
    assert [(row.kind, row.item) for row in content.rows][-1] == (Kind.READING, ItemClass.CLOSED)
    assert len(content.rows) == 4
    assert not content.rows[-1].confirmed
    assert "1 dòng chưa đối chiếu văn bản" in officer.get("/quy-dinh/deadlines").text
    page = officer.get("/quy-dinh/deadlines/so-sanh?tu=0&den=1").text
    rows = [re.sub(r"<[^>]+>|\s+", " ", row) for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)]
    told = [" ".join(row.split()) for row in rows]
    assert "~ sửa Đọc · Tài liệu có điều kiện Số ngày làm việc 7 5" in told
    assert any(row.startswith("+ thêm Đọc · Tài liệu khác") for row in told)
    assert any(row.startswith("- bỏ Sao chụp · Tài liệu có điều kiện") for row in told)


WRONG = {
    ("deadlines", "r1-days", "0"): "Ghi số từ 1 trở lên.",
    ("deadlines", "r1-days", "61"): "Ghi số không quá 60.",
    ("deadlines", "r1-days", "1.5"): "Ghi một số nguyên.",
    ("deadlines", "r2-kind", ""): "Chọn một mục.",
    ("deadlines", "r2-citation", "  "): "Ghi từ 1 đến 500 ký tự.",
    ("deadlines", "receipt_days", "x"): "Ghi một số nguyên.",
    ("calendar", "off", "30/2/2027"): "Ghi mỗi ngày như 16/2/2027",
    ("calendar", "cut_off", "25:00"): "Ghi giờ như 17:00.",
    ("calendar", "cut_off", "17:00Z"): "Ghi giờ như 17:00.",
    ("fees", "r2-code", "copy-a4"): "mỗi mã một dòng",
    ("fees", "r1-code", "Bản sao"): "Mã chỉ có chữ thường",
    ("fees", "r1-relief-01", "101"): "từ 0 đến 100",
    ("approvals", "r4-authority", ""): "thì ghi tên cấp đó",
    ("reasons", "r1-text", "x" * 501): "Ghi từ 1 đến 500 ký tự.",
    ("letters", "r1-text", "Kính gửi {ten}"): "trong ngoặc nhọn chỉ dùng được {code}",
    ("letters", "r1-text", "Kính gửi {"): "trong ngoặc nhọn",
    ("letters", "r1-text", "a\x00b"): "trong ngoặc nhọn",
    ("fees", "valid_from", "20/11/2026"): f"Ghi ngày từ {TODAY} trở đi",
    ("fees", "valid_from", "1/1/2040"): f"Ghi ngày từ {TODAY} trở đi",
    ("fees", "valid_from", ""): f"Ghi ngày từ {TODAY} trở đi",
}


@pytest.mark.parametrize(("kind", "field", "value"), WRONG)
def test_a_fault_is_said_beside_its_field_and_the_input_is_kept(
    kind: str, field: str, value: str, officer: Browser, world: World
) -> None:
    before = fields_of(officer.get(f"/quy-dinh/{kind}/sua").text)
    answer = save(officer, kind, **{field: value})
    assert answer.status_code == 422
    beside = re.search(rf'id="{field}-fault">([^<]*)<', answer.text)
    assert beside, answer.text
    assert WRONG[kind, field, value] in beside[1]
    assert f'href="#{field}"' in answer.text
    kept = fields_of(answer.text)
    assert {name: text for name, text in kept.items() if name in before and name != field and text} == {
        name: text for name, text in before.items() if name != field and text
    }
    if value.isprintable():
        assert kept.get(field, "") == value
    assert len(world.desk_services.provisions.versions(Provision(kind))) == 1


def test_days_that_are_both_and_a_table_without_rows_are_refused(officer: Browser) -> None:
    both = save(officer, "calendar", off="2/1/2027", working="2/1/2027")
    assert "vừa nghỉ vừa làm bù" in both.text
    empty = save(officer, "deadlines", **{f"r{n}-drop": "yes" for n in range(1, 5)})
    assert "Cần ít nhất một dòng." in empty.text
    assert (both.status_code, empty.status_code) == (422, 422)


def test_of_two_who_save_at_once_the_second_is_told_and_loses_nothing(
    officer: Browser, head: Browser, world: World
) -> None:
    seen = fields_of(head.get("/quy-dinh/fees/sua").text)
    assert save(officer, "fees", **{"r1-amount": "4.000"}).status_code == 303
    late = head.post("/quy-dinh/fees/sua", **(seen | {"r1-amount": "5000"}))
    assert late.status_code == 409
    assert "người khác vừa lưu bản 1" in late.text
    kept = fields_of(late.text)
    assert (kept["r1-amount"], kept["after"]) == ("5000", "1")
    provisions = world.desk_services.provisions
    assert [row.amount for row in provisions.in_force(date(2026, 11, 21)).fees.rows] == [4000, 20000]
    assert head.post("/quy-dinh/fees/sua", **kept).status_code == 303
    assert [each.author for each in provisions.versions(Provision.FEES)] == ["hoa", "minh", ""]


def test_the_calendar_shows_holidays_and_what_the_table_changes(officer: Browser) -> None:
    page = officer.get("/quy-dinh/calendar").text
    assert re.search(r"2/9/2027</td>\s*<td>Quốc khánh", page)
    assert save(officer, "calendar", off="24/12/2026 31/12/2026", working="2/9/2027").status_code == 303
    page = officer.get("/quy-dinh/calendar").text
    assert re.search(r"24/12/2026</td>\s*<td>–</td>.*?bảng của lưu trữ: nghỉ", page, re.DOTALL)
    assert re.search(r"2/9/2027</td>\s*<td>Quốc khánh.*?bảng của lưu trữ: làm việc", page, re.DOTALL)


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("provision", list(Provision))
def test_junk_in_every_field_is_no_fault_of_ours(provision: Provision, junk: str) -> None:
    """The form reads any text; what it takes for a content is one that could be kept."""
    values = dict.fromkeys(typed_values(provision, DEFAULTS[provision]), junk)
    read = read_provision(provision, values)
    assert bool(read.faults) != bool(read.content)
    for name in values:
        one = read_provision(provision, typed_values(provision, DEFAULTS[provision]) | {name: junk})
        assert bool(one.faults) != bool(one.content), name


def test_junk_sent_to_the_page_is_answered(officer: Browser) -> None:
    for junk in JUNK:
        answer = officer.post(
            "/quy-dinh/approvals/sua", **{"r1-item": junk[:300], "r999-kind": junk[:300], "after": junk[:300]}
        )
        assert answer.status_code == 422


def test_the_roles_of_the_day_are_those_that_count(world: World) -> None:
    browser = world.member("giang", Role.POLICY_OFFICER)
    world.desk_services.staff.change_roles("giang", [Role.AUDITOR], author="test", now=world.desk_clock())
    assert browser.get("/quy-dinh").status_code == 404


def test_deadlines_need_rows() -> None:
    with pytest.raises(ValueError, match="promises nothing"):
        Deadlines(rows=(), receipt_days=1, patience_days=30)
