"""The demonstration archive as a whole: built, indexed, ready to be served."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from access_policy.register.store import open_register
from indexer.demo_archive.build import DemoSummary, build_demo_archive
from indexer.demo_archive.real_documents import add_real_documents
from indexer.index.tantivy.generations import TantivyGenerations
from indexer.rebuild import Rebuilt, rebuild
from indexer.sources.open import open_source
from portal.clock import ARCHIVE_ZONE

REAL_DOCUMENTS = Path(__file__).resolve().parents[2] / "shared" / "data" / "real"
UNLIMITED = "100000000/minute"


@dataclass(frozen=True)
class Demonstration:
    """Where everything of a demonstration lies, what it was made of, and what its rebuild counted."""

    folder: Path
    summary: DemoSummary
    rebuilt: Rebuilt

    @property
    def database_url(self) -> str:
        """The archive database."""
        return f"sqlite:///{self.folder / 'archive.db'}"

    @property
    def register_url(self) -> str:
        """The register."""
        return f"sqlite:///{self.folder / 'register.db'}"

    @property
    def environment(self) -> dict[str, str]:
        """The settings of a portal over it, with limits that are never reached."""
        return {
            "ARCHIVE_REGISTER_URL": self.register_url,
            "ARCHIVE_INDEX_DIR": str(self.folder / "index"),
            "ARCHIVE_PAGES_DIR": str(self.folder / "pages"),
            "ARCHIVE_ACCESS_LOG_DIR": str(self.folder / "access-log"),
            "ARCHIVE_CACHE_DIR": str(self.folder / "cache"),
            "ARCHIVE_SECRET_KEY": "d" * 32,
            "ARCHIVE_LIMIT_SEARCH": UNLIMITED,
            "ARCHIVE_LIMIT_SUGGEST": UNLIMITED,
            "ARCHIVE_LIMIT_IMAGES": UNLIMITED,
        }


def demonstrate(folder: Path) -> Demonstration:
    """About 1,500 pages, some fifty scanned items, and the two real documents where they are at hand."""
    url, today = f"sqlite:///{folder / 'archive.db'}", datetime.now(ARCHIVE_ZONE).date()
    register_url = f"sqlite:///{folder / 'register.db'}"
    summary = build_demo_archive(
        url, folder / "pages", register_url=register_url, pages=1500, seed=1, today=today, scans=48
    )
    add_real_documents(url, folder / "pages", Path(os.environ.get("ARCHIVE_REAL_DOCUMENTS", REAL_DOCUMENTS)))
    restrictions = open_register(register_url).restrictions()
    rebuilt = rebuild(open_source(url), restrictions, TantivyGenerations(folder / "index"), today=today)
    return Demonstration(folder, summary, rebuilt)
