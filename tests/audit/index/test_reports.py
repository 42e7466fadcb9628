"""Reports that follow one another: whatever is done to one of them is seen, and bad keys are one clear line."""

import json
import shutil
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from indexer.audit.chain import FIRST, ReportUnwritable, canonical, check_reports, write_report
from indexer.audit.signing import KeyUnusable, checking_key, public_half, signing_key

NOW = datetime(2026, 11, 21, 2, 30, 0, 123, tzinfo=UTC)


@pytest.fixture
def key(tmp_path: Path) -> Ed25519PrivateKey:
    return signing_key(tmp_path / "keys" / "audit.pem")


@pytest.fixture
def reports(tmp_path: Path, key: Ed25519PrivateKey) -> list[Path]:
    folder = tmp_path / "reports"
    return [
        write_report(folder, {"result": "clean", "number": number}, key=key, now=NOW + timedelta(days=number))
        for number in range(4)
    ]


def changed(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    sealed = json.loads(path.read_text())
    change(sealed)
    path.write_text(json.dumps(sealed))


def forged(sealed: dict[str, Any]) -> None:
    """All that can be done without the key: the digest anew, but not the signature."""
    import hashlib

    sealed["report"]["result"] = "clean, really"
    sealed["sha256"] = hashlib.sha256(canonical(sealed["report"])).hexdigest()


def test_reports_in_order_have_nothing_wrong(reports: list[Path], key: Ed25519PrivateKey) -> None:
    assert list(check_reports(reports, key=key.public_key())) == []
    assert list(check_reports(list(reversed(reports[1:])), key=key.public_key())) == []
    assert json.loads(reports[0].read_text())["report"]["previous"] == FIRST
    assert reports[0].name == "audit-20261121T023000.000123Z.json"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda sealed: sealed["report"].update(result="clean!"), "changed"),
        (lambda sealed: sealed["report"].update(more=1), "changed"),
        (lambda sealed: sealed.update(sha256="0" * 64), "changed"),
        (lambda sealed: sealed.update(signature="00" * 64), "not signed"),
        (lambda sealed: sealed.update(signature="nonsense"), "not signed"),
        (lambda sealed: sealed.pop("signature"), "not signed"),
        (lambda sealed: sealed.pop("report"), "not a report"),
        (forged, "not signed"),
    ],
)
def test_a_changed_report_is_seen(
    change: Callable[[dict[str, Any]], object], words: str, reports: list[Path], key: Ed25519PrivateKey
) -> None:
    changed(reports[1], change)
    found = dict(check_reports(reports, key=key.public_key()))
    assert words in found[reports[1]]
    assert set(found) <= set(reports[1:3])


def test_a_report_taken_out_replaced_or_turned_round_is_seen(reports: list[Path], key: Ed25519PrivateKey) -> None:
    follows = "does not follow the report before it"
    assert dict(check_reports([reports[0], *reports[2:]], key=key.public_key())) == {reports[2]: follows}
    shutil.copy(reports[0], reports[1])
    assert set(dict(check_reports(reports, key=key.public_key()))) == {reports[1], reports[2]}


def test_reports_of_another_key_are_not_signed(reports: list[Path]) -> None:
    found = check_reports(reports, key=Ed25519PrivateKey.generate().public_key())
    assert {reason for _, reason in found} == {"not signed with this key"}


def test_what_is_no_report_is_said_to_be_none(tmp_path: Path, key: Ed25519PrivateKey) -> None:
    files = [tmp_path / name for name in ("absent.json", "b.json", "c.json", "d.json")]
    for path, text in zip(files[1:], ("{", "[]", '{"report": 1}'), strict=True):
        path.write_text(text)
    assert dict(check_reports(files, key=key.public_key())) == dict.fromkeys(files, "not a report")


def test_a_report_that_cannot_be_chained_is_not_written(reports: list[Path], key: Ed25519PrivateKey) -> None:
    reports[-1].write_text("{}")
    with pytest.raises(ReportUnwritable):
        write_report(reports[0].parent, {}, key=key, now=NOW + timedelta(days=9))
    with pytest.raises(ReportUnwritable):
        write_report(reports[0], {}, key=key, now=NOW)
    assert sorted(reports[0].parent.glob("audit-*")) == reports


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "audit.pem"
    key = signing_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert signing_key(path).private_bytes_raw() == key.private_bytes_raw()
    path.unlink()
    assert checking_key(path).public_bytes_raw() == key.public_key().public_bytes_raw()


def test_keys_that_are_none_are_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "audit.pem"
    with pytest.raises(KeyUnusable, match=r"audit\.pub\.pem: No such file"):
        checking_key(path)
    public_half(path).write_text("none")
    path.write_text("none")
    for ask in (signing_key, checking_key):
        with pytest.raises(KeyUnusable, match="not a PEM file"):
            ask(path)
    with pytest.raises(KeyUnusable, match=r"Not a directory|File exists"):
        signing_key(path / "below" / "audit.pem")
