"""Forms of an office's own: marks are filled, and what is no mark stays as it was."""

import re
from io import BytesIO

import pytest
from docx import Document
from docx.shared import Pt
from openpyxl import load_workbook

from bureau.reporting.office_templates.container import DOCX
from tests.office_forms import (
    MARK,
    changed,
    edited,
    filled,
    parts_of,
    problems_of,
    rich_form,
    saved,
    workbook_with,
)

pytestmark = pytest.mark.django_db


def test_the_marks_of_a_workbook_are_filled(counted):
    sheet = load_workbook(filled(rich_form())).worksheets[0]

    assert sheet["A1"].value == "沈阳市2016年统计表"
    assert (sheet["B3"].value, sheet["B4"].value) == (4, 1)
    assert sheet["B6"].value == 3  # 300 % in a cell that shows percent
    assert sheet["A7"].value == "共4项，2016年"
    assert sheet["B8"].value == "—"
    assert sheet["A9"].value == "“标记”以外的文字 { } 不变"
    assert sheet.oddFooter.center.text == "沈阳市 第 &P 页"


def test_everything_else_survives(counted):
    before, after = load_workbook(BytesIO(rich_form())), load_workbook(filled(rich_form()))

    for old, new in zip(before.worksheets, after.worksheets, strict=True):
        assert (new.title, new.sheet_state) == (old.title, old.sheet_state)
        assert sorted(map(str, new.merged_cells.ranges)) == sorted(map(str, old.merged_cells.ranges))
        for dimensions, size in (("column_dimensions", "width"), ("row_dimensions", "height")):
            sizes = [
                {key: getattr(each, size) for key, each in getattr(sheet, dimensions).items()} for sheet in (old, new)
            ]
            assert sizes[0] == sizes[1]
        for attribute in ("print_area", "print_title_rows", "freeze_panes"):
            assert getattr(new, attribute) == getattr(old, attribute)
        assert vars(new.page_setup) | {"_parent": 0} == vars(old.page_setup) | {"_parent": 0}
        assert vars(new.page_margins) == vars(old.page_margins)
        assert [str(each.sqref) for each in new.data_validations.dataValidation] == [
            str(each.sqref) for each in old.data_validations.dataValidation
        ]
        assert list(map(str, new.conditional_formatting)) == list(map(str, old.conditional_formatting))
        for row in old.iter_rows():
            for cell in row:
                twin = new[cell.coordinate]
                assert twin.number_format == cell.number_format
                assert (repr(twin.font), repr(twin.fill)) == (repr(cell.font), repr(cell.fill))
                if cell.data_type == "f":
                    assert twin.value == cell.value
    parts_before, parts_after = parts_of(rich_form()), parts_of(filled(rich_form()).getvalue())
    untouched = [name for name in parts_before if "sheet1" not in name and name != "xl/workbook.xml"]
    assert any("chart" in name for name in untouched)
    assert all(parts_after[name] == parts_before[name] for name in untouched if "sheet2" not in name)


def test_formulas_are_reckoned_anew(counted):
    """No result of before stays in the file: a program that opens it has to reckon."""
    content = edited(rich_form(), rb"<f>B3-B4</f><v ?(/>|></v>)", b"<f>B3-B4</f><v>99</v>")
    assert b"<v>99</v>" in parts_of(content)["xl/worksheets/sheet1.xml"]
    parts = parts_of(filled(content).getvalue())
    assert b"<v>99</v>" not in parts["xl/worksheets/sheet1.xml"]
    assert b'fullCalcOnLoad="1"' in parts["xl/workbook.xml"]


def test_texts_in_several_fonts_keep_them(counted):
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    text = CellRichText("新建", TextBlock(InlineFont(b=True, color="FF0000"), "{{ standards.est"), "ablished }}", "项")
    again = load_workbook(filled(saved(workbook_with(A1=text))), rich_text=True).active["A1"].value
    assert str(again) == "新建4项"
    assert again[1].font.b and again[1].text == "4"


def test_a_cell_for_texts_gets_a_text(counted):
    workbook = workbook_with(A2=MARK)
    workbook.active["A2"].number_format = "@"
    assert load_workbook(filled(saved(workbook))).active["A2"].value == "4"


