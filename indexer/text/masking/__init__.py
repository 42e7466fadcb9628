"""Personal numbers and birthdays in a page's text: hidden in the text, and found on the image."""

from indexer.text.masking.births import PERSONAL_YEARS
from indexer.text.masking.boxes import boxes_of, masked_words, spans_under, uncovered
from indexer.text.masking.figures import Span
from indexer.text.masking.masked import HIDDEN, Masked, mask

__all__ = [
    "HIDDEN",
    "PERSONAL_YEARS",
    "Masked",
    "Span",
    "boxes_of",
    "mask",
    "masked_words",
    "spans_under",
    "uncovered",
]
