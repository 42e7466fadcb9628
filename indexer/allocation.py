"""Keeping the memory of a long rebuild flat."""

import contextlib
import ctypes

_M_TRIM_THRESHOLD, _M_ARENA_MAX = -1, -8
_TRIM_ABOVE_BYTES = 128 * 1024
_ARENAS = 2


def give_memory_back() -> None:
    """Have glibc return freed memory at once and share it between threads.

    The engine's merging threads each free large blocks that an arena of their own would keep, so that memory grew with
    the archive. Elsewhere than on glibc nothing happens.
    """
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL("libc.so.6")
        library.mallopt(_M_ARENA_MAX, _ARENAS)
        library.mallopt(_M_TRIM_THRESHOLD, _TRIM_ABOVE_BYTES)
