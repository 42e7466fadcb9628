"""The canaries of the demonstration archive: words that stand only in what may not be known. No channel says one."""

import re
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import create_engine, text

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.register.store import open_register
from access_policy.terms import Known
from access_policy.visibility import visible_to
from indexer.demo_archive.item_writer import PERSONAL_NUMBERS
from indexer.index.port import Search
from indexer.index.tantivy.current import CurrentGeneration
from indexer.index.tantivy.withholding import Withholding
from indexer.pipeline import Tally, documents
from indexer.sources.open import open_source
from indexer.text.masking import HIDDEN
from portal.app import create_app
from portal.clock import archive_today
from portal.settings import PortalSettings
from tests.demonstration import UNLIMITED, Demonstration


@pytest.fixture(scope="module")
def client(demonstration: Demonstration) -> FlaskClient:
    settings = PortalSettings(
        secret_key="d" * 32,  # type: ignore[arg-type]
        index_dir=demonstration.folder / "index",
        register_url=demonstration.register_url,
        pages_dir=demonstration.folder / "pages",
        access_log_dir=demonstration.folder / "access-log",
        cache_dir=demonstration.folder / "cache",
        limit_search=UNLIMITED,
        limit_suggest=UNLIMITED,
        limit_images=UNLIMITED,
    )
    return create_app(settings).test_client()


def test_the_archive_holds_canaries_and_the_database_knows_them(demonstration: Demonstration) -> None:
    assert len(demonstration.summary.canaries) >= 20
    engine = create_engine(demonstration.database_url)
    with engine.connect() as connection:
        tables = connection.execute(text("select name from sqlite_master where type = 'table'")).scalars().all()
        rows = " ".join(
            str(tuple(row)).lower() for table in tables for row in connection.execute(text(f'select * from "{table}"'))
        )
    assert all(canary.lower() in rows for canary in demonstration.summary.canaries)


def test_no_canary_stands_in_any_byte_of_the_index(demonstration: Demonstration) -> None:
    """Compressed blocks hide words from this look; the questions below find those. File names and terms stand bare."""
    stored = b"".join(
        file.read_bytes().lower() for file in (demonstration.folder / "index").rglob("*") if file.is_file()
    )
    assert not [canary for canary in demonstration.summary.canaries if canary.lower().encode() in stored]


def test_no_canary_is_a_term_a_value_or_a_stored_word(demonstration: Demonstration) -> None:
    reader = CurrentGeneration(demonstration.folder / "index").reader()
    indexes = Withholding(demonstration.folder / "index" / "generations" / reader.generation()).without(frozenset())
    anybody = visible_to(reader=ANONYMOUS, today=archive_today(), overlay=NO_OVERLAY)
    everything = reader.search(Search(limit=100_000), visibility=anybody)
    said = repr((everything.hits, everything.facets)).lower()
    assert everything.total == demonstration.rebuilt.tally.records_indexed
    pages = (
        reader.page_text(hit.id, number, visibility=anybody) or ""
        for hit in everything.hits
        for number in range(1, hit.page_count + 1)
    )
    read = " ".join(pages).lower()
    for canary in demonstration.summary.canaries:
        assert canary.lower() not in said
        assert canary.lower() not in read
        assert indexes.records.searcher().doc_freq("folded", canary.lower()) == 0
        assert indexes.pages.searcher().doc_freq("folded", canary.lower()) == 0


def test_no_search_facet_total_or_suggestion_answers_to_a_canary(
    client: FlaskClient, demonstration: Demonstration
) -> None:
    for canary in demonstration.summary.canaries:
        for asked in (canary, f'"{canary}"', f"-{canary} zzz", f"giao {canary}"):
            page = client.get(f"/tim-kiem?q={quote(asked)}")
            assert 'class="hits"' not in page.text
        assert (
            client.get(f"/goi-y?q={quote(canary[:5])}").json == {"suggestions": []}
            or canary not in client.get(f"/goi-y?q={quote(canary[:5])}").text
        )
        for facet in ("creator", "place", "fonds", "place_today"):
            assert 'class="hits"' not in client.get(f"/tim-kiem?{facet}={quote(canary)}").text


def test_what_a_canary_excludes_changes_nothing(client: FlaskClient, demonstration: Demonstration) -> None:
    plain = client.get("/tim-kiem?q=quyet+dinh").text
    total = re.search(r"[\d.]+ kết quả", plain)
    assert total is not None
    for canary in list(demonstration.summary.canaries)[:10]:
        assert total[0] in client.get(f"/tim-kiem?q=quyet+dinh+-{quote(canary)}").text


