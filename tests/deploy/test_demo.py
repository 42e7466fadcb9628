"""The demo as a newcomer meets it: one command, three addresses that answer, Ctrl-C."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.deploy.traces import processes_of, soon
from tests.servers.portal import ROOT
from tests.servers.ports import free_port

# Settings of a real archive, which the demo must not touch.
REAL = {
    "ARCHIVE_DATABASE_URL": "postgresql+psycopg://real@127.0.0.1:1/archive",
    "ARCHIVE_INDEX_DIR": "/nonexistent",
    "ARCHIVE_STORE_URL": "postgresql+psycopg://real@127.0.0.1:1/portal",
    "ARCHIVE_SMTP_HOST": "mail.real.example",
}

ROLES = ["archivist", "head", "policy-officer", "auditor", "administrator"]


@dataclass(frozen=True)
class Demo:
    """A running demo and the first of its ports."""

    process: subprocess.Popen[str]
    port: int

    def page(self, site: int, path: str = "/") -> str:
        """A page of the portal (0), the desk (1) or the provider (2)."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port + site}{path}", timeout=20) as response:
            assert response.status == 200
            text: str = response.read().decode()
        return text


def three_free_ports() -> int:
    """The first of three in a row."""
    while True:
        first = free_port()
        if all(is_free(port) for port in (first + 1, first + 2)):
            return first


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@contextmanager
def demo(folder: Path, *options: str) -> Iterator[Demo]:
    """The demo, once it has printed its addresses; ended with all its processes in any case."""
    port = three_free_ports()
    command = ["deploy/bin/demo", "--port", str(port), "--folder", str(folder), "--pages", "300", *options]
    with (
        (folder.parent / "words").open("w") as words,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **REAL},
            stdout=subprocess.PIPE,
            stderr=words,
            text=True,
            start_new_session=True,
        ) as process,
    ):
        assert process.stdout is not None
        try:
            printed = [line.split() for line in (process.stdout.readline() for _ in range(4)) if line.strip()]
            sites = [f"http://127.0.0.1:{port + site}/" for site in range(3)]
            assert printed == [list(each) for each in zip(("portal", "desk", "sign-in"), sites, strict=True)], (
                folder.parent / "words"
            ).read_text()
            yield Demo(process, port)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def words_of(folder: Path) -> str:
    return (folder.parent / "words").read_text()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo that was built, tried and ended by Ctrl-C, as a terminal does it."""
    folder = tmp_path_factory.mktemp("built") / "demo"
    with demo(folder) as running:
        assert "Cổng Lưu trữ" in running.page(0)
        assert "VNeID (thử nghiệm)" in running.page(0, "/dang-nhap")
        assert running.page(1, "/dang-nhap")
        assert "TRÌNH DIỄN: không phải VNeID" in running.page(2)
        assert "Chưa có thư nào" in running.page(2, "/hop-thu")
        os.killpg(running.process.pid, signal.SIGINT)
        assert running.process.wait(30) == 0
    assert "building a demo archive of 300 pages (seed 1)" in words_of(folder)
    assert words_of(folder).endswith("demo: stopped\n")
    assert soon(lambda: processes_of(folder) == [])
    return folder


def test_one_of_the_staff_for_each_role_has_a_one_time_password(built: Path) -> None:
    file = built / "archive" / "staff-passwords"
    assert file.stat().st_mode & 0o777 == 0o600
    passwords = dict(
        re.findall(r"^one-time password of (\S+), shown this once: (\S+)$", file.read_text(), re.MULTILINE)
    )
    assert list(passwords) == ROLES
    assert len(set(passwords.values())) == len(ROLES)
    assert all(password in words_of(built) for password in passwords.values())


@pytest.mark.long
def test_it_is_built_once_and_two_run_side_by_side(built: Path, tmp_path: Path) -> None:
    copied = tmp_path / "demo"
    shutil.copytree(built / "archive", copied / "archive")
    with demo(built) as first, demo(copied) as second:
        for running in (first, second):
            assert "Cổng Lưu trữ" in running.page(0)
            assert "TRÌNH DIỄN: không phải VNeID" in running.page(2)
        for running in (first, second):
            os.kill(running.process.pid, signal.SIGTERM)  # as a service manager does
            assert running.process.wait(30) == 0
    for folder in (built, copied):
        assert "using the demo archive built before" in words_of(folder)
        assert "one-time password of" not in words_of(folder)
        assert soon(lambda folder=folder: processes_of(folder) == [])  # type: ignore[misc]


@pytest.mark.long
def test_when_one_server_ends_the_demo_ends_and_says_which(built: Path) -> None:
    with demo(built) as running:
        (provider,) = [
            int(entry.name)
            for entry in Path("/proc").glob("[0-9]*")
            if f"--port\0{running.port + 2}\0" in command_line(entry)
        ]
        os.kill(provider, signal.SIGKILL)
        assert running.process.wait(30) == 1
    assert "the provider ended by itself" in words_of(built)
    assert soon(lambda: processes_of(built) == [])


def command_line(process: Path) -> str:
    try:
        return (process / "cmdline").read_text()
    except OSError:  # it ended meanwhile
        return ""


@pytest.mark.parametrize("site", [1, 2])
def test_each_of_the_three_ports_has_to_be_free(site: int, tmp_path: Path) -> None:
    first = three_free_ports()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", first + site))
        listener.listen()
        answer = subprocess.run(
            ["deploy/bin/demo", "--port", str(first), "--folder", str(tmp_path / "demo")],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert answer.returncode == 4
    assert f"port {first + site} on 127.0.0.1 is in use" in answer.stderr
    assert not (tmp_path / "demo").exists()


def test_a_folder_that_something_else_made_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    kept = folder / "archive" / "letter.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("Thư gửi Chánh án")
    with pytest.raises(AssertionError, match="was not made by this command and is left alone"), demo(folder):
        pass
    assert kept.read_text() == "Thư gửi Chánh án"
