"""The parts of a paper before they are set: lines in columns, headings, paragraphs, the place of the signature."""

from dataclasses import dataclass
from enum import Enum, auto

_COLUMNS = 84
_LINES = 40


class Style(Enum):
    """How a block stands on the page."""

    HEADING = auto()  # two columns, each centred: the office, and the name of the state
    DATE = auto()  # two columns: number, and place and day in italics
    TITLE = auto()  # centred, bold
    CENTRED = auto()
    ORDER = auto()  # centred, bold, with air around: "QUYẾT ĐỊNH:"
    BODY = auto()  # a paragraph with a first-line indent
    SIGN = auto()  # two columns: distribution list, and who signs
    SIGNED = auto()  # the name under the signature


@dataclass(frozen=True)
class Block:
    """One block. `right` is the second column where the style has two."""

    style: Style
    text: str
    right: str = ""


def plain_pages(blocks: list[Block]) -> list[str]:
    """The text of each page, as a recogniser would read it: line by line, both columns of a line together."""
    lines: list[str] = []
    for block in blocks:
        if block.style is Style.BODY:
            lines.extend(wrapped(block.text))
        else:
            lines.append(" ".join(part for part in (block.text, block.right) if part))
    return ["\n".join(lines[at : at + _LINES]) for at in range(0, len(lines), _LINES)]


def line_count(blocks: list[Block]) -> int:
    """About how many lines the blocks take."""
    return sum(1 + len(block.text) // _COLUMNS if block.style is Style.BODY else 1 for block in blocks)


def lines_of_pages(pages: int) -> int:
    """How many lines fill this many pages, the last of them half."""
    return _LINES * pages - _LINES // 2


def wrapped(text: str) -> list[str]:
    """A paragraph in lines."""
    lines, start = [], 0
    while len(text) - start > _COLUMNS:
        end = text.rfind(" ", start, start + _COLUMNS + 1)
        end = end if end > start else start + _COLUMNS
        lines.append(text[start:end])
        start = end + 1
    lines.append(text[start:])
    return lines
