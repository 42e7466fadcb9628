"""The permits of one reader, as the reader sees them."""

from collections.abc import Sequence

from portal.requests.permits import CasePermit, permits_of_account
from portal.store.database import Database


class OwnPermits:
    """May raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, account_id: str) -> Sequence[CasePermit]:
        """Every permit that a case gave this reader, taken back or not, by case and record."""
        with self._database.reading() as connection:
            return permits_of_account(connection, account_id)

    def of_case(self, account_id: str, case_id: str) -> Sequence[CasePermit]:
        """Those of one case."""
        return [each for each in self.of(account_id) if each.case_id == case_id]
