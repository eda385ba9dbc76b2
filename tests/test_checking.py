"""A report that was sent already: its own numbers are found again, and a changed one is told."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from docx import Document
from openpyxl import Workbook, load_workbook

from bureau.archives import BadFile
from bureau.models import Operation
from bureau.reporting.checking import upload
from bureau.reporting.checking.candidates import Kind
from bureau.reporting.checking.checked import Checked
from bureau.reporting.checking.upload import Report, pasted, uploaded
from bureau.reporting.checking.verdicts import Verdict
from bureau.reporting.periods import Period
from bureau.reporting.summary import Summary
from bureau.reporting.workbook import build
from bureau.reporting.year_text.texts import YearText
from tests.cast import CITY_A, CITY_B, PROVINCE
from tests.figure_makers import make_target

pytestmark = pytest.mark.django_db
YEAR = Period.year(2016)
PAGE = "/reports/check/"
ESTABLISHED = ("standards.established", "", "")


@pytest.fixture
def counted(make_standard, cast):
    """In 2016 four standards, one of them provincial, and three the year before; the target is ten."""
    for number in range(4):
        make_standard(by=cast.clerk_a, tier="provincial" if number == 3 else "municipal", issued_on=date(2016, 5, 1))
    for _number in range(3):
        make_standard(by=cast.clerk_a, issued_on=date(2015, 5, 1))
    make_target(cast, begins_on=date(2016, 1, 1))


def checked(report, **options):
    report = pasted(report) if isinstance(report, str) else report
    return Checked.make(report, CITY_A, 2016, user=None, **options)


def verdicts(report, **options):
    return [(row.found.written.text, row.verdict) for row in checked(report, **options).rows]


def meant(report):
    return [row.candidate and (row.candidate.slot, row.candidate.kind) for row in checked(report).rows]


def own_text():
    return "\n".join(paragraph.text for paragraph in YearText(CITY_A, YEAR).bound.printed)


def own_workbook(language):
    with override(language):
        content = BytesIO()
        build(Summary.make(CITY_A, YEAR)).save(content)
    return content.getvalue()


def file_of(content, name="报告.xlsx"):
    return SimpleUploadedFile(name, content)


def saved(book):
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def one_cell(value, label="新建社会公用计量标准"):
    book = Workbook()
    book.active.append(["指标", "本年"])
    book.active.append([label, value])
    return book


# Verdicts ----------------------------------------------------------------------------------------


def test_the_own_text_has_no_different_number(counted):
    rows = checked(own_text()).rows
    assert len(rows) > 5
    assert {row.verdict for row in rows} == {Verdict.LIVE}


def test_one_changed_number_of_the_own_text_is_the_one_that_differs(counted):
    text = own_text()
    assert "新建社会公用计量标准4项" in text
    rows = checked(text.replace("新建社会公用计量标准4项", "新建社会公用计量标准47项")).rows
    [different] = [row for row in rows if row.verdict is not Verdict.LIVE]
    assert (different.verdict, different.found.written.text) == (Verdict.DIFFERENT, "47")
    assert different.candidate.slot == ESTABLISHED
    assert (different.live, different.difference) == (4, 43)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_own_workbook_has_no_different_number(counted, language):
    with override(language):
        found = checked(uploaded(file_of(own_workbook(language))))
    assert len(found.rows) > 500
    assert [
        (row.found.place, row.found.own, row.candidate.label) for row in found.rows if row.verdict is Verdict.DIFFERENT
    ] == []
    assert found.counts[Verdict.LIVE] > len(found.rows) * 0.98


def test_one_changed_cell_of_the_own_workbook_is_the_one_that_differs(counted):
    with override("zh-hans"):
        book = load_workbook(BytesIO(own_workbook("zh-hans")))
        sheet = book["汇总表"]
        [cell] = [row[2] for row in sheet.iter_rows() if row[0].value == "新建社会公用计量标准"]
        cell.value = 86
        rows = checked(uploaded(file_of(saved(book)))).rows
    [different] = [row for row in rows if row.verdict is Verdict.DIFFERENT]
    assert different.found.place == f"汇总表!C{cell.row}"
    assert (different.candidate.slot, different.live) == (ESTABLISHED, 4)


def test_frozen_and_live_are_told_apart(counted):
    frozen = {ESTABLISHED: Decimal(5), ("standards.established", "tier", "provincial"): Decimal(1)}
    text = "新建社会公用计量标准{}项，其中省级1项。"
    assert verdicts(text.format(5), frozen=frozen) == [("5", Verdict.FROZEN), ("1", Verdict.BOTH)]
    assert verdicts(text.format(4), frozen=frozen) == [("4", Verdict.LIVE), ("1", Verdict.BOTH)]
    assert verdicts(text.format(6), frozen=frozen) == [("6", Verdict.DIFFERENT), ("1", Verdict.BOTH)]
    [row, _part] = checked(text.format(6), frozen=frozen).rows
    assert (row.frozen, row.live, row.difference) == (5, 4, 1)


def test_a_year_that_is_not_frozen_has_no_frozen_values(counted):
    found = checked("新建社会公用计量标准4项。")
    assert not found.is_frozen
    assert [(row.frozen_text, row.live_text) for row in found.rows] == [("—", "4")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全市新建社会公用计量标准4项。", [(ESTABLISHED, Kind.VALUE)]),
        ("新建社会公用计量标准4项，比上年增加1项。", [(ESTABLISHED, Kind.VALUE), (ESTABLISHED, Kind.CHANGE)]),
        ("新建社会公用计量标准4项，同比增长33.3%。", [(ESTABLISHED, Kind.VALUE), (ESTABLISHED, Kind.RATIO)]),
        ("上年新建社会公用计量标准3项。", [(ESTABLISHED, Kind.PREVIOUS)]),
        (
            "新建社会公用计量标准4项，完成目标（10项）的40.0%。",
            [(ESTABLISHED, Kind.VALUE), (ESTABLISHED, Kind.TARGET), (ESTABLISHED, Kind.COMPLETION)],
        ),
        (
            "新建社会公用计量标准4项，其中市级3项。",
            [(ESTABLISHED, Kind.VALUE), (("standards.established", "tier", "municipal"), Kind.VALUE)],
        ),
        (
            "新建社会公用计量标准4项。其中省级占25%。",
            [(ESTABLISHED, Kind.VALUE), (("standards.established", "tier", "provincial"), Kind.SHARE)],
        ),
    ],
)
def test_the_figure_is_the_one_that_the_words_say(counted, text, expected):
    assert meant(text) == expected
    assert {verdict for _text, verdict in verdicts(text)} == {Verdict.LIVE}


def test_a_fall_is_not_taken_for_a_rise(counted):
    [(_number, _four), (_change, verdict)] = verdicts("新建社会公用计量标准4项，同比下降33.3%。")
    assert verdict is Verdict.DIFFERENT


@pytest.mark.parametrize("text", ["召开会议12次。", "走访贫困户38户，捐款5万元。", "发表论文40篇。"])
def test_a_number_of_something_else_is_not_called_different(counted, text):
    assert {verdict for _text, verdict in verdicts(text)} == {Verdict.UNKNOWN}


def test_a_part_of_the_region_is_found_with_and_without_its_last_sign(counted):
    name = Summary.make(PROVINCE, YEAR).parts[CITY_A]
    for text in (name, name.removesuffix("市")):
        found = Checked.make(pasted(f"{text}新建社会公用计量标准4项。"), PROVINCE, 2016, user=None)
        [row] = found.rows
        assert (row.candidate.slot, row.verdict) == (("standards.established", "region", CITY_A), Verdict.LIVE)


def test_the_text_comes_back_with_its_numbers_in_place(counted):
    text = "新建社会公用计量标准4项。\n\n召开会议12次。"
    pieces = list(checked(text).pieces())
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.row] == ["4", "12"]


# Files -------------------------------------------------------------------------------------------


def test_a_document_is_read_with_its_tables(counted):
    document = Document()
    document.add_paragraph("新建社会公用计量标准4项。")
    table = document.add_table(2, 2)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ["指标", "数量", "新建社会公用计量标准", "5"], strict=True
    ):
        cell.text = text
    assert verdicts(uploaded(file_of(saved(document), "a.docx"))) == [("4", Verdict.LIVE), ("5", Verdict.DIFFERENT)]


def test_a_workbook_is_read(counted):
    assert verdicts(uploaded(file_of(saved(one_cell(4))))) == [("4", Verdict.LIVE)]


def with_part(content, name):
    import zipfile

    into = BytesIO(content)
    with zipfile.ZipFile(into, "a") as archive:
        archive.writestr(name, b"x")
    return into.getvalue()


BAD = {
    "empty": (lambda: b"", "is empty"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n", "A report is an Excel workbook"),
    "zip": (lambda: with_part(saved(one_cell(1)), "a")[:50], "damaged"),
    "macros": (lambda: with_part(saved(one_cell(1)), "xl/vbaProject.bin"), "macros"),
    "password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "protected by a password",
    ),
    "old document": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
        "of an old type",
    ),
    "no cells": (lambda: saved(Workbook()), "no sheet with cells"),
    "no text": (lambda: saved(Document()), "no text"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_a_sentence(name):
    content, sentence = BAD[name]
    with override("en"), pytest.raises(BadFile) as refused:
        uploaded(file_of(content()))
    assert sentence in refused.value.sentence


def test_what_is_too_much_is_refused(monkeypatch, counted):
    monkeypatch.setattr(upload, "MAX_BYTES", 100)
    with override("en"), pytest.raises(BadFile, match="at most 100"):
        uploaded(file_of(b"PK\x03\x04" + b"x" * 200))
    monkeypatch.setattr(upload, "MAX_BYTES", 1 << 20)
    monkeypatch.setattr(upload, "MOST_CELLS", 3)
    with override("en"), pytest.raises(BadFile, match="more than 3 cells"):
        uploaded(file_of(saved(one_cell(4))))
    with override("en"), pytest.raises(BadFile, match="at most 200,000"):
        pasted("字" * 200_001)
    monkeypatch.setattr("bureau.reporting.checking.checked.MOST_NUMBERS", 1)
    with override("en"), pytest.raises(BadFile, match="There are 2 numbers; at most 1"):
        checked("新建4项，5家。")
    with override("en"), pytest.raises(BadFile, match="no number"):
        checked(Report("没有数字。"))


# Page --------------------------------------------------------------------------------------------


def test_the_page_shows_the_verdicts_and_keeps_nothing(client, cast, counted):
    client.force_login(cast.manager_a)
    text = "新建社会公用计量标准47项，其中省级1项。召开秘密会议。"
    response = client.post(PAGE, {"region": CITY_A, "year": "2016", "text": text})
    assert response.status_code == 200
    html = response.content.decode()
    assert f"{reverse('reporting:drilldown', args=['standards.established'])}?region=" in html
    assert dict(response.context["counts"]) == {Verdict.DIFFERENT: 1, Verdict.LIVE: 1}
    line = Operation.objects.get(action=Operation.Action.EXPORT)
    assert line.detail == {
        "region": CITY_A,
        "year": 2016,
        "different": 1,
        "live": 1,
        "both": 0,
        "frozen": 0,
        "unknown": 0,
    }
    assert "秘密" not in line.target


def test_the_result_is_downloaded_as_a_workbook(client, cast, counted):
    client.force_login(cast.manager_a)
    asked = {"region": CITY_A, "year": "2016"}
    book = saved(one_cell(47, label="+新建社会公用计量标准"))
    shown = client.post(PAGE, {**asked, "file": file_of(book)})
    response = client.post(PAGE, {**asked, "report": shown.context["carried"]})
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    [cells] = list(sheet.iter_rows(min_row=4))
    assert cells[0].value == "47" and cells[1].value == "Sheet!B2"
    assert [cell.value for cell in cells[6:]] == [4, 43]
    assert {cell.data_type for cell in cells[:6]} == {"s"}


@pytest.mark.parametrize("given", [{}, {"text": " "}, {"report": "forged"}])
def test_nothing_to_check_is_told(client, cast, given):
    client.force_login(cast.manager_a)
    response = client.post(PAGE, {"region": CITY_A, "year": "2016", **given})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()


def test_a_bad_file_leaves_the_form_as_it_was(client, cast):
    client.force_login(cast.manager_a)
    given = {"region": CITY_A, "year": "2015", "text": "新建4项。", "file": file_of(b"x")}
    response = client.post(PAGE, given)
    assert response.status_code == 422
    html = response.content.decode()
    assert "新建4项。" in html and '<option value="2015" selected>' in html


def test_another_region_gets_404(client, cast):
    client.force_login(cast.manager_a)
    assert client.get(PAGE, {"region": CITY_B}).status_code == 404
    assert client.post(PAGE, {"region": CITY_B, "year": "2016", "text": "新建4项。"}).status_code == 404


def test_it_needs_a_role_with_records(client, cast):
    client.force_login(cast.auditor)
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"text": "新建4项。"}).status_code == 403
