"""Ways in that were tried and led somewhere: each is named for what came out by it."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image

from access_policy.record import Box, DateSpan, DigitalObject, Page, Parent, Place
from access_policy.terms import Level
from indexer.index.analysis import analyse
from indexer.index.description import to_json
from indexer.protection import protected_page
from portal.app import create_app
from portal.register_watch import RegisterWatch
from portal.viewer.pages import MarkedPages
from portal.viewer.watermark import Watermark
from tests.index.corpus import documents, record
from tests.leaks.archive import AN, NOON, TODAY
from tests.leaks.world import World

NUMBER = "049085001234"

OTHERWISE_WRITTEN = {
    "wide figures": "CCCD: ０４９０８５００１２３４",
    "wide letters": "ＣＣＣＤ　０４９０８５００１２３４",
    "Arabic figures": "ĐT: ٠٩١٢٣٤٥٦٧٨",
    "Devanagari figures": "số CMND २०१४५६७८९",
    "mathematical figures": "CCCD: 𝟎𝟒𝟗𝟎𝟖𝟓𝟎𝟎𝟏𝟐𝟑𝟒",
    "raised figures": "CMND ²⁰¹⁴⁵⁶⁷⁸⁹",
    "some wide figures among others": "0４90850０1234",
    "middle dots": "gọi 0912·345·678 ngay",
    "long dashes": "gọi 0912—345—678 ngay",
    "minus signs": "gọi 0912−345−678 ngay",
    "unbroken hyphens": "gọi 0912‑345‑678 ngay",
    "S for 5": "CMND: 20145S789",
    "B for 8": "CMND: 2014567B9",
    "a stroke for 1": "CMND: 20|456789",
    "letters at the ends of groups": "ĐT: 09I2 34S 678",
    "two numbers tied by a hyphen": "gọi 0912345678-0987654321",
    "two numbers with dots, tied": "gọi 0912.345.678-0987.654.321",
    "an account in groups": "TK: 0041 0001 23456 Vietcombank",
    "a number that begins at the end of a line": "CCCD 0490\n85001234",
    "a telephone that begins at the end of a line": "ĐT: 0912\n345 678",
}


@pytest.mark.parametrize("written", OTHERWISE_WRITTEN.values(), ids=OTHERWISE_WRITTEN)
def test_a_personal_number_written_otherwise(written: str) -> None:
    made = documents(record(1, f"Đơn của bà Lê, {written}", page_count=1), (Page(1, f"Đơn xin\n{written}"),))
    assert made is not None
    shown = (made[0].description.title, made[0].title, made[1][0].text)
    assert not [letter for text in shown for letter in text if letter.isdigit()]


@pytest.mark.parametrize(
    "written",
    [
        "sinh ngày １２/０３/１９６５",
        "sinh ngày 12 — 03 — 1965",
        "sinh ngày 12·03·1965",
        "sinh ngày 12\ntháng 3 năm 1965",
    ],
)
def test_a_birthday_written_otherwise(written: str) -> None:
    made = documents(record(1, page_count=1), (Page(1, written),))
    assert made is not None
    assert sum(letter.isdigit() for letter in made[1][0].text) == len("1965")


@pytest.mark.parametrize(
    "written",
    [
        "Mật độ 1954—1975, kế hoạch 5 năm",
        "diện tích 1.250 m², thửa số ١٢٣",
        "tờ trình 15B/TTr-UB, lô 12S4, đường 14B 09",
        "tài khoản 111\n112 của sổ cái",
        "ngày 12\ntháng 3 năm 1965",
    ],
)
def test_words_that_only_look_alike_stay(written: str) -> None:
    made = documents(record(1, page_count=1), (Page(1, written),))
    assert made is not None
    assert made[1][0].text == written


TELLS = f"bà Lê Lý, CCCD {NUMBER}"
DESCRIBED: dict[str, Any] = {
    **dict.fromkeys(("title", "scope", "number", "creator", "creator_today", "document_type", "language"), TELLS),
    **dict.fromkeys(("extent", "condition", "retention", "signs"), TELLS),
    "keywords": (TELLS,),
    "details": (("event", TELLS),),
    "places": (Place(TELLS, TELLS),),
    "dates": DateSpan(date(1980, 1, 1), None, TELLS),
    "parents": (Parent("h38.td", Level.FONDS, TELLS, "TĐĐ"),),
}


@pytest.mark.parametrize("field", DESCRIBED)
def test_a_personal_number_in_any_field_that_people_read(field: str) -> None:
    made = documents(record(1, **{field: DESCRIBED[field]}))
    assert made is not None
    one, own = made
    assert "Lê Lý" in to_json(one.description).decode()
    assert NUMBER not in repr((analyse(one, own), to_json(one.description), one))


def test_a_number_among_keywords_that_the_keyword_before_it_names() -> None:
    made = documents(record(1, keywords=("đơn thư", "CMND", "201456789", "đất đai")))
    assert made is not None
    assert made[0].description.keywords == ("đơn thư", "CMND", "•••••••••", "đất đai")
    assert "201456789" not in repr(made)


WHOLE: Box = (0, 0, 1000, 1000)
CORNER: Box = (0, 0, 60, 60)


def test_words_under_a_black_box_that_recognition_gave_no_place() -> None:
    """The box lies where nothing was recognised, and some words of the text stand nobody knows where."""
    page = Page(1, "Ông zumkyra khai đất\nzumkyra", (("Ông", (100, 100, 190, 130)), ("khai", (300, 100, 390, 130))))
    text = protected_page(page, (CORNER,), today=TODAY).page.text
    assert text == "Ông ••••••• khai •••\n•••••••"


def test_a_number_on_the_picture_of_a_page_whose_text_a_black_box_has_emptied() -> None:
    """A drawn box over a word that is not in the text takes all of the text; what else is covered stays covered."""
    number_box: Box = (500, 500, 700, 530)
    words = (("CCCD", (400, 500, 490, 530)), (NUMBER, number_box), ("#?!", (10, 10, 50, 50)))
    held = protected_page(Page(1, f"CCCD {NUMBER}", words), (CORNER,), today=TODAY)
    assert held.boxes == (number_box,)
    assert held.page.text == "•", "a page without text is not kept, nor are its boxes"


def test_a_picture_between_a_redaction_and_the_moment_the_portal_hears_of_it(own: World) -> None:
    """The index follows the redaction and withholds nothing any more, before the register has been asked again."""
    services = replace(own.services, register=RegisterWatch(own.register, clock=lambda: 0.0))
    site = create_app(own.settings, services).test_client()
    address = "/tai-lieu/h47.td.anh/trang/1/thumb.jpg"
    assert brightness(site, address) > 100
    own.register.redact("h47.td.anh", 1, WHOLE, reason="thử", author=AN, now=NOON)
    own.update()
    assert own.index.revision() == own.register.revision()
    assert brightness(site, address) < 10


class Slow(MarkedPages):
    """Takes so long over a picture that something happens meanwhile."""

    def __init__(self, drawn_by: MarkedPages, world: World) -> None:
        super().__init__(drawn_by._store, drawn_by._renderer, drawn_by._cache._cache)
        self._world = world

    def image(
        self, obj: DigitalObject, page: int, longest_side: int, watermark: Watermark, *, redactions: Sequence[Box]
    ) -> bytes:
        """The picture, after its fonds has been withdrawn."""
        picture = super().image(obj, page, longest_side, watermark, redactions=redactions)
        self._world.register.withdraw("h47.td", reason="thử", author=AN, now=NOON)
        return picture


def test_a_picture_that_was_being_drawn_when_its_fonds_was_withdrawn(own: World) -> None:
    site = create_app(own.settings, replace(own.services, pages=Slow(own.services.pages, own))).test_client()
    got = site.get("/tai-lieu/h47.td.anh/trang/1/thumb.jpg")
    assert (got.status_code, got.mimetype) == (404, "text/html")


def brightness(site: FlaskClient, address: str) -> float:
    """The mean of a picture that the site gives, from 0 to 255."""
    with site.get(address) as got:
        levels = Image.open(io.BytesIO(got.data)).convert("L").histogram()
    return sum(level * count for level, count in enumerate(levels)) / sum(levels)
