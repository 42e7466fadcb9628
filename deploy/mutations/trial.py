"""Trying a mutation: a copy of the project is changed, the tests run there, and one of them has to fail."""

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from deploy.mutations.mutation import Mutation

SECONDS = 180
"""The longest that the tests of one mutation may take."""

SECONDS_UNCHANGED = 600

NOT_COPIED = shutil.ignore_patterns(".git", ".venv", ".var", ".hypothesis", ".*_cache", "__pycache__")

_FAILED = re.compile(r"^FAILED (?P<test>.+?)(?: - (?P<why>.*))?$", re.MULTILINE)
_BROKEN = re.compile(r"(?:Name|Import|ModuleNotFound|Syntax|Indentation|Attribute|Type)Error\b")
_TESTS_FAILED = 1
_IN_A_HURRY = {"PYTHONDONTWRITEBYTECODE": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


class Colour(Enum):
    """What became of a mutation: a test noticed, no test noticed, or nothing was learnt."""

    RED = "red"
    GREEN = "GREEN"
    ERROR = "ERROR"


@dataclass(frozen=True)
class Outcome:
    """`said` is the test that failed, or what went wrong."""

    mutation: Mutation
    colour: Colour
    said: str
    seconds: float


class NotGreen(Exception):
    """The tests fail without any mutation, so they cannot tell one. The argument is what pytest said."""


class Trials:
    """Trials of one project: an unmutated copy, from which every mutation gets a copy of its own."""

    def __init__(self, root: Path, scratch: Path) -> None:
        """Copies the project at `root`, which is only read, into the folder `scratch`."""
        self._environment = root / ".venv"
        self._scratch = scratch
        self._unmutated = scratch / "unmutated"
        shutil.copytree(root, self._unmutated, ignore=NOT_COPIED, symlinks=True)

    def check(self, tests: Iterable[str]) -> None:
        """Run tests on the unmutated copy, in two processes. Raises NotGreen.

        What Python compiles meanwhile stays with the copy, so that no trial has to compile it again.
        """
        two = ["--numprocesses=2", "--dist=loadfile"]
        done = self._pytest(self._unmutated, [*two, *sorted(set(tests))], SECONDS_UNCHANGED)
        if done.returncode:
            raise NotGreen(done.stdout + done.stderr)

    def attempt(self, mutation: Mutation) -> Outcome:
        """Make one mutation and see whether its tests notice. Safe in several threads."""
        started = time.monotonic()
        with tempfile.TemporaryDirectory(dir=self._scratch, prefix=f"{mutation.name}-") as folder:
            copy = Path(folder) / "project"
            shutil.copytree(self._unmutated, copy, symlinks=True)
            colour, said = self._attempt(mutation, copy)
        return Outcome(mutation, colour, said, time.monotonic() - started)

    def _attempt(self, mutation: Mutation, copy: Path) -> tuple[Colour, str]:
        if misfit := mutation.misfit(copy):
            return Colour.ERROR, misfit
        mutation.apply(copy)
        if broken := self._names_nothing_knows(copy / mutation.file):
            return Colour.ERROR, broken
        try:
            done = self._pytest(copy, list(mutation.tests), SECONDS, **_IN_A_HURRY)
        except subprocess.TimeoutExpired:
            return Colour.ERROR, f"its tests took longer than {SECONDS} seconds"
        return judged(done.returncode, done.stdout)

    def _names_nothing_knows(self, file: Path) -> str:
        """A mutation that does not even compile, or names what is not there, proves nothing."""
        ruff = [str(self._environment / "bin" / "ruff"), "check", "--isolated", "--output-format=concise"]
        done = subprocess.run(  # noqa: S603
            [*ruff, "--select=E9,F821", str(file)], capture_output=True, text=True, check=False
        )
        return done.stdout.splitlines()[0] if done.returncode else ""

    def _pytest(
        self, project: Path, arguments: Sequence[str], seconds: int, **more: str
    ) -> "subprocess.CompletedProcess[str]":
        own = {name: value for name, value in os.environ.items() if not name.startswith(("ARCHIVE_", "PYTEST_"))}
        python = str(self._environment / "bin" / "python")
        options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "deploy.mutations.whereabouts", "--tb=short"]
        return subprocess.run(  # noqa: S603
            [python, "-m", "pytest", *options, *arguments],
            cwd=project,
            env={**own, "COLUMNS": "400", **more},
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )


def judged(status: int, said: str) -> tuple[Colour, str]:
    """What pytest's exit status and words mean. Only a test that failed is a test that noticed: neither a collection
    that broke, nor a fixture, nor code that the mutation has made nonsense of.
    """
    if status == 0:
        return Colour.GREEN, "no test noticed"
    failed = _FAILED.search(said)
    if status != _TESTS_FAILED or failed is None:
        return Colour.ERROR, f"pytest ended with {status}: {_last_line(said)}"
    if _BROKEN.match(failed["why"] or ""):
        return Colour.ERROR, f"the mutated code is broken: {failed['why']}"
    return Colour.RED, failed["test"]


def _last_line(said: str) -> str:
    return next((line for line in reversed(said.splitlines()) if line.strip()), "nothing was said")
