"""A generation that was left unfinished is gone on with from its last mark, and from nowhere else."""

from pathlib import Path

import pytest

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.visibility import visible_to
from indexer.index.port import Follows, Search
from indexer.index.tantivy.generations import TantivyGenerations
from tests.index.corpus import TODAY, documents, pages, record

ANYBODY = visible_to(reader=ANONYMOUS, today=TODAY, overlay=NO_OVERLAY)
BEGAN, LATER = Follows(3, TODAY, "12:7"), Follows(8, TODAY, "99:9")


class Lost(Exception):
    """Stands for whatever ends a rebuild."""


def add(writer, ordinal):
    writer.add(*documents(record(ordinal), pages(f"trang {ordinal}")))


def leave(generations: TantivyGenerations, *, besides: bool) -> None:
    """Break off after a mark, with or without having made something last that was not marked."""

    def fill() -> None:
        with generations.begin(BEGAN) as writer:
            add(writer, 1)
            writer.mark("items 1")
            add(writer, 2)
            if besides:
                writer._writers.commit()
            raise Lost

    with pytest.raises(Lost):
        fill()


def found(generations: TantivyGenerations) -> set[str]:
    return {hit.id for hit in generations.reader().search(Search(), visibility=ANYBODY).hits}


def test_it_is_gone_on_with_from_its_mark(tmp_path: Path) -> None:
    generations = TantivyGenerations(tmp_path)
    leave(generations, besides=False)
    with generations.begin(LATER, resume=True) as writer:
        assert (writer.follows, writer.done) == (BEGAN, "items 1")
        add(writer, 3)
        writer.seal()
        generations.switch(writer)
    assert found(generations) == {"h38.td.01.1", "h38.td.01.3"}
    assert generations.reader().page_total(visibility=ANYBODY) == 2
    assert (generations.reader().revision(), generations.reader().position()) == (3, "12:7")


def test_more_than_was_marked_is_not_trusted(tmp_path: Path) -> None:
    generations = TantivyGenerations(tmp_path)
    leave(generations, besides=True)
    with generations.begin(LATER, resume=True) as writer:
        assert (writer.follows, writer.done) == (LATER, "")
        add(writer, 3)
        writer.seal()
        generations.switch(writer)
    assert found(generations) == {"h38.td.01.3"}


@pytest.mark.parametrize("spoilt", ["unfinished.json", "follows.json"])
def test_notes_that_cannot_be_read_begin_anew(spoilt: str, tmp_path: Path) -> None:
    generations = TantivyGenerations(tmp_path)
    leave(generations, besides=False)
    (tmp_path / "generations" / "000001" / spoilt).write_text("[")
    with generations.begin(LATER, resume=True) as writer:
        assert (writer.follows, writer.done) == (LATER, "")
