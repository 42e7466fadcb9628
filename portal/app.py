"""The public site."""

from datetime import timedelta

from flask import Blueprint, Flask
from flask_compress import Compress
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import assets, errors, gate, headers, health, i18n, limits, uploads
from portal.about.views import make_blueprint as about
from portal.accounts.views import make_blueprint as accounts
from portal.catalogue.views import make_blueprint as catalogue
from portal.requests.pages.views import make_blueprint as requests
from portal.sessions import interface as sessions
from portal.settings import PortalSettings
from portal.viewer.views import make_blueprint as viewer
from portal.wiring import Services, open_services


def create_app(settings: PortalSettings, services: Services | None = None) -> Flask:
    """The public site, ready for a WSGI server. Nothing is opened before the first request."""
    services = services or open_services(settings)
    app = Flask("portal", template_folder=assets.folder("templates"), static_folder=assets.folder("static"))
    app.config.from_mapping(
        SECRET_KEY=settings.secret_key.get_secret_value(),
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        MAX_CONTENT_LENGTH=64_000,
    )
    longest = timedelta(hours=settings.session_hours)
    sessions.install(app, services.sessions, cookie="__Host-session", longest=longest, now=services.now)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    uploads.install(app)
    CSRFProtect(app)
    Compress(app)
    for part in (errors, headers, i18n, assets):
        part.install(app)
    gate.install(
        app,
        index=services.index,
        register=services.register,
        access_log=services.access_log,
        asking=services.askers.now_asking,
        today=services.today,
        quota=services.quota,
        now=services.now,
    )
    classes = limits.install(app, settings)
    english = Blueprint("en", "portal", url_prefix="/en")
    for feature in (
        catalogue(classes),
        viewer(settings, classes, services.pages, services.readings, services.reader_name),
        accounts(settings, services, classes),
        requests(settings, services, classes),
        about(),
    ):
        app.register_blueprint(feature)
        english.register_blueprint(feature)
    app.register_blueprint(english)
    app.register_blueprint(health.make_blueprint(services.index, services.register))
    app.view_functions["static"] = gate.declares(None)(app.view_functions["static"])
    app.context_processor(
        lambda: {
            "archive_name": settings.archive_name if i18n.language() == "vi" else settings.archive_name_en,
            "contact_email": settings.contact_email,
            "demo": settings.demo,
        }
    )
    return app
