"""A small archive whose answers can be counted by hand, and a larger one drawn at random but always the same."""

import random
from collections.abc import Iterator
from datetime import date

from access_policy.record import DateSpan, DigitalObject, Listing, Page, Parent, Place, Record
from access_policy.rules import conditions_of
from access_policy.terms import Level
from indexer.documents import to_documents
from indexer.index.document import Documents
from indexer.protection import protected_page, protected_record

TODAY = date(2026, 11, 21)

FONDS = Parent("h38.td", Level.FONDS, "Ty Điền địa", "TĐĐ")
WORDS = [
    "quyết",
    "định",
    "giao",
    "đất",
    "cho",
    "hộ",
    "gia",
    "đình",
    "xã",
    "Tam",
    "Kỳ",
    "về",
    "việc",
    "cấp",
    "phép",
    "xây",
    "dựng",
    "kế",
    "hoạch",
    "số",
    "hóa",
    "hồ",
    "sơ",
    "báo",
    "cáo",
    "tờ",
    "trình",
    "ủy",
    "ban",
    "nhân",
    "dân",
    "tỉnh",
    "huyện",
    "biên",
    "bản",
    "họp",
    "hợp",
    "tác",
    "xã",
    "nông",
    "nghiệp",
    "thủy",
    "lợi",
    "đường",
    "Nguyễn",
    "Huệ",
    "khiếu",
    "nại",
    "bồi",
    "thường",
]
TYPES = ("Quyết định", "Tờ trình", "Báo cáo", "")
KNOWN_TO_BE_THERE = Listing("DM-9", "", "đời tư", "", since=date(2020, 1, 1), existence_shown=True)
PLACES = (Place("xã Tam Thăng", "Đà Nẵng"), Place("quận Tam Kỳ", "Đà Nẵng"), Place("huyện Phú Ninh", ""))


def record(ordinal: int, title: str = "", **changes: object) -> Record:
    """An open item with a number; every field can be changed."""
    values: dict[str, object] = {
        "id": f"h38.td.01.{ordinal}",
        "level": Level.ITEM,
        "reference_code": f"TĐĐ · ML 01 · hồ sơ {ordinal}",
        "archive_code": "h38",
        "archive_name": "Lưu trữ lịch sử tỉnh",
        "title": title or f"Hồ sơ thử {ordinal}",
        "mode": "01",
        "parents": (FONDS,),
        "page_count": 0,
    }
    return Record(**(values | changes))  # type: ignore[arg-type]


def pages(*texts: str) -> tuple[Page, ...]:
    """Pages with these texts, numbered from 1."""
    return tuple(Page(number, text) for number, text in enumerate(texts, start=1))


def documents(one: Record, texts: tuple[Page, ...] = (), *listings: Listing, today: date = TODAY) -> Documents | None:
    """The documents of one record as the pipeline makes them."""
    protected = [protected_page(page, (), today=today) for page in texts]
    return to_documents(protected_record(one, today=today), protected, conditions_of(one, listings), today=today)


def random_archive(count: int, seed: int = 7) -> Iterator[Documents]:
    """Records with varied facets, years, modes and words; closed ones are left out as the pipeline leaves them out."""
    chance = random.Random(seed)
    for ordinal in range(1, count + 1):
        year = chance.choice([None, *range(1950, 1990)])
        span = (
            DateSpan()
            if year is None
            else DateSpan(date(year, 3, 2), date(year + chance.randrange(4), 5, 1), f"{year}")
        )
        one = record(
            ordinal,
            _prose(chance, 8),
            mode=chance.choice(["01"] * 8 + ["02", "Đọc tại phòng đọc", "03", "??", None]),
            level=chance.choice([Level.FILE, Level.ITEM, Level.PHOTO]),
            dates=span,
            creator=chance.choice(["Ty Điền địa", "Sở Địa chính", "UBND huyện Phú Ninh", ""]),
            document_type=chance.choice(TYPES),
            number=chance.choice(["", f"{chance.randrange(1, 60)}/QĐ-UB", f"{chance.randrange(1, 60)}/KH-UBND"]),
            language=chance.choice(["Tiếng Việt", "Tiếng Pháp"]),
            places=tuple(chance.sample(PLACES, chance.randrange(3))),
            scope=_prose(chance, chance.randrange(12)),
            page_count=chance.randrange(4),
            objects=(DigitalObject("a.pdf", "application/pdf", "0" * 64, 1, 3),) * chance.randrange(2),
        )
        lines = (KNOWN_TO_BE_THERE,) if chance.random() < 0.1 else ()
        made = documents(one, pages(*(_prose(chance, 60) for _ in range(one.page_count))), *lines)
        if made is not None:
            yield made


def _prose(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, weights=[1 / (i + 2) for i in range(len(WORDS))], k=words))
