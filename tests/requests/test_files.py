"""Attachments: what is kept, under which name, where, and what the scanner has to say first."""

import io
import struct
import unicodedata
import zlib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from portal.requests.files import LONGEST_NAME, MOST_FILES, CaseFiles, FileRefused, _plain
from portal.requests.scanning import ClamAv, NoScanner, Scanned, Scanner, ScannerAway, open_scanner
from portal.store.database import StoreUnavailable
from tests.requests.bureau import BINH, MONDAY, Bureau
from tests.requests.clamd import EICAR, clamd

PDF = b"%PDF-1.7\n1 0 obj\n"
MOST = 20_000


def picture(kind: str, size: tuple[int, int] = (8, 8)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack("!L", len(content)) + name + content + struct.pack("!L", zlib.crc32(name + content))


def claiming(width: int, height: int) -> bytes:
    """A PNG of some bytes whose header promises very many pixels."""
    header = struct.pack("!LLBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 90)) + chunk(b"IEND", b"")
    )


Open = Callable[..., CaseFiles]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "attachments"


@pytest.fixture
def files_with(bureau: Bureau, folder: Path) -> Open:
    def opened(scanner: Scanner | None = None, most: int = MOST) -> CaseFiles:
        return CaseFiles(bureau.database, bureau.seal, folder, scanner or NoScanner(), most_bytes=most)

    return opened


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(PDF, "application/pdf"), (picture("JPEG"), "image/jpeg"), (picture("PNG"), "image/png")],
    ids=["pdf", "jpeg", "png"],
)
def test_what_is_taken_is_known_by_its_content(
    bureau: Bureau, files_with: Open, content: bytes, media_type: str
) -> None:
    draft, files = bureau.draft(), files_with()
    kept = files.add(draft.id, "giay.exe", content, now=MONDAY)
    assert (kept.media_type, kept.bytes, kept.scanned) == (media_type, len(content), Scanned.NOT_SCANNED)
    assert files.opened(draft.id, kept.id) == (kept, content)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 a document of an office program", "type"),
        (b"<svg onload='alert(1)'/>", "type"),
        (b"MZ\x90\x00", "type"),
        (b"\n%PDF-1.7", "type"),
        (b"GIF89a", "type"),
        (picture("PNG")[:40], "broken"),
        (b"\xff\xd8\xff nothing of a picture", "broken"),
        (b"\x89PNG\r\n\x1a\n<script>", "broken"),
        (claiming(60_000, 60_000), "broken"),
        (claiming(12_000, 12_000), "broken"),
        (claiming(9_000, 9_000), "broken"),
    ],
)
def test_what_is_not_taken_says_why_and_leaves_nothing(
    bureau: Bureau, files_with: Open, folder: Path, content: bytes, why: str
) -> None:
    draft, files = bureau.draft(), files_with()
    with pytest.raises(FileRefused, match=f"^{why}$"):
        files.add(draft.id, "giay.pdf", content, now=MONDAY)
    assert files.of(draft.id) == []
    assert not list(folder.rglob("*"))


def test_a_file_may_be_as_large_as_allowed_and_not_a_byte_larger(bureau: Bureau, files_with: Open) -> None:
    draft, files = bureau.draft(), files_with(most=100)
    files.add(draft.id, "a.pdf", PDF.ljust(100), now=MONDAY)
    with pytest.raises(FileRefused, match="size"):
        files.add(draft.id, "a.pdf", PDF.ljust(101), now=MONDAY)


def test_so_many_files_and_no_more(bureau: Bureau, files_with: Open) -> None:
    draft, files = bureau.draft(), files_with()
    for number in range(MOST_FILES):
        files.add(draft.id, f"{number}.pdf", PDF, now=MONDAY)
    with pytest.raises(FileRefused, match="many"):
        files.add(draft.id, "zu-viel.pdf", PDF, now=MONDAY)
    files.remove(draft.id, files.of(draft.id)[0].id)
    files.add(draft.id, "5.pdf", PDF, now=MONDAY)
    assert [each.name for each in files.of(draft.id)][-1] == "5.pdf" or len(files.of(draft.id)) == MOST_FILES


@pytest.mark.parametrize(
    ("given_name", "kept_name"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\boot.ini", "boot.ini.pdf"),
        ("giấy\0.pdf", "giấy_.pdf"),
        ("\u202efdp.exe", "_fdp.exe.pdf"),
        ("trang.html", "trang.html.pdf"),
        ("Giấy giới thiệu (2).PDF", "Giấy giới thiệu (2).PDF"),
        (unicodedata.normalize("NFD", "Giấy tờ.pdf"), "Giấy tờ.pdf"),
        ("...", "tep.pdf"),
        ("", "tep.pdf"),
        ('a"; filename="b.exe', "a_ filename_b.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a_Set-Cookie_ x.pdf"),
        ("x" * 900 + ".pdf", "x" * LONGEST_NAME + ".pdf"),
    ],
)
def test_names_lose_what_has_a_meaning_elsewhere(
    bureau: Bureau, files_with: Open, given_name: str, kept_name: str
) -> None:
    draft = bureau.draft()
    assert files_with().add(draft.id, given_name, PDF, now=MONDAY).name == kept_name


