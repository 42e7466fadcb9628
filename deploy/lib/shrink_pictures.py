"""Pictures of a folder as small ones in another: `shrink_pictures.py FROM TO`."""

import sys
from pathlib import Path

from PIL import Image

WIDTH, QUALITY = 960, 60


def shrink(source: Path, target: Path) -> None:
    """WebP of this width, with nothing in it but pixels."""
    with Image.open(source) as picture:
        height = round(picture.height * WIDTH / picture.width)
        picture.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS).save(target, "WEBP", quality=QUALITY)


def main(taken: Path, kept: Path) -> None:
    """Every PNG of a folder, by its name."""
    kept.mkdir(parents=True, exist_ok=True)
    for source in sorted(taken.glob("*.png")):
        shrink(source, kept / f"{source.stem}.webp")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
