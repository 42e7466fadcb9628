"""Where the province's identity provider says that somebody of the staff has signed out there."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from portal.accounts.back_channel import end_at_word
from portal.desk.gate import Open, declares
from portal.desk.services import DeskServices
from portal.limits import Limits


def add_routes(desk: Blueprint, services: DeskServices, limits: Limits) -> None:
    """The receiver. The token that a provider's server posts is its own proof; no session stands behind it."""

    @desk.post("/dang-nhap/<provider_id>/ket-thuc", endpoint="back_channel")
    @declares(Open.ANYONE)
    @limits.back_channel
    def receive(provider_id: str) -> ResponseReturnValue:
        return end_at_word(services.providers.get(provider_id), services.sessions, now=services.now())

    desk.record(lambda state: state.app.extensions["csrf"].exempt(receive))
