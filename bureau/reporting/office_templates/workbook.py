"""An Excel form: its texts with marks, and the same workbook with them filled.

Only the cells with marks are touched, in the sheets' own XML, so that layout, merges, formulas, print set-up, pictures
and charts stay. What formulas last came to is dropped, and every program reckons them anew.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from decimal import Decimal
from io import BytesIO
from posixpath import join, normpath
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from bureau.archives import damaged
from bureau.reporting import marks
from bureau.reporting.answers import Answer
from bureau.reporting.office_templates.container import main_part
from bureau.reporting.office_templates.parts import (
    Container,
    Spot,
    children,
    local,
    may_hold_marks,
    set_text,
    sibling_tag,
)
from bureau.workbooks import MAX_DIGITS, fitted

AnswerOf = Callable[[str], Answer]
Merge = tuple[int, int, int, int]
_RELATION_ID = "}id"
# What stands before the settings of calculation in a workbook, in the order of the standard.
_BEFORE_CALCULATION = {
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "AlternateContent", "bookViews", "sheets",
    "functionGroups", "externalReferences", "definedNames", "revisionPtr", "absPath",
}  # fmt: skip
_BUILT_IN_PERCENT = {"9", "10"}
_GENERAL, _TEXT = "0", "49"


class WorkbookForm:
    """Raises ``BadFile``."""

    def __init__(self, content: bytes) -> None:
        self.container = Container(content)
        self.main = main_part(self.container.parts["_rels/.rels"])
        self.targets = self._targets()
        self.sheets = list(self._sheets())
        self.strings = list(self._strings())
        self.formats = _Formats(self._by_kind("styles"))

    # Reading -------------------------------------------------------------------------------------

    def spots(self) -> Iterator[Spot]:
        """Every text of the workbook in which a mark could stand."""
        for title, part in self.sheets:
            yield Spot(title, [title], _("A mark in the name of a sheet is not filled."))
            sheet = self.container.tree(part)
            merges = _merges(sheet)
            for cell in sheet.iter("{*}c"):
                if spot := self._spot(title, cell, merges):
                    yield spot
            for line in _header_lines(sheet):
                yield Spot(_("%(sheet)s, header or footer") % {"sheet": title}, [line.text or ""])
        yield from self._other_spots()

    def _spot(self, title: str, cell: Any, merges: list[Merge]) -> Spot | None:
        formula = next(children(cell, "f"), None)
        pieces = [text.text or "" for text in (self._texts(cell) if formula is None else [formula])]
        if not may_hold_marks("".join(pieces)):
            return None
        where, is_covered = _where(title, cell.get("r", ""), merges)
        if formula is not None:
            problem = _("A mark inside a formula is not filled: give it a cell of its own, and refer to that.")
        else:
            problem = _("The cell is covered by others that it is merged with: nobody sees what stands there.")
        return Spot(where, pieces, problem if is_covered or formula is not None else "")

    def _other_spots(self) -> Iterator[Spot]:
        """Text boxes, charts, comments: the whole text of each part."""
        for name in self.container.parts:
            folder = name.partition("/")[2].partition("/")[0]
            if name.endswith(".xml") and (folder in ("drawings", "charts", "threadedComments") or "comments" in name):
                text = "".join(self.container.tree(name).itertext())
                yield Spot(name, [text], _("A mark in a text box, chart or comment is not filled: give it a cell."))

    def _texts(self, cell: Any) -> list[Any]:
        """The elements that hold the text of a cell, in order; none of a number or a formula."""
        holder = self._holder(cell)
        return [] if holder is None else list(_text_elements(holder))

    def _holder(self, cell: Any) -> Any:
        kind = cell.get("t")
        if kind == "inlineStr":
            return next(children(cell, "is"), None)
        value = next(children(cell, "v"), None)
        if kind != "s" or value is None or not (value.text or "").isdigit() or int(value.text) >= len(self.strings):
            return None
        return self.strings[int(value.text)]

    # Filling -------------------------------------------------------------------------------------

    def filled(self, answer_of: AnswerOf) -> BytesIO:
        for _title, part in self.sheets:
            sheet = self.container.changing(part)
            for cell in list(sheet.iter("{*}c")):
                if next(children(cell, "f"), None) is not None:
                    _forget_result(cell)
                elif texts := self._texts(cell):
                    self._fill(cell, texts, answer_of)
            for line in _header_lines(sheet):
                [line.text] = marks.filled([line.text or ""], lambda inside: answer_of(inside).text.replace("&", "&&"))
        self._reckon_anew()
        return self.container.written()

    def _fill(self, cell: Any, texts: list[Any], answer_of: AnswerOf) -> None:
        pieces = [text.text or "" for text in texts]
        whole = "".join(pieces)
        found = marks.places(whole)
        if not found:
            return
        if len(found) == 1 and not (whole[: found[0].start] + whole[found[0].end :]).strip():
            answer = answer_of(found[0].inside)
            if answer.number is not None and self.formats.of(cell) != _TEXT:
                _put_number(cell, _shown(answer, self.formats.is_percent(cell), self.formats.of(cell) == _GENERAL))
                return
        self._put_text(cell, marks.filled(pieces, lambda inside: answer_of(inside).text))

    def _put_text(self, cell: Any, pieces: list[str]) -> None:
        """With the fonts that parts of the text have."""
        holder = deepcopy(self._holder(cell))
        for text, piece in zip(_text_elements(holder), pieces, strict=True):
            set_text(text, str(fitted(piece)[0]))
        holder.tag = sibling_tag(cell, "is")
        _empty(cell)
        cell.set("t", "inlineStr")
        cell.append(holder)

    def _reckon_anew(self) -> None:
        workbook = self.container.changing(self.main)
        settings = next(children(workbook, "calcPr"), None)
        if settings is None:
            settings = workbook.makeelement(sibling_tag(workbook, "calcPr"))
            before = [at for at, child in enumerate(workbook) if local(child) in _BEFORE_CALCULATION]
            workbook.insert(max(before, default=-1) + 1, settings)
        settings.set("fullCalcOnLoad", "1")

    # The workbook --------------------------------------------------------------------------------

    def _targets(self) -> dict[str, tuple[str, str]]:
        """Of the workbook's relations: kind and part."""
        folder, _slash, name = self.main.rpartition("/")
        tree = self.container.tree(f"{folder}/_rels/{name}.rels")
        found = {}
        for relation in children(tree, "Relationship"):
            target = relation.get("Target", "")
            part = target.removeprefix("/") if target.startswith("/") else normpath(join(folder, target))
            found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], part)
        return found

    def _by_kind(self, kind: str) -> Any:
        part = next((part for found, part in self.targets.values() if found == kind), "")
        return self.container.tree(part) if part in self.container.parts else None

    def _sheets(self) -> Iterator[tuple[str, str]]:
        for sheet in self.container.tree(self.main).iter("{*}sheet"):
            ids = [value for name, value in sheet.attrib.items() if name.endswith(_RELATION_ID)]
            kind, part = self.targets.get(ids[0] if ids else "", ("", ""))
            if kind == "worksheet" and part in self.container.parts:
                yield sheet.get("name", ""), part

    def _strings(self) -> Iterator[Any]:
        tree = self._by_kind("sharedStrings")
        yield from () if tree is None else children(tree, "si")


