"""PDFs with the faults that page stores really hold: locked by a password, empty, cut off, no PDF at all."""

import hashlib
from dataclasses import dataclass

from PIL import Image

from indexer.demo_archive.scans import pdf_of

_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_FILE_ID = bytes(range(16))
_PERMISSIONS = -44
_PASSWORD = b"khong ai biet"


@dataclass(frozen=True)
class BrokenPdf:
    """A file that claims to be a PDF; `fault` is one of landmarks.BROKEN_PDFS."""

    fault: str

    def render(self) -> bytes:
        """Its bytes. Raises KeyError for a fault nobody knows."""
        return {
            "encrypted": _encrypted,
            "empty": bytes,
            "truncated": _truncated,
            "not-a-pdf": _text,
        }[self.fault]()


def _truncated() -> bytes:
    return pdf_of([Image.radial_gradient("L")])[:900]


def _text() -> bytes:
    return "Đây không phải là tệp PDF.\n".encode() * 40


def _encrypted() -> bytes:
    """One blank page under the standard security handler, revision 2 (RC4, 40 bits), with a user password."""
    padded = (_PASSWORD + _PADDING)[:32]
    owner = _rc4(_md5(padded)[:5], padded)
    key = _md5(padded + owner + (_PERMISSIONS & 0xFFFFFFFF).to_bytes(4, "little") + _FILE_ID)[:5]
    user = _rc4(key, _PADDING)
    content = _rc4(_md5(key + (4).to_bytes(3, "little") + bytes(2))[:10], b"0 0 m 595 842 l S")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Filter/Standard/V 1/R 2/P %d/O<%s>/U<%s>>>" % (_PERMISSIONS, owner.hex().encode(), user.hex().encode()),
    )
    return _file_of(objects)


def _file_of(objects: tuple[bytes, ...]) -> bytes:
    written, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size, identity = len(objects) + 1, _FILE_ID.hex().encode()
    trailer = b"<</Size %d/Root 1 0 R/Encrypt 5 0 R/ID[<%s><%s>]>>" % (size, identity, identity)
    xref = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return written + xref + b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (trailer, len(written))


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    output = bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        output.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(output)