@settings(max_examples=200)
@given(st.text(max_size=200))
def test_no_name_leads_anywhere(name: str) -> None:
    kept = _plain(name, (".png",))
    assert kept.lower().endswith(".png")
    assert not set(kept) & set('/\\"\0\r\n;:')
    assert ".." not in kept[:2]
    assert kept.isprintable()
    assert len(kept) <= LONGEST_NAME + 4


def test_on_the_disk_everything_is_sealed_and_for_one_account_alone(
    bureau: Bureau, files_with: Open, folder: Path
) -> None:
    draft = bureau.draft()
    kept = files_with().add(draft.id, "Giấy khai tử.pdf", PDF + b"Nguyen Van An", now=MONDAY)
    [path] = [each for each in folder.rglob("*") if each.is_file()]
    assert path == folder / draft.id / kept.id
    assert b"Nguyen" not in path.read_bytes()
    assert b"%PDF" not in path.read_bytes()
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    with bureau.database.reading() as connection:
        assert "khai" not in str(connection.exec_driver_sql("SELECT * FROM case_files").all())


def test_a_file_belongs_to_its_case(bureau: Bureau, files_with: Open) -> None:
    draft, other, files = bureau.draft(), bureau.draft(BINH), files_with()
    kept = files.add(draft.id, "a.pdf", PDF, now=MONDAY)
    assert files.opened(other.id, kept.id) is None
    files.remove(other.id, kept.id)
    assert files.opened(draft.id, kept.id) is not None


@pytest.mark.parametrize("file_id", ["", "../x", "\0", "0" * 32, "A" * 32, "x" * 5000])
def test_what_is_no_file_is_none(bureau: Bureau, files_with: Open, file_id: str) -> None:
    draft, files = bureau.draft(), files_with()
    assert files.opened(draft.id, file_id) is None
    files.remove(draft.id, file_id)


def test_content_that_was_changed_or_lost_on_the_disk_is_not_handed_out(
    bureau: Bureau, files_with: Open, folder: Path
) -> None:
    draft, files = bureau.draft(), files_with()
    first, second = (files.add(draft.id, "a.pdf", PDF + bytes([each]), now=MONDAY) for each in (1, 2))
    (folder / draft.id / first.id).write_bytes((folder / draft.id / second.id).read_bytes())
    assert files.opened(draft.id, first.id) is None
    (folder / draft.id / second.id).unlink()
    assert files.opened(draft.id, second.id) is None


def test_content_of_which_no_row_could_be_written_is_gone_again(bureau: Bureau, files_with: Open, folder: Path) -> None:
    with pytest.raises(StoreUnavailable):
        files_with().add("f" * 32, "a.pdf", PDF, now=MONDAY)
    assert not [each for each in folder.rglob("*") if each.is_file()]


def test_the_scanner_sees_all_of_it_and_its_word_counts(bureau: Bureau, files_with: Open, tmp_path: Path) -> None:
    draft, content = bureau.draft(), PDF.ljust(MOST, b"x")
    with TemporaryDirectory() as short, clamd(Path(short) / "s") as daemon:
        files = files_with(open_scanner(f"{short}/s"))
        assert files.add(draft.id, "a.pdf", content, now=MONDAY).scanned is Scanned.CLEAN
        with pytest.raises(FileRefused, match="infected"):
            files.add(draft.id, "b.pdf", PDF + EICAR, now=MONDAY)
    assert daemon.scanned == [content, PDF + EICAR]
    assert [each.name for each in files.of(draft.id)] == ["a.pdf"]


def test_large_content_reaches_the_scanner_in_pieces() -> None:
    content = bytes(range(256)) * 1000
    with TemporaryDirectory() as short, clamd(Path(short) / "s") as daemon:
        assert ClamAv(Path(short) / "s").scan(content) is Scanned.CLEAN
    assert daemon.scanned == [content]


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\0",
        b"NOT OK\0",
        b"stream: OK",
        b"stream: NOTOK\0",
        b"FOUND\0",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"\xff\xfe\0",
        b"stream: " + b"x" * 9000 + b" FOUND\0",
    ],
)
def test_an_answer_that_is_none_keeps_nothing(bureau: Bureau, files_with: Open, folder: Path, said: bytes) -> None:
    draft = bureau.draft()
    with TemporaryDirectory() as short, clamd(Path(short) / "s", said):
        files = files_with(ClamAv(Path(short) / "s"))
        with pytest.raises(ScannerAway):
            files.add(draft.id, "a.pdf", PDF, now=MONDAY)
    assert files.of(draft.id) == []
    assert not list(folder.rglob("*"))


def test_a_scanner_that_says_nothing_is_waited_for_only_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.requests.scanning.SECONDS", 0.2)
    with TemporaryDirectory() as short, clamd(Path(short) / "s", None), pytest.raises(ScannerAway, match="Timeout"):
        ClamAv(Path(short) / "s").scan(PDF)


def test_a_scanner_that_is_not_there_keeps_nothing() -> None:
    with pytest.raises(ScannerAway, match="FileNotFound"):
        ClamAv(Path("/nowhere/clamd.sock")).scan(PDF)


def test_without_a_socket_nothing_is_known_of_a_file() -> None:
    assert open_scanner("").scan(EICAR) is Scanned.NOT_SCANNED
