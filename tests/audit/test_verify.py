"""Every way of changing a log that was written is found, and named by the first entry it touches."""

import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.audit.heads import export
from portal.audit.log import AccessLog, newest
from portal.audit.verify import MOST_FAULTS, Verdict, verify
from tests.audit.entries import KEY, STRANGER, entry, filled, forged, raw, sealed_lines

NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
FIRST, SECOND = "access-2026-11.jsonl", "access-2026-12.jsonl"
OWN, FOREIGN = sealed_lines(12), sealed_lines(12, key=STRANGER)
Lines = list[bytes]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five entries in one month, seven in the next."""
    filled(tmp_path / "log")
    return tmp_path / "log"


@pytest.fixture
def heads(folder: Path) -> Path:
    """The head of that log, and the one it had at half the way."""
    file, earlier = folder.with_name("heads.jsonl"), folder.with_name("earlier")
    filled(earlier, 8)
    _export(earlier, file)
    _export(folder, file)
    return file


def _export(folder: Path, file: Path) -> None:
    head = newest(folder, KEY)
    assert head is not None
    export(head, file, key=KEY, now=NOW)


def _tampered(folder: Path, name: str, tamper: Callable[[Lines], Lines]) -> None:
    file = folder / name
    file.write_bytes(b"".join(tamper(raw(file))))


def _without(*indices: int) -> Callable[[Lines], Lines]:
    return lambda lines: [line for index, line in enumerate(lines) if index not in indices]


def _in_order(*order: int) -> Callable[[Lines], Lines]:
    return lambda lines: [lines[index] for index in order]


def _with(index: int, change: Callable[[bytes], bytes]) -> Callable[[Lines], Lines]:
    return lambda lines: [*lines[:index], change(lines[index]), *lines[index + 1 :]]


def _refused(line: bytes) -> bytes:
    return line.replace(b'"allowed"', b'"refused"')


TAMPERING: dict[str, tuple[str, Callable[[Lines], Lines], int, str]] = {
    "edited": (FIRST, _with(2, _refused), 3, "changed"),
    "edited, hash made anew": (FIRST, _with(2, lambda line: forged(_refused(line))), 3, "not sealed"),
    "edited, not JSON any more": (FIRST, _with(2, lambda line: line.replace(b":", b";", 1)), 3, "no entry"),
    "another number": (FIRST, _with(2, lambda line: line.replace(b'"sequence":3', b'"sequence":4')), 3, "changed"),
    "another seal": (FIRST, _with(2, lambda line: line[:-67] + b"0" * 64 + line[-3:]), 3, "not sealed"),
    "removed": (FIRST, _without(2), 3, "entry 3 is missing"),
    "three removed": (SECOND, _without(2, 3, 4), 8, "entries 8 to 10 are missing"),
    "the first removed": (FIRST, _without(0), 1, "entry 1 is missing"),
    "reordered": (SECOND, _in_order(0, 2, 1, 3, 4, 5, 6), 7, "entry 7 is missing"),
    "reversed": (SECOND, _in_order(6, 5, 4, 3, 2, 1, 0), 6, "missing"),
    "duplicated": (SECOND, _in_order(0, 1, 1, 2, 3, 4, 5, 6), 7, "again"),
    "an old one inserted": (SECOND, _in_order(0, 1, 2, 3, 0, 4, 5, 6), 6, "again"),
    "a foreign one inserted": (SECOND, lambda lines: [*lines[:2], FOREIGN[7], *lines[2:]], 8, "not sealed"),
    "a line of nothing inserted": (SECOND, lambda lines: [*lines[:2], b"\n", *lines[2:]], 8, "no entry"),
    "cut at the end of a month": (FIRST, _without(3, 4), 4, "entries 4 to 5 are missing"),
    "half a line at the end of a month": (FIRST, _with(4, lambda line: line[:90]), 5, "no entry"),
    "a month emptied": (FIRST, lambda _: [], 1, "entries 1 to 5 are missing"),
    "a month written by somebody else": (SECOND, lambda _: FOREIGN[5:], 6, "not sealed"),
}


@pytest.mark.parametrize("kind", TAMPERING)
def test_tampering_is_found_without_heads(folder: Path, kind: str) -> None:
    name, tamper, first_bad, words = TAMPERING[kind]
    assert verify(folder, KEY, heads=None).sound
    _tampered(folder, name, tamper)
    found = verify(folder, KEY, heads=None)
    assert found.first_bad == first_bad
    assert words in found.faults[0].what
    assert found.faults[0].place.startswith("access-2026-")


@pytest.mark.parametrize("kind", TAMPERING)
def test_heads_find_no_less(folder: Path, heads: Path, kind: str) -> None:
    name, tamper, first_bad, _ = TAMPERING[kind]
    assert verify(folder, KEY, heads=heads) == Verdict(2, 12, 12, 2, (), 0, ())
    _tampered(folder, name, tamper)
    assert verify(folder, KEY, heads=heads).first_bad == first_bad


@pytest.mark.parametrize("kept", [0, 3, 6])
def test_entries_removed_at_the_end_are_found_with_heads_only(folder: Path, heads: Path, kept: int) -> None:
    _tampered(folder, SECOND, lambda lines: lines[:kept])
    without = verify(folder, KEY, heads=None)
    assert without.sound
    assert any("without a file of heads" in remark for remark in without.remarks)
    found = verify(folder, KEY, heads=heads)
    assert found.first_bad == 5 + kept + 1
    assert "missing: the log is shorter" in found.faults[-1].what


def test_a_file_that_was_taken_away_is_missed(folder: Path, heads: Path) -> None:
    (folder / FIRST).rename(folder.with_name(FIRST))
    assert verify(folder, KEY, heads=None).first_bad == 1
    folder.with_name(FIRST).rename(folder / FIRST)
    (folder / SECOND).unlink()
    assert verify(folder, KEY, heads=None).sound
    assert verify(folder, KEY, heads=heads).first_bad == 6


def test_an_end_that_was_cut_and_written_on_is_found_with_heads_only(folder: Path, heads: Path) -> None:
    """By somebody who holds the key, or by the portal itself, which cannot know what was there."""
    _tampered(folder, SECOND, _without(2, 3, 4, 5, 6))
    log = AccessLog(folder, KEY)
    for number in range(20):
        log.append(entry(number, record_id="qn.khac"))
    assert verify(folder, KEY, heads=None).sound
    found = verify(folder, KEY, heads=heads)
    assert found.first_bad == 8
    assert "rewritten" in found.faults[0].what


def test_a_log_written_anew_from_the_start_is_found(folder: Path, heads: Path) -> None:
    for file in (FIRST, SECOND):
        (folder / file).unlink()
    log = AccessLog(folder, KEY)
    for number in range(30):
        log.append(entry(number, record_id="qn.khac"))
    assert verify(folder, KEY, heads=heads).first_bad == 8


def test_a_month_of_another_log_under_the_same_key_does_not_follow(folder: Path, tmp_path: Path) -> None:
    log = AccessLog(tmp_path / "other", KEY)
    for number in range(1, 13):
        log.append(entry(number, record_id="qn.khac"))
    (folder / SECOND).write_bytes((tmp_path / "other" / SECOND).read_bytes())
    found = verify(folder, KEY, heads=None)
    assert (found.first_bad, found.fault_count) == (6, 1)
    assert "does not follow" in found.faults[0].what


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (_with(0, lambda line: line.replace(b'"sequence":8', b'"sequence":7')), "changed"),
        (_with(1, lambda line: forged(line.replace(b'"sequence":12', b'"sequence":11'))), "not sealed"),
        (_with(0, lambda line: line.replace(b":", b";", 1)), "were changed or removed"),
        (_with(1, lambda line: line.replace(b":", b";", 1)), "no head"),
        (_without(0), "were changed or removed"),
        (_in_order(1, 0), "were changed or removed"),
        (_in_order(0, 0, 1), "were changed or removed"),
        (lambda lines: [*lines, OWN[0]], "not sealed"),
    ],
    ids=["edited", "forged", "no JSON", "no JSON at the end", "removed", "reordered", "duplicated", "an entry"],
)
def test_a_changed_file_of_heads_is_found(
    folder: Path, heads: Path, tamper: Callable[[Lines], Lines], words: str
) -> None:
    heads.write_bytes(b"".join(tamper(raw(heads))))
    found = verify(folder, KEY, heads=heads)
    assert words in found.faults[0].what
    assert found.faults[0].place.startswith("heads:")


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_change_of_any_bytes_is_found(folder: Path, heads: Path, data: st.DataObject) -> None:
    (folder / FIRST).write_bytes(b"".join(OWN[:5]))
    (folder / SECOND).write_bytes(b"".join(OWN[5:]))
    file = folder / data.draw(st.sampled_from([FIRST, SECOND]))
    before = file.read_bytes()
    start = data.draw(st.integers(0, len(before)))
    end = data.draw(st.integers(start, min(len(before), start + 1200)))
    after = before[:start] + data.draw(st.binary(max_size=40)) + before[end:]
    file.write_bytes(after)
    only_torn = file.name == SECOND and after.startswith(before) and b"\n" not in after[len(before) :]
    assert verify(folder, KEY, heads=heads).sound == (after == before or only_torn)


def test_a_log_that_is_written_to_meanwhile_is_judged_as_it_stood(folder: Path, heads: Path) -> None:
    assert verify(folder, KEY, heads=heads).last == 12
    AccessLog(folder, KEY).append(entry(13))
    _export(folder, heads)
    found = verify(folder, KEY, heads=heads)
    assert (found.sound, found.last, found.heads) == (True, 13, 3)


def test_a_copy_without_the_lock_can_be_checked(folder: Path, tmp_path: Path) -> None:
    (folder / "lock").unlink()
    assert verify(folder, KEY, heads=None).sound
    assert not (folder / "lock").exists()


def test_what_is_not_there_cannot_be_verified(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        verify(tmp_path / "nowhere", KEY, heads=None)
    with pytest.raises(OSError, match="nowhere"):
        verify(tmp_path, KEY, heads=tmp_path / "nowhere")


def test_faults_are_told_up_to_a_number_and_counted_beyond(tmp_path: Path) -> None:
    (tmp_path / FIRST).write_bytes(b"".join(sealed_lines(1000)))
    found = verify(tmp_path, STRANGER, heads=None)
    assert (len(found.faults), found.fault_count, found.first_bad) == (MOST_FAULTS, 1000, 1)


def test_memory_stays_flat(tmp_path: Path) -> None:
    peaks = []
    for count in (1000, 10_000):
        (tmp_path / FIRST).write_bytes(b"".join(sealed_lines(count)))
        tracemalloc.start()
        try:
            assert verify(tmp_path, KEY, heads=None).entries == count
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    assert peaks[1] < peaks[0] + 100_000, "ten times the log, not a byte more for each entry"
    assert (tmp_path / FIRST).stat().st_size > 4_000_000


def test_a_line_without_an_end_is_not_taken_into_memory_whole(tmp_path: Path) -> None:
    (tmp_path / FIRST).write_bytes(b"x" * 3_000_000 + b"\n")
    tracemalloc.start()
    try:
        assert not verify(tmp_path, KEY, heads=None).sound
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
