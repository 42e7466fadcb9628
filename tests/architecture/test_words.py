"""Words that no file of the project may hold, and names that no module may have."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.source import PACKAGES, ROOT, python_files, skips, tracked_files, vague

# Written so that this file does not hold the words itself; the host names below likewise.
UNFINISHED = re.compile(r"\b(TOD[O]|FIXM[E])\b")

# Where packages come from is the business of the machine that installs them, not of this project.
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("maven", "org"),
        ("maven", "apache", "org"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
        ("archive", "ubuntu", "com"),
    )
)


def texts() -> dict[str, str]:
    """The text files of the project by name; a file that is not UTF-8 is none."""
    found = {}
    for path in tracked_files():
        try:
            found[str(path.relative_to(ROOT))] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


def test_the_files_are_found() -> None:
    assert {"pyproject.toml", "requirements.txt", ".ci/run", "tests/architecture/test_words.py"} <= set(texts())


def test_nothing_is_left_for_later() -> None:
    assert [name for name, text in texts().items() if UNFINISHED.search(text)] == []


def test_no_file_names_a_package_registry() -> None:
    assert [(name, host) for name, text in texts().items() for host in REGISTRIES if host in text] == []


def test_no_module_is_named_by_what_anything_could_be() -> None:
    assert [str(path.relative_to(ROOT)) for path in python_files((*PACKAGES, "deploy", "tests")) if vague(path)] == []


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    found = {str(path.relative_to(ROOT)): len(skips(path)) for path in python_files(["tests"])}
    without_java = {"tests/conftest.py": 1}  # said aloud on a machine that cannot run OpenSearch; a failure in CI
    assert {name: count for name, count in found.items() if count} == without_java


def test_the_words_are_recognised(tmp_path: Path) -> None:
    assert UNFINISHED.search("# " + "TO" + "DO: later")
    assert not UNFINISHED.search("a MASTODON")
    assert vague(ROOT / "portal" / "utils.py")
    assert vague(ROOT / "portal" / "common" / "reader.py")
    assert not vague(ROOT / "portal" / "database.py")
    sample = tmp_path / "test_sample.py"
    sample.write_text(
        "import pytest, unittest\n"
        "@pytest.mark.skipif(True, reason='')\n"
        "def test_a(): pytest.skip()\n"
        "@unittest.expectedFailure\n"
        "def test_b(): assert 'skip' and outcome.skipped\n"
        "from pytest import importorskip\n"
        "xfail()\n"
    )
    assert skips(sample) == [2, 3, 4, 6, 7]
