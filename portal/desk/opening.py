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
from portal.settings import PortalSettings
from portal.store.database import Database


def open_desk_services(settings: PortalSettings) -> DeskServices:
    """The real ones. Nothing is read before the first request."""
    database, seal = Database(settings.store_url), open_sealing(settings)
    idle, longest = timedelta(minutes=settings.desk_idle_minutes), timedelta(hours=settings.desk_hours)
    credentials = Credentials(database, seal, settings.password_rules)
    profiles = [profile for profile in settings.identity_providers if profile.audience == "staff"]
    return DeskServices(
        sessions=open_sessions(settings, database, application="desk", idle=idle, longest=longest),
        staff=StaffRegister(database, credentials),
        credentials=credentials,
        events=AccountEvents(database),
        accounts=Accounts(database, seal),
        providers=open_providers(profiles, base_url=settings.desk_url),
        seal=seal,
        now=utc_now,
        code_waived_from=settings.desk_code_waived_from_level,
    )
