"""What is looked at before a file is opened: size, what it really is, what it unpacks to."""

import codecs
import csv
import re
import zipfile
import zlib
from collections.abc import Iterator
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
# Streams of a compound file are named in UTF-16.
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_XML = re.compile(r"\.(xml|rels|vml)$", re.IGNORECASE)
_DOCTYPES = [
    marker.encode(coding) for marker in ("<!DOCTYPE", "<!ENTITY") for coding in ("ascii", "utf-16-le", "utf-16-be")
]
_MARKUP = re.compile(rb"^\s*<(\?xml|!doctype|html|table|!--)", re.IGNORECASE)
_OTHER_FILES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
    b"BM",
    b"MZ",
)


class BadFile(Exception):
    """Why a file cannot be read at all, as a sentence for the clerk."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def not_a_workbook() -> BadFile:
    return BadFile(_("This file is not an Excel workbook. Files of the types xlsx, xls, ods and csv can be read."))


def damaged() -> BadFile:
    return BadFile(_("The file is damaged or incomplete. Open it in Excel, save it again and choose the new file."))


def encrypted() -> BadFile:
    return BadFile(_("The file is protected by a password. Save it without the password and choose the new file."))


def too_large_inside() -> BadFile:
    return BadFile(
        _("The contents of this file are too large: at most %(limit)s can be read. Split the file.")
        % {"limit": filesizeformat(settings.IMPORT_MAX_UNPACKED_BYTES)}
    )


def kind_of(path: Path) -> str:
    """ "xlsx" (also with macros), "ods", "xls" or "csv", by content and never by name; raises ``BadFile``."""
    size = path.stat().st_size
    if size == 0:
        raise BadFile(_("The file is empty."))
    if size > settings.IMPORT_MAX_BYTES:
        raise BadFile(
            _("The file has %(size)s; at most %(limit)s can be read.")
            % {"size": filesizeformat(size), "limit": filesizeformat(settings.IMPORT_MAX_BYTES)}
        )
    with path.open("rb") as file:
        head = file.read(4096)
        if head.startswith(ZIP):
            return _kind_of_zip(file)
        if head.startswith(OLE):
            file.seek(0)
            if _contains(file, _ENCRYPTED_PACKAGE):
                raise encrypted()
            return "xls"
    if _MARKUP.match(head.lstrip(codecs.BOM_UTF8)):
        raise BadFile(
            _("This is a web page with the name of a workbook. Open it in Excel and save it as an xlsx workbook.")
        )
    is_wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if head.startswith(_OTHER_FILES) or (b"\0" in head and not is_wide):
        raise not_a_workbook()
    return "csv"


def _contains(file: BinaryIO, wanted: bytes) -> bool:
    tail = b""
    while block := file.read(BLOCK):
        if wanted in tail + block:
            return True
        tail = block[-len(wanted) :]
    return False


# Zip: xlsx, ods ----------------------------------------------------------------------------------


@contextmanager
def opened(file: Path | BinaryIO) -> Iterator[zipfile.ZipFile]:
    """An archive; raises ``BadFile`` for what is found to be broken in it, then or while it is read."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, LookupError) as error:
        raise damaged() from error


def _kind_of_zip(file: BinaryIO) -> str:
    with opened(file) as archive:
        return _checked(archive)


def _checked(archive: zipfile.ZipFile) -> str:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise encrypted()
    declared, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    is_bomb = declared > RATIO_FROM_BYTES and declared > MOST_RATIO * max(packed, 1)
    if len(parts) > MOST_PARTS or declared > settings.IMPORT_MAX_UNPACKED_BYTES or is_bomb:
        raise too_large_inside()
    kind = _kind_by_parts(archive, names)
    for part in parts:
        if _XML.search(part.filename):
            _check_xml(archive, part)
    if kind == "ods" and _is_encrypted_ods(archive, names):
        raise encrypted()
    return kind


def _kind_by_parts(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "[Content_Types].xml" in names and any(name.lower().startswith("xl/workbook.") for name in names):
        return "xlsx"
    media_type = archive.read("mimetype")[:100] if "mimetype" in names else b""
    if "content.xml" in names and media_type.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    raise not_a_workbook()


def blocks(archive: zipfile.ZipFile, part: zipfile.ZipInfo | str) -> Iterator[bytes]:
    with archive.open(part) as stream:
        while block := stream.read(BLOCK):
            yield block


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No part of a workbook declares entities; reading it to the end also proves that it is whole."""
    tail = b""
    for block in blocks(archive, part):
        text = tail + block
        if any(marker in text for marker in _DOCTYPES):
            raise BadFile(_("The file contains XML declarations that no workbook needs, so it was not opened."))
        tail = block[-32:]


def _is_encrypted_ods(archive: zipfile.ZipFile, names: set[str]) -> bool:
    manifest = "META-INF/manifest.xml"
    return manifest in names and b"encryption-data" in archive.read(manifest)


# Text --------------------------------------------------------------------------------------------


def encoding_of(path: Path) -> str:
    """UTF-8 with or without its mark, UTF-16 with its mark, else GB18030 (which includes GBK); raises ``BadFile``."""
    with path.open("rb") as file:
        head = file.read(2)
    candidates = ["utf-16"] if head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else ["utf-8-sig", "gb18030"]
    for encoding in candidates:
        try:
            with path.open(encoding=encoding, newline="") as text:
                while block := text.read(BLOCK):
                    if "\0" in block:
                        raise not_a_workbook()
            return encoding
        except UnicodeError:
            continue
    raise not_a_workbook()


def delimiter_of(path: Path, encoding: str) -> str:
    """Comma, tab or semicolon; raises ``BadFile`` for a text that holds none of them."""
    with path.open(encoding=encoding, newline="") as text:
        head = text.read(20_000)
    delimiter = max((",", "\t", ";"), key=head.count)
    if delimiter not in head:
        raise not_a_workbook()
    return delimiter


def count_csv_rows(path: Path, encoding: str, delimiter: str) -> int:
    """Reads the whole file once, so that a bad line is found before anything is written."""
    try:
        with path.open(encoding=encoding, newline="") as text:
            return sum(1 for _row in csv.reader(text, delimiter=delimiter))
    except csv.Error as error:
        raise damaged() from error
