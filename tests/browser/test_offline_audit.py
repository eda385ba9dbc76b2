"""An energy-metering audit in a basement: taken along, filed by sections, the browser killed, the session over."""

import json
import re

from playwright.sync_api import expect

from tests.browser.tablet import (
    INSPECTOR,
    TABLET,
    draft_of,
    end_sessions,
    fill,
    is_safe,
    on_server,
    ready,
    state,
)
from tests.browser.test_fieldwork_in_browser import add_row, png

CHAPTERS = ("management", "staff", "equipment", "data", "self_check")


def on_record(system, code):
    """The last line that the code prints, read past all pages."""
    return json.loads(system.manage("shell", "--no-imports", "-c", code).splitlines()[-1])


def audit_on_site(system):
    return on_record(
        system,
        "import json; from inspections.models import EnergyAudit, EnergyMeter;"
        "a = EnergyAudit.objects.filter(state='on_site', number__startswith='2026-').order_by('number')[0];"
        "m = EnergyMeter.objects.filter(unit=a.unit).exclude(own_no='').order_by('own_no');"
        "print(json.dumps({'pk': a.pk, 'number': a.number, 'meters': list(m.values_list('pk', flat=True))}))",
    )


def go_to(page, section):
    page.locator(f"#field-sections a[data-to={section}]").tap()
    expect(page.locator(f"section[data-section={section}]")).to_be_visible()
    expect(page.locator("section[data-section]:visible")).to_have_count(1)


def add_photo(page, row, path):
    page.set_input_files(f"[data-photos='{row}'] input[type=file]", path)
    expect(page.locator(f"[data-photos='{row}'] li")).to_have_count(1)


