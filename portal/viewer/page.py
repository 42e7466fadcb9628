"""One page of a record, laid out for the screen."""

from collections.abc import Callable, Iterator

from indexer.index.description import Description
from indexer.index.query import parse
from portal.addresses import image_address, record_address
from portal.citation import cite
from portal.gate import Door
from portal.i18n import _, page_url
from portal.marking import marked_text
from portal.viewer.presented import StripPage, ViewerPage, Zoom

STRIP_REACH = 4
"""Pages in the strip on either side of the one on screen."""

HIT_PAGES = 50

DEFAULT_SIZE = "screen"


def present_page(
    door: Door, record: Description, number: int, *, permit: str | None, words: str, size: str
) -> ViewerPage:
    """Lay out a page that the door let through, by a permit of this code or for everybody. Neighbours that may not be
    read are left out.
    """
    held = record.object_with(number)
    query = parse(words)
    found = door.page_hits(query, [record], limit=HIT_PAGES).get(record.id)
    hit_pages = sorted(hit.number for hit in found.hits) if found else []
    last = max(record.page_count, 1)

    def at(page: int | None, co: str = size) -> str:
        kept = {"q": words or None, "co": co if co != DEFAULT_SIZE else None}
        return page_url("viewer.page", record_id=record.id, number=page, **kept) if page else ""

    return ViewerPage(
        record_title=record.title,
        record_url=record_address(record.id, words),
        reference_code=record.reference_code,
        number=number,
        last=last,
        image=image_address(record.id, number, size) if held else "",
        image_alt=_("Ảnh trang %(n)s: %(title)s. Chữ trên trang ở ngay sau ảnh.", n=number, title=record.title),
        notice="" if held else _("Trang này chưa có ảnh; dưới đây là chữ nhận dạng được."),
        zooms=tuple(Zoom(label, at(number, co=name), name == size) for name, label in _sizes()) if held else (),
        text=marked_text(door.page_text(record, number), query),
        strip=tuple(_strip(door, record, number, at)),
        first_url=at(_readable(door, record, range(1, number))),
        previous_url=at(_readable(door, record, range(number - 1, 0, -1))),
        next_url=at(_readable(door, record, range(number + 1, last + 1))),
        last_url=at(_readable(door, record, range(last, number, -1))),
        words=words,
        hit_pages=tuple((page, at(page)) for page in hit_pages),
        allowed=_allowed(permit),
        permalink=page_url("viewer.page", record_id=record.id, number=number, _external=True),
        citation=cite(record, number),
    )


def _allowed(permit: str | None) -> str:
    """By what right the page is on the screen, and what its image bears."""
    if permit is None:
        return _("Tài liệu mở: đọc trên màn hình, ai cũng đọc được. Ảnh có dấu của lưu trữ và ngày đọc.")
    return _("Đọc theo giấy phép %(code)s của ông/bà. Ảnh có tên ông/bà, số giấy phép và ngày đọc.", code=permit)


def _sizes() -> tuple[tuple[str, str], ...]:
    return (("screen", _("vừa màn hình")), ("large", _("lớn")))


def _readable(door: Door, record: Description, pages: range) -> int | None:
    return next((page for page in pages if door.may_read(record, page)), None)


def _strip(door: Door, record: Description, number: int, at: Callable[[int], str]) -> Iterator[StripPage]:
    for page in range(max(1, number - STRIP_REACH), min(max(record.page_count, 1), number + STRIP_REACH) + 1):
        if record.object_with(page) is not None and door.may_read(record, page):
            yield StripPage(
                page,
                at(page),
                image_address(record.id, page, "thumb"),
                page == number,
            )
