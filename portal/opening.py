"""What the public site and the desk open alike, each for itself: seals, sessions, ways to send, attachments."""

from datetime import timedelta

from portal.accounts.people.accounts import Accounts
from portal.audit.keys import log_key
from portal.clock import utc_now
from portal.notices.mail import MailServer
from portal.notices.outlets import Outlets, open_outlets
from portal.notices.sms_gateway import Gateway
from portal.requests.case import Requester
from portal.requests.files import CaseFiles
from portal.requests.scanning import open_scanner
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


def access_log_key(settings: PortalSettings) -> bytes:
    """The key of the access log, which also gives readers the pseudonyms by which log and register know them."""
    return log_key(settings.access_log_key.get_secret_value(), secret_key=settings.secret_key.get_secret_value())


def outlets_of(settings: PortalSettings) -> Outlets:
    """The ways that the settings name, or in a demonstration its folder. ValueError for a server of no use."""
    return open_outlets(
        mail=_mail_server(settings) if settings.smtp_host else None,
        sms_folder=settings.sms_spool_dir,
        sms_gateway=_sms_gateway(settings) if settings.sms_gateway_url else None,
        demo_folder=settings.demo_mail_dir,
    )


def open_files(settings: PortalSettings, database: Database, seal: Sealing) -> CaseFiles:
    """What readers attach: written on the public site, read at the desk."""
    scanner = open_scanner(settings.clamav_socket)
    return CaseFiles(database, seal, settings.attachments_dir, scanner, most_bytes=settings.attachment_bytes)


def requester_in(accounts: Accounts, account_id: str) -> Requester | None:
    """Who asks, as the account says now."""
    account = accounts.by_id(account_id)
    if account is None:
        return None
    facts = account.facts
    return Requester(
        account_id=account.id,
        kind=account.kind.value,
        name=facts.name,
        number=facts.citizen_number or facts.document,
        organisation=facts.organisation_name,
        contact=account.contact[1] if account.contact else "",
    )


def name_in(accounts: Accounts, account_id: str) -> str:
    """What a reader is called, or for an organisation who acts for it and which it is; "" for nobody."""
    account = accounts.by_id(account_id)
    if account is None:
        return ""
    return ", ".join(part for part in (account.name, account.facts.organisation_name) if part)


def _sms_gateway(settings: PortalSettings) -> Gateway:
    return Gateway(settings.sms_gateway_url, settings.sms_gateway_key.get_secret_value())


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
