"""Marks of secrecy on a page (MẬT, TỐI MẬT, TUYỆT MẬT): the stamp or the line of a form, not the ordinary word.

A mark stands near the head of a page or in its last two lines. It is a line of its own, stands beside or apart from
the lines that name the office and the state, or follows "Độ mật:". The word within prose or a heading ("bí mật",
"mật độ", "bảo mật", somebody's name) is none. What remains in doubt counts as a mark: people look at the page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from indexer.text.folding import fold

_HEAD_LINES = 15
_HEAD_CHARACTERS = 900
_FARTHEST = 2_400
_TAIL_LINES = 2
_TAIL_CHARACTERS = 300
_LONGEST_ALONE = 60


class SecrecyLevel(IntEnum):
    """Mật, Tối mật, Tuyệt mật; the strictest is the highest."""

    SECRET = 1
    TOP = 2
    MOST = 3


@dataclass(frozen=True)
class SecrecyMark:
    """A mark as found: its level, its words as they stand, and the number of its line, from 1."""

    level: SecrecyLevel
    found: str
    line: int


# Letters of a stamp as recognition gives them: with marks or without, spaced, and in the bytes of TCVN3 (Ë È Ö) or VNI
# (AÄ OÁ EÄ) read as Windows-1252.
_GAP = "[ .·-]{0,2}"
_A = "(?:AÄ|[AĂÂẬẤẦẨẪÁÀẢÃẠẮẰẲẴẶË])"
_MAT = f"M{_GAP}{_A}{_GAP}T"
_TOI = f"T{_GAP}(?:OÁ|[OÔỐỒỔỖỘÓÒỎÕƠỚ0È]){_GAP}[IÍ1l]"
_TUYET = f"T{_GAP}U{_GAP}Y{_GAP}(?:EÄ|[EÊỆẾỀỂỄẸÉÖ]){_GAP}T"
_STAMP = rf"(?<![^\W\d_])(?:(?:{_TUYET}|{_TOI})[ .-]{{0,4}})?{_MAT}(?![^\W\d_])"
_TYPED = r"(?:(?:Tuyệt|Tối|Tuyet|Toi)\s[Mm]|M)ật|(?:tuyÖt |tèi )?mËt"

_BEFORE_ALONE = "TÀI LIỆU|TAI LIEU|HỒ SƠ|HO SO|CÔNG VĂN|CONG VAN|CÔNG ĐIỆN|ĐIỆN|VĂN BẢN|VAN BAN|LOẠI|LOAI"
_URGENT = "THƯỢNG KHẨN|THUONG KHAN|KHẨN|KHAN|HỎA TỐC|HOẢ TỐC|HOA TOC"
_AFTER_ALONE = rf"(?:BẢN|BAN|SỐ|SO|THU HỒI|THU HOI|TÀI LIỆU|KHÔNG SAO CHỤP|TRANG|TỜ|{_URGENT})"
# Figures, marks and what recognition makes of the sides of a box.
_EDGE = r"(?:[\W\d_]|(?<![^\W\d_])[IlLiJjr](?![^\W\d_]))"
_ALONE = re.compile(
    rf"{_EDGE}*+(?:(?:{_BEFORE_ALONE}|{_URGENT})[\W\d_]+)?(?P<mark>{_STAMP}|{_TYPED})"
    rf"(?:{_EDGE}++(?:{_STAMP}|(?i:{_AFTER_ALONE})(?![^\W\d_])))*+{_EDGE}*"
)
_DECLASSIFIED = re.compile(
    rf"(?:\A|\s{{3}}|[\t|\[(])[\W\d_]*(?P<mark>(?:(?:ĐÃ|ĐA|DA)\s{{1,2}})?GI[ẢÀÁA]I\s{{1,2}}{_MAT})"
    r"(?=[\W\d_]*(?:\Z|(?i:ngày|ngay|theo|số|so)\s)|\s{3}|[\t|\])])"
)
_IN_LINE = re.compile(rf"{_STAMP}|(?<![^\W\d_])(?:{_TYPED})(?![^\W\d_])")
_LABEL = re.compile(
    r"(?<![a-z])do mat(?P<colon>\s*[:=])?[\s.–-]*[\"'(\[]?(?P<mark>tuyet mat|toi mat|mat|[abc])(?![a-z])"
    r"(?!\s*(?:[,;/]|va\s|hoac\s)\s*(?:tuyet|toi|mat|khong|thuong|[abc](?![a-z])))"
)
_LETTER_LEVELS = {"a": SecrecyLevel.MOST, "b": SecrecyLevel.TOP, "c": SecrecyLevel.SECRET}

# What is written in capitals around a stamp that has no line to itself.
_OFFICE = re.compile(
    r"[\W\d_]*(?:CỘNG H|CONG H|VIỆT NAM|ĐỘC LẬP|Độc lập|[ỦU][YỶ] BAN|U[ỶY] BAN|UBND|UBHC|UBKC|HĐND|HỘI ĐỒNG|HỘI|BAN"
    r"|TỈNH|HUYỆN|THÀNH|QUẬN|XÃ|ĐẢNG|SỞ|TY|BỘ|CỤC|TỔNG|CHI CỤC|VĂN PHÒNG|CÔNG AN|QUÂN|TÒA ÁN|TOÀ ÁN|VIỆN|CHÍNH PHỦ"
    r"|THỦ TƯỚNG|PHỦ|Số\s*:|SỐ\s*:|So\s*:|Bản số|BẢN SỐ|Thu hồi|THU HỒI)"
)
_AFTER_OFFICE = re.compile(
    r"(?:VIỆT NAM|VIET NAM|[Hh]ạnh phúc|HẠNH PHÚC|\d\s?/[A-ZĐƯ][\w-]*|\d\s?-[A-ZĐƯ]+/[A-ZĐƯ]+)[\W_]*\Z"
)
_APART = re.compile(r"\s{3}|\t|\|")
_DOUBTFUL_VOWELS = re.compile("[ĂẤẦẨẪÁÀẢÃẮẰẲẴẶ]")

# Words that make another word or a phrase of MẬT, or a name.
_OTHER_BEFORE = """
BÍ BI BẢO BAO CƠ KHÔNG KHONG PHI ONG ĐƯỜNG LẤY TIN LIỆU LIEU BẢN SƠ DẤU DAU ĐỘ DO MỤC MUC SÂU THƯ LOẠI CHỐNG GIỮ LỘ
GIẢI GIAI THÔN ẤP XÓM LÀNG ÔNG BÀ CÔ VĂN VAN THỊ THI HỮU ĐÌNH
"""
_OTHER_AFTER = """
ĐỘ DO ONG MÃ MA THIẾT CẬT CAT VỤ VU THÁM THƯ MÍA ƯỚC DANH TÔNG LỆNH TRẬN TRAN BẰNG BANG KHẨU ĐƯỜNG NHÀ NHA HÀNG ĐẤT
NƯỚC PHẨM NGỮ NGHỊ TRUYỀN BÁO
"""
_WORDS_BEFORE = frozenset(_OTHER_BEFORE.split())
_WORDS_AFTER = frozenset(_OTHER_AFTER.split())
_WRAPPED_BEFORE = frozenset({"bi", "bao", "co", "ong"})

_MAY = re.compile(rf"[Mm](?:{_GAP}{_A}{_GAP}T|ật|Ët|(?<=[ộoô] m)[ậa]t)")
_WORD = re.compile(r"[^\W\d_]+")

_Line = tuple[int, str]


def secrecy_mark(text: str) -> SecrecyMark | None:
    """The strictest mark of secrecy on a page, the first of several; None when there is none.

    Looked for in the first 15 lines that are not empty, or 900 characters if those are more, and, as stamps only, in
    the last two lines. "ĐÃ GIẢI MẬT" is a mark too: that the page was declassified is for people to confirm.
    """
    marks = [*_head_marks(text), *_tail_marks(text)]
    return max(marks, key=lambda mark: mark.level, default=None)


def _head_marks(text: str) -> Iterator[SecrecyMark]:
    if not _MAY.search(text, 0, _FARTHEST):
        return
    lines = list(_head_lines(text))
    for at, (number, line) in enumerate(lines):
        if _MAY.search(line):
            before = lines[at - 1][1] if at else ""
            after = lines[at + 1][1] if at + 1 < len(lines) else ""
            yield from _marks_of(number, line, before, after)


def _head_lines(text: str) -> Iterator[_Line]:
    """The lines of the head that are not empty, numbered from 1 in the text."""
    count = characters = 0
    for number, line in enumerate(text[:_FARTHEST].split("\n"), 1):
        if line.strip():
            yield number, line
            count += 1
        characters += len(line) + 1
        if count >= _HEAD_LINES and characters >= _HEAD_CHARACTERS:
            return


def _tail_marks(text: str) -> Iterator[SecrecyMark]:
    end = text[-_TAIL_CHARACTERS:]
    if not _MAY.search(end):
        return
    first = text.count("\n", 0, max(0, len(text) - _TAIL_CHARACTERS)) + 1
    lines = [(number, line) for number, line in enumerate(end.split("\n"), first) if line.strip()]
    for at in range(max(0, len(lines) - _TAIL_LINES), len(lines)):
        number, line = lines[at]
        found = _ALONE.fullmatch(line[:_LONGEST_ALONE]) or _DECLASSIFIED.search(line)
        if found and found["mark"].isupper() and not _is_wrapped(found["mark"], lines[at - 1][1] if at else ""):
            yield _mark(found["mark"], number)


def _marks_of(number: int, line: str, before: str, after: str) -> Iterator[SecrecyMark]:
    """The marks on one line of the head, between the line before it and the line after it."""
    alone = _ALONE.fullmatch(line) if len(line) <= _LONGEST_ALONE else None
    if alone:
        if not _is_wrapped(alone["mark"], before):
            yield _mark(alone["mark"], number)
        return
    if declassified := _DECLASSIFIED.search(line):
        yield _mark(declassified["mark"], number)
    if label := _LABEL.search(fold(line)):
        yield from _label_mark(label, line, number)
    for stamp in _IN_LINE.finditer(line):
        if _stands_beside(line, stamp.start(), stamp.end(), after):
            yield _mark(stamp[0], number)


def _is_wrapped(mark: str, before: str) -> bool:
    """Tell whether the line before ends in the first half of "bí mật"."""
    words = _WORD.findall(before[-40:])
    return bool(words) and fold(words[-1]) in _WRAPPED_BEFORE and len(_WORD.findall(mark)) == 1


def _label_mark(label: re.Match[str], line: str, number: int) -> Iterator[SecrecyMark]:
    """Without a colon the words must be "độ mật" with their marks and the level in capitals, or it is prose."""
    written = line[label.start("mark") : label.end("mark")]
    is_form = label["colon"] is not None or (line[label.start() :][:2].lower() == "độ" and written.isupper())
    if is_form and not (len(written) == 1 and written.islower()):
        level = _LETTER_LEVELS.get(label["mark"])
        found = line[label.start() : label.end("mark")]
        yield SecrecyMark(level, found, number) if level else _mark(found, number)


def _stands_beside(line: str, start: int, end: int, following: str) -> bool:
    """Tell a stamp beside the names of the office and the state from the word in a heading of capitals."""
    left, right, stamp = line[:start], line[end:], line[start:end]
    words_left, words_right = _WORD.findall(left), _WORD.findall(right if right.strip() else following[:40])
    if not _WORDS_BEFORE.isdisjoint(words_left[-1:]) or not _WORDS_AFTER.isdisjoint(words_right[:1]):
        return False
    is_apart = _is_apart(left[-3:], left) and _is_apart(right[:3], right)
    if not stamp.isupper():
        return is_apart and (_OFFICE.match(left) or _OFFICE.match(right)) is not None
    if is_apart:
        return not _DOUBTFUL_VOWELS.search(stamp)
    if stamp == "MAT" or _DOUBTFUL_VOWELS.search(stamp):
        return False
    return _OFFICE.match(right) is not None or _ends_office(left, at_edge=not right.strip())


def _is_apart(next_to_it: str, side: str) -> bool:
    return not side.strip() or _APART.search(next_to_it) is not None


def _ends_office(left: str, *, at_edge: bool) -> bool:
    if _AFTER_OFFICE.search(left):
        return True
    return at_edge and left.isupper() and _OFFICE.match(left) is not None


def _mark(found: str, number: int) -> SecrecyMark:
    letters = "".join(_WORD.findall(fold(found)))
    if "tuy" in letters:
        return SecrecyMark(SecrecyLevel.MOST, found, number)
    level = SecrecyLevel.TOP if letters.startswith("t") or "toi" in letters else SecrecyLevel.SECRET
    return SecrecyMark(level, found, number)
