"""The desk as an application of its own."""

from datetime import timedelta

from flask import Blueprint, Flask
from flask_compress import Compress
from flask_wtf import CSRFProtect
from jinja2 import FileSystemLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import assets, errors, headers, i18n, limits, uploads
from portal.accounts import form_targets
from portal.desk import (
    account_events,
    back_channel,
    deletions,
    enrolment,
    gate,
    health,
    home,
    identity_providers,
    issuing,
    own_account,
    passwords,
    second_step,
    shown,
    signing_in,
    signing_out,
    staff_list,
    undelivered,
)
from portal.desk.administration import routes as administration
from portal.desk.cases import routes as cases
from portal.desk.services import DeskServices
from portal.limits import Limits
from portal.sessions import interface as sessions
from portal.settings import PortalSettings

COOKIE = "__Host-desk"


def create_desk(settings: PortalSettings, services: DeskServices) -> Flask:
    """The staff site, ready for a WSGI server. Nothing is opened before the first request."""
    templates = assets.folder("templates")
    app = Flask("portal.desk", static_folder=assets.folder("static"))
    app.jinja_loader = FileSystemLoader([templates / "desk", templates])
    app.config.from_mapping(
        SECRET_KEY=settings.secret_key.get_secret_value(),
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        MAX_CONTENT_LENGTH=256_000,
    )
    longest = timedelta(hours=settings.desk_hours)
    sessions.install(app, services.sessions, cookie=COOKIE, longest=longest, now=services.now)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    uploads.install(app)
    CSRFProtect(app)
    Compress(app)
    errors.install(app)
    headers.install(app, sends_to=_told_of_sign_outs(services))
    assets.install(app)
    i18n.install(app, home="desk.home")
    gate.install(app, services.staff)
    classes = limits.install(app, settings)
    desk = _pages(settings, services, classes)
    english = Blueprint("en", "portal.desk", url_prefix="/en")
    english.register_blueprint(desk)
    for blueprint in (desk, english, health.make_blueprint(services)):
        app.register_blueprint(blueprint)
    app.view_functions["static"] = gate.declares(gate.Open.ANYONE)(app.view_functions["static"])
    shown.install(app, settings)
    return app


def _pages(settings: PortalSettings, services: DeskServices, classes: Limits) -> Blueprint:
    desk = Blueprint("desk", "portal.desk")
    home.add_routes(desk)
    signing_in.add_routes(desk, services, classes)
    signing_out.add_routes(desk, services)
    second_step.add_routes(desk, services, classes)
    enrolment.add_routes(desk, services, classes, issuer=settings.archive_name)
    passwords.add_routes(desk, services, classes)
    identity_providers.add_routes(desk, services, classes)
    back_channel.add_routes(desk, services, classes)
    own_account.add_routes(desk, services, classes)
    staff_list.add_routes(desk, services)
    account_events.add_routes(desk, services)
    issuing.add_routes(desk, services)
    deletions.add_routes(desk, services)
    undelivered.add_routes(desk, services)
    cases.add_routes(desk, settings, services)
    administration.add_routes(desk, settings, services)
    return desk


def _told_of_sign_outs(services: DeskServices) -> set[str]:
    """Hosts to which the form for signing out leads on: browsers hold redirects to the policy for forms as well."""
    asked = [provider for provider in services.providers.values() if provider.profile.logout != "none"]
    return {source for provider in asked for source in form_targets.sources(provider)}
