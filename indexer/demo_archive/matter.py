"""What a document is about."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Matter:
    """One matter: titles of files, subjects that follow a kind of document ("Quyết định …"), sentences of the body.

    Texts have places left open for names (`slots.py`). `since` and `until` bound the years it comes up in.
    """

    key: str
    keywords: str
    file_titles: tuple[str, ...]
    subjects: tuple[str, ...]
    sentences: tuple[str, ...]
    since: int = 1946
    until: int = 2100

    def fits(self, year: int) -> bool:
        """True when papers of this year speak of it."""
        return self.since <= year <= self.until
