"""Mã hồ sơ: the code by which everybody knows a case, after TT 01/2018/TT-VPCP, Article 19."""

import re
import secrets
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from portal.store.tables import case_numbers

CODE = re.compile(r"(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{1,3}){1,4})-\d{6}-\d{4,}")
AGENCY = r"^(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{1,3}){1,4})$"
LOOKUP_DIGITS = 6

_INSERTS: Mapping[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def next_code(connection: Connection, agency: str, *, today: date) -> str:
    """The next code of a day, for instance `H38.12-261121-0001`; no two transactions get the same."""
    first = _INSERTS[connection.dialect.name](case_numbers).values(agency=agency, day=today, last=1)
    again = first.on_conflict_do_update(index_elements=["agency", "day"], set_={"last": case_numbers.c.last + 1})
    number = connection.execute(again.returning(case_numbers.c.last)).scalar_one()
    return f"{agency}-{today:%y%m%d}-{number:04}"


def lookup_digits() -> str:
    """The second thing to know when a case is looked up without signing in; printed on the receipt."""
    return f"{secrets.randbelow(10**LOOKUP_DIGITS):0{LOOKUP_DIGITS}}"
