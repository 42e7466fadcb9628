"""Which addresses may be asked, and which a browser may be sent to."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from portal.accounts.providers.faults import not_trusted

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

# Narrower than the standard: nothing that two readers of addresses could understand in two ways gets through.
_ADDRESS = re.compile(r"https?://(?P<place>[A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(:[0-9]{1,5})?(?P<rest>[/?][!-~]*)?")
_AMBIGUOUS = frozenset('\\<>"^`{|}#')


def host_of(address: str) -> str:
    """The host of an absolute address, lower case. ValueError, in words, for one that must not be used at all."""
    shaped = _ADDRESS.fullmatch(address)
    if shaped is None or _AMBIGUOUS & set(address):
        raise ValueError("needs an address in full, such as https://host/path, without a user name or fragment")
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme != "https" and host not in LOOPBACK:
        raise ValueError("needs https; http is for this machine only")
    return host


class Hosts:
    """An allow-list of hosts; ports and paths are free."""

    def __init__(self, hosts: Iterable[str]) -> None:
        self._hosts = frozenset(host.lower() for host in hosts)

    def allow(self, address: str) -> bool:
        """Whether the address is one to use, and on the list."""
        try:
            return host_of(address) in self._hosts
        except ValueError:
            return False

    def checked(self, address: str, what: str) -> str:
        """The address itself. SignInFault, naming `what`, when it is not allowed."""
        if not self.allow(address):
            raise not_trusted(f"{what} is not on an allowed host, or not https")
        return address
