"""The row of the table of approval in which a record stands, by what the policy says of it."""

from access_policy.decide import Decision
from access_policy.terms import AccessStatus
from portal.requests.terms import ItemClass

_CLASSES = {AccessStatus.OPEN: ItemClass.OPEN, AccessStatus.CONDITIONAL: ItemClass.CONDITIONAL}


def item_of(decision: Decision) -> ItemClass:
    """The class of a record; whatever is neither open nor conditional is closed."""
    return _CLASSES.get(decision.status, ItemClass.CLOSED)


def stricter(one: ItemClass, other: ItemClass) -> ItemClass:
    """Of two classes of the same record, at different times, the one that binds."""
    return max(one, other, key=tuple(ItemClass).index)
