"""An archive made to leak: every kind of record that may not be known, in words that stand nowhere else.

It exists in editions. Editions differ only in what readers may never learn: in the words of hidden records, in the text
and the file names behind descriptions that are public, in what lies under a black box. One edition has none of it at
all. Whoever can tell two editions apart has found a leak.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

from access_policy.record import Box, DateSpan, DigitalObject, Page, Parent, Place, Record
from access_policy.register.entries import ListEntry, ListVersion
from access_policy.register.store import Register
from access_policy.terms import Level
from indexer.sources.port import SourceRecord

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
AN, BINH = "Nguyễn Văn An", "Lê Thị Bình"

ARCHIVE = "Lưu trữ lịch sử tỉnh"
FONDS = Parent("h47.td", Level.FONDS, "Ty Điền địa", "TĐĐ")
FILE = Parent("h47.td.16", Level.FILE, "Hồ sơ giao đất", "TĐĐ · 16", "01")
SECRET_FILE = Parent("h47.td.17", Level.FILE, "Hồ sơ mật", "TĐĐ · 17", "03")

BLACK = (0, 400, 1000, 700)
"""What staff has blacked out on the first page of `h47.td.boi-den`; the words of an edition stand in the middle."""

NUMBER_BOX = (250, 480, 900, 540)
"""Where recognition found a personal number on the page of `h47.td.can-cuoc`."""


@dataclass(frozen=True)
class Words:
    """The words that only the hidden parts of one edition hold, each in its own place, all beginning with `stem`;
    a document number, a day, and the number of somebody's identity card.
    """

    stem: str
    number: str
    date: date
    person: str

    @property
    def title(self) -> str:
        """In titles."""
        return f"{self.stem}ten"

    @property
    def text(self) -> str:
        """On pages."""
        return f"{self.stem}chu"

    @property
    def creator(self) -> str:
        """The office that made it."""
        return f"{self.stem}co"

    @property
    def place(self) -> str:
        """Where it was."""
        return f"{self.stem}noi"

    @property
    def keyword(self) -> str:
        """Among the keywords."""
        return f"{self.stem}khoa"

    @property
    def file(self) -> str:
        """In the names of files."""
        return f"{self.stem}tep"

    def all(self) -> tuple[str, ...]:
        """Every word that can be asked for."""
        return (self.title, self.text, self.creator, self.place, self.keyword, self.file)


ZUMKYRA = Words("zumkyra", "4711/QĐ-UB", date(1907, 2, 3), "049085001234")
VRENLOK = Words("vrenlok", "58/TTr-ĐC", date(1991, 12, 30), "001190007788")
EDITIONS: dict[str, Words | None] = {"zumkyra": ZUMKYRA, "vrenlok": VRENLOK, "empty": None}


def record(record_id: str, title: str, **values: object) -> Record:
    """An open item of this archive; everything can be changed."""
    given: dict[str, object] = {
        "id": f"h47.td.{record_id}",
        "level": Level.ITEM,
        "reference_code": f"TĐĐ · {record_id}",
        "archive_code": "h47",
        "archive_name": ARCHIVE,
        "title": title,
        "mode": "01",
        "parents": (FONDS,),
    }
    return Record(**(given | values))  # type: ignore[arg-type]


def pages(*texts: str) -> tuple[Page, ...]:
    """Pages with these texts, from 1; an empty text is a page on which nothing was recognised."""
    return tuple(Page(number, text) for number, text in enumerate(texts, start=1))


def scan(name: str, page_count: int) -> DigitalObject:
    """A scan in the store; `fill_store` draws it."""
    return DigitalObject(f"scans/{name}.pdf", "application/pdf", "", 1, page_count)


PHOTO = DigitalObject("photos/cau.jpg", "image/jpeg", "", 1, 1)


def open_records() -> Iterator[SourceRecord]:
    """What everybody may find and read, the same in every edition."""
    yield SourceRecord(record("", FONDS.title, id=FONDS.id, level=Level.FONDS, mode=None, parents=(), scope="Từ 1955."))
    yield SourceRecord(record("", FILE.title, id=FILE.id, level=Level.FILE, reference_code=FILE.reference_code))
    for number in range(1, 7):
        item = record(
            f"16.{number}",
            f"Quyết định giao đất số {number}" if number % 2 else f"Tờ trình giao đất thủy lợi {number}",
            parents=(FONDS, FILE),
            number=f"{60 + number}/QĐ-UB",
            dates=DateSpan(date(1970 + number, 3, 1), date(1970 + number, 3, 1), str(1970 + number)),
            creator=("Ty Điền địa", "Sở Địa chính")[number % 2],
            document_type=("Quyết định", "Tờ trình")[number % 2],
            language="Tiếng Việt",
            places=(Place("xã Tam Thăng", "Đà Nẵng"),),
            keywords=("giao đất",),
            page_count=2,
            objects=(scan("mo", 2),),
        )
        yield SourceRecord(item, pages("giao đất cho hộ " * number, "đất thủy lợi " * (7 - number)))
    yield SourceRecord(record("anh", "Cầu Trường Giang", level=Level.PHOTO, page_count=1, objects=(PHOTO,)))


HIDDEN_MODES = {"mat": "03", "la": "Riêng tư", "trong": None, "mau-thuan": "01; 02"}
LISTED, TOMORROW, WITHDRAWN, IN_LISTED_FILE = "danh-muc", "mai-mo", "rut", "trong-ho-so"
MARKED, IN_SECRET_FILE, ITS_LISTED_FILE = "dong-dau", "17.1", "18"
HIDDEN = (*HIDDEN_MODES, LISTED, TOMORROW, WITHDRAWN, IN_LISTED_FILE, MARKED, IN_SECRET_FILE, ITS_LISTED_FILE)
HIDDEN_IDS = tuple(f"h47.td.{name}" for name in HIDDEN)
"""Of these not even the being there may be known."""


def hidden_records(words: Words) -> Iterator[SourceRecord]:
    """One record for each way of being hidden, every field of it full of the edition's words."""
    for name in HIDDEN:
        listed_file = Parent(f"h47.td.{ITS_LISTED_FILE}", Level.FILE, words.title, "TĐĐ · 18", "01")
        above = {IN_LISTED_FILE: (FONDS, listed_file), IN_SECRET_FILE: (FONDS, SECRET_FILE)}.get(name, (FONDS,))
        yield SourceRecord(
            _full_of(words, name, mode=HIDDEN_MODES.get(name, "01"), parents=above),
            pages(f"MẬT\n{words.text}" if name == MARKED else f"giao đất {words.text}"),
        )


