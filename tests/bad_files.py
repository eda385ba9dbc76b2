"""Files that nobody can import, each made from a good workbook: ``NAME(path) -> content``, and what is said of them."""

import io
import re
import struct
import zipfile

from openpyxl import Workbook

from bureau.exchange.files import safety
from tests.ledgers import rewrite

SHEET = "xl/worksheets/sheet1.xml"
FREE, END = 0xFFFFFFFF, 0xFFFFFFFE


def changed(path, name, change):
    """The workbook with one part passed through ``change``."""
    rewrite(path, lambda part, content: change(content) if part == name else content)
    return path.read_bytes()


def saved(book):
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def zipped(**parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def compound(name, stream):
    """A compound file ([MS-CFB]) with one stream of at least 4096 bytes: header, table, directory, stream."""
    size = 512
    count = -(-len(stream) // size)
    chain = [0xFFFFFFFD, END, *range(3, count + 2), END]
    table = struct.pack(f"<{size // 4}I", *chain, *[FREE] * (size // 4 - len(chain)))
    header = struct.pack("<8s16x5H6x9I", safety.OLE, 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    directory = entry("Root Entry", 5, 1, END, 0) + entry(name, 2, FREE, 2, len(stream))
    return header + table + directory.ljust(size, b"\0") + stream.ljust(count * size, b"\0")


def entry(name, kind, child, start, size):
    text = (name + "\0").encode("utf-16-le")
    return struct.pack("<64sHBB3I16xI16xIQ", text, len(text), kind, 1, FREE, FREE, child, 0, start, size)


# Not what the name says --------------------------------------------------------------------------


def nothing(path):
    return b""


def pdf(path):
    return b"%PDF-1.7 something"


def web_page(path):
    return "<html><table><tr><td>证书编号</td></tr></table></html>".encode()


def letter(path):
    return zipped(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})


def picture(path):
    return b"\x89PNG\r\n\x1a\n" + b"\0" * 100


# Damaged -----------------------------------------------------------------------------------------


def half_of_it(path):
    content = path.read_bytes()
    return content[: len(content) // 2]


def broken_list_of_sheets(path):
    """Whole as an archive; what is in it is no XML."""
    return changed(path, "xl/workbook.xml", lambda content: content.replace(b"</sheets>", b""))


def broken_list_of_parts(path):
    return changed(path, "xl/_rels/workbook.xml.rels", lambda content: content[:-20])


def unknown_encoding(path):
    return changed(path, "xl/workbook.xml", lambda content: b'<?xml version="1.0" encoding="x-none"?>' + content)


def broken_sheet(path):
    return changed(path, SHEET, lambda content: content[: content.rindex(b"</row>")])


def csv_with_nul(path):
    return "证书编号,标准名称\n".encode() + b"x" * 5000 + b"\0,1\n"


def csv_of_no_encoding(path):
    return "证书编号,标准名称\n".encode() + b"\xff\xff\xff\n"


def csv_with_open_quote(path):
    return '证书编号,标准名称\n"'.encode() + b"x,1\n" * 50_000


# Hostile -----------------------------------------------------------------------------------------


def entities(path):
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    return changed(path, SHEET, lambda content: content.replace(b"<worksheet", bomb + b"<worksheet", 1))


def bomb(path):
    return changed(path, SHEET, lambda content: content.replace(b"</sheetData>", b" " * (64 << 20) + b"</sheetData>"))


def bomb_that_lies(path):
    """Says of its sheet that it unpacks to 100 bytes."""
    content = bytearray(bomb(path))
    name = SHEET.encode()
    for mark, place, at_name in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        found = [match.start() for match in re.finditer(re.escape(mark), bytes(content))]
        [at] = [at for at in found if content[at + at_name : at + at_name + len(name)] == name]
        content[at + place : at + place + 4] = struct.pack("<I", 100)
    return bytes(content)


def deep_list_of_sheets(path):
    deep = b"<a>" * 100_000 + b"<sheets>"
    return changed(path, "xl/workbook.xml", lambda content: content.replace(b"<sheets>", deep))


def three_million_rows(path):
    return changed(path, SHEET, lambda content: re.sub(rb'ref="A1:[A-Z]+\d+"', b'ref="A1:C3000000"', content))


def columns_without_end(path):
    book = Workbook()
    book.active.cell(1, 1, "标准名称")
    book.active.cell(1, 16_000, "x")
    return saved(book)


# Locked ------------------------------------------------------------------------------------------


def locked_xlsx(path):
    return compound("EncryptedPackage", b"\1" * 5000)


def locked_xls(path):
    version, key, end = struct.pack("<HHHH", 0x809, 4, 0x600, 5), struct.pack("<HHH52x", 0x2F, 54, 1), b"\x0a\0\0\0"
    return compound("Workbook", (version + key + b"\1" * 5000 + end).ljust(6000, b"\1"))


def locked_ods(path):
    return zipped(
        **{
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": b"\1\2\3",
            "META-INF/manifest.xml": "<manifest:manifest><manifest:encryption-data/></manifest:manifest>",
        }
    )


# Without rows ------------------------------------------------------------------------------------


def empty_workbook(path):
    return saved(Workbook())


def title_alone(path):
    book = Workbook()
    book.active["A1"] = "2016年建标汇总表"
    return saved(book)


def chart_alone(path):
    book = Workbook()
    book.create_chartsheet("图")
    book.remove(book.worksheets[0])
    return saved(book)
