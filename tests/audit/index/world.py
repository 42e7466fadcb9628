"""A small archive of everything that an audit tells apart, and indexes that hold it rightly or with something planted."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from access_policy.overlay import NO_OVERLAY, Overlay
from access_policy.record import DateSpan, Listing, Place, Withdrawal
from access_policy.register.restrictions import Restrictions
from access_policy.terms import Level
from indexer.audit.auditing import Audited, Sampling, audit
from indexer.audit.comparison import Comparison
from indexer.audit.finding import Kind, Side
from indexer.audit.standard import Standard
from indexer.index.document import Documents
from indexer.index.port import Follows, Generations, IndexReader
from indexer.pipeline import Tally
from indexer.pipeline import documents as derive
from indexer.sources.port import SourceRecord
from tests.index.corpus import FONDS, TODAY, pages, record
from tests.indexer.archives import ListedSource

CANARY = "zumkyra"
PAGE_CANARY = "vexoluth"

OPEN, CONDITIONAL, SECRET, LISTED, STUB, PARTLY = (f"h38.td.01.{number}" for number in range(1, 7))

RULED = Listing("DM-1", "", "đời tư", "", since=date(2020, 1, 1))
RESTRICTIONS = {
    LISTED: (RULED,),
    STUB: (replace(RULED, existence_shown=True),),
    PARTLY: (replace(RULED, pages=(2, 2)),),
}

ROWS = (
    SourceRecord(record(0, "Ty Điền địa", id=FONDS.id, level=Level.FONDS, mode=None, parents=())),
    SourceRecord(
        record(
            1,
            "Quyết định giao đất",
            creator="Ty Điền địa",
            number="67/QĐ-UB",
            dates=DateSpan(date(1976, 3, 12), date(1978, 3, 12), "1976-1978"),
            places=(Place("xã Tam Thăng", "Đà Nẵng"),),
            scope="Về việc giao đất làm nhà ở",
            keywords=("nhà ở",),
            page_count=2,
        ),
        pages("Điều 1. Giao đất cho 41 hộ gia đình", "Điều 2. Thi hành"),
    ),
    SourceRecord(record(2, "Hồ sơ nhân sự", mode="02", page_count=1), pages(f"lý lịch {PAGE_CANARY}")),
    SourceRecord(record(3, f"{CANARY} mật", mode="03", page_count=1), pages("kín")),
    SourceRecord(record(4, f"{CANARY} danh mục", page_count=1), pages("kín")),
    SourceRecord(record(5, f"{CANARY} biết có", page_count=1), pages("kín")),
    SourceRecord(record(6, "Biên bản họp", page_count=3), pages("mở đầu", f"{PAGE_CANARY} giữa", "kết thúc")),
)

Alter = Callable[[Documents], Iterable[Documents]]


@dataclass(frozen=True)
class Archive:
    """What the database says, and what the register says of it."""

    rows: Sequence[SourceRecord] = ROWS
    restrictions: Restrictions = field(default_factory=lambda: Restrictions(dict(RESTRICTIONS)))
    overlay: Overlay = NO_OVERLAY
    today: date = TODAY

    @property
    def source(self) -> ListedSource:
        """The rows as a source."""
        return ListedSource(self.rows)

    def documents(self) -> Iterator[Documents]:
        """What may be in the index."""
        return derive(self.rows, self.restrictions, today=self.today, tally=Tally(), refused=lambda _: None)


def unaltered(made: Documents) -> Iterable[Documents]:
    """As it may be."""
    return (made,)


def only(record_id: str, alter: Alter) -> Alter:
    """Alter the documents of one record and leave the others as they may be."""
    return lambda made: alter(made) if made[0].description.id == record_id else (made,)


def dropped(_made: Documents) -> Iterable[Documents]:
    """Leave a record out."""
    return ()


def held(
    generations: Generations, archive: Archive, alter: Alter = unaltered, *, besides: Iterable[Documents] = ()
) -> IndexReader:
    """An index of the archive with what was altered, and with what is written besides."""
    with generations.begin(Follows(archive.restrictions.revision, archive.today)) as writer:
        altered = (each for made in archive.documents() for each in alter(made))
        for record_document, own_pages in (*altered, *besides):
            writer.add(record_document, own_pages)
        writer.seal()
        generations.switch(writer)
    return generations.reader()


def forbidden(archive: Archive, record_id: str) -> Documents:
    """The documents of a record as they would be if nothing closed it."""
    (row,) = (row for row in archive.rows if row.record.id == record_id)
    opened = Archive((SourceRecord(replace(row.record, mode="01"), row.pages),), Restrictions({}), today=archive.today)
    return next(iter(opened.documents()))


def audited(
    generations: Generations, archive: Archive, *, canaries: int = 20, index: IndexReader | None = None
) -> Audited:
    """The audit of an index, without the portal."""
    measure = Standard(archive.restrictions, archive.overlay, archive.today)
    inventory = generations.inventory(today=archive.today, withheld=measure.withheld)
    return audit(
        archive.source,
        index or generations.reader(),
        measure,
        Sampling(canaries, "seed"),
        comparing=nullcontext(Comparison(inventory, today=archive.today)),
        ask_portal=None,
    )


def told(done: Audited, side: Side, kind: Kind) -> set[tuple[str, str, int]]:
    """The findings of one side and kind: field, record id, page."""
    return {(each.field, each.record_id, each.page) for each in done.findings.named[side, kind]}


TOMORROW = TODAY + timedelta(days=1)
WITHDRAWN = Withdrawal(since=TODAY, reason="")
