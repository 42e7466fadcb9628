"""Modules and functions stay small enough to be read at one sitting."""

from __future__ import annotations

import pytest

from tests.architecture.source import PACKAGES, ROOT, functions, line_count, percentile, python_files

MOST_LINES = 300

MODULES = python_files(PACKAGES)
ALL_MODULES = python_files((*PACKAGES, "deploy", "tests"))

# A package's own `__init__` is often a line or two; counted, many of them would make any median look good.
SIZES = [line_count(path) for path in MODULES if path.name != "__init__.py"]


def test_there_is_something_to_measure() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in MODULES} == set(PACKAGES)
    assert len(SIZES) > 20


def test_no_module_is_longer_than_the_limit() -> None:
    too_long = {name: lines for name, lines in _sizes_by_name().items() if lines > MOST_LINES}
    assert too_long == {}


@pytest.mark.parametrize(("share", "most"), [(50, 90), (90, 200)])
def test_most_modules_are_small(share: int, most: int) -> None:
    assert percentile(SIZES, share) <= most


def test_most_functions_are_short() -> None:
    lengths = [lines for path in MODULES for _, lines in functions(path)]
    assert percentile(lengths, 90) <= 30


def _sizes_by_name() -> dict[str, int]:
    return {str(path.relative_to(ROOT)): line_count(path) for path in ALL_MODULES}
