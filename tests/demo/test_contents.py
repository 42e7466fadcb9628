"""What the demonstration archive holds, counted independently of how it was made."""

import json
import re
from collections import Counter
from datetime import date

import pytest
from sqlalchemy import create_engine, func, select

from access_policy.terms import Level
from indexer.demo_archive.build import ArchiveNotEmpty, build_demo_archive
from indexer.demo_archive.faults import MENDED, REFUSED, REFUSED_FILES
from indexer.demo_archive.ledger import canary_file
from indexer.demo_archive.standing import MODE_SECRECY
from indexer.sources import schema
from indexer.sources.port import BadRow
from indexer.sources.reference import ReferenceSource
from indexer.text.folding import fold
from tests.demo.conftest import TODAY, build

_VIETNAMESE = re.compile(r"[\w\s,./()%&;:–“”\"-]+")
_ODD = re.compile("[\u0080-\u00bf×÷ƣƢ\u0300-\u036f&;]")


def test_the_summary_counts_what_is_there(written):
    with written.engine.connect() as connection:
        for level, table in {Level.FILE: schema.files, Level.ITEM: schema.items, Level.VIDEO: schema.video}.items():
            count = connection.execute(select(func.count()).select_from(table)).scalar_one()
            assert written.summary.records[level.value] == count
        assert connection.execute(select(func.count()).select_from(schema.pages)).scalar_one() == written.summary.pages
        modes = Counter()
        for table in (schema.files, schema.items, schema.photos, schema.films, schema.audio, schema.video):
            modes.update(connection.execute(select(table.c.mode)).scalars())
    assert written.summary.modes == {"missing" if mode is None else mode: count for mode, count in modes.items()}
    assert 2_500 <= written.summary.pages < 2_700


def test_every_kind_every_mode_and_mostly_open(written):
    assert set(written.summary.records) == {level.value for level in Level}
    assert set(written.summary.modes) == {"missing" if mode is None else mode for mode in MODE_SECRECY}
    total = sum(written.summary.modes.values())
    assert 0.75 < written.summary.modes["01"] / total < 0.9


def test_exactly_the_faulty_rows_are_refused(written):
    entries = written.entries()
    bad = [entry for entry in entries if isinstance(entry, BadRow)]
    assert len(bad) == written.summary.refused
    assert len(entries) == ReferenceSource(written.engine).count()
    assert set(written.summary.faults) == {
        *MENDED,
        *REFUSED,
        *REFUSED_FILES,
        "photo-missing-title",
        "photo-impossible-date",
    }


def test_titles_with_faults_of_writing_come_out_mended(written):
    records = written.records()
    for fault in MENDED:
        record = records[written.summary.landmarks[f"mended:{fault}"]].record
        assert not _ODD.search(record.title), record.title
        assert len(record.title.split()) > 4


def test_no_open_title_or_page_shows_a_fault(written):
    for entry in written.records().values():
        assert not _ODD.search(entry.record.title), entry.record.title
        assert _VIETNAMESE.fullmatch(entry.record.title), entry.record.title
        for page in entry.pages:
            assert not re.search("[ƣƢ\u0300-\u036f]|[®µ¶¸¹¬]", page.text)


def test_two_fonds_of_different_archives_share_a_code(written):
    fonds = [entry.record for entry in written.records().values() if entry.record.level is Level.FONDS]
    assert len({one.id for one in fonds}) == 3
    assert sorted(Counter(one.reference_code for one in fonds).values()) == [1, 2]
    assert len({one.archive_code for one in fonds if one.reference_code == "UBT.01"}) == 2


def test_the_example_query_finds_many_in_all_fonds_and_times(written):
    found = [
        entry.record
        for entry in written.records().values()
        if "quyet dinh" in fold(entry.record.title) and "giao dat" in fold(entry.record.title)
    ]
    assert len(found) > 60
    assert len({record.fonds.id for record in found}) == 3
    assert len({record.dates.start.year // 10 for record in found}) >= 5


def test_the_examples_of_the_home_page_exist(written):
    records = written.records()
    assert records[written.summary.landmarks["number:67/KH-UBND"]].record.number == "67/KH-UBND"
    street = records[written.summary.landmarks["street:Nguyễn Huệ"]]
    assert street.record.dates.start.year in (1962, 1963, 1964)
    assert "đường Nguyễn Huệ" in street.record.title + street.pages[0].text
    places = Counter(place.written for entry in records.values() for place in entry.record.places)
    assert any("Tam Kỳ" in place for place in places)
    assert len(places) > 50


def test_frequencies_fall_like_those_of_a_real_archive(written):
    creators = Counter(entry.record.creator for entry in written.records().values()).most_common()
    assert creators[0][1] > 3 * creators[10][1]
    assert creators[0][1] > 10 * creators[len(creators) // 2][1]
    years = Counter(
        entry.record.dates.start.year for entry in written.records().values() if entry.record.level is Level.ITEM
    )
    assert min(years) < 1955
    assert max(years) > 2005


def test_nobody_real_is_named_by_number(written):
    for entry in written.records().values():
        text = " ".join((entry.record.title, entry.record.scope, *(page.text for page in entry.pages)))
        assert all(number.startswith("000") for number in re.findall(r"(?<![\d/.])\d{9,12}(?![\d/])", text))
        assert not re.search(r"(?<!\d)0[1-9]\d{8}(?!\d)|@", text)


def test_the_archive_ends_before_today(tmp_path):
    demo = build(tmp_path, pages=200, scans=0, today=date(1990, 1, 1))
    days = [entry.record.dates.end for entry in demo.records().values() if entry.record.level is Level.ITEM]
    assert len([day for day in days if day and day > date(1990, 1, 1)]) == 0


def test_an_archive_that_holds_anything_is_left_alone(tmp_path):
    demo = build(tmp_path, pages=100, scans=0)
    before = demo.entries()
    with pytest.raises(ArchiveNotEmpty, match="already holds rows"):
        build_demo_archive(demo.url, tmp_path, register_url=demo.register_url, pages=100, seed=2, today=TODAY, scans=0)
    assert demo.entries() == before


def test_the_summary_lies_beside_the_database_and_never_in_the_page_store(written, tmp_path):
    path = canary_file(written.url, written.pages_root)
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert kept["canaries"] == written.summary.canaries
    assert kept["landmarks"] == written.summary.landmarks
    assert path.name == "archive.canaries.json"
    assert not path.is_relative_to(written.pages_root)
    on_server = canary_file("postgresql+psycopg://archive@/archive", tmp_path / "pages")
    assert on_server == tmp_path / "pages.canaries.json"


@pytest.mark.postgres
def test_postgresql_gets_the_same_archive(postgres_database, tmp_path):
    summary = build_demo_archive(
        postgres_database,
        tmp_path / "pages",
        register_url=postgres_database,
        pages=300,
        seed=1,
        today=TODAY,
        scans=0,
    )
    file = build(tmp_path / "file", pages=300, scans=0)
    server = create_engine(postgres_database)
    assert list(ReferenceSource(server).entries()) == file.entries()
    assert summary == file.summary
    server.dispose()
