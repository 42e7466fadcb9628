"""What is special to Meilisearch on a real server, and each thing that its guide says it cannot do."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.visibility import visible_to
from indexer.audit.wordsums import WORD_FIELDS
from indexer.index.document import Documents
from indexer.index.inventory import Part
from indexer.index.meilisearch import inventory as held
from indexer.index.meilisearch import strangers
from indexer.index.meilisearch.current import REMEMBERED_SECONDS, meili_readers
from indexer.index.meilisearch.generations import MeiliGenerations
from indexer.index.meilisearch.server import Server
from indexer.index.meilisearch.terms import MOST_BYTES
from indexer.index.memory.generations import MemoryGenerations
from indexer.index.port import Follows, IndexReader, IndexUnavailable, Search
from indexer.index.query import parse
from tests.index.conftest import filled
from tests.index.corpus import TODAY, documents, pages, random_archive, record
from tests.servers.meilisearch import GIVEN, KEY, URL, new_prefix

ANYBODY = visible_to(reader=ANONYMOUS, today=TODAY, overlay=NO_OVERLAY)
LONG = '"ủy ban nhân dân tỉnh"'
GUIDE = (Path(__file__).parents[2] / "deploy/docs/meilisearch.md").read_text(encoding="utf-8")
APART = "ủy ban nhân ái, ban nhân dân số 1, nhân dân tỉnh ta"


def made(*all_documents: Documents | None) -> list[Documents]:
    return [one for one in all_documents if one is not None]


def found(reader: IndexReader, typed: str, **search: object) -> list[str]:
    hits = reader.search(Search(parse(typed), **search), visibility=ANYBODY).hits  # type: ignore[arg-type]
    return [hit.title for hit in hits]


class TestOnAServer:
    """Asked of a real server, which the environment names."""

    __test__ = GIVEN

    @pytest.fixture
    def prefix(self, request: pytest.FixtureRequest) -> str:
        return new_prefix(request)

    @pytest.fixture
    def generations(self, prefix: str) -> MeiliGenerations:
        return MeiliGenerations(URL, KEY, prefix)

    def test_a_long_phrase_is_found_only_where_it_stands(self, generations: MeiliGenerations) -> None:
        archive = made(documents(record(1, "Ủy ban nhân dân tỉnh")), documents(record(2, APART)))
        reader = filled(generations, archive)
        assert found(reader, LONG) == ["Ủy ban nhân dân tỉnh"]
        assert found(reader, f"tỉnh -{LONG}") == [APART]

    def test_a_long_phrase_that_fits_too_many_is_found_where_its_triples_stand(
        self, generations: MeiliGenerations, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        archive = made(documents(record(1, "Ủy ban nhân dân tỉnh")), documents(record(2, APART)))
        reader = filled(generations, archive)
        monkeypatch.setattr(strangers, "MOST_READ", 1)
        result = reader.search(Search(parse(LONG)), visibility=ANYBODY)
        assert result.total == len(result.hits) == 2
        assert found(reader, f"tỉnh -{LONG}") == []

    def test_long_phrases_on_pages_are_exact_too(self, generations: MeiliGenerations) -> None:
        reader = filled(generations, made(documents(record(1, "Sổ"), pages(APART, "ủy ban nhân dân tỉnh"))))
        hits = reader.page_hits(parse(LONG), ["h38.td.01.1"], visibility=ANYBODY)["h38.td.01.1"]
        assert (hits.total, [hit.number for hit in hits.hits]) == (1, [2])

    def test_a_query_of_the_longest_kind_is_answered(self, generations: MeiliGenerations) -> None:
        text = " ".join(f"a{number % 90}b" for number in range(99))
        reader = filled(generations, made(documents(record(1, text))))
        assert found(reader, f'"{text[:390]}"') == [text]
        assert found(reader, text) == [text]

    def test_letters_that_meilisearch_takes_for_the_same_are_others(self, generations: MeiliGenerations) -> None:
        archive = made(
            documents(record(1, "đo 5 m²", creator="Sở Địa chính")),
            documents(record(2, "đo 5 m2", creator="sở địa chính")),
        )
        result = filled(generations, archive).search(Search(parse("m²")), visibility=ANYBODY)
        assert [hit.title for hit in result.hits] == ["đo 5 m²"]
        assert result.facets["creator"] == (("Sở Địa chính", 1),)

    def test_how_often_a_word_stands_somewhere_does_not_rank(self, generations: MeiliGenerations) -> None:
        archive = made(
            documents(record(1, "đất"), pages("đất công")), documents(record(2, "đất"), pages("đất đất đất"))
        )
        reader = filled(generations, archive)
        assert [hit.id for hit in reader.search(Search(parse("đất")), visibility=ANYBODY).hits] == [
            "h38.td.01.1",
            "h38.td.01.2",
        ]

    def test_words_behind_the_tenth_find_but_do_not_rank(self, generations: MeiliGenerations) -> None:
        words = "mot hai ba bon nam sau bay tam chin"
        apart = f"{words} xen giua muoi"
        reader = filled(generations, made(documents(record(1, apart)), documents(record(2, f"{words} muoi"))))
        assert found(reader, f"{words} muoi") == [apart, f"{words} muoi"]
        assert found(reader, "chin muoi") == [f"{words} muoi", apart]
        assert found(reader, f"{words} muoi vang") == []

    def test_a_value_too_long_to_be_counted_is_refused_by_name(self, generations: MeiliGenerations) -> None:
        refused = documents(record(1, "Dài", creator="Ủy" * MOST_BYTES))
        assert refused is not None
        with generations.begin(Follows(0, TODAY)) as writer:
            writer.add(*refused)
            unwritten = writer.seal()
            generations.switch(writer)
        assert [(one.record_id, "creator" in one.reason) for one in unwritten] == [("h38.td.01.1", True)]
        assert found(generations.reader(), "") == []
        assert [one.record_id for one in generations.amend({}, [refused], Follows(1, TODAY))] == ["h38.td.01.1"]

    def test_readers_may_see_a_step_of_an_amendment(
        self, generations: MeiliGenerations, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        filled(generations, made(documents(record(1, "Cũ")), documents(record(2, "Đóng"))))
        renewed = made(documents(record(1, "Mới")))
        with monkeypatch.context() as broken:
            broken.setattr(Server, "add", _refusing)
            with pytest.raises(IndexUnavailable):
                generations.amend({"h38.td.01.2": 1}, renewed, Follows(1, TODAY))
        after = _settled(generations.reader(), 1)
        assert found(after, "") == ["Cũ"], "what is to go goes first, what is renewed is never absent"
        assert after.revision() == 0
        generations.amend({"h38.td.01.2": 1}, renewed, Follows(1, TODAY))
        assert found(generations.reader(), "") == ["Mới"]
        assert generations.reader().revision() == 1

    def test_an_older_version_overwrites_a_newer_one(self, generations: MeiliGenerations) -> None:
        filled(generations, made(documents(record(1, "Đầu"))))
        for version, title in ((3, "Thứ ba"), (2, "Thứ hai")):
            target = {"h38.td.01.1": version}
            generations.amend(target, made(documents(record(1, title, row_version=version))), Follows(1, TODAY))
        assert found(generations.reader(), "") == ["Thứ hai"]

    def test_another_process_follows_within_half_a_second(self, generations: MeiliGenerations, prefix: str) -> None:
        filled(generations, made(documents(record(1, "Một"))))
        readers = meili_readers(URL, KEY, prefix)
        before = readers()
        filled(generations, made(documents(record(2, "Hai"))))
        assert found(before, "") == ["Một"]
        time.sleep(REMEMBERED_SECONDS + 0.1)
        assert found(readers(), "") == ["Hai"]

    def test_a_portal_needs_no_right_but_to_search(self, generations: MeiliGenerations, prefix: str) -> None:
        filled(generations, made(documents(record(1, "Giao đất"), pages("giao đất"))))
        admin = Server(URL, KEY).client
        key = admin.create_key({"actions": ["search"], "indexes": [f"{prefix}-*"], "expiresAt": None})
        reader = meili_readers(URL, key.key, prefix)()
        assert found(reader, "giao") == ["Giao đất"]
        assert reader.page_hits(parse("giao"), ["h38.td.01.1"], visibility=ANYBODY)
        assert reader.page_text("h38.td.01.1", 1, visibility=ANYBODY) == "giao đất"
        with pytest.raises(IndexUnavailable), MeiliGenerations(URL, key.key, prefix).begin(Follows(0, TODAY)):
            pass
        admin.delete_key(key.uid)

    def test_an_indexer_needs_the_rights_of_the_guide(self, prefix: str) -> None:
        (actions,) = re.findall(r"\| indexer \| (.*) \| `archive-\*` \|", GUIDE)
        rights = re.findall(r"`([a-z.*]+)`", actions)
        admin = Server(URL, KEY).client
        key = admin.create_key({"actions": rights, "indexes": [f"{prefix}-*"], "expiresAt": None})
        own = MeiliGenerations(URL, key.key, prefix)
        for title in ("Một", "Hai", "Ba"):
            filled(own, made(documents(record(1, title), pages("giao đất"))))
        own.amend({"h38.td.01.1": 1}, made(documents(record(1, "Bốn"))), Follows(1, TODAY))
        assert found(own.reader(), "") == ["Bốn"]
        assert own.inventory(today=TODAY, withheld=frozenset()).size(Part.PAGES).live == 0
        admin.delete_key(key.uid)

    def test_an_unfinished_generation_is_gone_on_with(self, generations: MeiliGenerations) -> None:
        first, second = made(documents(record(1, "Một"), pages("a", "b")), documents(record(2, "Hai")))
        with pytest.raises(RuntimeError):
            _left_after_a_mark(generations, first)
        with pytest.raises(IndexUnavailable):
            generations.reader()
        with generations.begin(Follows(9, TODAY), resume=True) as writer:
            assert (writer.done, writer.follows) == ("x", Follows(4, TODAY, "p"))
            writer.add(*made(documents(record(1, "Một"), pages("a")))[0])
            writer.add(*second)
            assert writer.seal() == []
            generations.switch(writer)
        reader = generations.reader()
        assert (reader.page_total(visibility=ANYBODY), reader.revision(), reader.position()) == (1, 4, "p")
        assert sorted(found(reader, "")) == ["Hai", "Một"]

    def test_the_generation_before_is_kept_amended_and_switched_back_to(self, generations: MeiliGenerations) -> None:
        for title in ("Một", "Hai", "Ba"):
            filled(generations, made(documents(record(1, title, row_key="k"))))
        before = generations.previous()
        assert found(before.reader(), "") == ["Hai"]
        assert before.ids_of(["k", "x"]) == {"h38.td.01.1": "k"}
        before.amend({"h38.td.01.1": 1}, [], Follows(5, date(2027, 1, 1)))
        assert found(generations.reader(), "") == ["Ba"]
        generations.switch(before)
        assert found(generations.reader(), "") == []
        assert generations.reader().revision() == 5

    def test_a_document_is_shown_on_its_days_alone(self, generations: MeiliGenerations) -> None:
        one, its_pages = made(documents(record(1, "Giao đất"), pages("giao đất")))[0]
        days = replace(one.disclosure, shown_from=TODAY, shown_until=TODAY + timedelta(days=3))
        limited = [(replace(one, disclosure=days), tuple(replace(page, disclosure=days) for page in its_pages))]
        for reader in (filled(MemoryGenerations(), limited), filled(generations, limited)):
            for past in range(-1, 5):
                seen = replace(ANYBODY, today=TODAY + timedelta(days=past))
                shown = 0 <= past < 3
                assert reader.search(Search(parse("giao")), visibility=seen).total == shown
                assert len(reader.suggest("gia", visibility=seen)) == shown
                assert (reader.page_text("h38.td.01.1", 1, visibility=seen) == "giao đất") is shown
                assert reader.page_total(visibility=seen) == shown

    def test_thousands_of_withheld_ids_are_kept_back(self, generations: MeiliGenerations) -> None:
        archive = made(*(documents(record(number, f"Đơn {number}")) for number in (1, 700, 2999, 3001)))
        withheld = frozenset(f"h38.td.01.{number}" for number in range(3000))
        seen = replace(ANYBODY, withheld=withheld)
        result = filled(generations, archive).search(Search(parse("đơn")), visibility=seen)
        assert (result.total, [hit.title for hit in result.hits]) == (1, ["Đơn 3001"])

    def test_its_inventory_is_that_of_the_oracle(self, generations: MeiliGenerations) -> None:
        archive, true_ones = list(random_archive(60)), MemoryGenerations()
        ids, taken = [one[0].description.id for one in archive], []
        for engine in (true_ones, generations):
            filled(engine, archive)
            taken.append(engine.inventory(today=TODAY, withheld=frozenset(ids[:2])))
        true, ours = taken
        assert ours.records(ids) == true.records(ids)
        assert {i: sorted(held, key=lambda page: page.number) for i, held in ours.pages(ids).items()} == true.pages(ids)
        assert ours.values() == {name: dict(values) for name, values in true.values().items()}
        for part, field in (*WORD_FIELDS, (Part.RECORDS, "parent_id"), (Part.PAGES, "lineage")):
            words = sorted(true.terms(part, field, ()), key=lambda term: term.word)
            assert sorted(ours.terms(part, field, ()), key=lambda term: term.word) == words
            for word in (words[0].word, words[-1].word):
                assert ours.having(part, field, word, ids) == true.having(part, field, word, ids)
                assert ours.lacking(part, field, [word], ids) == true.lacking(part, field, [word], ids)
                assert ours.count(part, field, word, but=ids[:9]) == true.count(part, field, word, but=ids[:9])
        for part in Part:
            assert (ours.size(part), set(ours.ids(part))) == (true.size(part), set(true.ids(part)))

    def test_a_dictionary_longer_than_the_server_lists_is_not_cut_in_silence(
        self, generations: MeiliGenerations, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        filled(generations, made(documents(record(1, "Một hai"))))
        inventory = generations.inventory(today=TODAY, withheld=frozenset())
        assert {term.word for term in inventory.terms(Part.RECORDS, "title_exact", ())} == {"một", "hai"}
        monkeypatch.setattr(held, "MOST_VALUES", 2)
        with pytest.raises(IndexUnavailable, match="more values"):
            list(inventory.terms(Part.RECORDS, "title_exact", ()))


def _refusing(*_args: object) -> None:
    raise IndexUnavailable("the server went away")


def _left_after_a_mark(generations: MeiliGenerations, one: Documents) -> None:
    with generations.begin(Follows(4, TODAY, "p")) as writer:
        writer.add(*one)
        writer.mark("x")
        raise RuntimeError


def _settled(reader: IndexReader, total: int) -> IndexReader:
    """The reader, once the server has done what it was sent before the connection was lost."""
    end = time.monotonic() + 10
    while reader.search(Search(), visibility=ANYBODY).total != total:
        assert time.monotonic() < end
        time.sleep(0.05)
    return reader


def test_every_limit_of_the_guide_is_shown_by_a_test() -> None:
    shown = re.findall(r"`([a-z_]+)…`", GUIDE)
    tests = [name.removeprefix("test_") for name in vars(TestOnAServer)]
    assert len(shown) >= 8
    assert [name for name in shown if sum(name in test for test in tests) != 1] == []
