"""Forms of an office's own: what could run, fetch or burst is refused before it is read."""

import zipfile
from io import BytesIO

import pytest
from docx import Document
from openpyxl import Workbook

from bureau.archives import BadFile
from bureau.reporting.office_templates import container
from bureau.reporting.office_templates.container import DOCX, XLSX
from tests.office_forms import changed, saved

pytestmark = pytest.mark.django_db


class Unread(BytesIO):
    def read(self, *args):
        raise AssertionError("It was read.")


def kind_of(content, name="form.xlsx"):
    return container.kind_of(name, len(content), BytesIO(content))


def refused(content, name="form.xlsx"):
    with pytest.raises(BadFile) as caught:
        kind_of(content, name)
    return caught.value.sentence


def test_50_megabytes_are_refused_unread():
    with pytest.raises(BadFile) as caught:
        container.kind_of("form.xlsx", 50 << 20, Unread())
    assert "50" in caught.value.sentence and "10" in caught.value.sentence


def test_the_kind_is_told_by_content(reference):
    assert kind_of(saved(Workbook()), "form.docx") == XLSX
    assert kind_of(saved(Document()), "form.xlsx") == DOCX


def test_macros_are_refused(reference):
    good = saved(Workbook())
    content_type = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    with_macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    by_type = changed(good, {"[Content_Types].xml": lambda part: part.replace(content_type, with_macros)})
    sentences = {
        refused(good, "form.xlsm"),
        refused(saved(Document()), "form.docm"),
        refused(changed(good, added={"xl/vbaProject.bin": b"x"})),
        refused(changed(saved(Document()), added={"word/vbaProject.bin": b"x"}), "form.docx"),
        refused(changed(good, added={"xl/macrosheets/sheet1.xml": b"<x/>"})),
        refused(by_type),
    }
    assert len(sentences) == 1


RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="http://a.example/x" '
    '{mode}/></Relationships>'
)  # fmt: skip


@pytest.mark.parametrize(
    "added",
    [
        {"xl/externalLinks/externalLink1.xml": "<x/>"},
        {"xl/connections.xml": "<x/>"},
        {"xl/embeddings/oleObject1.bin": "x"},
        {"word/embeddings/sheet.xlsx": "x"},
        {"xl/activeX/activeX1.bin": "x"},
        {"word/_rels/settings.xml.rels": RELATIONS.format(kind="attachedTemplate", mode='TargetMode="External"')},
        {"word/_rels/x.xml.rels": RELATIONS.format(kind="image", mode='TargetMode="&#69;xternal"')},
        {"word/extra.xml": '<w:p xmlns:w="http://x"><w:fldSimple w:instr=" DDEAUTO c:\\x"/></w:p>'},
        {
            "word/extra.xml": '<w:p xmlns:w="http://x"><w:fldChar w:fldCharType="begin"/><w:instrText>DD</w:instrText>'
            '<w:instrText>E x</w:instrText><w:fldChar w:fldCharType="end"/></w:p>'
        },
        {"word/extra.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'},
        {"XL/WORKBOOK.XML": "<x/>"},
    ],
)
def test_what_fetches_or_starts_something_is_refused(reference, added):
    assert refused(changed(saved(Workbook()), added=added))


def test_a_link_to_a_page_is_no_harm(reference):
    rels = RELATIONS.format(kind="hyperlink", mode='TargetMode="External"')
    assert kind_of(changed(saved(Workbook()), added={"xl/worksheets/_rels/sheet1.xml.rels": rels})) == XLSX


def test_bombs_and_other_files_are_refused(reference):
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.xml", b" " * (41 << 20))
    for content in (
        bomb.getvalue(),
        b"",
        b"text",
        b"PK\x03\x04broken",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old",
        b"%PDF-1.7",
    ):
        assert refused(content)
