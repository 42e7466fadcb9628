"""A process of its own that writes to a log, and says which entries it was told are written.

    python -m tests.audit.writer FOLDER COUNT [BYTES]

With BYTES no file may grow beyond so many: what a full disk looks like to a process. Then it ends with status 3 at the
first entry that cannot be written.
"""

import resource
import sys
from pathlib import Path

from portal.audit.log import AccessLog, LogUnavailable
from tests.audit.entries import KEY, START, entry


def main(folder: str, count: str, most: str = "") -> int:
    """Write, and answer with the exit status."""
    if most:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))
    log = AccessLog(Path(folder), KEY)
    for number in range(1, int(count) + 1):
        try:
            head = log.append(entry(number % 50, at=START))
        except LogUnavailable as fault:
            sys.stderr.write(f"{fault}\n")
            return 3
        sys.stdout.write(f"{head.sequence}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
