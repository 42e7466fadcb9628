"""The portal questioned: a faithful one has nothing to hide, and each way of leaking is caught."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask, Response, abort, request
from flask.typing import ResponseReturnValue

from access_policy.terms import Action
from indexer.index.memory.generations import MemoryGenerations
from indexer.index.port import IndexUnavailable
from portal import gate
from portal.app import create_app
from portal.gate import Door, declares
from portal.questioning import Answers, PortalSilent, Questions, command, question
from portal.settings import PortalSettings
from portal.wiring import Services
from tests.index.conftest import filled
from tests.index.corpus import documents
from tests.portal.archive import CANARY, CLOSED, OPEN_ITEM, small_archive, texts
from tests.portal.conftest import services, settings  # noqa: F401 - fixtures

HIDDEN = tuple(record.id for record, _ in CLOSED)
QUESTIONS = Questions(
    hidden=HIDDEN,
    acknowledged=("qn.biet-co",),
    closed_pages=(("qn.mot-trang-kin", 2), ("qn.co-dieu-kien", 1), ("qn.phong-doc", 1)),
    words=(CANARY, "vexoluth", "tai", "span", "0492040012345"),
    withheld=("qn.rut-lai", "qn"),
)


@pytest.fixture
def app(settings: PortalSettings, services: Services) -> Flask:  # noqa: F811 - fixtures
    """The public site, which a test may spoil."""
    return create_app(settings, services)


def wrong(answers: Answers) -> set[tuple[str, str]]:
    return {(each.route, each.record_id) for each in answers.wrong}


def test_a_faithful_portal_answers_nothing_wrongly_and_is_asked_everywhere(app: Flask) -> None:
    answers = question(app, QUESTIONS)
    assert answers.wrong == []
    views, endpoints = app.view_functions, {rule.endpoint for rule in app.url_map.iter_rules()} - {"static"}
    of_readers = {name for name in endpoints if "accounts." in name or "requests." in name}
    own = {name for name in of_readers if views[name].declared_action is None}  # type: ignore[attr-defined]
    routes = endpoints - own
    assert set(answers.asked) == routes
    assert {"catalogue.record", "en.catalogue.record", "viewer.image", "en.viewer.page", "catalogue.suggest"} <= routes


def test_a_form_that_tells_hidden_from_absent_by_the_record_in_its_query_is_found(app: Flask) -> None:
    @declares(Action.REQUEST)
    def telling() -> ResponseReturnValue:
        return "kín" if request.args["record"] in HIDDEN else abort(404)

    app.view_functions["requests.add"] = telling
    assert wrong(question(app, QUESTIONS)) == {("requests.add", each) for each in HIDDEN}


def test_nothing_asked_is_nothing_answered(app: Flask) -> None:
    assert question(app, Questions()).wrong == []


def test_it_is_never_held_back_by_the_limits(settings: PortalSettings, services: Services) -> None:  # noqa: F811
    strict = settings.model_copy(update=dict.fromkeys(("limit_search", "limit_suggest", "limit_images"), "1/hour"))
    assert question(create_app(strict, services), QUESTIONS).wrong == []


def leaking_route(app: Flask) -> None:
    """A route that shows a record without asking the door."""

    @declares(Action.FIND)
    def bare(record_id: str) -> ResponseReturnValue:
        return f"{CANARY} mật" if record_id in HIDDEN else abort(404)

    app.add_url_rule("/bare/<record_id>", "bare", bare)


def other_status(app: Flask) -> None:
    """Forbidden is told from absent."""

    @declares(Action.FIND)
    def bare(record_id: str) -> ResponseReturnValue:
        abort(403 if record_id in HIDDEN else 404)

    app.add_url_rule("/bare/<record_id>", "bare", bare)


def other_header(app: Flask) -> None:
    """A header knows which records there are."""

    @app.after_request
    def mark(response: Response) -> Response:
        if (request.view_args or {}).get("record_id") in HIDDEN:
            response.headers["X-Known"] = "1"
        return response


def other_words(app: Flask) -> None:
    """A page that answers to a word it should not know."""

    @app.after_request
    def mark(response: Response) -> Response:
        if request.args.get("q") == "vexoluth":
            response.data += b" "
        return response


def posted(app: Flask) -> None:
    """A form that knows which records there are."""

    @declares(Action.REQUEST)
    def form(record_id: str) -> ResponseReturnValue:
        return "đã nhận" if record_id in HIDDEN else abort(404)

    app.config["WTF_CSRF_ENABLED"] = False
    app.add_url_rule("/bare/<record_id>", "bare", form, methods=["POST"])


def image_of_a_closed_page(app: Flask) -> None:
    """An image route that does not look at the page."""

    @declares(Action.READ)
    def image(record_id: str, number: int) -> ResponseReturnValue:
        return Response(b"\xff\xd8", mimetype="image/jpeg") if record_id == "qn.mot-trang-kin" else abort(404)

    app.add_url_rule("/bare/<record_id>/<int:number>", "bare", image)


def title_of_a_stub(app: Flask) -> None:
    """A page that says the title of a record that is only acknowledged."""

    @app.after_request
    def tell(response: Response) -> Response:
        if (request.view_args or {}).get("record_id") == "qn.biet-co":
            response.data = response.data.replace(b"</main>", f"{CANARY.title()} biết có</main>".encode())
        return response


SPOILT: dict[str, tuple[Callable[[Flask], None], str, str]] = {
    "a route without the door": (leaking_route, "bare", HIDDEN[0]),
    "another status": (other_status, "bare", HIDDEN[0]),
    "another header": (other_header, "catalogue.record", HIDDEN[1]),
    "a word that is known": (other_words, "catalogue.search", ""),
    "a form": (posted, "bare", HIDDEN[0]),
    "an image of a closed page": (image_of_a_closed_page, "bare", "qn.mot-trang-kin"),
    "the title of a stub": (title_of_a_stub, "catalogue.record", "qn.biet-co"),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_portal_that_leaks_is_caught(spoilt: str, app: Flask) -> None:
    spoil, route, record_id = SPOILT[spoilt]
    spoil(app)
    assert (route, record_id) in wrong(question(app, QUESTIONS))


def test_a_route_that_takes_something_unknown_is_found(app: Flask) -> None:
    app.add_url_rule("/ban-sao/<copy_id>", "copies", declares(Action.READ)(lambda copy_id: copy_id))
    (found,) = question(app, QUESTIONS).wrong
    assert (found.route, found.unknown) == ("copies", True)


def test_an_index_gone_wrong_is_caught_when_the_door_lets_everything_out(
    settings: PortalSettings,  # noqa: F811
    services: Services,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    closed, lines = CLOSED[3]
    leaking = documents(closed, texts(CANARY))
    assert leaking is not None
    conditions = documents(closed, texts(CANARY), replace(lines[0], description_shown=True, existence_shown=True))
    assert conditions is not None
    kept = replace(leaking[0].description, conditions=replace_known(conditions[0].description.conditions))
    generations = MemoryGenerations()
    filled(generations, [*small_archive(), (replace(leaking[0], description=kept), leaking[1])])
    spoilt = replace(services, index=generations.reader)
    assert (("catalogue.record", closed.id)) not in wrong(question(create_app(settings, spoilt), QUESTIONS))
    monkeypatch.setattr(Door, "outward", lambda _self, hits: list(hits))
    assert (("catalogue.record", closed.id)) in wrong(question(create_app(settings, spoilt), QUESTIONS))


def replace_known(conditions: Any) -> Any:
    """Conditions under which nothing may be known."""
    from access_policy.conditions import AccessConditions
    from access_policy.terms import Known

    return AccessConditions(tuple(replace(ground, known=Known.NOTHING) for ground in conditions.grounds))


def test_a_portal_without_an_index_is_silent_and_not_clean(
    settings: PortalSettings,  # noqa: F811
    services: Services,  # noqa: F811
) -> None:
    def away() -> object:
        raise IndexUnavailable("no generation has been built yet")

    with pytest.raises(PortalSilent, match="503"):
        question(create_app(settings, replace(services, index=away)), QUESTIONS)  # type: ignore[arg-type]


@pytest.mark.parametrize("given", ["", "{", '{"hidden": 3}', '{"closed_pages": [["a"]]}'])
def test_questions_that_are_none_are_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_SECRET_KEY", "k" * 32)
    answer = CliRunner().invoke(command, input=given)
    assert answer.exit_code == 1
    assert answer.stderr.startswith("failed: Questions")
    assert len(answer.stderr.splitlines()) == 1


def test_a_portal_without_its_secret_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ARCHIVE_SECRET_KEY", raising=False)
    monkeypatch.setenv("ARCHIVE_SETTINGS", "/nowhere.toml")
    answer = CliRunner().invoke(command, input=json.dumps({}))
    assert answer.exit_code == 1
    assert "secret_key" in answer.stderr


def test_the_door_is_the_one_the_portal_uses(app: Flask) -> None:
    assert gate.Door is Door
    assert app.test_client().get(f"/tai-lieu/{OPEN_ITEM.id}", base_url="https://localhost").status_code == 200
