"""The engine OpenSearch: writing against the official bulk helper, whole rebuilds, and the memory they take."""

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.helpers import parallel_bulk

from deploy.bench.archives import TODAY, database, restrictions
from deploy.bench.memory import peak_megabytes
from deploy.bench.results import Figure, at_least, at_most
from indexer.index.analysis import analyse
from indexer.index.document import Documents
from indexer.index.opensearch.client import open_client
from indexer.index.opensearch.documents import page_fields, page_name, record_fields
from indexer.index.opensearch.fields import pages_index, records_index
from indexer.index.opensearch.generations import OpenSearchGenerations
from indexer.index.port import Follows
from indexer.pipeline import Tally, documents
from indexer.rebuild import rebuild
from indexer.settings import Engine, IndexSettings
from indexer.sources.open import open_source

AT_ONCE = 1000
SENDERS = 2


@dataclass(frozen=True)
class Cluster:
    """Nodes that a run started, and the folder of its archives."""

    urls: tuple[str, ...]
    folder: Path

    def settings(self, prefix: str) -> IndexSettings:
        """How indexer and portal reach an index on it."""
        return IndexSettings(
            engine=Engine.OPENSEARCH, opensearch_urls=self.urls, index_prefix=prefix, engine_seconds=60
        )

    def bare(self) -> OpenSearch:
        """The official client and nothing of ours."""
        return OpenSearch(hosts=list(self.urls), timeout=120, http_compress=True)


def indexing_rate(cluster: Cluster, pages: int) -> Figure:
    """Pages a second through the writer of a generation, against the official helper given ready bodies."""
    made = list(_made(cluster.folder, pages))
    count = sum(len(each) for _, each in made)
    bare = _timed_bare(cluster.bare(), made)
    started = time.perf_counter()
    _write(cluster, "written", made)
    return at_least(count / (time.perf_counter() - started), count / bare, 0.7, "pages/s")


def rebuilt(cluster: Cluster, pages: int) -> float:
    """Puts an archive into service under a prefix of its own, and says how many pages a second that took."""
    url = database(cluster.folder, pages)
    generations = OpenSearchGenerations(open_client(cluster.settings(prefix(pages))), prefix(pages))
    started = time.perf_counter()
    done = rebuild(open_source(url), restrictions(cluster.folder, pages), generations, today=TODAY)
    return done.tally.pages_read / (time.perf_counter() - started)


def rebuild_memory(cluster: Cluster, small: int, large: int) -> Figure:
    """Peak memory of the indexing process, large archive against small."""
    peaks = []
    for pages in (large, small):
        database(cluster.folder, pages)
        command = [sys.executable, "-m", "deploy.bench.cluster", *cluster.urls, str(cluster.folder), str(pages)]
        peaks.append(peak_megabytes(command))
    return at_most(peaks[0], peaks[1], 1.2, "MB")


def prefix(pages: int) -> str:
    """Under what prefix an archive of so many pages is put into service."""
    return f"bench{pages}"


def _made(folder: Path, pages: int) -> Iterator[Documents]:
    entries = open_source(database(folder, pages)).entries()
    return documents(entries, restrictions(folder, pages), today=TODAY, tally=Tally(), refused=lambda _: None)


def _write(cluster: Cluster, prefix: str, made: Sequence[Documents]) -> None:
    generations = OpenSearchGenerations(open_client(cluster.settings(prefix)), prefix)
    with generations.begin(Follows(0, TODAY)) as writer:
        for record, pages in made:
            writer.add(record, pages)
        writer.seal()
        generations.switch(writer)


def _timed_bare(bare: OpenSearch, made: Sequence[Documents]) -> float:
    for name, body in (("bare-records", records_index({})), ("bare-pages", pages_index(1))):
        bare.indices.create(index=name, body=body)
    ready = list(_ready(made))
    started = time.perf_counter()
    for ok, answer in parallel_bulk(bare, ready, thread_count=SENDERS, chunk_size=AT_ONCE, max_chunk_bytes=10_000_000):
        if not ok:
            raise RuntimeError(str(answer))
    bare.indices.refresh(index="bare-*")
    bare.indices.flush(index="bare-*")
    return time.perf_counter() - started


def _ready(made: Sequence[Documents]) -> Iterator[dict[str, Any]]:
    for record, pages in made:
        analysed, record_id = analyse(record, pages), record.description.id
        yield {"_index": "bare-records", "_id": record_id, **record_fields(record, analysed)}
        for page, text in zip(pages, analysed.pages, strict=True):
            place = {"_index": "bare-pages", "_id": page_name(record_id, page.number), "routing": record_id}
            yield {**place, **page_fields(page, text, 0)}


if __name__ == "__main__":
    *addresses, own_folder, own_pages = sys.argv[1:]
    rate = rebuilt(Cluster(tuple(addresses), Path(own_folder)), int(own_pages))
    print(f"{own_pages} pages: {rate:,.0f} pages/s")  # noqa: T201
