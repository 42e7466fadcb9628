"""The commands `archive-portal staff ...`."""

import os
import pwd
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NoReturn

import click
from rich.console import Console
from rich.table import Column, Table

from portal.accounts.credentials.credentials import NoSuchLogin
from portal.accounts.credentials.events import Owner
from portal.accounts.credentials.issuing import LoginTaken
from portal.accounts.credentials.stored import normal_login
from portal.accounts.staff.member import StaffMember
from portal.accounts.staff.register import NoSuchStaff, SubjectTaken
from portal.accounts.staff.roles import Role, RolesIncompatible
from portal.clock import ARCHIVE_ZONE
from portal.desk.opening import open_desk_services
from portal.desk.services import DeskServices
from portal.sessions.store import SessionsAway
from portal.settings import PortalSettings
from portal.store.database import StoreUnavailable

FAILED = 1

_login = click.argument("login", callback=lambda _context, _parameter, value: normal_login(value))


_roles = click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="What the person may do; may be given several times. Nobody is auditor and administrator at once.",
)


@click.group("staff")
def staff() -> None:
    """The accounts of the archive's own people.

    Every command is written down in the events of the account, with the name of the operating-system user.

    \b
    Examples:
      archive-portal staff add hanh --name "Nguyễn Thị Hạnh" --role archivist
      archive-portal staff add binh --name "Trần Bình" --role auditor --oidc tinh 7f1c2a
      archive-portal staff roles hanh --role archivist --role head
      archive-portal staff lock hanh
      archive-portal staff unlock hanh --new-password
      archive-portal staff reset-totp hanh
      archive-portal staff list

    \b
    Exit codes: 0 done, 1 refused or the store cannot be used, 2 wrong usage.
    """


@staff.command("add")
@_login
@click.option("--name", required=True, help="The person's name, as it is shown.")
@_roles
@click.option("--oidc", nargs=2, metavar="PROVIDER SUBJECT", help="Signs in through this identity provider alone.")
def add_command(login: str, name: str, roles: tuple[str, ...], oidc: tuple[str, str] | None) -> None:
    """Add somebody, and print a one-time password once; it has to be changed at the first sign-in.

    LOGIN has 3 to 40 small letters without accents, digits, dots or hyphens. With --oidc there is no password.
    """
    services, author, now = _services(), _author(), datetime.now(UTC)
    held = [Role(role) for role in roles]
    with _refusals():
        if oidc:
            provider, subject = oidc
            if provider not in services.providers:
                _fail(f"no identity provider for staff is called {provider}")
            services.staff.add_known(
                login=login, name=name, roles=held, provider=provider, subject=subject, author=author, now=now
            )
            _console().print(f"{login} signs in through {provider}")
            return
        password = services.staff.add(login=login, name=name, roles=held, author=author, now=now)
        _console().print(f"one-time password of {login}, shown this once: {password}")


@staff.command("roles")
@_login
@_roles
def roles_command(login: str, roles: tuple[str, ...]) -> None:
    """Give somebody these roles and no others, and end their sessions at once."""
    services = _services()
    with _refusals():
        held = [Role(role) for role in roles]
        member = services.staff.change_roles(login, held, author=_author(), now=datetime.now(UTC))
        services.sessions.end_owner(member.id)
    _console().print(f"{login} is {', '.join(sorted(role.value for role in member.roles))} from now on")


@staff.command("lock")
@_login
def lock_command(login: str) -> None:
    """Close an account until it is unlocked, and end its sessions at once."""
    services = _services()
    with _refusals():
        member = services.staff.lock(login, author=_author(), now=datetime.now(UTC))
        services.sessions.end_owner(member.id)
    _console().print(f"{login} is locked")


@staff.command("unlock")
@_login
@click.option("--new-password", is_flag=True, help="Also print a new one-time password, for one that was forgotten.")
def unlock_command(login: str, new_password: bool) -> None:
    """Open an account again after a lock, too many failures, or long idleness."""
    services, author, now = _services(), _author(), datetime.now(UTC)
    with _refusals():
        if new_password and (provider := _member(services, login).provider):
            _fail(f"{login} signs in through {provider} and has no password")
        member = services.staff.unlock(login, author=author, now=now)
        _console().print(f"{login} is open")
        if new_password:
            password = services.credentials.reset_password(login, owner=Owner.STAFF, author=author, now=now)
            services.sessions.end_owner(member.id)
            _console().print(f"one-time password of {login}, shown this once: {password}")


@staff.command("reset-totp")
@_login
def reset_totp_command(login: str) -> None:
    """Forget the app and the recovery codes; the next sign-in sets up others."""
    services = _services()
    with _refusals():
        member = _member(services, login)
        services.credentials.second_factors.reset(login, owner=Owner.STAFF, author=_author(), now=datetime.now(UTC))
        services.sessions.end_owner(member.id)
    _console().print(f"{login} sets up another app at the next sign-in")


@staff.command("list")
def list_command() -> None:
    """Show everybody: roles, how they sign in, whether their account opens."""
    services = _services()
    with _refusals():
        members, found = services.staff.all(), services.credentials.all_of(Owner.STAFF)
    headings = ("login", "name", "roles", "signs in by", "code", "last used", "state")
    table = Table(*(Column(heading, overflow="fold") for heading in headings))
    for member in members:
        credential = found.get(member.id)
        usable = credential is not None and services.credentials.usable(credential, now=datetime.now(UTC))
        table.add_row(
            member.login,
            member.name,
            ", ".join(sorted(role.value for role in member.roles)),
            member.provider or "password",
            "yes" if credential and credential.second_factor else "no",
            f"{credential.used_at.astimezone(ARCHIVE_ZONE):%Y-%m-%d %H:%M}" if credential else "",
            "open" if member.active and usable else "locked",
        )
    _console().print(table)


def _services() -> DeskServices:
    return open_desk_services(PortalSettings())


def _member(services: DeskServices, login: str) -> StaffMember:
    found = services.staff.by_login(login)
    if found is None:
        raise NoSuchStaff(login)
    return found


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (NoSuchStaff, NoSuchLogin) as error:
        _fail(f"nobody of the staff is called {error}")
    except LoginTaken as error:
        _fail(f"{error} is taken, or is no login: 3 to 40 small letters without accents, digits, dots, hyphens")
    except SubjectTaken as error:
        _fail(f"somebody else of the staff has this subject of {error}")
    except (RolesIncompatible, StoreUnavailable, SessionsAway) as error:
        _fail(str(error))


def _author() -> str:
    """Who gives the command, as the operating system knows it: what the environment claims does not count."""
    return f"os:{pwd.getpwuid(os.getuid()).pw_name}"


def _console() -> Console:
    return Console(markup=False, highlight=False, soft_wrap=True)


def _fail(message: str) -> NoReturn:
    click.echo(f"failed: {message}", err=True)
    sys.exit(FAILED)
