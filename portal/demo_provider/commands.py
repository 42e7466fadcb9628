"""`archive-portal demo-provider`."""

import json
from urllib.parse import urlsplit

import click
from pydantic import ValidationError
from werkzeug.serving import WSGIRequestHandler, make_server

from portal.clock import utc_now
from portal.demo_provider.app import create_provider
from portal.demo_provider.client import PortalClient
from portal.demo_provider.profile import entry
from portal.settings import PortalSettings

HOST = "127.0.0.1"


class _Silent(WSGIRequestHandler):
    """Addresses carry states and tokens here, so none is written down."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing."""


@click.command("demo-provider")
@click.option("--port", default=8002, show_default=True, type=click.IntRange(1024, 65535), help="Port on 127.0.0.1.")
@click.option("--portal", default="", help="Where the demonstration's portal is, on this machine. [default: base_url]")
@click.option("--print-profile", is_flag=True, help="Print what identity_providers has to hold, as JSON, and end.")
def demo_provider(port: int, portal: str, print_profile: bool) -> None:
    """Serve "VNeID (thử nghiệm)", where visitors of a demonstration choose who they are, to this machine only.

    Works only with the setting demo = true and a profile of identity_providers that is marked demo and has the issuer
    http://127.0.0.1:PORT.

    \b
    Examples:
      ARCHIVE_IDENTITY_PROVIDERS="$(archive-portal demo-provider --print-profile)"
      archive-portal demo-provider --port 8002 --portal http://127.0.0.1:8000
    """
    issuer = f"http://{HOST}:{port}"
    if print_profile:
        click.echo(json.dumps([entry(issuer)], ensure_ascii=False))
        return
    settings = _settings()
    client = _client(settings, issuer=issuer, portal=portal or settings.base_url)
    if settings.demo_mail_dir is None:
        raise click.UsageError("the setting demo_mail_dir has to name the folder of the demonstration's messages")
    app = create_provider(issuer=issuer, client=client, mail_folder=settings.demo_mail_dir, now=utc_now)
    make_server(HOST, port, app, threaded=True, request_handler=_Silent).serve_forever()


def _settings() -> PortalSettings:
    try:
        return PortalSettings()
    except ValidationError as error:  # of what it says, only the words: not the values, among which are secrets
        raise click.UsageError("; ".join(str(fault["msg"]) for fault in error.errors())) from None


def _client(settings: PortalSettings, *, issuer: str, portal: str) -> PortalClient:
    """The portal as the profile of this provider describes it. UsageError, which is exit code 2, in any other case."""
    if not settings.demo:
        raise click.UsageError("this is for demonstrations only: the setting demo is not true")
    if urlsplit(portal).hostname not in {HOST, "localhost"}:
        raise click.UsageError(f"--portal has to be on this machine, not {portal}")
    for profile in settings.identity_providers:
        if profile.demo and profile.issuer == issuer:
            return PortalClient.of(profile, portal=portal)
    raise click.UsageError(f"no profile of identity_providers is marked demo and has the issuer {issuer}")
