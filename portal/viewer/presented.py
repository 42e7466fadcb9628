"""What the page viewer's template is given."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class StripPage:
    """One page in the strip beside the image."""

    number: int
    url: str
    image: str
    current: bool


@dataclass(frozen=True)
class Zoom:
    """One size the image can be had in; `width` is the longest side in pixels."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class ViewerPage:
    """One page of a record on screen. `image` is empty when there is none; then `notice` says why."""

    record_title: str
    record_url: str
    reference_code: str
    number: int
    last: int
    image: str
    image_alt: str
    notice: str
    zooms: tuple[Zoom, ...]
    text: Markup
    strip: tuple[StripPage, ...]
    first_url: str
    previous_url: str
    next_url: str
    last_url: str
    words: str
    hit_pages: tuple[tuple[int, str], ...]
    allowed: str
    permalink: str
    citation: str
