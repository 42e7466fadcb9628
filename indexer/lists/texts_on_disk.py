"""The shared texts of a workbook in a temporary file, eight bytes of memory for each."""

from array import array
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Any, Self

from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]


class TextsOnDisk:
    """Texts by their place, as a workbook refers to them."""

    def __init__(self) -> None:
        self._file = TemporaryFile(prefix="texts-")  # noqa: SIM115 - closed on the way out
        self._ends = array("Q", [0])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._file.close()

    def fill(self, source: IO[bytes]) -> None:
        """Take every text of a shared-strings part. Raises ParseError, ValueError for what is none."""
        around: list[Any] = []
        for event, element in iterparse(source, events=("start", "end")):
            if event == "start":
                around.append(element)
                continue
            around.pop()
            if _name(element) == "si":
                self._add(_text(element))
                around[-1].clear()

    def _add(self, text: str) -> None:
        self._ends.append(self._ends[-1] + self._file.write(text.encode("utf-8", "surrogatepass")))

    def __getitem__(self, place: int) -> str:
        """The text at a place. Raises IndexError."""
        if place < 0:
            raise IndexError(place)
        begin, end = self._ends[place], self._ends[place + 1]
        self._file.seek(begin)
        return self._file.read(end - begin).decode("utf-8", "surrogatepass")


def _text(element: Any) -> str:
    """The words of one text, in one piece or in runs of different looks; hints of pronunciation are none of it."""
    parts = [element, *(run for run in element if _name(run) == "r")]
    return "".join(piece.text or "" for part in parts for piece in part if _name(piece) == "t")


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
