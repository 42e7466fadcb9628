"""The parts of the site in containers that run without containers too: nginx before portals and desk, health check."""

from __future__ import annotations

import html
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from portal.store.database import Database
from portal.store.migrating import migrate
from tests.deploy.compose import DEPLOY, DESK_HOST, HOST
from tests.deploy.traces import soon
from tests.servers.leash import Leash, new_folder
from tests.servers.portal import ROOT
from tests.servers.ports import free_port
from tests.servers.waiting import wait_until


def portal_on_socket(
    folder: Path, name: str, application: str = "tests.servers.echo:create()", **settings: str
) -> Leash:
    home = new_folder("portal")
    path = folder / name
    leash = Leash(
        [sys.executable, "-m", "gunicorn", "--config", str(DEPLOY / "gunicorn.conf.py"), application],
        folder=home,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "ARCHIVE_BIND": f"unix:{path}",
            **settings,
        },
        cwd=ROOT,
    )
    wait_until(lambda: is_ready(path), leash=leash, what="the portal")
    return leash


def is_ready(path: Path) -> bool:
    check = [sys.executable, str(DEPLOY / "compose/ready.py"), str(path)]
    return subprocess.run(check, check=False, timeout=30).returncode == 0


@pytest.fixture
def folder() -> Iterator[Path]:
    """Short enough for the name of a socket."""
    made = new_folder("compose")
    yield made
    shutil.rmtree(made)


@pytest.fixture
def portals(folder: Path) -> Iterator[list[Leash]]:
    running = [portal_on_socket(folder, f"portal-{number}.sock") for number in (1, 2)]
    yield running
    for leash in running:
        leash.end()


@pytest.fixture
def desk(folder: Path, secrets: Path) -> Iterator[Leash]:
    """The desk itself, with the settings that were made for it, but for the database."""
    store = f"sqlite:///{folder / 'portal.db'}"
    migrate(Database(store))
    leash = portal_on_socket(
        folder,
        "desk.sock",
        "portal.desk.wsgi:create()",
        ARCHIVE_SETTINGS=str(secrets / "desk.toml"),
        ARCHIVE_STORE_URL=store,
        ARCHIVE_TRUSTED_HOSTS=f'["{DESK_HOST}", "localhost"]',
        ARCHIVE_PROXIES="1",
        ARCHIVE_WORKERS="1",
    )
    yield leash
    leash.end()


@pytest.fixture
def site(folder: Path, secrets: Path, portals: list[Leash]) -> Iterator[Mapping[str, int]]:
    """nginx with the configuration of the container, but for its paths and ports; its ports by those of the container."""
    ports = {number: free_port() for number in ("8080", "8443", "8444", "8081")}
    text = (DEPLOY / "compose/nginx.conf").read_text()
    places = {"/tmp/": f"{folder}/", "/run/archive-desk": folder, "/run/archive": folder, "/run/secrets": secrets}
    for old, new in places.items():
        text = text.replace(old, str(new))
    for number, port in ports.items():
        text = re.sub(rf"listen (127\.0\.0\.1:)?{number}\b", f"listen 127.0.0.1:{port}", text)
    home = new_folder("nginx")
    (home / "nginx.conf").write_text(f"daemon off;\nmaster_process off;\n{text}")
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program is not None
    command = [program, "-e", "stderr", "-c", str(home / "nginx.conf")]
    leash = Leash(command, folder=home, env={"PATH": os.defpath}, cwd=home)
    wait_until(lambda: status(f"http://127.0.0.1:{ports['8081']}/") == 204, leash=leash, what="nginx")
    yield ports
    leash.end()


