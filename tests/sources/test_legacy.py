"""The TT 02/2019 layout: the same port, the same Record."""

from datetime import date

import pytest

from access_policy.record import DateSpan, Page, Parent
from access_policy.terms import Level
from indexer.sources.legacy import LegacySource
from indexer.text.legacy import to_tcvn3
from tests.sources.archives import SHA, Statements, legacy_archive, records, refused

KEYS = {"Identifier": "H47", "OrganId": "STNMT.04"}
FOND = KEYS | {"ID": 1, "FondName": "Sở Địa chính tỉnh Quảng Nam", "ArchivesTime": "1976-2003", "PaperTotal": 5200}
FILE = KEYS | {
    "ID": 1,
    "FileCode": "H47.STNMT.04.05.16",
    "FileCatalog": "5",
    "FileNotation": "016",
    "Title": "Hồ sơ giao đất thị xã Tam Kỳ",
    "Rights": "Công khai",
    "StartDate": "14/08/1991",
    "EndDate": "02/06/1994",
    "Maintenance": "Vĩnh viễn",
    "TotalDoc": 9,
    "SheetNumber": 58,
    "PageNumber": 112,
    "InforSign": "Bút tích",
}
DOCUMENT = KEYS | {
    "ID": 1,
    "DocCode": "H47.STNMT.04.05.16.003",
    "FileCode": "H47.STNMT.04.05.16",
    "DocOrdinal": 3,
    "TypeName": "Quyết định",
    "CodeNumber": "67",
    "CodeNotation": "QĐ-UB",
    "IssuedDate": "02/09/1991",
    "OrganName": "Ty Điền địa",
    "Subject": "Giao đất làm nhà ở",
    "Mode": "Hạn chế",
    "PageAmount": 2,
}
PHOTO = KEYS | {"ID": 1, "ArchivesNumber": "12", "ImageTitle": "Bến sông Hàn", "PhotoPlace": "Đà Nẵng", "Mode": "01"}
AUDIO = KEYS | {"ID": 1, "ArchivesNumber": "12", "MovieTitle": "Lời kêu gọi", "PlayTime": "00:03:10", "Mode": "Mật"}
ARCHIVE = {"ID": 1, "Identifier": "H47", "Name": "Lưu trữ lịch sử tỉnh Quảng Nam"}


def test_document_becomes_the_same_record_as_in_the_reference_layout():
    source = LegacySource(
        legacy_archive(
            Archive=[ARCHIVE],
            Fond=[FOND],
            File=[FILE],
            Document=[DOCUMENT],
            Page=[{"OwnerTable": "Document", "OwnerID": 1, "PageNumber": 1, "Content": "QUYẾT ĐỊNH"}],
            DigitalFile=[
                {"OwnerTable": "Document", "OwnerID": 1, "Path": "d/1.pdf", "MediaType": "application/pdf"}
                | {"Sha256": SHA, "FirstPage": 1, "PageAmount": 2}
            ],
        )
    )
    entry = records(source)[-1]
    record = entry.record
    assert record.id == "h47.stnmt-04.hs-05-16.003"
    assert record.reference_code == "STNMT.04 · MLHS 05 · hồ sơ 16 · văn bản 3"
    assert record.archive_name == "Lưu trữ lịch sử tỉnh Quảng Nam"
    assert record.number == "67/QĐ-UB"
    assert (record.mode, record.document_type) == ("Hạn chế", "Quyết định")
    assert record.parents == (
        Parent("h47.stnmt-04", Level.FONDS, "Sở Địa chính tỉnh Quảng Nam", "STNMT.04", None),
        Parent("h47.stnmt-04.hs-05-16", Level.FILE, FILE["Title"], "STNMT.04 · MLHS 05 · hồ sơ 16", "Công khai"),
    )
    assert record.dates == DateSpan(date(1991, 9, 2), date(1991, 9, 2), "02/09/1991")
    assert record.creator_today == "Sở Nông nghiệp và Môi trường"
    assert record.page_count == 2
    assert entry.pages == (Page(1, "QUYẾT ĐỊNH"),)
    file = records(source)[-2].record
    assert (file.extent, file.signs, file.retention) == ("9 văn bản, 58 tờ, 112 trang", "Bút tích", "Vĩnh viễn")


