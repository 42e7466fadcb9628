"""How fast a rebuild is against bare Tantivy, and whether its memory stays flat."""

import subprocess
import sys
import time
from pathlib import Path

import tantivy

from deploy.bench.archives import TODAY, database, rebuild_into, restrictions
from deploy.bench.results import Figure, at_least, at_most
from indexer.index.analysis import analyse
from indexer.index.tantivy.schema import open_index, pages_schema, records_schema
from indexer.index.tantivy.writer import HEAP_BYTES, page_document, record_document
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
    peaks = [_peak(folder, pages) for pages in (large, small)]
    return at_most(peaks[0], peaks[1], 1.2, "MB")


def _ready(folder: Path, pages: int) -> tuple[list[tantivy.Document], list[tantivy.Document]]:
    url = database(folder, pages)
    ready_records, ready_pages = [], []
    stream = documents(
        open_source(url), restrictions(folder, pages), today=TODAY, tally=Tally(), refused=lambda _: None
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


def _peak(folder: Path, pages: int) -> float:
    """The most anonymous memory of a process that rebuilds, in MB, sampled while it runs."""
    database(folder, pages)
    command = [sys.executable, "-m", "deploy.bench.one_rebuild", str(folder), str(pages)]
    with subprocess.Popen(command) as process:  # noqa: S603 - our own module
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, _anonymous_megabytes(process.pid))
            time.sleep(0.02)
    if process.returncode:
        raise RuntimeError("the measured rebuild failed")
    return peak


def _anonymous_megabytes(process: int) -> float:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    lines = [line.split() for line in status.splitlines() if line.startswith("RssAnon")]
    return int(lines[0][1]) / 1000 if lines else 0.0
