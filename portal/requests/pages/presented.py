"""Cases in words: where they stand, what happened, what was decided, what may be done next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from portal.addresses import page_address, record_address
from portal.clock import ARCHIVE_ZONE
from portal.i18n import N_, _, day, language
from portal.requests.case import Case, CaseEvent, Line
from portal.requests.permits import CasePermit
from portal.requests.provisions.models import Reasons
from portal.requests.ruling import Ruling
from portal.requests.states import Actor, State, Step, steps_of
from portal.requests.terms import KINDS, MEDIA, OUTCOMES, Kind, Outcome

STATES = {
    State.DRAFT: N_("Bản nháp"),
    State.SUBMITTED: N_("Mới đăng ký"),
    State.RECEIPT_REFUSED: N_("Không được tiếp nhận"),
    State.RECEIVED: N_("Được tiếp nhận"),
    State.IN_PROGRESS: N_("Đang xử lý"),
    State.AWAITING_SUPPLEMENT: N_("Chờ ông/bà bổ sung"),
    State.AWAITING_PAYMENT: N_("Chờ ông/bà nộp phí"),
    State.PROPOSED: N_("Đang xử lý"),
    State.AT_AUTHORITY: N_("Đang xin ý kiến cơ quan cấp trên"),
    State.DECIDED: N_("Đã xử lý xong"),
    State.WITHDRAWN: N_("Ông/bà đã rút"),
    State.STOPPED: N_("Dừng xử lý"),
    State.CLOSED: N_("Đã trả kết quả"),
}
"""As readers are told; what goes on inside the archive is one state for them."""

TONES = {
    State.AWAITING_SUPPLEMENT: "conditional",
    State.AWAITING_PAYMENT: "conditional",
    State.RECEIPT_REFUSED: "closed",
    State.WITHDRAWN: "closed",
    State.STOPPED: "closed",
    State.DECIDED: "open",
    State.CLOSED: "open",
}

_HAPPENED = {
    Step.SUBMIT: N_("Đã gửi phiếu"),
    Step.RECEIVE: N_("Lưu trữ đã tiếp nhận"),
    Step.REFUSE_RECEIPT: N_("Lưu trữ không tiếp nhận"),
    Step.ASK_SUPPLEMENT: N_("Lưu trữ đề nghị bổ sung"),
    Step.SUPPLY: N_("Đã bổ sung"),
    Step.ASK_PAYMENT: N_("Lưu trữ thông báo phí"),
    Step.NOTE_PAYMENT: N_("Lưu trữ đã nhận phí"),
    Step.SEND_TO_AUTHORITY: N_("Đã gửi cơ quan có thẩm quyền"),
    Step.DECIDE: N_("Đã có quyết định"),
    Step.REPLY: N_("Lưu trữ viết cho ông/bà"),
    Step.REVOKE: N_("Giấy phép bị thu hồi"),
    Step.WITHDRAW: N_("Đã rút phiếu"),
    Step.STOP: N_("Dừng xử lý"),
    Step.CLOSE: N_("Đã trả kết quả"),
    Step.REOPEN: N_("Lưu trữ mở lại hồ sơ"),
    Step.RATE: N_("Đã đánh giá"),
}
"""Steps that readers see; the others are the archive's own."""

_WORDS_FOR_READERS = frozenset(_HAPPENED) - {Step.SEND_TO_AUTHORITY, Step.NOTE_PAYMENT}


@dataclass(frozen=True)
class ShownPermit:
    """One permit: its pages, conditions and days in words; `read_url` is "" when it opens nothing today."""

    code: str
    pages: str
    terms: str
    starts: str
    ends: str
    standing: str
    tone: str
    read_url: str


@dataclass(frozen=True)
class ShownLine:
    """One record of a case with what was decided on it; `title` and `url` are "" when it may not be known now."""

    number: int
    title: str
    reference_code: str
    url: str
    asked: str
    outcome: str
    tone: str
    reason: str
    article: str
    words: str
    permits: tuple[ShownPermit, ...]


@dataclass(frozen=True)
class ShownEvent:
    """Something that happened, as its reader may know it."""

    at: str
    what: str
    words: str


def moment(at: datetime) -> str:
    """21/11/2026 14:05, in the archive's own time."""
    local = at.astimezone(ARCHIVE_ZONE)
    return f"{local.day}/{local.month}/{local.year} {local:%H:%M}"


def state_word(state: State) -> str:
    """Where a case stands, in words."""
    return _(STATES[state])


