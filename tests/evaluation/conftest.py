"""The demonstration archive, a smaller one, and queries drawn from it, made once for all tests here."""

from __future__ import annotations

import pytest

from tests.evaluation.datasets import Archive, Files, built


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return built(tmp_path_factory.mktemp("evaluated"))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return built(tmp_path_factory.mktemp("small"), pages=500)


@pytest.fixture(scope="session")
def known(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Files:
    return archive.draw(tmp_path_factory.mktemp("known") / "items")


@pytest.fixture(scope="session")
def small_known(small: Archive, tmp_path_factory: pytest.TempPathFactory) -> Files:
    return small.draw(tmp_path_factory.mktemp("small-known") / "items", queries=120)
