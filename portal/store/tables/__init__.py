"""Tables of the store. Ids are 32 hexadecimal digits; moments are UTC; columns named `sealed` hold personal data that
only the portal's key opens.
"""

from portal.store.tables.account_tables import (
    accounts,
    contact_codes,
    credentials,
    events,
    identities,
    once,
    password_history,
    readings,
    recovery_codes,
    session_labels,
    sessions,
    staff,
)
from portal.store.tables.background_tables import (
    leases,
    notices,
)
from portal.store.tables.case_tables import (
    case_events,
    case_files,
    case_lines,
    case_notes,
    case_numbers,
    case_permits,
    cases,
    permit_pages,
    provisions,
    saved_views,
)
from portal.store.tables.columns import metadata

__all__ = [
    "accounts",
    "case_events",
    "case_files",
    "case_lines",
    "case_notes",
    "case_numbers",
    "case_permits",
    "cases",
    "contact_codes",
    "credentials",
    "events",
    "identities",
    "leases",
    "metadata",
    "notices",
    "once",
    "password_history",
    "permit_pages",
    "provisions",
    "readings",
    "recovery_codes",
    "saved_views",
    "session_labels",
    "sessions",
    "staff",
]
