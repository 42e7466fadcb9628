"""The rule table: from the facts of a record to the grounds of its conditions, each with its citation and words.

Every rule that fits gives its grounds; the strictest in force governs. When no rule fits, nothing speaks, and the
record is closed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from access_policy.conditions import NO_GROUND, AccessConditions, Ground
from access_policy.modes import audience_of, read_mode
from access_policy.parameters import DESCRIPTION_STANDARD, DIGITAL_USE, LAW_2024, STATE_SECRETS, Citation
from access_policy.record import Listing, Quarantine, Record, Restriction, Withdrawal
from access_policy.terms import CARRIES_MODE, AccessMode, AccessStatus, Known, Level


@dataclass(frozen=True)
class Facts:
    """What the rules look at: the record, and whatever the register says against it or its parents."""

    record: Record
    restrictions: Sequence[Restriction]

    def modes(self) -> Iterator[AccessMode]:
        """The record's own mode and those above it. Where the standard asks for none, an empty one says nothing."""
        for level, written in self.written_modes():
            mode = read_mode(written)
            if mode is not AccessMode.MISSING or level in CARRIES_MODE:
                yield mode

    def written_modes(self) -> list[tuple[Level, str | None]]:
        """Level and mode as written, of the record first and then of its parents."""
        return [(self.record.level, self.record.mode), *((above.level, above.mode) for above in self.record.parents)]


@dataclass(frozen=True)
class Rule:
    """One named rule: its grounds for some facts, the article it rests on, and its words for a citizen.

    `permittable`: whether a permit may open what its grounds close.
    """

    name: str
    citation: Citation
    words: str
    words_en: str
    grounds: Callable[[Facts], Iterator[Ground]]
    permittable: bool = True


def _secret(facts: Facts) -> Iterator[Ground]:
    if AccessMode.SECRET in facts.modes():
        yield Ground("state-secret", AccessStatus.SECRET)


def _secrecy_mark(facts: Facts) -> Iterator[Ground]:
    if facts.record.secrecy_above or any(isinstance(each, Quarantine) for each in facts.restrictions):
        yield Ground("secrecy-mark", AccessStatus.SECRET)


def _unknown_mode(facts: Facts) -> Iterator[Ground]:
    if AccessMode.UNKNOWN in facts.modes():
        yield Ground("unknown-mode", AccessStatus.CLOSED)


def _missing_mode(facts: Facts) -> Iterator[Ground]:
    if AccessMode.MISSING in facts.modes():
        yield Ground("missing-mode", AccessStatus.CLOSED)


def _withdrawn(facts: Facts) -> Iterator[Ground]:
    for withdrawal in (each for each in facts.restrictions if isinstance(each, Withdrawal)):
        yield Ground("withdrawn", AccessStatus.CLOSED, since=withdrawal.since, pages=withdrawal.pages)


def _listed(facts: Facts) -> Iterator[Ground]:
    for line in (each for each in facts.restrictions if isinstance(each, Listing)):
        ends = [day for day in (line.opens_on, line.until) if day is not None]
        yield Ground(
            "restricted-list",
            AccessStatus.CONDITIONAL if line.requestable else AccessStatus.CLOSED,
            since=line.since,
            until=min(ends, default=None),
            known=_shown(line),
            requestable=line.requestable,
            source=line.list_number,
            pages=line.pages,
        )


def _shown(line: Listing) -> Known:
    if line.description_shown:
        return Known.DESCRIPTION
    return Known.EXISTENCE if line.existence_shown else Known.NOTHING


def _conditional_mode(facts: Facts) -> Iterator[Ground]:
    if AccessMode.CONDITIONAL in facts.modes():
        yield Ground("conditional-mode", AccessStatus.CONDITIONAL, known=Known.DESCRIPTION, requestable=True)


