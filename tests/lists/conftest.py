"""A small archive database with its register beside it, and the command as an operator runs it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine

from access_policy.register.store import Register
from indexer.cli import main
from indexer.lists import terminal
from tests.empty import empty_register
from tests.sources.archives import FILE, ITEM, PICTURE, reference_archive

FONDS_ID = "h47.stnmt-04"
FILE_IDS = [f"{FONDS_ID}.hs-1991-01-{number:04}" for number in range(1, 5)]


@dataclass(frozen=True)
class Office:
    """An archive of four files of an item each (three pages), one photo, and a register."""

    folder: Path
    register: Register

    def run(self, *arguments: str, **settings: str) -> Result:
        """Run archive-indexer; its words and its exit code."""
        environment = {
            "ARCHIVE_SETTINGS": str(self.folder / "none.toml"),
            "ARCHIVE_DATABASE_URL": f"sqlite:///{self.folder / 'archive.db'}",
            "ARCHIVE_REGISTER_URL": f"sqlite:///{self.folder / 'register.db'}",
            "ARCHIVE_REPORTS_DIR": str(self.folder / "reports"),
            "ARCHIVE_STATE_DIR": str(self.folder / "state"),
        }
        return CliRunner().invoke(main, list(arguments), env=environment | settings)

    def importing(self, file: Path, *options: str, number: str = "1/DM", by: str = "An", **settings: str) -> Result:
        """Run `list import` with a head that is in order."""
        head = ("--number", number, "--issued", "01/11/2026", "--authority", "UBND", "--basis", "Luật", "--by", by)
        return self.run("list", "import", str(file), *head, *options, **settings)

    def write(self, *lines: str, name: str = "list.csv") -> Path:
        """A CSV file of these lines."""
        path = self.folder / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path


def fill(folder: Path) -> None:
    code = "H47.STNMT.04.1991.01"
    files = [FILE | {"id": n, "arc_file_code": f"{code}.{n:04}", "paper_file_code": str(n)} for n in range(1, 5)]
    items = [ITEM | {"id": n, "file_id": n, "arc_doc_code": f"{code}.{n:04}.0000001"} for n in range(1, 5)]
    pages = [
        {"record_level": "item", "record_id": n, "page_number": page, "ocr_text": "chữ", "row_version": 1}
        for n in range(1, 5)
        for page in range(1, 4)
    ]
    engine = create_engine(f"sqlite:///{folder / 'archive.db'}")
    reference_archive(engine, files=files, items=items, photos=[PICTURE], pages=pages)
    engine.dispose()


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    for console in (terminal.answers, terminal.notes):
        monkeypatch.setattr(console, "width", 240)  # wide enough that no table breaks a word
    fill(tmp_path)
    register = empty_register(tmp_path / "register.db")
    return Office(tmp_path, register)


@pytest.fixture
def lines_of(office: Office) -> Callable[[str], list[tuple[object, ...]]]:
    """The lines of a list in the register, short."""

    def lines(number: str) -> list[tuple[object, ...]]:
        return [(line.line, line.target_id, line.pages, line.category) for line in office.register.entries(number)]

    return lines
