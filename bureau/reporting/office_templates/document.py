"""A Word form: its paragraphs with marks, and the same document with them filled.

Word divides a text into runs wherever it pleases; a mark that lies over several is put where it begins, in the format
that its first character has. Tables, headers, footers, notes and text boxes are paragraphs as any others.
"""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from bureau.reporting import marks
from bureau.reporting.answers import Answer
from bureau.reporting.office_templates.parts import Container, Spot, children, local, may_hold_marks, set_text

_WRITTEN = re.compile(r"word/(document|header|footer|footnotes|endnotes)\d*\.xml")
_UNWRITTEN = re.compile(r"word/(charts|diagrams)/[^/]+\.xml|word/comments\w*\.xml")
_OF_WORD = "wordprocessingml"


class DocumentForm:
    """Raises ``BadFile``."""

    def __init__(self, content: bytes) -> None:
        self.container = Container(content)
        self.written = [name for name in self.container.parts if _WRITTEN.fullmatch(name)]

    def spots(self) -> Iterator[Spot]:
        for name in self.written:
            tree = self.container.tree(name)
            for paragraph in _paragraphs(tree):
                pieces = [text.text or "" for text in _texts(paragraph)]
                if may_hold_marks("".join(pieces)):
                    yield Spot(_where(name, tree, paragraph), pieces)
        for name in self.container.parts:
            if _UNWRITTEN.fullmatch(name):
                text = "".join(self.container.tree(name).itertext())
                yield Spot(
                    name, [text], _("A mark in a chart, diagram or comment is not filled: move it into the text.")
                )

    def filled(self, answer_of: Callable[[str], Answer]) -> BytesIO:
        for name in self.written:
            for paragraph in _paragraphs(self.container.changing(name)):
                texts = _texts(paragraph)
                pieces = [text.text or "" for text in texts]
                if not marks.places("".join(pieces)):
                    continue
                for text, piece in zip(texts, marks.filled(pieces, lambda inside: answer_of(inside).text), strict=True):
                    set_text(text, piece)
        return self.container.written()


def _paragraphs(tree: Any) -> Iterator[Any]:
    return (each for each in tree.iter("{*}p") if _OF_WORD in etree.QName(each).namespace)


def _texts(paragraph: Any) -> list[Any]:
    """The texts of the paragraph itself; a text box in it has paragraphs of its own."""
    return [text for text in paragraph.iter("{*}t") if _is_of(text, paragraph)]


def _is_of(text: Any, paragraph: Any) -> bool:
    if _OF_WORD not in etree.QName(text).namespace:
        return False
    return next(above for above in text.iterancestors() if local(above) == "p") is paragraph


def _where(part: str, tree: Any, paragraph: Any) -> str:
    """Where a reader finds it: the cell of a table, or the paragraph by its number."""
    cell = next((above for above in paragraph.iterancestors() if local(above) == "tc"), None)
    kind = _kind(part, paragraph)
    if cell is None:
        alike = [each for each in _paragraphs(tree) if each.getparent() is paragraph.getparent()]
        number = next(at for at, each in enumerate(alike, start=1) if each is paragraph)
        return _("%(part)s, paragraph %(number)s") % {"part": kind, "number": number}
    row = cell.getparent()
    table = next(above for above in cell.iterancestors() if local(above) == "tbl")
    tables = [each for each in tree.iter("{*}tbl") if _OF_WORD in etree.QName(each).namespace]
    return _("%(part)s, table %(table)s, row %(row)s, column %(column)s") % {
        "part": kind,
        "table": _number_of(table, tables),
        "row": _number_of(row, children(table, "tr")),
        "column": _number_of(cell, children(row, "tc")),
    }


def _number_of(wanted: Any, found: Any) -> int:
    return next((at for at, each in enumerate(found, start=1) if each is wanted), 1)


def _kind(part: str, paragraph: Any) -> str:
    if any(local(above) == "txbxContent" for above in paragraph.iterancestors()):
        return _("Text box")
    match = _WRITTEN.fullmatch(part)
    kinds = {"header": _("Header"), "footer": _("Footer"), "footnotes": _("Footnotes"), "endnotes": _("Endnotes")}
    return kinds.get(match[1] if match else "", _("Text"))
