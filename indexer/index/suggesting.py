"""Completing what is being typed with titles, the same way for every engine."""

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.index.port import Suggestion
from indexer.text.clean import clean
from indexer.text.tokens import fold_tokens, tokens

CANDIDATES = 64
"""How many fitting titles an engine fetches before the best are chosen; past that, engines may choose differently."""


@dataclass(frozen=True)
class SuggestionWords:
    """Finished words, and the beginning of the last one, all folded."""

    finished: tuple[str, ...]
    beginning: str

    def fit(self, runs: tuple[str, ...]) -> bool:
        """True when one run of folded tokens holds every finished word, and a word that begins like the last."""
        held = [run.split() for run in runs]
        return any(
            all(word in run for word in self.finished) and any(word.startswith(self.beginning) for word in run)
            for run in held
        )


def suggestion_words(text: str) -> SuggestionWords | None:
    """The words typed so far, or None when there are none yet."""
    *finished, beginning = fold_tokens(clean(text)) or [""]
    return SuggestionWords(tuple(dict.fromkeys(finished)), beginning) if beginning else None


def best_titles(titles: Iterable[tuple[str, str]], text: str, limit: int) -> tuple[Suggestion, ...]:
    """The best of (title, record id): the same accents first, then those that begin so, then the shorter ones."""
    typed = " ".join(tokens(clean(text)))
    folded = " ".join(fold_tokens(clean(text)))

    def order(candidate: tuple[str, str]) -> tuple[bool, bool, int, str, str]:
        title = " ".join(tokens(candidate[0]))
        bare = " ".join(fold_tokens(candidate[0]))
        return (typed not in title, not bare.startswith(folded), len(title), title, candidate[1])

    best: dict[str, Suggestion] = {}
    for title, record_id in sorted(titles, key=order):
        best.setdefault(title, Suggestion(title, record_id))
    return tuple(best.values())[:limit]
