"""The code lists."""

import pytest

from indexer.sources.codes import DOCUMENT_TYPE_NAMES, DOCUMENT_TYPES, LANGUAGES, MAINTENANCE, label


@pytest.mark.parametrize(
    ("codes", "written", "read"),
    [
        (LANGUAGES, "01", "Tiếng Việt"),
        (LANGUAGES, "9", "Hán Nôm"),
        (LANGUAGES, "99", "99"),
        (LANGUAGES, "Tiếng Việt", "Tiếng Việt"),
        (MAINTENANCE, "", ""),
        (DOCUMENT_TYPE_NAMES, "02", "Quyết định"),
    ],
)
def test_label(codes, written, read):
    assert label(codes, written) == read


def test_document_types_are_the_32_of_the_standard_each_with_its_own_abbreviation():
    assert list(DOCUMENT_TYPES) == [f"{number:02}" for number in range(1, 33)]
    abbreviations = [kind.abbreviation for kind in DOCUMENT_TYPES.values() if kind.abbreviation]
    assert len(set(abbreviations)) == len(abbreviations)