def test_an_audit_is_filed_without_a_line(tablet, demo, enter, tmp_path):
    audit = audit_on_site(demo)
    page = tablet.page
    tablet.list()
    page.click("#field-take-all")
    expect(page.locator("#field-status")).to_contain_text("都已在本设备上")
    tablet.context.set_offline(True)
    page.locator(f"li[data-query='audit={audit['pk']}'] a").tap()
    ready(page)
    draft = draft_of(page)
    expect(page.locator("#field-sections a")).to_have_count(9)
    fill(page, "opinion", "计量管理基本健全")
    answered = {}
    for chapter in CHAPTERS:
        go_to(page, chapter)
        rows = page.locator(f"section[data-section={chapter}] [data-row]")
        for number in range(rows.count()):
            row = rows.nth(number).get_attribute("data-row")
            page.select_option(f"[name='{row}-result']", "conforming")
            answered[f"{row}-result"] = "conforming"
        add_photo(page, row, png(tmp_path / f"审查-{chapter}.png", (9, len(chapter) * 20, 80)))
        expect(page.locator(f"#field-sections a[data-to={chapter}]")).to_have_attribute("data-is-done", "")
    go_to(page, "meter")
    lines = page.locator("section[data-section=meter] [data-line]")
    expect(lines).to_have_count(len(audit["meters"]))
    page.fill("[data-search-rows]", "NY-003")
    expect(page.locator("section[data-section=meter] [data-line]:visible")).to_have_count(1)
    third = audit["meters"][2]
    page.locator(f"[data-line='meter.{third}'] .field-opener").tap()
    page.select_option(f"[name='meter.{third}-result']", "differs")
    fill(page, f"meter.{third}-accuracy_class", "1.0")
    add_photo(page, f"meter.{third}", png(tmp_path / "审查-铭牌.png", (9, 9, 9)))
    page.fill("[data-search-rows]", "")
    go_to(page, "new_meter")
    new = add_row(page, "new_meter", name="水表", serial_no="SB-99", energy="water", level="sub_unit").get_attribute(
        "data-row"
    )
    go_to(page, "nonconformity")
    row = add_row(page, "nonconformity", clause="GB 17167-2006 4.3.8", facts="一台电能表准确度等级低于要求")
    nonconformity = row.get_attribute("data-row")
    add_photo(page, nonconformity, png(tmp_path / "审查-现场.png", (200, 9, 9)))
    state(page, "kept")
    assert page.evaluate("document.documentElement.scrollWidth") <= TABLET["width"]
    tablet.close()

    # Meanwhile the session ends, and the office enters a finding of its own.
    contested = next(iter(answered))
    item = contested.split(".")[1].split("-")[0]
    demo.manage(
        "shell",
        "--no-imports",
        "-c",
        "from bureau import records; from bureau.models import Staff; from inspections.models import AuditFinding;"
        f"records.save(AuditFinding(audit_id={audit['pk']}, item_id={item}, result='defective', finding='制度过期'),"
        " by=Staff.objects.get(username='shenyang-clerk'))",
    )
    end_sessions(demo)
    tablet.open(offline=True)
    page = tablet.page
    page.goto(f"/fieldwork/at/meter.{third}/")  # the meter's label, scanned without a line
    page.wait_for_url(f"**/{draft}/*")
    ready(page)
    expect(page.locator(f"[name='meter.{third}-accuracy_class']")).to_have_value("1.0")
    expect(page.locator(f"[data-photos='meter.{third}'] img")).to_have_count(1)
    go_to(page, "data")
    expect(page.locator("section[data-section=data] [data-photos] img")).to_have_count(1)
    state(page, "kept")

    tablet.context.set_offline(False)
    page.locator("#field-status a").tap()
    page.wait_for_url("**/login/?next=*")
    tablet.log_in()
    ready(page)
    state(page, "refused")  # one entry is to be decided
    go_to(page, "management")
    choice = page.locator(".field-choice:visible").first
    expect(choice).to_be_visible()
    choice.locator("button").first.tap()  # mine
    state(page, "saved")
    page.locator("#field-keeping summary").click()
    receipt = page.locator("[data-receipt]")
    expect(receipt).to_contain_text("7 张照片")
    found = on_server(demo, draft)
    expected = {
        **answered,
        "opinion": "计量管理基本健全",
        f"meter.{third}-result": "differs",
        f"meter.{third}-accuracy_class": "1.0",
        f"{new}-serial_no": "SB-99",
        f"{nonconformity}-clause": "GB 17167-2006 4.3.8",
    }
    assert {name: found["values"].get(name) for name in expected} == expected
    assert len(found["photos"]) == 7

    go_to(page, "nonconformity")
    page.locator("#field-submit").tap()
    page.wait_for_url(re.compile(r"/inspections/energyaudit/\d+/change/"))
    filed = on_record(
        demo,
        "import json; from inspections.models import *; from bureau.models import Attachment;"
        f"a = EnergyAudit.objects.get(pk={audit['pk']});"
        "print(json.dumps({'findings': a.findings.not_voided().count(), 'examined': a.examined.count(),"
        f" 'class': EnergyMeter.objects.get(pk={third}).accuracy_class,"
        " 'new': EnergyMeter.objects.filter(serial_no='SB-99').count(),"
        " 'open': a.nonconformities.count(),"
        " 'photos': Attachment.objects.filter(name__startswith='审查').count()}))",
    )
    assert filed == {
        "findings": len(answered), "examined": 1, "class": "1.0", "new": 1, "open": 1, "photos": 7,
    }  # fmt: skip


def test_by_keyboard_alone(enter, demo):
    """A section is chosen, a meter found and answered without a pointer."""
    audit = audit_on_site(demo)
    visit = enter(demo, INSPECTOR)
    page = visit.page
    page.goto(f"/fieldwork/energy-audit/new/?audit={audit['pk']}")
    ready(page)
    page.locator("#field-sections a[data-to=meter]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("section[data-section=meter] .field-heading")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("NY-001")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("[data-line]:visible .field-opener")).to_be_focused()
    page.keyboard.press("Enter")
    result = page.locator(f"[name='meter.{audit['meters'][0]}-result']")
    expect(result).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    is_safe(page, f"meter.{audit['meters'][0]}-result")
    expect(page.locator("[data-line]:visible .field-line-state")).not_to_be_empty()
