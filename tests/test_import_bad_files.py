"""Files that cannot be read: each gets a sentence, nothing is written, and the next file is read as ever."""

import io
import struct
import zipfile
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from bureau.exchange import drafts
from bureau.exchange.cells import BrokenCell
from bureau.exchange.files import safety
from bureau.exchange.files.reading import open_book
from bureau.exchange.files.safety import BadFile
from bureau.exchange.layouts.table import open_table
from bureau.exchange.models import Import
from bureau.exchange.sheets import get_sheet
from standards.models import MeasurementStandard
from tests.importing import HEADER, counts, workbook
from tests.importing import row as line


def refused(path):
    with pytest.raises(BadFile) as caught, open_table(path, get_sheet("standards")):
        pass
    assert caught.value.sentence.strip()
    return caught.value.sentence


def rezipped(source, path, change):
    """The same archive with its parts passed through ``change(name, content)``; None leaves a part out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return path


@pytest.fixture
def good(tmp_path):
    return workbook(tmp_path / "good.xlsx", [line(1)])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello, this is no workbook",
        b"%PDF-1.7 something",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        b"PK\x03\x04" + b"\0" * 200,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000,
        b"<html><table><tr><td>1</td></tr></table></html>",
        b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>",
        b"\xff\xfe\x00\xd8\x00\xd8",
        bytes(range(256)) * 20,
        "证书编号,标准名称\n".encode() + b"\xff\xff\xff\n",
    ],
)
def test_it_rejects_what_is_no_workbook(tmp_path, content):
    path = tmp_path / "名册.xlsx"
    path.write_bytes(content)
    refused(path)


def test_it_rejects_a_document_of_another_kind(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    assert refused(path) == safety.not_a_workbook().sentence


def test_it_rejects_an_encrypted_workbook(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(safety.OLE + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 1000)
    assert refused(path) == safety.encrypted().sentence


def test_it_rejects_an_archive_with_a_password(good, tmp_path):
    content = bytearray(good.read_bytes())
    at = 0
    while (at := content.find(b"PK\x01\x02", at)) >= 0:
        content[at + 8] |= 1
        at += 4
    path = tmp_path / "b.xlsx"
    path.write_bytes(content)
    assert refused(path) == safety.encrypted().sentence


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
def test_it_rejects_a_truncated_file(good, tmp_path, part):
    content = good.read_bytes()
    path = tmp_path / "b.xlsx"
    path.write_bytes(content[: int(len(content) * part)])
    assert refused(path) == safety.damaged().sentence


def test_it_rejects_a_file_with_a_flipped_byte(good, tmp_path):
    with zipfile.ZipFile(good) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    content = bytearray(good.read_bytes())
    content[info.header_offset + 30 + len(info.filename) + 40] ^= 0xFF
    path = tmp_path / "b.xlsx"
    path.write_bytes(content)
    refused(path)


def test_it_rejects_a_missing_part(good, tmp_path):
    refused(rezipped(good, tmp_path / "b.xlsx", lambda name, content: None if "sheet1" in name else content))
    refused(rezipped(good, tmp_path / "c.xlsx", lambda name, content: None if "workbook.xml" in name else content))


def test_it_rejects_a_zip_bomb_before_it_is_opened(good, tmp_path):
    def blow_up(name, content):
        return content.replace(b"</worksheet>", b" " * 60_000_000 + b"</worksheet>") if "sheet1" in name else content

    path = rezipped(good, tmp_path / "b.xlsx", blow_up)
    assert path.stat().st_size < 200_000
    assert refused(path) == safety.too_large_inside().sentence


def test_it_rejects_more_than_the_limit_unpacked(good, settings):
    settings.IMPORT_MAX_UNPACKED_BYTES = 1000
    assert refused(good) == safety.too_large_inside().sentence


def test_a_declared_size_that_lies_is_no_way_around(good, tmp_path):
    """The directory says 10 bytes, the part unpacks to 80 MB."""
    path = rezipped(
        good,
        tmp_path / "b.xlsx",
        lambda name, content: (
            content.replace(b"</worksheet>", b" " * 80_000_000 + b"</worksheet>") if "sheet1" in name else content
        ),
    )
    content = bytearray(path.read_bytes())
    at = content.rfind(b"xl/worksheets/sheet1.xml") - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    path.write_bytes(content)
    refused(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_it_rejects_entities(good, tmp_path, encoding):
    def declare(name, content):
        if "sheet1" not in name:
            return content
        text = content.decode().split("?>", 1)[-1] if content.startswith(b"<?xml") else content.decode()
        bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>'
        return f'<?xml version="1.0" encoding="{encoding}"?>{bomb}{text}'.encode(encoding)

    sentence = refused(rezipped(good, tmp_path / "b.xlsx", declare))
    assert "XML" in sentence


def test_it_rejects_a_large_file(good, settings):
    settings.IMPORT_MAX_BYTES = 100
    refused(good)


def test_it_rejects_declared_rows_before_loading(good, tmp_path, monkeypatch):
    def declare(name, content):
        import re

        return re.sub(rb'ref="A1:[A-Z]+\d+"', b'ref="A1:C3000000"', content) if "sheet1" in name else content

    path = rezipped(good, tmp_path / "b.xlsx", declare)
    asked = []
    from bureau.exchange.files.reading import Workbook as Reader

    original = Reader._ask
    monkeypatch.setattr(Reader, "_ask", lambda self, *command: asked.append(command[0]) or original(self, *command))
    assert "3000000" in refused(path)
    assert asked == ["sheets"]


def test_it_rejects_columns_without_end(tmp_path):
    book = Workbook()
    book.active.cell(1, 1, "标准名称")
    book.active.cell(1, 16000, "x")
    book.save(tmp_path / "a.xlsx")
    assert "16000" in refused(tmp_path / "a.xlsx")


def test_far_cells_that_the_declaration_hides_end_only_the_reader(good, tmp_path):
    """Two cells in opposite corners make the reader ask for terabytes."""

    def hide(name, content):
        import re

        if "sheet1" not in name:
            return content
        content = re.sub(rb"<dimension[^>]*/>", b"", content)
        return content.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')

    refused(rezipped(good, tmp_path / "b.xlsx", hide))
    with open_table(good, get_sheet("standards")) as table:
        assert len(list(table.rows())) == 1


def test_it_rejects_a_csv_of_too_many_rows(tmp_path, settings):
    settings.IMPORT_MAX_ROWS = 10
    path = tmp_path / "a.csv"
    path.write_text("标准名称,证书编号\n" * 12)
    assert "12" in refused(path)


def test_no_known_header_names_the_expected_ones(tmp_path):
    sentence = refused(workbook(tmp_path / "a.xlsx", [["x", "y"]], header=["甲", "乙"]))
    sheet = get_sheet("standards")
    assert all(str(column.label) in sentence for column in sheet.required)


def test_missing_required_columns_are_named(tmp_path):
    header = [*HEADER]
    header.remove("证书编号")
    cells = line(1)
    del cells[HEADER.index("证书编号")]
    sentence = refused(workbook(tmp_path / "a.xlsx", [cells], header=header))
    sheet = get_sheet("standards")
    assert str(sheet.by_name["certificate_no"].label) in sentence
    assert str(sheet.by_name["holder"].label) not in sentence


def test_a_heading_twice(tmp_path):
    sentence = refused(workbook(tmp_path / "a.xlsx", [[*line(1), "x"]], header=[*HEADER, "标准名称"]))
    assert "1" in sentence


@pytest.mark.parametrize("lines", [[], [[None] * 15, [" "] * 15]])
def test_no_rows(cast, tmp_path, lines):
    path = workbook(tmp_path / "a.xlsx", lines)
    by = cast.clerk_a
    with pytest.raises(BadFile, match="1"):
        drafts.draft(path, sheet=get_sheet("standards"), office=by.office, by=by, file_name="a.xlsx")


def test_an_empty_sheet(tmp_path):
    Workbook().save(tmp_path / "a.xlsx")
    refused(tmp_path / "a.xlsx")


# Cells that the file does not tell ---------------------------------------------------------------


@pytest.mark.parametrize("formula", ['=HYPERLINK("http://example.invalid","点我")', "=1+1", "=A1&B1"])
def test_a_formula_is_named_by_row_and_column(take, tmp_path, formula):
    outcome = take([line(1), line(2, 建标单位=formula), line(3, 保存地点=formula)])
    assert counts(outcome) == (1, 0, 0, 2)
    assert [(error.row, error.column, error.value[:2]) for error in outcome.errors] == [
        (3, "holder", formula[:2]),
        (4, "place", formula[:2]),
    ]


def test_a_formula_as_text_is_refused_too(take, tmp_path):
    path = tmp_path / "a.csv"
    text = '=HYPERLINK("http://example.invalid")'
    rows = [HEADER, ["" if cell is None else str(cell) for cell in line(1, 建标单位=text.replace('"', '""'))]]
    path.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in rows), encoding="utf-8-sig")
    outcome = take(path)
    [error] = outcome.errors
    assert (error.row, error.column, error.value) == (2, "holder", text)
    assert not MeasurementStandard.objects.exists()


def stored(path, cell):
    """A workbook whose A2 is the given XML."""
    source = path.with_name("plain.xlsx")
    book = Workbook()
    book.active.append(["a", "b"])
    book.active.append(["here", "b"])
    book.save(source)

    def change(name, content):
        import re

        return re.sub(rb'<c r="A2".*?</c>', cell.encode(), content) if "sheet1" in name else content

    with open_book(rezipped(source, path, change)) as opened:
        return list(opened.rows(opened.sheet_names[0]))[1][1][0]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('<c r="A2"><f>1+1</f><v>2</v></c>', 2.0),
        ('<c r="A2" t="str"><f>B2</f><v>x</v></c>', "x"),
        ('<c r="A2" t="str"><f>""</f><v></v></c>', ""),
        ('<c r="A2"><f>1+1</f><v></v></c>', BrokenCell),
        ('<c r="A2"><f>1+1</f></c>', BrokenCell),
        ('<c r="A2" t="str"><f>HYPERLINK("x","y")</f><v>y</v></c>', BrokenCell),
        ('<c r="A2" t="e"><v>#N/A</v></c>', BrokenCell),
        ('<c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', BrokenCell),
    ],
)
def test_formulas_count_by_their_stored_result(tmp_path, cell, read):
    found = stored(tmp_path / "a.xlsx", cell)
    if read is BrokenCell:
        assert isinstance(found, BrokenCell)
        assert found.reason
    else:
        assert found == read


# Other types -------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_in_every_usual_encoding(take, tmp_path, encoding, delimiter):
    path = tmp_path / "a.csv"
    rows = [HEADER, ["" if cell is None else str(cell) for cell in line(1)]]
    path.write_text("\n".join(delimiter.join(row) for row in rows), encoding=encoding)
    assert counts(take(path)) == (1, 0, 0, 0)


@pytest.mark.parametrize("ending", ["xls", "xlsm", "ods", "csv", ""])
def test_the_ending_of_a_name_says_nothing(take, good, tmp_path, ending):
    """Many programs give their xlsx the name of an xls."""
    assert counts(take(good.rename(tmp_path / f"a.{ending}"))) == (1, 0, 0, 0)


@pytest.mark.office_suite
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_ods_and_xls(take, good, tmp_path, kind):
    import shutil
    import subprocess

    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    subprocess.run(
        [
            *(office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
            *("--convert-to", kind, "--outdir", str(tmp_path), str(good)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    path = (tmp_path / f"good.{kind}").rename(tmp_path / "named.xlsx")
    assert safety.kind_of(path) == kind
    assert counts(take(path)) == (1, 0, 0, 0)
    assert MeasurementStandard.objects.get().issued_on == date(2016, 6, 1)


def test_a_hidden_sheet_is_read_last(tmp_path):
    book = Workbook()
    book.active.title = "藏"
    book.active.append(HEADER)
    book.active.append(line(1))
    book.active.sheet_state = "hidden"
    shown = book.create_sheet("看")
    shown.append(HEADER)
    shown.append(line(2))
    book.active = 1
    book.save(tmp_path / "a.xlsx")
    with open_table(tmp_path / "a.xlsx", get_sheet("standards")) as table:
        assert [part.name for part in table.layout.parts] == ["看"]


# Through the command -----------------------------------------------------------------------------


def test_the_command_gives_the_sentence_and_writes_nothing(cast, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"no workbook")
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"xlsx"):
        call_command("import_sheet", "standards", str(path), office="210100-01", stdout=out)
    assert out.getvalue() == ""
    assert not Import.objects.exists()
