"""A page's text with the personal numbers in it hidden, character for character."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from indexer.text.masking.births import birth_spans
from indexer.text.masking.figures import Group, Span, numbers_in, places, with_noise_before
from indexer.text.masking.lists import Lists
from indexer.text.masking.lookalikes import plain
from indexer.text.masking.shapes import MOST_GROUPS, groups_of_number
from indexer.text.masking.unmistakable import unmistakable
from indexer.text.masking.wording import Kind, Wording, wording_before

HIDDEN = "\u2022"
"""What stands in the place of a hidden letter or figure."""

_LETTER_OR_FIGURE = re.compile(r"[^\W_]")
_JOINER = re.compile(
    r"[\s,;/&.()+-]{1,4}(?:(?:và|va|hoặc|hoac|or|CQ|NR|DĐ|nhà riêng|cơ quan|di động)[\s:]{1,3})?(?:số:?\s)?\(?"
)
_LONGEST_JOINER = 24
_SHORTEST = 9
_LONE = re.compile(r"(?<![0-9.,])(?:0[0-9OoIl]{2}|84)|[0-9]{9}|\(0\)")
_NEXT_LINE = re.compile(r"[ \t.-]{0,2}\n[ \t]{0,8}(?P<figures>[0-9][0-9OoIl]*(?:[ .-][0-9OoIl]+){0,4})")
_PAPER_LETTERS = re.compile("(?<![^\\W_])[A-Z]{1,2} ?")


@dataclass(frozen=True)
class Masked:
    """Text as long as it was, and what is hidden in it: (start, end) in order, without overlap.

    Within a span every letter and figure is "•" and the marks between them stay, so that lines and words keep their
    places. Outside the spans nothing is changed.
    """

    text: str
    spans: tuple[Span, ...]


def mask(text: str, *, today: date) -> Masked:
    """`text` (NFC) without numbers of identity papers, telephones, accounts and persons' tax, and without birthdays.

    Day and month of a date of birth are hidden while the person may be alive; the year stays. The text is read as it
    stands and, where it differs, as it was probably meant. Masking what is masked changes nothing. The time taken grows
    with the length of the text and no faster.
    """
    spans, meant = _Reading(text, today).spans(), plain(text)
    if meant != text:
        spans = _joined([*spans, *_Reading(meant, today).spans()])
    return Masked(_hide(text, spans), tuple(spans)) if spans else Masked(text, ())


def _joined(spans: Sequence[Span]) -> list[Span]:
    """The spans in order, those that overlap made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _hide(text: str, spans: Sequence[Span]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces += text[at:start], _LETTER_OR_FIGURE.sub(HIDDEN, text[start:end])
        at = end
    return "".join(pieces) + text[at:]


class _Reading:
    """One walk through a text, from one place of figures to the next."""

    def __init__(self, text: str, today: date) -> None:
        self._text = text
        self._today = today
        self._lists = Lists(text)
        self._last: tuple[int, Wording] | None = None

    def spans(self) -> list[Span]:
        hidden: list[Span] = []
        for start, end in places(self._text):
            done = hidden[-1][1] if hidden else 0
            if end > done:
                self._read(max(start, done), end, hidden)
        return hidden

    def _read(self, start: int, end: int, hidden: list[Span]) -> None:
        """Add what is hidden of one place: first by the words before it, then what needs no words."""
        start, wording, letters = self._wording(start)
        if wording is None:
            spans, rest = self._lists.birthday(start, today=self._today)
        elif wording.kind is Kind.BIRTH:
            spans, rest = birth_spans(self._text, start, wording, today=self._today)
        else:
            spans, rest = self._announced(start, end, wording, letters)
        hidden.extend(spans)
        if end - rest >= _SHORTEST and _LONE.search(self._text, rest, end):
            hidden.extend(self._unannounced(rest, end))

    def _wording(self, start: int) -> tuple[int, Wording | None, int]:
        """Where the number really begins, what the words before it say, and how many letters belong to its front."""
        text = self._text
        wording = wording_before(text, start) or (self._going_on(start) if self._last else None)
        glued, before_it = text[start - 1 : start].isalpha(), text[start - 2 : start - 1]
        if wording or not (glued or before_it.isupper()):
            return start, wording, 0
        first = with_noise_before(text, start) if glued else start
        if first < start:
            return first, wording_before(text, first) or self._going_on(first), 0
        letters = _PAPER_LETTERS.search(text, max(0, start - 3), start)
        if letters and letters.end() == start:
            wording = wording_before(text, letters.start())
            if wording and wording.kind is Kind.PAPER:
                return start, wording, start - letters.start()
        return start, None, 0

    def _going_on(self, start: int) -> Wording | None:
        """The words of the number just hidden, when this one follows it in a list."""
        if self._last is None or start - self._last[0] > _LONGEST_JOINER:
            return None
        return self._last[1] if _JOINER.fullmatch(self._text, self._last[0], start) else None

    def _announced(self, start: int, end: int, wording: Wording, letters: int) -> tuple[Sequence[Span], int]:
        """The numbers from `start` on that the words speak of, and where the last of them ends."""
        numbers = numbers_in(self._text, start, end)
        if wording.kind is Kind.BUSINESS:
            return (), numbers[0][0].end
        hidden: list[Span] = []
        for groups in numbers:
            at = 0
            while at < len(groups):
                rest = groups[at : at + MOST_GROUPS]
                if not hidden and len(numbers) == 1:
                    rest = self._with_next_line(rest, wording)
                count = groups_of_number(self._text, rest, wording, letters=letters)
                if not count:
                    return hidden, hidden[-1][1] if hidden else start
                hidden.append((rest[0].start - letters, rest[count - 1].end))
                self._last = hidden[-1][1], wording
                at, letters = at + count, 0
        return hidden, hidden[-1][1]

    def _with_next_line(self, groups: list[Group], wording: Wording) -> list[Group]:
        """The groups with those that go on in the next line, when they are too few for the number announced."""
        last = groups[-1].end
        more = _NEXT_LINE.match(self._text, last)
        if more is None or sum(len(group.digits) for group in groups) >= _SHORTEST:
            return groups
        both = [*groups, *numbers_in(self._text, more.start("figures"), more.end())[0]]
        return both if groups_of_number(self._text, both, wording) > len(groups) else groups

    def _unannounced(self, start: int, end: int) -> list[Span]:
        found = [*unmistakable(self._text, start, end, today=self._today)]
        found.extend(self._lists.numbers(start, end, known=frozenset(found)))
        spans: list[Span] = []
        for one in sorted(found):
            if not spans or one[0] >= spans[-1][1]:
                spans.append(one)
        return spans
