"""What readers may rely on, asked of every engine: accents, phrases, numbers, old spellings, order."""

from datetime import date

import pytest

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.record import DateSpan, Listing
from access_policy.visibility import visible_to
from indexer.index.document import Documents
from indexer.index.port import Follows, Generations, IndexReader, IndexUnavailable, Search
from indexer.index.query import parse
from indexer.index.schema import Sort
from tests.index.conftest import filled
from tests.index.corpus import TODAY, documents, pages, record

ANYBODY = visible_to(reader=ANONYMOUS, today=TODAY, overlay=NO_OVERLAY)


def made(*all_documents: Documents | None) -> list[Documents]:
    return [one for one in all_documents if one is not None]


def found(reader: IndexReader, typed: str, sort: Sort = Sort.RELEVANCE) -> list[str]:
    hits = reader.search(Search(parse(typed), sort=sort), visibility=ANYBODY).hits
    return [hit.title for hit in hits]


@pytest.fixture
def reader(generations: Generations) -> IndexReader:
    return filled(
        generations,
        made(
            documents(
                record(1, "Quyết định giao đất xã Tam Kỳ", number="67/QĐ-UB"), pages("Điều 1. Giao cho ông Lê Lý.")
            ),
            documents(record(2, "Quyet dinh giao dat"), pages("ban go lai khong dau")),
            documents(record(3, "Báo cáo"), pages("kế hoạch số 67/KH-UBND ngày 3", "tỉnh Quảng Nam")),
            documents(record(4, "Kế hoạch", number="67/KH-UBND", dates=DateSpan(date(1960, 1, 1), None, "1960"))),
            documents(
                record(5, "Tờ trình về hoà giải", dates=DateSpan(date(1950, 1, 1), date(1951, 1, 1), "1950-1951"))
            ),
            documents(record(6, "Đơn xin giao lại đất công"), pages("thứ tự khác")),
        ),
    )


def test_words_without_accents_find_every_spelling(reader: IndexReader) -> None:
    assert set(found(reader, "quyet dinh giao dat")) == {"Quyết định giao đất xã Tam Kỳ", "Quyet dinh giao dat"}


def test_words_with_accents_put_the_same_accents_first(reader: IndexReader) -> None:
    assert found(reader, "quyết định giao đất") == ["Quyết định giao đất xã Tam Kỳ", "Quyet dinh giao dat"]


def test_a_phrase_with_accents_means_them_and_stands_together(reader: IndexReader) -> None:
    assert found(reader, '"giao đất"') == ["Quyết định giao đất xã Tam Kỳ"]
    assert set(found(reader, '"giao dat"')) == {"Quyết định giao đất xã Tam Kỳ", "Quyet dinh giao dat"}


def test_neighbours_outrank_scattered_words(reader: IndexReader) -> None:
    assert found(reader, "giao đất")[0] == "Quyết định giao đất xã Tam Kỳ"


def test_a_phrase_does_not_reach_over_a_page(reader: IndexReader) -> None:
    assert found(reader, '"ngày 3 tỉnh"') == []


def test_excluded_words_exclude(reader: IndexReader) -> None:
    assert found(reader, "giao dat -don -quyet") == []
    assert found(reader, "giao đất -quyet") == ["Đơn xin giao lại đất công"]
    assert found(reader, 'giao đất -"tam kỳ" -đơn') == ["Quyet dinh giao dat"]


@pytest.mark.parametrize("typed", ["67/KH-UBND", "67 kh ubnd", "67/kh ubnd", "67kh-ubnd"])
def test_a_number_finds_its_document_first_and_those_that_name_it(typed: str, reader: IndexReader) -> None:
    assert found(reader, typed) == ["Kế hoạch", "Báo cáo"]


def test_tone_placement_and_i_or_y_do_not_matter(reader: IndexReader) -> None:
    assert found(reader, "hòa giải") == ["Tờ trình về hoà giải"]
    assert found(reader, "Lê Lí") == ["Quyết định giao đất xã Tam Kỳ"]


def test_undated_records_come_last_in_both_orders_of_time(reader: IndexReader) -> None:
    assert found(reader, "", Sort.OLDEST)[:2] == ["Tờ trình về hoà giải", "Kế hoạch"]
    assert found(reader, "", Sort.NEWEST)[:2] == ["Kế hoạch", "Tờ trình về hoà giải"]


def test_years_are_those_the_material_covers(reader: IndexReader) -> None:
    result = reader.search(Search(years=(1951, 1955)), visibility=ANYBODY)
    assert [hit.title for hit in result.hits] == ["Tờ trình về hoà giải"]
    assert result.years == ((1950, 1), (1951, 1), (1960, 1))


def test_the_words_are_marked_on_the_page_they_stand_on(reader: IndexReader) -> None:
    hits = reader.page_hits(parse("kế hoạch"), ["h38.td.01.3", "h38.td.01.4"], visibility=ANYBODY)
    assert list(hits) == ["h38.td.01.3"]
    page = hits["h38.td.01.3"].hits[0]
    assert [page.snippet.text[a:b] for a, b in page.snippet.marks] == ["kế hoạch"]
    assert page.number == 1


def test_a_generation_replaces_the_old_one_in_one_step(generations: Generations, reader: IndexReader) -> None:
    filled(generations, made(documents(record(9, "Chỉ còn một"))))
    assert found(generations.reader(), "") == ["Chỉ còn một"]
    assert len(found(reader, "")) == 6, "a reader that was asked before keeps its own generation"


def test_a_failing_generation_leaves_the_old_one(generations: Generations, reader: IndexReader) -> None:
    with pytest.raises(RuntimeError), generations.begin(Follows(0, TODAY)):
        raise RuntimeError("the database went away")
    assert len(found(generations.reader(), "")) == 6
    assert generations.reader().generation() == reader.generation()


def test_without_a_generation_there_is_no_answer(generations: Generations) -> None:
    with pytest.raises(IndexUnavailable):
        generations.reader()


def test_adding_closed_records_changes_no_answer(generations: Generations) -> None:
    """Counts, order and suggestions of the public are the same bytes, whatever is closed beside it."""
    public = [documents(record(n, f"Giao đất số {n}"), pages("giao đất", "đất công")) for n in range(1, 9)]
    closed = [
        documents(record(100, "Zumkyra giao đất", mode="03"), pages("zumkyra giao đất")),
        documents(record(101, "Zumkyra giao đất", mode="??"), pages("zumkyra")),
        documents(record(102, "Zumkyra"), (), Listing("DM", "", "", "", since=TODAY)),
    ]
    assert closed == [None, None, None]
    conditional = documents(record(103, "Chỉ mô tả", mode="02"), pages("zumkyra giao đất"))
    reader = filled(generations, made(*public, *closed, conditional))
    assert found(reader, "zumkyra") == []
    assert reader.suggest("zumk", visibility=ANYBODY) == ()
    assert reader.page_total(visibility=ANYBODY) == 16
    assert found(reader, "Chỉ mô tả") == ["Chỉ mô tả"]
