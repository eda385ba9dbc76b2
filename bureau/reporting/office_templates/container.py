"""What is looked at before a form of an office's own is kept: size, what it is, and that nothing in it can run."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from bureau.archives import OLE, ZIP, BadFile, check_sizes, check_xml, damaged, opened
from bureau.reporting.office_templates.parts import local, tree_of

MAX_BYTES, MAX_UNPACKED = 10 << 20, 40 << 20
XLSX, DOCX = "xlsx", "docx"
WITH_MACROS = (".xlsm", ".docm", ".xltm", ".dotm", ".xlsb")

_MACROS = re.compile(r"vbaproject|vbadata|/macrosheets/", re.IGNORECASE)
_OBJECTS = re.compile(r"/(embeddings|activex|ctrlprops)/|oleobject", re.IGNORECASE)
_LINKS = re.compile(r"/(externallinks|querytables)/|/connections\.xml$", re.IGNORECASE)
# Fields by which Word fetches something from elsewhere, or starts something.
_FIELDS = {"DDEAUTO", "DDE", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "LINK", "DATABASE", "RD", "MACROBUTTON"}


def too_large(size: int) -> BadFile:
    return BadFile(
        _("The file has %(size)s; a form can have at most %(limit)s.")
        % {"size": filesizeformat(size), "limit": filesizeformat(MAX_BYTES)}
    )


def kind_of(name: str, size: int, file: Any) -> str:
    """``XLSX`` or ``DOCX``; raises ``BadFile``. Nothing is read of a file that is too large."""
    if size > MAX_BYTES:
        raise too_large(size)
    if PurePath(name).suffix.lower() in WITH_MACROS:
        raise _with_macros()
    file.seek(0)
    head = file.read(8)
    if head.startswith(OLE):
        raise BadFile(_("The file is of an old type or protected by a password. Save it as xlsx or docx without one."))
    if not head.startswith(ZIP):
        raise _other_kind()
    file.seek(0)
    with opened(file) as archive:
        return _checked(archive)


def _other_kind() -> BadFile:
    return BadFile(_("A form is an Excel workbook (xlsx) or a Word document (docx). Save it as one of these."))


def _with_macros() -> BadFile:
    return BadFile(_("The file holds macros. Save it without them, as xlsx or docx."))


def _checked(archive: zipfile.ZipFile) -> str:
    parts = archive.infolist()
    check_sizes(parts, MAX_UNPACKED)
    names = [part.filename for part in parts]
    if len({name.lower() for name in names}) < len(names):  # programs differ in which of two they read
        raise damaged()
    check_xml(archive, parts)
    kind = _kind_by_parts(archive, names)
    if any(map(_MACROS.search, names)) or b"macroenabled" in archive.read("[Content_Types].xml").lower():
        raise _with_macros()
    if any(map(_OBJECTS.search, names)):
        raise BadFile(_("The file holds embedded objects or controls of other programs. Delete them and save it anew."))
    if any(map(_LINKS.search, names)) or any(_is_foreign(archive, name) for name in names):
        raise BadFile(
            _("The file fetches something from other files or data sources. Break these links and save it anew.")
        )
    return kind


def _kind_by_parts(archive: zipfile.ZipFile, names: list[str]) -> str:
    if not {"[Content_Types].xml", "_rels/.rels"} <= set(names):
        raise _other_kind()
    main = main_part(archive.read("_rels/.rels"))
    if main.startswith("xl/") and main.endswith(".xml") and main in names:
        return XLSX
    if main.startswith("word/") and main in names:
        return DOCX
    raise _other_kind()


def main_part(relations: bytes) -> str:
    """The part that a container is about; "" if it does not say."""
    for relation in tree_of(relations):
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            return str(relation.get("Target", "")).removeprefix("/")
    return ""


def _is_foreign(archive: zipfile.ZipFile, name: str) -> bool:
    if name.endswith(".rels"):
        return any(
            relation.get("TargetMode") == "External" and not relation.get("Type", "").endswith("/hyperlink")
            for relation in tree_of(archive.read(name)).iter("{*}Relationship")
        )
    if not (name.startswith("word/") and name.endswith(".xml")):
        return False
    return any(field.split()[0].upper() in _FIELDS for field in _fields(tree_of(archive.read(name))) if field.split())


def _fields(tree: Any) -> Iterator[str]:
    """The instruction of each field, however Word has divided it."""
    open_ones: list[list[str]] = []
    for element in tree.iter("{*}fldSimple", "{*}fldChar", "{*}instrText"):
        name = local(element)
        attributes = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
        if name == "fldSimple":
            yield attributes.get("instr", "")
        elif name == "instrText" and open_ones:
            open_ones[-1].append(element.text or "")
        elif attributes.get("fldCharType") == "begin":
            open_ones.append([])
        elif attributes.get("fldCharType") == "end" and open_ones:
            yield "".join(open_ones.pop())
    yield from ("".join(pieces) for pieces in open_ones)
