"""The command `archive-portal`."""

import click

from portal.app import create_app
from portal.audit.commands import log
from portal.demo_provider.commands import demo_provider
from portal.desk.commands import staff
from portal.questioning import command as question
from portal.settings import PortalSettings
from portal.store.commands import store
from portal.worker.commands import worker


@click.group(epilog="Settings: archive.toml or ARCHIVE_... in the environment. Production: deploy/bin/serve.")
def main() -> None:
    """The public portal of the archive.

    \b
    Examples:
      archive-portal routes
      archive-portal serve --port 8000
      archive-portal worker --once
      archive-portal log verify --heads /mnt/anchor/heads.jsonl
    """


main.add_command(demo_provider)
main.add_command(log)
main.add_command(question)
main.add_command(staff)
main.add_command(store)
main.add_command(worker)


@main.command()
@click.option("--port", default=8000, show_default=True, help="Port on this machine's loopback address.")
def serve(port: int) -> None:
    """Serve the portal to this machine only, for looking at it; production runs under gunicorn."""
    create_app(PortalSettings()).run(host="127.0.0.1", port=port)


@main.command()
def routes() -> None:
    """List every route and what it declares to do with records."""
    app = create_app(PortalSettings())
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        action = getattr(app.view_functions[rule.endpoint], "declared_action", None)
        click.echo(f"{rule.rule:60} {action.value if action else '-'}")
