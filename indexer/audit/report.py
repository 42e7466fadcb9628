"""What an audit leaves behind: numbers, ids and names of fields, and no content."""

from datetime import date, datetime
from typing import Any

from access_policy.parameters import POLICY_VERSION
from access_policy.register.entries import KeptVersion
from indexer.audit.auditing import Audited
from indexer.audit.finding import Findings, Side

FORMAT = 1


def report_of(audited: Audited, versions: list[KeptVersion], *, now: datetime) -> dict[str, Any]:
    """The report as plain JSON values. `now` is in UTC."""
    compared, measure = audited.compared, audited.standard
    return {
        "format": FORMAT,
        "at": now.isoformat(),
        "day": measure.today.isoformat(),
        "result": result(audited),
        "policy_version": POLICY_VERSION,
        "register": {
            "revision": measure.restrictions.revision,
            "lists_in_force": sorted(each.version.number for each in versions if _in_force(each, measure.today)),
            "withheld": len(measure.withheld),
        },
        "index": {
            "generation": compared.generation,
            "revision": compared.revision,
            **{name: vars(size) for name, size in compared.sizes.items()},
            "residue": vars(compared.residue),
        },
        "archive": {
            "records_read": audited.tally.records_read,
            "pages_read": audited.tally.pages_read,
            "kept_out": dict(audited.tally.kept_out),
            "refused": sum(audited.tally.refused.values()),
        },
        "compared": {"records": compared.records, "pages": compared.pages, "kept_out": compared.kept_out},
        "sample": _sample(audited),
        "channels": channels(audited),
        "portal_questioned": audited.portal is not None,
        "findings": {side.value: _side(audited.findings, side) for side in Side},
    }


def result(audited: Audited) -> str:
    """One word for all of it."""
    if audited.leaks:
        return "leak"
    return "late" if audited.late else "clean"


def channels(audited: Audited) -> list[dict[str, Any]]:
    """Each channel with whoever asked, the questions and the answers that leak."""
    of_index = (
        {"channel": channel, "reader": reader, "questions": count, "leaks": audited.questioned.leaks[channel, reader]}
        for (channel, reader), count in sorted(audited.questioned.asked.items())
    )
    portal = audited.portal
    of_portal = (
        {"channel": f"portal {route}", "reader": "anybody", "questions": count, "leaks": portal.leaks[route]}
        for route, count in (sorted(portal.asked.items()) if portal else ())
        if portal
    )
    return [*of_index, *of_portal]


def _sample(audited: Audited) -> dict[str, Any]:
    asked = audited.asked
    return {
        "seed": audited.sampling.seed,
        "size": audited.sampling.size,
        "canaries": len(asked.words),
        "hidden": len(asked.hidden),
        "acknowledged": len(asked.acknowledged),
        "closed_pages": len(asked.closed_pages),
        "withheld": len(asked.withheld),
    }


def _in_force(kept: KeptVersion, today: date) -> bool:
    begun = kept.effective_from is not None and kept.effective_from <= today
    return begun and (kept.effective_to is None or today < kept.effective_to)


def _side(findings: Findings, side: Side) -> dict[str, Any]:
    return {
        kind.value: {
            "count": count,
            "first": [
                {"record_id": finding.record_id, "field": finding.field, "page": finding.page}
                for finding in findings.named[side, kind]
            ],
        }
        for (found, kind), count in sorted(findings.counts.items(), key=lambda item: item[0][1].value)
        if found is side
    }
