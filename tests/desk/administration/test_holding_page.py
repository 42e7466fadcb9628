"""Staff look one record up: the register, the public side, permits and cases together."""

from datetime import date

from access_policy.register.entries import ListEntry, ListVersion
from access_policy.register.store import Register
from portal.accounts.staff.roles import Role
from tests.desk.administration.given import assigned, decided, staff, submitted
from tests.desk.browser import Browser
from tests.portal.archive import CANARY, OPEN_ITEM
from tests.requests.world import ASKABLE, World

PAGE = "/tra-tai-lieu?id="


def test_an_open_record_and_its_file_on_a_list(archivist: Browser, register: Register, world: World) -> None:
    page = archivist.get(f"{PAGE}{OPEN_ITEM.id}").text
    assert OPEN_ITEM.title in page
    assert "Đọc ngay" in page
    assert "Không dòng nào, không lần rút nào." in page
    version = ListVersion("DM-9", date(2026, 11, 1), "UBND tỉnh", "Luật Lưu trữ")
    lines = [ListEntry("qn.td.04.16", "family-secrets", "con nuôi", opens_on=date(2040, 1, 1))]
    lines.append(ListEntry("qn.td", "other", "chỉ một trang của phông", first_page=2))
    register.import_version(version, lines, author="x", now=world.desk_clock())
    register.activate("DM-9", effective_from=date(2026, 12, 1), author="y", now=world.desk_clock())
    page = archivist.get(f"{PAGE}{OPEN_ITEM.id.upper()}").text
    assert "danh mục DM-9" in page
    assert "Bí mật gia đình" in page
    assert "1/1/2040" in page
    assert "không đóng" in page
    assert "chỉ một trang của phông" not in page


def test_a_withdrawn_record_is_told_to_staff_with_its_reason(
    archivist: Browser, register: Register, world: World
) -> None:
    register.withdraw(OPEN_ITEM.id, reason="nghi có lộ", author="hoa", now=world.desk_clock())
    page = archivist.get(f"{PAGE}{OPEN_ITEM.id}").text
    assert "rút khỏi sử dụng" in page
    assert "nghi có lộ" in page
    assert "đang đóng" in page
    assert "Không gì cả" in page


def test_a_closed_record_shows_no_word_of_its_content(archivist: Browser) -> None:
    page = archivist.get(f"{PAGE}qn.danh-muc").text
    assert "Không gì cả" in page
    assert CANARY not in page


def test_permits_and_cases_about_a_record(archivist: Browser, head: Browser, world: World) -> None:
    case_id = submitted(world)
    lan, hoa = staff(world, "lan"), staff(world, "hoa")
    assigned(world, case_id, lan)
    decided(world, case_id, lan, hoa)
    code = world.desk_services.handling.case(case_id).code
    page = archivist.get(f"{PAGE}{ASKABLE}").text
    assert f"{code}/1" in page
    assert "đang dùng được" in page
    assert f'href="/ho-so/{case_id}"' in page
    assert "Nguyễn Văn An" not in page
    seen_by_officer = world.member("minh", Role.POLICY_OFFICER).get(f"{PAGE}{ASKABLE}").text
    assert code in seen_by_officer
    assert f"/ho-so/{case_id}" not in seen_by_officer


def test_nothing_typed_and_nothing_found(archivist: Browser) -> None:
    assert archivist.get("/tra-tai-lieu").status_code == 200
    assert archivist.get(f"{PAGE}hai ma").status_code == 422
    assert "Chưa ai xin tài liệu này." in archivist.get(f"{PAGE}qn.khong-co").text
