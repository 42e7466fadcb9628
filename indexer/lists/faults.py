"""What is wrong with a file of a list."""

from dataclasses import dataclass


class UnreadableFile(Exception):
    """The file as a whole cannot be taken for a list. The message is one sentence for whoever made it."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with one line, in plain words. `line` is its number as a spreadsheet shows it."""

    line: int
    reason: str
