"""Writing: one chain, whatever the clock, the disk or another process does."""

import fcntl
import logging
import os
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from portal.audit import commit, lock
from portal.audit.ending import torn_pieces
from portal.audit.files import log_files
from portal.audit.log import AccessLog, LogUnavailable, newest
from portal.audit.verify import verify
from tests.audit.entries import KEY, START, STRANGER, entry, filled, raw, written


def test_entries_are_numbered_from_one_and_each_names_the_one_before(tmp_path: Path) -> None:
    log = AccessLog(tmp_path, KEY)
    assert newest(tmp_path, KEY) is None
    heads = [log.append(entry(number)) for number in range(1, 13)]
    links = written(tmp_path)
    assert [link.sequence for link in links] == [head.sequence for head in heads] == list(range(1, 13))
    assert all(after.previous == before.hash for before, after in pairwise(links))
    assert newest(tmp_path, KEY) == heads[-1]
    assert verify(tmp_path, KEY, heads=None).sound


def test_each_month_has_its_file_and_the_chain_goes_on_across_them(tmp_path: Path) -> None:
    filled(tmp_path)
    assert [(path.name, len(raw(path))) for path in log_files(tmp_path)] == [
        ("access-2026-11.jsonl", 5),
        ("access-2026-12.jsonl", 7),
    ]


def test_a_clock_that_is_set_back_leaves_the_order_as_it_was(tmp_path: Path) -> None:
    log = filled(tmp_path)
    for at in (datetime(2026, 11, 1, tzinfo=UTC), datetime(1999, 1, 1, tzinfo=UTC), START):
        log.append(entry(1, at=at))
    assert [link.sequence for link in written(tmp_path)] == list(range(1, 16))
    assert len(log_files(tmp_path)) == 2
    assert verify(tmp_path, KEY, heads=None).sound


def test_nobody_else_may_look(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    folder.mkdir(mode=0o755)
    filled(folder)
    with (folder / "access-2026-12.jsonl").open("ab") as file:
        file.write(b"torn")
    AccessLog(folder, KEY).append(entry(13))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.iterdir()]}
    assert modes.pop("log") == 0o700
    assert len(modes) == 4, "two months, the lock, the torn piece"
    assert set(modes.values()) == {0o600}


def test_threads_write_one_chain(tmp_path: Path) -> None:
    log = AccessLog(tmp_path, KEY)

    def write() -> None:
        for number in range(40):
            log.append(entry(number))

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = verify(tmp_path, KEY, heads=None)
    assert (found.sound, found.entries, found.last) == (True, 240, 240)


@pytest.mark.parametrize("left", [1, 40, -150, -1])
@pytest.mark.parametrize("entries", [1, 5, 6, 12], ids=lambda n: f"after {n}")
def test_a_torn_line_is_set_aside_and_the_chain_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, entries: int, left: int
) -> None:
    log = filled(tmp_path, entries)
    newest_file = log_files(tmp_path)[-1]
    *whole, torn = raw(newest_file)
    newest_file.write_bytes(b"".join(whole) + torn[:left])
    with caplog.at_level(logging.CRITICAL):
        head = log.append(entry(entries))
    assert head.sequence == entries, "the torn entry never was; its number is given again"
    assert [piece.read_bytes() for piece in torn_pieces(tmp_path)] == [torn[:left]]
    assert torn_pieces(tmp_path)[0].name in caplog.text
    found = verify(tmp_path, KEY, heads=None)
    assert (found.sound, found.last) == (True, entries)
    assert any("torn" in remark for remark in found.remarks)


def test_what_a_power_cut_leaves_is_set_aside_however_long_it_is(tmp_path: Path) -> None:
    log = filled(tmp_path, 3)
    for size in (1, 16_000, 20_000, 100_000):
        with log_files(tmp_path)[-1].open("ab") as file:
            file.write(bytes(size))
        log.append(entry(4))
    assert [piece.stat().st_size for piece in torn_pieces(tmp_path)] == [1, 16_000, 20_000, 100_000]
    assert verify(tmp_path, KEY, heads=None).last == 7


def test_two_torn_pieces_at_one_place_are_both_kept(tmp_path: Path) -> None:
    log = filled(tmp_path, 1)
    file = log_files(tmp_path)[0]
    whole = file.read_bytes()
    for piece in (b"one", b"two"):
        file.write_bytes(whole + piece)
        log.append(entry(2))
    assert [piece.read_bytes() for piece in torn_pieces(tmp_path)] == [b"one", b"two"]


def test_a_file_that_was_made_and_never_written_to_is_passed_over(tmp_path: Path) -> None:
    log = filled(tmp_path, 3)
    (tmp_path / "access-2026-12.jsonl").touch()
    found = newest(tmp_path, KEY)
    assert found is not None
    assert found.sequence == 3
    assert log.append(entry(4)).sequence == 4
    assert verify(tmp_path, KEY, heads=None).last == 4


