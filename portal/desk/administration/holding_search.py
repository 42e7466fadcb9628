"""Holdings by words: what staff know of a record is its title or a code, and seldom its id."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from access_policy.decide import decide
from access_policy.reader import ANONYMOUS
from access_policy.record import Listing, Registered, lineage
from access_policy.rules import rule_named
from access_policy.terms import Action
from indexer.index.description import Description
from indexer.index.port import IndexUnavailable
from indexer.index.query import parse
from portal.desk.administration.ledger import Said, binds, category_in_words
from portal.desk.administration.office import AdministrationOffice
from portal.i18n import _, language
from portal.standing import cited, status, why_closed

PAGE_SIZE = 20
LAST_PAGE = 50
LONGEST_WORDS = 200
LONGEST_ID = 120


@dataclass(frozen=True)
class Mark:
    """One thing that staff should know of how a record stands today: a word, why, and by what law."""

    tone: str
    word: str
    reason: str
    citation: str
    pages: tuple[int, int] | None = None


@dataclass(frozen=True)
class Hit:
    """A record found. `title` and `reference_code` are empty for what is not in the public index; `permits` counts
    those that are good today.
    """

    id: str
    title: str
    reference_code: str
    marks: tuple[Mark, ...]
    permits: int


@dataclass(frozen=True)
class Slice:
    """One page of hits. `total` is None where nobody counts; `answered` is False while the index is away."""

    hits: tuple[Hit, ...] = ()
    total: int | None = None
    page: int = 1
    more: bool = False
    answered: bool = True


def by_words(office: AdministrationOffice, words: str, page: int) -> Slice:
    """Records of the public index that hold all words."""
    if not parse(words).wanted:
        return Slice(total=0)
    start = (page - 1) * PAGE_SIZE
    try:
        found = office.index.find(words, start=start, most=PAGE_SIZE, today=office.today)
    except IndexUnavailable:
        return Slice(answered=False)
    more = found.total > start + PAGE_SIZE and page < LAST_PAGE
    return Slice(_hits(office, {each.id: each for each in found.hits}), found.total, page, more)


def by_id(office: AdministrationOffice, prefix: str, page: int) -> Slice:
    """Ids that begin so: those that the register names, and with them those of the public index."""
    last = page * PAGE_SIZE
    ids = set(office.ledger.ids_beginning(prefix, start=0, most=last + 1))
    known: Mapping[str, Description] = {}
    answered = True
    try:
        ids |= set(office.index.ids_beginning(prefix, today=office.today))
        shown = sorted(ids)[last - PAGE_SIZE : last]
        known = office.index.known(shown, today=office.today)
    except IndexUnavailable:
        shown, answered = sorted(ids)[last - PAGE_SIZE : last], False
    hits = _hits(office, {record_id: known.get(record_id) for record_id in shown})
    return Slice(hits, None, page, len(ids) > last and page < LAST_PAGE, answered)


def read_prefix(words: str) -> str:
    """The beginning of an id that these words may be, or "" when no id looks so."""
    prefix = words.lower()
    return prefix if 2 <= len(prefix) <= LONGEST_ID and " " not in prefix else ""


def _hits(office: AdministrationOffice, records: Mapping[str, Description | None]) -> tuple[Hit, ...]:
    lineages = {key: each.lineage if each else lineage(key, ()) for key, each in records.items()}
    said = office.ledger.said_of_each(lineages)
    return tuple(_hit(key, each, said[key], office.today) for key, each in records.items())


def _hit(record_id: str, record: Description | None, said: Said, today: date) -> Hit:
    good = sum(each.starts_on <= today <= each.ends_on for each in said.permits)
    title, code = (record.title, record.reference_code) if record else ("", "")
    return Hit(record_id, title, code, tuple(_marks(record, said, today)), good)


def _marks(record: Description | None, said: Said, today: date) -> Sequence[Mark]:
    """What the register says comes first. Of a record that it closes whole, the index has no other word to say."""
    marks = [_of_register(each) for each in said.restrictions if binds(each, today)]
    if any(mark.pages is None for mark in marks):
        return marks
    return [*marks, _of_index(record, today)]


def _of_register(each: Registered) -> Mark:
    if not isinstance(each, Listing):
        citation = cited(rule_named("withdrawn").citation)
        return Mark("closed", _("Đã rút khỏi sử dụng"), each.reason, citation, each.pages)
    category = category_in_words(each.category, english=language() == "en")
    reason = ". ".join(part for part in (category, each.reason) if part)
    tone, word = (
        "conditional" if each.requestable else "closed",
        _("Trong danh mục %(number)s", number=each.list_number),
    )
    return Mark(tone, word, reason, each.legal_basis or cited(rule_named("restricted-list").citation), each.pages)


def _of_index(record: Description | None, today: date) -> Mark:
    if record is None:
        return Mark("closed", _("Không có trong chỉ mục công khai"), "", "")
    decision = decide(Action.READ, record.conditions, record_id=record.id, reader=ANONYMOUS, today=today)
    shown, why = status(record, decision), why_closed(decision)
    if why is not None:
        return Mark(shown.tone, shown.word, why.reason, why.citation)
    words = decision.rule.words if language() == "vi" else decision.rule.words_en
    return Mark(shown.tone, shown.word, words, cited(decision.citation))
