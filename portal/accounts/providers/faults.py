"""What can go wrong between the portal and an identity provider, in the few kinds that a person can act on."""

from enum import StrEnum


class Fault(StrEnum):
    """Each has a page of its own; the argument names it in the log."""

    CANCELLED = "cancelled"
    EXPIRED = "expired"
    NOT_STARTED_HERE = "not-started-here"
    PROVIDER_AWAY = "provider-away"
    PROVIDER_REFUSED = "provider-refused"
    ANSWER_NOT_TRUSTED = "answer-not-trusted"
    LEVEL_TOO_LOW = "level-too-low"
    NOT_CONFIGURED = "not-configured"


class SignInFault(Exception):
    """A sign-in, or a message about its end, that leads nowhere.

    `detail` is for the log. It is made of the portal's own words, names of settings and claims, and status numbers:
    never of a code, token, state, number or any other value that came from outside.
    """

    def __init__(self, fault: Fault, detail: str) -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault, self.detail = fault, detail


class Unreachable(SignInFault):
    """No answer: refused, broken off, too late."""

    def __init__(self, detail: str) -> None:
        super().__init__(Fault.PROVIDER_AWAY, detail)


def not_trusted(detail: str) -> SignInFault:
    """The commonest fault: an answer that is not what the provider should have said."""
    return SignInFault(Fault.ANSWER_NOT_TRUSTED, detail)
