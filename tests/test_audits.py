"""The course of an energy-metering audit: what each step asks for, who is told what, and what stands against an end."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import translation

from bureau import records
from inspections import audits
from inspections.audit_sections import sections_of
from inspections.models import (
    AuditedEquipping,
    AuditFinding,
    AuditItem,
    AuditRule,
    AuditState,
    EnergyAudit,
    Nonconformity,
)
from tests.audit_makers import (
    CONCLUDED,
    STILL_OPEN,
    answer_all,
    item,
    make_audit,
    make_finding,
    make_member,
    make_nonconformity,
    make_open,
    make_plan,
    make_planned,
)
from tests.energy_makers import make_meter, make_point, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"), time_machine.travel("2016-06-20 12:00:00+08:00"):
        yield


@pytest.fixture
def planned(cast, make_enterprise):
    audit = make_audit(cast, make_enterprise, state="planned")
    make_member(cast, make_enterprise, audit=audit)
    return audit


@pytest.fixture
def on_site(cast, make_enterprise):
    return make_open(cast, make_enterprise)


def conclude(audit, cast, **values):
    defaults = {"on": date(2016, 6, 1), "conclusion": "conforming", "by": cast.clerk_a}
    return audits.conclude(audit, **{**defaults, **values})


def refused(call, *args, **values):
    with pytest.raises(ValidationError) as error:
        call(*args, **values)
    return " ".join(error.value.messages)


# Reference ---------------------------------------------------------------------------------------


def test_the_items_are_those_of_chapters_4_to_8(reference):
    items = AuditItem.objects.filter(edition="JJF 1356-2012")
    assert [items.filter(chapter=chapter).count() for chapter in "45678"] == [4, 4, 5, 5, 3]
    assert not items.filter(is_verified=True).exists()


def test_the_days_for_rectification_are_a_dated_setting(cast, make_enterprise):
    AuditRule.objects.create(
        edition="2016", rectification_days=15, round_begins=2016, round_years=5, effective_from=date(2016, 6, 1)
    )
    audit = make_open(cast, make_enterprise)
    before = make_nonconformity(
        cast, make_enterprise, audit=audit, due_on=None, found_on=date(2016, 5, 4), **STILL_OPEN
    )
    after = make_nonconformity(cast, make_enterprise, audit=audit, due_on=None, found_on=date(2016, 6, 2), **STILL_OPEN)
    assert (before.due_on, after.due_on) == (date(2016, 6, 3), date(2016, 6, 17))  # 30 days by default, then 15


@pytest.mark.parametrize(("year", "years"), [(2026, "2026–2030"), (2025, "2021–2025"), (2031, "2031–2035")])
def test_a_round_is_that_of_a_five_year_plan(reference, year, years):
    assert str(AuditRule.on(date(year, 6, 1)).round_of(year)) == years


def test_without_a_rule_in_force_nothing_is_made_up(cast, make_enterprise):
    AuditRule.objects.update(effective_to=date(2016, 5, 31))
    audit = make_open(cast, make_enterprise)
    sentence = "No rule of energy-metering audits is in force on 2016-06-02"
    found = {"audit": audit, "due_on": None, "found_on": date(2016, 6, 2), **STILL_OPEN}
    assert sentence in refused(make_nonconformity, cast, make_enterprise, **found)
    stated = make_nonconformity(cast, make_enterprise, **{**found, "due_on": date(2016, 6, 30)})
    assert stated.due_on == date(2016, 6, 30)


# The course --------------------------------------------------------------------------------------


def test_it_goes_from_the_plan_to_the_archive(cast, planned):
    by = cast.inspector_a
    for to, day in (("self_check", 1), ("document_review", 5), ("on_site", 9), ("rectification", 10)):
        planned = audits.advance(planned, to=to, on=date(2016, 6, day), by=by)
    answer_all(planned, by=by)
    planned = conclude(planned, cast, on=date(2016, 6, 12), opinion="总体符合")
    planned = audits.issue_report(planned, report_no="审字001", on=date(2016, 6, 13), by=by)
    planned = audits.archive(planned, on=date(2016, 6, 14), by=by)
    stored = EnergyAudit.objects.get(pk=planned.pk)
    assert (stored.state, stored.on_site_until, stored.concluded_on) == (
        AuditState.ARCHIVED, date(2016, 6, 10), date(2016, 6, 12)
    )  # fmt: skip
    assert (stored.conclusion, stored.opinion, stored.report_no) == ("conforming", "总体符合", "审字001")
    reasons = list(stored.history.order_by("history_id").values_list("history_change_reason", flat=True))
    assert reasons[1:] == ["Self-check by the unit", "Document review", "On site", "Rectification", "Concluded",
                           "Report issued", "Archived"]  # fmt: skip


def test_no_step_is_left_out(cast, planned):
    said = refused(audits.advance, planned, to="on_site", on=date(2016, 6, 1), by=cast.clerk_a)
    assert said == "The audit is at “Planned”; this step is taken at: Document review."
    assert "“Planned”" in refused(conclude, planned, cast)
    assert "“Planned”" in refused(audits.archive, planned, on=date(2016, 6, 1), by=cast.clerk_a)


def test_no_step_comes_before_the_one_that_it_follows(cast, planned):
    planned = audits.advance(planned, to="self_check", on=date(2016, 6, 5), by=cast.clerk_a)
    assert "before the step" in refused(
        audits.advance, planned, to="document_review", on=date(2016, 6, 4), by=cast.clerk_a
    )


def test_no_step_lies_in_the_future(cast, planned):
    said = refused(audits.advance, planned, to="self_check", on=date(2016, 6, 21), by=cast.clerk_a)
    assert "future" in said


def test_nobody_goes_on_site_without_a_leader(cast, make_enterprise):
    audit = make_audit(
        cast, make_enterprise, state="document_review", self_check_on=date(2016, 4, 1), review_on=date(2016, 4, 20)
    )
    member = make_member(cast, make_enterprise, audit=audit, is_leader=False)
    assert "leader" in refused(audits.advance, audit, to="on_site", on=date(2016, 6, 1), by=cast.clerk_a)
    member.is_leader = True
    records.save(member, by=cast.clerk_a)
    assert audits.advance(audit, to="on_site", on=date(2016, 6, 1), by=cast.clerk_a).state == "on_site"


def test_a_voided_audit_takes_no_step(cast, on_site):
    answer_all(on_site, by=cast.clerk_a)
    records.void(on_site, by=cast.clerk_a, reason="重复")
    assert "voided" in refused(conclude, on_site, cast)


def test_the_database_knows_the_course_too(cast, make_enterprise):
    with pytest.raises(ValidationError) as error:
        make_audit(cast, make_enterprise, **{**CONCLUDED, "review_on": None})
    assert "one step after the other" in str(error.value)


# The conclusion ----------------------------------------------------------------------------------


def test_open_items_are_named(cast, make_enterprise, on_site):
    make_finding(cast, make_enterprise, audit=on_site)
    said = refused(conclude, on_site, cast)
    assert "Items without a result: 4-1 The documents of the energy metering system are complete" in said
    assert said.endswith("and 10 more.")  # 20 are open, of which a sentence names ten
    assert EnergyAudit.objects.get(pk=on_site.pk).state == "on_site"
    assert not AuditedEquipping.objects.exists()


def test_open_nonconformities_are_named(cast, make_enterprise, on_site):
    answer_all(on_site, by=cast.clerk_a)
    make_nonconformity(cast, make_enterprise, audit=on_site, **STILL_OPEN)
    for conclusion in ("after_rectification", "not_conforming"):
        said = refused(conclude, on_site, cast, conclusion=conclusion)
        assert f"Nonconformities that are not closed: {on_site.number}/1 (GB 17167-2006 4.3.8, due 2016-05-10)." in said


def test_a_nonconforming_item_has_a_nonconformity(cast, make_enterprise, on_site):
    answer_all(on_site, by=cast.clerk_a, c62="nonconforming")
    said = refused(conclude, on_site, cast, conclusion="after_rectification")
    assert said == (
        "Nonconforming items for which no nonconformity is recorded: 6-2 The accuracy classes of energy meters are met."
    )
    make_nonconformity(cast, make_enterprise, audit=on_site, item=item("6-2"))
    assert conclude(on_site, cast, conclusion="after_rectification").state == "concluded"


def test_the_conclusion_fits_the_nonconformities(cast, make_enterprise, on_site):
    answer_all(on_site, by=cast.clerk_a)
    row = make_nonconformity(cast, make_enterprise, audit=on_site, outcome="not_rectified", evidence="")
    assert "after rectification" in refused(conclude, on_site, cast)
    assert "were not rectified" in refused(conclude, on_site, cast, conclusion="after_rectification")
    assert refused(conclude, on_site, cast, conclusion="") == "Choose a conclusion."
    assert conclude(on_site, cast, conclusion="not_conforming").conclusion == "not_conforming"
    row.refresh_from_db()
    assert row.closed_on


def test_the_second_of_two_is_told_what_changed(cast, on_site):
    answer_all(on_site, by=cast.clerk_a)
    first, second = (EnergyAudit.objects.get(pk=on_site.pk) for _ in range(2))
    conclude(first, cast)
    with pytest.raises(records.Outdated) as told:
        conclude(second, cast, conclusion="not_conforming", by=cast.inspector_a)
    changes = {label: (before, now) for label, before, now in audits.changes_since(told.value.current, second.version)}
    assert changes["state of the audit"] == ("On site", "Concluded")
    assert changes["conclusion of the audit"] == ("—", "Meets the requirements")
    assert EnergyAudit.objects.get(pk=on_site.pk).conclusion == "conforming"


def test_what_was_found_is_kept_as_it_was(cast, make_enterprise, on_site):
    """Four meters in use on the day, one of them for a sub-item; three points, one without a meter, one exempt."""
    unit, day = on_site.unit, date(2016, 1, 1)
    of = {"unit": unit, "in_use_from": day}
    first, second, third = (
        make_meter(cast, make_enterprise, **of, own_no=f"D{n}", level=level)
        for n, level in enumerate(("unit", "equipment", "sub_item"))
    )
    make_meter(cast, make_enterprise, **of, own_no="W1", energy_id="water", level="unit", use_id=None)
    make_meter(cast, make_enterprise, unit=unit, own_no="late", in_use_from=date(2016, 5, 5), level="unit")
    for number, meter in enumerate((first, second, None)):
        level = meter.level if meter else "equipment"
        make_point(cast, make_enterprise, unit=unit, number=f"P{number}", level=level, meter=meter, begins_on=day)
    make_point(
        cast, make_enterprise, unit=unit, number="P9", level="equipment", meter=None, begins_on=day, is_exempt=True,
        exempt_reason="整体计量",
    )  # fmt: skip
    answer_all(on_site, by=cast.clerk_a)
    audit = conclude(on_site, cast)
    kept = AuditedEquipping.objects.not_voided().filter(audit=audit)
    assert sorted(kept.values_list("energy", "level", "meters", "needed", "installed")) == [
        ("electricity", "equipment", 1, 2, 1),
        ("electricity", "sub_item", 1, 0, 0),
        ("electricity", "unit", 1, 1, 1),
        ("water", "unit", 1, 0, 0),
    ]
    records.void(second, by=cast.clerk_a, reason="录错")
    assert kept.count() == 4
    assert third.pk


def test_a_conclusion_is_taken_back_with_a_reason(cast, make_enterprise, on_site):
    make_meter(cast, make_enterprise, unit=on_site.unit, in_use_from=date(2016, 1, 1))
    answer_all(on_site, by=cast.clerk_a)
    audit = conclude(on_site, cast)
    assert AuditedEquipping.objects.not_voided().count() == 1
    assert refused(audits.step_back, audit, reason=" ", by=cast.clerk_a) == "Say why the step is taken back."
    audit = audits.step_back(audit, reason="结论有误", by=cast.clerk_a)
    assert (audit.state, audit.conclusion, audit.concluded_on) == ("rectification", "", None)
    assert not AuditedEquipping.objects.not_voided().exists()
    assert audit.history.first().history_change_reason == "Taken back from “Concluded”: 结论有误"
    assert conclude(audit, cast).state == "concluded"
    assert AuditedEquipping.objects.not_voided().count() == 1


# By no dead edition ------------------------------------------------------------------------------


@time_machine.travel("2026-03-20 12:00:00+08:00")
def test_an_audit_after_the_end_of_the_tables_asks_for_the_new_ones(cast, make_enterprise):
    days = {"self_check_on": date(2026, 2, 1), "review_on": date(2026, 2, 2), "on_site_on": date(2026, 2, 3)}
    audit = make_audit(cast, make_enterprise, state="on_site", **days)
    answer_all(audit, by=cast.clerk_a)
    said = refused(conclude, audit, cast, on=date(2026, 3, 1))
    assert "GB 17167-2025 is in force from 2026-02-01" in said
    assert "Please import the table" in said
    stored = EnergyAudit.objects.get(pk=audit.pk)
    stored = conclude(stored, cast, on=date(2026, 3, 1), judged_by="GB 17167-2025（纸质文本）")
    assert (stored.state, stored.judged_by) == ("concluded", "GB 17167-2025（纸质文本）")


def test_the_last_day_of_the_tables_is_judged(cast, make_enterprise):
    with time_machine.travel("2026-03-20 12:00:00+08:00"):
        days = {"self_check_on": date(2026, 1, 1), "review_on": date(2026, 1, 2), "on_site_on": date(2026, 1, 31)}
        audit = make_audit(cast, make_enterprise, state="on_site", **days)
        answer_all(audit, by=cast.clerk_a)
        assert conclude(audit, cast, on=date(2026, 3, 1)).state == "concluded"


def test_an_edition_of_the_items_that_ended_is_not_used(cast, make_enterprise, on_site):
    AuditItem.objects.update(effective_to=date(2016, 4, 30))
    answer_all(on_site, by=cast.clerk_a)
    assert "No edition of the audit items (JJF 1356) that holds on 2016-05-03" in refused(conclude, on_site, cast)
    assert make_audit(cast, make_enterprise, state="planned").edition == ""


def test_the_items_are_those_of_the_day_on_site(cast, planned):
    """Planned by one edition, on site after the next came into force: nothing was found yet, so the next one holds."""
    AuditItem.objects.update(effective_to=date(2016, 6, 7))
    newer = {"text": "新项目", "text_en": "A new item", "effective_from": date(2016, 6, 8)}
    AuditItem.objects.create(edition="JJF 1356-2016", chapter="4", code="4-1", **newer)
    assert planned.edition == "JJF 1356-2012"
    for to, day in (("self_check", 1), ("document_review", 5), ("on_site", 9)):
        planned = audits.advance(planned, to=to, on=date(2016, 6, day), by=cast.clerk_a)
    assert planned.edition == "JJF 1356-2016"
    assert [str(each) for each in audits.open_items(planned)] == ["4-1 A new item"]


# Findings and nonconformities --------------------------------------------------------------------


def test_findings_are_recorded_until_the_conclusion(cast, on_site):
    found = AuditFinding(audit=on_site, item=item("4-1"), result="defective", finding="制度未更新")
    assert audits.record_findings(on_site, [found], by=cast.inspector_a) == 1
    answer_all(on_site, by=cast.clerk_a)
    conclude(on_site, cast)
    found.finding = "已更新"
    assert "its findings stand" in refused(audits.record_findings, on_site, [found], by=cast.inspector_a)


def test_what_is_wrong_says_what_was_found(cast, on_site):
    bare = AuditFinding(audit=on_site, item=item("4-1"), result="nonconforming")
    assert "says what was found" in refused(audits.record_findings, on_site, [bare], by=cast.inspector_a)
    assert not on_site.findings.exists()


def test_earlier_findings_stand_beside_the_item(cast, make_enterprise):
    unit = make_unit(cast, make_enterprise)
    shift = {name: day - timedelta(days=400) for name, day in CONCLUDED.items() if isinstance(day, date)}
    earlier = make_audit(cast, make_enterprise, unit=unit, **{**CONCLUDED, **shift})
    make_finding(cast, make_enterprise, audit=earlier, result="nonconforming", finding="三级配备率不足")
    make_finding(cast, make_enterprise, audit=earlier, item=item("6-2"), result="conforming", finding="")
    make_finding(cast, make_enterprise)  # of another unit
    voided = make_audit(cast, make_enterprise, unit=unit, **{**CONCLUDED, **shift})
    make_finding(cast, make_enterprise, audit=voided)
    records.void(voided, by=cast.clerk_a, reason="重复")
    audit = make_open(cast, make_enterprise, unit=unit)
    make_finding(cast, make_enterprise, audit=audit)
    lines = {line.item.code: line for section in sections_of(audit, scoped=lambda rows: rows) for line in section.lines}
    assert [each.finding for each in lines["6-1"].earlier] == ["三级配备率不足"]
    assert lines["6-1"].is_repeated
    assert not lines["6-2"].earlier
    assert not any(section.counts["open"] for section in sections_of(earlier, scoped=lambda rows: rows))


def test_nothing_of_a_concluded_audit_is_open(cast, make_enterprise):
    audit = make_audit(cast, make_enterprise)
    with pytest.raises(ValidationError) as error:
        make_nonconformity(cast, make_enterprise, audit=audit, **STILL_OPEN)
    assert "Reopen the audit first" in str(error.value)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"evidence": ""}, "has its evidence"),
        ({"verified_by": ""}, "says by whom"),
        ({"outcome": ""}, "has an outcome"),
        ({"due_on": date(2016, 5, 3)}, "found first"),
        ({"verified_on": date(2016, 5, 3)}, "found first"),
    ],
)
def test_it_rejects_a_closing_without_proof(cast, make_enterprise, on_site, values, sentence):
    with pytest.raises(ValidationError) as error:
        make_nonconformity(cast, make_enterprise, audit=on_site, **values)
    assert sentence in str(error.value)


def test_overdue_begins_the_day_after(cast, make_enterprise, on_site):
    row = make_nonconformity(cast, make_enterprise, audit=on_site, **STILL_OPEN)
    assert not row.is_overdue_on(date(2016, 5, 10))
    assert row.is_overdue_on(date(2016, 5, 11))
    assert not Nonconformity.objects.overdue(date(2016, 5, 10)).exists()
    assert Nonconformity.objects.overdue(date(2016, 5, 11)).count() == 1


# The plan ----------------------------------------------------------------------------------------


def test_audits_are_opened_from_a_plan_once(cast, make_enterprise):
    plan = make_plan(cast, make_enterprise, by=cast.clerk_province, agency="省市场监督管理局")
    of_a = make_planned(cast, make_enterprise, plan=plan, unit=make_unit(cast, make_enterprise))
    of_b = make_planned(cast, make_enterprise, plan=plan, unit=make_unit(cast, make_enterprise, by=cast.clerk_b),
                        body="市计量测试所", on_site_by=None)  # fmt: skip
    opened = audits.open_planned(plan, by=cast.clerk_province)
    assert [(row.unit, row.office, row.agency, row.number) for row in opened] == [
        (of_a.unit, cast.clerk_a.office, "省市场监督管理局", "2016-001"),
        (of_b.unit, cast.clerk_b.office, "市计量测试所", "2016-001"),
    ]
    assert [row.planned_on for row in opened] == [date(2016, 5, 10), date(2016, 11, 30)]
    assert {row.self_check_due_on for row in opened} == {date(2016, 4, 30)}
    assert {row.edition for row in opened} == {"JJF 1356-2012"}
    assert audits.open_planned(plan, by=cast.clerk_province) == []
    more = make_planned(cast, make_enterprise, plan=plan)
    assert [(row.unit, row.number) for row in audits.open_planned(plan, by=cast.clerk_province)] == [
        (more.unit, "2016-002")
    ]
