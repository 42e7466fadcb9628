"""Lines 29 and 30: what nobody can say for sure is hidden, and an address that somebody writes himself is none."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from flask import request
from flask.testing import FlaskClient

from access_policy.record import Listing, Parent, Registered, Withdrawal
from access_policy.register.restrictions import Restrictions
from access_policy.terms import Level
from indexer.index.document import Documents
from indexer.pipeline import Tally, documents
from indexer.sources.port import SourceRecord
from portal import gate
from portal.limits import address
from tests.indexer.archives import ListedSource
from tests.leaks.archive import DAY, FONDS, TODAY, ZUMKYRA, pages, record, scan
from tests.leaks.world import World

MODES = (
    *(None, "", "  ", "??", "0", "00", "04", "10", "011", "1.0", "-1", "01; 02", "01 02", "01/03", "02; 03", "01?"),
    *(
        "０１",
        "0\u200b1",
        "Công khai?",
        "công khai một phần",
        "không công khai",
        "chưa công khai",
        "mở",
        "open",
        "true",
    ),
    *("Riêng tư", "nội bộ", "03", "Mật", "tối mật", "TUYỆT MẬT", "mat", "hạn chế; mật"),
)


def made(mode: str | None, above: Sequence[Parent] = (FONDS,), *said: Registered) -> list[Documents]:
    """What the pipeline gives to an index of one record."""
    one = record("x", ZUMKYRA.title, mode=mode, parents=tuple(above), page_count=1, objects=(scan("mo", 1),))
    source = ListedSource([SourceRecord(one, pages(ZUMKYRA.text))])
    restrictions = Restrictions({one.id: said} if said else {})
    return list(documents(source.entries(), restrictions, today=TODAY, tally=Tally(), refused=lambda _: None))


@pytest.mark.parametrize("mode", MODES, ids=repr)
def test_29_a_mode_that_is_unknown_missing_or_contradictory_gives_no_document(mode: str | None) -> None:
    assert len(made("01")) == 1
    assert made(mode) == []


@pytest.mark.parametrize("mode", MODES, ids=repr)
@pytest.mark.parametrize("level", [Level.FILE, Level.ITEM])
def test_29_a_doubt_above_a_record_is_a_doubt_about_it(mode: str | None, level: Level) -> None:
    above = Parent("h47.td.x0", level, "Hồ sơ", "TĐĐ", mode)
    assert made("01", [FONDS, replace(above, mode="01")])
    assert made("01", [FONDS, above]) == []
    assert made("01", [replace(FONDS, mode=(mode or "").strip() or "??"), replace(above, mode="01")]) == []


OPENING = Listing("DM-1", "", "", "", since=TODAY - DAY, description_shown=True, existence_shown=True, requestable=True)
CONTRADICTIONS: dict[str, tuple[Registered, ...]] = {
    "one line shows it, another does not": (OPENING, Listing("DM-2", "", "", "", since=TODAY)),
    "shown by a line and withdrawn": (OPENING, Withdrawal(TODAY, "thử")),
    "withdrawn, and a line that has ended": (
        Listing("DM-1", "", "", "", since=TODAY - DAY, until=TODAY),
        Withdrawal(TODAY, ""),
    ),
    "two lines of one list": (
        replace(OPENING, opens_on=TODAY),
        Listing("DM-1", "", "", "", since=TODAY, opens_on=TODAY + DAY),
    ),
}


@pytest.mark.parametrize("said", CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_29_of_two_sources_that_disagree_the_stricter_one_is_right(said: tuple[Registered, ...]) -> None:
    for order in (said, said[::-1]):
        assert made("01", [FONDS], *order) == []


def test_29_a_line_may_close_what_is_open_and_never_open_what_is_closed() -> None:
    shown = made("01", [FONDS], OPENING)
    assert [page for _, own in shown for page in own] == []
    assert ZUMKYRA.text not in repr(shown)
    assert shown[0][0].description.objects == ()
    for mode in ("03", "??", None):
        assert made(mode, [FONDS], OPENING) == []


TRUE, OTHER = "203.0.113.7", "203.0.113.8"
PROXY, INNER_PROXY = "198.51.100.1", "198.51.100.2"


def limited(world: World, proxies: int) -> FlaskClient:
    """The site behind some proxies, with a route that says whom it counts."""
    app = world.app(proxies=proxies, limit_search="2/minute", limit_images="2/minute", limit_suggest="2/minute")
    app.add_url_rule("/ai", "who", gate.declares(None)(lambda: f"{address()} {request.remote_addr} {request.scheme}"))
    return app.test_client()


def asked(site: FlaskClient, forwarded: str | None, peer: str, path: str = "/tim-kiem") -> int:
    """The status for a request that arrives from `peer` with such a header."""
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return site.get(path, headers=headers, environ_base={"REMOTE_ADDR": peer}).status_code


IMAGE = "/tai-lieu/h47.td.16.1/trang/1/thumb.jpg"


@pytest.mark.parametrize("path", ["/tim-kiem", "/goi-y?q=a", IMAGE])
@pytest.mark.parametrize(
    ("proxies", "peer", "appended"),
    [(0, TRUE, None), (1, PROXY, TRUE), (2, INNER_PROXY, f"{TRUE}, {PROXY}")],
)
def test_30_a_forged_address_gains_nothing(
    world: World, proxies: int, peer: str, appended: str | None, path: str
) -> None:
    """`appended` is what our own proxies add behind whatever the reader sent."""
    site = limited(world, proxies)
    forged = ("1.1.1.1", "127.0.0.1", OTHER, "2001:db8::1, 9.9.9.9", "::1", "unknown", f"{OTHER}, {OTHER}, {OTHER}")
    statuses = [asked(site, ", ".join(filter(None, (each, appended))), peer, path) for each in forged]
    assert statuses == [200, 200, *[429] * (len(forged) - 2)]


@pytest.mark.parametrize("proxies", [1, 2])
def test_30_readers_behind_our_proxies_are_counted_apart(world: World, proxies: int) -> None:
    site = limited(world, proxies)
    behind = ["", f", {PROXY}"][proxies - 1]
    for reader in (TRUE, OTHER, "2001:db8:1::1"):
        assert [asked(site, f"{reader}{behind}", PROXY) for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "told"),
    [
        (0, OTHER, f"{PROXY} {PROXY}"),
        (1, f"{OTHER}, {TRUE}", f"{TRUE} {TRUE}"),
        (2, f"{OTHER}, {TRUE}, {PROXY}", f"{TRUE} {TRUE}"),
        (1, "2001:db8:1:2::77", "2001:db8:1:2::/64 2001:db8:1:2::77"),
    ],
)
def test_30_the_true_address_arrives(world: World, proxies: int, forwarded: str, told: str) -> None:
    headers = {"X-Forwarded-For": forwarded, "Forwarded": f"for={OTHER}", "X-Real-IP": OTHER, "Client-IP": OTHER}
    got = limited(world, proxies).get("/ai", headers=headers, environ_base={"REMOTE_ADDR": PROXY})
    assert got.text == f"{told} http"


def test_30_no_header_makes_a_reader_secure_or_the_site_another(world: World) -> None:
    forged = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "elsewhere.example", "X-Forwarded-Prefix": "/elsewhere"}
    for proxies in (0, 1):
        page = limited(world, proxies).get("/tai-lieu/h47.td.16.1", headers=forged)
        assert page.status_code == 200
        assert "elsewhere" not in page.text
        assert ("Strict-Transport-Security" in page.headers) is (proxies == 1), "our own proxy is believed about TLS"


def test_30_an_inner_address_reads_no_more_than_anybody(world: World) -> None:
    for inner in ("127.0.0.1", "::1", "10.0.0.1", "192.168.1.1"):
        for path in (
            "/tai-lieu/h47.td.phong-doc/trang/1",
            "/tai-lieu/h47.td.mat",
            "/tai-lieu/h47.td.dieu-kien/trang/1",
        ):
            assert asked(world.site, None, inner, path) == asked(world.site, None, TRUE, path)
            assert asked(world.site, None, inner, path) in {403, 404}
