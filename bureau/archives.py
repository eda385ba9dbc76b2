"""Zip containers that strangers send (xlsx, ods, docx): looked at before anything in them is believed."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

BLOCK = 1 << 20
MOST_PARTS = 10_000
# Repetitive sheets pack to about a hundredth; a bomb to a thousandth.
MOST_RATIO, RATIO_FROM_BYTES = 300, 20 << 20

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML = re.compile(r"\.(xml|rels|vml)$", re.IGNORECASE)
_DOCTYPES = [
    marker.encode(coding) for marker in ("<!DOCTYPE", "<!ENTITY") for coding in ("ascii", "utf-16-le", "utf-16-be")
]


class BadFile(Exception):
    """Why a file cannot be read at all, as a sentence for the clerk."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def damaged() -> BadFile:
    return BadFile(_("The file is damaged or incomplete. Open it in Excel, save it again and choose the new file."))


def encrypted() -> BadFile:
    return BadFile(_("The file is protected by a password. Save it without the password and choose the new file."))


def too_large_inside(limit: int | None = None) -> BadFile:
    return BadFile(
        _("The contents of this file are too large: at most %(limit)s can be read. Split the file.")
        % {"limit": filesizeformat(limit or settings.IMPORT_MAX_UNPACKED_BYTES)}
    )


@contextmanager
def opened(file: Path | BinaryIO) -> Iterator[zipfile.ZipFile]:
    """An archive; raises ``BadFile`` for what is found to be broken in it, then or while it is read."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, LookupError) as error:
        raise damaged() from error


def check_sizes(parts: Sequence[zipfile.ZipInfo], limit: int | None = None) -> None:
    """By what the container declares; a part that is longer than declared ends in ``damaged``.

    ``limit``: bytes unpacked, ``IMPORT_MAX_UNPACKED_BYTES`` without one. Raises ``BadFile``.
    """
    if any(part.flag_bits & 1 for part in parts):
        raise encrypted()
    declared, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    is_bomb = declared > RATIO_FROM_BYTES and declared > MOST_RATIO * max(packed, 1)
    if len(parts) > MOST_PARTS or declared > (limit or settings.IMPORT_MAX_UNPACKED_BYTES) or is_bomb:
        raise too_large_inside(limit)


def check_xml(archive: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]) -> None:
    """No part declares entities; reading each to the end also proves that it is whole. Raises ``BadFile``."""
    for part in parts:
        if _XML.search(part.filename):
            _check_part(archive, part)


def blocks(archive: zipfile.ZipFile, part: zipfile.ZipInfo | str) -> Iterator[bytes]:
    with archive.open(part) as stream:
        while block := stream.read(BLOCK):
            yield block


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    tail = b""
    for block in blocks(archive, part):
        text = tail + block
        if any(marker in text for marker in _DOCTYPES):
            raise BadFile(_("The file contains XML declarations that no workbook needs, so it was not opened."))
        tail = block[-32:]
