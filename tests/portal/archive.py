"""A small archive behind the portal: one of everything a page can show, and canaries where nothing may be shown."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from PIL import Image, ImageDraw

from access_policy.record import DateSpan, DigitalObject, Listing, Page, Parent, Place, Record
from access_policy.terms import Level
from indexer.index.document import Documents
from tests.index.corpus import TODAY, documents

CANARY = "zumkyra"

ARCHIVE = "Lưu trữ lịch sử tỉnh"
FONDS = Parent("qn.td", Level.FONDS, "Ty Điền địa Quảng Nam", "TĐĐ")
FILE = Parent("qn.td.04.16", Level.FILE, "Hồ sơ giao đất xã Tam Thăng", "TĐĐ · ML 04 · hồ sơ 16", "01")
SCAN = DigitalObject("scans/so-67.pdf", "application/pdf", "a" * 64, 1, 3)
BROKEN = DigitalObject("scans/broken.pdf", "application/pdf", "b" * 64, 1, 1)
LOST = DigitalObject("scans/lost.pdf", "application/pdf", "c" * 64, 1, 1)
PHOTO = DigitalObject("photos/cau.jpg", "image/jpeg", "d" * 64, 1, 1)

TEXTS = (
    "QUYẾT ĐỊNH\nVề việc giao đất cho hộ ông Lê Lý, xã Tam Thăng",
    "Điều 1. Giao đất làm nhà ở cho 41 hộ gia đình.",
    "Điều 2. Các ông Chánh Văn phòng chịu trách nhiệm thi hành.",
)


def record(record_id: str, level: Level, title: str, **values: object) -> Record:
    """A record of this archive."""
    given: dict[str, object] = {
        "id": record_id,
        "level": level,
        "title": title,
        "reference_code": f"TĐĐ · {record_id}",
        "archive_code": "qn",
        "archive_name": ARCHIVE,
        "mode": "01",
        "parents": (FONDS,),
    }
    return Record(**(given | values))  # type: ignore[arg-type]


def texts(*pages: str) -> tuple[Page, ...]:
    """Pages with these texts."""
    return tuple(Page(number, text) for number, text in enumerate(pages, start=1))


LISTED = Listing("DM-01/2026", "", "đời tư", "", since=TODAY - timedelta(days=1))
PAGES_LISTED = Listing("DM-01/2026", "", "đời tư", "", since=TODAY - timedelta(days=1), pages=(2, 2))
TOMORROW = Listing("DM-01/2026", "", "đời tư", "", since=date(2000, 1, 1), opens_on=TODAY + timedelta(days=1))
ACKNOWLEDGED = Listing(
    "DM-02/2026", "", "đời tư", "", since=date(2026, 7, 1), opens_on=date(2036, 7, 1), existence_shown=True
)
ASKABLE = Listing("DM-01/2026", "", "đời tư", "", since=date(2026, 7, 1), description_shown=True, requestable=True)

OPEN_ITEM = record(
    "qn.td.04.16.1",
    Level.ITEM,
    "Quyết định giao đất xã Tam Thăng",
    number="67/QĐ-UB",
    parents=(FONDS, FILE),
    dates=DateSpan(date(1976, 3, 12), date(1976, 3, 12), "12/3/1976"),
    creator="Ty Điền địa",
    creator_today="Sở Nông nghiệp và Môi trường",
    document_type="Quyết định",
    language="Tiếng Việt",
    places=(Place("xã Tam Thăng", "Đà Nẵng"),),
    scope="Về việc giao đất làm nhà ở",
    keywords=("giao đất", "nhà ở"),
    page_count=3,
    objects=(SCAN,),
)

CLOSED: tuple[tuple[Record, tuple[Listing, ...]], ...] = (
    (record("qn.bi-mat", Level.ITEM, f"{CANARY} mật", mode="03", page_count=1, objects=(SCAN,)), ()),
    (record("qn.khong-ro", Level.ITEM, f"{CANARY} không rõ", mode="Riêng tư", page_count=1, objects=(SCAN,)), ()),
    (record("qn.thieu", Level.ITEM, f"{CANARY} thiếu", mode=None, page_count=1, objects=(SCAN,)), ()),
    (record("qn.danh-muc", Level.ITEM, f"{CANARY} danh mục", page_count=1, objects=(SCAN,)), (LISTED,)),
    (record("qn.ngay-mai", Level.ITEM, f"{CANARY} mai mở", page_count=1, objects=(SCAN,)), (TOMORROW,)),
)


def small_archive() -> Iterator[Documents]:
    """The documents of every record, as the pipeline gives them."""
    made = [
        documents(record("qn.td", Level.FONDS, FONDS.title, mode=None, parents=(), scope="Lập năm 1955.")),
        documents(record(FILE.id, Level.FILE, FILE.title, scope="Hồ sơ giao đất")),
        documents(OPEN_ITEM, texts(*TEXTS)),
        documents(
            record("qn.co-dieu-kien", Level.ITEM, "Đơn khiếu nại giao đất", page_count=2), texts(CANARY), ASKABLE
        ),
        documents(record("qn.mode-02", Level.FILE, "Hồ sơ nhân sự", mode="02", page_count=4), texts(CANARY)),
        documents(
            record("qn.phong-doc", Level.ITEM, "Sổ ruộng", mode="Đọc tại phòng đọc", page_count=1), texts(CANARY)
        ),
        documents(
            record("qn.mot-trang-kin", Level.ITEM, "Biên bản họp", page_count=3, objects=(SCAN,)),
            texts("mở đầu", CANARY, "kết thúc"),
            PAGES_LISTED,
        ),
        documents(
            record("qn.hong", Level.ITEM, "Bản quét hỏng", page_count=1, objects=(BROKEN,)), texts("chữ còn đọc được")
        ),
        documents(record("qn.mat-tep", Level.ITEM, "Bản quét thất lạc", page_count=1, objects=(LOST,))),
        documents(record("qn.chua-quet", Level.ITEM, "Chỉ có chữ", page_count=1), texts("chưa có ảnh <b>đậm</b>")),
        documents(record("qn.anh", Level.PHOTO, "Cầu Trường Giang <script>", page_count=1, objects=(PHOTO,))),
        *(
            documents(record(f"qn.{kind.value}", kind, f"Mô tả {kind.value}", parents=()))
            for kind in (Level.FILM, Level.AUDIO, Level.VIDEO, Level.INVENTORY)
        ),
        documents(
            record("qn.biet-co", Level.ITEM, f"{CANARY} biết có", page_count=2, objects=(SCAN,)),
            texts(CANARY),
            ACKNOWLEDGED,
        ),
        *(documents(closed, texts(CANARY), *listings) for closed, listings in CLOSED),
    ]
    yield from (one for one in made if one is not None)


def fill_store(root: Path) -> None:
    """Write the files of the records: a scan of three pages, a photo, and one that is no PDF at all."""
    (root / "scans").mkdir(parents=True)
    (root / "photos").mkdir()
    sheets = [_sheet(text) for text in TEXTS]
    sheets[0].save(root / SCAN.path, "PDF", resolution=150, save_all=True, append_images=sheets[1:])
    (root / BROKEN.path).write_bytes(b"%PDF-1.4 nothing more")
    Image.linear_gradient("L").resize((1200, 800)).save(root / PHOTO.path)


def _sheet(text: str) -> Image.Image:
    sheet = Image.new("L", (1240, 1754), 245)
    ImageDraw.Draw(sheet).multiline_text((150, 200), text.encode("ascii", "ignore").decode(), fill=30)
    return sheet
