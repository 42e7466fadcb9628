"""The filter of searching and the decision on one record are the same rule: every case around every boundary."""

from itertools import product

from access_policy.conditions import AccessConditions, Ground
from access_policy.decide import decide
from access_policy.disclosure import disclosure_of, page_disclosed
from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.terms import AccessStatus, Action, Known
from access_policy.visibility import visible_to
from tests.policy.cases import AROUND, CONDITIONS, DAY, DAYS, OPEN, READERS, TODAY


def test_a_fresh_index_finds_exactly_what_may_be_found() -> None:
    for conditions in CONDITIONS:
        for today in DAYS:
            disclosure = disclosure_of(conditions, today=today)
            for reader in READERS:
                found = disclosure is not None and visible_to(reader=reader, today=today, overlay=NO_OVERLAY).admits(
                    disclosure, ()
                )
                allowed = decide(Action.FIND, conditions, record_id="r", reader=reader, today=today).allowed
                assert found is allowed


def test_a_stale_index_never_finds_more_than_may_be_found() -> None:
    for conditions in CONDITIONS:
        for built in DAYS:
            disclosure = disclosure_of(conditions, today=built)
            if disclosure is None:
                continue
            for today in DAYS:
                for reader in READERS:
                    if visible_to(reader=reader, today=today, overlay=NO_OVERLAY).admits(disclosure, ()):
                        assert decide(Action.FIND, conditions, record_id="r", reader=reader, today=today).allowed


def test_text_in_a_stale_index_is_found_only_on_days_on_which_everybody_may_read_it() -> None:
    for conditions in CONDITIONS:
        for built in DAYS:
            disclosure = disclosure_of(conditions, today=built)
            if disclosure is None or not disclosure.text:
                continue
            for today in DAYS:
                for reader in READERS:
                    if visible_to(reader=reader, today=today, overlay=NO_OVERLAY).admits(disclosure, ()):
                        assert decide(Action.READ, conditions, record_id="r", reader=reader, today=today).allowed


def test_the_page_that_says_why_follows_the_same_rule() -> None:
    for conditions in CONDITIONS:
        for built in DAYS:
            disclosure = disclosure_of(conditions, today=built)
            for today, reader in product(DAYS, READERS):
                decisions = [
                    decide(action, conditions, record_id="r", reader=reader, today=today).allowed
                    for action in (Action.KNOW, Action.FIND)
                ]
                visibility = visible_to(reader=reader, today=today, overlay=NO_OVERLAY)
                shown = disclosure is not None and visibility.admits(disclosure, (), Known.EXISTENCE)
                assert decisions[0] or not shown
                assert decisions[0] or not decisions[1]
                if built == today:
                    assert shown is (decisions == [True, False])


def test_a_permit_opens_pages_and_never_a_search() -> None:
    with_permit, without = READERS[3], READERS[2]
    for conditions in CONDITIONS:
        for today in DAYS:
            found = [
                decide(Action.FIND, conditions, record_id="r", reader=r, today=today).allowed for r in READERS[2:4]
            ]
            assert found[0] == found[1]
            secret = conditions.governing(today).status is AccessStatus.SECRET
            read = decide(Action.READ, conditions, record_id="r", reader=with_permit, today=today)
            if any(permit.starts_on <= today <= permit.ends_on for permit in with_permit.permits) and not secret:
                assert read.allowed
            else:
                bare = decide(Action.READ, conditions, record_id="r", reader=without, today=today)
                assert read.allowed == bare.allowed


def test_text_of_a_closing_page_is_not_found_once_it_is_closed() -> None:
    for since in AROUND:
        for until in AROUND:
            closing = Ground("restricted-list", AccessStatus.CLOSED, since, until, pages=(2, 3))
            conditions = AccessConditions((OPEN, closing))
            for built, today in product(DAYS, DAYS):
                disclosure = disclosure_of(conditions, today=built)
                shown = disclosure is not None and visible_to(reader=ANONYMOUS, today=today, overlay=NO_OVERLAY).admits(
                    disclosure, ()
                )
                if shown and page_disclosed(conditions, 2, today=built):
                    assert page_disclosed(conditions, 2, today=today)


RANGES = ((1, 10), (1, 3), (6, 10), (4, 5))


def test_pages_between_nested_ranges_close_in_time_too() -> None:
    for chosen in product((None, TODAY - DAY, TODAY + DAY), repeat=len(RANGES)):
        closings = tuple(
            Ground("restricted-list", AccessStatus.CLOSED, since, pages=pages)
            for since, pages in zip(chosen, RANGES, strict=True)
            if since is not None
        )
        conditions = AccessConditions((OPEN, *closings))
        for built, today in product((TODAY, TODAY + DAY), repeat=2):
            disclosure = disclosure_of(conditions, today=built)
            if disclosure is None or not visible_to(reader=ANONYMOUS, today=today, overlay=NO_OVERLAY).admits(
                disclosure, ()
            ):
                continue
            for page in range(1, 12):
                if page_disclosed(conditions, page, today=built):
                    assert page_disclosed(conditions, page, today=today)
