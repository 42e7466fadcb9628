"""Dates of birth: day and month are hidden while the person may be alive, the year stays."""

import re
from datetime import date

from indexer.text.folding import fold
from indexer.text.masking.figures import Span, digits_of, with_noise_before
from indexer.text.masking.vocabulary import BUDGET, COMPOUNDS_OF_BIRTH, HARDLY_NAMES, TITLES, words
from indexer.text.masking.wording import Kind, Wording

PERSONAL_YEARS: int = 100
"""Years after birth during which a person counts as alive. Not in the law as such: the archive confirms the number."""

_FIGURE = "[0-9OoIl]"
_DAY, _MONTH = rf"(?P<day>{_FIGURE}{{1,2}})", rf"(?P<month>{_FIGURE}{{1,2}})"
_YEAR = rf"(?P<year>{_FIGURE}{{4}}|{_FIGURE}{{2}})(?!{_FIGURE}|[^\W_])"
_MARK = r"(?:\s?[/.,–-]\s?|\s)"
_MONTH_NAME = r"giêng|hai|ba|tư|năm|sáu|bảy|bẩy|tám|chín|mười(?:\s+một|\s+hai)?|một|chạp"
_MONTH_ONLY = re.compile(rf"{_MONTH}\s?[/.-]\s?(?P<year>[12]{_FIGURE}{{3}})(?!{_FIGURE}|[^\W_])")
_FORMS = (
    re.compile(rf"(?P<year>[12]{_FIGURE}{{3}})\s?[/.-]\s?{_MONTH}\s?[/.-]\s?{_DAY}(?!{_FIGURE}|[^\W_])"),
    re.compile(rf"{_DAY}{_MARK}{_MONTH}{_MARK}{_YEAR}"),
    re.compile(
        rf"(?:{_DAY}[\s,.-]{{1,3}}th\w{{2,3}}\s{{1,3}})?(?P<month>{_FIGURE}{{1,2}}|{_MONTH_NAME})"
        rf"[\s,.-]{{1,3}}(?:n\wm\s{{1,3}})?{_YEAR}",
        re.IGNORECASE,
    ),
    _MONTH_ONLY,
)

_COMPOUNDS = words(COMPOUNDS_OF_BIRTH)
_HARDLY_NAMES = words(HARDLY_NAMES)
_TITLES = words(TITLES)
_BUDGET = words(BUDGET)


def birth_spans(text: str, start: int, wording: Wording, *, today: date) -> tuple[tuple[Span, ...], int]:
    """What to hide of the date that begins at `start` behind words of birth, and where the date ends.

    Nothing, and an end at `start`, when there is no date or the words mean something else ("học sinh", "hy sinh").
    """
    if not _means_birth(wording):
        return (), start
    found = date_at(text, with_noise_before(text, start))
    if found is None or (wording.name in ("ns", "n s") and found.re is _MONTH_ONLY):
        return (), start
    return hidden_of(found, today=today), found.end()


def date_at(text: str, start: int) -> re.Match[str] | None:
    """A date that begins at `start`: groups day, month and year, as far as it has them."""
    return next((found for form in _FORMS if (found := form.match(text, start))), None)


def hidden_of(found: re.Match[str], *, today: date) -> tuple[Span, ...]:
    """What of a date of birth is hidden: day and month, or nothing of somebody born PERSONAL_YEARS ago or earlier."""
    parts = sorted(found.span(part) for part in ("day", "month") if found.groupdict().get(part))
    return tuple(parts) if _may_be_alive(found, today) else ()


def _means_birth(wording: Wording) -> bool:
    if wording.kind is not Kind.BIRTH:
        return False
    previous = wording.before[-1] if wording.before else ""
    if wording.name in ("ns", "n s"):
        return wording.as_written.isupper() and not (previous.islower() and fold(previous) in _BUDGET)
    if wording.name == "de":
        return wording.as_written.lower() == "đẻ"
    return not _is_compound(wording)


def _is_compound(wording: Wording) -> bool:
    """Tell "học sinh" and "Hy sinh ngày" from "Nguyễn Văn Học sinh ngày": a name goes on from a name or a title."""
    *others, previous = wording.before or ("",)
    if previous.islower():
        return fold(previous) in _COMPOUNDS
    before_it = others[-1] if others else ""
    is_name = before_it.istitle() or before_it.lower() in _TITLES
    return previous.lower() in _HARDLY_NAMES and not is_name


def _may_be_alive(found: re.Match[str], today: date) -> bool:
    """Born less than PERSONAL_YEARS before today, in some reading of a year that has two figures or lies ahead."""
    year = digits_of(found["year"])
    years = [int(year)] if len(year) == 4 else [1900 + int(year), 2000 + int(year)]
    month, day = _number(found, "month", 12), _number(found, "day", 31)
    return any((each + PERSONAL_YEARS, month, day) > (today.year, today.month, today.day) for each in years)


def _number(found: re.Match[str], part: str, latest: int) -> int:
    """Month or day of a match, or the latest it can be when it is not there or a word."""
    written = digits_of(found.groupdict().get(part) or "")
    return int(written) if written.isdecimal() else latest
