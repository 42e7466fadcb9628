"""The history of reads: of readers who signed in alone, for them alone, and as silent on what is closed as any page."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from access_policy.register.store import open_register
from portal.store.database import Database
from portal.store.readings import Reading
from tests.accounts.people.given import AN, BINH
from tests.accounts.views.browser import Browser, whole
from tests.accounts.views.site import Site
from tests.empty import empty_register, empty_store
from tests.index.corpus import TODAY
from tests.portal.archive import FILE, OPEN_ITEM, fill_store, small_archive

HISTORY, EXPORT = "/tai-khoan/lich-su", "/tai-khoan/du-lieu.json"
NOT_PUBLISHED = "Tài liệu hiện không được công bố"
RECORD = f"/tai-lieu/{OPEN_ITEM.id}"
ON_THAT_DAY = f"{TODAY.day}/{TODAY.month}/{TODAY.year}"


@pytest.fixture(scope="session")
def archive_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with readers and with something to read."""
    folder = tmp_path_factory.mktemp("archive-site")
    empty_store(folder / "portal.db")
    empty_register(folder / "register.db")
    fill_store(folder / "pages")
    return Site(folder, tuple(small_archive()))


@pytest.fixture
def site(archive_site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The same as on its first day; it asks the register with every request."""
    monkeypatch.setattr("portal.register_watch.FRESH_SECONDS", -1)
    archive_site.reset()
    return archive_site


@pytest.fixture
def reader(browser: Browser) -> Browser:
    """Signed in, with an account that is whole."""
    return whole(browser)


@pytest.fixture
def withdraw(site: Site) -> Iterator[Callable[[], None]]:
    """Takes the record of these tests out of use, with the whole file it lies in, until the end of the test."""
    register, taken = open_register(site.settings.register_url), []

    def now() -> None:
        taken.append(register.withdraw(FILE.id, reason="rà soát", author="Lê Văn A", now=site.clock()))

    yield now
    for number in taken:
        register.lift(number, reason="xong", author="Trần Thị B", now=site.clock())


def account_id(site: Site, subject: str = AN.subject) -> str:
    account = site.accounts.of_identity("vneid", subject)
    assert account is not None
    return account.id


def noted(site: Site, subject: str = AN.subject) -> list[Reading]:
    return list(site.services.readings.of(account_id(site, subject), most=10))


def everything_noted(site: Site) -> int:
    with site.database.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM readings").scalar_one())


def test_pages_that_were_opened_stand_there_by_record_and_day(reader: Browser, site: Site) -> None:
    assert "Chưa có gì" in reader.get(HISTORY).text
    for page in (1, 3, 2):
        assert reader.get(f"{RECORD}/trang/{page}").status_code == 200
    [reading] = noted(site)
    assert (reading.record_id, reading.day, reading.pages, reading.last_page) == (OPEN_ITEM.id, TODAY, 3, 2)
    shown = reader.get(HISTORY).text
    for said in (OPEN_ITEM.title, ON_THAT_DAY, "mở 3 lần", f'href="{RECORD}"', f'href="{RECORD}/trang/2"'):
        assert said in shown
    assert f'href="/en{RECORD}/trang/2"' in reader.get(f"/en{HISTORY}").text


def test_images_and_pages_that_were_not_shown_are_not_noted(reader: Browser, site: Site) -> None:
    paths = {
        f"{RECORD}/trang/1/thumb.jpg": 200,
        f"{RECORD}/trang/1?co=huge": 400,
        f"{RECORD}/trang/9": 404,
        "/tai-lieu/qn.mot-trang-kin/trang/2": 404,
        "/tai-lieu/qn.bi-mat/trang/1": 404,
        "/tai-lieu/qn.biet-co/trang/1": 403,
        RECORD: 200,
    }
    assert {path: reader.get(path).status_code for path in paths} == paths
    assert everything_noted(site) == 0


def test_of_whoever_has_no_whole_account_nothing_is_noted(
    browser: Browser, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    assert browser.get(f"{RECORD}/trang/1").status_code == 200
    browser.sign_in(site.vneid, AN)
    assert browser.get(f"{RECORD}/trang/1").status_code == 200
    assert everything_noted(site) == 0
    assert [line for line in caplog.records if line.name == "portal.viewer"] == [], "nor was it tried"


def test_each_reader_sees_the_own_history_alone(reader: Browser, site: Site) -> None:
    reader.get(f"{RECORD}/trang/1")
    other = Browser(site)
    other.sign_in(site.vneid, BINH)
    other.complete("binh@vidu.vn")
    other.get("/tai-lieu/qn.chua-quet/trang/1")
    assert OPEN_ITEM.title not in other.get(HISTORY).text
    assert OPEN_ITEM.id not in other.get(EXPORT).text
    other.post(HISTORY)
    assert noted(site, BINH.subject) == []
    assert len(noted(site)) == 1


def test_a_record_that_is_withdrawn_after_it_was_read_has_no_title_any_more(
    reader: Browser, withdraw: Callable[[], None]
) -> None:
    reader.get(f"{RECORD}/trang/2")
    assert OPEN_ITEM.title in reader.get(HISTORY).text
    withdraw()
    shown, exported = reader.get(HISTORY).text, reader.get(EXPORT).text
    assert NOT_PUBLISHED in shown
    assert OPEN_ITEM.id not in shown
    [kept] = json.loads(exported)["readings"]
    assert set(kept) == {"account_id", "record_id", "day", "pages", "last_page", "at"}
    assert (kept["record_id"], kept["day"]) == (OPEN_ITEM.id, TODAY.isoformat())
    for private in (OPEN_ITEM.title, OPEN_ITEM.reference_code, OPEN_ITEM.number, OPEN_ITEM.scope, FILE.title):
        assert private
        assert private not in shown
        assert private not in exported


def test_a_record_of_which_only_the_being_there_may_be_known_has_no_title(reader: Browser, site: Site) -> None:
    account = account_id(site)
    for record_id in ("qn.biet-co", "qn.bi-mat", "qn.danh-muc", "qn.khong-co"):
        site.services.readings.note(account, record_id, 1, day=TODAY, now=site.clock())
    shown = reader.get(HISTORY).text
    assert shown.count(NOT_PUBLISHED) == 4
    assert "zumkyra" not in shown


def test_a_page_that_may_not_be_read_now_has_no_link(reader: Browser, site: Site) -> None:
    account = account_id(site)
    for record_id, page in (("qn.mot-trang-kin", 2), ("qn.chua-quet", 7)):
        site.services.readings.note(account, record_id, page, day=TODAY, now=site.clock())
    shown = reader.get(HISTORY).text
    assert 'href="/tai-lieu/qn.mot-trang-kin"' in shown
    assert 'href="/tai-lieu/qn.chua-quet"' in shown
    assert not re.search(r'href="[^"]*/trang/', shown)


def test_a_title_is_text_and_never_markup(reader: Browser) -> None:
    reader.get("/tai-lieu/qn.anh/trang/1")
    assert "Cầu Trường Giang &lt;script&gt;" in reader.get(HISTORY).text


def test_the_history_is_forgotten_by_a_button_and_by_nothing_less(reader: Browser, site: Site) -> None:
    reader.get(f"{RECORD}/trang/1")
    assert reader.send(HISTORY).status_code == 400
    assert len(noted(site)) == 1
    assert "Xóa lịch sử đọc" in reader.get(HISTORY).text
    done = reader.post(HISTORY)
    assert (done.status_code, done.location) == (303, HISTORY)
    assert noted(site) == []
    assert "Xóa lịch sử đọc" not in reader.get(HISTORY).text


def test_the_latest_hundred_are_shown(reader: Browser, site: Site) -> None:
    account = account_id(site)
    for back in range(101):
        site.services.readings.note(account, OPEN_ITEM.id, 1, day=TODAY - timedelta(days=back), now=site.clock())
    shown = reader.get(HISTORY).text
    assert shown.count(f'href="{RECORD}"') == 100
    assert f">{ON_THAT_DAY}<" not in shown, "noted first, so it is the one that is left out"
    assert len(json.loads(reader.get(EXPORT).text)["readings"]) == 101


def test_a_store_that_is_away_keeps_no_page_from_its_reader(
    reader: Browser, site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    nowhere = Database(f"sqlite:///{site.folder / 'no-such-folder' / 'portal.db'}")
    monkeypatch.setattr(site.services.readings, "_database", nowhere)
    answer = reader.get(f"{RECORD}/trang/1")
    assert answer.status_code == 200
    assert OPEN_ITEM.title in answer.text
    [line] = [record for record in caplog.records if record.name == "portal.viewer"]
    assert line.getMessage() == "a page was not noted in its reader's history: StoreUnavailable"
