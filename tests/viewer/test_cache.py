import fcntl
import hashlib
import multiprocessing
import os
import stat
import threading
from pathlib import Path

import pytest
from PIL import Image

from portal.viewer.cache import RenderCache

SECRET = b"sixteen bytes or more of secret"
DIGEST = hashlib.sha256(b"an object").hexdigest()


def _page(mode: str = "L", size: tuple[int, int] = (70, 100)) -> Image.Image:
    grey = Image.linear_gradient("L").resize(size)
    return grey if mode == "L" else Image.merge("RGB", (grey, grey.rotate(180), grey))


def _entries(root: Path) -> list[Path]:
    return sorted(path for path in root.glob("*/*") if path.is_file())


def _cache(root: Path, budget: int = 10_000_000) -> RenderCache:
    return RenderCache(root, SECRET, budget)


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_what_is_put_comes_back_without_loss(tmp_path: Path, mode: str) -> None:
    _cache(tmp_path).put(DIGEST, 1, 220, _page(mode))
    found = _cache(tmp_path).get(DIGEST, 1, 220)
    assert found == _page(mode)


def test_object_page_size_and_secret_are_all_part_of_the_name(tmp_path: Path) -> None:
    cache = _cache(tmp_path)
    cache.put(DIGEST, 1, 220, _page())
    assert cache.get(hashlib.sha256(b"another").hexdigest(), 1, 220) is None
    assert cache.get(DIGEST, 2, 220) is None
    assert cache.get(DIGEST, 1, 221) is None
    assert RenderCache(tmp_path, b"another secret, long enough", 10**6).get(DIGEST, 1, 220) is None
    assert cache.get(DIGEST.upper(), 1, 220) is not None


@pytest.mark.parametrize("digest", ["", "unknown", DIGEST[:-1], DIGEST + "0", "../../../etc/passwd"])
def test_objects_without_a_digest_never_share_an_entry(tmp_path: Path, digest: str) -> None:
    cache = _cache(tmp_path)
    cache.put(digest, 1, 220, _page())
    assert cache.get(digest, 1, 220) is None
    assert _entries(tmp_path) == []
    cache.forget(digest)


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="secret"):
        RenderCache(tmp_path, b"short", 10**6)


