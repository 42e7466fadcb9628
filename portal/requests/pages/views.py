"""Routes of requests: which address is which page, who may see it, how often it may be asked."""

from collections.abc import Callable

from flask import Blueprint
from flask.typing import ResponseReturnValue

from portal.limits import Limits
from portal.needs_reader import needs_reader
from portal.requests.pages.adding import Adding
from portal.requests.pages.drafting import Drafting
from portal.requests.pages.looking_up import LookingUp
from portal.requests.pages.office import Office, Served
from portal.requests.pages.openness import Openness
from portal.requests.pages.own_cases import OwnCases
from portal.settings import PortalSettings
from portal.uploads import takes_files

Route = tuple[str, str, Callable[..., ResponseReturnValue]]
"""Address, endpoint, view."""


def make_blueprint(settings: PortalSettings, services: Served, limits: Limits) -> Blueprint:
    """Asking, following, looking up; and how the service does."""
    office = _office(settings, services)
    requests = Blueprint("requests", __name__)
    _add_open(requests, office, limits)
    _add_own(requests, office, limits)
    return requests


def _add_open(requests: Blueprint, office: Office, limits: Limits) -> None:
    looking_up, openness = LookingUp(office), Openness(office)
    requests.add_url_rule("/tra-cuu-ho-so", "look_up", limits.search(looking_up.ask))
    requests.add_url_rule(
        "/tra-cuu-ho-so", "looked_up", limits.sign_in(limits.look_up(looking_up.answer)), methods=["POST"]
    )
    requests.add_url_rule("/so-lieu-phuc-vu", "figures", limits.search(openness.show))


def _add_own(requests: Blueprint, office: Office, limits: Limits) -> None:
    """What only a reader who has signed in sees; to hand in a request the reader has to be known surely."""
    own, drafting, adding = OwnCases(office), Drafting(office), Adding(office)
    known, surely = needs_reader(level=0), needs_reader(level=office.level)
    pages: tuple[Route, ...] = (
        ("/yeu-cau", "own", known(own.all)),
        ("/yeu-cau/tin-nhan", "messages", known(own.messages)),
        ("/yeu-cau/them", "add", surely(adding.ask)),
        ("/yeu-cau/phieu", "draft", surely(drafting.show)),
        ("/yeu-cau/<case_id>", "case", known(own.one)),
        ("/yeu-cau/<case_id>/giay-hen.pdf", "receipt", known(own.receipt)),
    )
    most = (office.files.most_bytes + 1_000_000) * 2
    answers: tuple[Route, ...] = (
        ("/yeu-cau/them", "add_line", surely(adding.add)),
        ("/yeu-cau/phieu", "answer_draft", takes_files(surely(drafting.answer), most_bytes=most)),
        ("/yeu-cau/phieu/bo", "discard", known(drafting.discard)),
        ("/yeu-cau/<case_id>/bo-sung", "supply", takes_files(known(own.supply), most_bytes=most)),
        ("/yeu-cau/<case_id>/rut", "withdraw", known(own.withdraw)),
        ("/yeu-cau/<case_id>/danh-gia", "rate", known(own.rate)),
        ("/yeu-cau/<case_id>/xin-lai", "again", surely(own.again)),
    )
    for address, endpoint, view in pages:
        requests.add_url_rule(address, endpoint, limits.search(view))
    for address, endpoint, view in answers:
        requests.add_url_rule(address, endpoint, limits.search(view), methods=["POST"])


def _office(settings: PortalSettings, services: Served) -> Office:
    return Office(
        cases=services.cases,
        files=services.case_files,
        permits=services.case_permits,
        provisions=services.provisions,
        figures=services.service_figures,
        inbox=services.inbox,
        requester_of=services.requester_of,
        archive_names={"vi": settings.archive_name, "en": settings.archive_name_en},
        base_url=settings.base_url,
        level=settings.required_levels.get("request", 0),
        today=services.today,
        now=services.now,
    )
