"""The other commands of the register: what they do, what they say, how they end, and that the papers name them."""

from datetime import UTC, date, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from access_policy.overlay import Withholding
from access_policy.register.categories import CATEGORIES
from indexer.cli import main
from indexer.lists.headings import HEADINGS
from tests.lists.conftest import FILE_IDS, FONDS_ID, Office

A, B, *_ = FILE_IDS
GUIDE = (Path(__file__).parents[2] / "deploy/docs/register.md").read_text(encoding="utf-8")
GROUPS: dict[str, click.Group] = {name: main.commands[name] for name in ("list", "register")}  # type: ignore[misc]
COMMANDS = [
    *((group, name) for group, command in GROUPS.items() for name in command.commands),
    *((name,) for name in ("withdraw", "lift", "redact")),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_and_stands_in_the_guide(command: tuple[str, ...]) -> None:
    told = CliRunner().invoke(main, [*command, "--help"])
    assert told.exit_code == 0
    assert "Exit codes: 0 done" in " ".join(told.output.split())
    assert f"archive-indexer {' '.join(command)}" in GUIDE


@pytest.mark.parametrize("heading", [name for names in HEADINGS.values() for name in names[:1]])
def test_every_column_stands_in_the_guide(heading: str) -> None:
    assert f"| {heading} |" in GUIDE


@pytest.mark.parametrize("category", CATEGORIES, ids=lambda category: category.code)
def test_every_category_stands_in_the_guide(category: object) -> None:
    assert f"| `{category.code}` | {category.words} |" in GUIDE  # type: ignore[attr-defined]


def listed(office: Office, number: str = "1/DM") -> None:
    office.importing(office.write("target,category", f"{A},khác"), number=number)


def test_activating_takes_two_people(office: Office) -> None:
    listed(office)
    same = office.run("list", "activate", "1/DM", "--from", "01/01/2027", "--by", "an")
    assert (same.exit_code, "somebody else" in same.output) == (1, True)
    done = office.run("list", "activate", "1/DM", "--from", "01/01/2027", "--by", "Bình")
    assert (done.exit_code, "binds from 01/01/2027 (revision 1)" in done.output) == (0, True)
    again = office.run("list", "activate", "1/DM", "--from", "01/01/2027", "--by", "Bình")
    assert (again.exit_code, "in force from 01/01/2027" in again.output) == (1, True)
    assert office.register.overlay(0).withholdings == (Withholding(A, date(2027, 1, 1)),)


def test_activating_in_the_place_of_another_list(office: Office) -> None:
    listed(office)
    office.run("list", "activate", "1/DM", "--from", "01/01/2026", "--by", "Bình")
    listed(office, "2/DM")
    done = office.run("list", "activate", "2/DM", "--from", "2027-01-01", "--replaces", "1/DM", "--by", "Bình")
    assert (done.exit_code, "list 1/DM ends on that day" in done.output) == (0, True)
    assert office.register.version("1/DM").effective_to == date(2027, 1, 1)


def test_lists_are_shown(office: Office) -> None:
    assert office.run("list", "show").exit_code == 0
    office.importing(office.write("target,category,reason", *(f"{A}.{n},khác,[đỏ]" for n in range(30))), "--unchecked")
    shown = office.run("list", "show")
    assert "(draft)" in shown.stdout
    one = office.run("list", "show", "1/DM")
    assert (one.exit_code, f"{A}.0" in one.stdout, "[đỏ]" in one.stdout) == (0, True, True)
    assert "10 more lines" in one.stderr
    assert office.run("list", "show", "9/DM").exit_code == 1


def test_a_withdrawal_and_its_end(office: Office) -> None:
    item = f"{A}.0000001"
    done = office.run("withdraw", item.upper(), "--reason", "đơn", "--pages", "2-9", "--by", "An")
    assert (done.exit_code, "archive-indexer lift 1 ends it" in done.output) == (0, True)
    (kept,) = office.register.withdrawals()
    assert (kept.target_id, kept.pages, kept.reason, kept.author) == (item, (2, 9), "đơn", "An")
    assert abs(datetime.now(UTC) - kept.withdrawn_at).total_seconds() < 60
    assert office.run("lift", "1", "--reason", "xong", "--by", "Bình").exit_code == 0
    again = office.run("lift", "1", "--reason", "xong")
    assert (again.exit_code, "no withdrawal 1" in again.output) == (1, True)
    shown = office.run("register", "withdrawals")
    assert (shown.exit_code, A in shown.stdout, "by Bình: xong" in shown.stdout) == (0, True, True)


def test_whoever_does_it_is_the_account_unless_told(office: Office) -> None:
    office.run("withdraw", A, "--reason", "đơn", LOGNAME="luutru")
    assert office.register.withdrawals()[0].author == "luutru"


@pytest.mark.parametrize("target", ["h47", FONDS_ID, f"{A}.0000001"])
def test_anything_of_the_archive_can_be_withdrawn(office: Office, target: str) -> None:
    assert office.run("withdraw", target, "--reason", "đơn").exit_code == 0


def test_a_slip_of_the_pen_is_told_and_the_withdrawal_stands(office: Office) -> None:
    slip = office.run("withdraw", f"{A}x", "--reason", "đơn")
    assert (slip.exit_code, "closes nothing" in slip.output) == (3, True)
    assert len(office.register.withdrawals()) == 1
    assert office.run("withdraw", f"{A}x", "--reason", "đơn", "--unchecked").exit_code == 0
    away = office.run("withdraw", A, "--reason", "đơn", ARCHIVE_DATABASE_URL="sqlite:////nowhere/archive.db")
    assert (away.exit_code, "could not be seen" in away.output) == (0, True)
    assert len(office.register.withdrawals()) == 3


def test_an_address_in_the_place_of_an_id_is_told(office: Office) -> None:
    slip = office.run("withdraw", f"http://127.0.0.1:8000/tai-lieu/{A}", "--reason", "đơn")
    assert (slip.exit_code, "last part of the address" in " ".join(slip.output.split())) == (3, True)


@pytest.mark.parametrize(
    "command", [("withdraw", f"{A}.0000001", "--pages", "99"), ("redact", f"{A}.0000001", "99", "500,0,1000,500")]
)
def test_a_page_that_the_record_does_not_have_is_told(office: Office, command: tuple[str, ...]) -> None:
    slip = office.run(*command, "--reason", "đơn")
    said = " ".join(slip.output.split())
    assert (slip.exit_code, f"{A}.0000001 has no page 99" in said) == (3, True)
    assert office.run(command[0], f"{A}x", *command[2:], "--reason", "đơn").exit_code == 3


def test_a_redaction_and_its_end(office: Office) -> None:
    done = office.run("redact", f"{A}.0000001", "2", "500,0,1000,500", "--reason", "số định danh", "--by", "An")
    assert (done.exit_code, "register remove-redaction 1 ends it" in done.output) == (0, True)
    assert "until archive-indexer update has run" in " ".join(done.output.split())
    assert office.register.redactions() == {(f"{A}.0000001", 2): ((500, 0, 1000, 500),)}
    assert "500,0,1000,500" in office.run("register", "redactions").stdout
    assert office.run("register", "remove-redaction", "1", "--by", "Bình").exit_code == 0
    assert office.run("register", "remove-redaction", "1").exit_code == 1
    assert office.register.redactions() == {}
    assert office.run("redact", "khong-co", "2", "500,0,1000,500", "--reason", "số").exit_code == 3


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("withdraw", A), 2),
        (("withdraw", A, "--reason", "đơn", "--pages", "ba"), 2),
        (("withdraw", A, "--reason", "đơn", "--pages", "1-2-3"), 2),
        (("withdraw", A, "--reason", "đơn", "--pages", "9-3"), 1),
        (("withdraw", A, "--reason", " "), 1),
        (("withdraw", A, "--reason", "đơn", "--by", " "), 1),
        (("withdraw", "a b", "--reason", "đơn"), 1),
        (("redact", A, "0", "0,0,1,1", "--reason", "số"), 2),
        (("redact", A, "1", "0,0,1", "--reason", "số"), 2),
        (("redact", A, "1", "0,0,1,một", "--reason", "số"), 2),
        (("redact", A, "1", "0,0,1,1001", "--reason", "số"), 1),
        (("redact", A, "1", "9,9,9,10", "--reason", "số"), 1),
        (("lift", "một", "--reason", "xong"), 2),
        (("list", "activate", "1/DM", "--from", "mai"), 2),
        (("list", "activate", "1/DM", "--from", "31/02/2027"), 2),
        (("list", "activate", "9/DM", "--from", "01/02/2027"), 1),
        (("register", "log", "--limit", "0"), 2),
    ],
)
def test_what_is_refused_changes_nothing(office: Office, arguments: tuple[str, ...], code: int) -> None:
    done = office.run(*arguments)
    assert done.exit_code == code, done.output
    assert "Traceback" not in done.output
    assert office.register.revision() == 0


