"""The labelled lines of a description page, in the order of ISAD(G)'s areas."""

from collections.abc import Iterator

from access_policy.terms import Level
from indexer.index.description import Description
from portal.catalogue import labels
from portal.catalogue.presented import Fact, Link
from portal.catalogue.vocabulary import in_words
from portal.i18n import N_, _, number, page_url

PICTURES_AND_SOUND = frozenset({Level.PHOTO, Level.FILM, Level.AUDIO, Level.VIDEO})

_PLAIN = (
    (N_("Tình trạng vật lý"), "condition", ""),
    (N_("Thời hạn lưu trữ"), "retention", N_("Thời gian cơ quan phải giữ tài liệu này.")),
    (N_("Ký hiệu thông tin"), "signs", N_("Ký hiệu phân loại do lưu trữ ghi.")),
)


def facts_of(record: Description) -> tuple[Fact, ...]:
    """Every line that has something to say."""
    return tuple(fact for fact in _all(record) if any(value.label for value in fact.values))


def _all(record: Description) -> Iterator[Fact]:
    yield _fact(_("Ký hiệu tra cứu"), record.reference_code, _("Ghi ký hiệu này khi hỏi lưu trữ hoặc trích dẫn."))
    yield _fact(_("Số, ký hiệu văn bản"), record.number)
    yield _fact(_("Thời gian"), record.dates.written, _("Ngày của văn bản sớm nhất và muộn nhất, như tài liệu ghi."))
    label = _("Tác giả") if record.level in PICTURES_AND_SOUND else _("Cơ quan hình thành")
    yield Fact(label, (_searching("creator", record.creator),), _("Cơ quan, người làm ra tài liệu."))
    yield _fact(_("Cơ quan kế thừa hiện nay"), record.creator_today)
    yield Fact(_("Địa danh ghi trong tài liệu"), _places(record, "place"))
    yield Fact(_("Địa danh hiện nay"), _places(record, "place_today"))
    yield Fact(_("Loại văn bản"), (_searching("document_type", record.document_type, in_words(record.document_type)),))
    yield _fact(_("Ngôn ngữ"), in_words(record.language))
    yield _fact(_("Khối lượng"), _extent(record))
    yield _fact(_("Nội dung"), record.scope)
    yield _fact(_("Từ khóa"), "; ".join(record.keywords))
    for name, value in record.details:
        yield _fact(_(labels.DETAILS.get(name, name)), in_words(value))
    for label, field, explanation in _PLAIN:
        yield _fact(_(label), in_words(getattr(record, field)), _(explanation) if explanation else "")


def _fact(label: str, value: str, explanation: str = "") -> Fact:
    return Fact(label, (Link(value, ""),), explanation)


def _searching(facet: str, value: str, label: str = "") -> Link:
    return Link(label or value, page_url("catalogue.search", **{facet: value}) if value else "")


def _places(record: Description, facet: str) -> tuple[Link, ...]:
    names = (place.written if facet == "place" else place.today for place in record.places)
    return tuple(_searching(facet, name) for name in dict.fromkeys(names) if name)


def _extent(record: Description) -> str:
    pages = _("đã số hóa %(n)s trang", n=number(record.page_count)) if record.page_count else ""
    return ", ".join(part for part in (record.extent, pages) if part)
