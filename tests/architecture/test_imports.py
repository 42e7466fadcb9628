"""Which package may import which: the contracts of pyproject.toml hold, and there are some."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT


def test_every_contract_is_kept() -> None:
    command = Path(sys.executable).parent / "lint-imports"
    answer = subprocess.run([command], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    kept = re.search(r"Contracts: (\d+) kept, 0 broken", answer.stdout)
    assert kept is not None, answer.stdout
    assert int(kept[1]) >= 1
