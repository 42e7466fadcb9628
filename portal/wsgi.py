"""What a WSGI server calls: `gunicorn 'portal.wsgi:create()'`."""

from flask import Flask

from portal.app import create_app
from portal.settings import PortalSettings


def create() -> Flask:
    """The public site with settings from the file and the environment."""
    return create_app(PortalSettings())
