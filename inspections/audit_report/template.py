"""Makes ``templates/inspections/audit_report.docx``, the document that the report of an audit fills.

The file stands in the repository, so that an office may edit it in Word: places in double braces are filled
(``paper.py`` says with what). ``python -m inspections.audit_report.template`` makes it anew.
"""

from pathlib import Path
from typing import Any

from bureau.word_parts import CENTRE, HEADING, RIGHT, command, facts, heading, new_document, on_the_cover, table, text

TEMPLATE = Path(__file__).resolve().parents[2] / "templates" / "inspections" / "audit_report.docx"
RATES = ("标准\n(%)", "应配\n(台)", "实配\n(台)", "实际\n(%)")
# Heading and count.
RESULTS = (
    ("项数", "total"),
    ("符合", "conforming"),
    ("有缺陷", "defective"),
    ("不符合", "nonconforming"),
    ("不适用", "not_applicable"),
    ("未判定", "open"),
)
ANNEXES = (
    "附件1　现场审查汇总表",
    "附件2　不符合项报告",
    "附件3　能源计量器具配备情况统计汇总表",
    "附件4　能源计量器具准确度等级统计汇总表",
    "附件5　用能单位申报数与核算数的差异",
    "附件6　材料清单",
    "附件7　现场照片",
)


def build() -> Any:
    document = new_document("能源计量审查报告")
    _cover(document)
    _unit(document)
    _energy(document)
    _course(document)
    _outcome(document)
    _items(document)
    _nonconformities(document)
    _rates(document)
    _differences(document)
    _papers(document)
    return document


def _cover(document: Any) -> None:
    text(document, "报告编号：{{ report_no }}", size=12, align=RIGHT, after=120)
    text(document, "能源计量审查报告", size=28, font=HEADING, align=CENTRE, after=120)
    on_the_cover(
        document,
        (
            ("用能单位", "{{ unit.name }}"),
            ("审查单位", "{{ agency }}"),
            ("审查组长", "{{ leader }}"),
            ("审查日期", "{{ on_site }}"),
            ("报告日期", "{{ reported_on }}"),
        ),
    )


def _unit(document: Any) -> None:
    heading(document, "一、用能单位基本情况", on_new_page=True)
    facts(
        document,
        (
            (("单位名称", "{{ unit.name }}"),),
            (("统一社会信用代码", "{{ unit.credit_code }}"),),
            (("地址", "{{ unit.address }}"),),
            (("行政区划", "{{ unit.region }}"),),
            (("单位类别", "{{ unit.kind }}"), ("所属行业", "{{ unit.sector }}")),
            (("能耗等级", "{{ unit.size_class }}"),),
            (("测量管理体系认证", "{{ unit.certificates }}"),),
            (("能源计量人员", "{{ people }}人"), ("主要用能设备", "{{ equipment }}台套")),
            (("总产值（万元）", "{{ output_value }}"), ("增加值（万元）", "{{ added_value }}")),
        ),
    )
    command(document, "if products")
    text(document, "{{ year }}年主要产品：", indent=True, before=6)
    table(
        document,
        (("产品", 4.6), ("产量", 3.2), ("单位", 1.8), ("产值\n（万元）", 2.8), ("单位产品能耗\n（千克标准煤）", 3.6)),
        "products",
        ("{{ row.name }}", "{{ row.amount }}", "{{ row.unit }}", "{{ row.value }}", "{{ row.kgce }}"),
        (None, RIGHT, CENTRE, RIGHT, RIGHT),
    )
    command(document, "endif")


