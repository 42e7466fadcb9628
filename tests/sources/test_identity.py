"""Ids: stable, safe in a URL, never the same for two codes."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access_policy.terms import Level
from indexer.sources.identity import CodeTooLong, fonds_id, id_in_fonds, item_id, slug

CODES = st.text(st.sampled_from("abAB01.-_/ đĐưé"), min_size=1, max_size=8).map(str.strip).filter(bool)


@settings(max_examples=300)
@given(CODES, CODES)
def test_slugs_meet_only_where_codes_differ_in_nothing_but_case(one, other):
    if slug(one) == slug(other):
        assert one.lower() == other.lower()
    assert re.fullmatch(r"[a-z0-9_-]+", slug(one))


@pytest.mark.parametrize(
    ("one", "other"), [("A.B", "A-B"), ("A B", "A-B"), ("Đ.1", "D.1"), ("12", "1.2"), ("TĐĐ.11", "TDD.11"), ("-", "/")]
)
def test_codes_that_look_alike_stay_apart(one, other):
    assert slug(one) != slug(other)


def test_levels_and_fonds_do_not_run_into_each_other():
    ids = {
        id_in_fonds(level, "h47.a", "1", given_prefix="") for level in Level if level not in (Level.FONDS, Level.ITEM)
    }
    ids |= {fonds_id("H47", "A"), fonds_id("H4", "7.A"), item_id("h47.a.hs-1", "1", given_prefix="")}
    assert len(ids) == 9


def test_a_prefix_is_dropped_only_where_it_stands():
    short = id_in_fonds(Level.FILE, "h47.a", "H47.A.1991.1", given_prefix="H47.A")
    assert short == "h47.a.hs-1991-1"
    assert id_in_fonds(Level.FILE, "h47.a", "1991.1", given_prefix="H47.A") != short
    assert id_in_fonds(Level.FILE, "h47.a", "H47.A", given_prefix="H47.A") == "h47.a.hs-x-h47-a"


def test_ids_too_long_for_the_register_are_refused():
    with pytest.raises(CodeTooLong):
        fonds_id("a" * 60, "b" * 60)
