"""The commands of deploy/bin: they parse, explain themselves, and refuse what they do not know."""

from __future__ import annotations

import os
import re
import socket
import subprocess
from pathlib import Path

import pytest

from tests.servers.portal import ROOT

COMMANDS = sorted(path.name for path in (ROOT / "deploy/bin").iterdir())
SCRIPTS = [
    *(f"deploy/bin/{name}" for name in COMMANDS),
    *(f"deploy/lib/{p.name}" for p in (ROOT / "deploy/lib").glob("*.sh")),
    ".ci/run",
]


def run(*command: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **env}, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_commands_are_the_documented_ones() -> None:
    assert COMMANDS == [
        "bench",
        "check",
        "demo",
        "install",
        "journey-pictures",
        "messages",
        "opensearch",
        "requests-table",
        "serve",
        "test",
    ]


@pytest.mark.parametrize("script", SCRIPTS)
def test_parses(script: str) -> None:
    assert run("bash", "-n", script).stderr == ""


@pytest.mark.parametrize("script", [f"deploy/bin/{name}" for name in COMMANDS] + [".ci/run"])
def test_is_executable(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)


@pytest.mark.parametrize("option", ["--help", "-h"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_usage_examples_and_exit_codes(command: str, option: str) -> None:
    answer = run(f"deploy/bin/{command}", option)
    assert answer.returncode == 0
    assert answer.stdout.startswith(f"Usage: deploy/bin/{command}")
    assert re.search(rf"^Examples:\n(  .*deploy/bin/{command}\b.*\n)+", answer.stdout, re.MULTILINE)
    assert re.search(r"^Exit codes:\n(  \d+ +\S.*\n)+$", answer.stdout, re.MULTILINE)
    assert max(map(len, answer.stdout.splitlines())) <= 120


@pytest.mark.parametrize(
    ("command", "argument"),
    [
        ("install", "--fast"),
        ("check", "portal"),
        ("serve", "--port=1"),
        ("serve", "--bind"),
        ("demo", "--nothing"),
        ("demo", "--port"),
        ("demo", "--port=80"),
    ],
)
def test_unknown_arguments_are_wrong_usage(command: str, argument: str) -> None:
    answer = run(f"deploy/bin/{command}", argument)
    assert answer.returncode == 2
    assert f"see {command} --help" in answer.stderr
    assert answer.stdout == ""


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--port", "80"),
        ("--port", "65536"),
        ("--port", "x"),
        ("--pages", "0"),
        ("--pages", "1e3"),
        ("--seed", "-1"),
        ("--seed", "007"),
    ],
)
def test_the_demo_refuses_numbers_out_of_range(option: str, value: str) -> None:
    answer = run("deploy/bin/demo", option, value)
    assert answer.returncode == 2
    assert f"{option} wants a whole number from" in answer.stderr


def test_ci_runs_exactly_the_test_command() -> None:
    lines = (ROOT / ".ci/run").read_text().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("exec ")
    assert lines[1].endswith('/deploy/bin/test"')


def test_a_port_in_use_is_told_before_any_work(tmp_path: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = str(listener.getsockname()[1])
        assert run(".venv/bin/python", "deploy/lib/local_port.py", "free", port).returncode == 1
        answer = run("deploy/bin/demo", "--port", port)
    assert answer.returncode == 4
    assert f"port {port} on 127.0.0.1 is in use" in answer.stderr
    assert run(".venv/bin/python", "deploy/lib/local_port.py", "free", port).returncode == 0


def test_serving_elsewhere_than_on_this_machine_is_refused() -> None:
    answer = run("deploy/bin/serve", "--bind", "0.0.0.0:8000")
    assert answer.returncode == 1
    assert "ARCHIVE_BIND must be a unix socket or a loopback address with a port, not '0.0.0.0:8000'" in answer.stderr


def test_install_says_what_to_run_when_it_may_not_install(tmp_path: Path) -> None:
    """On a search path without the packages and without apt-get, nothing is changed and the line to run is printed."""
    for name in ("bash", "basename", "dirname", "cat", "flock", "mkdir", "tr", "python3"):
        program = run("which", name).stdout.strip()
        (tmp_path / name).symlink_to(program)
    answer = run("deploy/bin/install", PATH=str(tmp_path))
    assert answer.returncode == 3
    assert "sudo apt-get install --yes --no-install-recommends" in answer.stderr
    assert "poppler-utils" in answer.stderr


def test_a_second_install_finds_everything_done() -> None:
    run("deploy/bin/install", "--dev")
    answer = run("deploy/bin/install", "--dev")
    assert answer.returncode == 0
    assert answer.stderr == "install: complete (dev)\n"
