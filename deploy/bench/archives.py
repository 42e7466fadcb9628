"""Archives for measuring: the demonstration archive without scans, and its index, in a folder of the run."""

from datetime import date
from pathlib import Path

from access_policy.register.restrictions import Restrictions
from access_policy.register.store import open_register
from indexer.demo_archive.build import build_demo_archive
from indexer.index.tantivy.generations import TantivyGenerations
from indexer.rebuild import Rebuilt, rebuild
from indexer.sources.open import open_source

TODAY = date(2026, 11, 21)


def database(folder: Path, pages: int) -> str:
    """The URL of a demonstration archive of about so many pages, built unless it is there."""
    file = folder / f"archive-{pages}.db"
    url = f"sqlite:///{file}"
    if not file.exists():
        register = register_url(folder, pages)
        build_demo_archive(url, folder / "pages", register_url=register, pages=pages, seed=1, today=TODAY, scans=0)
    return url


def register_url(folder: Path, pages: int) -> str:
    """Where the register of such an archive is."""
    return f"sqlite:///{folder / f'register-{pages}.db'}"


def restrictions(folder: Path, pages: int) -> Restrictions:
    """What the register of an archive says against its records; the archive must have been built."""
    return open_register(register_url(folder, pages)).restrictions()


def index(folder: Path, pages: int) -> Path:
    """The folder with the index of such an archive, built unless it is there."""
    index_dir = folder / f"index-{pages}"
    if not (index_dir / "current").exists():
        rebuild_into(folder, pages, index_dir)
    return index_dir


def rebuild_into(folder: Path, pages: int, index_dir: Path) -> Rebuilt:
    """What `archive-indexer rebuild` does."""
    url = database(folder, pages)
    return rebuild(open_source(url), restrictions(folder, pages), TantivyGenerations(index_dir), today=TODAY)
