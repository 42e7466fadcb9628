"""The people of the demonstration cannot be taken for real ones."""

from __future__ import annotations

from collections import Counter

import pytest

from portal.demo_provider.people import PEOPLE, DemoKind, DemoPerson

EVERYBODY = pytest.mark.parametrize("person", PEOPLE.values(), ids=lambda person: person.key)


def test_there_is_one_of_each_kind_that_a_demonstration_shows() -> None:
    kinds = Counter(person.kind for person in PEOPLE.values())
    assert kinds == {DemoKind.CITIZEN: 3, DemoKind.ENTERPRISE: 1, DemoKind.FOREIGNER: 1}
    citizens = [person for person in PEOPLE.values() if person.kind is DemoKind.CITIZEN]
    assert sorted(person.highest_level for person in citizens) == [1, 2, 2]


@EVERYBODY
def test_no_province_gives_out_such_a_number(person: DemoPerson) -> None:
    assert len(person.number) == 12
    assert person.number.isascii()
    assert person.number.isdigit()
    assert not 1 <= int(person.number[:3]) <= 96


def test_the_tax_code_has_a_wrong_check_digit() -> None:
    codes = [person.tax_code for person in PEOPLE.values() if person.tax_code]
    assert codes
    for code in codes:
        weighted = sum(
            weight * int(digit) for weight, digit in zip((31, 29, 23, 19, 17, 13, 7, 5, 3), code, strict=False)
        )
        assert len(code) == 10
        assert int(code[9]) != 10 - weighted % 11


def test_nobody_is_somebody_else() -> None:
    for name in ("subject", "tech_id", "number", "name"):
        assert len({getattr(person, name) for person in PEOPLE.values()}) == len(PEOPLE)
