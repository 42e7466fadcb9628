"""The end of a session: asked for by the portal, or here, and then told to the portal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from queue import Queue
from threading import Thread
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask, request
from flask.typing import ResponseReturnValue
from werkzeug.serving import make_server

from portal.demo_provider.people import PEOPLE
from tests.demo_provider.conftest import Scene, Visitor
from tests.demo_provider.test_signing_in import sign_in


@pytest.fixture
def told(scene: Scene) -> Iterator[Queue[str]]:
    """The logout tokens that arrive where the portal listens."""
    arrived, app = Queue[str](), Flask("portal-receiver")

    @app.post(urlsplit(scene.client.back_channel).path)
    def take() -> ResponseReturnValue:
        arrived.put(request.form["logout_token"])
        return "", 200

    server = make_server("127.0.0.1", urlsplit(scene.client.portal).port or 0, app)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield arrived
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("path", ["/dang-xuat/xong", "/en/dang-xuat/xong"])
def test_the_portal_signs_somebody_out_and_gets_them_back(scene: Scene, visitor: Visitor, path: str) -> None:
    identity = sign_in(scene, visitor, "thu")
    assert identity.sid in visitor.get(scene.issuer).text
    address = scene.portal_side().logout_address(
        id_token=identity.id_token, logout_uri="", return_to=path, state="back"
    )
    answer = visitor.get(address)
    assert answer.headers["Location"] == f"{scene.client.portal}{path}?state=back"
    assert identity.sid not in visitor.get(scene.issuer).text


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/dang-xuat/xong", "http://127.0.0.1:1/", ""])
def test_nobody_is_sent_anywhere_else(scene: Scene, visitor: Visitor, elsewhere: str) -> None:
    identity = sign_in(scene, visitor, "thu")
    asked = {"id_token_hint": identity.id_token, "post_logout_redirect_uri": elsewhere}
    answer = visitor.get(f"{scene.issuer}/oauth2/logout?{urlencode(asked)}")
    assert answer.status_code == 200
    assert "Đã đăng xuất" in answer.text
    assert identity.sid not in visitor.get(scene.issuer).text


def test_without_knowing_the_session_nothing_ends(scene: Scene, visitor: Visitor) -> None:
    identity = sign_in(scene, visitor, "thu")
    forged = identity.id_token.rsplit(".", 1)[0] + "." + "A" * 342
    for query in ("", f"?{urlencode({'id_token_hint': forged})}", "?client_id=cong-luu-tru"):
        visitor.get(f"{scene.issuer}/oauth2/logout{query}")
        assert identity.sid in visitor.get(scene.issuer).text


def test_an_end_here_is_told_to_the_portal_which_believes_it(scene: Scene, visitor: Visitor, told: Queue[str]) -> None:
    identity = sign_in(scene, visitor, "mau")
    answer = visitor.answer(scene.issuer, to=f"{scene.issuer}/phien/ket-thuc", sid=identity.sid)
    assert "cổng đã được báo" in answer.text
    ended = scene.portal_side().ended(told.get(timeout=5), now=datetime.now(UTC))
    assert (ended.issuer, ended.sid, ended.subject) == (scene.issuer, identity.sid, PEOPLE["mau"].subject)
    assert told.empty()


def test_an_end_that_the_portal_does_not_hear_is_not_kept_quiet(scene: Scene, visitor: Visitor) -> None:
    identity = sign_in(scene, visitor, "mau")
    here = f"{scene.issuer}/phien/ket-thuc"
    assert "không nhận được tin" in visitor.answer(scene.issuer, to=here, sid=identity.sid).text
    assert "đã kết thúc từ trước" in visitor.answer(scene.issuer, to=here, sid=identity.sid).text


def test_only_a_form_of_this_page_ends_a_session(scene: Scene, visitor: Visitor) -> None:
    identity = sign_in(scene, visitor, "mau")
    assert visitor.post(f"{scene.issuer}/phien/ket-thuc", sid=identity.sid).status_code == 400
    assert identity.sid in visitor.get(scene.issuer).text
