"""Every route declares what it does; whatever did not is answered by nobody."""

from flask import Flask
from flask.testing import FlaskClient

from access_policy.terms import Action
from portal.app import create_app
from portal.settings import PortalSettings
from portal.wiring import Services

WITHOUT_RECORDS = {
    "static",
    "health.live",
    "health.ready",
    *(f"{prefix}about.{page}" for prefix in ("", "en.") for page in ("about", "help", "accessibility", "privacy")),
}
FINDING = {
    f"{prefix}catalogue.{name}"
    for prefix in ("", "en.")
    for name in ("home", "search", "suggest", "fonds_list", "record")
}
READING = {f"{prefix}viewer.{name}" for prefix in ("", "en.") for name in ("page", "image")}


def declared(app: Flask) -> dict[str, Action | None]:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    return {endpoint: app.view_functions[endpoint].declared_action for endpoint in endpoints}  # type: ignore[attr-defined]


def test_every_route_declares_its_action_and_the_list_is_this_one(app: Flask) -> None:
    found = declared(app)
    assert {endpoint for endpoint, action in found.items() if action is None} == WITHOUT_RECORDS
    assert {endpoint for endpoint, action in found.items() if action is Action.FIND} == FINDING
    assert {endpoint for endpoint, action in found.items() if action is Action.READ} == READING
    assert set(found) == WITHOUT_RECORDS | FINDING | READING


def test_a_route_that_declares_nothing_answers_nobody(settings: PortalSettings, services: Services) -> None:
    app = create_app(settings, services)
    app.add_url_rule("/quen", "forgotten", lambda: "kín")
    answer = app.test_client().get("/quen")
    assert answer.status_code == 404
    assert "kín" not in answer.text


def test_paths_are_kebab_case_and_only_read(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert rule.methods is not None
        assert rule.methods <= {"GET", "HEAD", "OPTIONS"}, "nothing is posted to this site yet"
        assert "_" not in "".join(part for part in rule.rule.split("/") if "<" not in part)


def test_a_post_without_a_token_is_refused_before_its_view(settings: PortalSettings, services: Services) -> None:
    app = create_app(settings, services)
    app.add_url_rule("/gui", "post", lambda: "đã nhận", methods=["POST"])
    app.view_functions["post"].declared_action = None  # type: ignore[attr-defined]
    answer = app.test_client().post("/gui", base_url="https://localhost")
    assert answer.status_code == 400
    assert "đã nhận" not in answer.text


def test_a_foreign_host_is_refused(client: FlaskClient) -> None:
    assert client.get("/", headers={"Host": "elsewhere.example"}).status_code == 400
