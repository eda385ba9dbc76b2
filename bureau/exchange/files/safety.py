"""What is looked at before a file is opened: size, what it really is, what it unpacks to."""

import codecs
import csv
import re
import zipfile
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from bureau.archives import (
    BLOCK,
    MOST_PARTS,
    OLE,
    ZIP,
    BadFile,
    blocks,
    check_sizes,
    check_xml,
    damaged,
    encrypted,
    opened,
    too_large_inside,
)

__all__ = [
    "BLOCK",
    "MOST_PARTS",
    "OLE",
    "ZIP",
    "BadFile",
    "blocks",
    "count_csv_rows",
    "damaged",
    "delimiter_of",
    "encoding_of",
    "encrypted",
    "kind_of",
    "not_a_workbook",
    "opened",
    "too_large_inside",
]

# Streams of a compound file are named in UTF-16.
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
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


def not_a_workbook() -> BadFile:
    return BadFile(_("This file is not an Excel workbook. Files of the types xlsx, xls, ods and csv can be read."))


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


def _kind_of_zip(file: BinaryIO) -> str:
    with opened(file) as archive:
        return _checked(archive)


def _checked(archive: zipfile.ZipFile) -> str:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    check_sizes(parts)
    kind = _kind_by_parts(archive, names)
    check_xml(archive, parts)
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
