"""The page of the JSON interface: served from here alone, it makes a token's requests under our own rules."""

import pytest
from playwright.sync_api import expect

from tests.browser.visit import DESKTOP, PHONE


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_token_is_made_and_tried_out(enter, demo, size):
    visit = enter(demo, "secadmin", size)
    page = visit.page
    page.goto("/bureau/apitoken/add/")
    found = visit.context.request.get(
        "/autocomplete/?app_label=bureau&model_name=apitoken&field_name=office&term=210100"
    ).json()["results"][0]
    page.evaluate(
        """({id, text}) => document.querySelector("[name=office]").append(new Option(text, id, true, true))""", found
    )
    page.fill("[name=label]", f"统计平台{size['width']}")
    page.click("[name=_save]")
    secret = page.locator("#secret").inner_text()

    page.goto("/api/v1/docs")
    expect(page.locator(".opblock")).to_have_count(7)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.click(".scheme-container .authorize")
    page.fill(".auth-container input", secret)
    page.click(".auth-btn-wrapper .authorize")
    page.click(".auth-btn-wrapper .btn-done")
    route = page.locator(".opblock").nth(1)
    route.locator(".opblock-summary-control").click()
    route.locator(".try-out__btn").click()
    route.locator("tr[data-param-name=year] input").fill("2016")
    route.locator("tr[data-param-name=keys] input").fill("standards.established")
    route.locator(".execute").click()
    answer = route.locator(".live-responses-table")
    expect(answer).to_contain_text("standards.established")
    expect(answer.locator(".response-col_status").last).to_contain_text("200")
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
