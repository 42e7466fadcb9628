"""The same text with plain figures and marks: figures of other scripts, dashes and dots that only look like those,
letters misread between figures, and numbers that begin at the end of a line.
"""

import re
import unicodedata
from collections.abc import Iterator


def _look_alikes() -> Iterator[tuple[int, str]]:
    """Wide forms and everything that Unicode calls a figure, and the marks that part figures."""
    for code in range(0x80, 0x20000):
        figure = unicodedata.digit(chr(code), None)
        if figure is not None:
            yield code, str(figure)
        elif 0xFF01 <= code <= 0xFF5E:
            yield code, unicodedata.normalize("NFKC", chr(code))
    for marks, meant in (
        ("\u2010\u2011\u2012\u2212\u2043\ufe63", "-"),
        ("\u2014\u2015", "–"),
        ("\u00b7\u2219\u2027\u22c5\u30fb\u3002\uff61\uff65", "."),
        ("\u2044\u2215", "/"),
    ):
        yield from ((ord(mark), meant) for mark in marks)


_PLAIN = dict(_look_alikes())
_LOOK_ALIKE = re.compile(f"[{''.join(chr(code) for code in _PLAIN if code < 0x10000)}]")
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
"""Apart from the others, which are found two hundred times as fast without it."""

_MISREAD = re.compile(r"[0-9][SsZzBDQGgb|!i](?=[ .-]?[0-9])")
_MEANT = str.maketrans("SsZzBDQGgb|!i", "5522800696111")

_LINE_END = re.compile(r"[0-9] ?\n(?=[0-9tT])")
_BEGUN_NUMBER = re.compile(r"[^\W\d_][ :.]{1,3}[0-9]{1,4} ?\Z")
_DAY = re.compile(r"(?<![0-9])[0-9]{1,2} ?\Z")
_MONTH = re.compile("th[áa]?n", re.IGNORECASE)
_REACH = 10
"""Characters of a line's end that tell whether a number or a date goes on in the next."""


def plain(text: str) -> str:
    """`text` as it was probably meant, character for character; the text itself when it is plain already."""
    if _LOOK_ALIKE.search(text) or _BEYOND.search(text):
        text = text.translate(_PLAIN)
    text = _MISREAD.sub(lambda found: found[0][0] + found[0][1].translate(_MEANT), text)
    return _LINE_END.sub(_joined, text)


def _joined(found: re.Match[str]) -> str:
    """The end of a line with a space for its break, where what begins there goes on."""
    text, after = found.string, found.end()
    line = text[max(0, after - _REACH) : after - 1]
    goes_on = _DAY.search(line) and _MONTH.match(text, after)
    begun = text[after].isdecimal() and _BEGUN_NUMBER.search(line)
    return f"{found[0][:-1]} " if goes_on or begun else found[0]
