"""How a record is cited: archive, fonds, inventory, file, item, in the order the archive files them."""

from access_policy.terms import Level
from indexer.index.description import Description
from portal.i18n import _


def cite(record: Description, page: int | None = None) -> str:
    """One line with every part that leads back to the paper, down to the page when one is given."""
    fonds = [_fonds(a.title) for a in record.ancestors if a.level is Level.FONDS]
    document = f"{record.number} – {record.title}" if record.number else record.title
    leaf = [_("trang %(n)s", n=page)] if page else []
    return ", ".join((record.archive_name, *fonds, record.reference_code, document, *leaf)) + "."


def _fonds(title: str) -> str:
    """Many a title of a fonds says already that it is one."""
    return title if title.lower().startswith("phông") else f"{_('phông')} {title}"
