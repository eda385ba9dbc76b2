"""A list goes out as it stands on the screen."""

import csv
import re

from openpyxl import load_workbook

LIST = "/standards/measurementstandard/?tier__exact=municipal&in_region=210200&grade__exact=highest"


def test_the_list_with_its_filters_goes_out(clerk, tmp_path):
    page = clerk.page
    page.goto(LIST)
    listed = page.locator("#result_list tbody tr").count()
    assert 0 < listed < 25  # one page of the list
    page.locator('a[href*="/export/?"]').click()
    assert page.locator("[data-count]").get_attribute("data-count") == str(listed)

    with page.expect_download() as download:
        page.locator('[name=format][value="xlsx"]').click()
    download.value.save_as(tmp_path / "list.xlsx")
    assert re.fullmatch(r"计量标准 \d{8}\.xlsx", download.value.suggested_filename)
    rows = list(load_workbook(tmp_path / "list.xlsx").active.iter_rows(min_row=2, values_only=True))
    assert len(rows) == listed
    assert {row[2] for row in rows} == {"市级"}

    page.locator('[name=format][value="csv"]').focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "list.csv")
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == listed + 1


def test_it_fits_a_phone(phone):
    page = phone.page
    page.goto(f"/exchange/standards/export/?{LIST.partition('?')[2]}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for button in page.locator("[name=format]").all():
        assert button.bounding_box()["height"] >= 32
