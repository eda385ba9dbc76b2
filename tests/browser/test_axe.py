"""What axe finds on the pages that are filled in at the place, on those of audits and at the login: nothing serious.

One more page: a line in PAGES, with its person, its address and what is done on it first.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.visit import PHONE

CLERK, INSPECTOR, MANAGER = "shenyang-clerk", "shenyang-inspector", "province-manager"
SIZES = {"telephone": PHONE, "desk": {"width": 1280, "height": 900}}
SCHEMES = ("light", "dark")
GRAVE = ("serious", "critical")


def first(path: str, selector: str) -> Callable[[Page], None]:
    """Opens the first link of a list that fits."""

    def follow(page: Page) -> None:
        page.goto(path)
        address = page.locator(selector).first.get_attribute("href")
        assert address
        page.goto(address)

    return follow


def fieldwork(page: Page) -> None:
    page.goto("/fieldwork/")
    page.locator("#field-app[data-is-ready]").wait_for()


def with_a_row(page: Page) -> None:
    """A new form of the fieldwork with a row in each table that is open at the beginning."""
    page.goto("/fieldwork/site-inspection/new/")
    page.locator("#field-form[data-is-ready]").wait_for()
    tables = page.locator("section:has([data-add-row]):visible")
    assert tables.count()
    for table in tables.all():
        table.locator("[data-add-row]").click()
        table.locator("[data-row]").last.wait_for()


def audit_form(page: Page) -> None:
    """The form of an audit on a tablet: its first section, with the list of all."""
    page.goto("/fieldwork/")
    address = page.locator("a[href*='energy-audit/new/?audit=']").first.get_attribute("href")
    assert address
    page.goto(address)
    page.locator("#field-form[data-is-ready]").wait_for()


def audit_form_meters(page: Page) -> None:
    """Its section of meters, with one that is open."""
    audit_form(page)
    page.locator("#field-sections a[data-to=meter]").click()
    page.locator("[data-line] .field-opener").first.click()
    page.locator("[data-line] [data-row]").first.wait_for()


def audit_on_site(page: Page) -> None:
    first("/inspections/energyaudit/?state__exact=on_site", "#result_list tbody th a")(page)
    number = re.search(r"/energyaudit/(\d+)/", page.url)
    assert number
    page.goto(f"/inspections/audits/{number[1]}/")


def chapter(page: Page) -> None:
    audit_on_site(page)
    page.locator('#sections a[href$="/chapter/6/"]').click()
    page.locator("#chapter-form").wait_for()


def declared(page: Page) -> None:
    audit_on_site(page)
    page.locator('a[href$="/declared/"]').click()
    page.locator("#declared-form").wait_for()


def rates(page: Page) -> None:
    """Of the unit with meters, on a day that can be judged."""
    page.goto("/inspections/energy/equipping/?q=沈阳市第1水泥")
    address = page.locator('.card-table a[href$="/equipping/"]').first.get_attribute("href")
    page.goto(f"{address}?on=2026-01-20")
    page.locator("#rates").wait_for()


def meter_labels(page: Page) -> None:
    rates(page)
    page.locator('a[href*="/energy/labels/"]').click()
    page.locator(".label svg").first.wait_for()


@dataclass(frozen=True)
class Checked:
    """``person``: "" is nobody; ``opens``: an address, or what is done."""

    person: str
    opens: str | Callable[[Page], None]

    def open(self, page: Page) -> None:
        if isinstance(self.opens, str):
            page.goto(self.opens)
        else:
            self.opens(page)


PAGES = {
    "login": Checked("", "/login/"),
    "fieldwork: list": Checked(INSPECTOR, fieldwork),
    "fieldwork: new site inspection": Checked(INSPECTOR, with_a_row),
    "fieldwork: audit": Checked(INSPECTOR, audit_form),
    "fieldwork: meters of an audit": Checked(INSPECTOR, audit_form_meters),
    "fieldwork: rescue": Checked(INSPECTOR, "/fieldwork/rescue/"),
    "audits: list": Checked(CLERK, "/inspections/energyaudit/"),
    "audits: audit": Checked(CLERK, audit_on_site),
    "audits: chapter": Checked(CLERK, chapter),
    "audits: declared numbers": Checked(CLERK, declared),
    "audits: round": Checked(MANAGER, "/inspections/audits/round/"),
    "equipping: units": Checked(CLERK, "/inspections/energy/equipping/"),
    "equipping: unit": Checked(CLERK, rates),
    "meters: labels": Checked(CLERK, meter_labels),
}


def grave_findings(page: Page) -> list[str]:
    """Rule, impact and elements of each finding that keeps somebody out."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {each['help']}\n"
        + "\n".join(f"    {' '.join(map(str, node['target']))}: {node['html'][:160]}" for node in each["nodes"][:6])
        for each in found
        if each["impact"] in GRAVE
    ]


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(enter, demo, name, size):
    checked = PAGES[name]
    page = enter(demo, checked.person, size).page
    problems = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        checked.open(page)
        page.wait_for_load_state("load")
        assert page.locator("html").evaluate("html => html.classList.contains('dark')") == (scheme == "dark")
        problems += [f"{scheme}: {finding}" for finding in grave_findings(page)]
    assert not problems, "\n".join(problems)
