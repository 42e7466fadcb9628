"""Lines 1 to 3, 5 and 7 to 10: what nobody may know is in no index, so that no question can find it."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest
import tantivy
from flask.testing import FlaskClient

from access_policy.decide import decide
from access_policy.reader import ANONYMOUS, Reader
from access_policy.rules import conditions_of
from access_policy.terms import Action, Audience
from indexer.index.port import Search
from indexer.index.query import parse
from indexer.index.schema import Sort
from indexer.index.tantivy.schema import open_index, pages_schema, records_schema
from indexer.rebuild import rebuild
from indexer.secrecy_net import secrecy_marks
from indexer.sources.port import SourceRecord
from tests.indexer.archives import ListedSource
from tests.leaks.archive import (
    BLACKED_OUT,
    CONDITIONAL,
    DESCRIBED,
    HIDDEN_IDS,
    NUMBERED,
    PARTLY_OPEN_IDS,
    READING_ROOM,
    TODAY,
    ZUMKYRA,
    pages,
    record,
)
from tests.leaks.questions import OPEN_IDS
from tests.leaks.world import READERS, World, without_overlay

NOTHING_SAYS_IT = "qwertzuiop"
FINDABLE = 16
QUESTIONS = (*ZUMKYRA.all(), ZUMKYRA.number, ZUMKYRA.stem, f'"giao đất {ZUMKYRA.text}"', f"giao đất {ZUMKYRA.title}")


def total(page: str) -> str:
    """The number of results that a result page says."""
    found = re.search(r"([\d.]+) kết quả", page)
    return found[1] if found else "0"


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_01_closed_words_find_nothing(world: World, reader: Reader) -> None:
    index, visibility = world.index, world.seen_by(reader)
    ids = [row.record.id for row in world.source.listed if isinstance(row, SourceRecord)]
    for typed in QUESTIONS:
        found = index.search(Search(parse(typed)), visibility=visibility)
        assert (found.total, found.hits, found.years) == (0, (), ())
        assert not any(found.facets.values())
        assert index.page_hits(parse(typed), ids, visibility=visibility) == {}
        assert index.suggest(typed, visibility=visibility) == ()


def test_01_closed_words_are_no_term_of_the_index_and_stand_in_nothing_it_keeps(world: World) -> None:
    """Dictionaries and stored values, read past every filter; files hold stored values compressed."""
    said: set[str] = set()
    kept: list[bytes] = []
    for name, schema in (("records", records_schema()), ("pages", pages_schema())):
        folder = world.settings.index_dir / "generations" / world.index.generation() / name
        searcher = open_index(schema, folder).searcher()
        for field in json.loads((folder / "meta.json").read_text())["schema"]:
            if field["type"] == "text":
                said.update(term for term, _ in searcher.terms_with_prefix(field["name"], ""))
        for _, address in searcher.search(tantivy.Query.all_query(), 1000).hits:
            values = searcher.doc(address).to_dict().values()
            kept += [_as_bytes(value) for several in values for value in several if not isinstance(value, int)]
    assert {"giao", "dat", "h47.td.16.1", "everyone"} <= said
    assert not [term for term in said if ZUMKYRA.stem in term or term in HIDDEN_IDS or term.startswith("4711")]
    assert "giao đất".encode() in b"".join(kept)
    for hidden in (
        ZUMKYRA.title,
        ZUMKYRA.text,
        ZUMKYRA.creator,
        ZUMKYRA.place,
        ZUMKYRA.keyword,
        ZUMKYRA.person,
        *HIDDEN_IDS,
    ):
        assert not [value for value in kept if re.search(rf"\b{re.escape(hidden)}\b".encode(), value)]
    named = {path for path in re.findall(rb"scans/[\w-]+", b"".join(kept)) if ZUMKYRA.stem.encode() in path}
    covered = {f"scans/{name}-{ZUMKYRA.file}".encode() for name in (BLACKED_OUT, NUMBERED)}
    assert named == covered, "of the edition's own files only those that everybody may see, in part"


def _as_bytes(value: str | Sequence[int]) -> bytes:
    return value.encode() if isinstance(value, str) else bytes(value)


@pytest.mark.parametrize("name", [CONDITIONAL, DESCRIBED, READING_ROOM])
def test_02_a_record_that_may_be_found_is_not_found_by_the_words_behind_it(site: FlaskClient, name: str) -> None:
    address = f"/tai-lieu/h47.td.{name}"
    assert address in site.get(f"/tim-kiem?q={quote('đơn xin giao đất')}").text
    for typed in ("{}", '"{}"', "đơn xin giao đất {}", "giao đất -{}"):
        closed, unsaid = (site.get(f"/tim-kiem?q={quote(typed.format(word))}").text for word in _closed_and_unsaid())
        assert closed.replace(ZUMKYRA.text, NOTHING_SAYS_IT) == unsaid
    closed, unsaid = (site.get(f"{address}?q={word}").text for word in _closed_and_unsaid())
    assert closed.replace(ZUMKYRA.text, NOTHING_SAYS_IT) == unsaid
    assert "<mark>" not in closed


def _closed_and_unsaid() -> tuple[str, str]:
    assert len(ZUMKYRA.text) == len(NOTHING_SAYS_IT)
    return ZUMKYRA.text, NOTHING_SAYS_IT


RAW = (
    "title_exact:zumkyraten",
    "description:zumkyraten",
    "folded:zumkyra*",
    "audience:staff",
    "zumkyra*",
    "/zumkyra.*/",
    "zumkyr?ten",
    "zumkyratem~2",
    "folded:[a TO zz]",
    "_exists_:folded",
    "{!term f=text}zumkyrachu",
    '{"query":{"match_all":{}}}',
    "giao OR zumkyrachu",
    "+zumkyrachu^9",
)


@pytest.mark.parametrize("typed", RAW)
def test_03_the_language_of_an_engine_is_only_words(site: FlaskClient, typed: str) -> None:
    assert total(site.get(f"/tim-kiem?q={quote(typed)}").text) == "0"
    assert ZUMKYRA.title not in json.dumps(site.get(f"/goi-y?q={quote(typed)}").json, ensure_ascii=False)


def test_03_a_question_for_everything_finds_what_everybody_may_find(site: FlaskClient) -> None:
    assert total(site.get(f"/tim-kiem?q={quote('*:*')}").text) == total(site.get("/tim-kiem").text) == str(FINDABLE)


UNKNOWN = (
    "fl=*",
    "fields=text",
    "_source=true",
    "hl=on&hl.fl=text",
    "df=text",
    "facet.field=text",
    "body={}",
    "rows=9",
)


@pytest.mark.parametrize("parameters", UNKNOWN)
def test_03_a_parameter_that_the_site_does_not_know_changes_nothing(site: FlaskClient, parameters: str) -> None:
    for address in ("/tim-kiem?q=giao", "/goi-y?q=quy", f"/tai-lieu/h47.td.{CONDITIONAL}?q=giao"):
        plain, asked = site.get(address).text, site.get(f"{address}&{parameters}").text
        way_back = quote(f"&{parameters}", safe="*")  # the link to the sign-in leads back to the very address
        assert unescape(asked).replace(f"&{parameters}", "").replace(way_back, "") == unescape(plain)


def test_03_answers_for_programs_hold_the_fields_that_are_named_here_and_no_others(site: FlaskClient) -> None:
    suggested = site.get("/goi-y?q=quy").get_json()
    assert suggested["suggestions"]
    assert suggested.keys() == {"suggestions"}
    assert {key for each in suggested["suggestions"] for key in each} == {"text", "url"}
    assert site.get("/healthz").get_json().keys() == {"status"}
    assert site.get("/readyz").get_json().keys() == {"status", "generation"}


def test_05_facets_are_what_a_count_by_hand_over_the_visible_gives(world: World) -> None:
    counted: dict[str, Counter[str]] = {name: Counter() for name in ("creator", "document_type", "place", "kind")}
    years: Counter[int] = Counter()
    visible = [row.record for row in findable(world)]
    for one in visible:
        counted["creator"].update([one.creator] if one.creator else [])
        counted["document_type"].update([one.document_type] if one.document_type else [])
        counted["place"].update(place.written for place in one.places)
        counted["kind"].update([one.level.value])
        years.update([one.dates.start.year] if one.dates.start else [])
    found = world.index.search(Search(limit=1), visibility=world.seen_by(ANONYMOUS))
    assert found.total == len(visible) == FINDABLE
    assert {name: dict(found.facets[name]) for name in counted} == {n: dict(c) for n, c in counted.items()}
    assert dict(found.years) == dict(years)
    page = world.site.get("/tim-kiem").text
    assert total(page) == str(FINDABLE)


def findable(world: World) -> Iterator[SourceRecord]:
    """The rows that the policy lets anybody find, asked one by one."""
    restrictions = world.register.restrictions()
    for row in world.source.listed:
        assert isinstance(row, SourceRecord)
        said = (*restrictions.of(row.record), *secrecy_marks(row.pages))
        conditions = conditions_of(row.record, said)
        if decide(Action.FIND, conditions, record_id=row.record.id, reader=ANONYMOUS, today=TODAY).allowed:
            yield row


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_07_autocomplete_completes_nothing_hidden(site: FlaskClient, prefix: str) -> None:
    for word in (*ZUMKYRA.all(), ZUMKYRA.number, "Hồ sơ mật", "Không nói gì"):
        for end in range(1, len(word) + 1):
            for typed in (word[:end], f"giao đất {word[:end]}"):
                said = json.dumps(site.get(f"{prefix}/goi-y?q={quote(typed)}").json, ensure_ascii=False)
                assert ZUMKYRA.stem not in said
                assert "Hồ sơ mật" not in said
                assert not any(f'/{hidden}"' in said for hidden in (*HIDDEN_IDS, "h47.td.biet-co"))


def test_08_closed_records_change_no_order_no_score_and_no_count(worlds: dict[str, World], tmp_path: Path) -> None:
    """What is rare among hidden records must not be what is rare: two hundred of them stand beside the open ones."""
    crowded = worlds["empty"]
    closed = [
        SourceRecord(record(f"kin.{number}", "thủy lợi " * 9, mode="03"), pages("giao đất " * number))
        for number in range(200)
    ]
    source = ListedSource((*closed[:100], *crowded.source.listed, *closed[100:]))
    generations = type(crowded.generations)(tmp_path / "index")
    rebuild(source, crowded.register.restrictions(), generations, today=TODAY)
    beside = (generations.reader(), worlds["zumkyra"].index, worlds["vrenlok"].index)
    for typed, order in product(("", "giao đất", "thuy loi", "giao thủy", '"giao đất" hộ', "61/QĐ-UB đất"), Sort):
        search = Search(parse(typed), sort=order, limit=100)
        plain, *others = (
            index.search(search, visibility=without_overlay(ANONYMOUS)) for index in (crowded.index, *beside)
        )
        assert plain.hits
        for other in others:
            assert [hit.id for hit in other.hits] == [hit.id for hit in plain.hits]
            assert (other.total, other.facets, other.years) == (plain.total, plain.facets, plain.years)


def test_09_what_may_be_seen_of_a_record_is_counted_and_not_what_there_is(worlds: dict[str, World]) -> None:
    facets = {
        name: dict(w.index.search(Search(), visibility=w.seen_by(ANONYMOUS)).facets["has_pages"])
        for name, w in worlds.items()
    }
    open_with_images = 6 + 1 + 4
    assert facets["zumkyra"] == facets["empty"] == {"images": open_with_images, "none": FINDABLE - open_with_images}
    for chosen in ("images", "text", "none"):
        listed = {name: world.site.get(f"/tim-kiem?has_pages={chosen}").text for name, world in worlds.items()}
        assert len(set(listed.values())) == 1
        assert not any(f"/tai-lieu/{hidden}" in listed["zumkyra"] for hidden in HIDDEN_IDS)
        assert (f"h47.td.{CONDITIONAL}" in listed["zumkyra"]) is (chosen == "none")


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_10_what_search_does_not_find_cannot_be_had_by_its_id(world: World, reader: Reader) -> None:
    index, visibility = world.index, world.seen_by(reader)
    ids = [row.record.id for row in world.source.listed if isinstance(row, SourceRecord)]
    found = {hit.id for hit in index.search(Search(limit=1000), visibility=visibility).hits}
    assert index.records(ids, visibility=visibility).keys() == found
    assert len(found) == (FINDABLE if Audience.EVERYONE in reader.audiences else 0)
    for record_id in {*HIDDEN_IDS, *ids} - found:
        for number in (1, 2):
            assert index.page_text(record_id, number, visibility=visibility) is None
            assert index.page_redactions(record_id, number, visibility=visibility) == ()


def test_10_the_detail_page_opens_for_what_a_search_lists_and_for_nothing_else(site: FlaskClient) -> None:
    listed = set(re.findall(r'href="/tai-lieu/([\w.-]+)"', site.get("/tim-kiem").text))
    for record_id in (*OPEN_IDS, *PARTLY_OPEN_IDS, *HIDDEN_IDS):
        assert (site.get(f"/tai-lieu/{record_id}").status_code == 200) is (record_id in listed)
