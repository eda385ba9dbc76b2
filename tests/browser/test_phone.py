"""At 390 pixels: nothing runs out of the page sideways, and nothing is squeezed away."""

import pytest
from playwright.sync_api import expect

WIDTH = 390
YEAR = "region=210000&from=2016-01-01&to=2016-12-31"
PAGES = {
    "dashboard": "/",
    "list": "/standards/measurementstandard/",
    "form": "/standards/measurementstandard/add/",
    "record": "/standards/measurementstandard/1/change/",
    "history": "/standards/measurementstandard/1/history/",
    "life cycle": "/standards/measurementstandard/1/change/#events",
    "items": "/standards/measurementstandard/1/change/#items",
    "devices": "/standards/measurementstandard/1/change/#devices",
    "persons": "/standards/measurementstandard/1/change/#persons",
    "event": "/standards/standardevent/1/change/",
    "device": "/standards/standarddevice/1/change/",
    "examination": "/standards/examination/1/change/",
    "repeatability": "/standards/repeatabilitytest/1/change/",
    "stability": "/standards/stabilitycheck/1/change/",
    "series": "/standards/repeatabilitytest/1/series/",
    "chain": "/standards/1/chain/",
    "spot checks": "/standards/spotcheck/",
    "spot check": "/standards/spotcheck/1/change/",
    "institutions": "/standards/institution/",
    "institution": "/standards/institution/1/change/",
    "technician": "/standards/technician/1/change/#qualifications",
    "specifications": "/standards/specification/",
    "specification": "/standards/specification/1/change/",
    "comparison": "/standards/comparison/1/change/",
    "points": "/standards/comparison/1/change/#points",
    "results": "/standards/comparison/1/change/#results",
    "evaluation": "/standards/comparisons/1/",
    "due list": "/due/",
    "notices": "/due/notices/",
    "report": f"/reports/?{YEAR}",
    "figure": f"/figures/standards.established/?{YEAR}",
    "upload": "/exchange/standards/upload/",
    "imports": "/exchange/",
    "jobs": "/jobs/",
    "codes": "/accounts/totp/",
}
HEADINGS = ("计量标准名称", "计量标准类别", "层级", "等级", "计量领域", "建标单位", "测量范围",
            "不确定度或准确度等级或最大允许误差", "发证机关", "证书编号", "发证日期", "有效期至", "地区")  # fmt: skip
BAD_ROW = ("砝码标准装置", "社会公用计量标准", "市级", "次级", "力学", "大连市计量测试所", "1 mg～500 g", "F1级",
           "辽宁省市场监督管理局", "[2016] 手量标 证字第 001 号", "2016-02-30", "2021-01-01", "210200")  # fmt: skip
# Elements whose own text has no place to show: narrower than a digit, though it is neither hidden nor an icon.
SQUEEZED = """() => [...document.querySelectorAll('body *')].filter(element => {
    const texts = [...element.childNodes].filter(node => node.nodeType === 3)
    if (!texts.some(node => node.textContent.trim())) return false
    if (element.closest('svg, script, style, option, .select2-hidden-accessible, [aria-hidden=true]')) return false
    if (element.matches('.material-symbols-outlined, #job-announcement')) return false
    if (!element.checkVisibility({opacityProperty: true, visibilityProperty: true})) return false
    return element.getBoundingClientRect().width < 6 && getComputedStyle(element).display !== 'inline'
}).map(element => element.outerHTML.slice(0, 200))"""


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH
    assert page.evaluate(SQUEEZED) == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_fits(phone, path):
    answer = phone.page.goto(path)
    assert answer.ok
    phone.page.wait_for_load_state("networkidle")
    fits(phone.page)


def test_the_login_page_fits(enter, demo, phone):
    page = enter(demo, "", phone.page.viewport_size).page
    page.goto("/login/")
    expect(page.locator("[name=username]")).to_be_visible()
    fits(page)


def test_the_steps_of_an_import_fit(phone, tmp_path):
    page = phone.page
    path = tmp_path / "一个名字很长的文件，名字里有年份、单位和各种说明，手机屏幕放不下2016年度计量标准汇总表.csv"
    path.write_text(f"{','.join(HEADINGS)}\n{','.join(BAD_ROW)}\n", encoding="utf-8-sig")
    page.goto("/exchange/standards/upload/")
    page.set_input_files("[name=file]", path)
    page.click("[name=go_on]")
    page.wait_for_url("**/preview/")
    expect(page.locator("[data-problem]").first).to_be_visible()
    fits(page)
    page.locator('#confirm-form a[href$="/columns/"]').click()
    page.wait_for_url("**/columns/")
    fits(page)
    page.click("[name=go_on]")
    page.wait_for_url("**/preview/")
    page.click("[name=import]")
    page.wait_for_url("**/jobs/*/")
    fits(page)
    page.locator('#job-status a[href^="/exchange/"]').click()
    expect(page.locator("[data-problem]").first).to_be_visible()
    fits(page)


def test_the_menu_opens_by_its_button(phone):
    page = phone.page
    page.goto("/")
    link = page.get_by_role("link", name="指标汇总")
    expect(link).not_to_be_in_viewport()
    page.get_by_text("dock_to_right").locator("visible=true").tap()
    expect(link).to_be_in_viewport()
    link.tap()
    page.wait_for_url("**/reports/")
