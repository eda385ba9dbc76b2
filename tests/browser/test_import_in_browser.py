"""The main path: a clerk's workbook goes in through the browser, the year-end figures come out."""

import shutil
from collections import Counter
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.opened_records import opened_records
from tests.returned import converted

LIST = "/standards/measurementstandard/"
PROVINCE = "210000"
ESTABLISHED = "新建社会公用计量标准"
TIERS = {"大区级": 7, "省级": 14, "市级": 65}
COUNTS = ("rows", "created", "updated", "unchanged", "failed")
FIELDS = ("几何量", "热学", "力学", "电磁学", "无线电", "时间频率", "光学", "声学", "电离辐射", "化学")


@pytest.fixture(scope="module")
def clerk(visitors, empty):
    visit = visitors.enter(empty, "province-clerk")
    yield visit
    visit.end()


@pytest.fixture(scope="module")
def template(clerk, tmp_path_factory):
    """The workbook that the page hands out, saved by the clerk."""
    clerk.page.goto(LIST)
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("link", name="下载模板").click()
    assert download.value.suggested_filename == "计量标准导入模板.xlsx"
    path = tmp_path_factory.mktemp("files") / "template.xlsx"
    download.value.save_as(path)
    return path


@pytest.fixture(scope="module")
def cities(template):
    """The fourteen cities, as the template's drop-down writes them."""
    choices = load_workbook(template)["可选值"]
    texts = [cell.value for column in choices.iter_cols() for cell in column if cell.value]
    return [text for text in texts if text[:2] == "21" and text[2:4] != "00" and text[4:6] == "00"]


@pytest.fixture(scope="module")
def rows(cities):
    return standards_of(2016, cities)


@pytest.fixture(scope="module")
def imported(clerk, template, rows):
    """The 86 standards of 2016, taken by the system; gives the file and the counts of the result page."""
    path = filled(template, rows, template.with_name("新建标准2016.xlsx"))
    return path, upload(clerk.page, path)


def standards_of(year, cities):
    """86 rows by heading, in the words of the template's lists; the regions are those of the standards."""
    rows = []
    for tier, count in TIERS.items():
        for number in range(count):
            day = date(year, 1, 4) + timedelta(days=4 * len(rows))
            region = cities[number % len(cities)] if tier == "市级" else f"{PROVINCE} 辽宁省"
            rows.append(
                {
                    "计量标准名称": f"第{len(rows) + 1}号砝码标准装置",
                    "计量标准类别": "社会公用计量标准",
                    "层级": tier,
                    "等级": "最高" if number % 3 == 0 else "次级",
                    "计量领域": FIELDS[number % len(FIELDS)],
                    "建标单位": f"{region[7:]}计量测试所",
                    "测量范围": "1 mg～500 g",
                    "不确定度或准确度等级或最大允许误差": "F1级",
                    "发证机关": "辽宁省市场监督管理局",
                    "证书编号": f"[{year}] 辽量标 证字第 {len(rows) + 1:03} 号",
                    # Clerks write dates as Excel's own or as text.
                    "发证日期": day if number % 2 else f"{day.year}年{day.month}月{day.day}日",
                    "有效期至": day.replace(year=year + 4),
                    "地区": region,
                }
            )
    return rows


def filled(template, rows, path):
    workbook = load_workbook(template)
    sheet = workbook["计量标准"]
    headings = [cell.value.lstrip("*") for cell in sheet[1]]
    for row in rows:
        sheet.append([row.get(heading) for heading in headings])
    workbook.save(path)
    return path


def look(page, path):
    """From the list to the preview, by the buttons; the counts that it shows."""
    page.goto(LIST)
    page.get_by_role("link", name="从Excel导入").click()
    page.set_input_files("[name=file]", path)
    page.click("[name=go_on]")
    page.wait_for_url("**/preview/")
    return shown(page)


def upload(page, path):
    """From the list to the result; the counts that it shows."""
    look(page, path)
    page.click("[name=import]")
    page.wait_for_url("**/jobs/*/")
    page.locator('#job-status a[href^="/exchange/"]').click()
    page.wait_for_url("**/exchange/*/")
    return shown(page)


def shown(page):
    return {name: int(page.locator(f'[data-count="{name}"]').inner_text()) for name in COUNTS}


def marked(path):
    """The cells of data that came back with a comment."""
    page = load_workbook(path)["计量标准"]
    return [cell for row in page.iter_rows(min_row=2) for cell in row if cell.comment]


def counts(**values):
    return {**dict.fromkeys(COUNTS, 0), **values}


def by_city(rows):
    """How many rows each direct part of the province has."""
    return Counter(row["地区"][:6] for row in rows)


def test_it_takes_the_86(imported):
    _path, result = imported
    assert result == counts(rows=86, created=86)


def test_the_summary_command_gives_the_published_figure(imported, empty, rows):
    figure = empty.summary(year="2016")["standards.established"]
    assert figure["value"] == 86
    tiers = figure["breakdowns"]["tier"]
    assert (tiers["regional"], tiers["provincial"], tiers["municipal"], tiers["county"]) == (7, 14, 65, 0)
    assert figure["breakdowns"]["region"] == by_city(rows)
    assert len(figure["breakdowns"]["region"]) == 15


