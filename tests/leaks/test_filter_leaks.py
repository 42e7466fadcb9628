"""Lines 4, 6, 8, 11 and 13: the access filter is in every question to the engine, before anything is counted."""

import inspect
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tantivy
from tantivy import Occur, Query

from access_policy.disclosure import Disclosure
from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS, NOBODY, Reader
from access_policy.terms import Audience, Known
from access_policy.visibility import Visibility, visible_to
from indexer.index.meilisearch.reader import MeiliReader
from indexer.index.memory.reader import MemoryReader
from indexer.index.opensearch.reader import OpenSearchReader
from indexer.index.port import Generations, IndexReader, Search
from indexer.index.query import parse
from indexer.index.tantivy import reader as tantivy_reader
from indexer.index.tantivy.generations import TantivyGenerations
from indexer.index.tantivy.reader import TantivyReader
from tests.index.conftest import ON_ONE_MACHINE, filled, opened
from tests.index.corpus import TODAY
from tests.leaks.archive import ZUMKYRA
from tests.leaks.planted import (
    ANYBODY,
    EVER,
    FORBIDDEN,
    ID,
    MARK,
    OPEN,
    QUESTIONS,
    WITHHELD,
    archive,
    withholding,
)


@pytest.fixture(params=ON_ONE_MACHINE)
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Generations]:
    """Makes empty indexes of each engine."""
    folders = itertools.count()
    return lambda: opened(request.param, tmp_path / str(next(folders)), request)


@pytest.fixture
def generations(fresh: Callable[[], Generations]) -> Generations:
    """An empty index of each engine."""
    return fresh()


def answers(index: IndexReader, visibility: Visibility) -> dict[str, str]:
    return {name: repr(ask(index, visibility)) for name, ask in QUESTIONS.items()}


@pytest.mark.parametrize("disclosure", FORBIDDEN.values(), ids=FORBIDDEN)
def test_04_no_question_answers_beyond_the_filter(disclosure: Disclosure, fresh: Callable[[], Generations]) -> None:
    assert OPEN is not None
    bare = answers(filled(fresh(), [OPEN]), ANYBODY)
    assert answers(filled(fresh(), archive(disclosure)), ANYBODY) == bare
    assert ZUMKYRA.stem not in "".join(bare.values())


@pytest.mark.parametrize("target", WITHHELD.values(), ids=WITHHELD)
def test_04_no_question_answers_what_the_register_withholds(target: str, generations: Generations) -> None:
    index = filled(generations, archive(EVER))
    assert all(ZUMKYRA.stem in said or "1907" in said for name, said in answers(index, ANYBODY).items() if name in SAYS)
    for name, said in answers(index, withholding(target)).items():
        assert ZUMKYRA.stem not in said, name
        assert "1907" not in said, name
    assert index.acknowledged(ID, visibility=withholding(target)) is None


SAYS = frozenset(QUESTIONS) - {"page redactions", "page total", "facets with a choice"}


def test_04_what_is_only_known_to_be_there_is_known_to_those_only_who_may_know_it(generations: Generations) -> None:
    for disclosure in FORBIDDEN.values():
        index = filled(generations, archive(disclosure))
        known = index.acknowledged(ID, visibility=ANYBODY)
        assert (known is not None) is (disclosure.known is Known.EXISTENCE)
        assert index.acknowledged(ID, visibility=Visibility(frozenset(), TODAY, frozenset())) is None
    assert filled(generations, archive(EVER)).acknowledged(ID, visibility=ANYBODY) is None


class RecordingSearcher:
    """A searcher that refuses every question which would find a planted document, and everything but questions."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._forbidden = (Occur.Must, Query.term_query(schema, "lineage", MARK))
        self._searcher = searcher
        self.aggregations: list[dict[str, Any]] = []

    def search(self, query: Query, *arguments: Any, **named: Any) -> tantivy.SearchResult:
        self._check(query)
        return self._searcher.search(query, *arguments, **named)

    def aggregate(self, query: Query, wanted: dict[str, Any]) -> dict[str, Any]:
        self._check(query)
        self.aggregations.append(wanted)
        return self._searcher.aggregate(query, wanted)

    def doc(self, address: tantivy.DocAddress) -> tantivy.Document:
        return self._searcher.doc(address)

    def fast_field_values(self, name: str, addresses: list[tantivy.DocAddress]) -> list[Any]:
        return self._searcher.fast_field_values(name, addresses)

    def _check(self, query: Query) -> None:
        both = Query.boolean_query([(Occur.Must, query), self._forbidden])
        assert not self._searcher.search(both, 1).hits, "a question to the engine went out without the access filter"


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> list[RecordingSearcher]:
    """Every searcher that the embedded engine's reader asks from now on."""
    searchers: list[RecordingSearcher] = []

    def opened(index: tantivy.Index) -> tuple[tantivy.Schema, RecordingSearcher]:
        searchers.append(RecordingSearcher(index.schema, index.searcher()))
        return index.schema, searchers[-1]

    monkeypatch.setattr(tantivy_reader, "_opened", opened)
    return searchers


