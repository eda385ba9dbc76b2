"""The clerk's way with a file as offices have them: mapped, looked at, imported, corrected and undone."""

import base64
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import expect

from tests.browser.test_clerk_day import choose, tab_to

UPLOAD = "/exchange/standards/upload/"
LIST = "/standards/measurementstandard/"
YEAR = "2014"
UNKNOWN = "准予字号"
# (upper row, lower row) of the header; an upper heading without lower ones is merged down, one over several across.
HEADER = (
    ("序号", ""), ("计量标准名称", ""), ("类别", ""), ("层级", ""), ("等级", ""), ("专业", ""), ("建标单位", ""),
    ("技术指标", "测量范围"), ("技术指标", "不确定度或准确度等级或最大允许误差"), ("发证机关", ""), ("证书", UNKNOWN),
    ("证书", "发证日期"), ("证书", "有效期至"), ("地区", ""), ("负责人", ""),
)  # fmt: skip
FIRST_ROW = 5
WRONG_DATE = "2014-02-30"


def row(number, issued_on):
    return [
        number, f"第{number}号活塞压力计标准装置", "社会公用", "省级", "次级", "力学", "辽宁省计量科学研究院",
        "(0.1～6) MPa", "0.05级", "辽宁省市场监督管理局", f"[{YEAR}] 辽量标 证字第 {number:03} 号", issued_on,
        date(2018, 12, 31), "辽宁省", "经办人",
    ]  # fmt: skip


def write_messy(path, unknown=UNKNOWN):
    """A title, a line of units, a header of two merged rows, a subtotal, a note; one date is wrong."""
    book = Workbook()
    page = book.active
    page.title = "建标汇总"
    page.append([f"{YEAR}年度新建社会公用计量标准汇总表"])
    page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(HEADER))
    page.append(["填报单位：辽宁省市场监督管理局", *[None] * 10, "单位：项"])
    page.append([upper for upper, _lower in HEADER])
    page.append([unknown if lower == UNKNOWN else lower or None for _upper, lower in HEADER])
    for column, (upper, lower) in enumerate(HEADER, start=1):
        if not lower:
            page.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
        elif HEADER[column - 2][0] != upper:
            across = sum(name == upper for name, _lower in HEADER)
            page.merge_cells(start_row=3, end_row=3, start_column=column, end_column=column + across - 1)
    days = [f"{YEAR}.3.1", f"{YEAR}年4月2日", WRONG_DATE, date(2014, 6, 30)]
    for number, day in enumerate(days, start=1):
        page.append(row(number, day))
    page.append([None, "合计", *[None] * 4, len(days)])
    page.append(["注：本表一式两份。"])
    book.save(path)
    return path


@pytest.fixture
def messy(tmp_path):
    return write_messy(tmp_path / "建标汇总表.xlsx")


def established(system):
    return system.summary(year=YEAR)["standards.established"]["value"]


def upload(page, path):
    page.goto(UPLOAD)
    page.set_input_files("[name=file]", path)
    page.click("[name=go_on]")


def take(page):
    """From the preview through the job to the result."""
    page.click("[name=import]")
    to_result(page)


def to_result(page):
    page.wait_for_url("**/jobs/*/")
    page.locator('#job-status a[href^="/exchange/"]').click()
    page.wait_for_url("**/exchange/*/")


def counted(page, *names):
    return tuple(int(page.locator(f'[data-count="{name}"]').inner_text()) for name in names)


def undo(page):
    page.locator('a[href$="/undo/"]').click()
    page.click("[name=undo]")
    to_result(page)


