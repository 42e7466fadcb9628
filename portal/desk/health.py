"""Whether the desk's process lives, and whether it can serve."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from portal.desk.gate import Open, declares
from portal.desk.services import DeskServices
from portal.sessions.store import SessionsAway
from portal.store.database import StoreUnavailable

NOBODY = "0" * 32


def make_blueprint(services: DeskServices) -> Blueprint:
    """`/healthz` answers while the process lives; `/readyz` while the store and the sessions answer."""
    health = Blueprint("health", __name__)

    @health.get("/healthz")
    @declares(Open.ANYONE)
    def live() -> ResponseReturnValue:
        return jsonify(status="ok")

    @health.get("/readyz")
    @declares(Open.ANYONE)
    def ready() -> ResponseReturnValue:
        try:
            services.staff.by_id(NOBODY)
            services.sessions.load(NOBODY)
            return jsonify(status="ok")
        except StoreUnavailable:
            return jsonify(status="unavailable", missing=["store"]), 503
        except SessionsAway:
            return jsonify(status="unavailable", missing=["sessions"]), 503

    return health
