"""Setting a document on A4 sheets: where every word stands, in pixels of a 150 dpi scan, and the text of each page."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, lru_cache
from importlib.resources import files

from PIL import ImageFont

from indexer.demo_archive.blocks import Block, Style

WIDTH, HEIGHT = 1240, 1754
_LEFT, _RIGHT, _TOP, _BOTTOM = 178, 1140, 130, 1630
_MIDDLE_LEFT, _MIDDLE_RIGHT = 375, 868
_SIGNATURE_LINES = 4


class Face(Enum):
    """The faces a scan is set in: file and size in pixels."""

    ROMAN = ("DemoArchiveSerif-Regular.ttf", 27)
    BOLD = ("DemoArchiveSerif-Bold.ttf", 27)
    ITALIC = ("DemoArchiveSerif-Italic.ttf", 27)
    HEADING = ("DemoArchiveSerif-Bold.ttf", 24)
    SMALL = ("DemoArchiveSerif-Italic.ttf", 23)
    TYPEWRITER = ("DemoArchiveMono-Regular.ttf", 25)


@cache
def font(face: Face) -> ImageFont.FreeTypeFont:
    """The font of a face, laid out letter by letter so that every machine sets it alike."""
    name, size = face.value
    path = files("indexer.demo_archive").joinpath("fonts", name)
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=50_000)
def _advance(face: Face, word: str) -> float:
    return font(face).getlength(word)


@dataclass(frozen=True)
class PlacedWord:
    """A word and the corner of its box, in pixels from the top left."""

    text: str
    left: int
    top: int
    face: Face

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom in pixels."""
        size = self.face.value[1]
        right = self.left + round(_advance(self.face, self.text))
        return (self.left, self.top, right, self.top + round(size * 1.2))


@dataclass
class Sheet:
    """One page: its words in reading order, the lines they make, and where a signature stands."""

    words: list[PlacedWord] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    signature: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """The words as a recogniser gives them, line by line."""
        return "\n".join(self.lines)


@dataclass(frozen=True)
class _Look:
    """How a style is set: face, leading, air above, and whether the second column has another face."""

    face: Face
    leading: int
    above: int = 0
    right: Face | None = None


_PRINTED = {
    Style.HEADING: _Look(Face.HEADING, 36),
    Style.DATE: _Look(Face.ROMAN, 44, 14, Face.ITALIC),
    Style.TITLE: _Look(Face.BOLD, 38, 8),
    Style.CENTRED: _Look(Face.ROMAN, 38, 10),
    Style.ORDER: _Look(Face.BOLD, 44, 14),
    Style.BODY: _Look(Face.ROMAN, 39, 8),
    Style.SIGN: _Look(Face.SMALL, 36, 0, Face.BOLD),
    Style.SIGNED: _Look(Face.BOLD, 40),
}


def typeset(blocks: list[Block], *, typewritten: bool) -> list[Sheet]:
    """The sheets of a document."""
    setting = _Setting(typewritten=typewritten)
    for at, block in enumerate(blocks):
        setting.place(block, starts_signature=block.style is Style.SIGN and blocks[at - 1].style is not Style.SIGN)
    return setting.sheets


class _Setting:
    """Sheets being filled from top to bottom."""

    def __init__(self, *, typewritten: bool) -> None:
        self.sheets = [Sheet()]
        self._typewritten = typewritten
        self._y = _TOP

    def place(self, block: Block, *, starts_signature: bool) -> None:
        look = _PRINTED[block.style]
        if starts_signature:
            self._room(9 * 38)
            self._y += 24
        self._y += look.above
        if block.style is Style.BODY:
            self._paragraph(block.text, look)
        elif block.style in (Style.TITLE, Style.CENTRED, Style.ORDER):
            self._centred(block.text, look)
        else:
            self._columns(block, look)

    def _face(self, face: Face) -> Face:
        return Face.TYPEWRITER if self._typewritten else face

    def _room(self, height: int) -> None:
        if self._y + height > _BOTTOM:
            self.sheets.append(Sheet())
            self._y = _TOP
            self._line([(str(len(self.sheets)), (_LEFT + _RIGHT) // 2, Face.ROMAN)])
            self._y += 50

    def _line(self, parts: list[tuple[str, float, Face]]) -> None:
        """One line of words, each with its left edge."""
        sheet = self.sheets[-1]
        for word, left, face in parts:
            sheet.words.append(PlacedWord(word, round(left), self._y, self._face(face)))
        sheet.lines.append(" ".join(word for word, _, _ in parts))

    def _paragraph(self, text: str, look: _Look) -> None:
        face, indent = self._face(look.face), 64
        for words, is_last in _broken(text, face, _RIGHT - _LEFT, indent):
            self._room(look.leading)
            free = _RIGHT - _LEFT - indent - sum(_advance(face, word) for word in words)
            space = _advance(face, " ")
            if not is_last and len(words) > 1 and not self._typewritten:
                space = free / (len(words) - 1)
            self._line(list(_spread(words, _LEFT + indent, space, face)))
            self._y += look.leading
            indent = 0

    def _centred(self, text: str, look: _Look) -> None:
        face = self._face(look.face)
        for words, _ in _broken(text, face, _RIGHT - _LEFT - 120, 0):
            self._room(look.leading)
            self._line(self._in_the_middle(words, (_LEFT + _RIGHT) // 2, face))
            self._y += look.leading

    def _columns(self, block: Block, look: _Look) -> None:
        left_face, right_face = self._face(look.face), self._face(look.right or look.face)
        if block.style is Style.SIGNED:
            self.sheets[-1].signature = (_MIDDLE_RIGHT, self._y + 70)
            self._y += _SIGNATURE_LINES * 40
        left = block.text.split()
        if block.style is Style.SIGN:
            parts = list(_spread(left, _LEFT, _advance(left_face, " "), left_face))
        else:
            parts = self._in_the_middle(left, _MIDDLE_LEFT, left_face)
        parts += self._in_the_middle(block.right.split(), _MIDDLE_RIGHT, right_face)
        if parts:
            self._line(parts)
        self._y += look.leading

    def _in_the_middle(self, words: list[str], middle: int, face: Face) -> list[tuple[str, float, Face]]:
        space = _advance(face, " ")
        width = sum(_advance(face, word) for word in words) + space * (len(words) - 1)
        return list(_spread(words, middle - width / 2, space, face))


def _spread(words: list[str], left: float, space: float, face: Face) -> Iterator[tuple[str, float, Face]]:
    for word in words:
        yield word, left, face
        left += _advance(face, word) + space


def _broken(text: str, face: Face, width: int, indent: int) -> Iterator[tuple[list[str], bool]]:
    """The words of each line, and whether it is the last."""
    space, used = _advance(face, " "), float(indent)
    line: list[str] = []
    for word in text.split():
        if line and used + _advance(face, word) > width:
            yield line, False
            line, used = [], 0.0
        line.append(word)
        used += _advance(face, word) + space
    yield line, True


def note_on(sheet: Sheet, note: str) -> None:
    """A line of small writing at the foot of a sheet."""
    words = note.split()
    for word, left, face in _spread(words, _LEFT, _advance(Face.SMALL, " "), Face.SMALL):
        sheet.words.append(PlacedWord(word, round(left), _BOTTOM + 20, face))
    sheet.lines.append(" ".join(words))
