"""Measure the portal and print each figure with the limit taken in the same run."""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from deploy.bench import (
    auditing,
    cluster,
    following,
    growth,
    notices,
    page_images,
    rebuilding,
    requests,
    searching,
    withholding,
)
from deploy.bench.results import Figure, at_most, show, write
from tests.servers.opensearch import OpenSearchServer


def main() -> int:
    """Exit code 0 when every figure keeps its goal, 1 when one falls short."""
    arguments = argparse.ArgumentParser(description=__doc__, epilog="Example: deploy/bin/bench --quick")
    arguments.add_argument("--quick", action="store_true", help="smaller archives, under five minutes")
    arguments.add_argument("--engine", choices=("tantivy", "opensearch"), default="tantivy", help="what to measure")
    arguments.add_argument("--json", type=Path, metavar="FILE", help="write the figures to this file too")
    arguments.add_argument(
        "--million", action="store_true", help="OpenSearch: how a million pages do, too; takes hours"
    )
    given = arguments.parse_args()
    if given.million and given.engine != "opensearch":
        arguments.error("--million goes with --engine opensearch")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        if given.engine == "opensearch":
            figures = on_cluster(Path(folder), quick=given.quick, million=given.million)
        else:
            figures = measure(Path(folder), quick=given.quick)
    show(figures)
    if given.json:
        write(figures, given.json)
    return 0 if all(figure.ok for figure in figures.values()) else 1


def measure(folder: Path, *, quick: bool) -> dict[str, Figure]:
    """Every figure by name."""
    small, large, huge = (10_000, 30_000, 40_000) if quick else (10_000, 100_000, 200_000)
    repeats = 5 if quick else 20
    return {
        "marked_page": at_most(*page_images.marked_page(repeats), 3.0, "s"),
        "first_view": at_most(*page_images.first_view(repeats), 1.3, "s"),
        "rebuild_rate": rebuilding.rebuild_rate(folder, small if quick else large),
        "rebuild_memory": rebuilding.rebuild_memory(folder, small, huge),
        "search_rate": searching.search_rate(folder, large, 10.0 if quick else 30.0),
        "search_cost": searching.search_cost(folder, large, repeats),
        "notices_rate": notices.notices_rate(folder, 500 if quick else 3_000),
        "audit_rate": auditing.audit_rate(folder, large),
        "withdrawal_to_gone": withholding.withdrawal_to_gone(folder, small, 2 if quick else 5),
        "overlay_cost": withholding.overlay_cost(folder, large, repeats),
        "search_growth": searching.search_growth(folder, small, large, repeats),
        "queue_growth": requests.queue_growth(1_000, 20_000 if quick else 100_000, repeats),
        "submission_round_trips": requests.submission_round_trips(),
    }


def on_cluster(folder: Path, *, quick: bool, million: bool) -> dict[str, Figure]:
    """Every figure of the engine OpenSearch, on one node that is started for it."""
    small, *sizes = (10_000, 20_000, 40_000) if quick else (30_000, 100_000, 300_000)
    sizes += [1_000_000] if million else []
    repeats = 5 if quick else 20
    node = OpenSearchServer(heap="3g")
    try:
        nodes = cluster.Cluster(node.urls, folder)
        figures = {"indexing_rate": cluster.indexing_rate(nodes, small)}
        steps = [growth.step(nodes, sizes[0], repeats)]
        figures |= growth.page_cost(nodes, sizes[0], repeats)
        figures["rebuild_memory"] = cluster.rebuild_memory(nodes, small // 2, small * 2)
        figures |= following.change_to_findable(nodes, small, 20 if quick else 60)
        for pages in sizes[1:]:
            growth.show_steps(steps)
            steps.append(growth.step(nodes, pages, repeats))
        growth.show_steps(steps)
        return figures | {"page_growth": growth.page_growth(steps)}
    finally:
        node.stop()


if __name__ == "__main__":
    sys.exit(main())
