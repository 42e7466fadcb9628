"""Lists are read, weighed and put into force by somebody else than their importer."""

import re
from collections.abc import Iterable
from datetime import date

import pytest

from access_policy.permit import Permit
from access_policy.register.entries import ListEntry, ListVersion
from access_policy.register.store import Register
from access_policy.terms import Action
from portal.accounts.staff.roles import Role
from portal.desk.administration.ledger import ListState, state_of
from portal.desk.administration.public_index import MOST_TARGETS
from tests.desk.browser import Browser
from tests.portal.archive import OPEN_ITEM
from tests.requests.world import ASKABLE, World

NUMBER = "20/DM-UBND"
VIEW = f"/danh-muc/xem?so={NUMBER}"
FIRST = "21/11/2026"


def import_list(
    register: Register, world: World, *lines: ListEntry, number: str = NUMBER, author: str = "Người Nhập"
) -> None:
    version = ListVersion(number, date(2026, 11, 1), "UBND tỉnh", "Luật Lưu trữ")
    register.import_version(version, lines, author=author, now=world.desk_clock())


def entries(*targets: str, **shown: bool) -> Iterable[ListEntry]:
    return [ListEntry(target, "private-life", "đơn thư", **shown) for target in targets]  # type: ignore[arg-type]


def figures(page: str) -> list[int]:
    return [int(found) for found in re.findall(r"<dd>\s*(\d+)\s*</dd>", page.partition('id="xem-truoc"')[2])]


def activate(browser: Browser, **fields: str):  # type: ignore[no-untyped-def]
    given = {"so": NUMBER, "tu_ngay": FIRST, "thay": "", "sure": "yes"} | fields
    return browser.post("/danh-muc/cho-hieu-luc", form="/danh-muc", **given)


def test_lists_are_shown_with_their_state_and_lines(officer: Browser, register: Register, world: World) -> None:
    import_list(register, world, *entries(OPEN_ITEM.id, "qn.x", requestable=True))
    page = officer.get("/danh-muc").text
    assert NUMBER in page
    assert "Bản nhập, chưa có hiệu lực" in page
    assert "archive-indexer list import" in page
    shown = officer.get(VIEW).text
    assert "Bí mật đời sống riêng tư" in shown
    assert "Private life" in officer.get(f"/en{VIEW}").text
    assert "được xin đọc" in shown
    assert officer.get("/danh-muc/xem?so=khong-co").status_code == 404


def test_a_preview_counts_closed_opened_and_permits(officer: Browser, register: Register, world: World) -> None:
    now = world.desk_clock()
    import_list(register, world, *entries("qn.a", "qn.b"), number="10/DM", author="x")
    register.activate("10/DM", effective_from=date(2026, 11, 1), author="y", now=now)
    import_list(register, world, *entries(OPEN_ITEM.id, "qn.b", ASKABLE))
    reading = frozenset({Action.READ})
    for code, record, last in (("P1", ASKABLE, 30), ("P2", ASKABLE, 20), ("P3", "qn.z", 30)):
        permit = Permit(code, record, reading, date(2026, 11, 1), date(2026, 11, last))
        register.grant(permit, reader_id="r", author="x", now=now)
    page = officer.get(f"{VIEW}&tu_ngay={FIRST}&thay=10/DM").text
    assert figures(page) == [3, 3, 1, 1, 1, 0]
    assert "P1" in page
    assert "P2" not in page
    assert register.version(NUMBER).effective_from is None


def test_nothing_binds_before_its_day_and_what_opens_by_then_is_not_counted(
    officer: Browser, register: Register, world: World
) -> None:
    import_list(register, world, ListEntry(OPEN_ITEM.id, "other", "r", opens_on=date(2026, 12, 1)))
    assert figures(officer.get(f"{VIEW}&tu_ngay=1/12/2026").text) == [1, 0, 0, 0, 0, 0]
    assert figures(officer.get(f"{VIEW}&tu_ngay=30/11/2026").text) == [1, 1, 1, 0, 0, 0]


