"""One rebuild in a process of its own, so that its memory can be watched."""

import shutil
import sys
from pathlib import Path

from deploy.bench.archives import rebuild_into
from indexer.allocation import give_memory_back

if __name__ == "__main__":
    give_memory_back()
    folder, pages = Path(sys.argv[1]), int(sys.argv[2])
    index_dir = folder / f"memory-{pages}"
    rebuild_into(folder, pages, index_dir)
    shutil.rmtree(index_dir)
