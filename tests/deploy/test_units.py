"""The units that a service manager runs: they call commands that exist, as the service's own user, and confined."""

import configparser
import shlex
from pathlib import Path

import click
import pytest

from indexer.cli import main as indexer
from portal.cli import main as portal

UNITS = Path(__file__).parents[2] / "deploy/systemd"
SERVICES = sorted(path.name for path in UNITS.glob("*.service"))
OF_THE_LOG = ("archive-log-head.service", "archive-log-verify.service")
PROGRAMS: dict[str, click.Group] = {"archive-indexer": indexer, "archive-portal": portal}
CALENDAR = {
    "archive-audit": "*-*-* 01:30:00",
    "archive-log-head": "hourly",
    "archive-log-verify": "*-*-* 02:30:00",
    "archive-reconcile": "*-*-* 03:30:00",
    "archive-sweep": "*-*-* 00:00:00 Asia/Ho_Chi_Minh",
}

LASTING = ("archive-desk.service", "archive-follow.service", "archive-portal.service", "archive-worker.service")
SCRIPTS = ("archive-desk.service", "archive-portal.service")
"""Services that run for as long as the machine does, and have no timer; those of SCRIPTS run one of deploy/bin."""

CONFINED = {
    "User": "archive",
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "ProtectKernelTunables": "yes",
    "ProtectKernelModules": "yes",
    "ProtectKernelLogs": "yes",
    "ProtectControlGroups": "yes",
    "ProtectClock": "yes",
    "ProtectHostname": "yes",
    "RestrictNamespaces": "yes",
    "RestrictRealtime": "yes",
    "RestrictSUIDSGID": "yes",
    "LockPersonality": "yes",
    "MemoryDenyWriteExecute": "yes",
    "CapabilityBoundingSet": "",
    "SystemCallArchitectures": "native",
    "SystemCallFilter": "@system-service",
    "UMask": "0077",
}


def unit(name: str) -> configparser.ConfigParser:
    """A unit file; a key that stands twice in a section is an error."""
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string((UNITS / name).read_text())
    return parser


def test_every_service_has_its_timer() -> None:
    expected = [f"{name}.{kind}" for name in CALENDAR for kind in ("service", "timer")]
    assert sorted(path.name for path in UNITS.iterdir()) == sorted((*expected, *LASTING))


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_confined(name: str) -> None:
    service = unit(name)["Service"]
    assert {key: service.get(key) for key in CONFINED} == CONFINED
    assert service["Type"] == ("exec" if name in LASTING else "oneshot")


@pytest.mark.parametrize("name", LASTING)
def test_a_lasting_service_comes_back_for_ever(name: str) -> None:
    parsed = unit(name)
    assert parsed["Service"]["Restart"] == "always"
    assert parsed["Unit"]["StartLimitIntervalSec"] == "0"
    assert parsed["Install"]["WantedBy"] == "multi-user.target"


@pytest.mark.parametrize("name", OF_THE_LOG)
def test_what_looks_after_the_log_has_no_network(name: str) -> None:
    assert unit(name)["Service"]["PrivateNetwork"] == "yes"


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_service_runs_a_script_of_the_archive(name: str) -> None:
    program = Path(shlex.split(unit(name)["Service"]["ExecStart"])[0])
    assert (UNITS.parent / "bin" / program.name).is_file()
    assert program.parent == Path("/opt/archive/deploy/bin")


@pytest.mark.parametrize("name", SCRIPTS)
def test_an_application_has_its_socket_in_a_folder_that_its_web_server_may_enter(name: str) -> None:
    service = unit(name)["Service"]
    *command, bind, address = shlex.split(service["ExecStart"])
    assert ("--desk" in command) == (name == "archive-desk.service")
    folder = f"unix:/run/{name.removesuffix('.service')}/"
    assert (bind, address.startswith(folder)) == ("--bind", True)
    assert (service["RuntimeDirectory"], service["RuntimeDirectoryMode"]) == (name.removesuffix(".service"), "0750")


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_names_its_document(name: str) -> None:
    named = unit(name)["Unit"]["Documentation"].removeprefix("file:///opt/archive/")
    assert (UNITS.parents[1] / named).is_file()


@pytest.mark.parametrize("name", [each for each in SERVICES if each not in SCRIPTS])
def test_a_service_runs_a_command_that_exists_with_options_that_it_has(name: str) -> None:
    program, *arguments = shlex.split(unit(name)["Service"]["ExecStart"])
    command: click.Command = PROGRAMS[Path(program).name]
    context = click.Context(command)
    while isinstance(command, click.Group):
        found = command.get_command(context, arguments.pop(0))
        assert found is not None
        command = found
    command.make_context(name, arguments)


@pytest.mark.parametrize("name", OF_THE_LOG)
def test_a_service_of_the_log_writes_nowhere_but_where_it_must(name: str) -> None:
    parsed = unit(name)
    service, arguments = parsed["Service"], shlex.split(parsed["Service"]["ExecStart"])
    heads = Path(arguments[arguments.index("--to" if "--to" in arguments else "--heads") + 1])
    writable = service.get("ReadWritePaths", "").split()
    assert writable == ([str(heads.parent)] if "--to" in arguments else [])
    assert parsed["Unit"]["RequiresMountsFor"] == str(heads.parent), "a medium that is missing is not written beside"


@pytest.mark.parametrize(("name", "often"), CALENDAR.items())
def test_a_timer_starts_its_service(name: str, often: str) -> None:
    timer = unit(f"{name}.timer")
    assert timer["Timer"]["OnCalendar"] == often
    assert timer["Timer"].get("Persistent") == "true", "what was missed is done later"
    assert timer["Install"]["WantedBy"] == "timers.target"