def test_names_tell_nothing_and_nobody_else_may_look(tmp_path: Path) -> None:
    root = tmp_path / "cache"
    cache = _cache(root)
    for page in (1, 2):
        cache.put(DIGEST, page, 220, _page())
    for path in [root, *root.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
        relative = path.relative_to(root).as_posix()
        assert DIGEST[:6] not in relative
        assert hashlib.sha256(f"{DIGEST}/1/220".encode()).hexdigest()[:6] not in relative
    names = [entry.name for entry in _entries(root)]
    assert len({len(name) for name in names}) == 1
    assert set("".join(names)) <= set("0123456789abcdef-")


def test_an_open_folder_is_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    _cache(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


@pytest.mark.parametrize("damage", ["empty", "cut", "longer", "flipped", "other mode", "not ours"])
def test_a_damaged_entry_is_a_miss_and_is_removed(tmp_path: Path, damage: str) -> None:
    cache = _cache(tmp_path)
    cache.put(DIGEST, 1, 220, _page())
    [entry] = _entries(tmp_path)
    whole = entry.read_bytes()
    middle = len(whole) // 2
    entry.write_bytes(
        {
            "empty": b"",
            "cut": whole[:-1],
            "longer": whole + b"\0",
            "flipped": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
            "other mode": whole.replace(b"L\0\0\0", b"RGB\0", 1),
            "not ours": b"\xff\xd8\xff" + whole,
        }[damage]
    )
    assert cache.get(DIGEST, 1, 220) is None
    assert _entries(tmp_path) == []
    cache.put(DIGEST, 1, 220, _page())
    assert cache.get(DIGEST, 1, 220) == _page()


def test_forgetting_takes_every_render_of_one_object_and_no_other(tmp_path: Path) -> None:
    cache, other = _cache(tmp_path), hashlib.sha256(b"another").hexdigest()
    for page in (1, 2, 900):
        for size in (220, 1500, 777):
            cache.put(DIGEST, page, size, _page())
    cache.put(other, 1, 220, _page())
    cache.forget(DIGEST)
    assert len(_entries(tmp_path)) == 1
    assert cache.get(other, 1, 220) is not None


def test_the_least_recently_used_make_room(tmp_path: Path) -> None:
    cache = _cache(tmp_path, budget=75_000)  # ten entries of some 7 kB
    for page in range(1, 11):
        before = set(_entries(tmp_path))
        cache.put(DIGEST, page, 220, _page())
        [entry] = set(_entries(tmp_path)) - before
        os.utime(entry, (1_000_000 + page, 1_000_000 + page))
    assert cache.get(DIGEST, 1, 220) is not None  # the oldest, used now and so the youngest
    cache.put(DIGEST, 11, 220, _page())
    kept = [page for page in range(1, 12) if cache.get(DIGEST, page, 220) is not None]
    assert kept == [1, 4, 5, 6, 7, 8, 9, 10, 11]
    assert sum(entry.stat().st_size for entry in _entries(tmp_path)) <= 75_000


def test_the_folder_is_read_only_when_the_budget_is_passed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = _cache(tmp_path, budget=75_000)
    cache.put(DIGEST, 1, 220, _page())  # the ledger is new: the folder is read once
    scans: list[object] = []
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: scans.append(path) or scandir(path))
    for page in range(2, 11):
        cache.put(DIGEST, page, 220, _page())
    assert scans == []
    cache.put(DIGEST, 11, 220, _page())
    assert scans


@pytest.mark.parametrize("ledger", [b"", b"rubbish", b"-5"])
def test_a_lost_ledger_is_made_anew_from_the_folder(tmp_path: Path, ledger: bytes) -> None:
    cache = _cache(tmp_path)
    for page in (1, 2):
        cache.put(DIGEST, page, 220, _page())
    (tmp_path / "ledger").write_bytes(ledger)
    cache.put(DIGEST, 3, 220, _page())
    assert int((tmp_path / "ledger").read_bytes()) == sum(entry.stat().st_size for entry in _entries(tmp_path))


def test_what_exceeds_the_whole_budget_is_not_kept(tmp_path: Path) -> None:
    cache = _cache(tmp_path, budget=10_000)
    cache.put(DIGEST, 1, 220, _page())
    cache.put(DIGEST, 2, 220, _page(size=(200, 200)))
    assert cache.get(DIGEST, 1, 220) is not None
    assert cache.get(DIGEST, 2, 220) is None


def test_a_disk_that_refuses_makes_a_miss_and_no_error(tmp_path: Path) -> None:
    cache = _cache(tmp_path / "cache")
    (tmp_path / "cache").rmdir()
    (tmp_path / "cache").write_text("a file where the folder was")
    cache.put(DIGEST, 1, 220, _page())
    assert cache.get(DIGEST, 1, 220) is None


def test_the_running_total_is_kept_by_one_at_a_time(tmp_path: Path) -> None:
    cache = _cache(tmp_path)
    cache.put(DIGEST, 1, 220, _page())
    writer = threading.Thread(target=cache.put, args=(DIGEST, 2, 220, _page()))
    with (tmp_path / "ledger").open("rb") as ledger:
        before = ledger.read()
        fcntl.flock(ledger, fcntl.LOCK_EX)
        writer.start()
        writer.join(0.3)
        assert writer.is_alive()
        assert (tmp_path / "ledger").read_bytes() == before
    writer.join(10)
    assert int((tmp_path / "ledger").read_bytes()) == 2 * int(before)


def _write_and_read(root: str, seed: int) -> None:
    cache = _cache(Path(root), budget=75_000)
    for turn in range(60):
        page = (turn * 7 + seed) % 20
        cache.put(DIGEST, page, 220, _page())
        found = cache.get(DIGEST, (page + 3) % 20, 220)
        if found is not None and found != _page():
            os._exit(1)


def test_several_processes_share_one_cache(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_and_read, args=(str(tmp_path), seed)) for seed in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    entries = _entries(tmp_path)
    assert all("-" in entry.name for entry in entries)  # no half-written file is left
    assert 0 < sum(entry.stat().st_size for entry in entries) <= int((tmp_path / "ledger").read_bytes()) <= 75_000