class Unfollowed(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def status(url: str, context: ssl.SSLContext | None = None) -> int | str:
    """The status of the answer, for a redirection its aim."""
    handlers = [urllib.request.ProxyHandler({}), Unfollowed(), urllib.request.HTTPSHandler(context=context)]
    request = urllib.request.Request(url, headers={"Host": HOST})
    try:
        with urllib.request.build_opener(*handlers).open(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return str(refusal.headers["Location"]) if refusal.code == 301 else refusal.code
    except OSError:
        return 0


def test_nginx_serves_over_tls_while_one_of_two_portals_lives(
    site: Mapping[str, int], portals: list[Leash], secrets: Path
) -> None:
    context = ssl.create_default_context(cafile=str(secrets / "site.pem"))
    context.check_hostname = False
    address = f"https://127.0.0.1:{site['8443']}/blank"
    assert status(f"http://127.0.0.1:{site['8080']}/blank?q=a") == f"https://{HOST}/blank?q=a"
    assert {status(address, context) for _ in range(4)} == {200}
    portals[0].end()
    assert {status(address, context) for _ in range(6)} == {200}
    portals[1].end()
    assert soon(lambda: status(address, context) == 502)


def ask(
    port: int, host: str, method: str, path: str, body: str = "", headers: Mapping[str, str] | None = None
) -> tuple[int, http.client.HTTPMessage, str]:
    """Status, headers and text of one answer on a port of nginx to somebody who names `host`."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # the certificate is proven elsewhere
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=20)
    try:
        connection.request(method, path, body, {"Host": host, **(headers or {})})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()
    finally:
        connection.close()


def test_nginx_serves_the_desk_on_a_port_of_its_own_and_takes_its_forms(site: Mapping[str, int], desk: Leash) -> None:
    host = f"{DESK_HOST}:{site['8444']}"
    status, headers, page = ask(site["8444"], host, "GET", "/dang-nhap")
    assert status == 200, desk.log()
    cookie = headers["Set-Cookie"].split(";")[0]
    assert cookie.startswith("__Host-desk=")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token is not None
    form = f"login=hanh&password=x&csrf_token={html.unescape(token[1])}"
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    status, _, page = ask(
        site["8444"], host, "POST", "/dang-nhap", form, {**kind, "Referer": f"https://{host}/dang-nhap"}
    )
    assert (status, "Tên đăng nhập hoặc mật khẩu không đúng." in page) == (422, True)
    status, _, _ = ask(site["8444"], host, "POST", "/dang-nhap", form, {**kind, "Referer": f"https://{HOST}/"})
    assert status == 400


def test_large_bodies_come_in_where_files_are_sent_and_nowhere_else(site: Mapping[str, int], desk: Leash) -> None:
    body = "x" * 2_000_000
    for path, taken in (
        ("/yeu-cau/phieu", True),
        ("/en/yeu-cau/0a1b/bo-sung", True),
        ("/yeu-cau", False),
        ("/", False),
    ):
        assert (ask(site["8443"], HOST, "POST", path, body)[0] != 413) == taken, path
    host = f"{DESK_HOST}:{site['8444']}"
    assert ask(site["8444"], host, "POST", "/danh-muc/nhap", body)[0] != 413, desk.log()
    assert ask(site["8444"], host, "POST", "/danh-muc", body)[0] == 413


def test_the_desk_is_not_behind_the_public_door_nor_the_portals_behind_its_own(
    site: Mapping[str, int], desk: Leash
) -> None:
    for host in (HOST, DESK_HOST):
        assert "<title>echo</title>" in ask(site["8443"], host, "GET", "/dang-nhap")[2]
    assert ask(site["8444"], HOST, "GET", "/dang-nhap")[0] == 400
    desk.end()
    assert soon(lambda: ask(site["8444"], DESK_HOST, "GET", "/dang-nhap")[0] == 502)
    assert ask(site["8443"], HOST, "GET", "/blank")[0] == 200


def test_the_health_check_of_a_portal_tells_ready_from_not(folder: Path, portals: list[Leash]) -> None:
    assert is_ready(folder / "portal-1.sock")
    assert not is_ready(folder / "absent.sock")
    with socket.socket(socket.AF_UNIX) as broken:
        broken.bind(str(folder / "broken.sock"))
        broken.listen()
        check = [sys.executable, str(DEPLOY / "compose/ready.py"), str(folder / "broken.sock")]
        with subprocess.Popen(check) as asked:
            connection, _ = broken.accept()
            connection.sendall(b"HTTP/1.1 503 Service Unavailable\r\n\r\n")
            connection.close()
            assert asked.wait(10) == 1
