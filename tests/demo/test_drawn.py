"""Scans, photographs and recordings: they open, and they show what they are indexed by."""

import io
import shutil
import struct
import subprocess
import wave

import pytest
from PIL import Image

from access_policy.terms import Level
from indexer.demo_archive.landmarks import BROKEN_PDFS
from indexer.demo_archive.recordings import Film, film_program
from indexer.demo_archive.typeset import Face, font


def _rendered(path, *, dpi=100, first=1):
    done = subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-gray", "-f", str(first), "-l", str(first), str(path)], capture_output=True
    )
    return Image.open(io.BytesIO(done.stdout)) if done.returncode == 0 and done.stdout else None


def _scans(drawn):
    broken = {drawn.summary.landmarks[f"broken:{name}"] for name in BROKEN_PDFS}
    return [
        entry
        for entry in drawn.records().values()
        if entry.record.objects and entry.record.level is Level.ITEM and entry.record.id not in broken
    ]


@pytest.mark.long
def test_as_many_scans_as_asked(drawn):
    assert drawn.summary.scans == 40
    assert len(_scans(drawn)) == 40
    assert sum(entry.record.page_count for entry in _scans(drawn)) == drawn.summary.scanned_pages


def test_every_scan_renders_with_all_its_pages(drawn):
    for entry in _scans(drawn):
        (held,) = entry.record.objects
        path = drawn.pages_root / held.path
        assert held.page_count == len(entry.pages)
        assert _rendered(path, dpi=30, first=held.page_count) is not None, held.path
        assert (
            f"Pages:           {held.page_count}\n"
            in subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
        )


def test_the_text_of_a_page_is_the_words_that_stand_on_it(drawn):
    for entry in _scans(drawn):
        for page in entry.pages:
            assert page.text.split() == [word for word, _ in page.words]


@pytest.mark.parametrize("landmark", ["typewritten", "item:listed-pages", "mode:01"])
def test_there_is_ink_in_every_word_box_and_paper_beside_the_words(drawn, landmark):
    wanted = drawn.summary.landmarks[landmark]
    entry = next(entry for entry in _scans(drawn) if entry.record.id.startswith(wanted))
    image = _rendered(drawn.pages_root / entry.record.objects[0].path, dpi=150)
    width, height = image.size
    for word, box in entry.pages[0].words:
        left, top, right, bottom = (
            side * size // 1000 for side, size in zip(box, (width, height, width, height), strict=True)
        )
        if word not in {"-", ";"}:
            assert image.crop((left, top, right + 1, bottom + 1)).getextrema()[0] < 140, word
    margin = image.crop((width * 20 // 1000, height * 20 // 1000, width * 980 // 1000, height * 60 // 1000))
    assert sum(value < 140 for value in margin.tobytes()) < 60, "nothing but specks above the first line"


def test_broken_pdfs_do_not_open_and_belong_to_open_items(drawn):
    records = drawn.records()
    for name in BROKEN_PDFS:
        record = records[drawn.summary.landmarks[f"broken:{name}"]].record
        assert record.mode == "01"
        (held,) = record.objects
        assert _rendered(drawn.pages_root / held.path) is None, name


def test_the_encrypted_pdf_opens_with_its_password(drawn):
    (held,) = drawn.records()[drawn.summary.landmarks["broken:encrypted"]].record.objects
    command = ["pdfinfo", "-upw", "khong ai biet", str(drawn.pages_root / held.path)]
    assert "Pages:           1" in subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_photographs_and_recordings_open(drawn):
    by_level = {level: [] for level in (Level.PHOTO, Level.FILM, Level.AUDIO, Level.VIDEO)}
    for entry in drawn.records().values():
        for held in entry.record.objects:
            if entry.record.level in by_level:
                by_level[entry.record.level].append(drawn.pages_root / held.path)
    for path in by_level[Level.PHOTO] + by_level[Level.FILM]:
        Image.open(path).verify()
    for path in by_level[Level.AUDIO]:
        with wave.open(str(path)) as sound:
            assert 3 < sound.getnframes() / sound.getframerate() < 5
    assert all(path.stat().st_size > 4_000 for path in by_level[Level.VIDEO])
    assert all(by_level.values())


def test_without_ffmpeg_a_film_is_an_avi_of_jpeg_pictures():
    film = Film(1, "x", None)
    data = film.render()
    assert (film.media_type, film.suffix) == ("video/x-msvideo", ".avi")
    assert data[:4] == b"RIFF"
    assert struct.unpack("<I", data[4:8])[0] == len(data) - 8
    movie = data.index(b"movi")
    offset, frames = movie + 4, 0
    while data[offset : offset + 4] == b"00dc":
        size = struct.unpack("<I", data[offset + 4 : offset + 8])[0]
        Image.open(io.BytesIO(data[offset + 8 : offset + 8 + size])).verify()
        offset, frames = offset + 8 + size + size % 2, frames + 1
    assert frames == 15
    assert data[offset : offset + 4] == b"idx1"
    name, _, first, _ = struct.unpack("<4sIII", data[offset + 8 : offset + 24])
    assert (name, data[movie + first : movie + first + 4]) == (b"00dc", b"00dc")


def test_the_film_program_is_used_where_it_is():
    program = film_program()
    assert program == shutil.which("ffmpeg")
    film = Film(1, "x", program)
    data = film.render()
    assert data == film.render()
    assert (b"ftyp" in data[:16]) is (program is not None)


@pytest.mark.parametrize("face", list(Face))
def test_every_face_has_every_vietnamese_letter(face):
    letters = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
    missing = font(face).getmask("\uffff").getbbox(), bytes(font(face).getmask("\uffff"))
    for letter in letters + letters.upper() + "“”–…":
        assert (font(face).getmask(letter).getbbox(), bytes(font(face).getmask(letter))) != missing, letter
