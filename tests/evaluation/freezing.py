"""The baseline: what the search scores on the demonstration archive, kept so that it is seen when it gets worse.

    python -m tests.evaluation.freezing

measures again and writes baseline.json; the difference is then to be read and committed with its cause.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.evaluation.evaluating import evaluate
from tests.evaluation.datasets import TODAY, Archive, Files, built

BASELINE = Path(__file__).with_name("baseline.json")
FALL, RISE = 0.01, 0.02

Numbers = dict[str, dict[str, float]]
"""Class -> measure -> value; zero_hits is the only measure of which less is better."""


def numbers_of(archive: Archive, known: Files) -> Numbers:
    """What the queries score now."""
    evaluation = evaluate(known.read(), archive.settings, depth=100, today=TODAY)
    return {
        row.name: {
            "nDCG@10": round(row.measures["nDCG@10"].mean, 4),
            "MRR@10": round(row.measures["MRR@10"].mean, 4),
            "zero_hits": round(row.zero_hits, 4),
        }
        for row in evaluation.rows
    }


def frozen() -> Numbers:
    """The baseline."""
    numbers: Numbers = json.loads(BASELINE.read_text(encoding="utf-8"))
    return numbers


def compared(before: Numbers, now: Numbers) -> tuple[list[str], list[str]]:
    """What got worse by more than FALL, and what got better by more than RISE, one line each."""
    worse, better = [], []
    for name in sorted(before.keys() | now.keys()):
        if name not in before or name not in now:
            worse.append(f"{name}: is {'not in the baseline' if name in now else 'not measured any more'}")
            continue
        for measure, value in before[name].items():
            gain = (value - now[name][measure]) if measure == "zero_hits" else (now[name][measure] - value)
            line = f"{name}: {measure} was {value}, is {now[name][measure]}"
            worse += [line] if gain < -FALL - 1e-9 else []
            better += [line] if gain > RISE + 1e-9 else []
    return worse, better


def freeze() -> None:
    """Measure and write the baseline."""
    with TemporaryDirectory() as folder:
        archive = built(Path(folder))
        numbers = numbers_of(archive, archive.draw(Path(folder) / "known"))
    BASELINE.write_text(json.dumps(numbers, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    freeze()