class _Formats:
    """Which number format a cell has, as far as it decides what is written into it."""

    def __init__(self, styles: Any) -> None:
        self._of_style: list[str] = []
        self._percent = set(_BUILT_IN_PERCENT)
        if styles is None:
            return
        for number_format in styles.iter("{*}numFmt"):
            if "%" in number_format.get("formatCode", ""):
                self._percent.add(number_format.get("numFmtId", ""))
        for formats in children(styles, "cellXfs"):
            self._of_style = [style.get("numFmtId", _GENERAL) for style in children(formats, "xf")]

    def of(self, cell: Any) -> str:
        style = cell.get("s", "0")
        at = int(style) if style.isdigit() else 0
        return self._of_style[at] if at < len(self._of_style) else _GENERAL

    def is_percent(self, cell: Any) -> bool:
        return self.of(cell) in self._percent


def _text_elements(holder: Any) -> Iterator[Any]:
    """Without the readings that East Asian texts may carry."""
    for child in holder:
        if local(child) == "t":
            yield child
        elif local(child) == "r":
            yield from children(child, "t")


def _header_lines(sheet: Any) -> Iterator[Any]:
    for block in children(sheet, "headerFooter"):
        yield from (line for line in block if isinstance(line.tag, str))


def _merges(sheet: Any) -> list[Merge]:
    try:
        return [range_boundaries(merge.get("ref", "")) for merge in sheet.iter("{*}mergeCell")]  # type: ignore[misc]
    except (ValueError, TypeError) as error:
        raise damaged() from error


def _where(title: str, address: str, merges: list[Merge]) -> tuple[str, bool]:
    """Sheet and address, of merged cells that of all of them; whether the cell lies under another one of these."""
    try:
        letters, row = coordinate_from_string(address)
    except ValueError as error:
        raise damaged() from error
    column = column_index_from_string(letters)
    for left, top, right, bottom in merges:
        if left <= column <= right and top <= row <= bottom:
            return f"{title}!{_address(left, top)}:{_address(right, bottom)}", (column, row) != (left, top)
    return f"{title}!{address}", False


def _address(column: int, row: int) -> str:
    return f"{get_column_letter(column)}{row}"


def _shown(answer: Answer, is_percent: bool, is_general: bool) -> Decimal:
    """In a cell that shows percent 28.4 is 0.284; without a number format the number is as a text would have it."""
    number = Decimal(answer.rounded if is_general else answer.number)  # type: ignore[arg-type]
    return number / 100 if is_percent and answer.is_percent else number


def _put_number(cell: Any, number: Decimal) -> None:
    _empty(cell)
    cell.attrib.pop("t", None)
    value = cell.makeelement(sibling_tag(cell, "v"))
    value.text = f"{number:.{MAX_DIGITS}g}" if number else "0"
    cell.append(value)


def _forget_result(cell: Any) -> None:
    for value in list(children(cell, "v")):
        cell.remove(value)
    cell.attrib.pop("t", None)


def _empty(cell: Any) -> None:
    for child in list(cell):
        cell.remove(child)
