"""Real documents beside the made-up ones."""

from datetime import date

import pytest
from PIL import Image

from indexer.demo_archive.real_documents import add_real_documents
from indexer.demo_archive.scans import pdf_of
from tests.demo.conftest import build

_TEXT = """THỦ TƯỚNG CHÍNH PHỦ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do -
Hạnh phúc

Số: 12/QĐ-TTg

Hà Nội, ngày 03 tháng 4 năm 2020

QUYẾT ĐỊNH Phê duyệt Đề án thử nghiệm tại các

cơ quan nhà nước

Nội dung trang một\fNội dung trang hai"""


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "real"
    folder.mkdir()
    pages = [Image.new("L", (200, 280), shade) for shade in (250, 200)]
    (folder / "quyet-dinh.pdf").write_bytes(pdf_of(pages))
    (folder / "quyet-dinh.txt").write_text(_TEXT, encoding="utf-8")
    (folder / "khong-co-chu.pdf").write_bytes(pdf_of(pages))
    (folder / "so-tay.pdf").write_bytes(pdf_of(pages[:1]))
    (folder / "so-tay.txt").write_text("Vài dòng ghi chép", encoding="utf-8")
    return folder


def test_documents_become_open_items_described_by_their_own_pages(tmp_path, folder):
    demo = build(tmp_path / "demo", pages=100, scans=0)
    assert add_real_documents(demo.url, demo.pages_root, folder) == 2
    found = [entry for entry in demo.records().values() if entry.record.objects]
    decision, notes = sorted(found, key=lambda entry: entry.record.reference_code)
    record = decision.record
    assert record.title == "Quyết định phê duyệt Đề án thử nghiệm tại các cơ quan nhà nước"
    assert (record.number, record.document_type, record.mode) == ("12/QĐ-TTg", "Quyết định", "01")
    assert record.dates.start == date(2020, 4, 3)
    assert record.creator == "Thủ tướng Chính phủ"
    assert [page.text.split()[-1] for page in decision.pages] == ["một", "hai"]
    assert (demo.pages_root / record.objects[0].path).read_bytes() == (folder / "quyet-dinh.pdf").read_bytes()
    assert (notes.record.title, notes.record.document_type) == ("so tay", "Khác")
    assert "Quảng Nam" not in notes.record.creator


def test_nothing_is_added_twice_and_nothing_without_a_folder(tmp_path, folder):
    demo = build(tmp_path / "demo", pages=100, scans=0)
    before = len(demo.entries())
    assert add_real_documents(demo.url, demo.pages_root, tmp_path / "none") == 0
    add_real_documents(demo.url, demo.pages_root, folder)
    once = len(demo.entries())
    add_real_documents(demo.url, demo.pages_root, folder)
    assert (once, len(demo.entries())) == (before + 3, once)
