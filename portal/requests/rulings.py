"""Whether what is proposed or decided fits the case and the table of reasons."""

from collections.abc import Mapping

from portal.requests.case import Bar, NotAllowed
from portal.requests.provisions.models import Reason, Reasons
from portal.requests.ruling import Ruling
from portal.requests.taking import Taking


class UnknownReason(ValueError):
    """The reason of a refusal is not in the table; the argument is its code."""


def check_rulings(taken: Taking, rulings: Mapping[int, Ruling]) -> None:
    """Each record is ruled on, within what it has. Raises NotAllowed and UnknownReason."""
    if set(rulings) != {line.number for line in taken.case.lines}:
        raise NotAllowed(Bar.EVERY_RECORD)
    for line in taken.case.lines:
        ruling = rulings[line.number]
        if not ruling.granted:
            reason_named(taken.provisions.reasons, ruling.reason)
        if line.page_count and any(last > line.page_count for _, last in ruling.pages):
            raise NotAllowed(Bar.PAGES_BEYOND)


def reason_named(reasons: Reasons, code: str) -> Reason:
    """The reason of this code. Raises UnknownReason."""
    known = reasons.named(code)
    if known is None:
        raise UnknownReason(code)
    return known
