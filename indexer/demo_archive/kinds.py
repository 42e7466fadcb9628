"""Kinds of documents: how often each is written, by period."""

from indexer.demo_archive.dice import Dice

DECISION, REPORT, PROPOSAL, MINUTES, LETTER, PLAN = "02", "14", "15", "20", "22", "10"
RESOLUTION, DIRECTIVE, NOTICE, CONTRACT, MAP, COMPLAINT = "01", "03", "07", "21", "30", "32"

_AFTER_1975 = (
    (DECISION, 34.0),
    (LETTER, 16.0),
    (PROPOSAL, 13.0),
    (REPORT, 12.0),
    (MINUTES, 8.0),
    (PLAN, 5.0),
    (NOTICE, 5.0),
    (RESOLUTION, 3.0),
    (DIRECTIVE, 3.0),
    (COMPLAINT, 3.0),
)
_BEFORE = (
    (DECISION, 30.0),
    (LETTER, 22.0),
    (PROPOSAL, 16.0),
    (REPORT, 16.0),
    (MINUTES, 8.0),
    (NOTICE, 5.0),
    (COMPLAINT, 3.0),
)


def kind_of(dice: Dice, year: int) -> str:
    """A code of TT 05/2025 for the kind of a document of this year."""
    return dice.weighted(_AFTER_1975 if year >= 1975 else _BEFORE)
