"""What can be planted in the embedded engine's files and through none of its ports."""

from collections import Counter
from collections.abc import Callable

import pytest
import tantivy

from indexer.audit.finding import Kind, Side
from indexer.audit.postings import Postings
from indexer.index.analysis import analyse
from indexer.index.inventory import Part
from indexer.index.port import Follows
from indexer.index.tantivy.current import generation_folder
from indexer.index.tantivy.documents import page_document, record_document
from indexer.index.tantivy.generations import TantivyGenerations
from indexer.index.tantivy.schema import open_index, pages_schema, records_schema
from tests.audit.index.world import OPEN, PARTLY, TODAY, Archive, audited, held, told
from tests.index.corpus import documents, pages, record

ARCHIVE = Archive()


def write(generations: TantivyGenerations, part: Part, document: tantivy.Document, *, instead_of: str = "") -> None:
    """Add a document to the current generation, perhaps in the place of all those of a record."""
    folder = generation_folder(generations._folder, generations.reader().generation())
    schema, field = (records_schema(), "id") if part is Part.RECORDS else (pages_schema(), "record_id")
    writer = open_index(schema, folder / part.value).writer(15_000_000, num_threads=1)
    if instead_of:
        writer.delete_documents_by_term(field, instead_of)
    writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    generations._point_at(folder.name, "")


def record_of(record_id: str) -> tantivy.Document:
    made = next(made for made in ARCHIVE.documents() if made[0].description.id == record_id)
    return record_document(made[0], analyse(*made))


def page_of(record_id: str, number: int) -> tantivy.Document:
    record_made, own = next(made for made in ARCHIVE.documents() if made[0].description.id == record_id)
    text = analyse(record_made, own).pages
    return next(page_document(page, words) for page, words in zip(own, text, strict=True) if page.number == number)


@pytest.mark.parametrize(
    ("field", "word"),
    [
        ("folded", "vexoluth"),
        ("exact", "vexoluth"),
        ("pairs", "giao vexoluth"),
        ("title_folded", "vexoluth"),
        ("codes", "99/qd"),
        ("folded", "█"),
        ("folded", "quyet"),
    ],
)
def test_a_word_that_no_stored_text_says_is_traced_to_its_record(
    embedded: TantivyGenerations, field: str, word: str
) -> None:
    held(embedded, ARCHIVE)
    document = record_of(PARTLY)
    document.add_text(field, word)
    write(embedded, Part.RECORDS, document, instead_of=PARTLY)
    assert told(audited(embedded, ARCHIVE), Side.LEAK, Kind.TERM) == {(field, PARTLY, 0)}


def test_a_word_of_a_page_likewise(embedded: TantivyGenerations) -> None:
    held(embedded, ARCHIVE)
    document = page_of(OPEN, 2)
    document.add_text("folded", "vexoluth")
    write(embedded, Part.PAGES, document)
    done = audited(embedded, ARCHIVE)
    assert told(done, Side.LEAK, Kind.TERM) == {("folded", OPEN, 0)}
    assert told(done, Side.LEAK, Kind.EXTRA_PAGE) == {("", OPEN, 2)}


@pytest.mark.parametrize(("counted", "side"), [(0, Side.LEAK), (9, Side.LATE)])
def test_a_value_that_is_filtered_by_otherwise_than_it_is_counted(
    embedded: TantivyGenerations, counted: int, side: Side
) -> None:
    held(embedded, ARCHIVE)
    inventory = embedded.inventory(today=TODAY, withheld=frozenset())
    true = inventory.values()
    inventory.values = lambda ids=None: {**true, "kind": {**true["kind"], "item": counted}}  # type: ignore[method-assign]
    found = Counter((finding.side, finding.kind, finding.field) for finding in Postings(inventory).differences())
    assert found[side, Kind.TERM, "facet_kind"] == 1


def test_a_page_that_its_column_gives_to_another_record(embedded: TantivyGenerations) -> None:
    held(embedded, ARCHIVE)
    moved = tantivy.Document()
    for name, values in page_of(OPEN, 1).to_dict().items():
        for value in values:
            _copy(moved, name, 77 if name == "record_key" else value)
    write(embedded, Part.PAGES, moved, instead_of=OPEN)
    assert told(audited(embedded, ARCHIVE), Side.LEAK, Kind.STALE) == {("record_key", OPEN, 1)}


def _copy(document: tantivy.Document, name: str, value: object) -> None:
    adders: dict[type, Callable[..., None]] = {
        int: document.add_unsigned,
        bytes: document.add_bytes,
        str: document.add_text,
        list: lambda field, each: document.add_bytes(field, bytes(each)),
    }
    adders[type(value)](name, value)


def test_a_page_of_no_record_is_found_by_the_totals(embedded: TantivyGenerations) -> None:
    held(embedded, ARCHIVE)
    stray, own = documents(record(77, "Không có"), pages("chữ thừa")) or pytest.fail("nothing may be known of it")
    write(embedded, Part.PAGES, page_document(own[0], analyse(stray, own).pages[0]))
    assert told(audited(embedded, ARCHIVE), Side.LEAK, Kind.EXTRA_PAGE) == {("", "h38.td.01.77", 1)}


def test_a_description_of_another_record_belongs_to_the_id_it_is_found_by(embedded: TantivyGenerations) -> None:
    held(embedded, ARCHIVE)
    foreign, own = documents(record(66, "Khác")) or pytest.fail("nothing may be known of it")
    document = record_document(foreign, analyse(foreign, own))
    document.add_text("id", PARTLY)
    write(embedded, Part.RECORDS, document)
    assert ("", PARTLY, 0) in told(audited(embedded, ARCHIVE), Side.LEAK, Kind.EXTRA)


def test_what_deleted_documents_leave_behind_is_residue_and_no_leak(embedded: TantivyGenerations) -> None:
    closed = documents(record(88, "zumkyra tạm"), pages("zumkyra"))
    assert closed is not None
    held(embedded, ARCHIVE, besides=[closed])
    assert audited(embedded, ARCHIVE).leaks
    embedded.amend({closed[0].description.id: 0}, (), Follows(0, TODAY))
    done = audited(embedded, ARCHIVE)
    assert not done.findings.counts
    assert done.compared.residue.documents == 2
    assert done.compared.residue.terms > 0
    inventory = embedded.inventory(today=TODAY, withheld=frozenset())
    assert [term.live for term in inventory.terms(Part.RECORDS, "folded", "z") if term.word == "zumkyra"] == [0]
    assert done.compared.canaries, "a word that only a deleted document has is still asked for"
