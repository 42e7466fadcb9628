"""What the public site and the desk open alike, each for itself: seals, sessions, ways to send a message."""

from datetime import timedelta

from portal.clock import utc_now
from portal.notices.mail import MailServer
from portal.notices.outlets import Outlets, open_outlets
from portal.sessions.database import DatabaseSessions
from portal.sessions.redis import RedisSessions
from portal.sessions.store import SessionStore
from portal.settings import PortalSettings
from portal.store.database import Database
from portal.store.sealing import Sealing


def open_sealing(settings: PortalSettings) -> Sealing:
    """With the keys of the settings; what one application seals the other opens."""
    secret = settings.secret_key.get_secret_value()
    keys = [key.get_secret_value() for key in settings.personal_data_keys] or [secret]
    return Sealing(keys, matching_key=settings.matching_key.get_secret_value() or secret)


def open_sessions(
    settings: PortalSettings, database: Database, *, application: str, idle: timedelta, longest: timedelta
) -> SessionStore:
    """In a Redis of their own, else in the one of limits, else in the store."""
    url = settings.session_redis_url or settings.redis_url
    if not url:
        return DatabaseSessions(database, application=application, idle=idle, now=utc_now)
    return RedisSessions(url, application=application, idle=idle, longest=longest, now=utc_now)


def outlets_of(settings: PortalSettings) -> Outlets:
    """The ways that the settings name, or in a demonstration its folder. ValueError for a mail server of no use."""
    return open_outlets(
        mail=_mail_server(settings) if settings.smtp_host else None,
        sms_folder=settings.sms_spool_dir,
        demo_folder=settings.demo_mail_dir,
    )


def _mail_server(settings: PortalSettings) -> MailServer:
    return MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.smtp_sender,
        starttls=settings.smtp_starttls,
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value(),
        ca_file=settings.smtp_ca_file,
    )
