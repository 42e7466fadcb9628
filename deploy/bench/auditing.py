"""How fast an audit compares an archive with its index, against only reading it, and whether its memory is flat."""

import subprocess
import sys
import time
from pathlib import Path

from deploy.bench.archives import TODAY, database, index, restrictions
from deploy.bench.results import Figure, at_least, at_most
from indexer.audit.beside import Beside, inventory_of
from indexer.audit.comparison import BATCH, Compared
from indexer.audit.hidden import Hidden
from indexer.audit.rederive import rederive
from indexer.audit.stored import batches
from indexer.pipeline import Tally
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
    peaks = [_peak(folder, pages) for pages in (large, small)]
    return at_most(peaks[0], peaks[1], 1.3, "MB")


def compare(folder: Path, pages: int) -> tuple[Compared, Tally]:
    """What `archive-indexer audit` does before it asks questions."""
    hidden, tally = Hidden(SAMPLE, "bench", today=TODAY), Tally()
    held_to = restrictions(folder, pages)
    source = open_source(database(folder, pages))
    stream = rederive(source, held_to, today=TODAY, withheld=frozenset(), hidden=hidden, tally=tally)
    inventory = inventory_of(folder / f"index-{pages}", today=TODAY, withheld=frozenset())
    with Beside(inventory, today=TODAY) as beside:
        for batch in batches(stream, BATCH):
            beside.take(batch)
        return beside.close(hidden.words(), SAMPLE), tally


def _peak(folder: Path, pages: int) -> float:
    """The most anonymous memory of an auditing process and its children, in MB, sampled while it runs."""
    index(folder, pages)
    command = [sys.executable, "-m", "deploy.bench.auditing", str(folder), str(pages)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:  # noqa: S603 - our own module
        peak = 0.0
        while process.poll() is None:
            children = _read(f"/proc/{process.pid}/task/{process.pid}/children").split()
            peak = max(peak, sum(map(_anonymous_megabytes, (str(process.pid), *children))))
            time.sleep(0.05)
    if process.returncode:
        raise RuntimeError("the measured audit failed")
    return peak


def _anonymous_megabytes(process: str) -> float:
    lines = [line.split() for line in _read(f"/proc/{process}/status").splitlines() if line.startswith("RssAnon")]
    return int(lines[0][1]) / 1000 if lines else 0.0


def _read(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:
        return ""


if __name__ == "__main__":
    started = time.perf_counter()
    _, counted = compare(Path(sys.argv[1]), int(sys.argv[2]))
    rate = (counted.records_read + counted.pages_read) / (time.perf_counter() - started)
    print(f"{rate:,.0f} documents/s")  # noqa: T201
