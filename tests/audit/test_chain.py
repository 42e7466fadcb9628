"""A line proves its own text: any change of any byte shows."""

import hashlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.audit.chain import GENESIS, Break, NotALine, chained, read
from tests.audit.entries import KEY, STRANGER, entry, forged

LINE, HASH = chained(7, entry(1).facts(), previous=GENESIS, key=KEY)


@settings(max_examples=100)
@given(st.text(max_size=100), st.integers(), st.sampled_from(["page-image", "yêu cầu", '"},{"', "\r\n\0"]))
def test_what_is_written_is_read(record_id: str, page: int, event: str) -> None:
    facts = entry(1).facts() | {"record": record_id, "page": page, "event": event}
    line, digest = chained(2, facts, previous="f" * 64, key=KEY)
    link = read(line, KEY)
    assert (link.sequence, link.hash, link.previous, link.broken) == (2, digest, "f" * 64, None)
    assert {"at": facts["at"], **link.facts} == facts


@settings(max_examples=300)
@given(st.integers(0, len(LINE) - 1), st.integers(1, 255))
def test_any_changed_byte_shows(place: int, change: int) -> None:
    changed = bytearray(LINE)
    changed[place] ^= change
    try:
        broken = read(bytes(changed), KEY).broken
    except NotALine:
        return
    assert broken is not None


@settings(max_examples=200)
@given(st.integers(0, len(LINE) - 1), st.integers(0, len(LINE)))
def test_any_piece_of_a_line_is_no_line(start: int, length: int) -> None:
    piece = LINE[start : start + length]
    if piece != LINE:
        with pytest.raises(NotALine):
            read(piece, KEY)


def test_the_hash_can_be_made_without_the_key_and_the_seal_cannot() -> None:
    changed = forged(LINE.replace(b'"allowed"', b'"refused"'))
    assert read(LINE.replace(b'"allowed"', b'"refused"'), KEY).broken is Break.CHANGED
    assert read(changed, KEY).broken is Break.FORGED
    assert read(chained(7, entry(1).facts(), previous=GENESIS, key=STRANGER)[0], KEY).broken is Break.FORGED


def test_an_inspector_without_the_key_checks_hashes_as_the_document_says() -> None:
    values = json.loads(LINE)
    body = LINE[: LINE.rindex(b',"hash":')] + b"}"
    assert hashlib.sha256(body).hexdigest() == values["hash"] == HASH
    assert json.loads(body) == {name: value for name, value in values.items() if name not in ("hash", "seal")}


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"{}",
        b"null",
        b"[" * 5000,
        b'{"sequence":"1","at":"2026-11-30T23:59:30+00:00","previous":""',
        b'{"sequence":true,"at":"2026-11-30T23:59:30+00:00","previous":""',
        b'{"sequence":1,"at":"yesterday","previous":""',
        b'{"sequence":1,"at":"2026-11-30T23:59:30+00:00","previous":0',
        b'{"sequence":' + b"9" * 5000 + b',"at":"2026-11-30T23:59:30+00:00","previous":""',
        b'{"x":"' + b"x" * 20_000 + b'"',
        b"\xff\xfe",
    ],
    ids=range(11),
)
def test_what_is_no_entry_is_never_taken_for_one(body: bytes) -> None:
    with pytest.raises(NotALine):
        read(body + LINE[-150:], KEY)
