"""Parts of the Word templates that scripts of ours make: paragraphs, tables with a row for each record, page numbers.

``bureau.word`` fills what is made here.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from lxml import etree

BODY, HEADING, LATIN = "仿宋", "黑体", "Times New Roman"
# Font, its names on other machines or what comes nearest there, family.
OTHER_NAMES = (
    (BODY, "FangSong,仿宋_GB2312,STFangsong,Noto Serif CJK SC", "modern"),
    (HEADING, "SimHei,STHeiti,Noto Sans CJK SC", "modern"),
)
CENTRE, RIGHT, DISTRIBUTED = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.DISTRIBUTE
TWIP = 635  # in the unit of python-docx, English metric units


def new_document(title: str) -> Any:
    """A4 upright; pages are numbered but for the first, which is a cover."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.5)
    section.different_first_page_header_footer = True
    set_fonts(document)
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "", title, ""
    properties.created = properties.modified = datetime(2026, 1, 1, tzinfo=UTC)
    _number_pages(section.footer.paragraphs[0])
    return document


def set_fonts(document: Any, others: Sequence[tuple[str, str, str]] = OTHER_NAMES) -> None:
    """The language lets a program choose Chinese signs, the other names what to take where a font is missing."""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    [table] = [part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml"]
    fonts = parse_xml(table.blob)
    for name, names, family in others:
        fonts.append(element("w:font", name=name))
        fonts[-1].extend([element("w:altName", val=names), element("w:charset", val="86"),
                          element("w:family", val=family)])  # fmt: skip
    table._blob = etree.tostring(fonts, xml_declaration=True, encoding="UTF-8", standalone=True)


def element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _number_pages(paragraph: Any) -> None:
    """第 2 页 共 6 页"""
    paragraph.alignment = CENTRE
    for before, field, after in (("第 ", "PAGE", " 页　"), ("共 ", "NUMPAGES", " 页")):
        write(paragraph, before, 10.5, BODY)
        for kind in ("begin", "", "end"):
            part = paragraph.add_run()
            part.font.size = Pt(10.5)
            part._r.append(element("w:fldChar", fldCharType=kind) if kind else instruction(field))
        write(paragraph, after, 10.5, BODY)


def instruction(field: str) -> Any:
    part = OxmlElement("w:instrText")
    part.text = field
    return part


def text(
    document: Any,
    content: str,
    *,
    size: float = 14,
    font: str = BODY,
    align: Any = None,
    indent: bool = False,
    before: float = 0,
    after: float = 2,
    with_next: bool = False,
) -> Any:
    """``with_next``: on one page with the paragraph behind it."""
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    style = paragraph.paragraph_format
    style.space_before, style.space_after, style.line_spacing = Pt(before), Pt(after), 1.4
    style.keep_with_next = with_next or None
    if indent:
        style.first_line_indent = Pt(size * 2)
    write(paragraph, content, size, font)
    return paragraph


def heading(document: Any, content: str, *, size: float = 16, on_new_page: bool = False) -> None:
    """Stands in the outline of the document."""
    paragraph = text(document, content, size=size, font=HEADING, before=10, after=4, with_next=True)
    paragraph.paragraph_format.page_break_before = on_new_page or None
    paragraph._p.get_or_add_pPr().append(element("w:outlineLvl", val="0"))


def command(document: Any, content: str) -> None:
    """A line for the filling alone, such as ``if``: nothing of it is left."""
    text(document, f"{{%p {content} %}}")


def on_the_cover(document: Any, pairs: Sequence[tuple[str, str]], *, widths: Sequence[float] = (4, 11)) -> None:
    """Labels of one width, each value on a line to write on."""
    grid = new_grid(document, widths)
    grid.style = document.styles["Normal Table"]
    for label, value in pairs:
        row = _row(grid, (f"{label}：", value), (DISTRIBUTED, CENTRE), size=16, room=8)
        borders = OxmlElement("w:tcBorders")
        borders.append(element("w:bottom", val="single", sz="6", space="0", color="auto"))
        row.cells[1]._tc.get_or_add_tcPr().insert_element_before(borders, "w:vAlign")


def facts(
    document: Any, rows: Sequence[Sequence[tuple[str, str]]], *, widths: Sequence[float] = (3.8, 4.2, 3.8, 4.2)
) -> None:
    """Labels with their values, one or two in a row, on one page where that has room for them."""
    grid = new_grid(document, widths)
    for number, pairs in enumerate(rows, start=1):
        texts = [text for pair in pairs for text in pair]
        spare = [""] * (len(widths) - len(texts))
        row = _row(grid, [*texts, *spare], (CENTRE, None) * 2, size=12, with_next=number < len(rows))
        if spare:
            _merge(row.cells[1], row.cells[-1])


def _merge(first: Any, last: Any) -> None:
    """The text of the first one, or of the last one where that is empty, stands in both."""
    merged = first.merge(last)
    for paragraph in list(merged.paragraphs):
        if not paragraph.text and len(merged.paragraphs) > 1:
            paragraph._p.getparent().remove(paragraph._p)


def table(
    document: Any,
    columns: Sequence[tuple[str, float]],
    rows: str,
    cells: Sequence[str],
    aligned: Sequence[Any],
    *,
    size: float = 12,
    last: Sequence[str] = (),
    groups: Sequence[tuple[str, int]] = (),
    together: bool = False,
) -> None:
    """A header (text, width in cm) that is repeated on every page, and a row for each ``row`` of ``rows``.

    ``together``: a short one, on one page with the paragraph behind it.
    ``groups``: a line above the header, (text, number of columns); a column with "" there has its own heading alone.
    Such wide tables have cells with narrow margins.
    """
    grid = new_grid(document, [width for _heading, width in columns])
    if groups:
        _set_margins(grid, Cm(0.08))
        _group(grid, [name for name, _width in columns], groups, size=size)
    else:
        _header(grid, [name for name, _width in columns], size=size)
    blank = [""] * (len(columns) - 1)
    _row(grid, (f"{{%tr for row in {rows} %}}", *blank), aligned, size=size)
    _row(grid, cells, aligned, size=size, with_next=together)
    _row(grid, ("{%tr endfor %}", *blank), aligned, size=size)
    if last:
        _row(grid, last, aligned, size=size, font=HEADING, with_next=together)


def _header(grid: Any, names: Sequence[str], *, size: float) -> Any:
    row = _row(grid, names, [CENTRE] * len(names), size=size, font=HEADING, with_next=True)
    row._tr.get_or_add_trPr().append(element("w:tblHeader", val="true"))
    return row


def _group(grid: Any, names: Sequence[str], groups: Sequence[tuple[str, int]], *, size: float) -> None:
    above = [text for name, count in groups for text in (name, *[""] * (count - 1))]
    first, second = _header(grid, above, size=size), _header(grid, names, size=size)
    place = 0
    for name, count in groups:
        _merge(first.cells[place], first.cells[place + count - 1] if name else second.cells[place])
        place += count


def new_grid(document: Any, widths: Sequence[float]) -> Any:
    """An empty table with columns of these widths in cm."""
    grid = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Cm(width)
    return grid


def _set_margins(grid: Any, width: int) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=str(round(width / TWIP)), type="dxa"))
    grid._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def _row(
    grid: Any,
    texts: Sequence[str],
    aligned: Sequence[Any],
    *,
    size: float,
    font: str = BODY,
    with_next: bool = False,
    room: float = 2,
) -> Any:
    """``room``: points above and below the text of a cell."""
    row = grid.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, column, content, align in zip(row.cells, grid.columns, texts, aligned, strict=True):
        cell.width, cell.vertical_alignment = column.width, WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = cell.paragraphs[0]
        paragraph.alignment = align
        style = paragraph.paragraph_format
        style.space_before = style.space_after = Pt(room)
        style.line_spacing, style.keep_with_next = 1, with_next or None
        write(paragraph, content, size, font)
        # The mark at its end has a size too: an empty cell is as high as that.
        mark = OxmlElement("w:rPr")
        mark.append(element("w:sz", val=str(round(size * 2))))
        paragraph._p.get_or_add_pPr().append(mark)
    return row


def write(paragraph: Any, content: str, size: float, font: str) -> None:
    """A run of text, ``size`` in points; Latin letters and digits have their own font."""
    run = paragraph.add_run(content)
    run.font.size, run.font.name = Pt(size), LATIN
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
