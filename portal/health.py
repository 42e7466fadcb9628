"""Whether the process lives, and whether it can serve."""

from collections.abc import Callable

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from indexer.index.port import IndexReader, IndexUnavailable
from portal.gate import declares


def make_blueprint(index: Callable[[], IndexReader]) -> Blueprint:
    """`/healthz` answers while the process lives; `/readyz` while there is a generation to search."""
    health = Blueprint("health", __name__)

    @health.get("/healthz")
    @declares(None)
    def live() -> ResponseReturnValue:
        return jsonify(status="ok")

    @health.get("/readyz")
    @declares(None)
    def ready() -> ResponseReturnValue:
        try:
            return jsonify(status="ok", generation=index().generation())
        except IndexUnavailable:
            return jsonify(status="unavailable", missing=["index"]), 503

    return health
