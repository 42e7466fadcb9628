"""Which figures can be the number that the words before them speak of: how many groups of them belong to it."""

import re
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise

from indexer.text.folding import fold
from indexer.text.masking.figures import Group
from indexer.text.masking.unmistakable import MOBILE
from indexer.text.masking.vocabulary import AMBIGUOUS_PAPERS, COUNTED, names, words
from indexer.text.masking.wording import Kind, Wording

MOST_GROUPS = 12
"""Groups of figures that one number can have at most."""
_LONG_DISTANCE = re.compile("(?:0084|84)[0-9]{7,10}|0[0-9]{6,10}")
_YEARS = re.compile("(?:1[89]|20)[0-9]{2}(?:1[89]|20)[0-9]{2}")

_UNIT = re.compile(
    r"\s{0,2}(?:đồng|đông|dong|[đd](?![\w/])|VNĐ|VND|USD|%|triệu|trieu|tỷ|tỉ|nghìn|nghin|ngàn|m2|m²|m3|ha\b|km|kg|tấn\b|phôi"
    r"|máy\b|chiếc|cái\b|thuê bao|trường hợp|truong hop|người|nguoi|công dân|cong dan|hộ\b(?! kh)|lượt|phiếu|thẻ\b)"
)
_ACCOUNT_UNPARTED = 9
_SHORTEST_ABROAD, _LONGEST_ABROAD = 8, 14
_AMBIGUOUS = frozenset(map(" ".join, names(AMBIGUOUS_PAPERS)))
_COUNTED = words(COUNTED)
_LOCAL = frozenset([(5,), (6,), (7,), (8,), (2, 3), (3, 3), (1, 3, 3), (4, 3), (3, 4), (4, 4), (2, 2, 2), (3, 2, 2)])


def is_unit_next(text: str, at: int) -> bool:
    """Tell whether a unit follows: what stood before it was an amount, an area or a count."""
    return _UNIT.match(text, at) is not None


def groups_of_number(text: str, groups: Sequence[Group], wording: Wording, *, letters: int = 0) -> int:
    """How many of the groups are the number that `wording` announces; 0 when they are something else.

    `letters` is how many letters stand glued before the first group ("B1234567").
    """
    if wording.kind is Kind.ACCOUNT:
        groups = _evenly_parted(text, groups)
    if letters:
        count = _passport(groups, wording)
    elif wording.kind is Kind.PHONE and text.endswith("+", 0, groups[0].start):
        count = _longest(groups, lambda digits: _SHORTEST_ABROAD <= len(digits) <= _LONGEST_ABROAD)
    else:
        count = _COUNTS[wording.kind](groups, wording)
    return 0 if _can_be_amount(groups[:count], wording) and is_unit_next(text, groups[count - 1].end) else count


def _can_be_amount(groups: Sequence[Group], wording: Wording) -> bool:
    """No amount begins with a zero, and none is written without separators right behind the name of a paper."""
    if not groups or groups[0].digits.startswith("0"):
        return False
    return len(groups) > 1 or wording.kind is not Kind.PAPER


def _evenly_parted(text: str, groups: Sequence[Group]) -> Sequence[Group]:
    """The first of the groups, as far as the same mark parts them."""
    gaps = [text[one.end : other.start].strip() for one, other in pairwise(groups)]
    return groups[: 1 + next((at for at, gap in enumerate(gaps) if gap != gaps[0]), len(gaps))]


def _longest(groups: Sequence[Group], fits: Callable[[str], bool]) -> int:
    """The largest number of groups whose digits together fit; 0 when none do."""
    joined = list(accumulate(group.digits for group in groups))
    return next((count for count in range(len(joined), 0, -1) if fits(joined[count - 1])), 0)


def _of_length(*lengths: int) -> Callable[[str], bool]:
    return lambda digits: len(digits) in lengths


def _passport(groups: Sequence[Group], wording: Wording) -> int:
    return _longest(groups, _of_length(6, 7, 8)) if wording.kind is Kind.PAPER else 0


def _paper(groups: Sequence[Group], wording: Wording) -> int:
    """Twelve figures, nine of old; a few more or less where the words leave no doubt, for recognition drops some."""
    if len(groups[0].digits) in (9, 12):
        return 1
    exact = _longest(groups, lambda digits: len(digits) == 12 and digits.startswith("0"))
    exact = exact or _longest(groups, _of_length(9)) or _longest(groups, _of_length(12))
    if exact or wording.name in _AMBIGUOUS:
        return exact
    return _longest(groups, _of_length(8, 10, 11, 13))


def _phone(groups: Sequence[Group], wording: Wording) -> int:
    mobile = _longest(groups, lambda digits: MOBILE.fullmatch(digits) is not None)
    return mobile or _longest(groups, _is_long_distance) or _local_phone(groups, wording)


def _is_long_distance(digits: str) -> bool:
    return _LONG_DISTANCE.fullmatch(digits) is not None


def _local_phone(groups: Sequence[Group], wording: Wording) -> int:
    """A number without area code, which looks like an amount: none behind words of counting, no round thousands.

    Nor does a sum ("12.345.678") begin with one, and figures grouped like a sum want "số", a colon, or "ĐT" and "Tel".
    """
    if wording.as_written.upper() == "DT" or not _COUNTED.isdisjoint(map(fold, wording.before[-2:])):
        return 0
    shapes = list(accumulate((len(group.digits),) for group in groups))
    count = next((count for count in range(len(shapes), 0, -1) if shapes[count - 1] in _LOCAL), 0)
    digits = "".join(group.digits for group in groups[:count])
    if digits.endswith("000") or _YEARS.fullmatch(digits) or _is_beginning_of_sum(groups, count):
        return 0
    is_sum = count > 1 and all(len(group.digits) == 3 for group in groups[1:count])
    return 0 if is_sum and wording.name == "dien thoai" and not (wording.says_number or wording.colon) else count


def _is_beginning_of_sum(groups: Sequence[Group], count: int) -> bool:
    """Tell whether the next group is tied to the last of the number by a single mark."""
    return count < len(groups) and groups[count].start - groups[count - 1].end == 1 and len(groups[count].digits) == 3


def _account(groups: Sequence[Group], wording: Wording) -> int:
    """Where "số" is not said, "tài khoản" and "TK" may be those of bookkeeping (TK 111, 1121) and sums upon them; no
    such number begins with a zero.
    """
    if len(groups[0].digits) >= _ACCOUNT_UNPARTED:
        return 1
    certain = wording.says_number or wording.name.startswith("s") or groups[0].digits.startswith("0")
    count = _longest(groups, lambda digits: (6 if certain else 9) <= len(digits) <= 20)
    return count if certain or any(len(group.digits) >= 6 for group in groups[:count]) else 0


def _person_tax(groups: Sequence[Group], _: Wording) -> int:
    return _longest(groups, _of_length(10, 12, 13))


def _none(_: Sequence[Group], __: Wording) -> int:
    return 0


_COUNTS: dict[Kind, Callable[[Sequence[Group], Wording], int]] = {
    Kind.PAPER: _paper,
    Kind.PHONE: _phone,
    Kind.ACCOUNT: _account,
    Kind.PERSON_TAX: _person_tax,
    Kind.BUSINESS: _none,
    Kind.BIRTH: _none,
}
