"""How fast an audit compares an archive with its index, against only reading it, and whether its memory is flat."""

import sys
import time
from pathlib import Path

from deploy.bench.archives import TODAY, database, index, restrictions
from deploy.bench.memory import peak_megabytes
from deploy.bench.results import Figure, at_least, at_most
from indexer.audit.beside import Beside, inventory_of
from indexer.audit.comparison import BATCH, Compared
from indexer.audit.hidden import Hidden
from indexer.audit.rederive import rederive
from indexer.audit.stored import batches
from indexer.pipeline import Tally
from indexer.settings import IndexSettings
from indexer.sources.open import open_source
from indexer.sources.port import SourceRecord

SAMPLE = 200


def audit_rate(folder: Path, pages: int) -> Figure:
    """Documents (records and pages) a second from database to verdict, against the bare stream of the database."""
    url = database(folder, pages)
    index(folder, pages)
    started = time.perf_counter()
    read = sum(1 + len(entry.pages) for entry in open_source(url).entries() if isinstance(entry, SourceRecord))
    bare = time.perf_counter() - started
    started = time.perf_counter()
    compared, tally = compare(folder, pages)
    ours = time.perf_counter() - started
    if compared.findings.counts:
        raise RuntimeError(f"the index of the bench is not as it should be: {compared.findings.counts}")
    return at_least((tally.records_read + tally.pages_read) / ours, read / bare, 0.35, "documents/s")


def audit_memory(folder: Path, small: int, large: int) -> Figure:
    """Peak memory of both processes together, large archive against small. Mapped files are not counted."""
    peaks = []
    for pages in (large, small):
        index(folder, pages)
        peaks.append(peak_megabytes([sys.executable, "-m", "deploy.bench.auditing", str(folder), str(pages)]))
    return at_most(peaks[0], peaks[1], 1.3, "MB")


def compare(folder: Path, pages: int) -> tuple[Compared, Tally]:
    """What `archive-indexer audit` does before it asks questions."""
    hidden, tally = Hidden(SAMPLE, "bench", today=TODAY), Tally()
    held_to = restrictions(folder, pages)
    source = open_source(database(folder, pages))
    stream = rederive(source, held_to, today=TODAY, withheld=frozenset(), hidden=hidden, tally=tally)
    inventory = inventory_of(IndexSettings(index_dir=folder / f"index-{pages}"), today=TODAY, withheld=frozenset())
    with Beside(inventory, today=TODAY) as beside:
        for batch in batches(stream, BATCH):
            beside.take(batch)
        return beside.close(hidden.words(), SAMPLE), tally


if __name__ == "__main__":
    started = time.perf_counter()
    _, counted = compare(Path(sys.argv[1]), int(sys.argv[2]))
    rate = (counted.records_read + counted.pages_read) / (time.perf_counter() - started)
    print(f"{rate:,.0f} documents/s")  # noqa: T201
