"""Lines 21 and 22: the files behind the gate have no address, and no answer is kept on its way."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from urllib.parse import quote

import pytest
from flask import Flask

from indexer.rebuild import rebuild
from indexer.sources.port import SourceRecord
from portal.viewer.pages import SIZES
from portal.viewer.store import ObjectMissing
from tests.leaks.archive import (
    HIDDEN_IDS,
    PAGE_LISTED,
    TODAY,
    pages,
    record,
    scan,
)
from tests.leaks.world import World

OPEN = "/tai-lieu/h47.td.16.1/trang"


def test_21_no_file_of_the_store_has_an_address(world: World) -> None:
    store = world.settings.pages_dir
    files = [file.relative_to(store).as_posix() for file in store.rglob("*") if file.is_file()]
    assert len(files) >= 4
    for name in files:
        for before in (
            "/",
            "/pages/",
            "/static/",
            "/static/../",
            "/static/..%2f..%2fpages/",
            "/tai-lieu/",
            "/.var/",
        ):
            assert world.site.get(f"{before}{name}").status_code == 404
        assert world.site.get(quote(str(store / name))).status_code == 404
    assert world.app().static_folder is not None
    assert not store.resolve().is_relative_to(str(world.app().static_folder))


@pytest.mark.parametrize("path", ["../secret.pdf", "scans/../../secret.pdf", "link.pdf", "ABSOLUTE"])
def test_21_a_row_whose_path_leads_out_of_the_store_shows_nothing(own: World, path: str) -> None:
    store = own.settings.pages_dir
    outside = store.parent / "secret.pdf"
    outside.write_bytes((store / "scans" / "mo.pdf").read_bytes())
    (store / "link.pdf").symlink_to(outside)
    led_out = replace(scan("mo", 1), path=str(outside) if path == "ABSOLUTE" else path)
    row = SourceRecord(record("ra-ngoai", "Ra ngoài", page_count=1, objects=(led_out,)), pages("chữ"))
    own.source.listed = (*own.source.listed, row)
    rebuild(own.source, own.register.restrictions(), own.generations, today=TODAY)
    assert own.site.get("/tai-lieu/h47.td.ra-ngoai/trang/1").status_code == 200
    for size in SIZES:
        assert own.site.get(f"/tai-lieu/h47.td.ra-ngoai/trang/1/{size}.jpg").status_code == 422
    with pytest.raises(ObjectMissing):
        own.services.pages.key(led_out)


def addresses_of_every_route(app: Flask) -> Iterator[str]:
    """One address for each route, of something that is there and of something that is not."""
    filled = {
        "record_id": ("h47.td.16.1", HIDDEN_IDS[0]),
        "number": (1, 99),
        "size": ("thumb", "full"),
        "filename": ("x",),
        "provider_id": ("khong-co",),
        "case_id": ("0" * 32,),
    }
    for rule in (rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())):
        choices = product(*(filled[name] for name in sorted(rule.arguments)))
        for chosen in choices:
            with app.test_request_context():
                yield app.url_map.bind("localhost").build(
                    rule.endpoint, dict(zip(sorted(rule.arguments), chosen, strict=True))
                )


def test_22_no_answer_may_be_kept_by_a_cache(world: World) -> None:
    seen = set()
    for address in addresses_of_every_route(world.app()):
        for asked in (address, f"{address}?v=1", f"{address}?q={'x' * 500}"):
            got = world.site.get(asked)
            seen.add(got.status_code)
            assert got.headers["Cache-Control"] == "private, no-store", asked
            kept = {"ETag", "Last-Modified", "Expires", "Age", *(() if "/dang-nhap" in asked else ("Set-Cookie",))}
            assert not kept & set(got.headers.keys()), asked
    assert {200, 400, 404} <= seen


def test_22_refusals_and_faults_may_not_be_kept_either(world: World) -> None:
    tight = world.app(limit_search="1/minute", limit_images="1/minute").test_client()
    for address, statuses in (("/tim-kiem", (200, 429)), (f"{OPEN}/1/thumb.jpg", (200, 429))):
        answers = [tight.get(address) for _ in range(2)]
        assert tuple(got.status_code for got in answers) == statuses
        assert {got.headers["Cache-Control"] for got in answers} == {"private, no-store"}
    for address in (f"/tai-lieu/h47.td.{PAGE_LISTED}/trang/2/thumb.jpg", "/tai-lieu/h47.td.biet-co", "/tai-lieu/x%00"):
        assert world.site.get(address).headers["Cache-Control"] == "private, no-store"
