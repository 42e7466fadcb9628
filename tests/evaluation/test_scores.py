"""The numbers, against what can be counted by hand."""

from __future__ import annotations

from math import log2, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.evaluation.measures import MEASURES, descending, measured
from indexer.evaluation.scores import ALL, estimate, rows

shares = st.lists(st.floats(0, 1, allow_nan=False), min_size=1, max_size=12)


def test_measures_are_those_of_the_textbook() -> None:
    judged = {"q": {"a": 3, "b": 1, "c": 1, "never": 0}}
    values = measured(judged, {"q": ("x", "a", "never", "b")})
    gained = 3 / log2(3) + 1 / log2(5)
    assert values["nDCG@10"]["q"] == pytest.approx(gained / (3 + 1 / log2(3) + 1 / log2(4)))
    assert values["MRR@10"]["q"] == pytest.approx(1 / 2)
    assert values["recall@100"]["q"] == pytest.approx(2 / 3)


def test_the_order_counts_and_not_the_names_of_the_documents() -> None:
    judged = {"first": {"z": 1}, "second": {"a": 1}}
    values = measured(judged, {"first": ("z", "a"), "second": ("z", "a")})
    assert values["MRR@10"] == {"first": 1.0, "second": 0.5}


@pytest.mark.parametrize(("rank", "reciprocal", "recall"), [(10, 1 / 10, 1), (11, 0, 1), (100, 0, 1), (101, 0, 0)])
def test_each_measure_looks_as_deep_as_it_says(rank: int, reciprocal: float, recall: float) -> None:
    found = (*(f"other{number}" for number in range(1, rank)), "it")
    values = measured({"q": {"it": 1}}, {"q": found})
    assert values["MRR@10"]["q"] == pytest.approx(reciprocal)
    assert values["recall@100"]["q"] == recall


def test_a_query_that_finds_nothing_has_nought_and_is_counted() -> None:
    judged = {"q1": {"a": 1}, "q2": {"a": 1}}
    found: dict[str, tuple[str, ...]] = {"q1": (), "q2": ("a",)}
    values = measured(judged, found)
    assert {name: values[name]["q1"] for name in MEASURES} == dict.fromkeys(MEASURES, 0.0)
    [row] = rows(values, found)
    assert (row.zero_hits, row.measures["MRR@10"].mean) == (0.5, 0.5)


def test_classes_have_a_row_each_and_all_have_one() -> None:
    found: dict[str, tuple[str, ...]] = {
        "title-001": ("a",),
        "ocr-noise-7": (),
        "title-002": ("b", "a"),
        "PLAIN-3": ("a",),
    }
    values = measured({query: {"a": 1} for query in found}, found)
    measures = {row.name: (row.queries, row.measures["MRR@10"].mean, row.zero_hits) for row in rows(values, found)}
    assert measures == {"title": (2, 0.75, 0.0), "ocr-noise": (1, 0.0, 1.0), ALL: (4, 0.625, 0.25)}


def test_scores_fall_with_the_rank() -> None:
    assert list(descending({"q": ("a", "b")})) == [("q", "a", 2.0), ("q", "b", 1.0)]


@settings(max_examples=40)
@given(shares)
def test_an_interval_lies_within_its_values_and_is_always_the_same(values: list[float]) -> None:
    found = estimate(values)
    assert min(values) - 1e-12 <= found.low <= found.high <= max(values) + 1e-12
    assert estimate(values) == found


def test_an_interval_is_as_wide_as_theory_says() -> None:
    values = [1.0] * 300 + [0.0] * 100
    found = estimate(values)
    half = 1.96 * sqrt(0.75 * 0.25 / len(values))
    assert found.mean == 0.75
    assert found.mean - found.low == pytest.approx(half, rel=0.15)
    assert found.high - found.mean == pytest.approx(half, rel=0.15)
