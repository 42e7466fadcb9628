"""The commands `archive-portal store …`."""

import sys

import click

from portal.settings import PortalSettings
from portal.store.database import Database, StoreUnavailable
from portal.store.migrating import migrate


@click.group(epilog="Example: archive-portal store migrate")
def store() -> None:
    """The portal's own tables: accounts, credentials, sessions."""


@store.command("migrate")
def migrate_command() -> None:
    """Bring the tables up to date; does nothing where they are.

    \b
    Exit codes: 0 done, 1 the database cannot be used.
    """
    try:
        migrate(Database(PortalSettings().store_url))
    except StoreUnavailable as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo("the store is up to date")
