"""The whole repair of a field: what needs nothing is given back as it is, and that is what the long way would do."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.text.clean import clean, reveal
from indexer.text.folding import LETTERS
from indexer.text.legacy import decode_legacy, to_tcvn3
from indexer.text.repair import repair

PROPER = st.text(
    alphabet=st.sampled_from([*sorted(LETTERS), *map(chr, range(32, 127)), "\n", "“", "…", "–"]), max_size=80
)


def the_long_way(text: str) -> str:
    decoded, encoding = decode_legacy(reveal(text))
    if encoding == "unicode" and "\u00ad" in decoded:
        decoded, _ = decode_legacy(clean(decoded))
    return clean(decoded)


@given(PROPER)
def test_the_short_way_and_the_long_way_agree(text: str) -> None:
    assert repair(text) == the_long_way(text)


@given(st.text(max_size=60))
def test_they_agree_on_any_text(text: str) -> None:
    assert repair(text) == the_long_way(text)


def test_references_come_before_encodings_and_soft_hyphens_after() -> None:
    assert repair("H&aring; s&not;") == "Hồ sơ"
    assert repair(to_tcvn3("quyết định giao đất cho hợp tác xã")) == "quyết định giao đất cho hợp tác xã"