def test_the_clerks_way(enter, empty, messy, tmp_path):
    page = enter(empty, "province-clerk").page
    before = established(empty)

    upload(page, messy)
    page.wait_for_url("**/columns/")
    missing = page.locator("#missing")
    expect(missing).to_be_visible()
    expect(missing).to_contain_text("证书编号")
    strange = page.locator("tr", has=page.get_by_text(UNKNOWN)).locator("select")
    strange.select_option("certificate_no")
    expect(missing).to_be_hidden()
    page.click("[name=go_on]")

    page.wait_for_url("**/preview/")
    assert counted(page, "rows", "created", "updated", "unchanged", "failed") == (4, 3, 0, 0, 1)
    problem = page.locator("[data-problem]")
    expect(problem).to_have_count(1)
    expect(problem).to_contain_text(str(FIRST_ROW + 2))
    expect(problem).to_contain_text(WRONG_DATE)
    expect(page.locator('[data-effect="standards.established"]')).to_contain_text("+3")
    page.locator("#tab-left_out").click()
    expect(page.locator("[data-left-out]", has_text="合计")).to_be_visible()
    expect(page.locator("[data-left-out]", has_text="注：")).to_be_visible()
    expect(problem).to_be_hidden()
    assert established(empty) == before

    take(page)
    assert counted(page, "created", "failed") == (3, 1)
    assert established(empty) == before + 3
    first = page.url

    with page.expect_download() as download:
        page.locator('a[href$="/errors/"]').click()
    download.value.save_as(tmp_path / "errors.xlsx")
    corrected = correct(tmp_path / "errors.xlsx")
    upload(page, corrected)
    page.wait_for_url("**/preview/")  # the columns are remembered
    assert counted(page, "rows", "created", "failed", "passed_over") == (1, 1, 0, 3)
    expect(page.locator("[data-corrects]")).to_be_visible()
    take(page)
    assert counted(page, "rows", "created", "failed") == (1, 1, 0)
    assert established(empty) == before + 4

    undo(page)
    assert counted(page, "voided", "restored") == (1, 0)
    page.goto(first)
    undo(page)
    assert counted(page, "voided", "restored") == (3, 0)
    assert established(empty) == before


def correct(path):
    """As the clerk does in Excel: the marked cell gets the right date."""
    book = load_workbook(path)
    marked = [cell for sheet in book for cells in sheet.iter_rows() for cell in cells if cell.comment]
    [wrong] = [cell for cell in marked if cell.value == WRONG_DATE]
    wrong.value = f"{YEAR}-02-28"
    book.save(path)
    return path


def write_short(path):
    """A ledger that tells neither the kind of its standards, nor who issued their certificates, nor till when."""
    book = Workbook()
    page = book.active
    page.append(
        [
            "编号",
            "标准装置名称",
            "考核级别",
            "等级",
            "专业",
            "持证单位",
            "测量范围",
            "准确度等级",
            "考核证书编号",
            "颁证时间",
        ]
    )
    for number in (1, 2):
        _number, name, _kind, tier, grade, field, holder, measuring_range, accuracy, *_rest = row(number, None)
        certificate = f"[{YEAR}] 沈量标 证字第 {number:03} 号"
        page.append(
            [number, name, tier, grade, field, holder, measuring_range, accuracy, certificate, f"{YEAR}.5.{number}"]
        )
    book.save(path)
    return path


