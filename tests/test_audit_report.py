"""The report of an energy-metering audit as a Word document, and all its forms as a workbook."""

import ast
import re
import struct
import zlib
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import translation
from docx import Document
from openpyxl import load_workbook

from bureau import records
from bureau.models import Attachment, Operation
from bureau.word import Picture
from inspections.audit_report import paper, papers, template
from inspections.models import EnergyAudit
from tests.audit_makers import (
    CONCLUDED,
    STILL_OPEN,
    answer_all,
    item,
    make_declared,
    make_finding,
    make_member,
    make_nonconformity,
    make_open,
)
from tests.energy_makers import (
    make_consumption,
    make_equipment,
    make_point,
    make_product,
    make_unit,
    make_year,
)

pytestmark = pytest.mark.django_db
NASTY = "<甲&乙>水泥有限公司"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"), time_machine.travel("2016-06-20 12:00:00+08:00"):
        yield


@pytest.fixture
def english(client, cast):
    client.cookies.load({"django_language": "en"})
    client.force_login(cast.inspector_a)
    return client


@pytest.fixture
def audit(cast, make_enterprise):
    unit = make_unit(cast, make_enterprise, enterprise=make_enterprise(name=NASTY))
    return make_open(cast, make_enterprise, unit=unit)


@pytest.fixture
def full(cast, make_enterprise, audit):
    """With a year of two kinds of energy, three points, a team, findings and a nonconformity."""
    unit, since = audit.unit, {"begins_on": date(2016, 1, 1)}
    year = make_year(cast, make_enterprise, unit=unit)
    make_consumption(cast, make_enterprise, energy_year=year)
    make_consumption(cast, make_enterprise, energy_year=year, energy_id="diesel", amount=100, ncv=42652)
    make_product(cast, make_enterprise, energy_year=year, value=9000)
    make_equipment(cast, make_enterprise, unit=unit)
    make_point(cast, make_enterprise, unit=unit, **since)
    make_point(cast, make_enterprise, unit=unit, level="equipment", **since)
    make_point(cast, make_enterprise, unit=unit, level="equipment", with_meter=False, **since)
    make_member(cast, make_enterprise, audit=audit)
    make_finding(cast, make_enterprise, audit=audit, result="nonconforming", finding="缺一台<主要设备>电表")
    make_nonconformity(cast, make_enterprise, audit=audit, item=item("6-1"))
    make_declared(cast, make_enterprise, audit=audit, count=5)
    answer_all(audit, by=cast.clerk_a)
    return audit


def content(client, audit, kind):
    response = client.get(reverse("inspections:audit-download", args=[audit.pk, kind]))
    assert response.status_code == 200
    return BytesIO(b"".join(response.streaming_content))


def report(client, audit):
    """Its paragraphs, the texts of its tables' cells, the document."""
    document = Document(content(client, audit, "docx"))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return "\n".join(paragraph.text for paragraph in document.paragraphs), tables, document


def test_the_word_report_has_the_numbers_of_the_data(english, cast, full):
    """1,000 t at 20,934 and 100 t at 42,652 kJ/kg: 714.30 and 145.54 tce, 859.84 in all; 83.07 and 16.93 per cent."""
    texts, tables, _document = report(english, full)
    assert "{{" not in texts and "{%" not in texts
    assert "2015年综合能耗（当量值）859.84吨标准煤，单位产值能耗0.0860吨标准煤/万元" in texts
    assert "共审查21项，其中符合20项，有缺陷0项，不符合1项，不适用0项。" in texts
    assert "审查能源计量器具2台件，应配备3台件，实际配备2台件，总配备率66.66%。" in texts
    assert "发现不符合项1项，已整改1项，未整改0项，尚未关闭0项。" in texts
    rows = [row for table in tables for row in table]
    assert ["用能单位：", NASTY] in rows
    assert ["单位名称", NASTY, NASTY, NASTY] in rows
    assert ["水泥", "5,000", "t", "9,000.00", "171.97"] in rows
    assert ["现场评审", "2016年5月3日"] in rows
    energies = next(table for table in tables if table[0][0] == "能源种类" and table[0][1] == "消费量")
    assert [row[3:] for row in energies[1:]] == [["714.30", "83.07"], ["145.54", "16.93"], ["859.84", "100.00"]]
    assert ["审查员甲", "组长", "组长", full.agency] in rows
    assert any(row[0] == "6-1" and row[3] == "缺一台<主要设备>电表" for row in rows)
    assert ["不符合事实", *["三台电能表超过检定周期"] * 3] in rows
    rates = next(table for table in tables if len(table[0]) == 13)
    assert [rates[0][place] for place in (0, 1, 5, 9)] == [
        "能源种类", "一级（用能单位）", "二级（次级用能单位）", "三级（主要用能设备）",
    ]  # fmt: skip
    assert rates[1][:5] == ["能源种类", "标准\n(%)", "应配\n(台)", "实配\n(台)", "实际\n(%)"]
    assert rates[2][:5] == ["电力", "100", "1", "1", "100.00"]
    assert rates[2][9:] == ["95", "2", "1", "50.00"]
    assert Operation.objects.filter(action="export").exists()


