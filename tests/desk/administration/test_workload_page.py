"""Who has how much to do and how much was in time; the queue in a file; slips for the store-room."""

import re
from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from portal.accounts.staff.roles import Role
from portal.desk.administration.export import spreadsheet
from portal.requests.case import Application, Case, Line, Requester
from portal.requests.states import State
from portal.requests.terms import ItemClass, Kind
from portal.requests.workload import Load, Month
from tests.desk.administration.given import assigned, decided, staff, submitted
from tests.desk.browser import Browser
from tests.desk.clock import Clock
from tests.requests.world import World

FORMULA = '=HYPERLINK("http://x","y")'


def test_loads_and_months_follow_the_cases(world: World, head: Browser, archivist: Browser) -> None:
    lan, hoa, workload = staff(world, "lan"), staff(world, "hoa"), world.desk_services.workload
    first = submitted(world)
    today = date(2026, 11, 21)
    assert workload.loads(today=today) == [Load("", 1, 0, 0)]
    assigned(world, first, lan)
    assert workload.loads(today=today) == [Load(lan.id, 1, 0, 0)]
    due_on = world.desk_services.handling.case(first).due_on
    assert due_on is not None
    assert workload.loads(today=due_on)[0].overdue == 0
    assert workload.loads(today=date(2026, 12, 25)) == [Load(lan.id, 1, 1, 0)]
    page = head.get("/khoi-luong").text
    assert re.search(r'<th scope="row">Lan</th>\s*<td>1</td>\s*<td\s*>0</td>', page)
    assert "style=" not in page.partition("<main")[2]
    decided(world, first, lan, hoa)
    assert workload.loads(today=today) == [Load(hoa.id, 0, 0, 1)]
    months = workload.months(today=today)
    assert [month.first for month in months] == [date(2025, 12, 1), *(date(2026, n, 1) for n in range(1, 12))]
    assert months[-1] == Month(date(2026, 11, 1), 1, 1)
    assert months[0].share is None
    assert "100%" in head.get("/khoi-luong").text


def test_what_is_decided_late_is_not_on_time(world: World, head: Browser, archivist: Browser) -> None:
    lan, hoa = staff(world, "lan"), staff(world, "hoa")
    case_id = submitted(world)
    assigned(world, case_id, lan)
    world.pass_by(days=30)
    decided(world, case_id, lan, hoa)
    months = world.desk_services.workload.months(today=date(2026, 12, 22))
    assert months[-1] == Month(date(2026, 12, 1), 1, 0)
    assert months[-1].share == 0


def test_a_share_is_whole_only_when_everything_was_in_time() -> None:
    assert Month(date(2026, 11, 1), 1000, 999).share == 99


def test_the_queue_is_handed_out_as_a_spreadsheet(world: World, archivist: Browser) -> None:
    case_id = submitted(world)
    case = world.desk_services.handling.case(case_id)
    page = archivist.get("/ho-so?pile=new").text
    link = re.search(r'href="(/ho-so/xuat\.xlsx\?[^"]*)"', page)
    assert link
    answer = archivist.get(link[1])
    assert answer.status_code == 200
    assert "ho-so-new-2026-11-21.xlsx" in answer.headers["Content-Disposition"]
    rows = list(load_workbook(BytesIO(answer.data)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert len(rows) == 2
    assert rows[0][0] == "Mã hồ sơ"
    assert rows[1][:2] == (case.code, "Nguyễn Văn An")
    finished = archivist.get("/ho-so/xuat.xlsx?pile=finished")
    assert load_workbook(BytesIO(finished.data)).active.max_row == 1  # type: ignore[union-attr]


def test_a_cell_is_text_whatever_stands_in_it(clock: Clock) -> None:
    line = Line(1, "qn.x", "+1", f"@SUM(A1)\x07{'x' * 40_000}", Kind.READING, ItemClass.OPEN)
    who = Requester("a" * 32, "citizen", FORMULA)
    case = Case(
        "c" * 32, "a" * 32, State.RECEIVED, 1, Application(requester=who), clock(), clock(), (line,), code="-2+3"
    )
    sheet = load_workbook(spreadsheet([case], {})).active
    cells = {cell.value: cell.data_type for cell in sheet[2] if isinstance(cell.value, str)}  # type: ignore[index]
    assert set(cells.values()) == {"s"}
    assert {FORMULA, "-2+3"} <= set(cells)
    assert max(map(len, cells)) == 32_000
    assert not any("\x07" in text for text in cells)


def test_slips_are_for_records_on_paper_of_granted_cases(world: World, head: Browser, archivist: Browser) -> None:
    lan, hoa = staff(world, "lan"), staff(world, "hoa")
    on_screen = submitted(world)
    assigned(world, on_screen, lan)
    decided(world, on_screen, lan, hoa)
    page = archivist.get("/phieu-lay-tai-lieu").text
    assert "Không có tài liệu giấy nào cần lấy." in page
    code = world.desk_services.handling.case(on_screen).code
    with world.site.database.writing() as connection:
        connection.exec_driver_sql("UPDATE case_lines SET page_count = 0")
    page = archivist.get("/phieu-lay-tai-lieu").text
    assert code in page
    assert "Hồ sơ nhân sự" in page
    assert "Nguyễn Văn An" in page
    assert "27/11/2026" in page, "seven days, the first of them today"
    assert "Không có tài liệu giấy nào cần lấy." in archivist.get(f"/phieu-lay-tai-lieu?assigned_to={hoa.id}").text


def test_a_role_without_cases_gets_neither_file_nor_slips(world: World) -> None:
    auditor = world.member("kiem", Role.AUDITOR)
    assert auditor.get("/ho-so/xuat.xlsx").status_code == 404
    assert auditor.get("/phieu-lay-tai-lieu").status_code == 404
