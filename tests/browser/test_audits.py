"""A manager follows a planned audit from the round to its report, by keyboard alone."""

import re

import pytest
from docx import Document
from playwright.sync_api import expect

MANAGER = "province-manager"
PLANNED = "2026-003"  # of the demo's plan; nobody else goes on with it
CHAPTERS = "45678"
TABS = 250  # more than a page has places for the keyboard


class Keyboard:
    """Someone who never touches the mouse."""

    def __init__(self, page):
        self.page = page

    def to(self, selector):
        """From where the keyboard is to the next place of that kind."""
        for _step in range(TABS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return self
        raise AssertionError(f"The keyboard does not reach {selector} on {self.page.url}.")

    def press(self, key="Enter"):
        self.page.keyboard.press(key)

    def go(self):
        with self.page.expect_navigation():
            self.press()

    def write(self, text):
        self.page.keyboard.type(text)


@pytest.fixture
def page(enter, demo):
    return enter(demo, MANAGER).page


@pytest.fixture
def keys(page):
    return Keyboard(page)


def is_at(page, state):
    expect(page.locator("#state")).to_have_attribute("data-state", state)


def step(keys, state):
    """The day that the form proposes is taken; its part of the page is opened first where it is closed."""
    form = keys.page.locator(f"#step-{state}")
    if not form.is_visible():
        keys.to(f"details:has(#step-{state}) > summary").press()
    expect(form).to_be_visible()
    keys.to(f"#step-{state} [type=submit]").go()


def answer(keys, leave_open=()):
    """Each item of the open chapter conforms, but those left open; back comes how many were answered."""
    items = keys.page.locator("#chapter-form fieldset").evaluate_all("all => all.map(each => each.id)")
    for item in items:
        keys.to(f"#{item} select")
        if item.removeprefix("item-") not in leave_open:
            keys.press("ArrowDown")
    keys.to("#chapter-form [type=submit]").go()
    return len(items)


def test_an_audit_by_keyboard_from_the_round_to_its_report(page, keys, tmp_path):
    page.goto("/")
    keys.to('a[href="/inspections/audits/round/"]').go()
    expect(page.locator(".round-map .round-tile").first).to_contain_text("合计")
    keys.to('a.round-tile[href*="region=210100"]').go()
    expect(page.locator("#progress")).to_contain_text("和平区")

    keys.to('a[href="/inspections/energyaudit/"]').go()
    audit = page.locator("#result_list tbody th a", has_text=PLANNED).get_attribute("href")
    keys.to(f'a[href="{audit}"]').go()
    keys.to('#content a[href^="/inspections/audits/"]').go()
    is_at(page, "planned")
    for state in ("self_check", "document_review", "on_site"):
        step(keys, state)
        is_at(page, state)

    keys.to('#sections a[href*="/chapter/"]').go()
    for chapter in CHAPTERS:
        expect(page).to_have_url(re.compile(f"/chapter/{chapter}/$"))
        answer(keys, leave_open=("8-3",))

    keys.to("details:has(#step-concluded) > summary").press()
    keys.to("#step-concluded [name=conclusion]").press("ArrowDown")
    keys.to("#step-concluded [name=judged_by]").write("GB 17167-2025")
    keys.to("#step-concluded [type=submit]").go()
    is_at(page, "on_site")
    expect(page.get_by_text("尚无结果的项目：8-3").first).to_be_visible()
    expect(page.locator("#conclusion")).to_have_count(0)
    expect(page.locator("#step-concluded [name=judged_by]")).to_be_visible()
    expect(page.locator("#step-concluded [name=judged_by]")).to_have_value("GB 17167-2025")

    with page.expect_download() as download:
        keys.to('#content a[href$="report.docx"]').press()
    assert download.value.suggested_filename.startswith(PLANNED)
    download.value.save_as(tmp_path / "report.docx")
    said = "\n".join(paragraph.text for paragraph in Document(tmp_path / "report.docx").paragraphs)
    assert "尚未判定1项" in said


def test_the_wide_table_by_keyboard(enter, demo):
    """It scrolls in its own frame, and each number leads to the rows that it counts."""
    page = enter(demo, "shenyang-clerk").page
    page.goto("/inspections/energy/equipping/?q=沈阳市第1水泥")
    page.goto(page.locator('.card-table a[href$="/equipping/"]').first.get_attribute("href") + "?on=2026-01-20")
    keys = Keyboard(page)
    keys.to(".wide[role=region]")
    keys.to("#rates td a")
    count = int(page.evaluate("document.activeElement.innerText"))
    keys.go()
    expect(page.locator("#result_list tbody tr")).to_have_count(count)
    page.go_back()
    page.emulate_media(media="print")
    expect(page.locator("#nav-sidebar")).to_be_hidden()
    expect(page.locator("#rates")).to_be_visible()
    expect(page.locator(".on-paper")).to_contain_text("沈阳市第1水泥")
    frame = page.locator(".wide").evaluate("frame => [frame.scrollWidth, frame.clientWidth]")
    assert frame[0] <= frame[1], "cut off on paper"
