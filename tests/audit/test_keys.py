"""Pseudonyms say nothing and never change; each key is good for one thing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.audit.keys import ANONYMOUS, derived, entries_key, heads_key, is_reader_id, log_key, reader_id
from tests.audit.entries import KEY, STRANGER

SECRET = b"s" * 32


def test_a_pseudonym_is_always_the_same_and_different_for_each_reader_and_key() -> None:
    asked = ["079", "0790", "79", ""]
    found = [reader_id(KEY, account) for account in asked]
    assert found == [reader_id(KEY, account) for account in asked]
    assert len({*found, reader_id(STRANGER, "079")}) == len(asked) + 1


@settings(max_examples=50)
@given(st.text(max_size=60))
def test_a_pseudonym_has_always_the_same_form(account: str) -> None:
    found = reader_id(KEY, account)
    assert is_reader_id(found)
    assert len(found) == 32


def test_names_numbers_and_addresses_are_no_pseudonyms() -> None:
    assert is_reader_id(ANONYMOUS)
    for person in ("Nguyễn Văn An", "079201012345", "an@example.vn", "192.0.2.7", "", "A" * 32, "0" * 31, "0" * 33):
        assert not is_reader_id(person)


def test_the_log_has_its_own_key_or_one_derived_from_the_secret_of_the_portal() -> None:
    assert log_key(KEY, secret_key=SECRET) == KEY
    assert log_key(b"", secret_key=SECRET) == derived(SECRET, "access log")
    assert log_key(b"", secret_key=SECRET) not in (SECRET, log_key(b"", secret_key=b"t" * 32))


def test_no_key_is_used_for_two_things() -> None:
    assert len({KEY, entries_key(KEY), heads_key(KEY), derived(KEY, "access log readers")}) == 4
