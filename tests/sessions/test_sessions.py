"""Sessions in a small application: what the browser gets, what the store is asked, when a session ends."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.sessions import interface
from portal.sessions.session import current, key_of
from portal.sessions.store import Listed, SessionsAway, SessionStore, Stored
from tests.sessions.conftest import LONGEST, Clock

COOKIE = "__Host-test"


class CountingStore:
    """Passes everything on to a real store and remembers what was asked."""

    def __init__(self, store: SessionStore) -> None:
        self._store, self.asked, self.away = store, list[str](), False

    def __getattribute__(self, name: str) -> object:
        if name.startswith("_") or name in ("asked", "away"):
            return super().__getattribute__(name)
        self.asked.append(name)
        if self.away:
            raise SessionsAway
        return getattr(self._store, name)

    load: object
    add: object


@pytest.fixture
def store(kept_in_database: SessionStore) -> CountingStore:
    return CountingStore(kept_in_database)


@pytest.fixture
def client(store: SessionStore, clock: Clock) -> FlaskClient:
    app = Flask("sessions")
    interface.install(app, store, cookie=COOKIE, longest=LONGEST, now=clock)
    app.add_url_rule("/untouched", view_func=lambda: "nothing", endpoint="untouched")
    app.add_url_rule("/owner", view_func=lambda: current().owner, endpoint="owner")
    app.add_url_rule("/frame", view_func=lambda: f"[{current().known_owner}]", endpoint="frame")
    app.add_url_rule("/content", view_func=lambda: dict(current()), endpoint="content")
    app.add_url_rule("/keep/<word>", view_func=lambda word: _then(current().__setitem__("word", word)), endpoint="keep")
    app.add_url_rule("/in/<who>", view_func=lambda who: _then(current().sign_in(who, level=2)), endpoint="in")
    app.add_url_rule("/rotate", view_func=lambda: _then(current().rotate()), endpoint="rotate")
    app.add_url_rule("/out", view_func=lambda: _then(current().end()), endpoint="out")
    return app.test_client()


def _then(_: None) -> str:
    return "done"


def _get(client: FlaskClient, path: str) -> TestResponse:
    response = client.get(path, base_url="https://portal.example")
    assert response.status_code == 200
    return response


def _id(client: FlaskClient) -> str:
    cookie = client.get_cookie(COOKIE, domain="portal.example")
    return cookie.value if cookie else ""


def test_without_a_cookie_the_store_is_not_asked(client: FlaskClient, store: CountingStore) -> None:
    for path in ("/untouched", "/owner", "/content"):
        assert "Set-Cookie" not in _get(client, path).headers
    assert store.asked == []


def test_a_page_that_does_not_look_costs_nothing_and_one_that_looks_costs_one_question(
    client: FlaskClient, store: CountingStore
) -> None:
    _get(client, "/in/a")
    store.asked.clear()
    _get(client, "/untouched")
    assert store.asked == []
    assert "Set-Cookie" not in _get(client, "/owner").headers
    assert store.asked == ["load"]


def test_the_cookie_is_for_this_host_alone_and_out_of_reach_of_scripts(client: FlaskClient) -> None:
    cookie = SimpleCookie(_get(client, "/in/a").headers["Set-Cookie"])[COOKIE]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    assert (cookie["path"], cookie["domain"], cookie["max-age"], cookie["expires"]) == ("/", "", "", "")


def test_the_store_never_sees_the_id(client: FlaskClient, kept_in_database: SessionStore) -> None:
    _get(client, "/in/a")
    assert kept_in_database.load(_id(client)) is None
    assert kept_in_database.load(key_of(_id(client))) is not None


def test_signing_in_gives_another_id_and_forgets_everything_before(
    client: FlaskClient, kept_in_database: SessionStore
) -> None:
    _get(client, "/keep/before")
    before = _id(client)
    _get(client, "/in/a")
    assert _id(client) != before
    assert kept_in_database.load(key_of(before)) is None
    assert _get(client, "/content").json == {"level": 2}


def test_rotating_gives_another_id_and_keeps_the_rest(client: FlaskClient, kept_in_database: SessionStore) -> None:
    _get(client, "/in/a")
    before = _id(client)
    _get(client, "/rotate")
    assert _id(client) != before
    assert kept_in_database.load(key_of(before)) is None
    assert _get(client, "/owner").text == "a"
    assert _get(client, "/content").json == {"level": 2}


def test_an_id_that_somebody_made_up_is_not_taken_on(client: FlaskClient) -> None:
    for made_up in ("chosen-by-somebody", "x" * 500, "é", "a b"):
        client.set_cookie(COOKIE, made_up, domain="portal.example")
        _get(client, "/keep/word")
        assert _id(client) not in ("", made_up)


def test_ending_leaves_neither_cookie_nor_session(client: FlaskClient, kept_in_database: SessionStore) -> None:
    _get(client, "/in/a")
    before = _id(client)
    _get(client, "/out")
    assert _id(client) == ""
    assert kept_in_database.load(key_of(before)) is None
    assert _get(client, "/owner").text == ""


def test_a_session_that_was_ended_elsewhere_is_not_brought_back_by_a_late_answer(
    client: FlaskClient, kept_in_database: SessionStore
) -> None:
    _get(client, "/in/a")
    kept = key_of(_id(client))
    stored = kept_in_database.load(kept)
    assert stored is not None
    kept_in_database.delete(kept)
    assert not kept_in_database.replace(kept, stored)
    _get(client, "/keep/word")
    assert _get(client, "/owner").text == ""


def test_used_or_not_a_session_ends_after_the_longest_time(client: FlaskClient, clock: Clock) -> None:
    _get(client, "/in/a")
    for _ in range(int(LONGEST / timedelta(minutes=20)) - 1):
        clock.on(timedelta(minutes=20))
        assert _get(client, "/owner").text == "a"
    clock.on(timedelta(minutes=20))
    assert _get(client, "/owner").text == ""


def test_while_the_store_is_away_the_frame_of_a_page_still_stands(client: FlaskClient, store: CountingStore) -> None:
    _get(client, "/in/a")
    store.away = True
    assert _get(client, "/frame").text == "[]"
    client.application.testing = True
    with pytest.raises(SessionsAway):
        client.get("/owner", base_url="https://portal.example")


def test_nothing_is_shown_of_a_session_in_a_list() -> None:
    stored: Stored = Stored("a", {"id_token": "secret"}, Clock()())
    listed: Sequence[Listed] = [Listed("k", Clock()(), stored)]
    content: Mapping[str, object] = stored.content
    assert content
    assert "secret" not in repr(listed)
