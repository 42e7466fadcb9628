"""Who has how much to do, and how much was answered in time, as tables with bars."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.accounts.staff.roles import Duty
from portal.desk.administration.office import AdministrationOffice
from portal.desk.gate import declares
from portal.i18n import _
from portal.requests.workload import Load

BAR = 100
"""Width of the longest bar, in units of its drawing."""


@dataclass(frozen=True)
class LoadLine:
    """One member of staff. `late` and `rest` are the two parts of the bar of open cases, at most `BAR` together."""

    load: Load
    name: str
    late: int
    rest: int


def add_routes(desk: Blueprint, office: AdministrationOffice) -> None:
    """The page."""

    @desk.get("/khoi-luong", endpoint="workload")
    @declares(Duty.SEE_WORKLOAD)
    def workload() -> ResponseReturnValue:
        loads, names = office.workload.loads(today=office.today), office.names_by_id()
        most = max((load.open for load in loads), default=0)
        return render_template(
            "administration/workload.html",
            lines=[_line(load, _name(load, names), most) for load in loads],
            months=office.workload.months(today=office.today),
            now=office.now(),
            bar=BAR,
        )


def _line(load: Load, name: str, most: int) -> LoadLine:
    late = BAR * load.overdue // most if most else 0
    return LoadLine(load, name, late, (BAR * load.open // most if most else 0) - late)


def _name(load: Load, names: Mapping[str, str]) -> str:
    return names.get(load.staff_id, load.staff_id) if load.staff_id else _("Chưa giao")
