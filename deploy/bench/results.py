"""Figures of a bench run: each with the limit taken in the same run, as a table and as JSON."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Figure:
    """One measurement: ours against its limit. `ok` says whether the ratio keeps the goal."""

    value: float
    limit: float
    ratio: float
    goal: str
    ok: bool
    unit: str


def at_least(value: float, limit: float, goal: float, unit: str) -> Figure:
    """More is better: value / limit has to reach the goal."""
    return Figure(value, limit, value / limit, f">= {goal}", value / limit >= goal, unit)


def at_most(value: float, limit: float, goal: float, unit: str) -> Figure:
    """Less is better: value / limit has to stay within the goal."""
    return Figure(value, limit, value / limit, f"<= {goal}", value / limit <= goal, unit)


def show(figures: dict[str, Figure]) -> None:
    """A table in the terminal."""
    table = Table("name", "value", "limit", "unit", "ratio", "goal", "")
    for name, figure in figures.items():
        table.add_row(
            name,
            f"{figure.value:,.4g}",
            f"{figure.limit:,.4g}",
            figure.unit,
            f"{figure.ratio:.2f}",
            figure.goal,
            "ok" if figure.ok else "[bold]short[/bold]",
        )
    Console().print(table)


def write(figures: dict[str, Figure], file: Path) -> None:
    """{name: {value, limit, ratio, goal, ok, unit}}."""
    file.write_text(json.dumps({name: asdict(figure) for name, figure in figures.items()}, indent=2) + "\n")
