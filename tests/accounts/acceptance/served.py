"""The portal for a test server that learns its address only when it starts."""

import os

from flask import Flask

from portal.app import create_app
from portal.settings import PortalSettings


def create() -> Flask:
    """As `portal.wsgi.create`, with addresses built from where gunicorn listens."""
    return create_app(PortalSettings(base_url=f"http://{os.environ['ARCHIVE_BIND']}"))
