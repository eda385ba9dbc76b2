"""Files of every bad kind, chosen on the page: one sentence in Chinese, nothing kept; and odd ones that can be read."""

import re
from html import unescape

import pytest
from django.utils.translation import gettext
from openpyxl import load_workbook

from bureau.exchange.files import ods_parts, parts, safety
from bureau.exchange.models import Import
from tests import bad_files
from tests.importing import HEADER, row, workbook
from tests.ledgers import rewrite

NO_WORKBOOK, DAMAGED = safety.not_a_workbook, safety.damaged
TOO_LARGE, LOCKED = safety.too_large_inside, safety.encrypted
HOSTILE = "The file contains XML declarations that no workbook needs, so it was not opened."
WEB_PAGE = "This is a web page with the name of a workbook. Open it in Excel and save it as an xlsx workbook."
NO_SHEET = "The workbook has no sheet with cells."
CASES = {
    bad_files.nothing: None,  # said by the form
    bad_files.pdf: NO_WORKBOOK,
    bad_files.picture: NO_WORKBOOK,
    bad_files.letter: NO_WORKBOOK,
    bad_files.web_page: WEB_PAGE,
    bad_files.half_of_it: DAMAGED,
    bad_files.broken_list_of_sheets: DAMAGED,
    bad_files.broken_list_of_parts: DAMAGED,
    bad_files.unknown_encoding: DAMAGED,
    bad_files.broken_sheet: None,
    bad_files.csv_with_nul: NO_WORKBOOK,
    bad_files.csv_of_no_encoding: NO_WORKBOOK,
    bad_files.csv_with_open_quote: None,
    bad_files.entities: HOSTILE,
    bad_files.bomb: TOO_LARGE,
    bad_files.bomb_that_lies: DAMAGED,
    bad_files.deep_list_of_sheets: TOO_LARGE,
    bad_files.three_million_rows: None,
    bad_files.columns_without_end: None,
    bad_files.locked_xlsx: LOCKED,
    bad_files.locked_xls: LOCKED,
    bad_files.locked_ods: LOCKED,
    bad_files.empty_workbook: None,
    bad_files.title_alone: None,
    bad_files.chart_alone: NO_SHEET,
}


@pytest.fixture
def good(tmp_path):
    return workbook(tmp_path / "good.xlsx", [row(1)])


def alerts(page):
    """What the page says of the file."""
    found = re.findall(r'<p class="mt-2 problem" role="alert">(.*?)</p>', page.content.decode(), re.DOTALL)
    return [unescape(text).strip() for text in found]


def kept_files(settings):
    return [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


@pytest.mark.parametrize("make", CASES, ids=lambda make: make.__name__)
def test_it_rejects(upload, good, settings, make):
    page = upload(content=make(good), name="2016年建标.xlsx")
    assert page.status_code == 422
    [sentence] = alerts(page)
    said = CASES[make]
    if said is not None:
        assert sentence == (gettext(said) if isinstance(said, str) else said().sentence)
    assert re.search("[\u4e00-\u9fff]", sentence)
    # Nothing of the reader's own words: names of types of files and columns are all the Latin that a sentence has.
    assert set(re.findall(r"[A-Za-z]{3,}", sentence)) <= {"Excel", "xlsx", "xls", "ods", "csv", "XML"}
    assert not Import.objects.exists()
    assert kept_files(settings) == []


def test_a_number_that_is_too_large_is_named(upload, good):
    assert "3000000" in alerts(upload(content=bad_files.three_million_rows(good)))[0]
    assert "16000" in alerts(upload(content=bad_files.columns_without_end(good)))[0]


def test_after_a_bad_file_the_next_one_is_read(upload, good):
    assert upload(content=bad_files.bomb(good)).status_code == 422
    assert upload([row(1)]).status_code == 302


def test_cells_that_hold_errors_without_end(upload, good, monkeypatch):
    monkeypatch.setattr(parts, "MOST_BROKEN", 3)
    book = load_workbook(good)
    for number in range(2, 6):
        book.active.cell(number, 1, "=A1")
    assert alerts(upload(content=bad_files.saved(book))) == [TOO_LARGE().sentence]


def test_an_ods_with_tables_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr(ods_parts, "MOST_PARTS", 3)
    tables = "".join(f'<table:table table:name="{number}" table:protected="true"/>' for number in range(4))
    (tmp_path / "a.ods").write_bytes(bad_files.zipped(**{"content.xml": tables}))
    with pytest.raises(safety.BadFile) as caught:
        ods_parts.OdsParts(tmp_path / "a.ods").facts("0")
    assert caught.value.sentence == TOO_LARGE().sentence


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_text_that_no_cell_can_hold_fails_its_row(upload, good, kind):
    text = "长" * 32_768
    if kind == "csv":
        cells = [str(cell or "") for cell in row(1, 保存地点=text)]
        content = "\n".join(",".join(line) for line in (HEADER, cells)).encode("gbk")
    else:
        # openpyxl would cut it.
        path = workbook(good, [row(1, 保存地点="place")])
        rewrite(path, lambda name, part: part.replace(b">place<", f">{text}<".encode()))
        content = path.read_bytes()
    assert upload(content=content, name=f"a.{kind}").status_code == 302
    [failed] = Import.objects.get().preview["failed"]
    [problem] = failed["problems"]
    assert "32768" in problem["reason"] and "32767" in problem["reason"]


class TestOddOnesAreRead:
    @pytest.fixture
    def shown(self, upload, client):
        """``shown(content, name)``: the text of the page of the preview, to which an upload leads."""

        def shown(content, name="2016年建标.xlsx"):
            answer = upload(content=content, name=name)
            assert answer.status_code == 302, alerts(answer)
            run = Import.objects.get()
            assert run.preview["counts"]["rows"] == run.preview["counts"]["created"] == 1
            return client.get(answer.url).content.decode()

        return shown

    def test_with_macros(self, shown, good):
        rewrite(good, lambda name, content: content, {"xl/vbaProject.bin": b"x"})
        page = unescape(shown(good.read_bytes(), "2016年建标.xlsm"))
        assert gettext("The file holds macros. They are not run; only values are read.") in page

    def test_a_protected_sheet(self, shown, good):
        book = load_workbook(good)
        book.active.protection.sheet, book.active.protection.password = True, "secret"
        words = gettext("The sheet “%(sheet)s” is protected. It is read all the same.")
        assert words % {"sheet": book.active.title} in unescape(shown(bad_files.saved(book)))

    def test_a_hidden_sheet_beside_an_empty_one(self, shown, good):
        book = load_workbook(good)
        book.active.sheet_state = "hidden"
        name = book.active.title
        book.active = book.create_sheet("空")
        words = gettext("The sheet “%(sheet)s” is hidden in the file. It is read.")
        assert words % {"sheet": name} in unescape(shown(bad_files.saved(book)))

    @pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8-sig", "utf-16"])
    @pytest.mark.parametrize("ending", ["csv", "xlsx"])
    def test_csv_in_every_usual_encoding_under_any_name(self, shown, encoding, ending):
        cells = ["" if cell is None else str(cell) for cell in row(1)]
        content = "\r\n".join(",".join(line) for line in (HEADER, cells)).encode(encoding)
        assert "砝码标准装置1" in shown(content, f"2016年建标.{ending}")

    @pytest.mark.parametrize("ending", ["xls", "csv", "et", ""])
    def test_a_workbook_under_another_name(self, shown, good, ending):
        assert "砝码标准装置1" in shown(good.read_bytes(), f"2016年建标.{ending}")
