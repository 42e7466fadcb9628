"""Many tests make a site and a database of their own: what takes its time there and shows nothing is left out."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine, event
from werkzeug.routing import Rule

Build = Callable[..., tuple[str, str]]


def compile_templates_once(folder: Path) -> None:
    """Every site that is made from now on keeps its compiled templates in this folder."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": FileSystemBytecodeCache(str(folder))}


def compile_addresses_once() -> None:
    """What builds the address of a rule depends on nothing but the rule's parts, as long as it has no defaults."""
    known: dict[tuple[object, ...], Build] = {}
    compile_builder = Rule._compile_builder

    def builder(rule: Rule, append_unknown: bool = True) -> Build:
        if rule.defaults:
            return compile_builder(rule, append_unknown)
        key = (*rule._trace, append_unknown)
        if key not in known:
            known[key] = compile_builder(rule, append_unknown)
        return known[key]

    Rule._compile_builder = builder  # type: ignore[assignment]


def write_without_waiting_for_the_disk() -> None:
    """Nothing in a test's SQLite has to outlive the machine; what this process commits outlives the process."""
    event.listen(Engine, "connect", _trust_the_machine)


def _trust_the_machine(connection: Any, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous = OFF")
