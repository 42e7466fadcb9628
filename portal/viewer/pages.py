"""The one way from a digital object to the bytes of a marked page image."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from access_policy.record import Box, DigitalObject
from portal.viewer.cache import RenderCache
from portal.viewer.redaction import redact
from portal.viewer.render import Reason, Renderer, UnreadableObject
from portal.viewer.store import PageStore
from portal.viewer.watermark import Watermark, encode, mark
from portal.viewer.write_behind import WriteBehind

SIZES = {"thumb": 220, "screen": 1500, "large": 2200}
"""The sizes that pages are offered in: pixels of the longest side."""


class MarkedPages:
    """Marked page images. Whether somebody may see one has been decided before this is asked."""

    def __init__(self, store: PageStore, renderer: Renderer, cache: RenderCache) -> None:
        self._store = store
        self._renderer = renderer
        self._cache = WriteBehind(cache)

    def image(
        self, obj: DigitalObject, page: int, longest_side: int, watermark: Watermark, *, redactions: Sequence[Box]
    ) -> bytes:
        """JPEG of page `page` (counted within the record), marked; on page 1 of the record the top right stays free.

        `redactions` are the parts of the page that nobody may see; they are covered before the mark is laid. The cache
        keeps the page whole, so that a box drawn or removed takes effect with the next view.

        Raises ObjectMissing, UnreadableObject and RenderBusy. The store is asked even when the cache could answer:
        what the archive has taken away is gone at once.
        """
        path = self._store.resolve(obj.path)
        inside = page - obj.first_page + 1
        if inside < 1 or (obj.page_count and inside > obj.page_count):
            raise UnreadableObject(Reason.NO_SUCH_PAGE)
        key = _key(obj, path)
        clean = self._cache.get(key, inside, longest_side)
        if clean is None:
            clean = self._renderer.render(path, obj.media_type, inside, longest_side)
            self._cache.put(key, inside, longest_side, clean)
        return encode(mark(redact(clean, redactions), watermark, spare_top_right=page == 1))

    def key(self, obj: DigitalObject) -> str:
        """Under what the renders of the object are kept. Raises ObjectMissing."""
        return _key(obj, self._store.resolve(obj.path))

    def settle(self) -> None:
        """Wait until every render made so far is in the cache."""
        self._cache.settle()

    def forget(self, obj: DigitalObject) -> None:
        """Remove every clean render of the object, as it lies in the store now, from the cache."""
        self._cache.forget(self.key(obj))


def _key(obj: DigitalObject, path: Path) -> str:
    """A digest of the file as it lies there: a replaced one is drawn anew, whatever digest its row still claims."""
    found = path.stat()
    told = f"{obj.sha256} {found.st_ino} {found.st_size} {found.st_mtime_ns}"
    return hashlib.sha256(told.encode()).hexdigest()
