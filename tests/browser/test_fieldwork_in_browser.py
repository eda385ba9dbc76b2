"""An inspector at a fuel station, with a telephone: what is entered is kept, and the office goes on with it."""

import re
import struct
import zlib
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.test_phone import fits
from tests.browser.visit import PHONE

NEW = "/fieldwork/site-inspection/new/"
TARGET = 44  # px, for a thumb


def png(path, colour):
    """A picture of one colour."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0)
    rows = (b"\0" + bytes(colour) * 64) * 64
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )
    return path


@pytest.fixture
def inspector(enter, demo):
    """The inspector of Shenyang with a telephone."""
    return enter(demo, "shenyang-inspector", PHONE)


def is_saved(page):
    expect(page.locator("#field-status")).to_have_attribute("data-state", "saved")


def choose_site(page, text):
    """A site is found by a part of its name; its name."""
    page.locator("[name=enterprise] + .select2 .select2-selection").tap()
    page.locator(".select2-search__field").fill(text)
    answers = page.locator(".select2-results__option:not(.loading-results)")
    expect(answers.first).to_contain_text(text)
    answers.first.tap()
    chosen = page.locator("[name=enterprise] + .select2 .select2-selection__rendered")
    expect(chosen).to_contain_text(text)
    return chosen.get_attribute("title")


def enter_visit(page, site="加油站"):
    page.goto(NEW)
    name = choose_site(page, site)
    page.select_option("[name=subject]", "instruments")
    page.select_option("[name=sector]", "fuel")
    page.select_option("[name=result]", "not_conforming")
    return name


def add_row(page, part, **values):
    section = page.locator(f"section[data-part={part}]")
    section.locator("[data-add-row]").tap()
    row = section.locator("[data-row]").last
    for name, value in values.items():
        field = row.locator(f"[name$='-{name}']")
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
            field.blur()
    return row


def test_a_visit_with_photos_becomes_a_case(enter, demo, inspector, tmp_path):
    page = inspector.page
    before = figures(demo)
    site = enter_visit(page)
    page.set_input_files(
        "[data-photos=''] input[type=file]",
        [png(tmp_path / "全景.png", (200, 80, 40)), png(tmp_path / "铭牌.png", (0, 0, 9))],
    )
    add_row(page, "instrument", category="fuel_dispenser", checked="6", failed="1")
    add_row(page, "finding", cause="past_period", facts="一台加油机超过检定周期", measure="advice")
    is_saved(page)
    expect(page.locator("[data-photos=''] img")).to_have_count(2)
    fits(page)
    page.locator("#field-submit").tap()
    page.wait_for_url(re.compile(r"/inspections/siteinspection/\d+/change/"))
    expect(page.locator("body")).to_contain_text("全景.png")

    office = enter(demo, "shenyang-clerk").page
    office.goto("/inspections/finding/")
    office.locator("#result_list tbody tr th a").first.click()
    office.locator("#file-case button").click()
    office.wait_for_url(re.compile(r"/inspections/violationcase/\d+/change/"))
    expect(office.locator("[name=facts]")).to_have_value("一台加油机超过检定周期")

    office.goto(f"/enterprises/enterprise/?q={site}")
    office.locator('#result_list a[href^="/enterprises/"]:not([href*="/change/"])').first.click()
    line = office.locator(".timeline")
    expect(line.locator('a[href^="/inspections/siteinspection/"]').first).to_be_visible()
    expect(line.locator('a[href^="/inspections/violationcase/"]').first).to_be_visible()

    after = figures(demo)
    assert {key: after[key] - before[key] for key in after} == {
        "inspections.sites_checked": 1,
        "inspections.instruments_checked": 6,
        "inspections.instruments_failed": 1,
        "inspections.findings": 1,
        "cases.filed": 1,
    }


def figures(system):
    wanted = ("inspections.sites_checked", "inspections.instruments_checked", "inspections.instruments_failed",
              "inspections.findings", "cases.filed")  # fmt: skip
    found = system.summary(year=str(date.today().year))
    return {key: found[key]["value"] for key in wanted}


def test_it_goes_on_where_it_was(inspector):
    page = inspector.page
    enter_visit(page)
    page.fill("[name=place]", "1号加油岛")
    page.locator("[name=place]").blur()
    add_row(page, "finding", facts="铅封破损")
    is_saved(page)
    page.goto("/fieldwork/")
    fits(page)
    page.locator('.field-list a[href*="/fieldwork/site-inspection/"]:not([href*="/new/"])').first.tap()
    expect(page.locator("[name=place]")).to_have_value("1号加油岛")
    expect(page.locator("[name$='-facts']")).to_have_value("铅封破损")
    expect(page.locator("[name=enterprise] + .select2 .select2-selection__rendered")).to_contain_text("加油站")


def test_without_a_line_nothing_is_lost(inspector):
    page = inspector.page
    enter_visit(page)
    is_saved(page)
    inspector.context.set_offline(True)
    inspector.may_fail_to_connect()
    page.fill("[name=place]", "山里")
    page.locator("[name=place]").blur()
    expect(page.locator("#field-status")).to_have_attribute("data-state", "kept")
    inspector.context.set_offline(False)
    is_saved(page)
    page.reload()
    expect(page.locator("[name=place]")).to_have_value("山里")


def test_what_is_missing_is_shown_where_it_is_missing(inspector):
    inspector.may_be_refused(422)
    page = inspector.page
    enter_visit(page)
    row = add_row(page, "finding", facts="铅封破损", measure="ordered")
    page.locator("#field-submit").tap()
    expect(page.locator("#field-status")).to_have_attribute("data-state", "refused")
    expect(row.locator(".field-problem:visible")).to_have_count(1)
    fits(page)


def test_targets_are_large_enough_for_a_thumb(inspector):
    page = inspector.page
    page.goto(NEW)
    add_row(page, "finding")
    small = page.evaluate(
        """least => [...document.querySelectorAll('#field-form :is(button, input:not([type=file]), select, textarea)')]
            .filter(element => element.offsetParent && !element.matches('.select2-hidden-accessible'))
            .filter(element => element.getBoundingClientRect().height < least)
            .map(element => element.outerHTML.slice(0, 120))""",
        TARGET,
    )
    assert small == []