def tone(state: State) -> str:
    """Which colour goes with it."""
    return TONES.get(state, "conditional")


def reader_steps(case: Case) -> frozenset[str]:
    """What the reader may do now."""
    steps = {step.value for step in steps_of(case.state, frozenset({Actor.READER}))}
    return frozenset(steps - {Step.RATE.value} if case.rating is not None else steps)


def shown_events(events: Sequence[CaseEvent]) -> list[ShownEvent]:
    """What happened, the newest first, without what is the archive's own."""
    return [
        ShownEvent(moment(event.at), _(_HAPPENED[step]), event.words if step in _WORDS_FOR_READERS else "")
        for event in reversed(events)
        if (step := Step(event.step)) in _HAPPENED
    ]


def shown_lines(case: Case, permits: Sequence[CasePermit], reasons: Reasons, *, today: date) -> list[ShownLine]:
    """The records of a case (`as_may_be_known`), each with its outcome and permits."""
    return [_shown_line(line, [p for p in permits if p.line == line.number], reasons, today) for line in case.lines]


def asked_in_words(line: Line) -> str:
    """Đọc, trang 3–5; or Sao chụp, bản giấy, có xác thực."""
    parts = [_(KINDS[line.kind])]
    if line.kind is Kind.COPY:
        parts += [_(MEDIA[line.medium]), _("có xác thực") if line.certified else _("không xác thực")]
    parts.append(pages_in_words(line.pages))
    return ", ".join(part if number == 0 else part[:1].lower() + part[1:] for number, part in enumerate(parts))


def pages_in_words(pages: tuple[int, int] | None) -> str:
    """Cả hồ sơ, trang 3, or trang 3–5."""
    if pages is None:
        return _("Cả hồ sơ")
    if pages[0] == pages[1]:
        return _("Trang %(n)s", n=pages[0])
    return _("Trang %(first)s–%(last)s", first=pages[0], last=pages[1])


def _shown_line(line: Line, permits: Sequence[CasePermit], reasons: Reasons, today: date) -> ShownLine:
    ruling = line.decision
    reason = reasons.named(ruling.reason) if ruling and not ruling.granted else None
    vietnamese = language() == "vi"
    return ShownLine(
        number=line.number,
        title=line.title,
        reference_code=line.reference_code,
        url=record_address(line.record_id) if line.title else "",
        asked=asked_in_words(line),
        outcome=_(OUTCOMES[ruling.outcome]) if ruling else "",
        tone=_outcome_tone(ruling),
        reason=(reason.text if vietnamese else reason.text_en) if reason else "",
        article=(reason.article if vietnamese else reason.article_en) if reason else "",
        words=ruling.words if ruling else "",
        permits=tuple(_shown_permit(each, line, today) for each in permits),
    )


def _outcome_tone(ruling: Ruling | None) -> str:
    tones = {Outcome.APPROVED: "open", Outcome.CONDITIONAL: "conditional", Outcome.REFUSED: "closed"}
    return tones[ruling.outcome] if ruling else "conditional"


def _shown_permit(held: CasePermit, line: Line, today: date) -> ShownPermit:
    permit, good = held.permit, held.good(today) and bool(line.title)
    first = permit.pages[0] if permit.pages else 1
    standing, colour = _standing(held, today)
    return ShownPermit(
        code=permit.code,
        pages=pages_in_words(permit.pages),
        terms=_terms(held),
        starts=day(permit.starts_on),
        ends=day(permit.ends_on),
        standing=standing,
        tone=colour,
        read_url=page_address(permit.record_id, first) if good else "",
    )


def _standing(held: CasePermit, today: date) -> tuple[str, str]:
    if held.revoked_at is not None:
        return _("Đã thu hồi"), "closed"
    if held.granted_at is None:
        return _("Sắp có hiệu lực"), "conditional"
    if today > held.permit.ends_on:
        return _("Hết hạn"), "closed"
    return _("Còn hiệu lực"), "open"


def _terms(held: CasePermit) -> str:
    permit = held.permit
    words = {action.value for action in permit.actions}
    parts = [_("đọc trên màn hình")]
    parts += [_("in")] if "print" in words else []
    parts += [_("tải về")] if "download" in words else []
    if permit.pages_per_day:
        parts.append(_("nhiều nhất %(n)s trang mỗi ngày", n=permit.pages_per_day))
    if permit.reading_room_only:
        parts.append(_("chỉ tại phòng đọc"))
    return ", ".join(parts)