def _energy(document: Any) -> None:
    heading(document, "二、能源消费情况")
    command(document, "if energies")
    text(
        document,
        "{{ year }}年综合能耗（当量值）{{ tce }}吨标准煤{% if per_output %}，单位产值能耗{{ per_output }}吨标准煤/万元"
        "{% endif %}{% if per_added %}，单位增加值能耗{{ per_added }}吨标准煤/万元{% endif %}。按{{ conversion }}折算，"
        "各类能源消费情况如下：",
        indent=True,
    )
    table(
        document,
        (("能源种类", 4), ("消费量", 3.5), ("单位", 2), ("折标准煤（吨）", 3.5), ("占比（%）", 3)),
        "energies",
        ("{{ row.name }}", "{{ row.amount }}", "{{ row.unit }}", "{{ row.tce }}", "{{ row.share }}"),
        (None, RIGHT, CENTRE, RIGHT, RIGHT),
        last=("合计", "", "", "{{ tce }}", "{{ shares }}"),
        together=True,
    )
    command(document, "if rounding")
    text(document, "注：各项分别修约，其和与合计相差{{ rounding }}吨标准煤。", size=10.5, before=4)
    command(document, "endif")
    command(document, "else")
    text(document, "本次审查前未有年度能源消费记录。", indent=True)
    command(document, "endif")
    command(document, "for problem in energy_problems")
    text(document, "注：{{ problem }}", size=10.5, before=4)
    command(document, "endfor")


def _course(document: Any) -> None:
    heading(document, "三、审查依据")
    command(document, "for basis in bases")
    text(document, "{{ basis }}", indent=True)
    command(document, "endfor")
    command(document, "for problem in problems")
    text(document, "注：{{ problem }}", size=10.5, before=4)
    command(document, "endfor")
    heading(document, "四、审查组")
    table(
        document,
        (("姓名", 3.5), ("职务", 2.5), ("分工", 4), ("单位", 6)),
        "members",
        ("{{ row.name }}", "{{ row.post }}", "{{ row.duty }}", "{{ row.organisation }}"),
        (CENTRE, CENTRE, None, None),
    )
    heading(document, "五、审查过程")
    table(
        document,
        (("阶段", 5), ("日期", 11)),
        "course",
        ("{{ row.step }}", "{{ row.day }}"),
        (CENTRE, None),
    )


def _outcome(document: Any) -> None:
    heading(document, "六、审查情况")
    text(
        document,
        "共审查{{ counts.total }}项，其中符合{{ counts.conforming }}项，有缺陷{{ counts.defective }}项，不符合"
        "{{ counts.nonconforming }}项，不适用{{ counts.not_applicable }}项"
        "{% if counts.open %}，尚未判定{{ counts.open }}项{% endif %}。"
        "审查能源计量器具{{ meters }}台件，应配备{{ needed }}台件，实际配备{{ installed }}台件"
        "{% if rate %}，总配备率{{ rate }}%{% endif %}。",
        indent=True,
    )
    table(
        document,
        (("审查内容", 5.2), *((name, 1.8) for name, _key in RESULTS)),
        "chapters",
        ("{{ row.label }}", *(f"{{{{ row.cells[{place}] }}}}" for place in range(6))),
        (None, *[CENTRE] * 6),
        last=("合计", *(f"{{{{ counts.{key} }}}}" for _name, key in RESULTS)),
        together=True,
    )
    command(document, "if repeated")
    text(document, "以往审查已发现、本次仍存在的问题：{{ repeated|join('；') }}。", indent=True, before=6)
    command(document, "endif")
    text(
        document,
        "{% if nonconformities %}发现不符合项{{ nonconformities|length }}项，已整改{{ rectified }}项，未整改"
        "{{ not_rectified }}项，尚未关闭{{ open_ones }}项。{% else %}未发现不符合项。{% endif %}",
        indent=True,
        before=6,
    )
    heading(document, "七、审查结论")
    text(document, "{{ conclusion }}", indent=True, font=HEADING, with_next=True)
    command(document, "for line in opinion")
    text(document, "{{ line }}", indent=True, with_next=True)
    command(document, "endfor")
    text(document, "审查组长（签字）：________________", indent=True, before=24, with_next=True)
    text(document, "审查单位（盖章）：________________　　{{ signed_on }}", indent=True, before=12, with_next=True)
    text(document, "附件：", indent=True, before=18, size=12, with_next=True)
    for annex in ANNEXES:
        text(document, annex, indent=True, size=12, with_next=annex != ANNEXES[-1])


def _items(document: Any) -> None:
    heading(document, ANNEXES[0], on_new_page=True)
    table(
        document,
        (("编号", 1.6), ("审查项目", 5.4), ("结果", 1.8), ("审查发现", 5), ("条款", 2.2)),
        "items",
        ("{{ row.code }}", "{{ row.text }}", "{{ row.result }}", "{{ row.finding }}", "{{ row.clause }}"),
        (CENTRE, None, CENTRE, None, None),
        size=10.5,
    )


