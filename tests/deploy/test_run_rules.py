"""The rules of a test run that tests/conftest.py sets, seen from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from tests.servers.portal import ROOT

LONG = """
import pytest

@pytest.mark.long
def test_long():
    pass

def test_short():
    pass
"""

SKIPPING = {
    "by_call": "import pytest\ndef test_one():\n    pytest.{}('no reason')\n".format("skip"),
    "by_mark": "import pytest\n@pytest.mark.{}\ndef test_one():\n    pass\n".format("skip"),
    "by_expected_failure": "import pytest\n@pytest.mark.{}\ndef test_one():\n    raise ValueError\n".format("xfail"),
    "whole_module": "import pytest\npytest.{}('absent_module')\n".format("importorskip"),
}

INI = "[pytest]\nmarkers =\n    long: l\n    browser: b\n    postgres: p\n    redis: r\n"


def pytest_run(folder: Path, *arguments: str, ci: str) -> subprocess.CompletedProcess[str]:
    (folder / "pytest.ini").write_text(INI)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-p", "no:cacheprovider", *arguments]
    env = {**os.environ, "CI": ci, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def skipping(tmp_path: Path) -> Path:
    for name, source in SKIPPING.items():
        (tmp_path / f"test_{name}.py").write_text(source)
    return tmp_path


def test_in_ci_each_skipped_test_fails(skipping: Path) -> None:
    answer = pytest_run(skipping, "--continue-on-collection-errors", ci="true")
    assert answer.returncode == 1
    assert "2 failed, 2 errors" in answer.stdout
    assert answer.stdout.count("which CI does not accept") >= len(SKIPPING)


def test_in_ci_one_expected_failure_is_enough_to_fail_the_run(skipping: Path) -> None:
    answer = pytest_run(skipping, "test_by_expected_failure.py", ci="true")
    assert answer.returncode == 1


def test_elsewhere_skipped_tests_are_only_reported(skipping: Path) -> None:
    answer = pytest_run(skipping, ci="false")
    assert answer.returncode == 0
    assert "3 skipped, 1 xfailed" in answer.stdout


def test_long_tests_wait_until_they_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / "test_case.py").write_text(LONG)
    assert "1 passed, 1 deselected" in pytest_run(tmp_path, ci="true").stdout
    assert "2 passed" in pytest_run(tmp_path, "--long", ci="true").stdout


def test_made_up_cases_are_the_same_in_each_run() -> None:
    profile = settings()
    assert profile.derandomize
    assert profile.deadline is None