@pytest.mark.parametrize(("number_format", "value"), [("General", 33.33), ("0.0000", 100 / 3), ("0.00%", 1 / 3)])
def test_a_rate_is_as_exact_as_its_cell_asks(make_standard, cast, number_format, value):
    """One of three was checked with a problem; a cell without a format gets what a text would say."""
    from tests import standard_files

    for number in range(3):
        standard = make_standard()
        outcome = {"outcome": "conforming", "problems": ""} if number else {}
        standard_files.make_spot_check(None, cast, standard=standard, **outcome)
    workbook = workbook_with(A1="{{ standards.problem_rate }}")
    workbook.active["A1"].number_format = number_format
    assert load_workbook(filled(saved(workbook))).active["A1"].value == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize(
    ("cells", "merge", "where"),
    [
        ({"B7": "{{ standards.establishd }}"}, "", "Sheet!B7:"),
        ({"B7": "共{{ standards.established | tier=imperial }}项"}, "", "Sheet!B7:"),
        ({"B7": "{{ standards.establishd }}"}, "B7:D9", "Sheet!B7:D9:"),
        ({"B7": "{{ standards.established"}, "", "Sheet!B7:"),
        ({"B7": '="{{ standards.established }}"&"项"'}, "", "Sheet!B7:"),
    ],
)
def test_a_bad_mark_is_reported_with_its_cell(reference, cells, merge, where):
    workbook = workbook_with(A1=MARK, **cells)
    if merge:
        workbook.active.merge_cells(merge)
    [problem] = problems_of(saved(workbook))
    assert problem.startswith(where)


def test_all_bad_marks_are_reported_at_once(reference):
    workbook = workbook_with(A1="{{ a }}", B2="{{ b }} {{ c }}")
    workbook.create_sheet("二")["C3"] = "{{ d }}"
    assert [each.partition(":")[0] for each in problems_of(saved(workbook))] == [
        "Sheet!A1",
        "Sheet!B2",
        "Sheet!B2",
        "二!C3",
    ]


def test_a_mark_in_merged_cells_is_filled_and_one_under_them_refused(counted):
    workbook = workbook_with(B3=MARK)
    workbook.active.merge_cells("B3:D4")
    assert load_workbook(filled(saved(workbook))).active["B3"].value == 4
    covered = b'<c r="C3" t="inlineStr"><is><t>{{ year }}</t></is></c>'
    hidden = edited(saved(workbook), rb"</row>", covered + b"</row>")
    [problem] = problems_of(hidden)
    assert problem.startswith("Sheet!B3:D4:")


def test_a_mark_in_a_comment_or_sheet_name_is_refused(reference):
    from openpyxl.comments import Comment

    workbook = workbook_with(A1=MARK)
    workbook.active["A1"].comment = Comment("{{ year }}", "")
    workbook.active.title = "{{ year }}"
    assert len(problems_of(saved(workbook))) == 2


def test_a_workbook_of_another_program_is_filled(counted):
    """Inline texts, no shared ones, a namespace with a prefix."""
    content = saved(workbook_with(A1="x", A2=MARK))
    sheet = (
        '<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>{{ standards.established }}</x:t></x:is></x:c>'
        "</x:row></x:sheetData></x:worksheet>"
    )
    content = changed(content, {"xl/worksheets/sheet1.xml": lambda part: sheet.encode()})
    assert load_workbook(filled(content)).active["A1"].value == 4


