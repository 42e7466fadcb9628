"""What the desk is made of. Tests put their own in."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.accounts.credentials.credentials import Credentials
from portal.accounts.people.accounts import Accounts
from portal.accounts.providers.provider import Provider
from portal.accounts.staff.events import AccountEvents
from portal.accounts.staff.register import StaffRegister
from portal.clock import Now
from portal.desk.administration.ledger import Ledger
from portal.desk.administration.public_index import PublicIndex
from portal.desk.cases.records import Records
from portal.requests.deciding import Deciding
from portal.requests.files import CaseFiles
from portal.requests.handling import Handling
from portal.requests.provisions.kept import Provisions
from portal.requests.queue import Queue
from portal.requests.saved_views import SavedViews
from portal.requests.workload import Workload
from portal.sessions.store import SessionStore
from portal.store.sealing import Sealing
from portal.store.undelivered import Undelivered


@dataclass(frozen=True)
class DeskServices:
    """`sessions` are those of staff, `reader_sessions` those of the public site, `providers` those whose audience is
    staff. From `code_waived_from` on, a level of assurance of such a provider makes a code needless; None: never.
    """

    sessions: SessionStore
    reader_sessions: SessionStore
    staff: StaffRegister
    credentials: Credentials
    events: AccountEvents
    accounts: Accounts
    providers: Mapping[str, Provider]
    seal: Sealing
    queue: Queue
    handling: Handling
    deciding: Deciding
    provisions: Provisions
    case_files: CaseFiles
    records: Records
    saved_views: SavedViews
    workload: Workload
    ledger: Ledger
    public_index: PublicIndex
    undelivered: Undelivered
    now: Now
    code_waived_from: int | None = None