def test_the_template_is_what_its_script_makes():
    made, kept = template.build(), Document(template.TEMPLATE)
    assert [each.text for each in made.paragraphs] == [each.text for each in kept.paragraphs]
    assert len(made.tables) == len(kept.tables)


def test_a_report_of_nothing_says_so(english, cast, audit):
    texts, _tables, _document = report(english, audit)
    assert "本次审查前未有年度能源消费记录。" in texts
    assert "未发现不符合项。" in texts
    assert "尚未判定21项" in texts
    assert "（审查未结束，尚无结论）" in texts


def test_the_workbook_has_all_forms(english, cast, full):
    book = load_workbook(content(english, full, "xlsx"))
    assert book.sheetnames == [*(f"B.{number}" for number in range(1, 11)), "Declared and computed"]
    rows = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)] for sheet in book}
    assert [len(rows[f"B.{number}"]) for number in (3, 4, 6)] == [2, 1, 1]
    assert rows["B.8"][0][:6] == [None, "Asked for, %", "Needed", "Installed", "Actual, %", "Exempt"]
    assert rows["B.8"][1][:5] == ["Electricity", 100, 1, 1, 100]
    assert [row[7] for row in rows["B.10"]] == [714.3, 145.54, 859.84]
    assert rows["B.10"][-1][0::8] == ["All together", 100]
    assert ["B.3 to B.7: energy meters", 5, 2, 3] in rows["Declared and computed"]
    assert NASTY in book["B.1"]["A2"].value


def test_the_workbook_is_ready_to_print(english, full):
    book = load_workbook(content(english, full, "xlsx"))
    for sheet in book:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert {sheet.print_title_rows for sheet in book if sheet.title != "B.8"} == {"$4:$4"}
    rates = book["B.8"]
    assert (rates.print_title_rows, rates.freeze_panes) == ("$4:$5", "B6")
    assert {str(each) for each in rates.merged_cells.ranges} == {"A4:A5", "B4:F4", "G4:K4", "L4:P4"}
    assert rates["A4"].value == "Metered energy"
    assert (rates["B6"].number_format, rates["E6"].number_format) == ("#,##0", "#,##0.00")
    used = book["B.10"]
    assert (used["F5"].number_format, used["H5"].number_format) == ("#,##0", "#,##0.00")
    assert used["H7"].font.bold and not used["H6"].font.bold
    assert book["B.7"]["A3"].value == "None is on record."


# Digits ------------------------------------------------------------------------------------------


