"""Cases on the way, for pages that show them."""

import re

from portal.accounts.staff.member import StaffMember
from portal.desk.cases.acting import acting
from portal.requests.ruling import Ruling
from portal.requests.terms import Outcome
from tests.requests.world import ASKABLE, World

FORM = {
    "purpose": "01",
    "purpose_text": "Làm hồ sơ hưởng chế độ",
    "topic": "Chế độ người có công",
    "fee_class": "10",
    "behalf": "self",
}
JUNK = (
    "\x00",
    "=1+1",
    "'\"<script>",
    "9" * 400,
    "-1",
    "٣",
    "2027-02-30",
    "{",
    "%",
    "ẹ" * 5000,
    "\ud800".encode("utf8", "replace").decode(),
)


def submitted(world: World, record: str = ASKABLE) -> str:
    """A case of a reader that staff have not seen yet; its id."""
    reader = world.reader()
    reader.post("/yeu-cau/them", seen_on=f"/yeu-cau/them?record={record}", record=record, reading="yes")
    sent = reader.post("/yeu-cau/phieu", **FORM, act="submit")
    assert sent.status_code == 303, sent.text
    found = re.search(r"/yeu-cau/([0-9a-f]{32})", sent.location)
    assert found
    return found[1]


def assigned(world: World, case_id: str, to: StaffMember) -> None:
    """Received and given to a member of staff, who has decided nothing."""
    handling, by = world.desk_services.handling, acting(to)
    handling.receive(case_id, by=by, turn=_turn(world, case_id), now=world.desk_clock())
    handling.assign(case_id, to=to.id, by=by, turn=_turn(world, case_id), now=world.desk_clock())


def decided(world: World, case_id: str, by: StaffMember, second: StaffMember) -> None:
    """Proposed by one and granted by another."""
    services, now = world.desk_services, world.desk_clock()
    case = services.handling.case(case_id)
    rulings = {line.number: Ruling(outcome=Outcome.CONDITIONAL, days=7) for line in case.lines}
    services.handling.propose(case_id, rulings, by=acting(by), turn=_turn(world, case_id), now=now)
    services.deciding.decide(case_id, rulings, by=acting(second), turn=_turn(world, case_id), now=now)
    services.deciding.grant_waiting(now=now)


def staff(world: World, login: str) -> StaffMember:
    """Somebody who was added before."""
    found = world.desk_services.staff.by_login(login)
    assert found
    return found


def _turn(world: World, case_id: str) -> int:
    return world.desk_services.handling.case(case_id).turn
