"""Energy-metering audits of a demo province, and Shenyang's plan of this year.

As published: in Liaoning 216 units audited and 20,000 meters examined in 2016; in Hebei 165 units from 2016 to May
2021. Liaoning's cement works was audited in both rounds; of the plan three audits are open, one of them on site.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bureau import records
from bureau.demo import HEBEI, LIAONING, Demo, mixed, spread
from enterprises.models import EnergyEquipment, EnergyUnit
from inspections import audits
from inspections.demo.energy import meters_of
from inspections.models import (
    AuditedEquipping,
    AuditFinding,
    AuditItem,
    AuditMember,
    AuditPlan,
    DeclaredNumber,
    EnergyAudit,
    Nonconformity,
    PlannedAudit,
)

SHENYANG = "210100"
EDITION = "JJF 1356-2012"
AGENCIES = {LIAONING: "省能源计量审查组", HEBEI: "河北省能源计量审查组"}
TEAM = (("审查组长", True, "总体、管理"), ("审查员甲", False, "器具"), ("审查员乙", False, "数据"))
# One audit in so many finds a nonconformity; of these, one in so many is not rectified.
FINDS, NOT_RECTIFIED = 4, 5


@dataclass(frozen=True)
class Round:
    """So many units audited on site from a day on, over so many days, with so many meters examined."""

    first: date
    days: int
    units: int
    meters: int


ROUNDS = {
    LIAONING: (Round(date(2016, 5, 3), 180, 216, 20_000),),
    HEBEI: (
        # 165 units:
        Round(date(2016, 4, 11), 180, 29, 2_750), Round(date(2017, 4, 10), 180, 31, 2_980),
        Round(date(2018, 4, 9), 180, 32, 3_110), Round(date(2019, 4, 8), 180, 34, 3_300),
        Round(date(2020, 5, 11), 160, 33, 3_240), Round(date(2021, 2, 1), 60, 6, 590),
        Round(date(2021, 5, 24), 160, 23, 2_310), Round(date(2022, 4, 11), 180, 28, 2_790),
        Round(date(2023, 4, 10), 180, 29, 2_880), Round(date(2024, 4, 8), 180, 28, 2_800),
        Round(date(2025, 4, 14), 180, 30, 3_010),
    ),
}  # fmt: skip
NUMBERED_FROM = {date(2021, 5, 24): 6}  # the second of that year
PLANNED, OPENED = 12, 3
METERS_ON_SITE = 24
RATES_AGAIN = "二级用水、部分主要用能设备未配备计量器具"


def fill(demo: Demo) -> None:
    rows = EnergyUnit.objects.filter(demo.within()).not_voided()
    made = _of_liaoning(demo, rows) if demo.province == LIAONING else _of_hebei(demo, rows)
    records.bulk_add(list(_equipping(demo, made)), by=demo.by)
    found = [_nonconformity(audit) for number, audit in enumerate(made) if number % FINDS == 0]
    records.bulk_add(found, by=demo.by)
    if demo.province == LIAONING:
        _at_works(demo, made)


def _of_liaoning(demo: Demo, rows: Any) -> list[EnergyAudit]:
    units = list(rows.order_by("kind", "pk")[: ROUNDS[demo.province][0].units])
    return records.bulk_add(list(_audits(demo, units)), by=demo.by)


def _of_hebei(demo: Demo, rows: Any) -> list[EnergyAudit]:
    """Every unit once."""
    units = mixed(list(rows.filter(kind="key").order_by("pk")))
    return records.bulk_add(list(_audits(demo, units)), by=demo.by)


def _audits(demo: Demo, units: Sequence[EnergyUnit]) -> Iterator[EnergyAudit]:
    left = iter(units)
    for part in ROUNDS[demo.province]:
        for number, unit in zip(range(part.units), left, strict=False):
            yield _audit(demo, unit, number, part)


def _at_works(demo: Demo, made: Sequence[EnergyAudit]) -> None:
    works = EnergyEquipment.objects.filter(demo.within("unit__region")).order_by("pk").values_list("unit", flat=True)[0]
    item = AuditItem.objects.get(edition=EDITION, code="6-1")
    records.bulk_add(
        [
            AuditFinding(audit=audit, item=item, result="defective", finding=RATES_AGAIN)
            for audit in made
            if audit.unit_id == works
        ],
        by=demo.by,
    )
    _this_year(demo, EnergyUnit.objects.get(pk=works))


def _audit(demo: Demo, unit: EnergyUnit, number: int, part: Round) -> EnergyAudit:
    on_site, sign = part.first + timedelta(days=number * 5 % part.days), demo.province.sign
    year, begun = on_site.year, NUMBERED_FROM.get(part.first, 0)
    if number % FINDS:
        conclusion = "conforming"
    else:
        conclusion = "after_rectification" if number // FINDS % NOT_RECTIFIED else "not_conforming"
    return EnergyAudit(
        office_id=unit.office_id,
        region_id=unit.region_id,
        agency=AGENCIES[demo.province],
        number=f"{year}-{begun + number + 1:03}",
        unit=unit,
        edition=EDITION,
        state="archived",
        self_check_on=part.first - timedelta(days=32),
        review_on=on_site - timedelta(days=7),
        on_site_on=on_site,
        on_site_until=on_site + timedelta(days=1),
        concluded_on=on_site + timedelta(days=33),
        conclusion=conclusion,
        report_no=f"{sign}能计审〔{year}〕{begun + number + 1:03}号",
        reported_on=on_site + timedelta(days=38),
        archived_on=on_site + timedelta(days=45),
    )


def _equipping(demo: Demo, made: Sequence[EnergyAudit]) -> Iterator[AuditedEquipping]:
    """Spread evenly over the units of a round, so that the sum is the published one."""
    counts = (count for part in ROUNDS[demo.province] for count in spread(part.meters, part.units))
    for number, (audit, meters) in enumerate(zip(made, counts, strict=True)):
        water = meters // 5
        for energy, level, count in (("electricity", "equipment", meters - water), ("water", "sub_unit", water)):
            lacking = number % 3
            yield AuditedEquipping(
                audit=audit, energy_id=energy, level=level, meters=count, needed=count + lacking, installed=count
            )


def _nonconformity(audit: EnergyAudit) -> Nonconformity:
    found_on = audit.on_site_until
    assert found_on is not None
    is_rectified = audit.conclusion != "not_conforming"
    return Nonconformity(
        office_id=audit.office_id,
        region_id=audit.region_id,
        audit=audit,
        number=1,
        clause="GB 17167-2006 4.3.8",
        facts="部分在用电能表准确度等级不符合要求",
        found_on=found_on,
        due_on=found_on + timedelta(days=30),
        measures="更换不符合要求的电能表",
        evidence="更换记录、检定证书" if is_rectified else "",
        verified_by=TEAM[0][0],
        verified_on=audit.concluded_on,
        outcome="rectified" if is_rectified else "not_rectified",
        closed_on=audit.concluded_on,
    )


# This year ---------------------------------------------------------------------------------------


def _this_year(demo: Demo, works: EnergyUnit) -> None:
    by: Any = demo.people["shenyang-clerk"]
    keeper = demo.offices[f"{SHENYANG}-01"]
    plan = AuditPlan(
        office=keeper,
        region=keeper.region,
        agency=keeper.name,
        name="2026年重点用能单位能源计量审查计划",
        year=2026,
        self_check_due_on=date(2026, 10, 31),
        on_site_from=date(2026, 11, 1),
        on_site_until=date(2026, 12, 20),
    )
    records.save(plan, by=by)
    kept = EnergyUnit.objects.not_voided().filter(office=keeper, kind="key").exclude(pk=works.pk).order_by("pk")
    planned = [PlannedAudit(plan=plan, unit=unit) for unit in kept[:PLANNED]]
    records.bulk_add(planned[:OPENED], by=by)
    opened = audits.open_planned(plan, by=by)
    records.bulk_add(planned[OPENED:], by=by)
    for audit in opened:
        records.bulk_add(_team(audit, demo), by=by)
    for to, day in (("self_check", 6), ("document_review", 10), ("on_site", 16)):
        opened[0] = audits.advance(opened[0], to=to, on=date(2026, 11, day), by=by)
    records.bulk_add(meters_of(opened[0].unit, METERS_ON_SITE), by=by)
    _audit_of_works(demo, works, by)


def _team(audit: EnergyAudit, demo: Demo) -> list[AuditMember]:
    inspector = demo.people["shenyang-inspector"]
    return [
        AuditMember(audit=audit, name=name, is_leader=leads, duty=duty, person=inspector if leads else None)
        for name, leads, duty in TEAM
    ]


def _audit_of_works(demo: Demo, works: EnergyUnit, by: Any) -> None:
    """On the last days of GB 17167-2006, so that it could be judged by its tables."""
    audit = audits.open_audit(
        unit=works, agency="沈阳计量测试院", number="2026-W01", by=by, planned_on=date(2026, 1, 20)
    )
    records.bulk_add(_team(audit, demo), by=by)
    for to, day in (("self_check", 5), ("document_review", 12), ("on_site", 20)):
        audit = audits.advance(audit, to=to, on=date(2026, 1, day), by=by)
    wrong = {"6-1": ("nonconforming", RATES_AGAIN), "6-2": ("defective", "一台高温风机电能表准确度等级低于要求")}
    findings = []
    for item in AuditItem.objects.filter(edition=audit.edition):
        result, said = wrong.get(item.code, ("conforming", ""))
        findings.append(AuditFinding(audit=audit, item=item, result=result, finding=said))
    audits.record_findings(audit, findings, by=by)
    nonconformity = Nonconformity(
        office_id=audit.office_id,
        region_id=audit.region_id,
        audit=audit,
        number=1,
        item=AuditItem.objects.get(edition=audit.edition, code="6-1"),
        clause="GB 17167-2006 4.3.2",
        facts=RATES_AGAIN,
        found_on=date(2026, 1, 21),
        measures="制定配备计划，补装计量器具",
        evidence="补装记录、校准证书",
        verified_by=TEAM[0][0],
        verified_on=date(2026, 2, 9),
        outcome="rectified",
        closed_on=date(2026, 2, 9),
    )
    nonconformity.full_clean()
    records.save(nonconformity, by=by)
    records.bulk_add(
        [
            DeclaredNumber(audit=audit, figure="meters", count=22),
            DeclaredNumber(audit=audit, figure="equipment", count=12),
            DeclaredNumber(audit=audit, figure="needed", line="electricity", level="equipment", count=9),
        ],
        by=by,
    )
    audit = audits.advance(audit, to="rectification", on=date(2026, 1, 21), by=by)
    audit = audits.conclude(
        audit,
        on=date(2026, 2, 10),
        conclusion="after_rectification",
        opinion="能源计量管理制度健全，器具管理规范。\n器具配备率不足的问题已整改，建议持续完善二级用水计量。",
        by=by,
    )
    audits.issue_report(audit, report_no="沈能计审〔2026〕001号", on=date(2026, 2, 12), by=by)