def test_no_file_name_with_a_canary_can_be_asked_for(client: FlaskClient, demonstration: Demonstration) -> None:
    names = [path.relative_to(demonstration.folder / "pages") for path in (demonstration.folder / "pages").rglob("*")]
    for name in names[:200]:
        for address in (f"/{name}", f"/static/{name}", f"/tai-lieu/{Path(name).stem}", f"/static/../pages/{name}"):
            assert client.get(quote(str(address))).status_code == 404


def test_every_closed_record_answers_as_an_unknown_one(client: FlaskClient, demonstration: Demonstration) -> None:
    hidden: list[str] = []
    acknowledged: set[str] = set()
    restrictions = open_register(demonstration.register_url).restrictions()
    source = open_source(demonstration.database_url)
    for record, _ in documents(
        source.entries(),
        restrictions,
        today=archive_today(),
        tally=Tally(),
        refused=lambda _: None,
        kept_out=hidden.append,
    ):
        if record.disclosure.known is Known.EXISTENCE:
            acknowledged.add(record.description.id)
    assert len(hidden) > 20
    assert acknowledged
    for path in ("/tai-lieu/{}", "/tai-lieu/{}/trang/1", "/tai-lieu/{}/trang/1/thumb.jpg"):
        unknown = client.get(path.format("khong-co"))
        assert unknown.status_code == 404
        for record_id in acknowledged:
            answer = client.get(path.format(record_id))
            assert answer.status_code == 403
            assert not [canary for canary in demonstration.summary.canaries if canary.lower() in answer.text.lower()]
        for record_id in set(hidden) - acknowledged:
            answer = client.get(path.format(record_id))
            assert (answer.status_code, answer.text.replace(record_id, "khong-co")) == (404, unknown.text)


@pytest.mark.parametrize("landmark", ["personal-numbers", "personal-numbers-unscanned"])
def test_no_personal_number_can_be_read_or_found(
    client: FlaskClient, demonstration: Demonstration, landmark: str
) -> None:
    record_id = demonstration.summary.landmarks[landmark]
    pages = [client.get(f"/tai-lieu/{record_id}/trang/{number}") for number in (1, 2)]
    assert {page.status_code for page in pages} == {200}
    said = " ".join(page.text for page in pages) + client.get(f"/tai-lieu/{record_id}?q=Lê+Lý").text
    assert "Lê Lý" in said
    assert HIDDEN in said
    for secret in PERSONAL_NUMBERS:
        assert secret not in said
        digits = re.sub(r"[^0-9]+", "", secret)
        assert record_id not in client.get(f"/tim-kiem?q={quote(chr(34) + secret + chr(34))}").text
        assert record_id not in client.get(f"/tim-kiem?q={digits}").text
        assert digits not in client.get("/tim-kiem?q=Lê+Lý+căn+cước").text


def test_the_place_of_a_personal_number_is_black_on_the_image(
    client: FlaskClient, demonstration: Demonstration
) -> None:
    record_id = demonstration.summary.landmarks["personal-numbers"]
    reader = CurrentGeneration(demonstration.folder / "index").reader()
    anybody = visible_to(reader=ANONYMOUS, today=archive_today(), overlay=NO_OVERLAY)
    boxes = [box for number in (1, 2) for box in reader.page_redactions(record_id, number, visibility=anybody)]
    assert len(boxes) >= len(PERSONAL_NUMBERS)
    number = next(n for n in (1, 2) if reader.page_redactions(record_id, n, visibility=anybody))
    for size in ("thumb", "screen", "large"):
        image = Image.open(BytesIO(client.get(f"/tai-lieu/{record_id}/trang/{number}/{size}.jpg").data)).convert("L")
        for left, top, right, bottom in reader.page_redactions(record_id, number, visibility=anybody):
            middle = (image.width * (left + right) // 2000, image.height * (top + bottom) // 2000)
            assert image.getpixel(middle) < 90


def test_a_page_with_a_mark_of_secrecy_keeps_its_open_record_out(
    client: FlaskClient, demonstration: Demonstration
) -> None:
    record_id = demonstration.summary.landmarks["secrecy-mark"]
    assert client.get(f"/tai-lieu/{record_id}").status_code == 404
    assert demonstration.rebuilt.tally.kept_out["secrecy-mark"] == 1
