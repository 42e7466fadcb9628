"""The document of requests says what the program does."""

from itertools import product

import pytest

from deploy.lib.requests_table import DOCUMENT, document
from portal.requests.states import EXTERNAL, Actor, State, Step, transition


def test_the_document_agrees_with_the_program() -> None:
    kept = DOCUMENT.read_text(encoding="utf-8")
    assert kept == document(kept), "run deploy/bin/requests-table"


def test_every_state_actor_and_step_stands_in_it_where_the_table_says_so() -> None:
    states = DOCUMENT.read_text(encoding="utf-8").partition("## States")[2].partition("## Deadlines")[0]
    rows = {cells[1].strip(" `"): cells[2:-1] for line in states.splitlines() if len(cells := line.split("|")) > 6}
    for state, (place, actor), step in product(State, enumerate(Actor), Step):
        said = {name.strip() for name in rows[state.value][1 + place].split(",")}
        assert (step.value in said) == (transition(step, state, frozenset({actor})) is not None), (state, actor, step)
    for state, status in EXTERNAL.items():
        assert rows[state.value][0].strip().startswith(f"{status.value} ")


def test_a_document_without_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="marks"):
        document("# Requests\n")