def test_no_digit_of_a_sentence_stands_in_the_template():
    """Each comes from a place: filled with letters, nothing but the numbers of the annexes has a digit."""
    kept = Document(template.TEMPLATE)
    cells = [cell.text for table in kept.tables for row in table.rows for cell in row.cells]
    texts = [re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", text) for text in [*(each.text for each in kept.paragraphs), *cells]]
    assert any("审查能源计量器具" in text for text in texts)
    assert [text for text in texts if re.search(r"\d", re.sub(r"^附件\d　", "", text))] == []


def test_no_digit_stands_in_a_text_of_the_code_that_fills_it():
    for module in (paper, papers):
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        texts = [
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        chinese = [text for text in texts if re.search(r"[\u4e00-\u9fff]", text)]
        assert chinese
        assert [text for text in chinese if re.search(r"\d", text)] == []


def test_sentences_follow_when_the_data_change(english, cast, make_enterprise, full):
    """Another 1,000 t of coal, 714.30 tce: 1,574.14; a point with a meter and one without: 3 of 5 are 60 per cent."""
    year = full.unit.years.get()
    row = year.consumption.get(energy_id="raw_coal")
    row.amount = 2000
    records.save(row, by=cast.clerk_a)
    since = {"unit": full.unit, "begins_on": date(2016, 1, 1)}
    make_point(cast, make_enterprise, **since)
    make_point(cast, make_enterprise, level="equipment", with_meter=False, **since)
    make_nonconformity(cast, make_enterprise, audit=full, **STILL_OPEN)
    finding = full.findings.get(item__code="6-2")
    finding.result, finding.finding = "defective", "一台等级不足"
    records.save(finding, by=cast.clerk_a)
    texts, tables, _document = report(english, full)
    assert "综合能耗（当量值）1,574.14吨标准煤，单位产值能耗0.1574吨标准煤/万元" in texts
    assert "共审查21项，其中符合19项，有缺陷1项，不符合1项，不适用0项。" in texts
    assert "审查能源计量器具3台件，应配备5台件，实际配备3台件，总配备率60.00%。" in texts
    assert "发现不符合项2项，已整改1项，未整改0项，尚未关闭1项。" in texts
    [totals] = [row for table in tables for row in table if row[0] == "合计" and len(row) == 7]
    assert totals == ["合计", "21", "19", "1", "1", "0", "0"]


def test_what_rounding_takes_from_a_sum_is_said(english, cast, make_enterprise, audit):
    """0.714.. and 0.714.. tce are 1.43 together, but 0.71 and 0.71 as shown."""
    year = make_year(cast, make_enterprise, unit=audit.unit)
    make_consumption(cast, make_enterprise, energy_year=year, amount=1)
    make_consumption(cast, make_enterprise, energy_year=year, energy_id="diesel", amount="0.5", ncv=41868)
    texts, tables, _document = report(english, audit)
    assert [row[3] for table in tables for row in table if len(row) == 5 and row[0] in ("原煤", "柴油", "合计")] == [
        "0.71", "0.71", "1.43",
    ]  # fmt: skip
    assert "其和与合计相差0.01吨标准煤" in texts


# Course ------------------------------------------------------------------------------------------


def test_the_course_of_an_audit(english, cast, make_enterprise, full):
    records.save(full, by=cast.clerk_a)
    EnergyAudit.objects.filter(pk=full.pk).update(**CONCLUDED)
    _texts, tables, _document = report(english, full)
    [course] = [table for table in tables if table[0][0] == "阶段"]
    assert course[3:] == [
        ["现场评审", "2016年5月3日至4日"],
        ["整改与验证", "2016年5月4日至10日"],
        ["审查结论", "2016年5月10日"],
        ["出具报告", "—"],
    ]
    make_nonconformity(cast, make_enterprise, audit=full, **STILL_OPEN)
    assert ["整改与验证", "2016年5月4日起"] in [row for table in report(english, full)[1] for row in table]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2016, 5, 3), None, "2016年5月3日"),
        (date(2016, 5, 3), date(2016, 5, 3), "2016年5月3日"),
        (date(2016, 5, 3), date(2016, 6, 4), "2016年5月3日至6月4日"),
        (date(2015, 5, 3), date(2016, 5, 4), "2015年5月3日至2016年5月4日"),
        (None, None, "—"),
    ],
)
def test_a_span_of_days(first, last, said):
    assert paper._span(first, last) == said


# Papers and photos -------------------------------------------------------------------------------


def png(width, height):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\x00" + b"\x7f" * width for _row in range(height))
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def jpeg(width, height, *, thumbnail=b""):
    """The frame of one, which is all that a document looks at."""
    jfif = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x01\x00\x48\x00\x48\x00\x00"
    small = b"\xff\xee" + struct.pack(">H", len(thumbnail) + 2) + thumbnail if thumbnail else b""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + jfif + small + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00pixels\xff\xd9"


