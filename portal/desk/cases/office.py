"""What the pages of cases work with: services of the desk, and the day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from portal.accounts.staff.register import StaffRegister
from portal.accounts.staff.roles import Duty
from portal.clock import Now, archive_day
from portal.desk.cases.records import Records
from portal.requests.case import Bar, Case, NotAllowed
from portal.requests.deciding import Deciding
from portal.requests.files import CaseFiles
from portal.requests.handling import Handling
from portal.requests.item_class import stricter
from portal.requests.provisions.kept import InForce, Provisions
from portal.requests.queue import Queue
from portal.requests.ruling import Ruling


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

    def handlers(self) -> Mapping[str, str]:
        """Names of those to whom a case may be given, by id: whoever handles cases and is not locked."""
        staff = self.staff.all()
        return {member.id: member.name for member in staff if member.active and member.may(Duty.HANDLE_CASES)}

    def as_it_stands(self, case: Case) -> Case:
        """The case with its records in their classes of today where those are stricter. What was handed in as open may
        have been put on a list meanwhile, and is then not for everybody to decide.
        """
        standing = self.records.standing([line.record_id for line in case.lines], today=self.today)
        lines = (
            replace(line, item=stricter(line.item, standing[line.record_id].item))
            if line.record_id in standing
            else line
            for line in case.lines
        )
        return replace(case, lines=tuple(lines))

    def check_grantable(self, case: Case, rulings: Mapping[int, Ruling]) -> None:
        """Whether what is granted may be known today, by index and register. Raises NotAllowed."""
        granted = [line.record_id for line in case.lines if line.number in rulings and rulings[line.number].granted]
        standing = self.records.standing(granted, today=self.today) if granted else {}
        if any(record_id not in standing for record_id in granted):
            raise NotAllowed(Bar.NOT_GRANTABLE)
