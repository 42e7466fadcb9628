"""The tables of mutations fit the source, and a trial tells a mutation that a test notices from every other outcome."""

from __future__ import annotations

import ast
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from deploy.mutations.mutation import Mutation, read_tables
from deploy.mutations.run import tried
from deploy.mutations.trial import Colour, NotGreen, Trials, judged
from tests.architecture.source import PACKAGES
from tests.servers.portal import ROOT

TABLE = read_tables()


def test_there_are_enough_and_each_has_a_name_and_a_sentence() -> None:
    assert len(TABLE) >= 100
    assert not [each.name for each in TABLE if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each.name)]
    assert not [each.name for each in TABLE if not re.fullmatch(r"[A-Z].{20,150}\.", each.protects)]
    assert len({each.protects for each in TABLE}) == len(TABLE)


@pytest.mark.parametrize("mutation", TABLE, ids=lambda each: each.name)
def test_every_mutation_fits_the_source_as_it_is(mutation: Mutation) -> None:
    """When this fails, somebody has changed a protected line: the table has to follow, or the protection is gone."""
    assert mutation.misfit(ROOT) == ""
    assert mutation.becomes != mutation.text
    assert mutation.file.split("/")[0] in PACKAGES
    ast.parse((ROOT / mutation.file).read_text().replace(mutation.text, mutation.becomes))


@pytest.mark.parametrize("test", sorted({test for each in TABLE for test in each.tests}))
def test_every_test_that_has_to_notice_is_there(test: str) -> None:
    module, _, name = test.partition("::")
    tree = ast.parse((ROOT / module).read_text())
    assert not name or name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.long
def test_a_real_protection_that_is_taken_away_turns_a_test_red() -> None:
    answer = subprocess.run(
        ["deploy/bin/check", "--mutations", "days-begin-in-viet-nam"],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "days-begin-in-viet-nam: red" in answer.stderr
    assert "test_27_days_begin_at_midnight_in_viet_nam" in answer.stdout


@pytest.mark.parametrize("arguments", [["no-such-mutation"], ["four-eyes", "nor-this"], ["--fast"]])
def test_an_unknown_name_is_wrong_usage(arguments: list[str]) -> None:
    answer = subprocess.run(
        ["deploy/bin/check", "--mutations", *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert answer.returncode == 2
    assert arguments[-1] in answer.stderr


SOURCE = 'def may_enter(name: str) -> bool:\n    return name == "reader"\n'
TESTS = """
from portal.door import may_enter

def test_nobody_else_enters() -> None:
    assert may_enter("reader")
    assert not may_enter("anybody")
"""
OPENED = Mutation(
    "opened", "Only readers enter.", "portal/door.py", 'name == "reader"', "bool(name)", ("tests/test_door.py",)
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one protection and one test."""
    files = {"pyproject.toml": "[tool.pytest.ini_options]\n", "portal/__init__.py": "", "portal/door.py": SOURCE}
    for name, text in (files | {"tests/__init__.py": "", "tests/test_door.py": TESTS}).items():
        (tmp_path / "project" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "project" / name).write_text(text)
    (tmp_path / "project" / ".venv").symlink_to(ROOT / ".venv")
    return tmp_path / "project"


MADE: dict[str, tuple[Mutation, Colour, str]] = {
    "noticed": (OPENED, Colour.RED, "tests/test_door.py::test_nobody_else_enters"),
    "not noticed": (replace(OPENED, becomes='name.strip() == "reader"'), Colour.GREEN, "no test noticed"),
    "no Python": (replace(OPENED, becomes="name =="), Colour.ERROR, "syntax"),
    "a name nobody knows": (replace(OPENED, becomes="somebody"), Colour.ERROR, "somebody"),
    "nonsense": (replace(OPENED, becomes="name.nothing()"), Colour.ERROR, "AttributeError"),
    "a test that is not there": (replace(OPENED, tests=("tests/test_door.py::test_x",)), Colour.ERROR, "ended with 4"),
    "no text": (replace(OPENED, text="name != 'reader'"), Colour.ERROR, "0 times"),
    "text that stands twice": (replace(OPENED, text="name"), Colour.ERROR, "2 times"),
}


def test_a_trial_tells_what_became_of_a_mutation_and_leaves_the_project_alone(project: Path, tmp_path: Path) -> None:
    (tmp_path / "scratch").mkdir()
    trials = Trials(project, tmp_path / "scratch")
    trials.check(OPENED.tests)
    for name, (mutation, colour, said) in MADE.items():
        outcome = trials.attempt(mutation)
        assert outcome.colour is colour, name
        assert said.lower() in outcome.said.lower(), name
    assert (project / "portal/door.py").read_text() == SOURCE
    assert [folder.name for folder in (tmp_path / "scratch").iterdir()] == ["unmutated"]


@pytest.mark.long
def test_tests_that_fail_anyway_tell_nothing(project: Path, tmp_path: Path) -> None:
    (project / "tests/test_door.py").write_text(TESTS.replace("not may", "may"))
    (tmp_path / "scratch").mkdir()
    with pytest.raises(NotGreen, match="test_nobody_else_enters"):
        Trials(project, tmp_path / "scratch").check(OPENED.tests)
    assert tried(project, [OPENED]) == 1


@pytest.mark.long
def test_one_that_nobody_notices_fails_the_run_and_one_that_does_not_fit_stops_it(project: Path) -> None:
    assert tried(project, [OPENED]) == 0
    assert tried(project, [OPENED, MADE["not noticed"][0]]) == 1
    (project / "tests/test_door.py").unlink()
    assert tried(project, [OPENED, MADE["no text"][0]]) == 1, "before any test is run"


@pytest.mark.parametrize(
    ("status", "said", "colour"),
    [
        (0, "1 passed", Colour.GREEN),
        (1, "FAILED tests/a.py::test_b[x y] - assert 1 == 2", Colour.RED),
        (1, "FAILED tests/a.py::test_b", Colour.RED),
        (1, "ERROR tests/a.py::test_b - assert 1 == 2", Colour.ERROR),
        (1, "FAILED tests/a.py::test_b - NameError: name 'x' is not defined", Colour.ERROR),
        (2, "ERROR tests/a.py - ImportError", Colour.ERROR),
        (5, "no tests ran", Colour.ERROR),
        (-9, "", Colour.ERROR),
    ],
)
def test_only_a_test_that_failed_has_noticed(status: int, said: str, colour: Colour) -> None:
    assert judged(status, said)[0] is colour


@pytest.mark.parametrize("table", ["", "x = 1", "[[mutation]]\nname = 'a'", "[[mutation]]\nname = 'a'\nother = 1", "["])
def test_a_table_that_is_none_is_named(tmp_path: Path, table: str) -> None:
    (tmp_path / "doors.toml").write_text(table)
    with pytest.raises(ValueError, match=r"doors\.toml"):
        read_tables(tmp_path)
