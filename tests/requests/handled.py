"""A case on somebody's desk: its reader, an archivist and a head at their browsers."""

import re
from dataclasses import dataclass

from werkzeug.test import TestResponse

from portal.accounts.staff.roles import Role
from portal.requests.case import Case
from tests.accounts.views.browser import Browser as ReaderBrowser
from tests.desk.browser import Browser
from tests.requests.test_journey import FORM
from tests.requests.world import ASKABLE, World

GRANT = {"outcome-1": "conditional", "pages-1": "3-4", "days-1": "7", "words-1": "Đọc trang 3 và 4"}
PAGE = f"/tai-lieu/{ASKABLE}/trang/3"


@dataclass
class Handled:
    """A case in progress, its reader, and two who may act on it."""

    world: World
    reader: ReaderBrowser
    lan: Browser
    hoa: Browser
    case_id: str

    @property
    def case(self) -> Case:
        return self.world.desk_services.handling.case(self.case_id)

    def step(self, who: Browser, step: str, *, turn: str = "", **fields: str) -> TestResponse:
        """As the form on the page would send it."""
        seen = turn or str(self.case.turn)
        return who.post(f"{self.address}/{step}", self.address, turn=seen, step=step, **fields)

    @property
    def address(self) -> str:
        return f"/ho-so/{self.case_id}"

    @property
    def ids(self) -> dict[str, str]:
        return {member.login: member.id for member in self.world.desk_services.staff.all()}


def make_handled(world: World) -> Handled:
    """In progress, given to Lan."""
    reader = world.reader()
    reader.post("/yeu-cau/them", seen_on=f"/yeu-cau/them?record={ASKABLE}", record=ASKABLE, reading="yes")
    sent = reader.post("/yeu-cau/phieu", **FORM, act="submit")
    case_id = re.search(r"[0-9a-f]{32}", sent.location)[0]  # type: ignore[index]
    made = Handled(world, reader, world.member("lan", Role.ARCHIVIST), world.member("hoa", Role.HEAD), case_id)
    assert made.step(made.lan, "receive").status_code == 303
    assert made.step(made.lan, "assign", to=made.ids["lan"]).status_code == 303
    return made
