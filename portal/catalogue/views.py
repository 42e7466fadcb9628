"""Routes of the catalogue: parse, ask, present."""

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from access_policy.terms import Action
from indexer.index.query import MAX_QUERY_LENGTH
from portal.addresses import record_address
from portal.catalogue import home
from portal.catalogue.asked import read_address
from portal.catalogue.record_page import present_fonds, present_record
from portal.catalogue.results import present_results
from portal.errors import BadQuestion
from portal.gate import declares, door
from portal.i18n import _
from portal.limits import Limits


def make_blueprint(limits: Limits) -> Blueprint:
    """Home, search, suggestions, fonds, description pages."""
    catalogue = Blueprint("catalogue", __name__)
    figures = home.FiguresOfTheDay()

    @catalogue.get("/", endpoint="home")
    @declares(Action.FIND)
    def home_page() -> ResponseReturnValue:
        counted = figures.of(door())
        return render_template(
            "home.html",
            examples=counted.examples,
            opened=(),
            records=counted.records,
            pages=counted.pages,
            fonds=counted.fonds,
        )

    @catalogue.get("/tim-kiem")
    @declares(Action.FIND)
    @limits.search
    def search() -> ResponseReturnValue:
        return render_template("search.html", page=present_results(door(), read_address(request.args)))

    @catalogue.get("/goi-y")
    @declares(Action.FIND)
    @limits.suggest
    def suggest() -> ResponseReturnValue:
        found = door().index.suggest(_words(), visibility=door().visibility)
        texts = [{"text": s.text, "url": record_address(s.record_id)} for s in found]
        return jsonify(suggestions=texts)

    @catalogue.get("/phong")
    @declares(Action.FIND)
    @limits.search
    def fonds_list() -> ResponseReturnValue:
        return render_template("fonds.html", **vars(present_fonds(door(), _part())))

    @catalogue.get("/tai-lieu/<record_id>")
    @declares(Action.FIND)
    @limits.search
    def record(record_id: str) -> ResponseReturnValue:
        found = door().record(record_id)
        return render_template("record.html", page=present_record(door(), found, _words(), _part()))

    return catalogue


def _words() -> str:
    words = request.args.get("q", "").strip()
    if len(words) > MAX_QUERY_LENGTH:
        raise BadQuestion(_("Câu tìm quá dài: tối đa %(n)s ký tự.", n=MAX_QUERY_LENGTH))
    return words


def _part() -> int:
    part = request.args.get("phan", "1")
    if not (part.isascii() and part.isdigit() and len(part) <= 3 and 1 <= int(part) <= 200):
        raise BadQuestion(_("Không có phần này trong danh sách."))
    return int(part)
