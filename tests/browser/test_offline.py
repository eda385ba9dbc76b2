"""An inspection without a line: taken along, filled in, the browser closed and opened again, the session over."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.tablet import (
    INSPECTOR,
    TABLET,
    clock,
    draft_of,
    end_sessions,
    fill,
    is_safe,
    on_server,
    ready,
    state,
)
from tests.browser.test_fieldwork_in_browser import add_row, png
from tests.browser.test_phone import fits


def begin(tablet, *, place="东门"):
    """An empty form that was begun with a line, and is taken along by that."""
    page = tablet.page
    page.goto("/fieldwork/site-inspection/new/")
    ready(page)
    fill(page, "place", place)
    is_safe(page, "place")
    expect(page.locator("[data-taken]")).to_contain_text("已带走")
    return draft_of(page)


def test_an_inspection_is_made_without_a_line(tablet, demo, enter, tmp_path):
    page = tablet.page
    tablet.list()
    page.click("#field-take-all")
    expect(page.locator("#field-status")).to_contain_text("都已在本设备上")
    tablet.context.set_offline(True)
    assigned = page.locator("li[data-form='site-inspection'][data-query]:not([data-draft])").first
    name = assigned.get_attribute("data-name")
    assigned.locator("a").tap()
    ready(page)
    draft = draft_of(page)
    expect(page.locator("[name=enterprise] option:checked")).to_have_text(re.compile("."))
    site = page.locator("[name=enterprise] option:checked").inner_text()
    fill(page, "place", "地下锅炉房")
    page.select_option("[name=sector]", "fuel")
    page.select_option("[name=result]", "not_conforming")
    pictures = [png(tmp_path / "全景.png", (200, 80, 40)), png(tmp_path / "铭牌.png", (0, 0, 9))]
    page.set_input_files("[data-photos=''] input[type=file]", pictures)
    expect(page.locator("[name=place]")).to_have_value("地下锅炉房")
    row = add_row(page, "finding", facts="一台流量计无检定证书", measure="advice")
    finding = row.get_attribute("data-row")
    state(page, "kept")
    expect(page.locator("[data-photos=''] li[data-state=kept]")).to_have_count(2)
    expect(page.locator("#field-status")).to_contain_text("2 张照片")
    tablet.close()

    # The browser was closed, the tablet has no line, and two days went by.
    end_sessions(demo)
    tablet.open(offline=True)
    page = tablet.page
    tablet.list()
    here = page.locator("li[data-form='site-inspection'][data-query]").filter(has_text=name)
    expect(here.locator(".field-entry-end")).to_contain_text("2 张照片")
    here.locator("a").tap()
    ready(page)
    assert draft_of(page) == draft
    expect(page.locator("[name=place]")).to_have_value("地下锅炉房")
    expect(page.locator(f"[name='{finding}-facts']")).to_have_value("一台流量计无检定证书")
    expect(page.locator("[data-photos=''] img")).to_have_count(2)
    state(page, "kept")
    fits_tablet(page)

    tablet.context.set_offline(False)
    link = page.locator("#field-status a")
    expect(link).to_be_visible()
    link.tap()
    page.wait_for_url("**/login/?next=*")
    tablet.log_in()
    ready(page)
    state(page, "saved")
    page.locator("#field-keeping summary").click()
    receipt = page.locator("[data-receipt]")
    expect(receipt).to_contain_text("2 张照片")
    expect(receipt).to_contain_text("全景.png")
    found = on_server(demo, draft)
    assert found["photos"] == ["全景.png", "铭牌.png"]
    expected = {
        "place": "地下锅炉房",
        "sector": "fuel",
        "result": "not_conforming",
        f"{finding}-facts": "一台流量计无检定证书",
        f"{finding}-measure": "advice",
    }
    assert expected.items() <= found["values"].items()
    filled = sum(1 for value in found["values"].values() if value)
    expect(receipt).to_contain_text(f"{filled} 项")
    assert found["entries"] == len(found["values"])  # each once

    page.locator("#field-submit").tap()
    page.wait_for_url(re.compile(r"/inspections/siteinspection/\d+/change/"))
    expect(page.locator("body")).to_contain_text("铭牌.png")
    expect(page.locator("body")).to_contain_text(site)


def fits_tablet(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= TABLET["width"]


def test_what_the_office_changed_meanwhile_is_merged(tablet, demo, enter):
    draft = begin(tablet)
    page = tablet.page
    fill(page, "escort", "张工")
    is_safe(page, "escort")
    tablet.context.set_offline(True)
    fill(page, "place", "南门")
    fill(page, "opinion", "责令改正")
    state(page, "kept")

    office = enter(demo, INSPECTOR).page
    office.goto(f"/fieldwork/site-inspection/{draft}/")
    ready(office)
    for name, value in (("place", "西门"), ("escort", "李工")):
        fill(office, name, value)
        is_safe(office, name)

    tablet.context.set_offline(False)
    state(page, "refused")
    choice = page.locator(".field-choice")
    expect(choice).to_have_count(1)
    assert choice.locator("dd").all_inner_texts() == ["东门", "南门", "西门"]
    expect(page.locator("[name=escort]")).to_have_value("李工")  # merged by itself, and says so
    expect(page.locator("#div_id_escort .field-state")).to_contain_text("李工")
    assert (
        on_server(demo, draft)["values"] | {"place": "西门", "escort": "李工", "opinion": "责令改正"}
        == (on_server(demo, draft)["values"])
    )
    # By keyboard alone.
    choice.locator("button").first.focus()
    page.keyboard.press("Enter")
    state(page, "saved")
    expect(page.locator(".field-choice")).to_have_count(0)
    expect(page.locator("[name=place]")).to_be_focused()
    assert on_server(demo, draft)["values"]["place"] == "南门"
    office.reload()
    expect(office.locator("[name=place]")).to_have_value("南门")


def test_a_form_is_begun_and_submitted_without_a_line(tablet, demo):
    """The empty form was taken along; the site cannot be searched, and is chosen when there is a line again."""
    page = tablet.page
    tablet.list()
    page.click("#field-take-all")
    expect(page.locator("#field-status")).to_contain_text("都已在本设备上")
    tablet.context.set_offline(True)
    page.locator("a[data-new][href*=site-inspection]").tap()
    ready(page)
    fill(page, "place", "山里")
    expect(page.locator(".field-search-note").first).to_be_visible()
    page.locator("#field-submit").tap()
    expect(page.locator("#field-status")).to_contain_text("随即提交")
    draft = draft_of(page)
    page.reload()
    ready(page)
    expect(page.locator("[name=place]")).to_have_value("山里")
    tablet.context.set_offline(False)
    # It was not complete: that is said, and nothing was lost.
    state(page, "refused")
    expect(page.locator("[name=sector]")).to_have_attribute("aria-invalid", "true")
    found = on_server(demo, draft)
    assert (found["values"]["place"], found["state"]) == ("山里", "open")


def test_another_person_does_not_send_what_is_kept(tablet, demo):
    draft = begin(tablet)
    page = tablet.page
    tablet.context.set_offline(True)
    fill(page, "place", "别人看不到的地方")
    state(page, "kept")
    tablet.context.clear_cookies()
    tablet.context.set_offline(False)
    tablet.page.goto("/login/")
    tablet.log_in("shenyang-clerk")
    tablet.list()
    expect(page.locator("#field-others")).to_be_visible()
    assert page.goto(f"/fieldwork/site-inspection/{draft}/").status == 404
    assert on_server(demo, draft)["values"]["place"] == "东门"
    tablet.context.clear_cookies()
    tablet.page.goto("/login/")
    tablet.log_in()
    tablet.list()
    expect(page.locator(f"li[data-draft='{draft}'] .field-entry-end")).to_have_attribute("data-state", "saved")
    assert on_server(demo, draft)["values"]["place"] == "别人看不到的地方"


def test_a_rescue_file_brings_everything_back(tablet, demo, enter, tmp_path):
    draft = begin(tablet)
    page = tablet.page
    tablet.context.set_offline(True)
    fill(page, "opinion", "只在设备上")
    page.set_input_files("[data-photos=''] input[type=file]", png(tmp_path / "表盘.png", (9, 9, 200)))
    expect(page.locator("[data-photos=''] li[data-state=kept]")).to_have_count(1)
    page.locator("#field-keeping summary").click()
    with page.expect_download() as download:
        page.locator("[data-rescue]").click()
    path = tmp_path / "rescue.json"
    download.value.save_as(path)

    # On another device: once, and once more.
    other = enter(demo, INSPECTOR).page
    for _ in range(2):
        other.goto("/fieldwork/rescue/")
        other.locator("#field-app[data-is-ready]").wait_for()
        other.set_input_files("#field-rescue", path)
        state(other, "saved")
        expect(other.locator("#field-rescued")).to_contain_text("1 张照片")
    found = on_server(demo, draft)
    assert (found["values"]["opinion"], found["photos"]) == ("只在设备上", ["表盘.png"])
    entries = found["entries"]

    # The device itself, with a line again, has nothing to add.
    tablet.context.set_offline(False)
    state(page, "saved")
    again = on_server(demo, draft)
    assert (again["entries"], again["photos"]) == (entries, ["表盘.png"])

    others = enter(demo, "shenyang-clerk").page
    others.goto("/fieldwork/rescue/")
    others.locator("#field-app[data-is-ready]").wait_for()
    others.set_input_files("#field-rescue", path)
    state(others, "refused")
    damaged = tmp_path / "damaged.json"
    damaged.write_bytes(path.read_bytes()[:-200])
    other.set_input_files("#field-rescue", damaged)
    state(other, "refused")


def test_a_browser_that_keeps_nothing_says_so(enter, demo):
    visit = enter(demo, INSPECTOR)
    visit.may_fail_to_connect()
    visit.context.add_init_script("indexedDB.open = () => { throw new DOMException('refused', 'SecurityError'); }")
    page = visit.page
    page.goto("/fieldwork/site-inspection/new/")
    ready(page)
    expect(page.locator("#field-warnings button")).to_be_visible()
    visit.context.set_offline(True)
    fill(page, "place", "东门")
    expect(page.locator("#field-status")).to_contain_text("不要关闭")
    visit.context.set_offline(False)
    is_safe(page, "place")


def test_a_store_that_is_full_loses_nothing(tablet, demo):
    draft = begin(tablet)
    page = tablet.page
    page.evaluate("""() => {
        const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (...given) {
            const request = put.apply(this, given);
            if (this.name === "fields") queueMicrotask(() => this.transaction.abort());
            return request;
        };
    }""")
    tablet.context.set_offline(True)
    fill(page, "place", "满了")
    expect(page.locator("#field-warnings button")).to_be_visible()
    expect(page.locator("#field-status")).to_contain_text("不要关闭")
    tablet.context.set_offline(False)
    is_safe(page, "place")
    assert on_server(demo, draft)["values"]["place"] == "满了"


@pytest.mark.parametrize("hours", [-48, 48])
def test_a_clock_two_days_wrong_does_no_harm(tablet, demo, hours):
    draft = begin(tablet)
    page = tablet.page
    with clock(tablet.context, hours):
        page.reload()
        ready(page)
        fill(page, "place", "时钟错了")
        is_safe(page, "place")
        page.locator("#field-keeping summary").click()
        expect(page.locator("[data-receipt]")).to_contain_text("48")
    assert on_server(demo, draft)["values"]["place"] == "时钟错了"


def test_a_photo_that_is_cut_off_is_sent_again(tablet, demo, tmp_path):
    draft = begin(tablet)
    page = tablet.page
    cuts = []

    def cut(route):
        if len(cuts) < 2:
            body = route.request.post_data_buffer
            cuts.append(len(body))
            end = body.rfind(b"\r\n--")
            route.continue_(post_data=body[: end - 40] + body[end:])
        else:
            route.continue_()

    page.route("**/photos/", cut)
    page.set_input_files("[data-photos=''] input[type=file]", png(tmp_path / "全景.png", (1, 2, 3)))
    expect(page.locator("[data-photos=''] li[data-state=saved]")).to_have_count(1)
    assert len(cuts) == 2
    assert on_server(demo, draft)["photos"] == ["全景.png"]


def test_the_pages_fit_a_telephone(enter, demo):
    from tests.browser.visit import PHONE

    page = enter(demo, INSPECTOR, PHONE).page
    for path in ("/fieldwork/", "/fieldwork/rescue/", "/fieldwork/site-inspection/new/"):
        page.goto(path)
        page.locator("[data-is-ready]").wait_for()
        fits(page)
