"""Two demonstration archives that many tests look at: one of text only, one with drawn pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from access_policy.register.store import open_register
from indexer.demo_archive.build import build_demo_archive
from indexer.demo_archive.ledger import DemoSummary
from indexer.sources.port import BadRow, SourceRecord
from indexer.sources.reference import ReferenceSource

TODAY = date(2026, 11, 21)


@dataclass(frozen=True)
class Demo:
    """One built archive."""

    url: str
    register_url: str
    engine: Engine
    pages_root: Path
    summary: DemoSummary

    def entries(self) -> list[SourceRecord | BadRow]:
        return list(ReferenceSource(self.engine).entries())

    def records(self) -> dict[str, SourceRecord]:
        return {entry.record.id: entry for entry in self.entries() if isinstance(entry, SourceRecord)}

    def restrictions(self):
        return open_register(self.register_url).restrictions()


def build(folder: Path, *, pages: int, scans: int, seed: int = 1, today: date = TODAY) -> Demo:
    folder.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{folder}/archive.db"
    register_url = f"sqlite:///{folder}/register.db"
    summary = build_demo_archive(
        url, folder / "pages", register_url=register_url, pages=pages, seed=seed, today=today, scans=scans
    )
    return Demo(url, register_url, create_engine(url), folder / "pages", summary)


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """About 2,500 pages, nothing drawn."""
    demo = build(tmp_path_factory.mktemp("written"), pages=2_500, scans=0)
    yield demo
    demo.engine.dispose()


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The landmarks with their scans, photographs and recordings."""
    demo = build(tmp_path_factory.mktemp("drawn"), pages=300, scans=40)
    yield demo
    demo.engine.dispose()
