"""Putting a full generation into service: caught up first, so that nothing that was closed meanwhile shows again."""

from dataclasses import replace
from datetime import date

from access_policy.register.store import Register
from indexer.index.port import Generation, Generations
from indexer.keeping.catching_up import BATCH, PLAIN, Steps, catch_up
from indexer.keeping.early import shown_early
from indexer.sources.port import Source

ROUNDS = 10
"""How often a generation catches up before it is put into service although there is always something new."""


class ShowsTooMuch(Exception):
    """A generation shows what the register hides today, so it was not put into service."""


def put_into_service(
    generation: Generation,
    generations: Generations,
    source: Source,
    register: Register,
    *,
    today: date,
    steps: Steps = PLAIN,
) -> None:
    """Catch up, switch, and catch up with what came in between.

    While it is switched nobody else writes, and the generation has seen all that the one in service has seen. Raises
    what `catch_up` raises, and ShowsTooMuch; then the one in service was not touched, unless it was the last catching
    up that failed: the new one stays in service, and whoever follows it goes on there. Doing it again does no harm.
    """
    alone = replace(steps, turn=PLAIN.turn)
    for _ in range(ROUNDS):
        if catch_up(generation, source, register, today=today, steps=alone).changes < BATCH:
            break
    with steps.turn():
        catch_up(generation, source, register, today=today, steps=replace(alone, ended=PLAIN.ended))
        restrictions, reader = register.restrictions(), generation.reader()
        for record_id in shown_early(restrictions, reader, today=today, overlay=register.overlay(reader.revision())):
            raise ShowsTooMuch(f"{record_id} shows, though the register hides it today")
        steps.before_writing()
        generations.switch(generation)
    catch_up(generations, source, register, today=today, steps=steps)
