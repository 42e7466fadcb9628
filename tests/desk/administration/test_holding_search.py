"""Holdings are found by words, codes and the beginning of an id; what the public may not know has no title here."""

from datetime import date

import pytest

from access_policy.permit import Permit
from access_policy.register.entries import ListEntry, ListVersion
from access_policy.register.store import Register
from access_policy.terms import Action
from indexer.index.port import IndexUnavailable
from portal.desk.administration import holding_search
from portal.desk.administration.public_index import PublicIndex
from tests.desk.browser import Browser
from tests.portal.archive import CANARY, OPEN_ITEM
from tests.requests.world import ASKABLE, World


def hits(page: str, place: str) -> str:
    """The part of the page with the hits of one kind."""
    return page.partition(f'id="{place}"')[2].partition("</section>")[0]


def search(browser: Browser, words: str, **more: str) -> str:
    answer = browser.get("/tra-tai-lieu", query_string={"tim": words} | more)
    assert answer.status_code == 200
    return answer.text


def listed(register: Register, world: World, *lines: ListEntry, number: str = "DM-9") -> None:
    version = ListVersion(number, date(2026, 11, 1), "UBND tỉnh", "Điều 25 Luật Lưu trữ")
    register.import_version(version, lines, author="x", now=world.desk_clock())
    register.activate(number, effective_from=date(2026, 11, 2), author="y", now=world.desk_clock())


@pytest.mark.parametrize("words", ["giao đất Tam Thăng", "giao dat tam thang", "67/QĐ-UB", "TĐĐ qn td 04 16"])
def test_a_title_or_a_code_finds_a_record_with_its_status_and_the_way_to_it(words: str, archivist: Browser) -> None:
    found = hits(search(archivist, words), "theo-ten")
    assert f'href="/tra-tai-lieu?id={OPEN_ITEM.id}"' in found
    assert OPEN_ITEM.reference_code in found
    assert "Thông tư 05/2025/TT-BNV, Điều 32" in found


def test_conditional_records_say_so_with_the_article(archivist: Browser) -> None:
    found = hits(search(archivist, "Hồ sơ nhân sự"), "theo-ten")
    assert "Xin đọc" in found
    assert "Tài liệu tiếp cận có điều kiện" in found
    assert "Luật Lưu trữ số 33/2024/QH15, Điều 25" in found


def test_the_beginning_of_an_id_finds_what_the_index_and_the_register_have(
    archivist: Browser, register: Register, world: World
) -> None:
    line = ListEntry("qn.td.04.99", "family-secrets", "con nuôi", requestable=True)
    listed(register, world, line, ListEntry("qn.x", "other", "khác"), ListEntry("qn.td.05", "other", "cũ"))
    found = hits(search(archivist, "QN.td.04"), "theo-ma")
    assert found.count("<article") == 2
    assert 'href="/tra-tai-lieu?id=qn.td.04.16"' in found
    assert "Trong danh mục DM-9" in found
    assert "Bí mật gia đình. con nuôi" in found
    assert "Điều 25 Luật Lưu trữ" in found


def test_withdrawn_records_and_permits_are_told(archivist: Browser, register: Register, world: World) -> None:
    now = world.desk_clock()
    register.withdraw("qn.td.04.16", pages=(3, 4), reason="nghi có lộ", author="hoa", now=now)
    register.withdraw("qn.td.04.17", reason="đang tìm", author="hoa", now=now)
    for code, last in (("P1", 30), ("P2", 20)):
        permit = Permit(code, ASKABLE, frozenset({Action.READ}), date(2026, 11, 1), date(2026, 11, last))
        register.grant(permit, reader_id="r", author="x", now=now)
    found = hits(search(archivist, "qn.td.04.1"), "theo-ma")
    assert "Đã rút khỏi sử dụng: trang 3–4" in found
    assert "đang tìm" in found
    assert "1 giấy phép đang dùng được" in hits(search(archivist, ASKABLE), "theo-ma")


def test_what_is_withheld_is_found_by_its_id_alone_and_without_its_title(
    archivist: Browser, register: Register, world: World
) -> None:
    register.withdraw(OPEN_ITEM.id, reason="đơn của gia đình", author="hoa", now=world.desk_clock())
    page = search(archivist, OPEN_ITEM.title)
    assert OPEN_ITEM.id not in page
    page = search(archivist, OPEN_ITEM.id)
    assert OPEN_ITEM.title not in page
    assert "đơn của gia đình" in hits(page, "theo-ma")
    assert "không có tên ở đây" in page


def test_closed_and_secret_records_have_no_title_here(archivist: Browser, register: Register, world: World) -> None:
    for words in (CANARY, "biết có", "bí mật", "danh mục"):
        assert "<article" not in hits(search(archivist, words), "theo-ten")
    assert "<article" not in hits(search(archivist, "qn.bi-mat"), "theo-ma")
    listed(register, world, ListEntry("qn.bi-mat", "state-interests", "chờ giải mật"))
    found = hits(search(archivist, "qn.bi"), "theo-ma")
    assert "chờ giải mật" in found
    assert CANARY not in found


def test_an_archive_finds_its_fonds(archivist: Browser) -> None:
    assert 'href="/tra-tai-lieu?id=qn.td"' in hits(search(archivist, "qn"), "theo-ma")


def test_hits_are_paged_and_bounded(
    archivist: Browser, register: Register, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(register, world, *(ListEntry(f"qn.ds.{number:03}", "other", "r") for number in range(45)))
    pages = [hits(search(archivist, "qn.ds.", trang_ma=str(page)), "theo-ma") for page in (1, 2, 3, 4)]
    assert [page.count("<article") for page in pages] == [20, 20, 5, 0]
    assert ["trang_ma=3" in page for page in pages] == [False, True, False, True]
    assert "qn.ds.044" in pages[2]
    monkeypatch.setattr(holding_search, "PAGE_SIZE", 1)
    one, two = (hits(search(archivist, "giao đất", trang=page), "theo-ten") for page in ("1", "2"))
    assert one.count("<article") == two.count("<article") == 1
    assert one != two
    for wrong in ("0", "51", "x", "-1", "٣"):
        assert archivist.get("/tra-tai-lieu", query_string={"tim": "đất", "trang": wrong}).status_code == 404
    assert archivist.get("/tra-tai-lieu", query_string={"tim": "đ" * 201}).status_code == 422
    assert "<article" not in search(archivist, "---")


def test_while_the_index_is_away_the_register_still_answers(
    archivist: Browser, register: Register, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(register, world, ListEntry("qn.td.04.16", "other", "lý do"))

    def away(*_args: object, **_kwargs: object) -> None:
        raise IndexUnavailable

    for name in ("find", "ids_beginning", "known"):
        monkeypatch.setattr(PublicIndex, name, away)
    page = search(archivist, "qn.td.04")
    assert page.count("Chỉ mục công khai chưa trả lời") == 2
    assert "Trong danh mục DM-9" in hits(page, "theo-ma")


def test_the_words_stay_in_the_form_and_are_escaped(archivist: Browser) -> None:
    page = search(archivist, '"><script>alert(1)</script>')
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
