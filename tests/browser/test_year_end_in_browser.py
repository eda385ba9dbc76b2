"""The end of a year as a manager has it: from the dashboard to the papers, and from their numbers to the records."""

import re

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.opened_records import opened_records

ESTABLISHED = "standards.established"
LABEL = "新建社会公用计量标准"


@pytest.fixture
def summary(enter, demo):
    """The summary of the province as the manager comes to it."""
    page = enter(demo, "province-manager").page
    page.goto("/")
    page.get_by_role("link", name="本期全部指标").click()
    page.wait_for_url("**/reports/?*")
    return page


def saved(page, button, folder):
    with page.expect_download() as download:
        page.get_by_role("link", name=button).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def shown(page):
    """The number of the figure on the summary."""
    row = page.locator("table.figure-table").first.locator("tbody tr", has=page.get_by_text(LABEL, exact=True)).first
    return int(row.locator("td a").first.inner_text().replace(",", ""))


def traced(book):
    """Per line of the trace about the figure: label, number of records, link; and the numbers of the same lines in the
    totals."""
    trace, totals = book["数据溯源"], book["汇总表"]
    of_figure = [row for row in trace.iter_rows(min_row=6) if row[1].value == ESTABLISHED]
    first = next(number for number in range(6, totals.max_row) if totals[f"A{number}"].value == LABEL)
    numbers = [(totals[f"A{first + at}"].value, totals[f"C{first + at}"].value) for at in range(len(of_figure))]
    return [(row[0].value, row[5].value, row[6].hyperlink.target) for row in of_figure], numbers


def test_a_number_of_the_workbook_opens_as_many_records_as_it_says(summary, demo, tmp_path):
    page, number = summary, shown(summary)
    path = saved(page, "Excel工作簿", tmp_path)
    assert path.suffix == ".xlsx"
    lines, numbers = traced(load_workbook(path))
    assert [(label, records) for label, records, _link in lines] == numbers
    assert lines[0][:2] == (LABEL, number)
    assert sum(records for _label, records, _link in lines[1:]) == number > 0

    part = max(lines[1:], key=lambda line: line[1])
    for _label, records, link in (lines[0], part):
        assert link.startswith(f"{demo.url}/figures/{ESTABLISHED}/?")
        page.goto(link)
        expect(page.get_by_role("heading", name=f"共{records}条记录", exact=True)).to_be_visible()
        opened = opened_records(page)
        assert (len(opened), len(set(opened))) == (records, records)


def test_a_link_of_the_workbook_asks_whoever_opens_it_to_log_in(summary, enter, demo, tmp_path):
    [figure, *_parts], _numbers = traced(load_workbook(saved(summary, "Excel工作簿", tmp_path)))
    _label, records, link = figure
    stranger = enter(demo)
    stranger.page.goto(link)
    stranger.page.wait_for_url("**/login/?next=*")
    stranger.fill_login("province-manager")
    expect(stranger.page.get_by_role("heading", name=f"共{records}条记录", exact=True)).to_be_visible()


def test_the_text_opens_in_word_and_holds_the_figure(summary, tmp_path):
    page, number = summary, shown(summary)
    page.locator(".figure-controls").get_by_role("link", name="文字总结").click()
    page.wait_for_url("**/reports/text/?*")
    path = saved(page, "Word文档", tmp_path)
    assert path.suffix == ".docx"
    texts = [paragraph.text for paragraph in Document(path).paragraphs]
    assert "辽宁省" in texts[0] and texts[0].endswith("计量工作总结")
    [told] = [match[1] for text in texts if (match := re.search(rf"{LABEL}(\d+)项", text))]
    assert int(told) == number