@pytest.mark.office_suite
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_the_workbook_says_the_same_in_libreoffice(imported, empty, rows, tmp_path):
    """Converted by LibreOffice, which reckons every formula anew, then read without formulas."""
    path = tmp_path / "year.xlsx"
    empty.manage("summary", "--region", PROVINCE, "--year", "2016", "--format", "xlsx", "--output", str(path))
    book = load_workbook(converted(path, "xlsx"), data_only=True)

    figure, *parts = following(book["汇总表"], ESTABLISHED, 5)
    assert figure[2:6] == [86, 0, 86, "—"]
    assert [line[0] for line in parts] == [f"其中：{tier}" for tier in (*TIERS, "县级")]
    assert [line[2] for line in parts] == [*TIERS.values(), 0]

    [header], [line] = (following(book["分地区"], text, 1) for text in ("指标", ESTABLISHED))
    assert line[2:4] == [86, "一致"]
    names = Counter("辽宁省本级" if row["地区"][:6] == PROVINCE else row["地区"][7:] for row in rows)
    assert {name: line[4 + place] for place, name in enumerate(header[4:]) if line[4 + place]} == names

    whole, by_tier, *tiers = following(book["科学计量"], ESTABLISHED, 5)
    assert (whole[2], by_tier[2], by_tier[5]) == (86, 86, "一致")
    assert [line[2] for line in tiers] == [*TIERS.values()]
    assert [line[4] for line in tiers] == pytest.approx([7 / 86, 14 / 86, 65 / 86])

    records = [line[5] for line in following(book["数据溯源"], ESTABLISHED, 5)]
    assert records == [86, *TIERS.values(), 0]


def following(sheet, label, count):
    """The row that begins with the label and those below it, so many in all."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = next(number for number, row in enumerate(rows) if row[0] == label)
    return rows[start : start + count]


def test_the_report_opens_exactly_the_86(imported, enter, empty):
    page = enter(empty, "province-manager").page
    page.goto("/reports/?region=210000&from=2016-01-01&to=2016-12-31")
    page.locator("table.figure-table").first.get_by_role("link", name="86", exact=True).first.click()
    expect(page.get_by_role("heading", name="共86条记录")).to_be_visible()
    opened = opened_records(page)
    assert len(opened) == 86
    assert len(set(opened)) == 86


def test_the_same_file_again_changes_nothing(imported, clerk):
    path, _result = imported
    assert look(clerk.page, path) == counts(rows=86, unchanged=86)
    expect(clerk.page.locator("[name=import]")).to_be_disabled()


def test_bad_rows_come_back_and_good_ones_stay(clerk, template, cities, tmp_path):
    rows = standards_of(2018, cities)
    rows[2]["发证日期"] = "2018-02-30"
    rows[50]["地区"] = "310000 上海市"
    page = clerk.page
    assert upload(page, filled(template, rows, tmp_path / "新建标准2018.xlsx")) == counts(rows=86, created=84, failed=2)

    problems = [
        [cell.inner_text().strip() for cell in problem.locator("th, td").all()]
        for problem in page.locator("[data-problem]").all()
    ]
    # Row 1 is the header and row 2 the template's example, so the third row of data is Excel's row 5.
    assert [problem[:3] for problem in problems] == [["5", "发证日期", "2018-02-30"], ["53", "地区", "310000 上海市"]]
    assert all(is_chinese(problem[3]) for problem in problems), problems

    with page.expect_download() as download:
        page.locator('a[href$="/errors/"]').click()
    assert download.value.suggested_filename.endswith(".xlsx")
    download.value.save_as(tmp_path / "errors.xlsx")
    cells = marked(tmp_path / "errors.xlsx")
    assert [(cell.row, cell.value) for cell in cells] == [(5, "2018-02-30"), (53, "310000 上海市")]
    assert all(is_chinese(cell.comment.text) for cell in cells)


def test_corrected_rows_are_taken(clerk, cities, template, tmp_path):
    """What comes back as "to correct" is corrected in place and uploaded as it is."""
    rows = standards_of(2012, cities)[:3]
    rows[1]["有效期至"] = "很久以后"
    page = clerk.page
    assert upload(page, filled(template, rows, tmp_path / "2012.xlsx"))["failed"] == 1
    with page.expect_download() as download:
        page.locator('a[href$="/errors/"]').click()
    download.value.save_as(tmp_path / "errors.xlsx")
    [wrong] = marked(tmp_path / "errors.xlsx")
    wrong.value = "2016-12-31"
    wrong.parent.parent.save(tmp_path / "corrected.xlsx")
    assert upload(page, tmp_path / "corrected.xlsx") == counts(rows=1, created=1)


def test_it_rejects_a_file_that_is_no_workbook(clerk, tmp_path):
    path = tmp_path / "照片.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    clerk.may_be_refused(422)
    page = clerk.page
    page.goto("/exchange/standards/upload/")
    page.set_input_files("[name=file]", path)
    page.click("[name=go_on]")
    expect(page.get_by_text("该文件不是Excel工作簿")).to_be_visible()
    # The server goes on.
    page.goto("/")
    expect(page.get_by_role("heading", name="主要指标")).to_be_visible()


def is_chinese(text):
    return any("一" <= letter <= "鿿" for letter in text)
