"""The measures themselves, on sources made up for the purpose."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.architecture.source import functions, line_count, percentile, python_files, tracked_files


@given(st.lists(st.integers(0, 1000), min_size=1), st.integers(1, 100))
def test_a_percentile_bounds_its_share_and_no_smaller_number_does(numbers: list[int], share: int) -> None:
    bound = percentile(numbers, share)
    assert bound in numbers
    assert 100 * sum(number <= bound for number in numbers) >= share * len(numbers)
    assert 100 * sum(number < bound for number in numbers) < share * len(numbers)


def test_functions_are_measured_with_methods_and_inner_ones(tmp_path: Path) -> None:
    source = tmp_path / "sample.py"
    source.write_text(
        "@decorated\n"
        "def outer():\n"
        "    '''Docstring.'''\n"
        "    async def inner():\n"
        "        pass\n"
        "\n"
        "class Thing:\n"
        "    def method(self): ...\n"
    )
    assert sorted(functions(source)) == [("inner", 2), ("method", 1), ("outer", 4)]
    assert line_count(source) == 8


def test_python_files_are_found_in_every_depth(tmp_path: Path) -> None:
    for name in ("a/one.py", "a/b/c/two.py", "a/other.txt", "z/three.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert [path.name for path in python_files(["a"], tmp_path)] == ["two.py", "one.py"]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    return tmp_path


def test_tracked_files_leave_out_what_is_ignored(repository: Path) -> None:
    (repository / ".gitignore").write_text("ignored\n")
    for name in ("ignored", "new", "Phông lưu trữ"):
        (repository / name).touch()
    assert {path.name for path in tracked_files(repository)} == {".gitignore", "new", "Phông lưu trữ"}
