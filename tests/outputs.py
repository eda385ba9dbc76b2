"""The outputs of a summary, each read as its reader finds it: numbers by figure and part of it, to be held together.

A place is ``(key, dimension, part)``, both of the latter "" for the figure itself. Nothing here asks the engine.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

from docx import Document
from lxml import html
from openpyxl import load_workbook

from bureau.reporting import indicators
from bureau.reporting.dimensions import REGION
from bureau.reporting.workbook.look import FIRST_ROW, HEADER_ROW

NOTHING = "—"
RESERVED = {REGION, "from", "to", "level"}
DOWN = re.compile("下降|减少|降低")


def number_in(text: str | None) -> Decimal | None:
    """Of what a page or a text prints: signs, units and marks of a limit beside it are not looked at."""
    if text is None or text == NOTHING:
        return None
    if text == "持平":
        return Decimal()
    found = re.findall(r"-?\d[\d,]*(?:\.\d+)?", text)
    assert len(found) == 1, text
    number = Decimal(found[0].replace(",", ""))
    return -number if DOWN.search(text) else number


def is_shown(text: str | None, number: float | None, decimals: int) -> bool:
    """Whether the text is that number, rounded to so many places."""
    printed = number_in(text)
    if printed is None or number is None:
        return printed is None and number is None
    places = len(re.sub(r"[^\d.]", "", text).partition(".")[2]) if printed else decimals
    near = abs(printed - Decimal(repr(number))) <= Decimal("0.5").scaleb(-decimals) + Decimal("1e-9")
    return near and places == decimals


# The page ----------------------------------------------------------------------------------------


def place_of(address: str, region: str) -> tuple[str, str, str]:
    """Which figure, or which part of it, a link of the page opens."""
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
    key = parts.path.strip("/").rpartition("/")[2]
    for name, value in query.items():
        if name not in RESERVED:
            return key, name, value
    if query.get("level") == "own":
        return key, REGION, region
    return (key, REGION, query[REGION]) if query[REGION] != region else (key, "", "")


def text_of(element) -> str:
    return element.text_content().strip()


def link_in(element) -> str:
    """The address of the first link; "" where there is none."""
    return element.xpath("string(.//a/@href)")


class Page:
    """``lines`` in their order; ``by_region`` the texts of the second table by place."""

    def __init__(self, content: str, region: str) -> None:
        tables = html.fromstring(content).iter("table")
        first, second = (table for table in tables if "figure-table" in table.get("class", "").split())
        self.region = region
        self.lines = [self._line(row) for row in first.findall("tbody/tr") if row.find("td//a") is not None]
        self.by_region = dict(self._matrix(second))

    def _line(self, row) -> dict:
        cells = row.findall("td")
        unit, value, previous, _change, _ratio, target, completion = (text_of(cell) for cell in cells[:7])
        light = cells[6].find("span")
        return {
            "place": place_of(link_in(cells[1]), self.region),
            "label": text_of(row.find("th")),
            "unit": unit,
            "value": value,
            "previous": previous,
            "target": target,
            "completion": completion,
            "light": NOTHING if light is None else light.get("title"),
        }

    def _matrix(self, table) -> Iterator[tuple[tuple[str, str, str], str]]:
        addresses = [link_in(head) for head in table.findall("thead/tr/th")[3:]]
        codes = [parse_qs(urlsplit(each).query)[REGION][0] if each else self.region for each in addresses]
        for row in table.findall("tbody/tr"):
            cells = row.findall("td")
            key, _name, _part = whole = place_of(link_in(cells[1]), self.region)
            yield whole, text_of(cells[1])
            for code, cell in zip(codes, cells[2:], strict=True):
                yield (key, REGION, code), text_of(cell)
                if address := link_in(cell):
                    assert place_of(address, self.region) == (key, REGION, code)

    @property
    def codes(self) -> list[str]:
        """Of the columns of the second table."""
        return list(dict.fromkeys(part for _key, name, part in self.by_region if name))


# The workbook ------------------------------------------------------------------------------------


class Book:
    """Its sheets by their Chinese names. A formula is worked out from the cells that it names."""

    def __init__(self, content: bytes) -> None:
        self.sheets = load_workbook(BytesIO(content))

    def totals(self) -> list[dict]:
        """In the order of the page."""
        sheet, found = self.sheets["汇总表"], []
        for row in rows_below(sheet):
            if sheet[f"B{row}"].value is None:  # the name of a section
                continue
            value, target = (plain(sheet[f"{column}{row}"].value) for column in "CG")
            completion = sheet[f"H{row}"].value
            if completion not in (None, NOTHING):
                assert completion == f'=IF(G{row}=0,"{NOTHING}",C{row}/G{row})'
                completion = value * 100 / target if target else None
            found.append(
                {
                    "label": sheet[f"A{row}"].value,
                    "unit": sheet[f"B{row}"].value,
                    "value": value,
                    "previous": plain(sheet[f"D{row}"].value),
                    "target": target,
                    "completion": plain(completion),
                    "light": sheet[f"I{row}"].value or NOTHING,
                }
            )
        return found

    def by_region(self) -> list[tuple[str, object, list]]:
        """Of each figure label, total and parts; the columns are those of the page."""
        sheet, found = self.sheets["分地区"], []
        for row in rows_below(sheet):
            if sheet[f"B{row}"].value is None:
                continue
            parts = [plain(cell.value) for cell in sheet[row][4:]]
            total = sheet[f"C{row}"].value
            if isinstance(total, str) and total.startswith("="):
                last = sheet[row][-1].coordinate
                assert total == f"=SUM(E{row}:{last})"
                total = sum(parts)
            found.append((sheet[f"A{row}"].value, plain(total), parts))
        return found

    def sections(self, keys: dict[str, str]) -> dict[tuple[str, str, str], dict]:
        """By place; ``keys`` by the labels of the figures."""
        found: dict[tuple[str, str, str], dict] = {}
        for sheet in self.sheets.worksheets[3:-2]:
            indicator, name = None, ""
            for row in rows_below(sheet):
                label, unit, value, previous, _share, check = (cell.value for cell in sheet[row][:6])
                if unit is not None:
                    indicator = indicators.get(keys[label])
                    found[indicator.key, "", ""] = {"value": plain(value), "previous": plain(previous)}
                elif check is not None:
                    names = {f"按{indicator.dimension(each).label}分": each for each in indicator.dimension_names}
                    name = names[label]
                    labels = {text: part for part, text in indicator.dimension(name).known().items()}
                elif value is not None:
                    part = "" if label == "未填写" else labels.get(label, label)
                    found[indicator.key, name, part] = {"value": plain(value), "previous": plain(previous)}
        return found

    def traced(self, region: str) -> dict[tuple[str, str, str], int]:
        """How many records the link of each line opens, as the sheet says."""
        sheet, found = self.sheets["数据溯源"], {}
        for row in rows_below(sheet):
            key, query, records = (sheet[f"{column}{row}"].value for column in "BDF")
            if key is not None:
                found[place_of(f"/figures/{key}/?{query}", region)] = plain(records)
        return found


def rows_below(sheet) -> range:
    assert HEADER_ROW + 1 == FIRST_ROW
    return range(FIRST_ROW, sheet.max_row + 1)


def plain(value):
    return None if value == NOTHING else value


# The text ----------------------------------------------------------------------------------------

MARK = re.compile(r"\{\{(.*?)\}\}")
SENTENCE = re.compile(r"[^。]+。")
FACTS = {"region", "period", "year", "first_day", "last_day", "made_on"}


def sentences_of(content: bytes) -> list[str]:
    """What the paragraphs of the document say; title, headings and signature end without a stop."""
    texts = [paragraph.text for paragraph in Document(BytesIO(content)).paragraphs]
    return [sentence for text in texts for sentence in SENTENCE.findall(text)]


def pattern_of(sentence: str) -> tuple[re.Pattern, list[str]]:
    """What a sentence of a wording becomes in print, a group for each mark, and the marks."""
    marks: list[str] = []
    pieces = []
    for piece in re.split(r"(\{\{.*?\}\}|\[|\])", sentence):
        if MARK.fullmatch(piece):
            marks.append(piece[2:-2].strip())
            pieces.append("(.+?)")
        else:
            pieces.append({"[": "(?:", "]": ")?"}.get(piece, re.escape(piece)))
    return re.compile("".join(pieces)), marks
