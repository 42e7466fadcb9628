"""The tables of deploy/docs/requests.md, made from the program: states x actors x steps, external status, deadlines."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from portal.requests.provisions.defaults import DEFAULTS  # noqa: E402 - found by the line above
from portal.requests.provisions.models import Approvals, Deadlines, Provision  # noqa: E402
from portal.requests.states import EXTERNAL, TRANSITIONS, Actor, State, Transition, steps_of  # noqa: E402

DOCUMENT = ROOT / "deploy/docs/requests.md"
BEGIN, END = "<!-- made by deploy/bin/requests-table -->\n", "<!-- end -->\n"


def tables() -> str:
    """Everything between the two marks of the document."""
    steps = _table(("step", "in the states", "leads to", "by"), (_step(row) for row in TRANSITIONS))
    actors = tuple(actor.value for actor in Actor)
    states = _table(("state", "external status", *actors), (_state(state) for state in State))
    deadlines = _table(("kind", "class of the record", "working days"), _deadlines())
    approvals = _table(("class of the record", "kind", "requester", "decides", "four eyes"), _approvals())
    return "\n".join(
        (
            *("## Steps", "", steps, "## States", "", states),
            *("## Deadlines as delivered", "", deadlines, "## Who decides, as delivered", "", approvals),
        )
    )


def document(kept: str) -> str:
    """The document with the tables of today. ValueError when it lacks the marks."""
    before, begin, rest = kept.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("the document has lost the marks between which the tables stand")
    return f"{before}{BEGIN}\n{tables()}{END}{after}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _step(row: Transition) -> tuple[str, ...]:
    sources = ", ".join(state.value for state in row.sources)
    target = row.target.value if row.target else "the same"
    return f"`{row.step.value}`", sources, target, ", ".join(actor.value for actor in row.actors)


def _state(state: State) -> tuple[str, ...]:
    status = EXTERNAL.get(state)
    told = f"{status.value} {status.name.lower().replace('_', ' ')}" if status else "none"
    steps = [", ".join(step.value for step in steps_of(state, frozenset({actor}))) or "–" for actor in Actor]
    return f"`{state.value}`", told, *steps


def _deadlines() -> Iterable[tuple[str, ...]]:
    deadlines = DEFAULTS[Provision.DEADLINES]
    assert isinstance(deadlines, Deadlines)
    for row in deadlines.rows:
        yield row.kind.value, row.item.value, str(row.days)
    yield "any other", "any other", str(max(row.days for row in deadlines.rows))
    yield "receipt", "any", str(deadlines.receipt_days)
    yield "answer of the reader", "any", str(deadlines.patience_days)


def _approvals() -> Iterable[tuple[str, ...]]:
    approvals = DEFAULTS[Provision.APPROVALS]
    assert isinstance(approvals, Approvals)
    for row in approvals.rows:
        kind = row.kind.value if row.kind else "any"
        yield row.item.value, kind, row.requester.value, row.approver.value, "yes" if row.four_eyes else "no"
    yield "any other", "any", "anyone", "head", "yes"


def main() -> int:
    """Exit code 1 with `--check` when the document is behind."""
    kept = DOCUMENT.read_text(encoding="utf-8")
    today = document(kept)
    if sys.argv[1:] == ["--check"]:
        return int(kept != today)
    DOCUMENT.write_text(today, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
