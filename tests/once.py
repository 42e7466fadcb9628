"""Many tests make a site of their own: what is the same in all of them is compiled once a process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flask import Flask
from jinja2 import FileSystemBytecodeCache
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