def _nonconformities(document: Any) -> None:
    heading(document, ANNEXES[1])
    command(document, "if not nonconformities")
    text(document, "无。", indent=True)
    command(document, "endif")
    command(document, "for each in nonconformities")
    text(document, "不符合项{{ each.number }}", font=HEADING, before=8, with_next=True)
    facts(
        document,
        (
            (("不符合条款", "{{ each.clause }}"),),
            (("不符合事实", "{{ each.facts }}"),),
            (("发现日期", "{{ each.found_on }}"), ("整改期限", "{{ each.due_on }}")),
            (("整改措施", "{{ each.measures }}"),),
            (("整改证据", "{{ each.evidence }}"),),
            (("整改结果", "{{ each.outcome }}"),),
            (("验证人及日期", "{{ each.verified }}"),),
        ),
    )
    command(document, "endfor")


def _rates(document: Any) -> None:
    heading(document, ANNEXES[2])
    text(
        document,
        "{% if edition %}依据{{ edition }}。{% endif %}标准、实际为配备率；“—”表示不适用或不作要求。",
        size=10.5,
        with_next=True,
    )
    command(document, "if rates")
    levels = ("一级（用能单位）", "二级（次级用能单位）", "三级（主要用能设备）")
    table(
        document,
        (("能源种类", 2.2), *((name, 1.15) for _level in levels for name in RATES)),
        "rates",
        ("{{ row.name }}", *(f"{{{{ row.cells[{place}] }}}}" for place in range(12))),
        (None, *[RIGHT] * 12),
        size=9,
        groups=(("", 1), *((level, len(RATES)) for level in levels)),
    )
    command(document, "else")
    text(document, "未登记计量点。", indent=True)
    command(document, "endif")
    heading(document, ANNEXES[3])
    command(document, "if uses")
    table(
        document,
        (("计量目的", 6.4), ("要求等级", 2), ("台件数", 1.9), ("符合", 1.9), ("不符合", 1.9), ("无法比较", 1.9)),
        "uses",
        tuple(f"{{{{ row.{name} }}}}" for name in ("name", "asked", "meters", "met", "not_met", "unknown")),
        (None, CENTRE, RIGHT, RIGHT, RIGHT, RIGHT),
        size=10.5,
    )  # fmt: skip
    command(document, "else")
    text(document, "未登记能源计量器具，或者未按准确度等级要求判定。", indent=True)
    command(document, "endif")


def _differences(document: Any) -> None:
    heading(document, ANNEXES[4])
    command(document, "if differences")
    table(
        document,
        (("项目", 9), ("申报数", 3.5), ("核算数", 3.5)),
        "differences",
        ("{{ row.label }}", "{{ row.declared }}", "{{ row.computed }}"),
        (None, RIGHT, RIGHT),
        size=10.5,
        together=True,
    )
    command(document, "else")
    text(document, "申报数与核算数一致，或者用能单位未申报。", indent=True)
    command(document, "endif")


def _papers(document: Any) -> None:
    heading(document, ANNEXES[5])
    command(document, "if papers")
    table(
        document,
        (("序号", 1.2), ("材料", 5.2), ("文件名", 4.6), ("说明", 3.4), ("照片", 1.6)),
        "papers",
        ("{{ row.number }}", "{{ row.kind }}", "{{ row.name }}", "{{ row.remark }}", "{{ row.photo }}"),
        (CENTRE, None, None, None, CENTRE),
        size=10.5,
    )
    command(document, "else")
    text(document, "无。", indent=True)
    command(document, "endif")
    heading(document, ANNEXES[6])
    command(document, "if not photos")
    text(document, "无。", indent=True)
    command(document, "endif")
    command(document, "for photo in photos")
    text(document, "{{ photo.picture }}", align=CENTRE, before=8, with_next=True)
    text(document, "照片{{ photo.number }}　{{ photo.caption }}", size=10.5, align=CENTRE, after=8)
    command(document, "endfor")


if __name__ == "__main__":
    build().save(str(TEMPLATE))
