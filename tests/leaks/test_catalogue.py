"""The leak catalogue: ways in which archives' portals have told what may not be known, each with its own test here.

The tests of this folder begin with the number of the line they prove:

 1 closed text is indexed                    17 masters and other formats exempt from the rules
 2 a masked hit confirms a word              18 a cached image served without a check
 3 field aliases, raw engine queries         19 the mark missed on one path
 4 a question without the access filter      20 a permit for one record opens another
 5 facet values of hidden records            21 files reached past the gate
 6 zero-count buckets and term lists         22 protected answers kept by caches
 7 autocomplete                              26 another error for hidden than for absent
 8 scores and their statistics               27 a date ignored by discovery
 9 the filter on hidden attributes           28 a new restriction not applied everywhere
10 search filtered, detail page not          29 an unknown, missing or contradictory status shown
11 no filter means everything                30 forwarding headers believed
12 wildcard fields, the whole source         31 a check that each route must remember
13 access selection after counting
14 dated but not "restricted" text indexed
15 thumbnails and previews
16 the picture that stands for a record

Lines 23 and 24 (harvesting) and 25 (searching within a document) have no channel on this site yet; a route for one of
them fails the test of the list of routes, and comes with its own test here.
"""

import ast
from pathlib import Path

from tests.leaks.archive import EDITIONS, VRENLOK, ZUMKYRA
from tests.leaks.questions import every_address
from tests.leaks.world import World, answer

LINES = frozenset(range(1, 32)) - {23, 24, 25}


def test_every_line_of_the_catalogue_has_a_test() -> None:
    proved = set()
    for module in Path(__file__).parent.glob("test_*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and node.name[5:7].isdigit():
                proved.add(int(node.name[5:7]))
    assert proved == LINES


def test_no_byte_of_any_answer_tells_one_edition_from_another(worlds: dict[str, World]) -> None:
    """The strongest form of most lines at once: hidden material changes no status, no header, no body."""
    addresses = list(every_address(ZUMKYRA))
    assert len(addresses) > 500
    told = []
    for address in addresses:
        answers = {answer(worlds[name].site, address) for name in EDITIONS}
        if len(answers) > 1:
            told.append(address)
    assert told == []


def test_the_editions_do_differ_in_what_is_hidden(worlds: dict[str, World]) -> None:
    """The test above could not fail if the words were not there: what opens tomorrow says them tomorrow."""
    said = {
        name: any(words.title in repr(row.record) for row in world.source.listed for words in (ZUMKYRA, VRENLOK))  # type: ignore[union-attr]
        for name, world in worlds.items()
    }
    assert said == {"zumkyra": True, "vrenlok": True, "empty": False}