def test_one_value_for_all_rows(enter, empty, tmp_path):
    visit = enter(empty, "province-clerk")
    visit.may_be_refused(422)
    page = visit.page
    before = established(empty)
    upload(page, write_short(tmp_path / "短表.xlsx"))
    page.wait_for_url("**/columns/")
    missing = page.locator("#missing")
    for label in ("计量标准类别", "发证机关", "有效期至"):
        expect(missing).to_contain_text(label)
    # What is read from the file needs no other value; what is given up may have one.
    holder = page.locator("#id_constant-holder")
    expect(holder).to_be_hidden()
    of_file = page.locator("tr", has=page.get_by_text("持证单位")).locator("select")
    of_file.select_option("")
    expect(holder).to_be_visible()
    of_file.select_option("holder")
    expect(holder).to_be_hidden()

    page.locator("#constants summary").click()
    missing.get_by_role("link", name="发证机关").click()  # opens what is folded away
    expect(page.locator("#id_constant-issuing_authority")).to_be_focused()
    page.keyboard.type("辽宁省市场监督管理局")
    page.locator("#id_constant-kind").select_option(label="社会公用计量标准")
    page.locator("#id_constant-valid_until").fill("2018-02-30")
    page.locator("#id_constant-valid_until").blur()
    expect(missing).to_be_hidden()
    page.click("[name=go_on]")
    wrong = page.locator("[data-constant=valid_until]")
    expect(wrong.locator("[role=alert]")).to_contain_text("2018")
    expect(page.locator("#id_constant-issuing_authority")).to_have_value("辽宁省市场监督管理局")
    page.locator("#id_constant-valid_until").fill("2018年12月")
    page.click("[name=go_on]")

    page.wait_for_url("**/preview/")
    assert counted(page, "rows", "created", "failed") == (2, 2, 0)
    expect(page.locator("[data-for-all]")).to_contain_text("2018年12月")
    page.locator("#tab-interpreted").click()
    expect(page.locator("[data-interpreted]", has_text="2018年12月")).to_contain_text("2018-12-31")
    take(page)
    assert counted(page, "created", "failed") == (2, 0)
    assert established(empty) == before + 2
    result = page.url

    upload(page, tmp_path / "短表.xlsx")
    page.wait_for_url("**/preview/")  # the values are remembered with the columns
    assert counted(page, "unchanged", "failed") == (2, 0)
    page.goto(result)
    undo(page)
    assert established(empty) == before


def test_a_file_is_dropped_on_the_page(enter, empty, messy):
    """As the browser hands it over: the field takes the file, and what follows is as ever."""
    page = enter(empty, "province-clerk").page
    page.goto(UPLOAD)
    page.evaluate(
        """([name, content]) => {
            const bytes = Uint8Array.from(atob(content), letter => letter.charCodeAt(0))
            const data = new DataTransfer()
            data.items.add(new File([bytes], name))
            document.getElementById('drop-zone').dispatchEvent(
                new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
        }""",
        [messy.name, base64.b64encode(messy.read_bytes()).decode()],
    )
    assert page.evaluate("document.querySelector('[name=file]').files[0].name") == messy.name
    page.click("[name=go_on]")
    page.wait_for_url("**/exchange/*/*/")


def test_it_goes_by_keyboard(enter, empty, tmp_path):
    """A header of its own, so that no other test has taught the office its columns."""
    page = enter(empty, "province-clerk").page
    upload(page, write_messy(tmp_path / "键盘.xlsx", unknown="许可字号"))
    page.wait_for_url("**/columns/")
    strange = page.locator("tr", has=page.get_by_text("许可字号")).locator("select")
    strange.focus()
    choose(page, strange.get_attribute("name"), "证书编号 *")
    tab_to(page, "button[name=go_on]")
    page.keyboard.press("Enter")

    page.wait_for_url("**/preview/")
    page.locator("#tab-failed").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-created")).to_be_focused()
    expect(page.locator("#rows-created")).to_be_visible()
    expect(page.locator("#rows-failed")).to_be_hidden()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#tab-left_out")).to_be_focused()


def test_all_or_nothing_says_what_the_button_does(enter, empty, messy):
    page = enter(empty, "province-clerk").page
    upload(page, messy)
    if "/columns/" in page.url:
        page.locator("tr", has=page.get_by_text(UNKNOWN)).locator("select").select_option("certificate_no")
        page.click("[name=go_on]")
    page.wait_for_url("**/preview/")
    button = page.locator("[name=import]")
    keeps = button.inner_text()
    page.check("#mode-all-or-nothing")
    expect(button).not_to_have_text(keeps)
    page.check("#mode-keep-good")
    expect(button).to_have_text(keeps)
