"""Document numbers: every way they are written and typed, and the prose they must not be mistaken in."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.text.folding import fold
from indexer.text.number_tables import DOCUMENT_TYPES, ORGANS
from indexer.text.numbers import DocumentNumber, find_numbers, number_keys, parse_number, query_key
from tests.text.vietnamese import real_texts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("67/KH-UBND", ("67", "", "KH", "UBND")),
        ("Số: 67/KH-UBND", ("67", "", "KH", "UBND")),
        ("so 67/kh-ubnd", ("67", "", "KH", "UBND")),
        ("45/2020/NĐ-CP", ("45", "2020", "NĐ", "CP")),
        ("45/2020/ND-CP", ("45", "2020", "NĐ", "CP")),
        ("45 2020 nd cp", ("45", "2020", "NĐ", "CP")),
        ("33/2024/QH15", ("33", "2024", "", "QH15")),
        ("851/BNV-CVT&LTNN", ("851", "", "", "BNV-CVT&LTNN")),
        ("851/ BNV-CVT&LTNN", ("851", "", "", "BNV-CVT&LTNN")),
        ("137-KL/TW", ("137", "", "KL", "TW")),
        ("47-KH/BCĐ", ("47", "", "KH", "BCĐ")),
        ("142-CP", ("142", "", "", "CP")),
        ("67/UB", ("67", "", "", "UB")),
        ("67/ub", ("67", "", "", "UB")),
        ("25/NV", ("25", "", "", "NV")),
        ("1C/VP", ("1C", "", "", "VP")),
        ("Số 1c/vp", ("1C", "", "", "VP")),
        ("07/QĐ-UB", ("07", "", "QĐ", "UB")),
        ("458/qd-ttg", ("458", "", "QĐ", "TTg")),
        ("12/QĐ-UB-TC", ("12", "", "QĐ", "UB-TC")),
        ("1141-TC/QĐ/CĐKT", ("1141", "", "TC", "QĐ/CĐKT")),
        ("3/TTr-SNV", ("3", "", "TTr", "SNV")),
        ("3/ttr-snv", ("3", "", "TTr", "SNV")),
        ("67 kh ubnd", ("67", "", "KH", "UBND")),
        ("67kh-ubnd", ("67", "", "KH", "UBND")),
        ("67khubnd", ("67", "", "KH", "UBND")),
        ("67 / KH - UBND", ("67", "", "KH", "UBND")),
        ("67/KH", ("67", "", "KH", "")),
        ("67 kh", ("67", "", "KH", "")),
        ("5/DA-UBND", ("5", "", "DA", "UBND")),
        ("5/đa-ubnd", ("5", "", "ĐA", "UBND")),
    ],
)
def test_reads(text: str, parts: tuple[str, str, str, str]) -> None:
    assert parse_number(text) == DocumentNumber(*parts)


_PROSE = [
    "",
    "67",
    "1976",
    "số 67",
    "12/3/1976",
    "30/4",
    "12-3-1976",
    "4/2020",
    "1946-1975",
    "2019-2020",
    "67 ho gia dinh",
    "67 hộ gia đình",
    "12 HĐ gia đình",
    "25 da nang",
    "25 đa dạng",
    "25 DA NANG",
    "3 ba con",
    "100 người",
    "100/người",
    "5/kg",
    "5 c/kg",
    "20km/h",
    "5g/l",
    "5000đ/m2",
    "2/lần",
    "24/7",
    "05/VII",
    "covid-19",
    "B-52",
    "3 - UBND tỉnh",
    "4/2020 UBND tỉnh",
    "Điều 5 QĐ này",
    "có 12 TT GDTX",
    "theo 67 TB tu sửa",
    "kế hoạch năm 2020 của UBND",
    "1.981.241 hồ sơ; 71.722.221 trang",
    "https://example.vn/2020/12/KH-abc",
]


@pytest.mark.parametrize("text", _PROSE)
def test_does_not_read_prose(text: str) -> None:
    assert parse_number(text) is None
    assert number_keys(text) == ()
    assert query_key(text) is None


@pytest.mark.parametrize("text", _PROSE)
def test_finds_nothing_in_prose(text: str) -> None:
    assert find_numbers(text) == []
    assert find_numbers(f"Xét thấy {text} như trên") == []


@pytest.mark.parametrize(
    "query",
    [
        "67 kh ubnd",
        "67/KH-UBND",
        "67khubnd",
        "067/kh-ubnd",
        "67kh-ubnd",
        "Số: 67/KH-UBND",
        "67-KH/UBND",
        "67/KH",
        "67 kh",
        "67KH",
    ],
)
def test_any_spelling_and_any_shorter_form_finds_it(query: str) -> None:
    assert query_key(query) in number_keys("67/KH-UBND")
    assert query_key(query) in number_keys("67/2020/KH-UBND")
    assert query_key(query) in number_keys("067 kh ubnd")


@pytest.mark.parametrize(
    "query", ["68/KH-UBND", "6/KH-UBND", "67/KH-HĐND", "67/QĐ-UBND", "67/2021/KH-UBND", "67/UBND", "67/K-UBND"]
)
def test_another_number_does_not_find_it(query: str) -> None:
    assert query_key(query) not in number_keys("67/2020/KH-UBND")
    assert query_key(query) not in number_keys("67/KH-UBND")


def test_keys() -> None:
    assert number_keys("067/KH-UBND") == ("67/kh-ubnd", "67/khubnd", "67khubnd", "67/kh", "67kh")
    assert set(number_keys("45/2020/NĐ-CP")) >= {"45/nd-cp", "45/nd", "45/2020/nd-cp", "45/2020/nd", "45ndcp"}
    assert "45/2020" not in number_keys("45/2020/NĐ-CP")
    assert query_key("1C/VP") not in number_keys("1/CVP")


_NUMBERS = st.builds(
    DocumentNumber,
    st.integers(1, 99_999).map(str),
    st.sampled_from(["", "1976", "2020"]),
    st.sampled_from(sorted(DOCUMENT_TYPES)),
    st.sampled_from(sorted(set(ORGANS))),
)


def _written(number: DocumentNumber, first: str, second: str) -> str:
    year = f"/{number.year}" if number.year else ""
    return f"{number.number}{year}{first}{number.type}{second}{number.organ}"


@settings(max_examples=300)
@given(_NUMBERS, st.sampled_from(["/", "-", " / "]), st.sampled_from(["/", "-", " - "]))
def test_what_is_written_is_read(number: DocumentNumber, first: str, second: str) -> None:
    assert parse_number(_written(number, first, second)) == number


@settings(max_examples=300)
@given(
    _NUMBERS,
    st.sampled_from([str.lower, str.upper, fold]),
    st.sampled_from([("/", "-"), ("-", "/"), (" ", "-"), ("", "-")]),
)
def test_spellings_share_their_key(
    number: DocumentNumber, spell: Callable[[str], str], separators: tuple[str, str]
) -> None:
    typed = spell(_written(number, *separators) if not number.year else _written(number, "/", "-"))
    keys = number_keys(_written(number, "/", "-"))
    assert query_key(typed) in keys
    assert query_key("0" + typed) in keys


@settings(max_examples=300)
@given(_NUMBERS, _NUMBERS)
def test_different_numbers_have_different_keys(one: DocumentNumber, other: DocumentNumber) -> None:
    same_letters = fold(one.type + one.organ) == fold(other.type + other.organ)
    same = one.number == other.number and same_letters and one.year in ("", other.year)
    assert (query_key(_written(one, "/", "-")) in number_keys(_written(other, "/", "-"))) == same


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kế hoạch 67/KH-UBND năm 2020", ["67/KH-UBND"]),
        ("kế hoạch 67/KH UBND tỉnh", ["67/KH UBND"]),
        ("tìm 67 kh ubnd 2020", ["67 kh ubnd"]),
        ("67khubnd so hoa", ["67khubnd"]),
        ("Nghị định 45/2020/NĐ-CP, 142-CP; 137-KL/TW.", ["45/2020/NĐ-CP", "142-CP", "137-KL/TW"]),
        ("Nơi nhận: 67/KH-UBND- Lưu: VT", ["67/KH-UBND"]),
        ("(458/QĐ-TTg)", ["458/QĐ-TTg"]),
        ("12/QĐ-UBND ngày 3/4/2020 và 13/QĐ-UBND", ["12/QĐ-UBND", "13/QĐ-UBND"]),
        ("67/KH của UBND", ["67/KH"]),
    ],
)
def test_finds_numbers_in_sentences(text: str, found: list[str]) -> None:
    spans = find_numbers(text)
    assert [text[start:end] for start, end, _ in spans] == found
    assert [number for _, _, number in spans] == [parse_number(written) for written in found]


def test_finds_the_numbers_of_real_documents() -> None:
    found = [[text[start:end] for start, end, _ in find_numbers(text)] for text in real_texts()]
    assert found == [
        ["137-KL/TW", "47-KH/BCĐ", "851/BNV-CVT&LTNN", "01-KL/BCĐ", "851/ BNV-CVT&LTNN", "04/2014/TT-BNV"],
        ["458/QĐ-TTg", "17/NQ-CP", "01/2013/NĐ-CP"],
    ]


@settings(max_examples=300)
@given(
    st.text()
    | st.lists(st.sampled_from(["67", "/", "-", " ", "KH", "ubnd", "2020", "QH15", "&", "số", "C"])).map("".join)
)
def test_anything_typed_is_survived(text: str) -> None:
    for start, end, number in find_numbers(text):
        assert text[start:end].startswith(number.number) or text[start:end].upper().startswith(number.number)
    key = query_key(text)
    assert key is None or key in number_keys(text)


@pytest.mark.parametrize("unit", ["1 a/", "1a", "67/KH-", "1 ", "9" * 6 + " kh ", "1&a"])
def test_hostile_text_takes_no_longer_than_its_length(unit: str) -> None:
    started = time.perf_counter()
    find_numbers(unit * (100_000 // len(unit)))
    parse_number(unit * (100_000 // len(unit)))
    assert time.perf_counter() - started < 5
