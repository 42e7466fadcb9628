"""A folder of messages: whole files, for one pair of eyes, in order."""

import json
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from portal.notices.message import Channel, Message, NoticeFailed
from portal.notices.outlets import open_outlets
from portal.notices.spool import Spool, newest

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
MESSAGE = Message(Channel.SMS, "+84912345678", "", "123456 là mã của ông/bà")


def test_a_message_is_one_file_that_only_the_portal_reads(tmp_path: Path) -> None:
    Spool(tmp_path / "sms").send(MESSAGE, now=NOW)
    [file] = (tmp_path / "sms").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert json.loads(file.read_bytes()) == {
        "channel": "sms",
        "to": "+84912345678",
        "subject": "",
        "text": "123456 là mã của ông/bà",
        "at": "2026-11-21T03:00:00+00:00",
    }


def test_a_message_with_an_id_keeps_it(tmp_path: Path) -> None:
    Spool(tmp_path).send(replace(MESSAGE, id="notice-7.ab"), now=NOW)
    assert newest(tmp_path, 1)[0]["id"] == "notice-7.ab"


def test_names_sort_by_time_and_the_newest_are_found(tmp_path: Path) -> None:
    for minute in (3, 1, 2):
        Spool(tmp_path).send(replace(MESSAGE, text=str(minute)), now=NOW + timedelta(minutes=minute))
    (tmp_path / ".unfinished.json").write_text("{")
    assert [kept["text"] for kept in newest(tmp_path, 2)] == ["3", "2"]
    assert newest(tmp_path / "nothing", 2) == []


def test_two_messages_of_one_moment_are_two_files(tmp_path: Path) -> None:
    for _ in range(20):
        Spool(tmp_path).send(MESSAGE, now=NOW)
    assert len(list(tmp_path.iterdir())) == 20


def test_a_folder_that_cannot_be_written_has_failed_without_the_address(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NoticeFailed) as failed:
        Spool(tmp_path / "file").send(MESSAGE, now=NOW)
    assert "84912345678" not in str(failed.value)


def test_a_write_that_breaks_off_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: int) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr("portal.notices.spool.os.fsync", full)
    with pytest.raises(NoticeFailed, match="28"):
        Spool(tmp_path).send(MESSAGE, now=NOW)
    assert list(tmp_path.iterdir()) == []


def test_without_an_outlet_nothing_is_sent(tmp_path: Path) -> None:
    outlets = open_outlets(mail=None, sms_folder=tmp_path, sms_gateway=None, demo_folder=None)
    assert outlets.channels == (Channel.SMS,)
    with pytest.raises(NoticeFailed, match="no outlet for email"):
        outlets.send(replace(MESSAGE, channel=Channel.EMAIL), now=NOW)
    assert list(tmp_path.iterdir()) == []


def test_in_a_demonstration_everything_goes_into_its_folder(tmp_path: Path) -> None:
    outlets = open_outlets(mail=None, sms_folder=tmp_path / "sms", sms_gateway=None, demo_folder=tmp_path / "demo")
    assert outlets.channels == (Channel.EMAIL, Channel.SMS)
    for channel in Channel:
        outlets.send(replace(MESSAGE, channel=channel), now=NOW)
    assert {kept["channel"] for kept in newest(tmp_path / "demo", 9)} == {"email", "sms"}
    assert not (tmp_path / "sms").exists()
