"""Every route declares what it does; whatever did not is answered by nobody."""

from flask import Flask
from flask.testing import FlaskClient

from access_policy.terms import Action
from portal.app import create_app
from portal.settings import PortalSettings
from portal.wiring import Services

PAGES_OF_ACCOUNTS = (
    *("sign_in", "step_up", "back", "stopped", "complete", "complete_code", "known_already", "signed_out"),
    *("issued", "issued_code", "issued_password", "issued_app", "issued_picture", "issued_done"),
    *("profile", "contact", "contact_code", "sessions", "delete", "deletion_asked", "export"),
    *("link", "confirm_link"),
)
POSTED = {
    f"{prefix}accounts.{name}"
    for prefix in ("", "en.")
    for name in (
        *("start", "stay_apart", "answer_complete", "answer_complete_code", "sign_out", "back_channel"),
        *("answer_issued", "answer_issued_code", "answer_issued_password", "answer_issued_app"),
        *("set_language", "answer_contact", "answer_contact_code", "end_session", "answer_delete", "answer_link"),
        "forget_readings",
    )
}
OF_REQUESTS = {
    None: ("own", "messages", "look_up", "figures"),
    Action.FIND: ("case", "receipt"),
    Action.REQUEST: ("add", "draft"),
}
"""Pages of requests by what they do to records."""

POSTED_OF_REQUESTS = {
    None: ("looked_up", "discard"),
    Action.FIND: ("supply", "withdraw", "rate"),
    Action.REQUEST: ("add_line", "answer_draft", "again"),
}


def of_requests(action: Action | None, *tables: dict[Action | None, tuple[str, ...]]) -> set[str]:
    """Endpoints of requests in both languages that declare this."""
    return {f"{prefix}requests.{name}" for prefix in ("", "en.") for table in tables for name in table[action]}


ALL_OF_REQUESTS = (OF_REQUESTS, POSTED_OF_REQUESTS)
POSTED |= {name for action in POSTED_OF_REQUESTS for name in of_requests(action, POSTED_OF_REQUESTS)}
WITHOUT_RECORDS = {
    *(name for name in POSTED if "requests." not in name),
    *of_requests(None, *ALL_OF_REQUESTS),
    "static",
    "health.live",
    "health.ready",
    *(f"{prefix}about.{page}" for prefix in ("", "en.") for page in ("about", "help", "accessibility", "privacy")),
    *(f"{prefix}accounts.{page}" for prefix in ("", "en.") for page in PAGES_OF_ACCOUNTS),
}
FINDING = {
    f"{prefix}{name}"
    for prefix in ("", "en.")
    for name in (
        *(f"catalogue.{page}" for page in ("home", "search", "suggest", "fonds_list", "record")),
        "accounts.history",
    )
} | of_requests(Action.FIND, *ALL_OF_REQUESTS)
REQUESTING = of_requests(Action.REQUEST, *ALL_OF_REQUESTS)
READING = {f"{prefix}viewer.{name}" for prefix in ("", "en.") for name in ("page", "image")}


def declared(app: Flask) -> dict[str, Action | None]:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    return {endpoint: app.view_functions[endpoint].declared_action for endpoint in endpoints}  # type: ignore[attr-defined]


def test_every_route_declares_its_action_and_the_list_is_this_one(app: Flask) -> None:
    found = declared(app)
    assert {endpoint for endpoint, action in found.items() if action is None} == WITHOUT_RECORDS
    assert {endpoint for endpoint, action in found.items() if action is Action.FIND} == FINDING
    assert {endpoint for endpoint, action in found.items() if action is Action.READ} == READING
    assert {endpoint for endpoint, action in found.items() if action is Action.REQUEST} == REQUESTING
    assert set(found) == WITHOUT_RECORDS | FINDING | READING | REQUESTING


def test_a_route_that_declares_nothing_answers_nobody(settings: PortalSettings, services: Services) -> None:
    app = create_app(settings, services)
    app.add_url_rule("/quen", "forgotten", lambda: "kín")
    answer = app.test_client().get("/quen")
    assert answer.status_code == 404
    assert "kín" not in answer.text


def test_paths_are_kebab_case_and_only_what_stands_here_is_posted(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert rule.methods is not None
        assert rule.methods <= ({"POST", "OPTIONS"} if rule.endpoint in POSTED else {"GET", "HEAD", "OPTIONS"})
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
