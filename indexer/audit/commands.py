"""The command `archive-indexer audit`."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console

from access_policy.register.errors import RegisterError
from access_policy.register.stamps import ARCHIVE_ZONE
from access_policy.register.store import open_register
from indexer.allocation import give_memory_back
from indexer.audit.auditing import Audited, IndexMoved, Sampling, audit
from indexer.audit.beside import Beside, ComparisonBroken, inventory_of
from indexer.audit.chain import ReportUnwritable, check_reports, write_report
from indexer.audit.hidden import Asked
from indexer.audit.portal import PortalQuestioned, PortalUnasked, portal_command, question_portal
from indexer.audit.report import report_of
from indexer.audit.settings import AuditSettings
from indexer.audit.showing import AuditProgress, audited_table, findings_table
from indexer.audit.signing import KeyUnusable, checking_key, signing_key
from indexer.audit.standard import standard
from indexer.index.port import IndexUnavailable
from indexer.index.writers import open_generations
from indexer.sources.open import open_source
from indexer.sources.port import SourceUnavailable

CLEAN, LEAK, LATE = 0, 1, 3

console = Console(stderr=True)

_FAILURES = (
    SourceUnavailable,
    RegisterError,
    IndexUnavailable,
    IndexMoved,
    ComparisonBroken,
    PortalUnasked,
    ReportUnwritable,
    KeyUnusable,
)


@click.command("audit", epilog="Exit codes: 0 clean, 1 something leaks or the audit failed, 2 wrong arguments, 3 late.")
@click.option("--canaries", default=200, show_default=True, type=click.IntRange(1), help="Words, ids and pages asked.")
@click.option("--seed", default="", help="What the draw of the words depends on.  [default: the day]")
@click.option("--portal/--no-portal", default=None, help="Question the portal too.  [default: if it is installed here]")
@click.option("--check", is_flag=True, help="Check signature and chain of reports instead; no archive is needed.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def command(canaries: int, seed: str, portal: bool | None, check: bool, files: tuple[Path, ...]) -> None:
    """Prove that nothing leaks: derive the whole archive anew, compare it with all that the index holds, and ask every
    channel of index and portal for what must not be known. Leaves a signed report.

    \b
    Examples:
      archive-indexer audit
      archive-indexer audit --no-portal --canaries 500
      archive-indexer audit --check .var/reports/audit-*.json
    """
    if check != bool(files):
        raise click.UsageError("--check wants the files of reports, and nothing else does")
    settings = AuditSettings()
    try:
        sys.exit(_check(settings, files) if check else _audit(settings, canaries, seed, portal))
    except _FAILURES as error:
        _fail(str(error))


def _audit(settings: AuditSettings, canaries: int, seed: str, portal: bool | None) -> int:
    give_memory_back()
    key, now = signing_key(settings.audit_key), datetime.now(UTC)
    today = now.astimezone(ARCHIVE_ZONE).date()
    index, register = open_generations(settings).reader(), open_register(settings.register_url)
    source, measure = open_source(settings.database_url), standard(register, index, today=today)
    inventory = inventory_of(settings, today=today, withheld=measure.withheld)
    with AuditProgress(console, source.count()) as progress:
        audited = audit(
            source,
            index,
            measure,
            Sampling(canaries, seed or today.isoformat()),
            comparing=Beside(inventory, today=today),
            ask_portal=_ask_portal(portal, lambda: register.revision() == measure.restrictions.revision),
            watching=progress,
        )
    report = report_of(audited, register.versions(), now=now)
    _show(audited)
    console.print(f"report: {write_report(settings.reports_dir, report, key=key, now=now)}")
    return LEAK if audited.leaks else LATE if audited.late else CLEAN


def _check(settings: AuditSettings, files: tuple[Path, ...]) -> int:
    wrong = list(check_reports(files, key=checking_key(settings.audit_key)))
    for path, reason in wrong:
        console.print(f"[bold]{path}[/bold]: {reason}")
    console.print(f"{len(files) - len(wrong)} of {len(files)} reports in order")
    return LEAK if wrong else CLEAN


def _ask_portal(wanted: bool | None, still: Callable[[], bool]) -> Callable[[Asked], PortalQuestioned] | None:
    """`still`: the register is as it was when the questions were drawn."""
    command = portal_command()
    if wanted is False or (wanted is None and command is None):
        return None
    if command is None:
        raise PortalUnasked("archive-portal is not installed beside this command; --no-portal leaves it out")
    return partial(_judged, command, still)


def _judged(command: list[str], still: Callable[[], bool], asked: Asked) -> PortalQuestioned:
    """The portal answers as the register stands now: what has opened since may be told."""
    answers = question_portal(command, asked)
    if answers.findings.counts and not still():
        raise PortalUnasked("the register changed meanwhile, so that its answers cannot be judged; run it again")
    return answers


def _show(audited: Audited) -> None:
    console.print(audited_table(audited))
    if audited.findings.counts:
        console.print(findings_table(audited))


def _fail(message: str) -> NoReturn:
    console.print(f"[bold]failed:[/bold] {message}", soft_wrap=True)
    sys.exit(LEAK)
