"""Lines 12 and 14: what goes into an index is a list of names and one rule, whatever a record holds."""

import json
from dataclasses import dataclass, fields
from datetime import date
from itertools import product

from access_policy.conditions import AccessConditions, Ground
from access_policy.disclosure import disclosure_of, page_disclosed
from access_policy.record import Record
from access_policy.rules import conditions_of
from access_policy.terms import AccessStatus, Audience, Known
from indexer.documents import to_documents
from indexer.index.description import Description, to_json
from indexer.index.document import RecordDocument
from indexer.index.schema import FACETS
from indexer.protection import ProtectedPage
from tests.leaks.archive import (
    TODAY,
    ZUMKYRA,
    pages,
    record,
)


@dataclass(frozen=True)
class RecordOfTomorrow(Record):
    """A record with a field that somebody has added and nobody has thought about yet."""

    donor_address: str = ""


SHOWN = (
    "id level reference_code archive_name title conditions ancestors dates creator creator_today document_type number "
    "language places scope keywords extent condition retention signs details page_count objects"
)


def test_12_a_new_field_of_a_record_is_in_no_document() -> None:
    plain = record("1", "Tên", page_count=1)
    given = RecordOfTomorrow(**{f.name: getattr(plain, f.name) for f in fields(Record)}, donor_address=ZUMKYRA.text)
    made = to_documents(given, [ProtectedPage(pages("chữ")[0])], conditions_of(given, ()), today=TODAY)
    assert made is not None
    assert ZUMKYRA.text not in repr(made)


def test_12_what_is_kept_of_a_record_is_the_list_that_stands_here() -> None:
    plain = record("1", "Tên")
    made = to_documents(plain, [], conditions_of(plain, ()), today=TODAY)
    assert made is not None
    assert " ".join(json.loads(to_json(made[0].description))) == SHOWN
    assert " ".join(f.name for f in fields(Description)) == SHOWN
    assert set(made[0].facets) == set(FACETS)
    assert {f.name for f in fields(RecordDocument)} - {"description", "disclosure", "facets"} == {
        *("lineage", "title", "about", "codes", "years", "parent_id", "date_order", "code_order"),
        *("row_key", "row_version"),
    }


def test_14_every_status_is_weighed_by_the_one_rule_of_disclosure() -> None:
    """Text is indexed when everybody may read it today, whatever a record is called and whenever it changes."""
    days = (None, TODAY, date(2026, 11, 22), date(2026, 11, 20))
    for status, known, audience, since, until in product(AccessStatus, Known, Audience, days, days):
        ground = Ground("public-mode", status, since, until, known, audience)
        conditions = AccessConditions((ground,))
        readable = ground.in_force(TODAY) and status is AccessStatus.OPEN and audience is Audience.EVERYONE
        expected = readable and known is Known.DESCRIPTION
        disclosure = disclosure_of(conditions, today=TODAY)
        assert page_disclosed(conditions, 1, today=TODAY) is expected
        assert (disclosure is not None and disclosure.text) is expected
        made = to_documents(record("1", "Tên", page_count=1), [ProtectedPage(pages("chữ")[0])], conditions, today=TODAY)
        assert (made is not None and len(made[1]) == 1) is expected
