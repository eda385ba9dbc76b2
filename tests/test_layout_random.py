"""Whatever the layout: the rows that are read are the rows that were put in, and nothing else is lost unnamed."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bureau.exchange.cells import is_blank, text_of
from bureau.exchange.files.parts import Merge, Parts
from bureau.exchange.files.reading import FileSheet
from bureau.exchange.files.safety import BadFile
from bureau.exchange.layouts import proposal
from bureau.exchange.layouts.layout import Layout, Place
from bureau.exchange.layouts.marks import is_count
from bureau.exchange.layouts.table import Table, open_table
from bureau.exchange.lines import line_of
from bureau.exchange.sheets import get_sheet
from tests import messy

SHEET = "trial-verifications"
# What would be left out if it stood in a row by itself.
DANGEROUS = [
    *(
        "小计",
        "合计",
        "沈阳市合计",
        "注：本表",
        "说明：略",
        "填表人：某",
        "审核人：",
        "一、力学计量",
        "（一）",
        "第1页 共2页",
    ),
    *("证书编号", "器具名称", "序号", "总 计", "备注", "1", "0", "-", "2016", "甲", "单位：万元", "Total"),
]
TEXTS = st.text(alphabet="力学电子秤检定ABCxyz0129 -/（）、。", min_size=1, max_size=12).filter(
    lambda text: text.strip()
)
CELLS = st.one_of(
    TEXTS,
    st.sampled_from(DANGEROUS),
    st.integers(-(10**9), 10**9),
    st.floats(-1e6, 1e6).map(lambda number: round(number, 3)),
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
)


@st.composite
def records(draw, sheet):
    """Records with a number of their own; the rest is anything, or nothing."""
    names = [column.name for column in sheet.columns]
    required = {column.name for column in sheet.required}
    rows = []
    for number in range(draw(st.integers(1, 10))):
        if draw(st.booleans()):
            row = {name: draw(CELLS if name in required else st.none() | CELLS) for name in names}
        else:  # much is missing: such a row will fail, and must not be taken for anything else
            row = {name: draw(st.none() | TEXTS) for name in names}
        rows.append({**row, "certificate_no": f"力学-2016-{number:04}"})
    return rows


def same(read, put):
    if isinstance(read, datetime):
        read = read.date()
    if isinstance(put, int | float):
        return float(read) == float(put)
    return text_of(read) == text_of(put)


def check(path, sheet, rows, options):
    written = messy.write(path, sheet, rows, options)
    found = proposal.propose(path, sheet)
    assert found.problems == []
    layout = Layout.from_json(found.layout.as_json())
    with open_table(path, sheet, layout) as table:
        read = list(table.rows())
        left_out = {out.line: out.kind for out in table.left_out}
        middle = written.lines[len(rows) // 2]
        assert [row.number for row in table.rows(middle)] == [line for line in written.lines if line > middle]
    assert [row.number for row in read] == written.lines
    for row, put in zip(read, rows, strict=True):
        assert row.cells.keys() == put.keys()
        assert [name for name, cell in row.cells.items() if not same(cell, put[name])] == []
    return written, left_out, found.layout


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(seed=st.integers(0, 10**6), is_merged=st.booleans(), data=st.data())
def test_workbooks(seed, is_merged, data):
    sheet = get_sheet(SHEET)
    options = messy.Options.by_seed(seed, [column.name for column in sheet.columns])
    if is_merged:
        options = replace(options, merged_column="holder")
    rows = data.draw(records(sheet))
    with TemporaryDirectory() as folder:
        written, left_out, layout = check(Path(folder) / "a.xlsx", sheet, rows, options)
    assert left_out == written.left_out
    assert [(part.first, part.last) for part in layout.parts] == written.headers


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(seed=st.integers(0, 10**6), data=st.data())
@example(seed=64, data=None)
@example(seed=104, data=None)
def test_csv(seed, data):
    """Without merged cells a row of groups may count as a title; records never do."""
    sheet = get_sheet(SHEET)
    names = [column.name for column in sheet.columns]
    options = messy.Options.by_seed(seed, names)
    rows = data.draw(records(sheet)) if data else [{name: f"{name}-{i}" for name in names} for i in range(9)]
    rows = [{name: None if cell is None else text_of(cell) for name, cell in row.items()} for row in rows]
    with TemporaryDirectory() as folder:
        written, left_out, _layout = check(Path(folder) / "a.csv", sheet, rows, options)
    assert written.left_out.items() <= left_out.items()
    # Rows of groups above what was taken for the header.
    assert {left_out[line] for line in left_out.keys() - written.left_out.keys()} <= {"header"}


class Given:
    """A book of rows that stand in memory."""

    parts = Parts(Path())

    def __init__(self, sheets, merges):
        self.content, self.merged = sheets, merges
        self.sheets = [FileSheet(name, True) for name in sheets]
        self.sheet_names = [*sheets]

    def height(self, sheet):
        return len(self.content[sheet])

    def head(self, sheet, count):
        return [[*row] for row in self.content[sheet][:count]]

    def merges(self, sheet):
        return self.merged

    def rows(self, sheet):
        return enumerate([[*row] for row in self.content[sheet]], start=1)


HEADINGS = [
    *(
        "证书编号",
        "检定",
        "证书",
        "编号",
        "日期",
        "检定日期",
        "使用单位",
        "数量（台）",
        "检定费（万元）",
        "2016年",
        "1月",
        "2月",
    ),
    *("kg", "序号", "名称", "备注", "", "器具名称", "检定类别", "检定结论", "地区"),
]
ANY = st.one_of(
    st.just(""), st.just(""), st.sampled_from(DANGEROUS + HEADINGS), TEXTS, st.integers(0, 9), st.just(2016.1)
)
HEADER = st.lists(st.sampled_from(HEADINGS), min_size=7, max_size=7, unique=True)
ROWS = st.lists(st.lists(ANY, min_size=7, max_size=7), max_size=6)
MERGES = st.builds(
    lambda top, left, height, width: Merge(top, left, top + height, left + width),
    *(st.integers(1, 12), st.integers(0, 6), st.integers(0, 4), st.integers(0, 5)),
)


@settings(max_examples=400, deadline=None)
@given(ROWS, st.lists(HEADER, max_size=2), ROWS, st.lists(MERGES, max_size=5), st.sampled_from([SHEET, "trial-months"]))
def test_whatever_stands_in_a_file_each_row_is_a_record_or_named(above, header, beneath, merges, key):
    rows = [*above[:2], *header, *beneath]
    sheet, book = get_sheet(key), Given({"表": rows, "2015": rows[1:]}, merges)
    try:
        layout = proposal.propose_for(book, sheet).layout
    except BadFile:
        return
    places = {p: Place(place.column, place.unit, "", p % 3 == 0) for p, place in layout.places.items()}
    table = Table(book, sheet, replace(layout, places=places))
    read = {row.number for row in table.rows()}
    named = {out.line for out in table.left_out}
    assert not read & named
    for index, part in enumerate(layout.parts):
        for number, cells in book.rows(part.name):
            full = sum(not is_blank(cell) and not is_count(text_of(cell)) for cell in cells)
            if number > part.last and full:
                assert line_of(index, number) in read | named
