"""What the pages of cases work with: services of the desk, and the day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.accounts.staff.register import StaffRegister
from portal.clock import Now, archive_day
from portal.desk.cases.records import Records
from portal.requests.deciding import Deciding
from portal.requests.files import CaseFiles
from portal.requests.handling import Handling
from portal.requests.provisions.kept import InForce, Provisions
from portal.requests.queue import Queue


@dataclass(frozen=True)
class CaseOffice:
    """`archive_name` signs letters."""

    queue: Queue
    handling: Handling
    deciding: Deciding
    provisions: Provisions
    files: CaseFiles
    records: Records
    staff: StaffRegister
    archive_name: str
    now: Now

    @property
    def today(self) -> date:
        """The day at the archive."""
        return archive_day(self.now())

    def in_force(self) -> InForce:
        """The provisions of today."""
        return self.provisions.in_force(self.today)

    def names(self) -> Mapping[str, str]:
        """Names of staff by id."""
        return {member.id: member.name for member in self.staff.all()}
