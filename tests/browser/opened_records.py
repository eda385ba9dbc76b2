"""The records that a figure's page lists, leafed through to the end."""

from playwright.sync_api import Page, expect


def opened_records(page: Page) -> list[str]:
    """The addresses of all of them, as the page lists them."""
    opened, number = [], 1
    while True:
        links = page.locator("table.figure-records tbody tr th a")
        opened += [link.get_attribute("href") for link in links.all()]
        number += 1
        following = page.locator("nav.pages").get_by_role("link", name=str(number), exact=True)
        if not following.count():
            return opened
        following.click()
        expect(page.locator("nav.pages [aria-current=page]")).to_have_text(str(number))
