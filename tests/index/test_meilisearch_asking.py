"""What Meilisearch is asked: values that keep their meaning, words to rank by, and an error when it is not there."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.visibility import visible_to
from indexer.index.meilisearch.current import meili_readers
from indexer.index.meilisearch.filters import access_filters
from indexer.index.meilisearch.generations import MeiliGenerations
from indexer.index.meilisearch.ranked import MOST_WORDS, ranking
from indexer.index.meilisearch.terms import MOST_BYTES, accented_word, order_term, reversible, term, value_of
from indexer.index.port import Follows, IndexUnavailable
from indexer.index.query import parse
from tests.index.corpus import TODAY
from tests.servers.echo import create
from tests.servers.ports import free_port

ANYBODY = visible_to(reader=ANONYMOUS, today=TODAY, overlay=NO_OVERLAY)


def as_compared(spelt: str) -> str:
    """What Meilisearch makes of a value before it compares."""
    return unicodedata.normalize("NFKD", spelt.strip()).lower()


@given(st.text(max_size=40), st.text(max_size=40))
def test_terms_are_compared_as_their_values(left: str, right: str) -> None:
    assert (as_compared(term(left)) == as_compared(term(right))) is (left == right)
    assert value_of(term(left)) == left
    assert not {'"', "\\", "'"} & set(term(left))


@pytest.mark.parametrize(
    ("left", "right"), [("Sở", "sở"), ("m²", "m2"), ("a ", "a"), ("", " "), ("\u212b", "\u00c5"), ("~", "")]
)
def test_values_that_meilisearch_takes_for_one_are_kept_apart(left: str, right: str) -> None:
    assert as_compared(term(left)) != as_compared(term(right))
    assert term(left) != term(right)


@given(st.text(min_size=MOST_BYTES, max_size=MOST_BYTES + 80))
def test_a_long_value_becomes_a_digest_that_fits(value: str) -> None:
    assert not reversible(value) or len(unicodedata.normalize("NFD", term(value)).encode()) <= MOST_BYTES
    assert len(as_compared(term(value)).encode()) <= MOST_BYTES
    assert term(value) != term(value + "a")


@given(st.lists(st.text(max_size=12).map(str.lower), min_size=2, max_size=6))
def test_orders_are_those_of_code_points(values: list[str]) -> None:
    plain = [value for value in values if not set(value) & {"~", "\x7f"}]
    assert sorted(plain, key=order_term) == sorted(plain)


@given(st.text("abceghioquxyđáàạăắâấêếôốơớưứịỳ", max_size=8), st.text("abceghioquxyđáàạăắâấêếôốơớưứịỳ", max_size=8))
def test_words_with_other_accents_are_other_words_to_rank_by(left: str, right: str) -> None:
    if "q" not in left + right:
        assert (accented_word(left) == accented_word(right)) is (left == right)
    assert accented_word(left).isascii()


@given(st.text(max_size=200))
def test_a_ranking_never_asks_for_more_words_than_are_read(typed: str) -> None:
    words = ranking(parse(typed))["q"].split()
    assert len(words) <= MOST_WORDS
    assert words == [] or words[0] == "qqall"


def test_without_an_audience_the_filter_names_none() -> None:
    assert access_filters(replace(ANYBODY, audiences=frozenset()))[0] == "audience IN []"


@pytest.fixture
def other_server() -> Iterator[str]:
    """A server that answers 200 to everything, and is no Meilisearch."""

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    with make_server("127.0.0.1", 0, create(), handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/status/200"
        server.shutdown()
        thread.join()


def test_what_is_no_meilisearch_is_an_index_that_is_unavailable(other_server: str) -> None:
    for url in (f"http://127.0.0.1:{free_port()}", other_server, "127.0.0.1", "http://[", ""):
        with pytest.raises(IndexUnavailable):
            meili_readers(url, "key", "p")()
        with (
            pytest.raises(IndexUnavailable),
            MeiliGenerations(url, "key", "p").begin(Follows(0, TODAY)),
        ):
            pass