def _public_mode(facts: Facts) -> Iterator[Ground]:
    """Only the record's own mode opens it; a narrower circle of readers above it binds it too."""
    if read_mode(facts.record.mode) is AccessMode.PUBLIC:
        for circle in dict.fromkeys(audience_of(written) for _, written in facts.written_modes()):
            yield Ground("public-mode", AccessStatus.OPEN, known=Known.DESCRIPTION, audience=circle)


def _finding_aid(facts: Facts) -> Iterator[Ground]:
    if facts.record.level not in CARRIES_MODE and read_mode(facts.record.mode) is AccessMode.MISSING:
        yield Ground("finding-aid", AccessStatus.OPEN, known=Known.DESCRIPTION)


RULES: tuple[Rule, ...] = (
    Rule(
        "state-secret",
        STATE_SECRETS,
        "Tài liệu thuộc danh mục bí mật nhà nước, không cung cấp trên cổng này.",
        "The material is a state secret and is not available on this portal.",
        _secret,
    ),
    Rule(
        "secrecy-mark",
        STATE_SECRETS,
        "Trên tài liệu có dấu chỉ mức độ mật, nên lưu trữ phải xem xét trước.",
        "A mark of secrecy stands on the material, so the archive has to examine it first.",
        _secrecy_mark,
    ),
    Rule(
        "unknown-mode",
        LAW_2024,
        "Chế độ sử dụng của tài liệu chưa được xác định, nên tài liệu chưa mở.",
        "The conditions of access have not been determined, so the material is not open yet.",
        _unknown_mode,
    ),
    Rule(
        "missing-mode",
        LAW_2024,
        "Chế độ sử dụng của tài liệu chưa được ghi, nên tài liệu chưa mở.",
        "No conditions of access have been recorded, so the material is not open yet.",
        _missing_mode,
    ),
    Rule(
        "withdrawn",
        LAW_2024,
        "Tài liệu đã được lưu trữ tạm rút khỏi việc sử dụng.",
        "The archive has withdrawn the material from use for now.",
        _withdrawn,
        permittable=False,
    ),
    Rule(
        "restricted-list",
        LAW_2024,
        "Tài liệu nằm trong danh mục hạn chế sử dụng của lưu trữ lịch sử tỉnh.",
        "The material is on the restricted-use list of the provincial archive.",
        _listed,
    ),
    Rule(
        "conditional-mode",
        LAW_2024,
        "Tài liệu tiếp cận có điều kiện: mô tả được công bố, nội dung đọc được khi lưu trữ đồng ý.",
        "Conditional access: the description is public; the content may be read once the archive agrees.",
        _conditional_mode,
    ),
    Rule(
        "public-mode",
        DIGITAL_USE,
        "Tài liệu được tiếp cận rộng rãi.",
        "The material is open to everybody.",
        _public_mode,
    ),
    Rule(
        "finding-aid",
        DESCRIPTION_STANDARD,
        "Phần giới thiệu phông và mục lục được công bố để tra cứu.",
        "Descriptions of fonds and inventories are published for searching.",
        _finding_aid,
    ),
)

CLOSED_BY_DEFAULT = Rule(
    NO_GROUND.rule,
    LAW_2024,
    "Chưa có căn cứ nào cho phép mở tài liệu này.",
    "There is no ground on which this material may be opened.",
    lambda _: iter(()),
)
"""The last rule, for whatever no other rule speaks of."""

_BY_NAME = {rule.name: rule for rule in RULES}


def conditions_of(
    record: Record, restrictions: Sequence[Restriction], *, rules: Sequence[Rule] = RULES
) -> AccessConditions:
    """Every ground the rules find for a record and what the register says of it. No rule, no ground: closed."""
    facts = Facts(record, restrictions)
    return AccessConditions(tuple(ground for rule in rules for ground in rule.grounds(facts)))


def rule_named(name: str) -> Rule:
    """The rule behind a ground; for a name nobody knows, the rule that closes."""
    return _BY_NAME.get(name, CLOSED_BY_DEFAULT)
