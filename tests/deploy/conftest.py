"""What several tests of the deployment use."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.deploy.compose import HOST, make_secrets


@pytest.fixture(scope="session")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that deploy/compose/make-secrets fills; nobody changes anything in it."""
    folder = tmp_path_factory.mktemp("compose") / "secrets"
    made = make_secrets(str(folder), "--host", HOST, "--database", "postgresql+psycopg://reader:x@10.0.0.5/archive")
    assert made.returncode == 0, made.stderr
    return folder
