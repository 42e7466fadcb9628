"""A process that was killed while it committed leaves files behind; the next one does the same again all the same."""

from pathlib import Path

import pytest

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.visibility import visible_to
from indexer.index.document import Documents
from indexer.index.port import Follows, Search
from indexer.index.tantivy.generations import TantivyGenerations
from tests.index.conftest import filled
from tests.index.corpus import TODAY, documents, pages, record

ANYBODY = visible_to(reader=ANONYMOUS, today=TODAY, overlay=NO_OVERLAY)
RECORDS = 30


def made(ordinal: int, title: str) -> Documents:
    found = documents(record(ordinal, title), pages(f"trang {title}"))
    assert found is not None
    return found


def amend(generations: TantivyGenerations) -> None:
    fresh = [made(number, "mới") for number in range(0, RECORDS, 3)]
    assert list(generations.amend({}, fresh, Follows(1, TODAY))) == []


@pytest.mark.parametrize("unnamed", [("records", "pages"), ("records",)])
def test_files_that_nothing_names_are_in_nobodys_way(unnamed: tuple[str, ...], tmp_path: Path) -> None:
    generations = TantivyGenerations(tmp_path)
    filled(generations, [made(number, "cũ") for number in range(RECORDS)])
    named = [tmp_path / "generations" / "000001" / index / "meta.json" for index in unnamed]
    before = [file.read_bytes() for file in named]
    amend(generations)
    for file, content in zip(named, before, strict=True):
        file.write_bytes(content)
        assert list(file.parent.glob("*.del")), "the files are there, and their names are not"
    amend(generations)
    found = TantivyGenerations(tmp_path).reader().search(Search(limit=RECORDS), visibility=ANYBODY)
    assert found.total == RECORDS
    assert sum(hit.title == "mới" for hit in found.hits) == RECORDS // 3
