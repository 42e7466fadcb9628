"""One record of a result list, as printed."""

from collections.abc import Mapping

from markupsafe import Markup

from access_policy.terms import Action
from indexer.index.description import Description
from indexer.index.highlight import marks, snippet
from indexer.index.port import PageHits
from indexer.index.query import Query
from portal.addresses import image_address, page_address, record_address
from portal.catalogue import labels
from portal.catalogue.presented import Hit, PageLink
from portal.gate import Door
from portal.i18n import _, number
from portal.marking import marked, marked_snippet
from portal.standing import status


def present_hits(
    door: Door, records: list[Description], query: Query, words: str, pages: Mapping[str, PageHits]
) -> tuple[Hit, ...]:
    """Every hit with its status, marked words, the pages the words stand on, and a thumbnail where one may be seen."""
    return tuple(_hit(door, record, query, words, pages.get(record.id, PageHits())) for record in records)


def page_links(record_id: str, words: str, pages: PageHits) -> tuple[PageLink, ...]:
    """Links to pages, with their marked snippets."""
    return tuple(
        PageLink(
            hit.number,
            page_address(record_id, hit.number, words),
            marked_snippet(hit.snippet),
        )
        for hit in pages.hits
    )


def _hit(door: Door, record: Description, query: Query, words: str, pages: PageHits) -> Hit:
    thumbnail, decision = _thumbnail(door, record), door.decide(Action.READ, record)
    return Hit(
        url=record_address(record.id, words),
        status=status(record, decision, permitted=door.permitted(record)),
        kind=labels.kind(record.level),
        reference_code=record.reference_code,
        title=marked(record.title, marks(record.title, query)),
        facts=_facts(record),
        excerpt=_excerpt(record, query, readable=decision.allowed),
        pages=page_links(record.id, words, pages),
        more_pages=max(0, pages.total - len(pages.hits)),
        thumbnail=thumbnail,
        no_picture=_why_no_picture(record, readable=decision.allowed) if not thumbnail else "",
    )


def _facts(record: Description) -> tuple[str, ...]:
    extent = _("%(n)s trang", n=number(record.page_count)) if record.page_count else ""
    return tuple(fact for fact in (record.creator, record.dates.written, extent) if fact)


def _excerpt(record: Description, query: Query, *, readable: bool) -> Markup:
    if not readable:
        return Markup("{}").format(_("Chỉ mô tả được công bố; nội dung chưa đọc được ở đây."))
    return marked_snippet(snippet(record.scope, query)) if record.scope else Markup("")


def _thumbnail(door: Door, record: Description) -> str:
    if record.object_with(1) is None or not door.may_read(record, 1):
        return ""
    return image_address(record.id, 1, "thumb")


def _why_no_picture(record: Description, *, readable: bool) -> str:
    if not record.page_count:
        return ""
    return _("Chưa có ảnh") if readable else _("Chưa hiển thị")
