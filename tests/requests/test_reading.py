"""What a permit opens: its pages alone, marked with its reader's name, so many a day, where it says so, until its end."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from PIL import Image

from access_policy.permit import Permit
from access_policy.register.reading_copies import CopiedPage, ReadingCopy
from access_policy.register.store import Register, open_register
from access_policy.terms import Action
from portal.audit.keys import reader_id
from portal.opening import access_log_key
from portal.viewer.watermark import Watermark, mark
from tests.accounts.views.browser import Browser
from tests.index.corpus import TODAY
from tests.portal.archive import CANARY, SCAN
from tests.requests.world import ASKABLE, World

PAGE = f"/tai-lieu/{ASKABLE}/trang"
Grant = Callable[..., None]


@pytest.fixture
def register(world: World) -> Register:
    return open_register(world.site.settings.register_url)


@pytest.fixture
def reader(world: World) -> Browser:
    return world.reader()


@pytest.fixture
def grant(world: World, register: Register, reader: Browser) -> Grant:
    """Give the reader a permit for some pages, and bring the reading copy of them."""
    [account] = re.findall(r'"id": "([0-9a-f]{32})"', reader.get("/tai-khoan/du-lieu.json").text)[:1]
    holder = reader_id(access_log_key(world.site.settings), account)

    def give(
        *, pages: tuple[int, int] = (1, 2), days: int = 1, copied: bool = True, code: str = "H00.1-1/1", **terms: object
    ) -> None:
        ends = TODAY + timedelta(days=days - 1)
        permit = Permit(code, ASKABLE, frozenset({Action.READ}), TODAY, ends, pages, **terms)  # type: ignore[arg-type]
        register.grant(permit, reader_id=holder, author="Lê Văn A", now=world.site.clock())
        if copied:
            own = tuple(CopiedPage(n, f"chữ trang {n}") for n in range(pages[0], pages[1] + 1))
            register.put_copy(ReadingCopy(ASKABLE, (SCAN,), own), now=world.site.clock())

    return give


def test_its_pages_alone_for_its_reader_alone(world: World, reader: Browser, grant: Grant) -> None:
    grant()
    assert "chữ trang 1" in reader.get(f"{PAGE}/1").text
    assert reader.get(f"{PAGE}/2/screen.jpg").mimetype == "image/jpeg"
    assert reader.get(f"{PAGE}/3").status_code == 403
    assert reader.get(f"{PAGE}/3/screen.jpg").status_code == 403
    stranger = Browser(world.site)
    assert stranger.get(f"{PAGE}/1").status_code == 403
    assert stranger.get(f"{PAGE}/1/thumb.jpg").status_code == 403


def test_lists_and_the_description_say_that_it_may_be_read(reader: Browser, grant: Grant) -> None:
    assert "Xin đọc" in reader.get(f"/tai-lieu/{ASKABLE}").text
    grant()
    for page in (f"/tai-lieu/{ASKABLE}", "/tim-kiem?q=nhân+sự", "/tai-lieu/qn.td"):
        assert "Đọc theo giấy phép" in reader.get(page).text, page


def test_the_mark_names_reader_and_permit(reader: Browser, grant: Grant, monkeypatch: pytest.MonkeyPatch) -> None:
    marks: list[Watermark] = []

    def noting(lines: tuple[str, ...], strong: bool = False) -> Watermark:
        marks.append(Watermark(lines, strong))
        return marks[-1]

    monkeypatch.setattr("portal.viewer.views.Watermark", noting)
    grant(strong_watermark=True)
    assert reader.get(f"{PAGE}/1/screen.jpg").status_code == 200
    assert marks[-1].lines[1:3] == ("Nguyễn Văn An", "H00.1-1/1")
    assert marks[-1].strong


def test_a_stronger_mark_is_stronger() -> None:
    paper, words = Image.new("L", (900, 1200), 250), ("Lưu trữ", "Nguyễn Văn An")
    usual, strong = (mark(paper, Watermark(words, each), spare_top_right=False) for each in (False, True))
    assert strong.getextrema()[0] < usual.getextrema()[0] - 20


def test_without_a_reading_copy_there_is_no_image_and_no_fault(reader: Browser, grant: Grant) -> None:
    grant(copied=False)
    page = reader.get(f"{PAGE}/1")
    assert page.status_code == 200
    assert "chưa có ảnh" in page.text
    assert reader.get(f"{PAGE}/1/screen.jpg").status_code == 404


def test_a_page_that_was_not_copied_is_not_shown_uncovered(
    reader: Browser, grant: Grant, register: Register, world: World
) -> None:
    grant(pages=(1, 3), copied=False)
    register.put_copy(ReadingCopy(ASKABLE, (SCAN,), (CopiedPage(1, "chữ trang 1"),)), now=world.site.clock())
    assert reader.get(f"{PAGE}/1/screen.jpg").status_code == 200
    assert reader.get(f"{PAGE}/2/screen.jpg").status_code == 404


def test_so_many_pages_a_day(world: World, reader: Browser, grant: Grant) -> None:
    grant(pages=(1, 3), pages_per_day=2, days=2)
    assert reader.get(f"{PAGE}/1").status_code == 200
    assert reader.get(f"{PAGE}/1/screen.jpg").status_code == 200
    assert reader.get(f"{PAGE}/2/screen.jpg").status_code == 200
    spent = reader.get(f"{PAGE}/3/screen.jpg")
    assert spent.status_code == 429
    assert "Đã đọc hết số trang của hôm nay" in reader.get(f"{PAGE}/3").text
    assert reader.get(f"{PAGE}/1").status_code == 200, "what was open today stays open"


def test_ranges_of_one_record_share_their_pages_a_day(
    reader: Browser, grant: Grant, register: Register, world: World
) -> None:
    for page in (3, 2, 1):
        grant(pages=(page, page), code=f"H00.1-1/{page}", pages_per_day=2, copied=False)
    own = tuple(CopiedPage(n, f"chữ trang {n}") for n in (1, 2, 3))
    register.put_copy(ReadingCopy(ASKABLE, (SCAN,), own), now=world.site.clock())
    opened = [reader.get(f"{PAGE}/{number}/screen.jpg").status_code for number in (1, 2, 3, 1)]
    assert opened == [200, 200, 429, 200]


def test_in_the_reading_room_alone(world: World, reader: Browser, grant: Grant) -> None:
    grant(reading_room_only=True)
    assert reader.get(f"{PAGE}/1").status_code == 403
    forged = reader.client.get(f"{PAGE}/1", base_url="https://localhost", headers={"X-Forwarded-For": "10.1.2.3"})
    assert forged.status_code == 403


def test_after_its_last_day_it_opens_nothing(
    world: World, reader: Browser, grant: Grant, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant()
    assert reader.get(f"{PAGE}/1").status_code == 200
    later = Permit("H00.1-1/9", ASKABLE, frozenset({Action.READ}), TODAY + timedelta(days=1), TODAY + timedelta(days=2))
    register.revoke("H00.1-1/1", author="Lê Văn A", now=world.site.clock())
    [account] = re.findall(r'"id": "([0-9a-f]{32})"', reader.get("/tai-khoan/du-lieu.json").text)[:1]
    holder = reader_id(access_log_key(world.site.settings), account)
    register.grant(later, reader_id=holder, author="Lê Văn A", now=world.site.clock())
    assert reader.get(f"{PAGE}/1").status_code == 403, "not yet"


def test_the_text_of_the_index_is_not_asked(reader: Browser, grant: Grant) -> None:
    grant(pages=(1, 4))
    assert CANARY not in reader.get(f"{PAGE}/1").text