def test_the_log_tells_who_did_what(office: Office) -> None:
    listed(office)
    office.run("list", "activate", "1/DM", "--from", "01/01/2027", "--by", "Bình")
    office.run("withdraw", B, "--reason", "đơn", "--by", "An")
    rows = [" ".join(line.split()) for line in office.run("register", "log").stdout.splitlines()]
    assert [row.split()[0] for row in rows if row[:1].isdigit()] == ["2", "1"]
    assert any(f"withdraw {B} An" in row for row in rows)
    assert "activate" not in office.run("register", "log", "--limit", "1").stdout


def test_the_register_is_made_and_made_again(tmp_path: Path) -> None:
    environment = {"ARCHIVE_SETTINGS": "/dev/null", "ARCHIVE_REGISTER_URL": f"sqlite:///{tmp_path / 'new' / 'r.db'}"}
    before = CliRunner().invoke(main, ["register", "log"], env=environment)
    assert (before.exit_code, "run archive-indexer register migrate" in before.output) == (1, True)
    for _ in range(2):
        done = CliRunner().invoke(main, ["register", "migrate"], env=environment)
        assert (done.exit_code, "up to date (revision 0)" in done.output) == (0, True)


def test_a_rebuild_without_a_register_opens_nothing(office: Office) -> None:
    """An empty register would close nothing; a missing one must not look like that."""
    done = office.run("rebuild", ARCHIVE_REGISTER_URL=f"sqlite:///{office.folder / 'none.db'}")
    assert (done.exit_code, "no such file" in done.output) == (1, True)
    assert not (office.folder / "none.db").exists()
