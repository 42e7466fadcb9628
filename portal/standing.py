"""How a record stands for the one who asks: the status word, and why it is closed when it is."""

from dataclasses import dataclass

from access_policy.decide import Decision
from access_policy.parameters import (
    COMPLAINTS,
    CONDITIONAL_ANSWER_DAYS,
    DECIDING_OFFICE,
    DECIDING_OFFICE_EN,
    READING_ANSWER_DAYS,
    Citation,
)
from access_policy.terms import AccessStatus
from indexer.index.description import Description
from portal.i18n import _, day, language


@dataclass(frozen=True)
class Status:
    """How a record stands for this reader: `tone` is open, conditional or closed; the word says it without colour."""

    tone: str
    word: str


@dataclass(frozen=True)
class WhyClosed:
    """Why the record cannot be read now: words, article, list, since and until when, who decides, working
    days until an answer, and the law on complaining about it.
    """

    reason: str
    citation: str
    list_number: str
    since: str
    until: str
    decides: str
    days: int
    appeal: str


def status(record: Description, decision: Decision, *, permitted: bool = False) -> Status:
    """The status word for a decision on reading: there is something to read now, to ask for, or neither. `permitted`
    says that a permit of the reader opens some of it.
    """
    if decision.allowed:
        return Status("open", _("Đọc ngay") if record.page_count else _("Mở"))
    if permitted:
        return Status("open", _("Đọc theo giấy phép"))
    if decision.status is AccessStatus.OPEN:
        return Status("conditional", _("Đọc tại phòng đọc"))
    return Status("conditional", _("Xin đọc")) if decision.ground.requestable else Status("closed", _("Chưa mở"))


def why_closed(decision: Decision) -> WhyClosed | None:
    """The reason, the article and the way on, or None when the record may be read."""
    if decision.allowed:
        return None
    ground, vietnamese = decision.ground, language() == "vi"
    reason = decision.rule.words if vietnamese else decision.rule.words_en
    if decision.status is AccessStatus.OPEN:
        reason = _("Tài liệu này đọc được tại phòng đọc của lưu trữ.")
    return WhyClosed(
        reason=reason,
        citation=cited(decision.citation),
        list_number=ground.source,
        since=day(ground.since) if ground.since else "",
        until=day(ground.until) if ground.until else "",
        decides=DECIDING_OFFICE if vietnamese else DECIDING_OFFICE_EN,
        days=_answer_days(decision),
        appeal=cited(COMPLAINTS),
    )


def cited(citation: Citation) -> str:
    """An article in the language of the request."""
    if language() != "vi":
        return citation.text_en
    return ", ".join(part for part in (citation.text, citation.article) if part)


def _answer_days(decision: Decision) -> int:
    """Working days until the archive answers a request; 0 where it takes none."""
    if decision.status is AccessStatus.OPEN:
        return READING_ANSWER_DAYS
    return CONDITIONAL_ANSWER_DAYS if decision.ground.requestable else 0