@contextmanager
def broken_log(folder: Path) -> Iterator[AccessLog]:
    """A log whose folder was taken away from under it."""
    log = filled(folder, 2)
    folder.rename(folder.with_name("elsewhere"))
    yield log


def test_without_its_log_a_page_given_by_permit_is_refused(tmp_path: Path) -> None:
    with broken_log(tmp_path / "log") as log:
        with pytest.raises(LogUnavailable):
            log.append(entry(3))
        with pytest.raises(LogUnavailable):
            log.note(entry(3, permit="GP-7"))


def test_without_its_log_an_open_page_is_served_with_an_alarm(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with broken_log(tmp_path / "log") as log:
        log.note(entry(3))
    alarms = [record for record in caplog.records if record.name == "portal.audit.log"]
    assert [record.levelname for record in alarms] == ["CRITICAL"]
    assert "without an entry" in alarms[0].getMessage()


def test_a_note_is_an_entry_like_any_other(tmp_path: Path) -> None:
    log = filled(tmp_path, 2)
    log.note(entry(3))
    assert written(tmp_path)[-1].sequence == 3


def test_nothing_is_added_to_an_entry_that_cannot_be_believed(tmp_path: Path) -> None:
    log = filled(tmp_path, 3)
    file = log_files(tmp_path)[-1]
    sound = file.read_bytes()
    for damage in (
        sound.replace(b'"page":3', b'"page":9'),
        sound + b"\n",
        sound + b"{}\n",
        sound + b"x" * 40_000 + b"\n",
    ):
        file.write_bytes(damage)
        with pytest.raises(LogUnavailable):
            log.append(entry(4))
        with pytest.raises(LogUnavailable):
            newest(tmp_path, KEY)
        assert file.read_bytes() == damage
    file.write_bytes(sound)
    assert log.append(entry(4)).sequence == 4


def test_under_another_key_the_log_is_not_gone_on_with(tmp_path: Path) -> None:
    filled(tmp_path, 3)
    with pytest.raises(LogUnavailable, match="not sealed with the key"):
        AccessLog(tmp_path, STRANGER).append(entry(4))


def test_a_lock_that_nobody_gives_up_is_not_waited_for_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = filled(tmp_path, 1)
    monkeypatch.setattr(lock, "PATIENCE", 0.05)
    with (tmp_path / "lock").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(LogUnavailable, match="locked"):
            log.append(entry(2))
    assert log.append(entry(2)).sequence == 2


class Disk:
    """Stands in for fsync below one folder: notes what was asked for, and fails when told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self.asked: list[str] = []
        self.faulty = False
        self._folder = folder
        monkeypatch.setattr(commit, "to_disk", self)

    def __call__(self, path: Path) -> None:
        if path.parent != self._folder:
            return  # a log of an earlier test
        self.asked.append(path.name)
        if self.faulty:
            raise OSError(5, os.strerror(5))


def soon(happened: object, seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while not happened() and time.monotonic() < until:  # type: ignore[operator]
        time.sleep(0.01)
    return bool(happened())  # type: ignore[operator]


def test_many_entries_reach_the_disk_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(monkeypatch, tmp_path)
    log, started = AccessLog(tmp_path, KEY), time.monotonic()
    for number in range(200):
        log.append(entry(number, at=START))
    took = time.monotonic() - started
    assert soon(lambda: disk.asked)
    assert len(disk.asked) <= 1 + took / commit.INTERVAL
    asked = len(disk.asked)
    log.append(entry(1, at=START))
    assert soon(lambda: len(disk.asked) > asked), "the last entry does not wait for another one"


def test_both_files_of_a_month_change_reach_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(monkeypatch, tmp_path)
    filled(tmp_path)
    assert soon(lambda: set(disk.asked) == {"access-2026-11.jsonl", "access-2026-12.jsonl"})


def test_what_a_permit_opens_is_on_the_disk_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(monkeypatch, tmp_path)
    log = AccessLog(tmp_path, KEY)
    log.append(entry(1, permit="GP-7"))
    assert disk.asked == ["access-2026-11.jsonl"]
    disk.faulty = True
    with pytest.raises(LogUnavailable):
        log.note(entry(2, permit="GP-7"))


def test_after_a_fault_of_the_disk_nothing_is_taken_for_written_until_it_answers_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    disk = Disk(monkeypatch, tmp_path)
    disk.faulty = True
    log = AccessLog(tmp_path, KEY)
    log.append(entry(1))
    assert soon(lambda: "may not be on the disk" in caplog.text)
    with pytest.raises(LogUnavailable):
        log.append(entry(2))
    disk.faulty = False
    log.append(entry(3))
    assert verify(tmp_path, KEY, heads=None).last == 3
