"""Field -> the word on the screen, and what it means in plain words."""

from access_policy.terms import Level
from indexer.index.schema import Access, PagesShown, Sort
from portal.catalogue.vocabulary import in_words
from portal.i18n import N_, _

KINDS: dict[Level, str] = {
    Level.FONDS: N_("Phông"),
    Level.INVENTORY: N_("Mục lục"),
    Level.FILE: N_("Hồ sơ"),
    Level.ITEM: N_("Văn bản"),
    Level.PHOTO: N_("Ảnh"),
    Level.FILM: N_("Phim"),
    Level.AUDIO: N_("Ghi âm"),
    Level.VIDEO: N_("Ghi hình"),
}

FACET_LABELS: dict[str, str] = {
    "access": N_("Tình trạng tiếp cận"),
    "fonds": N_("Phông"),
    "kind": N_("Cấp mô tả"),
    "document_type": N_("Loại văn bản"),
    "creator": N_("Cơ quan hình thành"),
    "place": N_("Địa danh ghi trong tài liệu"),
    "place_today": N_("Địa danh hiện nay"),
    "language": N_("Ngôn ngữ"),
    "has_pages": N_("Trang xem được trên mạng"),
}

ACCESS_WORDS: dict[str, str] = {
    Access.READ_NOW.value: N_("Mở"),
    Access.ON_REQUEST.value: N_("Xin đọc"),
    Access.READING_ROOM.value: N_("Đọc tại phòng đọc"),
    Access.NOT_OPEN.value: N_("Chưa mở"),
}

HAS_PAGES: dict[str, str] = {
    PagesShown.IMAGES.value: N_("Có ảnh trang"),
    PagesShown.TEXT.value: N_("Chỉ có chữ"),
    PagesShown.NONE.value: N_("Chưa có"),
}

SORTS: dict[Sort, str] = {
    Sort.RELEVANCE: N_("liên quan nhất"),
    Sort.OLDEST: N_("cũ trước"),
    Sort.NEWEST: N_("mới trước"),
    Sort.REFERENCE_CODE: N_("ký hiệu"),
}

DETAILS: dict[str, str] = {
    "history": N_("Lịch sử đơn vị hình thành phông"),
    "key_groups": N_("Nhóm tài liệu chủ yếu"),
    "other_types": N_("Loại hình tài liệu khác"),
    "lookup_tools": N_("Công cụ tra cứu"),
    "status": N_("Trạng thái phông"),
    "paper_file_code": N_("Mã hồ sơ giấy"),
    "confidence": N_("Mức độ tin cậy"),
    "autograph": N_("Bút tích"),
    "process": N_("Quy trình xử lý"),
    "event": N_("Sự kiện"),
    "colour": N_("Màu"),
    "film_size": N_("Cỡ phim, ảnh"),
    "quality": N_("Chất lượng"),
    "play_time": N_("Thời lượng"),
    "attached": N_("Tài liệu đi kèm"),
}


def kind(level: Level) -> str:
    """The word for a level of description."""
    return _(KINDS[level])


def facet_value(name: str, value: str, titles: dict[str, str]) -> str:
    """The word for one value of a facet. `titles` holds the titles of fonds by id."""
    if name == "fonds":
        return titles.get(value, value)
    if name == "kind":
        return _(KINDS[Level(value)]) if value in {level.value for level in Level} else value
    if name in {"document_type", "language"}:
        return in_words(value)
    words = {"access": ACCESS_WORDS, "has_pages": HAS_PAGES}.get(name, {})
    return _(words[value]) if value in words else value
