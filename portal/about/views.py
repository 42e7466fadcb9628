"""Routes of the plain pages."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue, RouteCallable

from portal.gate import declares

PAGES = {
    "about": "/gioi-thieu",
    "help": "/tro-giup",
    "accessibility": "/kha-nang-tiep-can",
    "privacy": "/quyen-rieng-tu",
}


def make_blueprint() -> Blueprint:
    """One route for each plain page; what it says is in its template."""
    about = Blueprint("about", __name__)
    for name, path in PAGES.items():
        about.add_url_rule(path, name, _showing(f"{name}.html"))
    return about


def _showing(template: str) -> RouteCallable:
    @declares(None)
    def show() -> ResponseReturnValue:
        return render_template(template)

    return show
