"""How fast a rebuild is against bare Tantivy, and whether its memory stays flat."""

import sys
import time
from pathlib import Path

import tantivy

from deploy.bench.archives import TODAY, database, rebuild_into, restrictions
from deploy.bench.memory import peak_megabytes
from deploy.bench.results import Figure, at_least, at_most
from indexer.index.analysis import analyse
from indexer.index.tantivy.documents import page_document, record_document
from indexer.index.tantivy.schema import open_index, pages_schema, records_schema
from indexer.index.tantivy.writers import HEAP_BYTES
from indexer.pipeline import Tally, documents
from indexer.sources.open import open_source


def rebuild_rate(folder: Path, pages: int) -> Figure:
    """Pages a second from database to index, against bare Tantivy given the same documents ready made."""
    ready_records, ready_pages = _ready(folder, pages)
    bare = _timed_bare(folder / "bare", ready_records, ready_pages)
    started = time.perf_counter()
    done = rebuild_into(folder, pages, folder / "rebuilt")
    ours = time.perf_counter() - started
    return at_least(done.tally.pages_read / ours, len(ready_pages) / bare, 0.5, "pages/s")


def rebuild_memory(folder: Path, small: int, large: int) -> Figure:
    """Peak memory of the indexing process, large archive against small. Mapped files of the index are not counted."""
    peaks = []
    for pages in (large, small):
        database(folder, pages)
        peaks.append(peak_megabytes([sys.executable, "-m", "deploy.bench.one_rebuild", str(folder), str(pages)]))
    return at_most(peaks[0], peaks[1], 1.2, "MB")


def _ready(folder: Path, pages: int) -> tuple[list[tantivy.Document], list[tantivy.Document]]:
    url = database(folder, pages)
    ready_records, ready_pages = [], []
    stream = documents(
        open_source(url).entries(), restrictions(folder, pages), today=TODAY, tally=Tally(), refused=lambda _: None
    )
    for record, its_pages in stream:
        analysed = analyse(record, its_pages)
        ready_records.append(record_document(record, analysed))
        ready_pages += [page_document(page, text) for page, text in zip(its_pages, analysed.pages, strict=True)]
    return ready_records, ready_pages


def _timed_bare(folder: Path, ready_records: list[tantivy.Document], ready_pages: list[tantivy.Document]) -> float:
    writers = []
    for name, schema in (("records", records_schema()), ("pages", pages_schema())):
        (folder / name).mkdir(parents=True)
        writers.append(open_index(schema, folder / name).writer(HEAP_BYTES, num_threads=1))
    started = time.perf_counter()
    for writer, ready in zip(writers, (ready_records, ready_pages), strict=True):
        for document in ready:
            writer.add_document(document)
    for writer in writers:
        writer.commit()
        writer.wait_merging_threads()
    return time.perf_counter() - started
