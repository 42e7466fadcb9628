"""The search does not get worse without anybody noticing."""

from __future__ import annotations

import copy

from indexer.evaluation.known_items import CLASSES
from indexer.evaluation.scores import ALL
from tests.evaluation.datasets import Archive, Files
from tests.evaluation.freezing import compared, frozen, numbers_of

COMMAND = "python -m tests.evaluation.freezing"


def test_no_class_scores_worse_than_the_baseline(archive: Archive, known: Files) -> None:
    worse, better = compared(frozen(), numbers_of(archive, known))
    assert worse == [], f"the search finds worse; if that is meant: {COMMAND}"
    assert better == [], f"the search finds better: keep it with {COMMAND}"


def test_the_baseline_is_about_every_class() -> None:
    assert set(frozen()) == {*CLASSES, ALL}


def test_a_fall_and_a_rise_are_told_apart() -> None:
    before = frozen()
    now = copy.deepcopy(before)
    now["title"]["nDCG@10"] -= 0.011
    now["phrase"]["MRR@10"] -= 0.01
    now["ocr-noise"]["zero_hits"] -= 0.021
    now["number"]["zero_hits"] += 0.02
    worse, better = compared(before, now)
    assert [line.split(":")[0] for line in worse] == ["number", "title"]
    assert [line.split(":")[0] for line in better] == ["ocr-noise"]


def test_a_class_that_is_gone_or_new_is_noticed() -> None:
    before = frozen()
    now = {name: numbers for name, numbers in before.items() if name != "tone"} | {"new": before["tone"]}
    assert compared(before, now)[0] == ["new: is not in the baseline", "tone: is not measured any more"]
