"""A day at the office of the province: the pages a clerk opens, by mouse and by keyboard."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

LIST = "/standards/measurementstandard/"
ROWS = "#result_list tbody tr"
MANY_TABS = 30


def tab_to(page, selector):
    """Goes on with the Tab key until the element has the focus: it can be reached without a mouse."""
    for _press in range(MANY_TABS):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} was not reached with the Tab key.")


def type_into(page, name, text):
    tab_to(page, f"[name={name}]")
    page.keyboard.type(text)


def choose(page, name, label):
    """Goes down a closed list, entry by entry."""
    tab_to(page, f"[name={name}]")
    shown = f"[name={name}] option:checked"
    for _press in range(MANY_TABS):
        if page.locator(shown).inner_text().strip() == label:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{label} is not in the list {name}.")


def search_and_take(page, name, text, label):
    """An autocomplete field: open it, type a part, take the first answer."""
    tab_to(page, f"[name={name}] + .select2 .select2-selection")
    page.keyboard.press("Enter")
    expect(page.locator(".select2-container--open .select2-search__field")).to_be_focused()
    page.keyboard.type(text)
    answers = page.locator(".select2-results__option:not(.loading-results)")
    expect(answers.first).to_contain_text(label)
    page.keyboard.press("Enter")
    expect(page.locator(f"[name={name}] + .select2 .select2-selection__rendered")).to_contain_text(label)


def enter_standard(page, certificate_no):
    page.goto(f"{LIST}add/")
    type_into(page, "name", "二等标准金属量器标准装置")
    choose(page, "kind", "社会公用计量标准")
    choose(page, "field", "力学")
    choose(page, "tier", "市级")
    choose(page, "grade", "次级")
    type_into(page, "holder", "大连市计量测试所")
    type_into(page, "measuring_range", "(20～100) L")
    type_into(page, "uncertainty", "0.025%")
    type_into(page, "issuing_authority", "辽宁省市场监督管理局")
    type_into(page, "certificate_no", certificate_no)
    type_into(page, "issued_on", "2026-03-02")
    type_into(page, "valid_until", "2031-03-01")
    search_and_take(page, "office", "大连市", "大连市")
    search_and_take(page, "region", "大连", "大连市")


def save(page, button="_save"):
    """Returns once the answer is there: to go elsewhere at once would take the request back."""
    with page.expect_navigation():
        page.click(f"[name={button}]")


def fill_place(page, text):
    """It stands in a part of the form that is folded up at first."""
    page.get_by_role("heading", name="场所与环境").click()
    page.fill("[name=place]", text)


@pytest.fixture
def open_standard(clerk):
    """``open_standard(n)`` opens the n-th standard of Dalian, one for each test that changes it; gives its path."""

    def open_(number):
        page = clerk.page
        page.goto(f"{LIST}?q=大连市计量测试所&tier__exact=municipal")
        page.locator(f"{ROWS} th a").nth(number).click()
        expect(page.locator("[name=certificate_no]")).to_be_visible()
        return urlsplit(page.url).path

    return open_


def test_the_dashboard_shows_figures_and_what_is_due(clerk):
    page = clerk.page
    page.goto("/")
    figures = page.locator(".figure-card-value strong")
    assert figures.count() >= 4
    assert all(re.fullmatch(r"[\d,]+(\.\d+)?", text) for text in figures.all_inner_texts())
    due = page.locator("section").filter(has=page.get_by_role("heading", name="到期提醒"))
    expect(due.locator("time").first).to_be_visible()
    due.get_by_role("link", name="个月内").last.click()
    page.wait_for_url("**/due/?within=*")
    expect(page.get_by_role("row").filter(has=page.locator("time")).first).to_be_visible()


def test_a_figure_of_the_dashboard_opens_its_records(clerk):
    page = clerk.page
    page.goto("/")
    card = page.locator(".figure-card").first
    number = card.locator("strong").inner_text()
    card.click()
    expect(page.get_by_role("heading", name=f"共{number}条记录")).to_be_visible()


def test_the_list_is_filtered(clerk):
    page = clerk.page
    page.goto(LIST)
    expect(page.locator(ROWS)).to_have_count(25)
    opener = page.locator("a:visible", has_text="筛选")
    opener.focus()
    page.keyboard.press("Enter")  # the skin's link without a target works by keyboard too
    page.select_option("[name=tier__exact]", label="大区级")
    page.locator("button:visible", has_text="筛选").click()
    page.wait_for_url("**tier*")
    assert parse_qs(urlsplit(page.url).query)["tier__exact"] == ["regional"]
    assert set(page.locator(f"{ROWS} .field-tier").all_inner_texts()) == {"大区级"}


def test_the_slash_key_searches(clerk):
    page = clerk.page
    page.goto(LIST)
    page.keyboard.press("/")
    page.keyboard.type("酸度计")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    names = page.locator(f"{ROWS} .field-name").all_inner_texts()
    assert names
    assert all("酸度计" in name for name in names)


def test_a_standard_is_entered_by_keyboard_alone(clerk):
    page = clerk.page
    number = "[2026] 键量标 证字第 001 号"
    enter_standard(page, number)
    tab_to(page, "[name=_save]")
    page.keyboard.press("Enter")
    expect(page.get_by_text("成功").first).to_be_visible()
    page.goto(f"{LIST}?q=键量标")
    row = page.locator(ROWS)
    expect(row).to_have_count(1)
    expect(row.locator(".field-certificate_no")).to_have_text(number)
    expect(row.locator(".field-place_name")).to_have_text("大连市")


def test_what_is_missing_is_said_beside_the_field(clerk):
    page = clerk.page
    page.goto(f"{LIST}add/")
    page.fill("[name=name]", "缺项的装置")
    # Past the browser's own check, as a script or an old browser would.
    page.locator("#measurementstandard_form").evaluate("form => form.noValidate = true")
    save(page)
    expect(page.locator(".field-tier").get_by_text("这个字段是必填项")).to_be_visible()
    expect(page.locator("[name=name]")).to_have_value("缺项的装置")


def test_a_change_stands_in_the_history(clerk, open_standard):
    page, path = clerk.page, open_standard(0)
    fill_place(page, "三号楼")
    save(page)
    page.goto(path)
    page.get_by_role("link", name="历史").click()
    lines = page.locator("table tbody tr")
    expect(lines.first).to_contain_text("三号楼")
    expect(lines.first).to_contain_text("省局录入员")
    assert "None" not in page.locator("#content, main").first.inner_text()


def test_a_record_is_voided_with_a_reason_and_restored(clerk, open_standard):
    page, path = clerk.page, open_standard(1)
    page.get_by_role("link", name="作废").click()
    page.fill("[name=reason]", "重复录入")
    page.get_by_role("button", name="作废").click()
    expect(page.locator(ROWS).first).to_be_visible()

    page.goto(path)
    expect(page.get_by_text("重复录入")).to_be_visible()
    expect(page.locator("[name=_save]")).to_have_count(0)

    page.get_by_role("link", name="恢复").click()
    page.get_by_role("button", name="恢复").click()
    page.wait_for_url(f"**{path}")
    expect(page.locator("[name=_save]")).to_be_visible()


def test_an_expired_session_loses_no_entry(clerk):
    page, number = clerk.page, "[2026] 续量标 证字第 001 号"
    enter_standard(page, number)
    clerk.context.clear_cookies(name="sessionid")
    save(page)
    expect(page.get_by_text("登录后")).to_be_visible()

    clerk.fill_login("province-clerk")
    expect(page.locator("[name=certificate_no]")).to_have_value(number)
    expect(page.locator("[name=tier] option:checked")).to_have_text("市级")
    expect(page.locator("[name=region] + .select2")).to_contain_text("大连市")
    save(page)
    page.goto(f"{LIST}?q=续量标")
    expect(page.locator(ROWS)).to_have_count(1)


def test_two_people_edit_one_record(clerk, enter, demo, open_standard):
    """The second to save sees whose change came first, takes it for one field and keeps the own entry of another."""
    path = open_standard(2)
    first, second = clerk.page, enter(demo, "dalian-clerk").page
    second.goto(path)
    fill_place(first, "一号楼")
    first.fill("[name=remark]", "已搬迁")
    save(first, "_continue")
    expect(first.locator("[name=place]")).to_have_value("一号楼")

    fill_place(second, "二号楼")
    second.fill("[name=measuring_range]", "(20～200) L")
    save(second)
    differences = second.locator("#differences")
    expect(differences).to_contain_text("一号楼")
    expect(differences).to_contain_text("二号楼")
    expect(second.get_by_text("省局录入员").first).to_be_visible()
    # What only the other person changed is taken over.
    expect(second.locator("[name=remark]")).to_have_value("已搬迁")

    second.check("[name=take_theirs]")
    save(second)
    expect(second.locator(ROWS).first).to_be_visible()
    second.goto(path)
    expect(second.locator("[name=place]")).to_have_value("一号楼")
    expect(second.locator("[name=measuring_range]")).to_have_value("(20～200) L")
