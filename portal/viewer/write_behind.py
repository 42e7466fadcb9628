"""Keeping renders after the answer: the reader does not wait for the disk."""

from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore

from PIL import Image

from portal.viewer.cache import RenderCache

MOST_WAITING = 4
"""Renders that wait for the disk at once; when it is slower than the drawing, further ones are not kept."""


class WriteBehind:
    """A render cache whose writes happen one after another in a thread of their own."""

    def __init__(self, cache: RenderCache) -> None:
        self._cache = cache
        self._room = BoundedSemaphore(MOST_WAITING)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="renders")

    def get(self, sha256: str, page: int, longest_side: int) -> Image.Image | None:
        """See `RenderCache.get`. A render that is still being written is not found yet."""
        return self._cache.get(sha256, page, longest_side)

    def put(self, sha256: str, page: int, longest_side: int, image: Image.Image) -> None:
        """Keep a render soon. Nobody may change the image after that."""
        if self._room.acquire(blocking=False):
            self._writer.submit(self._put, sha256, page, longest_side, image)

    def forget(self, sha256: str) -> None:
        """Remove every render of the object, those still waiting too; see `RenderCache.forget`."""
        self._writer.submit(self._cache.forget, sha256).result()

    def settle(self) -> None:
        """Wait until everything put so far has been written."""
        self._writer.submit(lambda: None).result()

    def _put(self, sha256: str, page: int, longest_side: int, image: Image.Image) -> None:
        try:
            self._cache.put(sha256, page, longest_side, image)
        finally:
            self._room.release()