@pytest.mark.parametrize(
    ("catalog", "reference"),
    [("5", "STNMT.04 · MLHS 05 · hồ sơ 16"), ("1976", "STNMT.04 · năm 1976 · hồ sơ 16"), (None, "STNMT.04 · hồ sơ 16")],
)
def test_catalogue_field_is_an_inventory_or_a_year(catalog, reference):
    source = LegacySource(legacy_archive(Fond=[FOND], File=[FILE | {"FileCatalog": catalog}]))
    assert records(source)[-1].record.reference_code == reference


@pytest.mark.parametrize(
    ("number", "notation", "whole"),
    [
        ("67", "KH-UBND", "67/KH-UBND"),
        ("142", "-CP", "142-CP"),
        ("12", "/NQ", "12/NQ"),
        ("67/KH-UBND", "KH-UBND", "67/KH-UBND"),
        ("25", None, "25"),
        (None, "NV", "NV"),
    ],
)
def test_number_and_notation_become_one_number_again(number, notation, whole):
    changed = DOCUMENT | {"CodeNumber": number, "CodeNotation": notation}
    source = LegacySource(legacy_archive(Fond=[FOND], File=[FILE], Document=[changed]))
    assert records(source)[-1].record.number == whole


def test_all_kinds_of_records():
    film = PHOTO | {"ImageTitle": "Phim âm bản bến sông"}
    source = LegacySource(
        legacy_archive(
            Fond=[FOND], File=[FILE], Document=[DOCUMENT], Photo=[PHOTO], Film=[film], Audio=[AUDIO], Video=[AUDIO]
        )
    )
    found = records(source)
    assert [entry.record.level for entry in found] == [level for level in Level if level is not Level.INVENTORY]
    assert len({entry.record.id for entry in found}) == 7
    assert found[-1].record.mode == "Mật"
    assert found[0].record.archive_name == "H47", "without a name the office is called by its code"
    assert source.count() == 7


def test_bad_rows():
    source = LegacySource(
        legacy_archive(
            Fond=[FOND, FOND | {"ID": 2}],
            File=[
                FILE,
                FILE | {"ID": 2},
                FILE | {"ID": 3, "FileCode": "x1", "OrganId": "LẠ"},
                FILE | {"ID": 4, "FileCode": "x2", "StartDate": "30/02/1970"},
            ],
            Document=[
                DOCUMENT,
                DOCUMENT | {"ID": 2, "FileCode": "none", "DocCode": "d2"},
                DOCUMENT | {"ID": 3, "FileCode": "x2", "DocCode": "d3"},
                DOCUMENT | {"ID": 4, "DocCode": "d4", "Subject": None},
            ],
        )
    )
    assert refused(source) == {
        "Fond 2": "another row has the same code",
        "File 2": "another row has the same code",
        "File 3": "its fonds does not exist",
        "File 4": "StartDate: impossible date",
        "Document 2": "its file does not exist",
        "Document 3": "its file was refused",
        "Document 4": "Subject: missing",
    }
    assert [entry.record.level for entry in records(source)] == [Level.FONDS, Level.FILE, Level.ITEM]


def test_documents_stand_in_the_first_file_of_their_code():
    engine = legacy_archive(Fond=[FOND], File=[FILE, FILE | {"ID": 2, "Title": "Trùng mã"}], Document=[DOCUMENT])
    assert records(LegacySource(engine))[-1].record.parents[-1].title == FILE["Title"]


def test_legacy_text_is_mended():
    engine = legacy_archive(Fond=[FOND], File=[FILE | {"Title": to_tcvn3("Quyết định giao đất")}])
    assert records(LegacySource(engine))[-1].record.title == "Quyết định giao đất"


def test_the_number_of_statements_does_not_grow_with_the_archive():
    counts = []
    for size in (3, 40):
        documents = [DOCUMENT | {"ID": n, "DocCode": f"H47.STNMT.04.05.16.{n}"} for n in range(1, size)]
        engine = legacy_archive(Fond=[FOND], File=[FILE], Document=documents)
        statements = Statements(engine)
        assert len(records(LegacySource(engine))) == size + 1
        counts.append(statements.count)
    assert counts[0] == counts[1]
