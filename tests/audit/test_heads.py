"""Exporting heads: chained, onto a medium that only lets one append, and never for a log that contradicts them."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from portal.audit.chain import Head
from portal.audit.heads import Exported, HeadsContradict, export, exported
from tests.audit.entries import KEY, START, STRANGER, raw

NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)


def head(sequence: int, digest: str = "a") -> Head:
    return Head(sequence, digest * 64, START)


def heads_in(file: Path) -> list[Exported]:
    return list(exported(file, key=KEY, size=file.stat().st_size))


def test_heads_follow_one_another_and_an_idle_hour_says_so(tmp_path: Path) -> None:
    file = tmp_path / "heads.jsonl"
    for hour, sequence in enumerate((3, 9, 9, 40)):
        export(head(sequence), file, key=KEY, now=NOW + timedelta(hours=hour))
    assert heads_in(file) == [
        Exported(line, sequence, "a" * 64, NOW + timedelta(hours=line - 1))
        for line, sequence in enumerate((3, 9, 9, 40), start=1)
    ]


@pytest.mark.parametrize(
    ("later", "words"),
    [(head(8), "the log ends with entry 8"), (head(9, "b"), "it was another one")],
    ids=["shorter", "rewritten"],
)
def test_a_log_that_contradicts_its_last_head_is_not_exported(tmp_path: Path, later: Head, words: str) -> None:
    file = tmp_path / "heads.jsonl"
    export(head(9), file, key=KEY, now=NOW)
    before = file.read_bytes()
    with pytest.raises(HeadsContradict, match=words):
        export(later, file, key=KEY, now=NOW)
    assert file.read_bytes() == before


def test_a_torn_line_is_left_where_it_is_and_gone_over(tmp_path: Path) -> None:
    file = tmp_path / "heads.jsonl"
    for torn in (b"", b"{", b'{"sequence":'):
        with file.open("ab") as medium:
            medium.write(torn)
        before = file.read_bytes()
        export(head(9), file, key=KEY, now=NOW)
        assert file.read_bytes().startswith(before)
    assert [(each.line, each.fault) for each in heads_in(file)] == [(1, ""), (3, ""), (5, "")]
    with file.open("ab") as medium:
        medium.write(b'{"seq')
    assert [each.fault for each in heads_in(file)] == ["", "", ""]


@pytest.mark.parametrize("damage", [b"\n", b"{}\n", None], ids=["empty line", "no head", "changed"])
def test_nothing_is_added_to_a_head_that_cannot_be_believed(tmp_path: Path, damage: bytes | None) -> None:
    file = tmp_path / "heads.jsonl"
    export(head(9), file, key=KEY, now=NOW)
    file.write_bytes(
        file.read_bytes() + damage if damage else file.read_bytes().replace(b'"sequence":9', b'"sequence":1')
    )
    with pytest.raises(HeadsContradict):
        export(head(10), file, key=KEY, now=NOW)


def test_under_another_key_no_head_is_believed(tmp_path: Path) -> None:
    file = tmp_path / "heads.jsonl"
    export(head(9), file, key=STRANGER, now=NOW)
    assert [each.fault for each in heads_in(file)] == ["it was not sealed with the key of this log"]


def test_a_medium_that_is_missing_is_an_error_and_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        export(head(9), tmp_path / "medium" / "heads.jsonl", key=KEY, now=NOW)
    assert list(tmp_path.iterdir()) == []


def test_two_exports_at_once_make_one_chain(tmp_path: Path) -> None:
    file = tmp_path / "heads.jsonl"
    exports = [
        threading.Thread(target=lambda: [export(head(9), file, key=KEY, now=NOW) for _ in range(20)]) for _ in range(4)
    ]
    for each in exports:
        each.start()
    for each in exports:
        each.join()
    assert [each.fault for each in heads_in(file)] == [""] * 80
    assert len(set(raw(file))) == 80
