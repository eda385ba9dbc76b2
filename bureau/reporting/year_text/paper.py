"""The text as a Word document in the style of official documents (GB/T 9704: A4, 22 lines of 28.9 points to a page)."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Cm, Mm, Pt

from bureau.reporting.year_text.reading import Kind, Paragraph
from bureau.word_parts import BODY, CENTRE, HEADING, OTHER_NAMES, RIGHT, element, instruction, set_fonts, write

TITLE_FONT, SUBHEADING_FONT, NUMBER_FONT = "方正小标宋简体", "楷体", "宋体"
FONTS = (
    *OTHER_NAMES,
    (TITLE_FONT, "方正小标宋_GBK,FZXiaoBiaoSong-B05S,小标宋,华文中宋,宋体,SimSun,Noto Serif CJK SC", "roman"),
    (SUBHEADING_FONT, "楷体_GB2312,KaiTi,STKaiti,AR PL UKai CN,Noto Serif CJK SC", "script"),
    (NUMBER_FONT, "SimSun,STSong,Noto Serif CJK SC", "roman"),
)
# Points: 二号, 三号, 四号.
TITLE_SIZE, SIZE, NUMBER_SIZE = 22, 16, 14
LINE_PITCH = 28.9
_TWIPS = 20  # of a point


def paper(paragraphs: Iterable[Paragraph], *, signed: str = "", day: str = "") -> BytesIO:
    """``signed`` and ``day`` stand under the text, where they are given."""
    document = _document()
    for paragraph in paragraphs:
        _write(document, paragraph)
    if signed:
        _line(document, "")
        for line in (signed, day):
            _line(document, line, align=RIGHT, right=SIZE * 2)
    content = BytesIO()
    document.save(content)
    content.seek(0)
    return content


def _write(document: Any, paragraph: Paragraph) -> None:
    text = paragraph.text
    if paragraph.kind is Kind.TITLE:
        document.core_properties.title = text
        _line(document, text, size=TITLE_SIZE, font=TITLE_FONT, align=CENTRE)
        _line(document, "")
    elif paragraph.kind is Kind.PARAGRAPH:
        _line(document, text, indent=True)
    else:
        is_first = paragraph.kind is Kind.HEADING
        line = _line(document, text, font=HEADING if is_first else SUBHEADING_FONT, indent=True)
        line.paragraph_format.keep_with_next = True
        line._p.get_or_add_pPr().append(element("w:outlineLvl", val="0" if is_first else "1"))


def _line(
    document: Any,
    text: str,
    *,
    size: float = SIZE,
    font: str = BODY,
    align: Any = None,
    indent: bool = False,
    right: float = 0,
) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    style = paragraph.paragraph_format
    style.space_before = style.space_after = Pt(0)
    style.line_spacing_rule, style.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE_PITCH)
    if indent:
        style.first_line_indent = Pt(size * 2)
    if right:
        style.right_indent = Pt(right)
    write(paragraph, text, size, font)
    return paragraph


def _document() -> Any:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Cm(2.5)
    set_fonts(document, FONTS)
    for old in section._sectPr.findall(element("w:docGrid").tag):
        section._sectPr.remove(old)
    section._sectPr.append(element("w:docGrid", type="lines", linePitch=str(round(LINE_PITCH * _TWIPS))))
    document.settings.odd_and_even_pages_header_footer = True
    _number_pages(section.footer.paragraphs[0], is_odd=True)
    _number_pages(section.even_page_footer.paragraphs[0], is_odd=False)
    properties = document.core_properties
    properties.author, properties.comments = "", ""
    return document


def _number_pages(paragraph: Any, *, is_odd: bool) -> None:
    """— 2 —, outside, a character from the edge."""
    style = paragraph.paragraph_format
    if is_odd:
        paragraph.alignment, style.right_indent = RIGHT, Pt(NUMBER_SIZE)
    else:
        style.left_indent = Pt(NUMBER_SIZE)
    write(paragraph, "— ", NUMBER_SIZE, NUMBER_FONT)
    for kind in ("begin", "", "end"):
        write(paragraph, "", NUMBER_SIZE, NUMBER_FONT)
        part = paragraph.runs[-1]._r
        part.append(element("w:fldChar", fldCharType=kind) if kind else instruction("PAGE"))
    write(paragraph, " —", NUMBER_SIZE, NUMBER_FONT)