@pytest.mark.parametrize("disclosure", FORBIDDEN.values(), ids=FORBIDDEN)
def test_04_every_body_that_reaches_the_engine_holds_the_filter(
    disclosure: Disclosure, recorded: list[RecordingSearcher], tmp_path: Path
) -> None:
    index = filled(TantivyGenerations(tmp_path), archive(disclosure))
    for name, ask in QUESTIONS.items():
        asked = len(recorded)
        ask(index, ANYBODY)
        assert len(recorded) > asked, f"{name} reached the engine by another way"


def test_06_counts_can_ask_for_nothing_but_terms_of_documents_found(
    recorded: list[RecordingSearcher], tmp_path: Path
) -> None:
    index = filled(TantivyGenerations(tmp_path), archive(FORBIDDEN["for staff"]))
    for ask in QUESTIONS.values():
        ask(index, ANYBODY)
    bodies = [body for searcher in recorded for wanted in searcher.aggregations for body in wanted.values()]
    assert bodies
    for body in bodies:
        assert body.keys() == {"terms"}, "neither global, significant_terms nor filters of its own"
        assert body["terms"].keys() == {"field", "size", "segment_size"}, "no min_doc_count of zero"


def test_06_no_count_is_zero_and_no_value_of_a_hidden_document_is_counted(generations: Generations) -> None:
    for disclosure in FORBIDDEN.values():
        facets = filled(generations, archive(disclosure)).search(Search(parse("không-có")), visibility=ANYBODY).facets
        assert not [name for name, values in facets.items() if values]
        facets = filled(generations, archive(disclosure)).search(Search(), visibility=ANYBODY).facets
        assert all(count for values in facets.values() for _, count in values)
        assert ZUMKYRA.stem not in repr(facets)


def test_11_who_belongs_to_no_circle_finds_nothing(generations: Generations) -> None:
    index = filled(generations, archive(EVER))
    for reader in (NOBODY, Reader(frozenset({Audience.STAFF}))):
        visibility = visible_to(reader=reader, today=TODAY, overlay=NO_OVERLAY)
        said = "".join(answers(index, visibility).values())
        assert ZUMKYRA.stem not in said
        assert "Description(" not in said
        assert index.search(Search(), visibility=visibility).total == 0
        assert index.page_total(visibility=visibility) == 0


@pytest.mark.parametrize("port", [IndexReader, MemoryReader, TantivyReader, OpenSearchReader, MeiliReader])
def test_11_no_question_can_be_asked_without_saying_what_may_be_seen(port: type) -> None:
    of_records = set()
    for name, method in inspect.getmembers(port, inspect.isfunction):
        visibility = inspect.signature(method).parameters.get("visibility")
        if visibility is not None and not name.startswith("_"):
            of_records.add(name)
            assert visibility.kind is inspect.Parameter.KEYWORD_ONLY
            assert visibility.default is inspect.Parameter.empty
    public = {name for name, _ in inspect.getmembers(port, inspect.isfunction) if not name.startswith("_")}
    assert public - of_records <= {"generation", "revision", "derived_on", "position", "amended", "ids_of"}


@pytest.mark.parametrize("made", [Visibility, visible_to])
def test_11_no_part_of_a_filter_has_a_default(made: Any) -> None:
    assert {p.default for p in inspect.signature(made).parameters.values()} == {inspect.Parameter.empty}


def test_13_what_is_counted_can_be_reached_and_what_cannot_is_not_counted(generations: Generations) -> None:
    """Selecting after counting would leave a total or a facet that no page of hits explains."""
    for disclosure in FORBIDDEN.values():
        index = filled(generations, archive(disclosure))
        for search in (Search(), Search(parse("giao đất")), Search(parse("-khác")), Search(years=(1900, 2000))):
            found = index.search(search, visibility=ANYBODY)
            reached = [hit.id for hit in found.hits]
            assert found.total == len(reached) == len(set(reached))
            assert sum(count for _, count in found.facets["kind"]) == found.total
            assert dict(found.facets["fonds"]).get("h38.td", 0) == found.total
            beyond = index.search(Search(search.query, years=search.years, offset=found.total), visibility=ANYBODY)
            assert beyond.hits == ()


def test_13_the_filter_of_anybody_is_not_wider_than_the_public(generations: Generations) -> None:
    index = filled(generations, archive(EVER))
    assert index.search(Search(), visibility=ANYBODY).total == 2
    assert ANONYMOUS.audiences == {Audience.EVERYONE}
