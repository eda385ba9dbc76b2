"""Makes ``templates/enterprises/campaign_report.docx``, the document that a campaign's report fills.

The file stands in the repository, so that an office may edit it in Word: places in double braces are filled
(``paper.py`` says with what). ``python -m enterprises.service_campaign.template`` makes it anew.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from bureau.word_parts import BODY, CENTRE, HEADING, LATIN, RIGHT, new_grid, text, write

TEMPLATE = Path(__file__).resolve().parents[2] / "templates" / "enterprises" / "campaign_report.docx"
# As ``summary.BY_REGION``.
PLACES = (
    ("地区", 2.3),
    ("服务企业\n（家）", 1.7),
    ("走访\n（次）", 1.4),
    ("惠及\n（人次）", 1.8),
    ("发现问题\n（个）", 1.7),
    ("解决问题\n（个）", 1.7),
    ("培训\n（期）", 1.5),
    ("培训\n（人）", 1.5),
    ("增加效益\n（元）", 2.4),
)


def build() -> Any:
    document = Document()
    _set_up(document)
    text(document, "{{ name }}", size=22, font=HEADING, align=CENTRE, after=4)
    text(document, "活动总结报告", size=22, font=HEADING, align=CENTRE, after=14)
    _facts(document)
    _heading(document, "一、总体情况")
    text(document, "{%p for line in plan %}")
    text(document, "{{ line }}", indent=True)
    text(document, "{%p endfor %}")
    text(document, "{%p if is_empty %}")
    text(document, "统计地区内尚无本次活动的服务记录。", indent=True)
    text(document, "{%p else %}")
    text(document, _OVERALL, indent=True)
    text(document, "{%p endif %}")
    _table(
        document,
        (("指标", 9.0), ("单位", 2.5), ("数值", 4.5)),
        "figures",
        ("{{ row.label }}", "{{ row.unit }}", "{{ row.text }}"),
        (None, CENTRE, RIGHT),
    )
    text(document, "{%p if not is_empty %}")
    _heading(document, "二、分地区情况")
    cells = ("{{ row.name }}", *(f"{{{{ row.cells[{place}] }}}}" for place in range(8)))
    total = ("合计", *(f"{{{{ total[{place}] }}}}" for place in range(8)))
    _table(document, PLACES, "places", cells, (None, *[RIGHT] * 8), size=9, last=total)
    text(document, "注：服务企业按户去重，合计与各地区之和不等时以合计为准。", size=9)
    _heading(document, "三、分服务项目情况")
    text(document, "{%p if activities %}")
    _table(
        document,
        (("服务项目", 7.0), ("单位", 2.5), ("数量", 3.25), ("涉及企业（家）", 3.25)),
        "activities",
        ("{{ row.label }}", "{{ row.unit }}", "{{ row.count }}", "{{ row.enterprises }}"),
        (None, CENTRE, RIGHT, RIGHT),
    )
    text(document, "{%p else %}")
    text(document, "服务记录中未填写服务项目。", indent=True)
    text(document, "{%p endif %}")
    text(document, "{%p endif %}")
    _heading(document, "{% if is_empty %}二{% else %}四{% endif %}、总结上报情况")
    text(document, "{%p if reports %}")
    text(document, _REPORTED, indent=True)
    _table(
        document,
        (("上报单位", 8.0), ("上报日期", 4.0), ("状态", 4.0)),
        "reports",
        ("{{ row.agency }}", "{{ row.reported_on }}", "{{ row.state }}"),
        (None, CENTRE, CENTRE),
    )
    text(document, "{%p else %}")
    text(document, "本次活动未要求下级单位上报总结，或者统计地区内没有上报单位。", indent=True)
    text(document, "{%p endif %}")
    text(document, "制表：{{ made_by }}　{{ made_at }}", size=10.5, align=RIGHT, before=12)
    return document


_OVERALL = (
    "活动期间，共服务企业{{ amounts.enterprises_served }}家，走访{{ amounts.visits }}次，惠及"
    "{{ amounts.person_times }}人次；发现问题{{ amounts.problems_found }}个，帮助解决{{ amounts.problems_solved }}个；"
    "举办培训{{ amounts.training_sessions }}期，培训{{ amounts.people_trained }}人；"
    "为企业增加效益{{ amounts.economic_benefit }}元，减免费用{{ amounts.fees_waived }}元；"
    "除国家规定收费项目外收取费用{{ amounts.fees_charged }}元。"
)
_REPORTED = (
    "应上报{{ reports|length }}个单位，已上报{{ reported }}个，未上报{{ missing|length }}个"
    "{% if missing %}：{{ missing|join('、') }}{% endif %}。"
)


def _set_up(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.5)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "", "计量服务活动总结报告", ""
    properties.created = properties.modified = datetime(2026, 1, 1, tzinfo=UTC)
    _number_pages(section.footer.paragraphs[0])


def _number_pages(paragraph: Any) -> None:
    paragraph.alignment = CENTRE
    for kind, content in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = content
        run._r.append(part)


def _facts(document: Any) -> None:
    table = new_grid(document, (3.5, 12.5))
    for label, place in (
        ("组织单位", "{{ agency }}"),
        ("文号", "{{ document_no }}"),
        ("活动时间", "{{ first }}至{{ last }}"),
        ("统计地区", "{{ region }}"),
        ("上报期限", "{{ report_due_on }}"),
    ):
        _row(table, (label, place), (CENTRE, None), size=12)


def _heading(document: Any, content: str) -> None:
    text(document, content, size=16, font=HEADING, before=10, after=4, with_next=True)


def _table(
    document: Any,
    columns: Sequence[tuple[str, float]],
    rows: str,
    cells: Sequence[str],
    aligned: Sequence[Any],
    *,
    size: float = 12,
    last: Sequence[str] = (),
) -> None:
    """A header that is repeated on every page, and a row for each of ``rows``."""
    table = new_grid(document, [width for _heading, width in columns])
    header = _row(table, [heading for heading, _width in columns], [CENTRE] * len(columns), size=size, font=HEADING)
    marker = OxmlElement("w:tblHeader")
    marker.set(qn("w:val"), "true")
    header._tr.get_or_add_trPr().append(marker)
    blank = [""] * (len(columns) - 1)
    _row(table, (f"{{%tr for row in {rows} %}}", *blank), aligned, size=size)
    _row(table, cells, aligned, size=size)
    _row(table, ("{%tr endfor %}", *blank), aligned, size=size)
    if last:
        _row(table, last, aligned, size=size, font=HEADING)


def _row(table: Any, texts: Sequence[str], aligned: Sequence[Any], *, size: float, font: str = BODY) -> Any:
    row = table.add_row()
    whole = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(whole)
    for cell, column, content, align in zip(row.cells, table.columns, texts, aligned, strict=True):
        cell.width = column.width
        paragraph = cell.paragraphs[0]
        paragraph.alignment = align
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        write(paragraph, content, size, font)
    return row


if __name__ == "__main__":
    build().save(str(TEMPLATE))
