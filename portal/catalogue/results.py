"""The result page: hits, facets, chips, what was understood, and what to try when nothing was found."""

from indexer.index.port import Search, SearchResult
from indexer.index.query import Number, Phrase, parse
from indexer.index.schema import FACETS, Sort
from indexer.text.tokens import fold
from portal.catalogue import labels
from portal.catalogue.asked import LAST_PAGE, PAGE_SIZE, Asked
from portal.catalogue.histogram import histogram
from portal.catalogue.hits import present_hits
from portal.catalogue.presented import Facet, FacetOption, Link, ResultPage
from portal.gate import Door
from portal.i18n import _

FEW = 3
"""With so few records or none, other questions are offered."""

PAGES_SHOWN = 2
"""Pages shown under a hit; the rest is counted and shown with the record."""

MOST_OPTIONS = 12
"""Values of one facet on the page; rarer ones are reached by narrowing first."""


def present_results(door: Door, asked: Asked) -> ResultPage:
    """Ask the index and lay out the answer."""
    result = door.index.search(asked.search(), visibility=door.visibility)
    records = door.outward(result.hits)
    found = door.page_hits(asked.query, records, limit=PAGES_SHOWN)
    titles = _fonds_titles(door, asked, result)
    last = min(LAST_PAGE, max(1, -(-result.total // PAGE_SIZE)))
    return ResultPage(
        words=asked.q,
        total=result.total,
        understood=_understood(asked),
        chips=_chips(asked, titles),
        clear_url=asked.url(selections={}, tu=None, den=None),
        facets=tuple(_facet(name, asked, result, titles) for name in FACETS if result.facets[name]),
        histogram=histogram(result.years, asked.years),
        year_from=str(asked.tu or ""),
        year_to=str(asked.den or ""),
        sorts=tuple(Link(_(word), asked.url(sap_xep=sort), sort is asked.order) for sort, word in labels.SORTS.items()),
        sort=asked.sap_xep.value if asked.sap_xep is not Sort.RELEVANCE else "",
        hits=present_hits(door, records, asked.query, asked.q, found),
        page=asked.trang,
        last_page=last,
        previous_url=asked.url(trang=min(asked.trang - 1, last)) if asked.trang > 1 else "",
        next_url=asked.url(trang=asked.trang + 1) if asked.trang < last else "",
        retries=_retries(door, asked, result.total) if result.total <= FEW else (),
        kept=asked.kept(),
    )


def _fonds_titles(door: Door, asked: Asked, result: SearchResult) -> dict[str, str]:
    shown = [value for value, _count in result.facets["fonds"][:MOST_OPTIONS]]
    wanted = sorted({*shown, *asked.selections.get("fonds", ())})
    return {record.id: record.title for record in door.records(wanted)}


def _facet(name: str, asked: Asked, result: SearchResult, titles: dict[str, str]) -> Facet:
    chosen = asked.selections.get(name, frozenset())
    counts = dict(result.facets[name])
    values = [*dict.fromkeys([*(v for v in counts if v in chosen), *list(counts)[:MOST_OPTIONS], *sorted(chosen)])]
    options = (FacetOption(v, labels.facet_value(name, v, titles), counts.get(v, 0), v in chosen) for v in values)
    return Facet(name, _(labels.FACET_LABELS[name]), tuple(options))


def _chips(asked: Asked, titles: dict[str, str]) -> tuple[Link, ...]:
    chips = [
        Link(f"{_(labels.FACET_LABELS[name])}: {labels.facet_value(name, value, titles)}", asked.without(name, value))
        for name in FACETS
        for value in sorted(asked.selections.get(name, ()))
    ]
    if asked.years is not None:
        span = f"{asked.tu or '…'}–{asked.den or '…'}"
        chips.append(Link(_("Năm: %(span)s", span=span), asked.url(tu=None, den=None)))
    return tuple(chips)


def _understood(asked: Asked) -> tuple[str, ...]:
    query, notes = asked.query, []
    notes += [_("số, ký hiệu “%(number)s”", number=part.typed) for part in query.wanted if isinstance(part, Number)]
    notes += [_("nguyên cụm “%(words)s”", words=" ".join(p.words)) for p in query.wanted if isinstance(p, Phrase)]
    if query.accented and query.words():
        notes.append(_("có dấu như đã gõ được xếp trước"))
    elif query.words():
        notes.append(_("gõ không dấu: tìm mọi cách viết có dấu"))
    if query.excluded:
        notes.append(_("đã loại những từ có dấu trừ đứng trước"))
    return tuple(notes)


def _retries(door: Door, asked: Asked, found: int) -> tuple[Link, ...]:
    """Other questions that find more."""
    bare = " ".join(asked.q.replace('"', " ").replace("“", " ").replace("”", " ").split())
    tries = {
        _("Bỏ các bộ lọc"): asked.model_copy(update={"selections": {}, "tu": None, "den": None}),
        _("Bỏ ngoặc kép"): asked.model_copy(update={"q": bare}),
        _("Tìm không dấu"): asked.model_copy(update={"q": fold(bare)}),
    }
    tries |= {_("Chỉ tìm “%(word)s”", word=w): Asked(q=w) for w in bare.split()[:4] if len(bare.split()) > 1}
    fresh = {label: other for label, other in tries.items() if other != asked and parse(other.q).wanted}
    return tuple(Link(label, other.url()) for label, other in fresh.items() if _total(door, other) > found)


def _total(door: Door, asked: Asked) -> int:
    search = Search(asked.query, asked.selections, asked.years, limit=1)
    return door.index.search(search, visibility=door.visibility).total
