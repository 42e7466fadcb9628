import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

_BENCH = Path(__file__).parents[2] / "deploy" / "bench" / "page_images.py"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("page_images", _BENCH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["marked_page", "first_view"])
def test_a_page_image_costs_little_more_than_it_must(bench: ModuleType, name: str) -> None:
    """Far wider than what is measured on a quiet machine; a needless second decoding or process would still show."""
    seconds, least = getattr(bench, name)(7)
    assert 0 < least < seconds < 4 * least
