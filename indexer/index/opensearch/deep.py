"""Slices of a list beyond the ten thousandth hit: walked through a point in time, in the list's own order."""

from collections.abc import Iterator

from indexer.index.opensearch.client import Body, Client

WINDOW = 10_000
"""Hits of a list that can be asked for directly (`index.max_result_window`)."""

KEEP_ALIVE = "2m"


def deep_hits(client: Client, index: str, body: Body, offset: int, limit: int, *, step: int = WINDOW) -> list[Body]:
    """The hits from `offset` on, at most `limit`; costs more the deeper they lie. Raises IndexUnavailable."""
    found: list[Body] = []
    passed = 0
    for hits in walk(client, index, body, step=step, until=offset + limit):
        found += hits[max(0, offset - passed) : max(0, offset + limit - passed)]
        passed += len(hits)
    return found


def walk(
    client: Client, index: str, body: Body, *, step: int = WINDOW, until: int | None = None
) -> Iterator[list[Body]]:
    """All hits of a question in its own order, so many at a time, at one state of the index. Raises IndexUnavailable.

    The order has to be one in which no two hits tie.
    """
    point = client.open_point_in_time(index, KEEP_ALIVE)
    try:
        after: Body = {}
        passed = 0
        while until is None or passed < until:
            size = step if until is None else min(step, until - passed)
            pit = {"pit": {"id": point, "keep_alive": KEEP_ALIVE}}
            hits = client.search("", {**body, **pit, **after, "size": size})["hits"]["hits"]
            if hits:
                yield hits
            passed += len(hits)
            if len(hits) < size:
                return
            after = {"search_after": hits[-1]["sort"]}
    finally:
        client.close_point_in_time(point)
