"""Text messages handed to a real HTTP server, and every way in which that can fail."""

import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

import pytest

from portal.notices.message import Channel, Message, NoticeFailed, WayClosed
from portal.notices.outlets import open_outlets
from portal.notices.sms_gateway import Gateway, SmsGateway
from tests.servers.ports import free_port

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
MESSAGE = Message(Channel.SMS, "+84912345678", "", "Hồ sơ đã có kết quả.", id="notice-1.ab")


class GatewayServer:
    """Answers with `status` after `seconds`, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.keys: list[str | None] = []
        self.connections: set[tuple[str, int]] = set()
        self.status, self.seconds = 200, 0.0
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                gateway.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                gateway.keys.append(self.headers["Authorization"])
                gateway.connections.add(self.client_address)
                time.sleep(gateway.seconds)
                self.send_response(gateway.status)
                self.send_header("Location", gateway.url)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nothing."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """A client that goes away is what a test wants."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/sms"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[GatewayServer]:
    with GatewayServer() as running:
        yield running


def test_a_message_arrives_with_its_id_and_the_key(server: GatewayServer) -> None:
    outlets = open_outlets(mail=None, sms_folder=None, sms_gateway=Gateway(server.url, "khoa-1"), demo_folder=None)
    assert outlets.channels == (Channel.SMS,)
    outlets.send(MESSAGE, now=NOW)
    assert server.asked == [{"to": "+84912345678", "text": "Hồ sơ đã có kết quả.", "id": "notice-1.ab"}]
    assert server.keys == ["Bearer khoa-1"]


def test_without_a_key_none_is_sent_and_a_message_without_id_gets_one(server: GatewayServer) -> None:
    for _ in range(2):
        SmsGateway(Gateway(server.url)).send(Message(Channel.SMS, "+84912345678", "", "a"), now=NOW)
    assert server.keys == [None, None]
    assert len({each["id"] for each in server.asked}) == 2


def test_many_messages_are_one_connection(server: GatewayServer) -> None:
    with SmsGateway(Gateway(server.url)).together() as line:
        for _ in range(5):
            line.send(MESSAGE, now=NOW)
    assert len(server.asked) == 5
    assert len(server.connections) == 1


@pytest.mark.parametrize(
    ("status", "closed"), [(400, False), (422, False), (302, False), (401, True), (429, True), (503, True)]
)
def test_what_the_gateway_does_not_take_has_failed_and_names_nobody(
    status: int, closed: bool, server: GatewayServer
) -> None:
    server.status = status
    with pytest.raises(NoticeFailed, match=f"^sms: HTTP {status}$") as failed:
        SmsGateway(Gateway(server.url)).send(MESSAGE, now=NOW)
    assert isinstance(failed.value, WayClosed) == closed
    assert len(server.asked) == 1, "and no redirect is followed"


def test_a_gateway_that_says_nothing_is_left_after_the_time_set(server: GatewayServer) -> None:
    server.seconds = 3
    began = time.monotonic()
    with pytest.raises(WayClosed, match=r"^sms: ReadTimeout$"):
        SmsGateway(Gateway(server.url, seconds=0.3)).send(MESSAGE, now=NOW)
    assert time.monotonic() - began < 2


def test_no_gateway_has_failed_without_its_address_or_the_readers() -> None:
    with pytest.raises(WayClosed, match=r"^sms: ConnectionError$") as failed:
        SmsGateway(Gateway(f"http://127.0.0.1:{free_port()}/sms")).send(MESSAGE, now=NOW)
    assert failed.value.__cause__ is None


def test_a_key_travels_over_https_alone() -> None:
    with pytest.raises(ValueError, match="https"):
        Gateway("http://sms.tinh.gov.vn/send", "khoa-1")
    assert Gateway("https://sms.tinh.gov.vn/send", "khoa-1").key == "khoa-1"
