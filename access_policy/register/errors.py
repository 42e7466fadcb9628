"""What can go wrong with the register. Every message is one line for an operator, without credentials."""


class RegisterError(Exception):
    """Anything the register refuses or cannot do. Nothing was changed."""


class RegisterUnavailable(RegisterError):
    """The database of the register did not answer, or has not the tables of this version."""


class ListExists(RegisterError):
    """A list of this number has been imported before."""


class UnknownList(RegisterError):
    """No list of this number has been imported."""


class AlreadyActive(RegisterError):
    """The list binds already."""


class NotActive(RegisterError):
    """A list that has never bound cannot be replaced."""


class SamePerson(RegisterError):
    """Whoever imported a list may not activate it: it takes two people to close and open records."""


class ImpossibleEntry(RegisterError):
    """A line, a range of pages, a box, a name or a number that makes no sense."""


class UnknownWithdrawal(RegisterError):
    """There is no such withdrawal, or it has been lifted."""


class UnknownRedaction(RegisterError):
    """There is no such redaction, or it has been removed."""


class UnknownProposal(RegisterError):
    """There is no such proposal, or it has been decided."""


class PermitExists(RegisterError):
    """A permit of this code has been granted before."""


class UnknownPermit(RegisterError):
    """There is no such permit, or it has been revoked."""
