"""Small judged collections as files, and the demonstration archive that the baseline is measured on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from access_policy.register.restrictions import Restrictions
from access_policy.register.store import open_register
from indexer.demo_archive.build import build_demo_archive
from indexer.demo_archive.ledger import DemoSummary
from indexer.evaluation.dataset import Dataset, read_dataset
from indexer.evaluation.known_item_files import CORPUS, QRELS, QUERIES, findable, write_known_items
from indexer.settings import IndexerSettings
from indexer.sources.open import open_source
from indexer.sources.port import Source

TODAY = date(2026, 11, 21)
PAGES, ARCHIVE_SEED, QUERY_SEED, KNOWN = 1500, 1, 1, 600
HEADER = "query-id\tcorpus-id\tscore\n"


@dataclass(frozen=True)
class Files:
    """A corpus, queries and judgements in a folder."""

    folder: Path

    @property
    def corpus(self) -> Path:
        return self.folder / CORPUS

    @property
    def queries(self) -> Path:
        return self.folder / QUERIES

    @property
    def qrels(self) -> Path:
        return self.folder / QRELS

    @property
    def options(self) -> list[str]:
        """As options of the command."""
        return ["--corpus", str(self.corpus), "--queries", str(self.queries), "--qrels", str(self.qrels)]

    def read(self) -> Dataset:
        """Read and checked."""
        return read_dataset(self.corpus, self.queries, self.qrels)


def written(
    folder: Path,
    corpus: Mapping[str, tuple[str, str]],
    queries: Mapping[str, str],
    judged: Iterable[tuple[str, str, int]],
) -> Files:
    """Documents as id -> (title, text), queries as id -> text, judgements as (query, document, score)."""
    folder.mkdir(parents=True, exist_ok=True)
    files = Files(folder)
    files.corpus.write_text(json_lines({"_id": key, "title": a, "text": b} for key, (a, b) in corpus.items()))
    files.queries.write_text(json_lines({"_id": key, "text": text} for key, text in queries.items()))
    files.qrels.write_text(HEADER + "".join("\t".join(map(str, each)) + "\n" for each in judged))
    return files


def json_lines(values: Iterable[Mapping[str, object]]) -> str:
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


@dataclass(frozen=True)
class Archive:
    """A demonstration archive in a folder: always the same rows."""

    folder: Path
    summary: DemoSummary

    @property
    def settings(self) -> IndexerSettings:
        return IndexerSettings(
            database_url=f"sqlite:///{self.folder / 'archive.db'}",
            register_url=f"sqlite:///{self.folder / 'register.db'}",
            index_dir=self.folder / "index",
        )

    @property
    def environment(self) -> dict[str, str]:
        """The same settings for a command."""
        values = self.settings
        return {
            "ARCHIVE_SETTINGS": str(self.folder / "none.toml"),
            "ARCHIVE_DATABASE_URL": values.database_url,
            "ARCHIVE_REGISTER_URL": values.register_url,
            "ARCHIVE_INDEX_DIR": str(values.index_dir),
            "COLUMNS": "200",
        }

    def source(self) -> Source:
        return open_source(self.settings.database_url)

    def restrictions(self) -> Restrictions:
        return open_register(self.settings.register_url).restrictions()

    def draw(self, folder: Path, *, queries: int = KNOWN, seed: int = QUERY_SEED) -> Files:
        """Queries drawn from it, and itself as a corpus."""
        found = findable(self.source(), self.restrictions(), today=TODAY)
        write_known_items(folder, found, queries=queries, seed=seed)
        return Files(folder)


def built(folder: Path, *, pages: int = PAGES) -> Archive:
    """Build the demonstration archive."""
    summary = build_demo_archive(
        f"sqlite:///{folder / 'archive.db'}",
        folder / "pages",
        register_url=f"sqlite:///{folder / 'register.db'}",
        pages=pages,
        seed=ARCHIVE_SEED,
        today=TODAY,
        scans=0,
    )
    return Archive(folder, summary)
