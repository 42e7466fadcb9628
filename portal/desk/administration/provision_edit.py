"""Editing a provision: the form, its faults, and a new version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.staff.roles import Duty
from portal.desk.administration.columns import SHAPES
from portal.desk.administration.office import AdministrationOffice
from portal.desk.administration.provision_form import EMPTY_ROWS, read_provision, row_numbers, typed_values
from portal.desk.administration.provision_pages import provision_named
from portal.desk.administration.typed import read_day
from portal.desk.gate import declares, member
from portal.i18n import _, day, page_url
from portal.requests.provisions.kept import VersionTaken
from portal.requests.provisions.models import Content, Provision
from portal.requests.terms import FEE_CLASSES

LATEST_YEARS = 5


@dataclass(frozen=True)
class Form:
    """The form as it is shown. `after` is the version that it was made from; `overtaken` tells that there is a newer
    one than whoever fills it in has seen.
    """

    given: Mapping[str, str]
    after: int
    valid_from: str
    faults: Mapping[str, str]
    overtaken: bool = False


def add_routes(desk: Blueprint, office: AdministrationOffice) -> None:
    """The form, and saving it."""

    @desk.get("/quy-dinh/<kind>/sua", endpoint="edit_provision")
    @declares(Duty.EDIT_PROVISIONS)
    def edit(kind: str) -> ResponseReturnValue:
        provision = provision_named(kind)
        newest = office.provisions.versions(provision)[0]
        given = typed_values(provision, newest.content)
        return _show(provision, Form(given, newest.number, day(office.today), {}))

    @desk.post("/quy-dinh/<kind>/sua", endpoint="save_provision")
    @declares(Duty.EDIT_PROVISIONS)
    def save(kind: str) -> ResponseReturnValue:
        provision = provision_named(kind)
        valid_from = request.form.get("valid_from", "")
        read, begins = read_provision(provision, request.form), _begins(valid_from, office.today)
        faults = read.faults if begins else {**read.faults, "valid_from": _wrong_day(office.today)}
        if faults or read.content is None or begins is None:
            return _show(provision, Form(request.form, _after(), valid_from, faults))
        return _save(office, provision, read.content, begins)


def _save(
    office: AdministrationOffice, provision: Provision, content: Content, valid_from: date
) -> ResponseReturnValue:
    """Save it, or say that somebody was quicker: then what was typed stays, and saving it again is deliberate."""
    try:
        number = office.provisions.add(
            provision, content, after=_after(), valid_from=valid_from, author=member().login, now=office.now()
        )
    except VersionTaken:
        newest = office.provisions.versions(provision)[0].number
        return _show(provision, Form(request.form, newest, day(valid_from), {}, overtaken=True))
    flash(_("Đã lưu bản %(n)s, có hiệu lực từ %(start)s.", n=number, start=day(valid_from)))
    return redirect(page_url("desk.provision", kind=provision.value), 303)


def _show(provision: Provision, form: Form) -> ResponseReturnValue:
    shape = SHAPES[provision]
    body = render_template(
        "administration/edit.html",
        provision=provision,
        name=_(shape.name),
        shape=shape,
        form=form,
        numbers=row_numbers(form.given, empty=EMPTY_ROWS) if shape.rows else [],
        words_of=_words_of,
        fee_classes=[(each.value, _(word)) for each, word in FEE_CLASSES.items()],
    )
    return body, 409 if form.overtaken else 422 if form.faults else 200


def _words_of(options: Mapping[Any, str]) -> Sequence[tuple[str, str]]:
    return [(each.value, _(word)) for each, word in options.items()]


def _begins(typed: str, today: date) -> date | None:
    """The day from which it binds: none in the past, whose decisions stand, and none that nobody can foresee."""
    found = read_day(typed)
    return found if found and today <= found and found.year <= today.year + LATEST_YEARS else None


def _wrong_day(today: date) -> str:
    return _("Ghi ngày từ %(today)s trở đi, như 1/1/2027.", today=day(today))


def _after() -> int:
    """The version that the form was made from; one that never was when the field makes no sense."""
    given = request.form.get("after", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 7 else -1
