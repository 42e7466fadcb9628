"""A plugin for pytest: no test runs unless what it tests lies where it runs, not in the project it was copied from."""

import importlib
from pathlib import Path

import pytest

PACKAGES = ("access_policy", "indexer", "portal", "tests")


def pytest_configure() -> None:
    """Import every package that the working directory has, and see where it came from. Raises UsageError."""
    here = Path.cwd().resolve()
    for name in PACKAGES:
        if (here / name).is_dir():
            found = importlib.import_module(name).__file__
            if found is None or not Path(found).resolve().is_relative_to(here):
                raise pytest.UsageError(f"{name} was imported from {found} instead of {here}")
