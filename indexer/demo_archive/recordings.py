"""Sound and moving pictures: a few seconds each, so that players have something to play."""

import io
import math
import shutil
import struct
import subprocess
import tempfile
import wave
from array import array
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from indexer.demo_archive.dice import Dice
from indexer.demo_archive.pictures import Picture

SOUND_TYPE = "audio/wav"
_RATE = 8_000
_FRAMES_PER_SECOND = 5
_FRAMES = 15
_FRAME_SIZE = (576, 432)


@dataclass(frozen=True)
class Sound:
    """A tune of plain tones."""

    seed: int
    name: str

    def render(self) -> bytes:
        """A WAV file of about four seconds, mono, 16 bits."""
        dice = Dice(self.seed, self.name)
        samples = array("h")
        for _ in range(8):
            pitch = 220 * 2 ** (dice.pick((0, 2, 4, 7, 9, 12)) / 12)
            samples.extend(
                int(9_000 * (1 - at / 4_000) * math.sin(2 * math.pi * pitch * at / _RATE)) for at in range(4_000)
            )
        buffer = io.BytesIO()
        with wave.open(buffer, "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(_RATE)
            sound.writeframes(struct.pack(f"<{len(samples)}h", *samples))
        return buffer.getvalue()


@dataclass(frozen=True)
class Film:
    """The camera moves along a river; MP4 where ffmpeg is at hand, else an AVI of JPEG pictures."""

    seed: int
    name: str
    program: str | None

    @property
    def media_type(self) -> str:
        """What `render` gives."""
        return "video/mp4" if self.program else "video/x-msvideo"

    @property
    def suffix(self) -> str:
        """The ending of the file name."""
        return ".mp4" if self.program else ".avi"

    def render(self) -> bytes:
        """The film, three seconds. Raises CalledProcessError when ffmpeg fails."""
        view = Picture(self.seed, self.name, sepia=False).image()
        width, height = _FRAME_SIZE
        frames = [_jpeg(view.crop((30 * at, 250, 30 * at + width, 250 + height))) for at in range(_FRAMES)]
        return _mp4(frames, self.program) if self.program else _avi(frames)


def film_program() -> str | None:
    """The path of ffmpeg, or None."""
    return shutil.which("ffmpeg")


def _jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, "JPEG", quality=60)
    return buffer.getvalue()


def _mp4(frames: list[bytes], program: str) -> bytes:
    """H.264 in MP4, made with one thread and without version marks, so that the same program gives the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "film.mp4"
        subprocess.run(  # noqa: S603 - a program found by its name, fed with our own pictures
            [
                *(program, "-loglevel", "error", "-f", "mjpeg", "-framerate", str(_FRAMES_PER_SECOND), "-i", "pipe:0"),
                *("-threads", "1", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"),
                *(
                    "-movflags",
                    "+faststart",
                    "-fflags",
                    "+bitexact",
                    "-flags:v",
                    "+bitexact",
                    "-map_metadata",
                    "-1",
                    str(target),
                ),
            ],
            input=b"".join(frames),
            check=True,
        )
        return target.read_bytes()


def _avi(frames: list[bytes]) -> bytes:
    """The JPEG pictures one after another in the RIFF layout of AVI 1.0, with an index."""
    width, height = _FRAME_SIZE
    largest = max(len(frame) for frame in frames)
    header = struct.pack(
        "<14I", 1_000_000 // _FRAMES_PER_SECOND, largest * _FRAMES_PER_SECOND, 0, 0x10, len(frames), 0, 1, largest,
        width, height, 0, 0, 0, 0,
    )  # fmt: skip
    stream = struct.pack(
        "<4s4sIHHIIIIIIII4H", b"vids", b"MJPG", 0, 0, 0, 0, 1, _FRAMES_PER_SECOND, 0, len(frames), largest, 0xFFFFFFFF,
        0, 0, 0, width, height,
    )  # fmt: skip
    layout = struct.pack("<IiiHH4sIiiII", 40, width, height, 1, 24, b"MJPG", width * height * 3, 0, 0, 0, 0)
    movie, index, at = b"", b"", 4
    for frame in frames:
        chunk = _chunk(b"00dc", frame)
        index += struct.pack("<4sIII", b"00dc", 0x10, at, len(frame))
        movie, at = movie + chunk, at + len(chunk)
    lists = _list(b"hdrl", _chunk(b"avih", header) + _list(b"strl", _chunk(b"strh", stream) + _chunk(b"strf", layout)))
    return _chunk(b"RIFF", b"AVI " + lists + _list(b"movi", movie) + _chunk(b"idx1", index))


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def _list(name: bytes, data: bytes) -> bytes:
    return _chunk(b"LIST", name + data)
