"""The sums say the same as counting every word would, and a sample draws the same whatever the order."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.audit.sampling import Sample
from indexer.audit.stored import searched
from indexer.audit.wordsums import WORD_FIELDS, Field, Worded, WordSums, words_of
from tests.audit.index.world import OPEN, Archive

WORDS = (
    "giao",
    "Đất",
    "đất",
    "hòa",
    "hoà",
    "67/QĐ-UB",
    "Lê Lý",
    "zumkyra",
    "1976",
    "ủy-ban",
    "漢字",
    "•••",
    "",
    "a b a b",
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
WORDED = st.builds(
    Worded,
    title=TEXTS,
    about=st.lists(TEXTS, max_size=3),
    codes=st.lists(st.sampled_from(("67/qd", "67qd")), max_size=2, unique=True),
    pages=st.lists(TEXTS, max_size=3),
)


def counted(archive: list[Worded]) -> dict[Field, Counter[str]]:
    found: dict[Field, Counter[str]] = {field: Counter() for field in WORD_FIELDS}
    for worded in archive:
        for field, words in words_of(worded):
            found[field].update(words)
    return found


def summed(sums: WordSums, dictionary: dict[Field, Counter[str]]) -> dict[Field, int]:
    return {
        field: sum(sums.number(field, word) * count for word, count in words.items())
        for field, words in dictionary.items()
    }


@settings(max_examples=150)
@given(st.lists(WORDED, max_size=5))
def test_sums_of_documents_are_sums_of_their_dictionary(archive: list[Worded]) -> None:
    sums = WordSums()
    for worded in archive:
        sums.add(worded)
    dictionary = counted(archive)
    assert summed(sums, dictionary) == {field: sums.sums[field] for field in WORD_FIELDS}
    for field, words in dictionary.items():
        assert {word[:1] for word in words} <= sums.beginnings(field)


@settings(max_examples=50)
@given(WORDED, st.sampled_from(WORD_FIELDS), st.integers(-2, 2).filter(bool))
def test_one_posting_more_or_less_changes_the_sum(worded: Worded, field: Field, change: int) -> None:
    sums = WordSums()
    sums.add(worded)
    dictionary = counted([worded])
    dictionary[field]["vexoluth vex"] += change
    assert summed(sums, dictionary)[field] != sums.sums[field]


def test_pages_alone_count_as_pages() -> None:
    whole, alone = WordSums(), WordSums()
    whole.add(Worded(pages=["giao đất", "đất"]))
    alone.add_pages(["giao đất", "đất"])
    assert whole.sums.keys() > alone.sums.keys()
    assert all(bool(alone.sums[field]) for field in alone.sums)


def test_what_a_description_is_found_by_is_what_the_pipeline_says() -> None:
    for made, _pages in Archive().documents():
        if made.title:
            assert sorted(searched(made.description)) == sorted(made.about)
    assert OPEN


@settings(max_examples=50)
@given(st.lists(st.integers(0, 60)), st.randoms(), st.integers(0, 12))
def test_a_sample_depends_on_the_seed_and_the_values_alone(values: list[int], chance: object, size: int) -> None:
    turned = list(values)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    first, second = Sample[int](size, "seed"), Sample[int](size, "seed")
    for sample, given_values in ((first, values), (second, turned)):
        for value in given_values:
            sample.add(value)
    assert first.drawn() == second.drawn()
    assert len(first.drawn()) == min(size, len(set(values)))
    assert set(first.drawn()) <= set(values)


def test_another_seed_draws_others() -> None:
    drawn = []
    for seed in ("a", "b"):
        sample = Sample[int](10, seed)
        for value in range(1000):
            sample.add(value)
        drawn.append(sample.drawn())
    assert drawn[0] != drawn[1]
