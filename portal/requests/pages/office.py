"""What the pages of requests work with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from portal.clock import Now, Today
from portal.requests.case import Requester
from portal.requests.cases import Cases
from portal.requests.files import CaseFiles
from portal.requests.own_permits import OwnPermits
from portal.requests.provisions.kept import Provisions
from portal.requests.service_figures import Figures
from portal.sessions.session import current
from portal.store.inbox import Inbox


class Served(Protocol):
    """What the composition root has to hand over."""

    @property
    def cases(self) -> Cases: ...
    @property
    def case_files(self) -> CaseFiles: ...
    @property
    def case_permits(self) -> OwnPermits: ...
    @property
    def provisions(self) -> Provisions: ...
    @property
    def service_figures(self) -> Figures: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def requester_of(self) -> Callable[[str], Requester | None]: ...
    @property
    def today(self) -> Today: ...
    @property
    def now(self) -> Now: ...


@dataclass(frozen=True)
class Office:
    """`archive_names` by language; `level` says how surely a reader must be known to submit."""

    cases: Cases
    files: CaseFiles
    permits: OwnPermits
    provisions: Provisions
    figures: Figures
    inbox: Inbox
    requester_of: Callable[[str], Requester | None]
    archive_names: Mapping[str, str]
    base_url: str
    level: int
    today: Today
    now: Now

    @property
    def account_id(self) -> str:
        """Whose request this is; every page of requests is for readers who have signed in."""
        return current().owner
