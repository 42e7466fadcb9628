"""How the portal is served: who can reach it, and what its log may say."""

from __future__ import annotations

import os
import re
import runpy
import stat
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from gunicorn.config import Config  # type: ignore[import-untyped]

from tests.deploy.traces import soon
from tests.servers.leash import Leash, new_folder
from tests.servers.portal import ROOT, PortalServer

ECHO = "tests.servers.echo:create()"


def configuration() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "deploy/gunicorn.conf.py"))


@pytest.fixture(scope="module")
def site() -> Iterator[PortalServer]:
    with PortalServer({"ARCHIVE_WORKERS": "1"}, application=ECHO) as server:
        yield server


def ask(site: PortalServer, path: str) -> None:
    headers = {"User-Agent": "canaryagent", "Referer": "http://127.0.0.1/?q=canaryreferer"}
    try:
        urllib.request.urlopen(urllib.request.Request(site.url + path, headers=headers), timeout=5).close()
    except urllib.error.HTTPError as error:
        error.close()


def log_with(site: PortalServer, text: str) -> str:
    assert soon(lambda: text in site.log(), seconds=5), site.log()
    return site.log()


def test_the_access_log_tells_the_request_but_not_the_reader(site: PortalServer) -> None:
    ask(site, "/blank/search?q=canaryquery&page=2")
    log = log_with(site, "/blank/search")
    assert re.search(r"\] GET /blank/search 200 \d+ bytes \d+ ms$", log, re.MULTILINE)
    for secret in ("canary", "page=2", "127.0.0.1"):
        assert secret not in log.partition("/readyz")[2], secret


def test_a_path_cannot_forge_a_line(site: PortalServer) -> None:
    ask(site, "/blank/x%0AGET%20/forged%20200")
    assert "\nGET /forged" not in log_with(site, "/blank/x%0AGET%20/forged%20200 200")


def test_an_uncaught_error_is_logged_without_the_query(site: PortalServer) -> None:
    ask(site, "/fail?q=canaryfail")
    log = log_with(site, "asked to fail")
    assert "Error handling request" in log
    assert "canaryfail" not in log


def test_no_access_log_when_it_is_switched_off() -> None:
    with PortalServer({"ARCHIVE_ACCESS_LOG": "none"}, application=ECHO) as server:
        ask(server, "/blank/silent")
        assert "/blank/silent" not in server.log()
        assert "/readyz" not in server.log()


def test_nothing_in_the_home_folder_commands_the_server(site: PortalServer) -> None:
    assert configuration()["control_socket_disable"] is True
    assert "control socket" not in site.log().lower()


def test_long_request_lines_are_refused(site: PortalServer) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{site.url}/blank?{'q' * 5000}", timeout=5)
    refused.value.close()
    assert refused.value.code == 414


def test_a_unix_socket_is_closed_to_other_accounts() -> None:
    folder = new_folder("socket")
    path = folder / "portal.sock"
    env = {"PATH": os.environ["PATH"], "ARCHIVE_BIND": f"unix:{path}", "ARCHIVE_WORKERS": "1"}
    server = Leash([str(ROOT / "deploy/bin/serve")], folder=folder, env=env, cwd=Path("/"))
    try:
        assert soon(path.exists), server.log()
        assert stat.S_IMODE(path.stat().st_mode) == 0o770
    finally:
        server.end()


@pytest.mark.parametrize("address", ["127.0.0.1:8000", "127.1.2.3:1", "[::1]:8000", "unix:/run/portal.sock"])
def test_addresses_of_this_machine_are_served(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("ARCHIVE_BIND", address)
    assert configuration()["bind"] == address


@pytest.mark.parametrize(
    "address", ["0.0.0.0:8000", "[::]:8000", ":8000", "8000", "192.168.1.5:80", "localhost:80", "127.0.0.1", "unix:x"]
)
def test_addresses_that_others_could_reach_are_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("ARCHIVE_BIND", address)
    with pytest.raises(ValueError, match="ARCHIVE_BIND must be"):
        configuration()


@pytest.mark.parametrize("value", ["0", "65", "-1", "two", "²", "1.5", " 2"])
@pytest.mark.parametrize("name", ["ARCHIVE_WORKERS", "ARCHIVE_THREADS"])
def test_wrong_numbers_are_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match=name):
        configuration()


def test_numbers_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [configuration()[name] for name in ("workers", "threads")] == [2, 4]
    monkeypatch.setenv("ARCHIVE_WORKERS", "3")
    monkeypatch.setenv("ARCHIVE_THREADS", "8")
    assert [configuration()[name] for name in ("workers", "threads")] == [3, 8]


def test_every_name_is_a_setting_of_gunicorn() -> None:
    values = {name: value for name, value in configuration().items() if isinstance(value, str | int | bool)}
    unknown = {name for name in values if not name.startswith("_")} - set(Config().settings)
    assert unknown == set()
