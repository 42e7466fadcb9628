"""The source checks, on a small project with one fault of each kind."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.servers.portal import ROOT

CLEAN = {
    "pyproject.toml": (
        "[tool.mypy]\npackages = ['portal']\n"
        "[tool.importlinter]\nroot_package = 'portal'\n"
        "[[tool.importlinter.contracts]]\nname = 'one way'\ntype = 'forbidden'\n"
        "source_modules = ['portal.one']\nforbidden_modules = ['portal.two']\n"
    ),
    "portal/__init__.py": "",
    "portal/one.py": 'TITLE: str = "Sổ đinh"\n',
    "portal/two.py": 'TITLE: str = "Địa bạ"\n',
    "templates/page.html": "{% block title %}Trang{% endblock %}\n",
}

# What is added to a clean file, by the check that must find it, in the order in which the checks run.
FAULTS = {
    "lint": ("portal/two.py", "import os\n"),
    "format": ("portal/two.py", "YEAR = [ 1945]\n"),
    "types": ("portal/two.py", 'COUNT: int = "Địa bạ"\n'),
    "templates": ("templates/page.html", '<img src="a.png">\n'),
    "imports": ("portal/one.py", "from portal.two import TITLE\n"),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in CLEAN.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    for name in ("bin/check", "lib/terminal.sh"):
        (tmp_path / "deploy" / name).parent.mkdir(parents=True)
        shutil.copy(ROOT / "deploy" / name, tmp_path / "deploy" / name)
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    return tmp_path


def check(project: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["deploy/bin/check"], cwd=project, capture_output=True, text=True, timeout=120, check=False)


def test_a_clean_project_passes(project: Path) -> None:
    answer = check(project)
    assert answer.returncode == 0, answer.stdout
    assert answer.stderr.splitlines()[-1] == "check: all checks passed"


def test_each_fault_is_found_and_all_checks_run_before_it_fails(project: Path) -> None:
    for path, text in FAULTS.values():
        with (project / path).open("a") as file:
            file.write(text)
    answer = check(project)
    assert answer.returncode == 1
    assert answer.stderr.splitlines()[-1] == f"check: failed: {' '.join(FAULTS)}"
    for words in ("`os` imported but unused", "would be reformatted", "Incompatible types", "H013", "one way BROKEN"):
        assert words in answer.stdout


def test_one_fault_is_enough_to_fail(project: Path) -> None:
    path, text = FAULTS["templates"]
    (project / path).write_text(text)
    answer = check(project)
    assert answer.returncode == 1
    assert answer.stderr.splitlines()[-1] == "check: failed: templates"


def test_without_the_tools_it_says_what_to_run(project: Path) -> None:
    (project / ".venv").unlink()
    answer = check(project)
    assert answer.returncode == 3
    assert "deploy/bin/install --dev" in answer.stderr
