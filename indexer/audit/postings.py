"""Whether the dictionaries of an index hold what its documents say and nothing else."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.audit.derived import Derived
from indexer.audit.finding import Finding, Kind, Side
from indexer.audit.naming import name_terms
from indexer.audit.wordsums import WORD_FIELDS, Field, WordSums
from indexer.index.inventory import Inventory, Part
from indexer.index.schema import FACETS

MOST_REMEMBERED = 1000
"""Records that differ whose words are kept, to tell words they may have from words they may not."""


@dataclass
class Residue:
    """What deleted documents leave behind until their segment is merged: documents, and words of nothing else.

    No search reaches it, but the scores of other documents still count it.
    """

    documents: int = 0
    terms: int = 0


class Postings:
    """The sums of all documents of an inventory, to be compared with its dictionaries."""

    def __init__(self, inventory: Inventory) -> None:
        self._inventory = inventory
        self._remembered: dict[str, Derived] = {}
        self.sums = WordSums()
        self.residue = Residue()

    def remember(self, derived: Derived) -> None:
        """Keep what a record that differs may say."""
        if len(self._remembered) < MOST_REMEMBERED:
            self._remembered[derived.record_id] = derived

    def differences(self) -> Iterator[Finding]:
        """Words that more or fewer documents are found by than say them, with the records where they can be told."""
        self.residue = Residue(sum(self._inventory.size(part).deleted for part in Part))
        wrong = {
            field: self.sums.beginnings(field) for field in WORD_FIELDS if self._sum(field) != self.sums.sums[field]
        }
        if wrong:
            yield from name_terms(self._inventory, wrong, self._remembered)
        yield from self._facets()

    def _sum(self, field: Field) -> int:
        total = 0
        for term in self._inventory.terms(*field, self.sums.beginnings(field)):
            total += term.live * self.sums.number(field, term.word)
            self.residue.terms += not term.live
        return total

    def _facets(self) -> Iterator[Finding]:
        """Values by which records are filtered, beside the values that are counted."""
        columns = self._inventory.values()
        for name in FACETS:
            terms = self._inventory.terms(Part.RECORDS, f"facet_{name}", ())
            filtered, counted = Counter({term.word: term.live for term in terms}), Counter(columns[name])
            if filtered - counted:
                yield Finding(Side.LEAK, Kind.TERM, f"facet_{name}")
            if counted - filtered:
                yield Finding(Side.LATE, Kind.TERM, f"facet_{name}")
