"""What a WSGI server calls for the desk: `gunicorn 'portal.desk.wsgi:create()'`."""

from flask import Flask

from portal.desk.app import create_desk
from portal.desk.opening import open_desk_services
from portal.settings import PortalSettings


def create() -> Flask:
    """The staff site with settings from the file and the environment."""
    settings = PortalSettings()
    return create_desk(settings, open_desk_services(settings))
