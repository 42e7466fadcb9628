"""What the engine refuses is kept until it can be written, and whatever becomes of the machine no letter is misread."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from indexer.index.document import Documents
from indexer.index.memory.generations import MemoryGenerations
from indexer.index.port import Follows, Unwritten
from indexer.keeping.dead_letters import DeadLetter, DeadLetters, addressed
from indexer.keeping.lag import lag_of, write_metrics
from indexer.keeping.locks import Purpose
from indexer.keeping.open_locks import open_locks
from indexer.keeping.replaying import replay
from tests.indexer.changing import CHANGED_AT
from tests.indexer.kept import FONDS, IDS, NOON, Kept

LATER = datetime(2026, 11, 22, tzinfo=UTC)


class Refusing(MemoryGenerations):
    """An engine that takes everything but a few records."""

    refused: frozenset[str] = frozenset()

    def amend(
        self, targets: Mapping[str, int], documents: Iterable[Documents], follows: Follows
    ) -> Sequence[Unwritten]:
        made = list(documents)
        super().amend(targets, [each for each in made if each[0].description.id not in self.refused], follows)
        return [Unwritten(each[0].description.id, "no") for each in made if each[0].description.id in self.refused]


def letter(record_id: str, generation: str = "000001", at: datetime = NOON) -> DeadLetter:
    return DeadLetter(generation, record_id, record_id, "no", at)


def test_letters_are_kept_by_generation_the_newest_of_each_record(tmp_path: Path) -> None:
    letters = DeadLetters(tmp_path / "reports" / "dead-letters.jsonl")
    assert letters.of("000001") == []
    letters.add([letter("a"), letter("b"), letter("a", "000002")])
    letters.add([letter("a", at=LATER)])
    assert letters.of("000001") == [letter("b"), letter("a", at=LATER)]
    letters.settle("000001", {"a", "b"}, [letter("b", at=LATER)])
    assert letters.of("000001") == [letter("b", at=LATER)]
    assert letters.of("000002") == [letter("a", "000002")]
    letters.forget_others({"000001"})
    assert letters.of("000002") == []
    assert letters.file.stat().st_mode & 0o777 == 0o600


def test_a_line_that_was_cut_short_takes_no_other_with_it(tmp_path: Path) -> None:
    letters = DeadLetters(tmp_path / "dead-letters.jsonl")
    letters.add([letter("a"), letter("b")])
    letters.file.write_text(letters.file.read_text()[:-20])
    letters.add([letter("c")])
    assert letters.of("000001") == [letter("a"), letter("c")]


def test_a_refused_record_is_written_when_it_can_be(tmp_path: Path) -> None:
    generations = Refusing()
    kept = Kept(tmp_path, generations)
    kept.build()
    generations.refused = frozenset(IDS[:2])
    kept.source.change(IDS[0], title="Đo đạc")
    kept.source.change(IDS[1], title="Đo đạc")
    unwritten = [Unwritten(each, "no") for each in IDS[:2]]
    letters = DeadLetters(tmp_path / "dead-letters.jsonl")
    assert kept.catch_up().unwritten == 2
    letters.add(addressed(kept.source, "000001", unwritten, now=NOON))
    assert letters.of("000001") == [letter(each) for each in IDS[:2]]
    generations.refused = frozenset({IDS[1]})
    still = replay(letters, kept.source, kept.register.restrictions(), generations, now=LATER)
    assert still == letters.of("000001") == [letter(IDS[1], at=LATER)]
    assert kept.found("đo đạc") == [IDS[0]]
    kept.source.delete(IDS[1])
    generations.refused = frozenset()
    assert replay(letters, kept.source, kept.register.restrictions(), generations, now=LATER) == []
    assert letters.of("000001") == []
    kept.catch_up()
    assert kept.found() == [FONDS, IDS[0], IDS[2]]


def test_the_lag_is_told_to_people_and_to_a_monitoring_system(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.build()
    letters, locks = DeadLetters(tmp_path / "dead-letters.jsonl"), open_locks(f"sqlite:///{tmp_path / 'register.db'}")
    in_step = lag_of(kept.generations, kept.source, kept.register, letters, locks)
    assert (in_step.changes, in_step.oldest, in_step.revisions, in_step.dead_letters, in_step.leader) == (
        0,
        None,
        0,
        0,
        "",
    )
    kept.source.delete(IDS[0])
    kept.withdraw(IDS[1])
    kept.withdraw(IDS[2])
    letters.add([letter("a"), letter("a", "000000")])
    assert locks.take(Purpose.FOLLOWING)
    behind = lag_of(kept.generations, kept.source, kept.register, letters, locks)
    assert (behind.changes, behind.oldest, behind.revisions, behind.dead_letters) == (1, CHANGED_AT, 2, 1)
    assert "process" in behind.leader
    locks.release(Purpose.FOLLOWING)
    write_metrics(tmp_path / "metrics.prom", behind, now=CHANGED_AT + timedelta(seconds=90))
    measures = dict(
        line.split(" ") for line in (tmp_path / "metrics.prom").read_text().splitlines() if not line.startswith("#")
    )
    assert measures == {
        "archive_index_changes_waiting": "1",
        "archive_index_oldest_change_seconds": "90",
        "archive_index_register_revisions_behind": "2",
        "archive_index_dead_letters": "1",
        "archive_index_rebuild_needed": "0",
        "archive_index_follower": "1",
        "archive_index_last_round_timestamp_seconds": "1795233690",
    }
    kept.source.cut = len(kept.source.log)
    broken = lag_of(kept.generations, kept.source, kept.register, letters, locks)
    assert (broken.changes, bool(broken.broken)) == (None, True)