def test_ids_that_nobody_can_check_are_told_before_a_list_is_put_into_force(
    officer: Browser, register: Register, world: World
) -> None:
    import_list(register, world, *entries("qn.a"), number="10/DM", author="x")
    register.activate("10/DM", effective_from=date(2026, 11, 1), author="y", now=world.desk_clock())
    import_list(register, world, *entries("qn.a", OPEN_ITEM.id, "qn.go-sai"))
    page = officer.get(f"{VIEW}&tu_ngay={FIRST}&thay=10/DM").text
    assert figures(page)[-1] == 1
    told = page.partition("Mã nên so lại với kho")[2].partition("</details>")[0]
    assert "qn.go-sai" in told
    assert "qn.a<" not in told


def test_a_list_too_long_to_count_says_so(officer: Browser, register: Register, world: World) -> None:
    import_list(register, world, *entries(*(f"qn.{n}" for n in range(MOST_TARGETS + 1))))
    assert "quá nhiều mã để đếm ở đây" in officer.get(f"{VIEW}&tu_ngay={FIRST}").text
    assert f">{MOST_TARGETS}<" not in officer.get(f"{VIEW}&part=101").text
    assert 'rel="prev"' in officer.get(f"{VIEW}&part=101").text


def test_a_second_person_puts_it_into_force_and_the_public_site_feels_it(
    officer: Browser, register: Register, world: World
) -> None:
    import_list(register, world, *entries(OPEN_ITEM.id))
    public = world.site.app.test_client()
    assert public.get(f"/tai-lieu/{OPEN_ITEM.id}").status_code == 200
    assert activate(officer, sure="").status_code == 422
    assert activate(officer).location == "/danh-muc"
    assert public.get(f"/tai-lieu/{OPEN_ITEM.id}").status_code == 404
    assert register.version(NUMBER).activated_by == "minh"
    again = activate(officer)
    assert again.status_code == 422
    assert "đã có hiệu lực từ trước" in again.text


@pytest.mark.parametrize("importer", ["minh", "MINH ", "Minh"])
def test_whoever_imported_it_is_refused_in_plain_words(
    importer: str, officer: Browser, register: Register, world: World
) -> None:
    import_list(register, world, *entries(OPEN_ITEM.id), author=importer)
    answer = activate(officer)
    assert answer.status_code == 422
    assert "người khác phải cho hiệu lực" in answer.text
    assert register.version(NUMBER).effective_from is None


def test_the_name_counts_as_well_as_the_login(register: Register, world: World) -> None:
    services = world.desk_services
    password = services.staff.add(
        login="leminh", name="Lê Minh", roles=[Role.POLICY_OFFICER], author="t", now=world.desk_clock()
    )
    browser = Browser(world.desk, world.desk_clock)
    browser.first_sign_in("leminh", password)
    import_list(register, world, *entries(OPEN_ITEM.id), author="lê  minh")
    assert "người khác phải cho hiệu lực" in activate(browser).text


@pytest.mark.parametrize(
    ("field", "value"),
    [("tu_ngay", "20/11/2026"), ("tu_ngay", "x"), ("tu_ngay", "1/1/2050"), ("thay", "khong-co"), ("thay", NUMBER)],
)
def test_a_day_or_list_that_makes_no_sense_is_said_beside_its_field(
    field: str, value: str, officer: Browser, register: Register, world: World
) -> None:
    import_list(register, world, *entries(OPEN_ITEM.id))
    answer = activate(officer, **{field: value})
    assert answer.status_code == 422
    assert f'id="{field}-fault"' in answer.text
    assert register.version(NUMBER).effective_from is None
    assert activate(officer, so="khong-co").status_code == 404


def test_a_list_goes_from_draft_to_ended(register: Register, world: World) -> None:
    now = world.desk_clock()
    import_list(register, world, *entries("qn.a"))
    import_list(register, world, *entries("qn.a"), number="21/DM")
    states = [state_of(register.version(NUMBER), date(2026, 11, 21))]
    register.activate(NUMBER, effective_from=date(2026, 12, 1), author="y", now=now)
    states += [state_of(register.version(NUMBER), day) for day in (date(2026, 11, 30), date(2026, 12, 1))]
    register.activate("21/DM", effective_from=date(2027, 1, 1), author="y", now=now, replaces=NUMBER)
    states += [state_of(register.version(NUMBER), day) for day in (date(2026, 12, 31), date(2027, 1, 1))]
    assert states == [
        ListState.DRAFT,
        ListState.COMING,
        ListState.IN_FORCE,
        ListState.IN_FORCE,
        ListState.ENDED,
    ]
