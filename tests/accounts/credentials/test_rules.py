"""What may be a password, and the rules as data."""

from __future__ import annotations

import unicodedata

import pytest

from portal.accounts.credentials.hashing import Hashing
from portal.accounts.credentials.passwords import PasswordFault, faults_of, normalised, one_time_password
from portal.accounts.credentials.rules import RULES, RULES_VERSION, PasswordRules

F = PasswordFault


def faults(password: str, *, login: str = "hanh.nt", name: str = "Nguyễn Thị Hạnh", code: bool = True) -> set[F]:
    return set(faults_of(normalised(password), PasswordRules(), login=login, name=name, second_factor=code))


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("Mưa rào 7 ngày", set()),
        ("Đường 9 xưa", set()),
        ("ĐườngXưa9", {F.CLASSES}),
        ("đường 9 xưa", {F.CLASSES}),
        ("ĐƯỜNG 9 XƯA", {F.CLASSES}),
        ("Đường xưa ơi", {F.CLASSES}),
        ("Đ 9 xưa", {F.TOO_SHORT}),
        ("Hanh.NT-2026", {F.OWNER}),
        ("Nguyen Thi Hanh 1", {F.OWNER}),
        ("1 thị hạnh Ở", {F.OWNER}),
        ("P@ssw0rd-2026", {F.COMMON}),
        ("M4tkh4u-nh@2026", set()),
        ("Password-2026", {F.COMMON}),
        ("Mật Khẩu 123", {F.COMMON}),
        ("Luu Tru 2026!", {F.COMMON}),
        ("Aa1-Aa1-", {F.COMMON}),
        ("x" * 129, {F.TOO_LONG, F.CLASSES, F.COMMON}),
    ],
)
def test_passwords(password: str, expected: set[F]) -> None:
    assert faults(password) == expected
    assert faults(unicodedata.normalize("NFD", password)) == expected


def test_without_a_code_a_password_is_longer() -> None:
    assert faults("Mưa 7 ngày", code=True) == set()
    assert faults("Mưa 7 ngày", code=False) == {F.TOO_SHORT}
    assert faults("Mưa rào 7 ngày", code=False) == set()


def test_a_short_name_may_stand_in_a_password_by_chance() -> None:
    assert faults("Bình an 7 phần", login="zz", name="An") == set()


def test_handed_out_passwords_keep_the_rules() -> None:
    handed_out = [one_time_password() for _ in range(200)]
    assert len(set(handed_out)) == 200
    assert [password for password in handed_out if faults(password, code=False)] == []


def test_every_rule_has_a_source_and_words_in_both_languages() -> None:
    assert RULES_VERSION
    assert len({rule.name for rule in RULES}) == len(RULES) == 9
    for rule in RULES:
        assert rule.words
        assert rule.words_en
        assert rule.citation.text


@pytest.mark.parametrize(
    "lax",
    [
        {"length": 7},
        {"length_alone": 7},
        {"history": 9},
        {"administrator_days": 61},
        {"failures": 6},
        {"lock_hours": 11},
        {"lock_hours": 721},
        {"idle_days": 46},
    ],
)
def test_nothing_is_set_laxer_than_the_law(lax: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=next(iter(lax))):
        PasswordRules(**lax)


def test_the_standard_cost_is_what_is_written_into_a_hash() -> None:
    hashing = Hashing()
    kept = hashing.hash("x")
    assert "$argon2id$v=19$m=19456,t=2,p=1$" in kept
    assert hashing.verify(kept, "x")
    assert not hashing.verify(kept, "y")
    assert not hashing.verify("", "x")
    assert not hashing.verify("not a hash", "x")
    assert not hashing.outdated(kept)
