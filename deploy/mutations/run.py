"""Take every protection away in turn and see that a test notices."""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from deploy.mutations.mutation import Mutation, read_tables
from deploy.mutations.trial import Colour, NotGreen, Outcome, Trials

ROOT = Path(__file__).resolve().parents[2]
FAILED, USAGE = 1, 2
AT_ONCE = 2

console = Console(stderr=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 when every mutation turned a test red, 1 when one did not or could not be tried, 2: wrong usage."""
    parser = argparse.ArgumentParser(prog="check --mutations", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these mutations")
    names = parser.parse_args(arguments).names
    mutations = read_tables()
    unknown = sorted(set(names) - {each.name for each in mutations})
    if unknown:
        console.print(f"check: there is no mutation {', '.join(unknown)} (see check --help)", highlight=False)
        return USAGE
    return tried(ROOT, [each for each in mutations if not names or each.name in names])


def tried(root: Path, mutations: Sequence[Mutation]) -> int:
    """Try mutations of the project at `root` and print what became of each."""
    misfits = {each.name: misfit for each in mutations if (misfit := each.misfit(root))}
    for name, misfit in misfits.items():
        console.print(f"check: {name}: {misfit}", highlight=False)
    if misfits:
        return FAILED
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="archive-mutations-") as scratch:
        trials = Trials(root, Path(scratch))
        console.print("check: the tests without any mutation", highlight=False)
        try:
            trials.check({test for each in mutations for test in each.tests})
        except NotGreen as error:
            console.print(str(error), markup=False, highlight=False)
            console.print("check: these tests fail without any mutation, so they can tell nothing", highlight=False)
            return FAILED
        with ThreadPoolExecutor(AT_ONCE) as pool:
            outcomes = [_told(outcome) for outcome in pool.map(trials.attempt, mutations)]
    _show(outcomes, time.monotonic() - started)
    return 0 if all(outcome.colour is Colour.RED for outcome in outcomes) else FAILED


def _told(outcome: Outcome) -> Outcome:
    console.print(f"check: {outcome.mutation.name}: {outcome.colour.value}", highlight=False, markup=False)
    return outcome


def _show(outcomes: Iterable[Outcome], seconds: float) -> None:
    table = Table("protection", "", caption=f"{seconds:.0f} seconds in all")
    table.add_column("test that noticed", overflow="fold")
    table.add_column("seconds", justify="right")
    for outcome in outcomes:
        said = escape(outcome.said.removeprefix("tests/"))
        table.add_row(outcome.mutation.name, outcome.colour.value, said, f"{outcome.seconds:.1f}")
    Console(width=180).print(table)


if __name__ == "__main__":
    sys.exit(main())
