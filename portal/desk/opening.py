"""The composition root of the desk: the one place of it that opens an index, a register or the store."""

from datetime import timedelta
from functools import partial

from access_policy.register.store import open_register
from indexer.index.readers import open_readers
from portal.accounts.credentials.credentials import Credentials
from portal.accounts.people.accounts import Accounts
from portal.accounts.providers.open import open_providers
from portal.accounts.staff.events import AccountEvents
from portal.accounts.staff.register import StaffRegister
from portal.audit.keys import reader_id
from portal.clock import utc_now
from portal.desk.administration.ledger import Ledger
from portal.desk.administration.public_index import PublicIndex
from portal.desk.cases.records import Records
from portal.desk.services import DeskServices
from portal.opening import access_log_key, open_files, open_sealing, open_sessions
from portal.register_watch import RegisterWatch
from portal.requests.deciding import Deciding
from portal.requests.handling import Handling
from portal.requests.provisions.kept import Provisions
from portal.requests.queue import Queue
from portal.requests.saved_views import SavedViews
from portal.requests.workload import Workload
from portal.sessions.store import SessionStore
from portal.settings import PortalSettings
from portal.store.database import Database
from portal.store.undelivered import Undelivered


def open_desk_services(settings: PortalSettings) -> DeskServices:
    """The real ones. Nothing is read before the first request."""
    database, seal = Database(settings.store_url), open_sealing(settings)
    register = open_register(settings.register_url)
    index, watch = open_readers(settings), RegisterWatch(register)
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
        queue=Queue(database, seal),
        handling=Handling(database, seal),
        deciding=Deciding(database, seal, register, pseudonym=partial(reader_id, access_log_key(settings))),
        provisions=Provisions(database),
        case_files=open_files(settings, database, seal),
        records=Records(index, watch),
        saved_views=SavedViews(database),
        workload=Workload(database),
        ledger=Ledger(register),
        public_index=PublicIndex(index, watch),
        undelivered=Undelivered(database, seal),
        now=utc_now,
        code_waived_from=settings.desk_code_waived_from_level,
    )


def _sessions(settings: PortalSettings, database: Database, application: str, minutes: int, hours: int) -> SessionStore:
    idle, longest = timedelta(minutes=minutes), timedelta(hours=hours)
    return open_sessions(settings, database, application=application, idle=idle, longest=longest)
