"""The generation to go back to is the one that was in service before, whatever else was left lying about."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.visibility import visible_to
from indexer.index.port import Follows, Generations, GenerationWriter, IndexUnavailable, Search
from tests.index.conftest import filled
from tests.index.corpus import TODAY, documents, record

ANYBODY = visible_to(reader=ANONYMOUS, today=TODAY, overlay=NO_OVERLAY)


class Lost(Exception):
    """Stands for whatever ends a rebuild."""


@pytest.fixture
def stranded() -> Iterator[ExitStack]:
    """What a process holds that never comes to its next step; ended when the test is over."""
    with ExitStack() as stack:
        yield stack


def begun(stack: ExitStack, generations: Generations, ordinal: int) -> GenerationWriter:
    """A generation of one record, sealed."""
    writer = stack.enter_context(generations.begin(Follows(0, TODAY)))
    made = documents(record(ordinal))
    assert made is not None
    writer.add(*made)
    assert list(writer.seal()) == []
    return writer


def fill(generations: Generations, ordinal: int) -> str:
    """Put a generation of one record into service; its name."""
    made = documents(record(ordinal))
    assert made is not None
    return filled(generations, [made]).generation()


def ids(generations: Generations) -> set[str]:
    found = generations.reader().search(Search(), visibility=ANYBODY)
    return {hit.id.rpartition(".")[2] for hit in found.hits}


def test_one_that_was_sealed_and_never_in_service_is_not_the_one_before(
    generations: Generations, stranded: ExitStack
) -> None:
    first = fill(generations, 1)
    begun(stranded, generations, 2)
    with pytest.raises(IndexUnavailable, match="kept"):
        generations.previous()
    stranded.close()
    fill(generations, 3)
    begun(stranded, generations, 4)
    assert generations.previous().name == first
    generations.switch(generations.previous())
    assert ids(generations) == {"1"}


def test_switching_again_to_the_same_one_keeps_the_one_before(generations: Generations) -> None:
    first = fill(generations, 1)
    with ExitStack() as stack:
        writer = begun(stack, generations, 2)
        for _ in range(3):
            generations.switch(writer)
    assert generations.previous().name == first
    assert ids(generations) == {"2"}


def test_what_fails_after_the_switch_leaves_the_new_one_in_service(generations: Generations) -> None:
    first = fill(generations, 1)

    def fail() -> None:
        with ExitStack() as stack:
            generations.switch(begun(stack, generations, 2))
            raise Lost

    with pytest.raises(Lost):
        fail()
    assert ids(generations) == {"2"}
    assert generations.previous().name == first


def test_forth_and_back(generations: Generations) -> None:
    first, second = fill(generations, 1), fill(generations, 2)
    for current, before in ((first, second), (second, first)) * 2:
        generations.switch(generations.previous())
        assert generations.reader().generation() == current
        assert generations.previous().name == before
