"""What is counted and promised while the archive is written, and the summary of it in the end."""

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sqlalchemy import make_url

from indexer.demo_archive.canary import canary_word
from indexer.demo_archive.standing import Secrecy, Standing


@dataclass(frozen=True)
class DemoSummary:
    """What the demonstration archive holds.

    `records` counts rows by level and `modes` rows by mode as written ("" for an empty one, "missing" for none);
    `faults` counts planted faults by kind, `refused` the rows an adapter must refuse, children of refused rows among
    them. `canaries` maps each made-up word to the reason why it must not be found. `landmarks` maps names of cases
    ("item:opens-tomorrow", "mode:03", "broken:empty") to record ids.
    """

    pages: int
    records: dict[str, int]
    modes: dict[str, int]
    faults: dict[str, int]
    refused: int
    scans: int
    scanned_pages: int
    list_entries: int
    canaries: dict[str, str] = field(repr=False)
    landmarks: dict[str, str] = field(repr=False)


@dataclass
class Ledger:
    """The counts so far."""

    pages: int = 0
    scans: int = 0
    scanned_pages: int = 0
    refused: int = 0
    list_entries: int = 0
    records: Counter[str] = field(default_factory=Counter)
    modes: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    canaries: dict[str, str] = field(default_factory=dict)
    landmarks: dict[str, str] = field(default_factory=dict)

    def canary(self, record_id: str, standing: Standing) -> str:
        """A new made-up word for a record that hides something; none for an open one."""
        if standing.secrecy is Secrecy.NOTHING:
            return ""
        word = canary_word(len(self.canaries))
        self.canaries[word] = f"{record_id}: {standing.why} ({standing.secrecy.name.lower()})"
        return word

    def record(self, level: str, mode: str | None) -> int:
        """Count a row of a level that carries a mode; its row number."""
        self.modes["missing" if mode is None else mode] += 1
        return self.row(level)

    def row(self, level: str) -> int:
        """Count a row of any level; its row number."""
        self.records[level] += 1
        return self.records[level]

    def summary(self) -> DemoSummary:
        """All counts, as they stand."""
        return DemoSummary(
            pages=self.pages,
            records=dict(self.records),
            modes=dict(self.modes),
            faults=dict(self.faults),
            refused=self.refused,
            scans=self.scans,
            scanned_pages=self.scanned_pages,
            list_entries=self.list_entries,
            canaries=self.canaries,
            landmarks=self.landmarks,
        )


def canary_file(database_url: str, pages_root: Path) -> Path:
    """Where the summary is kept for the leak tests: beside an SQLite file, or beside the page store, never in it."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        return Path(url.database).with_suffix(".canaries.json")
    return pages_root.with_name(f"{pages_root.name}.canaries.json")


def keep_summary(summary: DemoSummary, path: Path) -> None:
    """Write the whole summary, canaries and landmarks among it, as JSON."""
    path.write_text(json.dumps(asdict(summary), ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