def _full_of(words: Words, name: str, **values: object) -> Record:
    return replace(
        record(name, f"Quyết định giao đất {words.title}", **values),
        number=words.number,
        dates=DateSpan(words.date, words.date, f"ngày {words.date.year}"),
        creator=words.creator,
        document_type=words.title,
        language=words.title,
        places=(Place(words.place, words.place),),
        scope=words.title,
        keywords=(words.keyword,),
        details=(("event", words.keyword),),
        page_count=1,
        objects=(scan(words.file, 1),),
    )


ACKNOWLEDGED, CONDITIONAL, DESCRIBED = "biet-co", "dieu-kien", "mo-ta"
READING_ROOM, PAGE_LISTED, FIRST_PAGE_LISTED = "phong-doc", "trang-kin", "trang-dau-kin"
BLACKED_OUT, NUMBERED = "boi-den", "can-cuoc"
CLOSED_TO_THE_PUBLIC = (ACKNOWLEDGED, CONDITIONAL, DESCRIBED, READING_ROOM)
OPEN_IN_PART = (PAGE_LISTED, FIRST_PAGE_LISTED, BLACKED_OUT, NUMBERED)
PARTLY_OPEN_IDS = tuple(f"h47.td.{name}" for name in (*CLOSED_TO_THE_PUBLIC, *OPEN_IN_PART))
"""Of these something may be known, and the words of an edition stand in the rest."""

NO_PICTURE_IDS = (*HIDDEN_IDS, *(f"h47.td.{name}" for name in CLOSED_TO_THE_PUBLIC))
"""No page of these may be seen by anybody on the internet."""