def test_shared_texts_are_filled_where_they_stand_and_others_stay(counted):
    """As Excel writes them: each text once for all cells, some in several fonts, some with a reading."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    reading = '<rPh sb="0" eb="1"><t>gong</t></rPh>'
    bold = "<r><rPr><b/></rPr><t>established }}项</t></r>"
    two_fonts = f"<si><r><t>共{{{{ standards.</t></r>{bold}{reading}</si>"
    texts = f'<sst xmlns="{space}"><si><t>{{{{ standards.established }}}}</t></si><si><t>不变</t></si>{two_fonts}</sst>'
    cells = "".join(f'<c r="{name}1" t="s"><v>{at}</v></c>' for name, at in (("A", 0), ("B", 1), ("C", 2), ("D", 0)))
    sheet = f'<worksheet xmlns="{space}"><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Type="{kind}" Target="sharedStrings.xml" Id="rId9"/></Relationships>'
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{content_type}"/></Types>'
    replaced = {
        "xl/worksheets/sheet1.xml": lambda part: sheet.encode(),
        "xl/_rels/workbook.xml.rels": lambda part: part.replace(b"</Relationships>", relation.encode()),
        "[Content_Types].xml": lambda part: part.replace(b"</Types>", override.encode()),
    }
    form = changed(saved(workbook_with(A1="x")), replaced, {"xl/sharedStrings.xml": texts})
    content = filled(form).getvalue()
    values = [cell.value for cell in load_workbook(BytesIO(content)).active[1]]
    assert values == [4, "不变", "共4项", 4]
    assert parts_of(content)["xl/sharedStrings.xml"] == texts.encode()


# Word --------------------------------------------------------------------------------------------


def split_form():
    document = Document()
    paragraph = document.add_paragraph("新建")
    for piece in ("{", "{ standards.", "established }", "}项，"):
        paragraph.add_run(piece).bold = piece.startswith("{")
    paragraph.add_run("完。").italic = True
    table = document.add_table(rows=2, cols=2)
    table.cell(1, 1).text = "{{ standards.established | previous }}"
    inner = table.cell(0, 0).add_table(rows=1, cols=1)
    inner.cell(0, 0).text = "{{ year }}"
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ region }}"
    section.footer.paragraphs[0].text = "{{ made_on }}"
    document.add_paragraph("没有标记").runs[0].font.size = Pt(9)
    return document


def test_a_mark_over_several_runs_is_filled_and_formats_stay(counted):
    document = Document(filled(saved(split_form()), DOCX))

    paragraph = document.paragraphs[0]
    assert paragraph.text == "新建4项，完。"
    assert [run.text for run in paragraph.runs if run.bold] == ["4", ""]  # in the format of its first piece
    assert paragraph.runs[-1].italic
    assert document.tables[0].cell(1, 1).text == "1"
    assert document.tables[0].cell(0, 0).tables[0].cell(0, 0).text == "2016"
    assert document.sections[0].header.paragraphs[0].text == "沈阳市"
    assert document.sections[0].footer.paragraphs[0].text.endswith("日")
    assert document.paragraphs[-1].runs[0].font.size == Pt(9)


def test_a_text_box_is_filled(counted):
    document = Document()
    box = (
        '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:pict><w:txbxContent><w:p><w:r>'
        "<w:t>{{ standards.established }}</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    )
    from docx.oxml import parse_xml

    document.add_paragraph("外")._p.append(parse_xml(box))
    parts = parts_of(filled(saved(document), DOCX).getvalue())
    assert ">4</w:t>" in parts["word/document.xml"].decode()


@pytest.mark.parametrize("place", ["paragraph", "cell", "header"])
def test_a_bad_mark_of_a_document_is_reported_with_its_place(reference, place):
    document = Document()
    document.add_paragraph("前言")
    if place == "paragraph":
        document.add_paragraph("{{ nothing }}")
    elif place == "cell":
        document.add_table(rows=3, cols=2).cell(2, 1).text = "{{ nothing }}"
    else:
        document.sections[0].header.paragraphs[0].text = "{{ nothing }}"
    [problem] = problems_of(saved(document), DOCX)
    numbers = {"paragraph": ["2"], "cell": ["1", "3", "2"], "header": ["1"]}[place]  # table, row, column
    assert re.findall(r"\d+", problem.partition("{{")[0]) == numbers


def test_nothing_of_a_users_form_is_run(counted):
    """Words of a template language are no marks: they are refused, or stay as they are."""
    document = Document()
    document.add_paragraph("{% for x in ().__class__.__bases__ %}{{ year }}{% endfor %}")
    assert Document(filled(saved(document), DOCX)).paragraphs[0].text == (
        "{% for x in ().__class__.__bases__ %}2016{% endfor %}"
    )
    document.add_paragraph("{{ ''.__class__.__mro__ }}")
    assert len(problems_of(saved(document), DOCX)) == 1
