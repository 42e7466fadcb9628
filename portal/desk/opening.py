"""The composition root of the desk: the one place of it that opens the store, sessions and identity providers."""

from datetime import timedelta

from portal.accounts.credentials.credentials import Credentials
from portal.accounts.people.accounts import Accounts
from portal.accounts.providers.open import open_providers
from portal.accounts.staff.events import AccountEvents
from portal.accounts.staff.register import StaffRegister
from portal.clock import utc_now
from portal.desk.services import DeskServices
from portal.opening import open_sealing, open_sessions
from portal.sessions.store import SessionStore
from portal.settings import PortalSettings
from portal.store.database import Database


def open_desk_services(settings: PortalSettings) -> DeskServices:
    """The real ones. Nothing is read before the first request."""
    database, seal = Database(settings.store_url), open_sealing(settings)
    credentials = Credentials(database, seal, settings.password_rules)
    profiles = [profile for profile in settings.identity_providers if profile.audience == "staff"]
    return DeskServices(
        sessions=_sessions(settings, database, "desk", settings.desk_idle_minutes, settings.desk_hours),
        reader_sessions=_sessions(settings, database, "reader", settings.session_idle_minutes, settings.session_hours),
        staff=StaffRegister(database, credentials),
        credentials=credentials,
        events=AccountEvents(database),
        accounts=Accounts(database, seal),
        providers=open_providers(profiles, base_url=settings.desk_url),
        seal=seal,
        now=utc_now,
        code_waived_from=settings.desk_code_waived_from_level,
    )


def _sessions(settings: PortalSettings, database: Database, application: str, minutes: int, hours: int) -> SessionStore:
    idle, longest = timedelta(minutes=minutes), timedelta(hours=hours)
    return open_sessions(settings, database, application=application, idle=idle, longest=longest)
