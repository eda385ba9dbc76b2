"""A verifier with a telephone scans a label; the office books what is due."""

import re
from datetime import date

from playwright.sync_api import expect

from tests.browser.test_phone import fits
from tests.browser.visit import PHONE

CLERK = "shenyang-clerk"
BOOKING = re.compile(r"/inspections/appointments/book/\d+/")
PIECE = re.compile(r"/inspections/instrument/\d+/")
FREE_DAY = ".day input:not([disabled])"


def take(page, name, text):
    """An autocomplete field: the first answer for ``text``."""
    page.locator(f"[name={name}] + .select2 .select2-selection").click()
    page.locator(".select2-search__field").fill(text)
    answers = page.locator(".select2-results__option:not(.loading-results)")
    expect(answers.first).to_contain_text(text)
    answers.first.click()


def test_a_scanned_label_leads_to_the_piece_its_history_and_a_new_verification(enter, demo):
    desk = enter(demo, CLERK).page
    desk.goto("/inspections/instrument/?state__exact=in_use&q=")
    desk.locator("#result_list tbody tr th a").first.click()
    desk.wait_for_url(PIECE)
    piece = PIECE.search(desk.url)[0]
    desk.locator('a[href*="/inspections/labels/"]').click()
    code = desk.locator(".label-code").inner_text()
    assert desk.locator(".label svg").bounding_box()["width"] > 100  # px: 28 mm

    visit = enter(demo, size=PHONE)
    page = visit.page
    page.goto(f"/i/{code}/")  # what the camera opens
    expect(page).to_have_url(re.compile("/login/"))
    visit.fill_login(CLERK)
    page.wait_for_url(re.compile(f"{piece}change/"))
    fits(page)
    expect(page.locator("#validity")).to_be_visible()
    made = page.locator('#content .card-table a[href^="/inspections/verification/"]')
    before = made.count()
    if before:  # what was done with the piece is one step away
        number = made.first.inner_text()
        made.first.tap()
        expect(page.locator("[name=certificate_no]")).to_have_value(number)
        fits(page)
        page.go_back()

    page.locator('a[href^="/inspections/verification/add/?instrument="]').tap()
    expect(page.locator("[name=verified_on]")).to_have_value(date.today().isoformat())
    for name in ("instrument", "holder", "instrument_kind"):
        expect(page.locator(f"[name={name}] + .select2 .select2-selection__rendered")).not_to_be_empty()
    expect(page.locator("[name=serial_no]")).not_to_have_value("")
    fits(page)
    take(page, "institution", "沈阳市计量测试所")
    page.fill("[name=certificate_no]", f"SM-{code}")
    page.select_option("[name=conclusion]", "passed")
    with page.expect_navigation():
        page.click("[name=_save]")
    page.goto(f"/i/{code}/")
    expect(made).to_have_count(before + 1)
    expect(made.first).to_have_text(f"SM-{code}")  # the latest stands on top


def test_a_label_says_nothing_to_another_city(enter, demo):
    desk = enter(demo, CLERK).page
    desk.goto("/inspections/instrument/?in_region=210100")
    desk.locator("#result_list tbody tr th a").first.click()
    desk.locator('a[href*="/inspections/labels/"]').click()
    code = desk.locator(".label-code").inner_text()
    stranger = enter(demo, "dalian-clerk")
    stranger.may_be_refused(404)
    assert stranger.page.goto(f"/i/{code}/").status == 404


def test_what_is_due_is_booked_received_and_answered(enter, demo):
    page = enter(demo, CLERK).page
    page.goto("/inspections/appointments/book/")
    page.locator('.card-table a[href^="/inspections/appointments/book/"]').first.click()
    page.wait_for_url(BOOKING)
    pieces = page.locator(".pieces [name=pieces]")
    count = pieces.count()
    assert count and page.locator(".pieces [name=pieces]:checked").count() == count
    day = page.locator(FREE_DAY).first
    chosen = day.get_attribute("value")
    before = places(page, chosen)
    day.check()
    page.fill("[name=contact]", "计量管理员")
    page.click("#book-form button[type=submit]")
    page.wait_for_url(re.compile(r"/inspections/appointments/\d+/$"))
    appointment = page.url
    expect(page.locator("#content")).to_contain_text(chosen)
    expect(page.locator("#receive-form [name=items]")).to_have_count(count)

    page.goto(f"{appointment}form/")
    expect(page.locator(".paper tbody tr")).to_have_count(count)
    page.emulate_media(media="print")
    expect(page.locator("#nav-sidebar")).to_be_hidden()
    page.emulate_media(media="screen")

    page.goto(f"{appointment}move/")  # its own places are free for it, for others they are not
    assert places(page, chosen) == before
    page.goto("/inspections/appointments/book/")
    page.locator('.card-table a[href^="/inspections/appointments/book/"]').first.click()
    assert places(page, chosen) < before

    page.goto(appointment)
    page.click("#receive-form button[type=submit]")
    expect(page.locator("#stage")).to_have_attribute("data-stage", "received")
    expect(page.locator("#receive-form [name=items]")).to_have_count(0)
    page.locator('a[href^="/inspections/verification/add/"]').first.click()
    expect(page.locator("[name=received_on]")).to_have_value(date.today().isoformat())
    page.fill("[name=certificate_no]", "YJ-0001")
    page.select_option("[name=conclusion]", "passed")
    with page.expect_navigation():
        page.click("[name=_save]")
    page.goto(appointment)
    expect(page.locator("#receive-form")).to_contain_text("YJ-0001")


def places(page, day):
    """How many places are free on a day that is offered."""
    shown = page.locator(f'.day:has([value="{day}"]) .places').text_content()
    return int(re.search(r"\d+", shown)[0])


def test_booking_on_a_telephone(enter, demo):
    page = enter(demo, CLERK, PHONE).page
    page.goto("/inspections/appointments/book/")
    fits(page)
    page.locator('.card-table a[href^="/inspections/appointments/book/"]').first.tap()
    page.wait_for_url(BOOKING)
    fits(page)
    for box in page.locator(".day:visible").all():
        assert box.bounding_box()["height"] >= 44  # px, for a thumb
    for path in ("/inspections/appointments/spread/", "/inspections/appointment/", "/inspections/capacity/"):
        page.goto(path)
        fits(page)


def test_a_city_is_spread(enter, demo):
    page = enter(demo, CLERK).page
    page.goto("/inspections/appointments/spread/")
    expect(page.locator("#spread-sum")).to_be_visible()
    page.click("#book-all button")
    page.wait_for_url(re.compile("/inspections/appointment/"))
    page.goto("/inspections/appointments/spread/")
    expect(page.locator("#book-all")).to_have_count(0)
