"""The desk as it runs in production, and the unit that keeps it running."""

from __future__ import annotations

import configparser
import shlex
import subprocess
import urllib.request
from pathlib import Path

from portal.store.database import Database
from portal.store.migrating import migrate
from tests.deploy.test_units import CONFINED
from tests.servers.portal import ROOT, PortalServer

_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def test_the_desk_is_served_by_itself(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 'portal.db'}"
    migrate(Database(store))
    env = {"ARCHIVE_SECRET_KEY": "k" * 32, "ARCHIVE_STORE_URL": store, "ARCHIVE_WORKERS": "1"}
    with (
        PortalServer(env, application="portal.desk.wsgi:create()") as server,
        _opener.open(f"{server.url}/", timeout=10) as answer,
    ):
        assert answer.url == f"{server.url}/dang-nhap?next=/"
        assert "Đăng nhập bàn làm việc" in answer.read().decode()


def test_the_desk_is_reached_from_this_machine_alone() -> None:
    command = [str(ROOT / "deploy/bin/serve"), "--desk", "--bind", "0.0.0.0:8001"]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 1
    assert "ARCHIVE_BIND must be a unix socket or a loopback address with a port" in answer.stderr


def test_the_unit_starts_it_confined_and_brings_it_back() -> None:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string((ROOT / "deploy/systemd/archive-desk.service").read_text())
    service = parser["Service"]
    assert {key: service.get(key) for key in CONFINED} == CONFINED
    assert (service["Type"], service["Restart"]) == ("exec", "always")
    program, *options = shlex.split(service["ExecStart"])
    assert (ROOT / Path(program).relative_to("/opt/archive")).is_file()
    assert options == ["--desk", "--bind", f"unix:/run/{service['RuntimeDirectory']}/desk.sock"]
    documentation = parser["Unit"]["Documentation"].removeprefix("file:///opt/archive/")
    assert (ROOT / documentation).is_file()
