"""The page store: a folder tree of digital objects, read and never written by the portal."""

import os
from pathlib import Path


class ObjectMissing(LookupError):
    """The store has no such file. A path that leads out of the store gets the same answer as one that leads nowhere."""


class PageStore:
    """Digital objects below one folder, addressed by the relative path their record carries."""

    def __init__(self, root: Path) -> None:
        self._root = Path(os.path.realpath(root))

    def resolve(self, relative: str) -> Path:
        """The real path of the regular file at `relative`; raises ObjectMissing for everything else.

        The check is made on the real path, after every `..` and symbolic link has been followed.
        """
        try:
            if Path(relative).is_absolute():
                raise ObjectMissing
            real = Path(os.path.realpath(self._root / relative, strict=True))
        except (OSError, ValueError):
            raise ObjectMissing from None
        if not real.is_relative_to(self._root) or not real.is_file():
            raise ObjectMissing
        return real