CLOSED_PAGES = (
    *((record_id, number) for record_id, number in product(NO_PICTURE_IDS, (1, 2))),
    (f"h47.td.{PAGE_LISTED}", 2),
    (f"h47.td.{FIRST_PAGE_LISTED}", 1),
)
"""Pages of which nobody on the internet may see a pixel."""


def partly_open_records(words: Words | None) -> Iterator[SourceRecord]:
    """Records whose description is public (of one: only that it is there), with something hidden behind it."""
    text, file = (words.text, words.file) if words else ("", "mo")
    if words:
        yield SourceRecord(_full_of(words, ACKNOWLEDGED), pages(words.text))
    else:
        yield SourceRecord(record(ACKNOWLEDGED, "Không nói gì"))
    for name, mode in ((CONDITIONAL, "02"), (DESCRIBED, "01"), (READING_ROOM, "Đọc tại phòng đọc")):
        described = record(name, f"Đơn xin giao đất {name}", mode=mode, page_count=2, objects=(scan(file, 2),))
        yield SourceRecord(described, pages(f"giao đất {text}", text))
    yield SourceRecord(
        record(PAGE_LISTED, "Biên bản họp", page_count=3, objects=(scan("mo", 3),)),
        pages("mở đầu giao đất", text, "kết thúc"),
    )
    yield SourceRecord(
        record(FIRST_PAGE_LISTED, "Biên bản bàn giao", page_count=2, objects=(scan("mo", 2),)),
        pages(text, "còn lại"),
    )
    for name, page in ((BLACKED_OUT, _page_with_a_box(text)), (NUMBERED, _page_with_a_number(words))):
        covered = record(name, f"Danh sách {name}", page_count=1, objects=(scan(f"{name}-{file}", 1),))
        yield SourceRecord(covered, (page,))


def _page_with_a_box(text: str) -> Page:
    """A page of three words with known places; the one in the middle lies under the black box."""
    hidden = (text or "trống").ljust(13, "x")
    return _page(("hộ", (100, 100, 200, 130)), (hidden, (100, 500, 300, 530)), ("đất", (100, 800, 200, 830)))


def _page_with_a_number(words: Words | None) -> Page:
    """A page with the number of an identity card, and where it stands."""
    number = words.person if words else "092170005555"
    return _page(("CCCD", (100, 480, 240, 540)), (number, NUMBER_BOX))


def _page(*words: tuple[str, Box]) -> Page:
    return Page(1, " ".join(word for word, _ in words), words)


def rows(words: Words | None) -> tuple[SourceRecord, ...]:
    """Everything in the archive database of an edition."""
    hidden = tuple(hidden_records(words)) if words else ()
    return (*open_records(), *hidden, *partly_open_records(words))


def restrict(register: Register) -> None:
    """What the register says against the archive before it is indexed, the same in every edition."""
    lines = (
        ListEntry(f"h47.td.{LISTED}", "đời tư", "thử"),
        ListEntry(f"h47.td.{TOMORROW}", "đời tư", "thử", opens_on=TODAY + DAY),
        ListEntry(f"h47.td.{ITS_LISTED_FILE}", "đời tư", "thử"),
        ListEntry(f"h47.td.{ACKNOWLEDGED}", "đời tư", "thử", existence_shown=True),
        ListEntry(
            f"h47.td.{DESCRIBED}", "đời tư", "thử", existence_shown=True, description_shown=True, requestable=True
        ),
        ListEntry(f"h47.td.{PAGE_LISTED}", "đời tư", "thử", first_page=2, last_page=2),
        ListEntry(f"h47.td.{FIRST_PAGE_LISTED}", "đời tư", "thử", first_page=1),
    )
    register.import_version(ListVersion("DM-1", TODAY, "UBND tỉnh", "Luật Lưu trữ"), lines, author=AN, now=NOON)
    register.activate("DM-1", effective_from=TODAY - DAY, author=BINH, now=NOON)
    register.withdraw(f"h47.td.{WITHDRAWN}", reason="thử", author=AN, now=NOON - DAY)
    register.redact(f"h47.td.{BLACKED_OUT}", 1, BLACK, reason="thử", author=AN, now=NOON)
