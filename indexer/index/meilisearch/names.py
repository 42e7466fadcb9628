"""What the indexes of one site are called on a server that may hold others."""

from dataclasses import dataclass

from indexer.index.inventory import Part


@dataclass(frozen=True)
class Names:
    """All indexes of a site begin with its prefix: letters, digits, - and _."""

    prefix: str

    @property
    def state(self) -> str:
        """The small index that says which generation is current, and what each follows."""
        return f"{self.prefix}-generations"

    def index(self, generation: str, part: Part) -> str:
        """One of the two indexes of a generation."""
        return f"{self.prefix}-{generation}-{part.value}"
