"""What deploy/compose.yaml promises: one door, no passwords in it, every service confined, commands that exist."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from indexer.cli import main as indexer
from portal.cli import main as portal
from tests.deploy.compose import COMPOSE, DEPLOY, OPERATOR, SECURITY, SERVICES, environment, filled, read
from tests.servers.portal import ROOT

LASTING = sorted(name for name, service in SERVICES.items() if service["restart"] != "no")
PROGRAMS: dict[str, click.Group] = {".venv/bin/archive-indexer": indexer, ".venv/bin/archive-portal": portal}
TALKS_OUTSIDE = {"portal-1", "portal-2", "desk", "worker"}
OURS = sorted(name for name, service in SERVICES.items() if service["image"] == "archive:local")
CAN_COMPOSE = (
    shutil.which("docker") is not None
    and subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode == 0
)


def test_only_nginx_can_be_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    assert not any("network_mode" in service or "privileged" in service for service in SERVICES.values())
    own = set(SERVICES["nginx"]["networks"])
    assert not any(own & set(service["networks"]) for name, service in SERVICES.items() if name != "nginx")


def test_what_keeps_data_has_no_way_out() -> None:
    for name in ("opensearch", "postgres", "redis", "sessions", "migrate", "migrate-store"):
        assert ways_out(name) == set()


def test_only_who_signs_people_in_has_a_way_to_providers_and_mail_and_it_is_no_way_to_one_another() -> None:
    assert {name for name in SERVICES if "outside" in SERVICES[name]["networks"]} == TALKS_OUTSIDE
    assert all(ways_out(name) == {"outside"} for name in TALKS_OUTSIDE)
    options = COMPOSE["networks"]["outside"]["driver_opts"]
    assert options == {"com.docker.network.bridge.enable_icc": "false"}


def ways_out(name: str) -> set[str]:
    """The networks of a service through which it reaches what is not of the site."""
    inside = {name for name, network in COMPOSE["networks"].items() if network.get("internal")}
    return set(SERVICES[name]["networks"]) - inside


def test_the_desk_answers_this_machine_alone_until_somebody_names_an_address() -> None:
    published = [filled(port) for port in SERVICES["nginx"]["ports"]]
    assert published == ["80:8080", "443:8443", "127.0.0.1:8444:8444"]
    assert environment("portal-1")["ARCHIVE_DESK_URL"] == environment("desk")["ARCHIVE_DESK_URL"]
    assert filled(environment("desk")["ARCHIVE_DESK_URL"]) == "https://noibo.luutru.example.vn:8444"


def test_portals_and_desk_have_no_folder_in_common_in_which_they_write() -> None:
    assert written_by("desk") == {"/run/archive-desk"}
    assert "/run/archive-desk" not in {mounted(volume)[1] for volume in SERVICES["portal-1"]["volumes"]}
    assert written_by("nginx") == set()


def written_by(name: str) -> set[str]:
    found = map(mounted, SERVICES[name]["volumes"])
    return {target for _, target, mode in found if mode != "ro"}


def mounted(volume: str) -> tuple[str, str, str]:
    """Where a volume comes from, where it is, and how."""
    source, target, *mode = filled(volume).split(":")
    return source, target, mode[0] if mode else "rw"


@pytest.mark.parametrize("name", OURS)
def test_every_folder_in_which_a_service_works_is_there(name: str) -> None:
    service = SERVICES[name]
    places = {mounted(volume)[1] for volume in service.get("volumes", [])}
    places |= {place.split(":")[0] for place in service.get("tmpfs", [])}
    folders = [Path(value) for key, value in environment(name).items() if key.endswith("_DIR")]
    assert [path for path in folders if not any(path.is_relative_to(place) for place in places)] == []


@pytest.mark.parametrize("name", sorted({*OURS} & {*LASTING}))
def test_every_server_that_a_service_asks_is_within_its_reach(name: str) -> None:
    asked = set(re.findall(r"(?:redis|https)://([a-z]+):\d+", " ".join(environment(name).values())))
    assert asked <= set(SERVICES)
    own = set(SERVICES[name]["networks"])
    assert [server for server in asked if not own & set(SERVICES[server]["networks"])] == []


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_is_confined(name: str) -> None:
    service = SERVICES[name]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"])
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service.get("read_only", False) == (name != "opensearch")
    assert not re.search(r"docker\.sock|:/:", str(service.get("volumes", [])))


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_an_image_has_a_version(name: str) -> None:
    image = SERVICES[name]["image"]
    assert image == "archive:local" or re.fullmatch(r"[a-z/-]+:\d+[\w.-]*", image)


@pytest.mark.parametrize("name", LASTING)
def test_what_runs_for_good_is_asked_for_its_health(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    assert check["test"][0] in {"CMD", "CMD-SHELL"}
    assert {"interval", "timeout", "retries"} <= set(check)


def test_whoever_is_waited_for_has_a_health_check_or_ends() -> None:
    for service in SERVICES.values():
        for needed, condition in service.get("depends_on", {}).items():
            ends = SERVICES[needed]["restart"] == "no"
            assert condition == {"condition": "service_completed_successfully" if ends else "service_healthy"}


def test_no_password_stands_in_the_files() -> None:
    for name in SERVICES:
        for key, value in environment(name).items():
            if re.search(r"PASSWORD|SECRET|KEY|TOKEN", key):
                assert value.startswith("/"), f"{name}: {key} must be a file"
    ours = [DEPLOY / "compose.yaml", DEPLOY / "Dockerfile", *(p for p in DEPLOY.glob("compose/**/*") if p.is_file())]
    for path in ours:
        text = path.read_text()
        assert not re.search(r"://[^\s/$]+:[^\s/$P]+@", text), path
        assert "BEGIN" not in text, path


@pytest.mark.parametrize("name", OURS)
def test_a_command_exists_with_its_options(name: str) -> None:
    program, *arguments = SERVICES[name]["command"]
    if program == "deploy/bin/serve":
        *options, bind, address = arguments
        assert (options, bind) == (["--desk"] if name == "desk" else [], "--bind")
        folder = Path(address.removeprefix("unix:")).parent
        assert str(folder) in written_by(name)
        assert SERVICES[name]["healthcheck"]["test"][-1] == address.removeprefix("unix:")
        return
    command: click.Command = PROGRAMS[program]
    context = click.Context(command)
    while isinstance(command, click.Group):
        found = command.get_command(context, arguments.pop(0))
        assert found is not None, f"no such command: {shlex.join(SERVICES[name]['command'])}"
        command = found
    command.make_context(name, arguments)


def test_opensearch_runs_with_its_security_on() -> None:
    settings = read("compose/opensearch/opensearch.yml")
    assert settings["plugins.security.ssl.http.enabled"] is True
    assert settings["plugins.security.allow_unsafe_democertificates"] is False
    assert "plugins.security.disabled" not in settings
    assert "DISABLE_SECURITY_PLUGIN" not in environment("opensearch")
    assert environment("opensearch")["DISABLE_INSTALL_DEMO_CONFIG"] == "true"
    dynamic = read(f"{SECURITY}/config.yml")["config"]["dynamic"]
    assert dynamic["http"]["anonymous_auth_enabled"] is False


def test_the_certificates_of_the_node_are_where_its_settings_look() -> None:
    settings = read("compose/opensearch/opensearch.yml")
    mounted = {secret["target"] for secret in SERVICES["opensearch"]["secrets"]}
    named = {value for key, value in settings.items() if key.endswith("_filepath")}
    assert {f"/usr/share/opensearch/config/{value}" for value in named} == mounted


def test_the_portal_may_only_read_and_nobody_is_administrator() -> None:
    roles = read(f"{SECURITY}/roles.yml")
    mapping = read(f"{SECURITY}/roles_mapping.yml")
    roles.pop("_meta")
    mapping.pop("_meta")
    assert {role: given["users"] for role, given in mapping.items()} == {
        "archive_reader": ["portal"],
        "archive_writer": ["indexer"],
    }
    reading = str(roles["archive_reader"])
    assert not re.search(r"write|create|delete|put|manage|composite_ops'|_all|\*'", reading.replace("archive*", ""))
    for role in roles.values():
        assert [each["index_patterns"] for each in role["index_permissions"]] == [["archive*"]]


def test_the_image_holds_no_secret_and_runs_as_nobody_special() -> None:
    lines = (DEPLOY / "Dockerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("USER")] == [f"USER {SERVICES['portal-1']['user']}"]
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    assert "*" in ignored
    taken = [line.removeprefix("!") for line in ignored if line.startswith("!")]
    assert [path for path in taken if not (ROOT / path).exists()] == []
    assert not any(path.endswith("compose") or "secrets" in path for path in taken)
    for name in OURS:
        for word in [*SERVICES[name]["command"], *SERVICES[name].get("healthcheck", {}).get("test", [])]:
            if word.startswith("deploy/"):
                assert any(word == path or word.startswith(f"{path}/") for path in taken), word


if CAN_COMPOSE:

    @pytest.mark.parametrize("profiles", [[], ["--profile", "jobs"]])
    def test_compose_itself_understands_the_file(profiles: list[str], secrets: Path) -> None:
        env = {**os.environ, **OPERATOR, "ARCHIVE_SECRETS": str(secrets)}
        command = ["docker", "compose", "--file", str(DEPLOY / "compose.yaml"), *profiles, "config", "--format", "json"]
        answer = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
        assert answer.returncode == 0, answer.stderr
        shown = set(json.loads(answer.stdout)["services"])
        assert shown == {name for name, service in SERVICES.items() if profiles or "profiles" not in service}