def attach(record, name, content, *, by, kind="", media_type="image/png"):
    paper = Attachment(record=record, kind=kind, name=name, media_type=media_type, size=len(content), sha256="0" * 64)
    paper.file.save(name, ContentFile(content), save=False)
    records.save(paper, by=by)
    return paper


def test_photos_stand_in_the_report_and_every_paper_in_its_list(english, cast, full):
    by = cast.clerk_a
    attach(full, "远.png", png(40, 20), kind="item-6-1", by=by)
    attach(full, "铭牌.jpg", jpeg(30, 40), kind="item-6-2", media_type="image/jpeg", by=by)
    attach(full, "半张.png", png(40, 20)[:-12], kind="item-6-2", by=by)
    attach(full, "网络图.pdf", b"%PDF-1.4", kind="chart_2", media_type="application/pdf", by=by)
    attach(full, "报告.pdf", b"%PDF-1.4", kind="report", media_type="application/pdf", by=by)
    attach(full.nonconformities.get(), "整改.png", png(10, 10), by=by)
    records.void(attach(full, "作废.png", png(10, 10), by=by), by=by, reason="误传")
    lost = attach(full, "丢失.png", png(10, 10), by=by)
    lost.file.storage.delete(lost.file.name)
    texts, tables, document = report(english, full)
    [listed] = [table[1:] for table in tables if table[0][0] == "序号"]
    assert [(row[2], row[4]) for row in listed] == [
        ("网络图.pdf", ""),
        ("远.png", "照片1"),
        ("铭牌.jpg", "照片2"),
        ("半张.png", ""),
        ("丢失.png", ""),
        ("整改.png", "照片3"),
    ]
    assert listed[-1][1] == f"不符合项{full.number}/1"
    assert "照片1　6-1 能源计量器具配备率符合要求" in texts
    sizes = [(round(shape.width.cm, 1), round(shape.height.cm, 1)) for shape in document.inline_shapes]
    assert sizes == [(15.0, 7.5), (7.1, 9.5), (9.5, 9.5)]


def test_papers_of_another_audit_are_not_in_it(english, cast, make_enterprise, full):
    attach(make_open(cast, make_enterprise), "别处.png", png(10, 10), by=cast.clerk_a)
    texts, _tables, document = report(english, full)
    assert "附件6　材料清单\n无。\n附件7　现场照片\n无。" in texts
    assert len(document.inline_shapes) == 0


def test_photos_beyond_what_a_report_can_hold_are_named(english, cast, full, monkeypatch):
    monkeypatch.setattr(papers, "MOST_BYTES", len(png(40, 20)) + 5)
    for number in range(2):
        attach(full, f"{number}.png", png(40, 20), kind="item-6-1", by=cast.clerk_a)
    _texts, tables, document = report(english, full)
    [listed] = [table[1:] for table in tables if table[0][0] == "序号"]
    assert [(row[2], row[4]) for row in listed] == [("0.png", "照片1"), ("1.png", "")]
    assert len(document.inline_shapes) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.4",
        b"\xff\xd8",
        b"\xff\xd8\xff",
        png(4, 4)[:20],
        png(4, 4)[:-12],
        png(0, 4),
        jpeg(8, 8)[:-2],
        jpeg(8, 8, thumbnail=b"\xff\xd8small\xff\xd9")[:-2],
        jpeg(8, 8)[:30],
        b"GIF89a" + struct.pack("<HH", 5, 5) + b";",
    ],
)
def test_what_is_no_whole_picture(content):
    assert Picture.within(content, width=15, height=10) is None


def test_a_picture_keeps_its_proportions():
    for content in (
        png(30, 10),
        jpeg(30, 10),
        jpeg(30, 10, thumbnail=b"\xff\xd8small\xff\xd9"),
        jpeg(30, 10) + b"more",
    ):
        found = Picture.within(content, width=15, height=10)
        assert (found.width, found.height) == (15, 5)
