"""Every page says what it is not, in both languages, and shows the messages that the portal has sent."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import requests

from portal.notices.message import Channel, Message
from portal.notices.spool import Spool
from tests.demo_provider.conftest import Scene, Visitor
from tests.demo_provider.test_signing_in import begin

BANNERS = ("TRÌNH DIỄN: không phải VNeID", "DEMONSTRATION: this is not VNeID")


@pytest.mark.parametrize("path", ["/", "/hop-thu", "/oauth2/authorize", "/oauth2/logout", "/nowhere", "choice"])
def test_every_page_says_that_it_is_not_vneid(scene: Scene, visitor: Visitor, path: str) -> None:
    address = begin(scene.portal_side())[0] if path == "choice" else f"{scene.issuer}{path}"
    answer = visitor.get(address)
    assert answer.headers["Content-Type"].startswith("text/html")
    assert all(banner in answer.text for banner in BANNERS)
    assert f"form-action 'self' {scene.client.portal}" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_mailbox_shows_what_was_sent_newest_first_and_as_text(scene: Scene, visitor: Visitor) -> None:
    assert "Chưa có thư nào" in visitor.get(f"{scene.issuer}/hop-thu").text
    spool = Spool(scene.mail_folder)
    for minute, text in ((0, "Mã xác nhận: 123456"), (1, "Mã xác nhận: <b>654321</b>")):
        message = Message(Channel.EMAIL, "mau@vi-du.example", "Mã xác nhận", text)
        spool.send(message, now=datetime(2026, 11, 21, 18, minute, tzinfo=UTC))
    page = visitor.get(f"{scene.issuer}/hop-thu").text
    assert page.index("654321") < page.index("123456")
    assert "&lt;b&gt;654321&lt;/b&gt;" in page
    assert "01:01:00 22/11/2026" in page
    assert "mau@vi-du.example" in page


def test_a_foreign_name_of_this_machine_is_refused(scene: Scene, visitor: Visitor) -> None:
    answer = requests.get(scene.issuer, headers={"Host": "elsewhere.example"}, timeout=10)
    assert answer.status_code == 400
    assert "Nguyễn" not in answer.text
