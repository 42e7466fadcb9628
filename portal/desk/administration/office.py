"""What the pages of administration work with: services of the desk, and the day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.accounts.staff.register import StaffRegister
from portal.clock import Now, archive_day
from portal.desk.administration.ledger import Ledger
from portal.desk.administration.public_index import PublicIndex
from portal.requests.provisions.kept import Provisions
from portal.requests.queue import Queue
from portal.requests.workload import Workload


@dataclass(frozen=True)
class AdministrationOffice:
    """`ledger` is the register of lists, withdrawals and permits as these pages see it."""

    provisions: Provisions
    queue: Queue
    workload: Workload
    ledger: Ledger
    index: PublicIndex
    staff: StaffRegister
    archive_name: str
    now: Now

    @property
    def today(self) -> date:
        """The day at the archive."""
        return archive_day(self.now())

    def names(self) -> Mapping[str, str]:
        """Names of staff by login, which is how provisions and the register name their authors."""
        return {member.login: member.name for member in self.staff.all()}

    def names_by_id(self) -> Mapping[str, str]:
        """Names of staff by id, which is how cases name those who handle them."""
        return {member.id: member.name for member in self.staff.all()}
