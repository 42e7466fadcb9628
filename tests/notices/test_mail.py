"""Letters handed to a real mail server, and every way in which that can fail."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from portal.notices.mail import Mail, MailServer
from portal.notices.message import Channel, Message, NoticeFailed, WayClosed
from tests.servers.ports import free_port
from tests.servers.smtp import Behaviour, SmtpServer

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
TEXT = "Mã xác nhận: 123456\n.dòng bắt đầu bằng dấu chấm\n"
MESSAGE = Message(Channel.EMAIL, "nguyen.an@vidu.vn", "Mã xác nhận của Lưu trữ", TEXT)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SmtpServer]:
    with SmtpServer(tmp_path) as running:
        yield running


def reached(server: SmtpServer, **changes: object) -> MailServer:
    plain = MailServer("127.0.0.1", server.port, "luutru@tinh.gov.vn", starttls=False, seconds=2)
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_a_letter_arrives_as_it_was_written(server: SmtpServer) -> None:
    Mail(reached(server)).send(MESSAGE, now=NOW)
    [delivered] = server.delivered
    assert (delivered.sender, delivered.recipients) == ("luutru@tinh.gov.vn", ["nguyen.an@vidu.vn"])
    letter = delivered.letter
    assert letter["Subject"] == MESSAGE.subject
    assert letter["To"] == "nguyen.an@vidu.vn"
    assert letter["Date"].datetime == NOW
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"].endswith("@tinh.gov.vn>")
    assert letter.get_content().replace("\r\n", "\n") == TEXT


def test_with_starttls_letter_and_password_travel_encrypted(server: SmtpServer) -> None:
    server.behaviour = Behaviour(starttls=True, login=("cong", "bi-mat-1"))
    mail = reached(server, starttls=True, user="cong", password="bi-mat-1", ca_file=server.certificate)
    Mail(mail).send(MESSAGE, now=NOW)
    [delivered] = server.delivered
    assert delivered.encrypted
    assert delivered.user == "cong"
    assert server.said.index("STARTTLS") < server.said.index("AUTH")


def test_a_server_of_an_unknown_authority_gets_nothing(server: SmtpServer) -> None:
    server.behaviour = Behaviour(starttls=True)
    with pytest.raises(NoticeFailed, match="SSLCertVerificationError"):
        Mail(reached(server, starttls=True)).send(MESSAGE, now=NOW)
    assert "MAIL" not in server.said


def test_a_server_without_starttls_gets_nothing_where_it_is_wanted(server: SmtpServer) -> None:
    with pytest.raises(NoticeFailed):
        Mail(reached(server, starttls=True, ca_file=server.certificate)).send(MESSAGE, now=NOW)
    assert "MAIL" not in server.said


@pytest.mark.parametrize(
    "behaviour",
    [
        Behaviour(refuse_recipient=True),
        Behaviour(refuse_data=True),
        Behaviour(hang_up_at="EHLO"),
        Behaviour(hang_up_at="RCPT"),
        Behaviour(hang_up_at="DATA"),
    ],
    ids=str,
)
def test_what_the_server_does_not_take_has_failed_and_tells_no_address(
    server: SmtpServer, behaviour: Behaviour
) -> None:
    server.behaviour = behaviour
    with pytest.raises(NoticeFailed) as failed:
        Mail(reached(server)).send(MESSAGE, now=NOW)
    assert server.delivered == []
    assert "nguyen" not in str(failed.value)
    assert "123456" not in str(failed.value)
    assert failed.value.__cause__ is None


def test_a_wrong_password_has_failed(server: SmtpServer) -> None:
    server.behaviour = Behaviour(login=("cong", "đúng"))
    with pytest.raises(NoticeFailed, match="535"):
        Mail(reached(server, user="cong", password="sai")).send(MESSAGE, now=NOW)


def test_a_server_that_says_nothing_is_left_after_the_time_set(server: SmtpServer) -> None:
    server.behaviour = Behaviour(silent=5)
    began = monotonic()
    with pytest.raises(NoticeFailed, match=r"Disconnected|Timeout"):
        Mail(reached(server, seconds=0.3)).send(MESSAGE, now=NOW)
    assert monotonic() - began < 3


def test_no_server_has_failed() -> None:
    mail = MailServer("127.0.0.1", free_port(), "luutru@tinh.gov.vn", starttls=False, seconds=1)
    with pytest.raises(NoticeFailed, match="ConnectionRefusedError"):
        Mail(mail).send(MESSAGE, now=NOW)


@pytest.mark.parametrize("to", ["khong phai thu", "a@b@c.vn", "tên@vidu.vn", "<a@b.vn>"])
def test_an_address_that_is_none_has_failed(server: SmtpServer, to: str) -> None:
    with pytest.raises(NoticeFailed):
        Mail(reached(server)).send(replace(MESSAGE, to=to), now=NOW)
    assert server.delivered == []


def test_a_password_without_starttls_is_refused_at_start() -> None:
    with pytest.raises(ValueError, match="STARTTLS"):
        MailServer("mail.tinh.gov.vn", 25, "luutru@tinh.gov.vn", starttls=False, user="cong", password="x")


def test_a_letter_with_two_forms_has_both_and_its_own_id(server: SmtpServer) -> None:
    Mail(reached(server)).send(replace(MESSAGE, html="<p>Mã xác nhận</p>", id="notice-7.ab"), now=NOW)
    letter = server.delivered[0].letter
    assert letter["Message-ID"] == "<notice-7.ab@tinh.gov.vn>"
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]


def test_letters_together_are_one_conversation_that_begins_anew_after_a_failure(server: SmtpServer) -> None:
    with Mail(reached(server)).together() as line:
        line.send(MESSAGE, now=NOW)
        line.send(MESSAGE, now=NOW)
        assert server.said.count("EHLO") == 1
        server.behaviour = Behaviour(hang_up_at="DATA")
        with pytest.raises(NoticeFailed):
            line.send(MESSAGE, now=NOW)
        server.behaviour = Behaviour()
        line.send(MESSAGE, now=NOW)
    assert server.said.count("EHLO") == 2
    assert len(server.delivered) == 3


def test_a_server_that_takes_letters_from_nobody_is_told_from_one_that_does_not_take_this_one(
    server: SmtpServer,
) -> None:
    for behaviour, closed in ((Behaviour(refuse_recipient=True), False), (Behaviour(hang_up_at="EHLO"), False)):
        server.behaviour = behaviour
        with pytest.raises(NoticeFailed) as failed:
            Mail(reached(server)).send(MESSAGE, now=NOW)
        assert isinstance(failed.value, WayClosed) == closed
    server.behaviour = Behaviour(login=("cong", "đúng"))
    with pytest.raises(WayClosed):
        Mail(reached(server, user="cong", password="sai")).send(MESSAGE, now=NOW)


def test_a_server_that_breaks_off_the_goodbye_has_taken_the_letter(server: SmtpServer) -> None:
    server.behaviour = Behaviour(hang_up_at="QUIT")
    Mail(reached(server)).send(MESSAGE, now=NOW)
    assert len(server.delivered) == 1
