"""The tokenizer of pairs sees every pair of neighbours exactly once."""

from itertools import pairwise
from pathlib import Path

import pytest
import tantivy

from indexer.index.tantivy.schema import halves, open_index, records_schema


@pytest.mark.parametrize("run", ["", "a", "a b", "a b c", "a b c d e", "xin giao lai dat xin giao"])
def test_every_pair_of_neighbours_is_a_term_once(run: str, tmp_path: Path) -> None:
    index = open_index(records_schema(), tmp_path)
    writer = index.writer(15_000_000, num_threads=1)
    document = tantivy.Document()
    for half in halves(run):
        document.add_text("pairs", half)
    writer.add_document(document)
    writer.commit()
    index.reload()
    words = run.split()
    expected = {f"{left} {right}" for left, right in pairwise(words)}
    assert {term for term, _ in index.searcher().terms_with_prefix("pairs", "")} == expected
