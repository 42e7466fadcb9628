"""Whether the process lives, and whether it can serve."""

from collections.abc import Callable

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from indexer.index.port import IndexReader, IndexUnavailable
from portal.gate import declares
from portal.register_watch import RegisterAway, RegisterWatch


def make_blueprint(index: Callable[[], IndexReader], register: RegisterWatch) -> Blueprint:
    """`/healthz` answers while the process lives; `/readyz` while there is a generation to search and the register
    answers. How far the register has come is not said: it would tell when something is closed.
    """
    health = Blueprint("health", __name__)

    @health.get("/healthz")
    @declares(None)
    def live() -> ResponseReturnValue:
        return jsonify(status="ok")

    @health.get("/readyz")
    @declares(None)
    def ready() -> ResponseReturnValue:
        try:
            reader = index()
            register.overlay(reader.revision())
            return jsonify(status="ok", generation=reader.generation())
        except IndexUnavailable:
            return jsonify(status="unavailable", missing=["index"]), 503
        except RegisterAway:
            return jsonify(status="unavailable", missing=["register"]), 503

    return health
