"""The closed vocabularies of the policy. Whatever is not named here is unknown, and unknown means no."""

from enum import Enum, IntEnum


class Level(Enum):
    """Levels of description after ISAD(G), and the audio-visual kinds that TT 05/2025 describes on their own."""

    FONDS = "fonds"
    INVENTORY = "inventory"
    FILE = "file"
    ITEM = "item"
    PHOTO = "photo"
    FILM = "film"
    AUDIO = "audio"
    VIDEO = "video"


CARRIES_MODE = frozenset(Level) - {Level.FONDS, Level.INVENTORY}
"""Levels whose rows have an access mode in the standard; for these a missing mode is a fault and closes the record."""


class AccessMode(Enum):
    """What the archive wrote down as the access mode (chế độ sử dụng, mức độ tiếp cận) of a row."""

    PUBLIC = "01"
    CONDITIONAL = "02"
    SECRET = "03"  # noqa: S105 - a code of TT 05/2025, not a password
    UNKNOWN = "unknown"
    MISSING = "missing"


class AccessStatus(IntEnum):
    """How a record stands on one day. The order is the strictness: the highest of several wins."""

    OPEN = 0
    CONDITIONAL = 1
    CLOSED = 2
    SECRET = 3


class Known(IntEnum):
    """How much of a record that may not be read may still be known. The order is the openness: the lowest wins."""

    NOTHING = 0
    EXISTENCE = 1
    DESCRIPTION = 2


class Audience(Enum):
    """Circles of readers. A reader belongs to several; everybody belongs to EVERYONE."""

    EVERYONE = "everyone"
    SIGNED_IN = "signed-in"
    READING_ROOM = "reading-room"
    STAFF = "staff"


class Action(Enum):
    """What a reader can ask to do with a record. Every route of the portal declares one."""

    FIND = "find"  # learn that the record is there and read its description
    KNOW = "know"  # learn that the record is there and why it is closed
    READ = "read"  # read the text of a page or see its image on screen
    PRINT = "print"
    DOWNLOAD = "download"
    REQUEST = "request"  # ask the archive to let one read or copy it
