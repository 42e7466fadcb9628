"""Measures of source files, as numbers and lists that tests can judge."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("access_policy", "indexer", "portal")

VAGUE_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "base", "manager", "processor"})

# Ways in which a test can pass for one that ran.
SKIPS = frozenset({"skip", "skipif", "skipIf", "skipUnless", "SkipTest", "xfail", "expectedFailure", "importorskip"})


def tracked_files(root: Path = ROOT) -> list[Path]:
    """Every file that git tracks, or would track, and that exists."""
    listing = subprocess.run(
        # A clone that belongs to another account is read all the same.
        ["git", "-c", f"safe.directory={root}", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=True,
    )
    return [root / name for name in listing.stdout.decode().split("\0") if name and (root / name).is_file()]


def python_files(folders: Iterable[str], root: Path = ROOT) -> list[Path]:
    return sorted(path for folder in folders for path in (root / folder).rglob("*.py"))


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and length in lines, docstring included and decorators not, of each function and method."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            yield node.name, node.end_lineno - node.lineno + 1


def skips(path: Path) -> list[int]:
    """The lines on which a test file names a way to be skipped or to be expected to fail."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return sorted(node.lineno for node in nodes if isinstance(node, ast.expr | ast.alias) and _is_skip(node))


def vague(path: Path) -> bool:
    """Whether a module, or a package that it is in, is named by what anything could be."""
    return not VAGUE_NAMES.isdisjoint([path.stem.strip("_"), *path.parent.relative_to(ROOT).parts])


def percentile(numbers: Sequence[int], share: int) -> int:
    """The smallest of `numbers` that at least `share` per cent of them do not exceed."""
    ordered = sorted(numbers)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def _is_skip(node: ast.expr | ast.alias) -> bool:
    match node:
        case ast.Attribute(attr=name) | ast.alias(name=name):
            return name in SKIPS
        case ast.Call(func=ast.Name(id=name)):
            return name in SKIPS
        case _:
            return False
