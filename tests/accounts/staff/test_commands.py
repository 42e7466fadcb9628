"""The commands for staff accounts."""

from __future__ import annotations

import getpass
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.accounts.credentials.events import Owner
from portal.accounts.staff.roles import Role
from portal.cli import main
from portal.desk.opening import open_desk_services
from portal.desk.services import DeskServices
from portal.sessions.store import Stored
from portal.settings import PortalSettings
from portal.store.database import Database
from portal.store.migrating import migrate

PROVIDER = (
    '[{"id": "tinh", "name": "Tài khoản tỉnh", "audience": "staff", "issuer": "https://sso.tinh.example",'
    ' "client_id": "ban-lam-viec", "client_secret": "khong-phai-that"}]'
)


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_SETTINGS", "/dev/null")
    monkeypatch.setenv("ARCHIVE_SECRET_KEY", "k" * 32)
    monkeypatch.setenv("ARCHIVE_STORE_URL", f"sqlite:///{tmp_path / 'portal.db'}")
    monkeypatch.setenv("ARCHIVE_IDENTITY_PROVIDERS", PROVIDER)
    monkeypatch.setenv("LOGNAME", "somebody-else")
    migrate(Database(f"sqlite:///{tmp_path / 'portal.db'}"))


@pytest.fixture
def services(environment: None) -> DeskServices:
    return open_desk_services(PortalSettings())


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["staff", *arguments])


def add(login: str = "hanh", *more: str) -> Result:
    return run("add", login, "--name", "Nguyễn Thị Hạnh", *(more or ("--role", "archivist")))


def one_time_password(answer: Result) -> str:
    assert answer.exit_code == 0, answer.output
    return re.search(r"shown this once: (\S+)$", answer.stdout, re.MULTILINE)[1]  # type: ignore[index]


def test_somebody_is_added_with_a_password_that_works_once_and_whose_author_is_known(services: DeskServices) -> None:
    password = one_time_password(add("Hanh"))
    found = services.credentials.check("hanh", password, owner=Owner.STAFF, now=datetime.now(UTC)).credential
    assert found is not None
    assert found.must_change
    authors = {each.author for each in services.events.newest(most=10) if each.what == "staff-added"}
    assert len(authors) == 1
    assert authors.pop().startswith("os:")
    assert getpass.getuser() == "somebody-else", "what the environment claims does not count"
    assert all("somebody-else" not in each.author for each in services.events.newest(most=10))


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--role", "auditor", "--role", "administrator"), 1, "nobody may be administrator and auditor at once"),
        (("--role", "king"), 2, "'king' is not one of"),
        (("--oidc", "tinh"), 2, "requires 2 arguments"),
        (("--role", "head", "--oidc", "khac", "7f"), 1, "no identity provider for staff is called khac"),
    ],
)
def test_what_is_refused_is_said_and_adds_nobody(
    arguments: tuple[str, ...], code: int, said: str, services: DeskServices
) -> None:
    answer = add("hanh", *arguments)
    assert answer.exit_code == code
    assert said in answer.stderr
    assert services.staff.all() == []


def test_a_taken_login_is_refused() -> None:
    assert add().exit_code == 0
    answer = add()
    assert answer.exit_code == 1
    assert "hanh is taken" in answer.stderr


def test_somebody_of_the_provider_has_no_password(services: DeskServices) -> None:
    answer = add("hanh", "--role", "head", "--oidc", "tinh", "7f1c")
    assert answer.exit_code == 0
    assert "one-time" not in answer.output
    assert services.staff.of_identity("tinh", "7f1c") == services.staff.by_login("hanh")
    assert (
        "somebody else of the staff has this subject" in add("binh", "--role", "head", "--oidc", "tinh", "7f1c").stderr
    )


def test_lock_unlock_and_reset_do_what_they_say_and_end_sessions(services: DeskServices) -> None:
    add()
    member = services.staff.by_login("hanh")
    assert member is not None
    for number, command in enumerate((("lock", "hanh"), ("unlock", "hanh", "--new-password"), ("reset-totp", "hanh"))):
        services.sessions.add(f"key-{number}", Stored(member.id, {}, datetime.now(UTC)))
        answer = run(*command)
        assert answer.exit_code == 0, answer.output
        assert services.sessions.of_owner(member.id) == [], command
    assert [each.what for each in services.events.newest(most=4)] == [
        "totp-reset",
        "password-reset",
        "unlocked",
        "locked",
    ]


def test_other_roles_count_at_once(services: DeskServices) -> None:
    add()
    member = services.staff.by_login("hanh")
    assert member is not None
    services.sessions.add("key", Stored(member.id, {}, datetime.now(UTC)))
    answer = run("roles", "Hanh", "--role", "head", "--role", "administrator")
    assert answer.exit_code == 0, answer.output
    assert "hanh is administrator, head from now on" in answer.stdout
    assert services.sessions.of_owner(member.id) == []
    assert services.staff.by_id(member.id).roles == {Role.HEAD, Role.ADMINISTRATOR}  # type: ignore[union-attr]
    newest = services.events.newest(most=1)[0]
    assert (newest.what, newest.author[:3]) == ("roles-changed", "os:")


def test_nobody_becomes_auditor_and_administrator_and_the_session_goes_on(services: DeskServices) -> None:
    add()
    member = services.staff.by_login("hanh")
    assert member is not None
    services.sessions.add("key", Stored(member.id, {}, datetime.now(UTC)))
    answer = run("roles", "hanh", "--role", "auditor", "--role", "administrator")
    assert answer.exit_code == 1
    assert "nobody may be administrator and auditor at once" in answer.stderr
    assert run("roles", "hanh").exit_code == 2
    assert services.staff.by_login("hanh") == member
    assert len(services.sessions.of_owner(member.id)) == 1


@pytest.mark.parametrize("command", [("lock",), ("unlock",), ("reset-totp",), ("roles", "--role", "head")])
def test_nobody_by_that_name(command: tuple[str, ...]) -> None:
    answer = run(*command, "nobody")
    assert answer.exit_code == 1
    assert "nobody of the staff is called nobody" in answer.stderr


def test_the_list_tells_everybody_and_no_secret(services: DeskServices) -> None:
    password = one_time_password(add())
    add("binh", "--role", "auditor", "--oidc", "tinh", "7f")
    run("lock", "binh")
    answer = CliRunner(env={"COLUMNS": "200"}).invoke(main, ["staff", "list"])
    lines = [line for line in answer.stdout.splitlines() if "hanh" in line or "binh" in line]
    assert ["open" in line for line in lines] == [False, True]
    assert "tinh" in lines[0]
    assert password not in answer.stdout
    assert "argon2" not in answer.stdout


def test_a_store_that_cannot_be_read_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ARCHIVE_STORE_URL", f"sqlite:///{tmp_path / 'nowhere' / 'portal.db'}")
    for command in (("list",), ("lock", "hanh")):
        answer = run(*command)
        assert answer.exit_code == 1
        assert "archive-portal store migrate" in answer.stderr


def test_help_has_examples_and_exit_codes() -> None:
    answer = run("--help")
    assert "archive-portal staff add hanh" in answer.output
    assert "Exit codes:" in answer.output
    assert "--password" not in run("add", "--help").output
