"""Provisions: what is in force and since when, the versions of each, and what changed from one to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.staff.roles import Duty
from portal.desk.administration.columns import SHAPES
from portal.desk.administration.office import AdministrationOffice
from portal.desk.administration.provision_table import differences, single_values, table_rows
from portal.desk.administration.words import CHANGES
from portal.desk.gate import declares
from portal.errors import NotFound
from portal.i18n import _
from portal.requests.provisions.kept import Version
from portal.requests.provisions.models import Calendar, Provision
from portal.requests.working_days import public_holidays


@dataclass(frozen=True)
class Holiday:
    """A day on which the calendar is not like other weeks; `own` when the archive's table says so, not the library."""

    day: date
    name: str
    working: bool
    own: bool


def add_routes(desk: Blueprint, office: AdministrationOffice) -> None:
    """The list of kinds, the page of one, and two versions side by side."""

    @desk.get("/quy-dinh", endpoint="provisions")
    @declares(Duty.EDIT_PROVISIONS)
    def provisions() -> ResponseReturnValue:
        kinds = [(kind, _(SHAPES[kind].name), in_force(office, kind)) for kind in Provision]
        return render_template("administration/provisions.html", kinds=kinds, names=office.names())

    @desk.get("/quy-dinh/<kind>", endpoint="provision")
    @declares(Duty.EDIT_PROVISIONS)
    def provision(kind: str) -> ResponseReturnValue:
        return _page(office, provision_named(kind))

    @desk.get("/quy-dinh/<kind>/so-sanh", endpoint="compare_provision")
    @declares(Duty.EDIT_PROVISIONS)
    def compare(kind: str) -> ResponseReturnValue:
        versions = office.provisions.versions(provision_named(kind))
        before, after = (_numbered(versions, request.args.get(name, "")) for name in ("tu", "den"))
        return render_template(
            "administration/compare.html",
            name=_(SHAPES[after.provision].name),
            before=before,
            after=after,
            changes=[(each, _(CHANGES[each.change])) for each in differences(before, after)],
        )


def provision_named(kind: str) -> Provision:
    """The kind in an address. Raises NotFound."""
    try:
        return Provision(kind)
    except ValueError:
        raise NotFound from None


def in_force(office: AdministrationOffice, provision: Provision) -> Version:
    """The version that binds today."""
    return _binding(office.provisions.versions(provision), office.today)


def _binding(versions: Sequence[Version], today: date) -> Version:
    return next(version for version in versions if version.valid_from <= today)


def _page(office: AdministrationOffice, provision: Provision) -> str:
    versions = office.provisions.versions(provision)
    binding = _binding(versions, office.today)
    wanted = request.args.get("ban", "")
    chosen = _numbered(versions, wanted) if wanted else binding
    shape, content = SHAPES[provision], chosen.content
    return render_template(
        "administration/provision.html",
        provision=provision,
        name=_(shape.name),
        columns=[_(column.label) for column in shape.rows],
        rows=table_rows(provision, content),
        single=single_values(provision, content),
        versions=versions,
        chosen=chosen,
        binding=binding,
        holidays=_holidays(content, office.today.year) if isinstance(content, Calendar) else [],
        names=office.names(),
    )


def _numbered(versions: Sequence[Version], number: str) -> Version:
    found = next((version for version in versions if str(version.number) == number), None)
    if found is None:
        raise NotFound
    return found


def _holidays(calendar: Calendar, year: int) -> Sequence[Holiday]:
    """Of a year and the next: days of the library and of the table, in order. A day that the table makes a working day
    stands there as such.
    """
    known = {day: name for each in (year, year + 1) for day, name in public_holidays(each)}
    own = {day for day in (*calendar.off, *calendar.working) if year <= day.year <= year + 1}
    return [
        Holiday(day, known.get(day, ""), working=day in calendar.working, own=day in own)
        for day in sorted({*known, *own})
    ]
