"""Vietnamese to test with: two real documents, and sentences made of every syllable the language can have."""

from pathlib import Path

from hypothesis import strategies as st

from indexer.text.syllables import SYLLABLES

_REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "real"


def real_texts() -> list[str]:
    """The recognised text of the real documents, OCR faults and all."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(_REAL.glob("*.txt"))]
    assert len(texts) == 2
    return texts


syllables = st.sampled_from(sorted(SYLLABLES))
sentences = st.lists(syllables, min_size=1, max_size=30).map(" ".join)
