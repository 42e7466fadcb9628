"""What was typed about the outcome of each record, read into rulings."""

import re
from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from portal.i18n import N_, _
from portal.requests.case import Line
from portal.requests.cases import CONTROL
from portal.requests.ruling import Ruling
from portal.requests.rulings import UnknownReason
from portal.requests.terms import Outcome

_RANGE = re.compile(r"(\d{1,6})(?:\s*[-\u2013]\s*(\d{1,6}))?")
_FAULTS = {
    "outcome": N_("Chọn kết quả cho tài liệu này."),
    "pages": N_("Ghi trang như 3-5, 8."),
    "days": N_("Số ngày từ 1 đến 366."),
    "pages_per_day": N_("Số trang mỗi ngày từ 1 đến 10.000, hoặc để trống."),
    "place": N_("Chọn nơi đọc."),
    "reason": N_("Từ chối thì chọn lý do."),
    "words": N_("Lời gửi người yêu cầu dài nhất 2.000 ký tự."),
}


def read_rulings(given: Mapping[str, str], lines: Sequence[Line]) -> tuple[dict[int, Ruling], dict[str, str]]:
    """A ruling for each record whose fields make sense, by number, and what is wrong by field."""
    rulings: dict[int, Ruling] = {}
    faults: dict[str, str] = {}
    for line in lines:
        read = _read(given, line.number)
        if not isinstance(read, Ruling):
            faults |= {f"{field}-{line.number}": _(_FAULTS[field]) for field in read}
        elif line.page_count and any(last > line.page_count for _first, last in read.pages):
            faults[f"pages-{line.number}"] = _("Tài liệu này có %(most)s trang.", most=line.page_count)
        else:
            rulings[line.number] = read
    return rulings, faults


def reason_faults(rulings: Mapping[int, Ruling], unknown: UnknownReason) -> dict[str, str]:
    """What is wrong, by field, when a reason is not in the table of reasons (any more)."""
    said = _FAULTS["reason"]
    return {
        f"reason-{number}": _(said)
        for number, ruling in rulings.items()
        if ruling.reason == str(unknown) and not ruling.granted
    }


def typed(rulings: Mapping[int, Ruling]) -> dict[str, str]:
    """What the fields hold before anything is typed: the rulings that were proposed."""
    fields: dict[str, str] = {}
    for number, ruling in rulings.items():
        own = {
            "outcome": ruling.outcome.value,
            "pages": ", ".join(f"{first}-{last}" if last > first else str(first) for first, last in ruling.pages),
            "print": "yes" if ruling.may_print else "",
            "download": "yes" if ruling.may_download else "",
            "strong": "yes" if ruling.strong_watermark else "",
            "days": str(ruling.days),
            "pages_per_day": str(ruling.pages_per_day or ""),
            "place": ruling.place.value,
            "reason": ruling.reason,
            "words": ruling.words,
        }
        fields |= {f"{name}-{number}": value for name, value in own.items()}
    return fields


def _read(given: Mapping[str, str], number: int) -> Ruling | list[str]:
    def field(name: str) -> str:
        return given.get(f"{name}-{number}", "").strip()

    pages = _pages(field("pages"))
    if pages is None:
        return ["pages"]
    values = {
        "outcome": field("outcome"),
        "pages": pages,
        "may_print": field("print") == "yes",
        "may_download": field("download") == "yes",
        "strong_watermark": field("strong") == "yes",
        "days": field("days") or 30,
        "pages_per_day": field("pages_per_day") or None,
        "place": field("place") or "anywhere",
        "reason": field("reason") if field("outcome") == Outcome.REFUSED.value else "",
        "words": CONTROL.sub("", field("words")),
    }
    try:
        return Ruling.model_validate(values)
    except ValidationError as error:
        named = [str(fault["loc"][0]) if fault["loc"] else "reason" for fault in error.errors()]
        return [name if name in _FAULTS else "pages" for name in named]


def _pages(text: str) -> tuple[tuple[int, int], ...] | None:
    """Ranges of pages; none for the whole record, None for what makes no sense."""
    ranges = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        found = _RANGE.fullmatch(part)
        if found is None:
            return None
        first, last = int(found[1]), int(found[2] or found[1])
        if not 1 <= first <= last:
            return None
        ranges.append((first, last))
    return tuple(ranges)
