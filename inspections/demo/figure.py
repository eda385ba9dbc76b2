"""Targets of the demo provinces, and what they published of things that no record of this system gives.

Hebei's targets of 2021, 2022 and 2025 as published; Liaoning's sub-centres at the end of 2016, city by city. Targets of
this year, divided among the cities, keep the pages alive.
"""

from collections.abc import Iterator
from datetime import date

from bureau import records
from bureau.demo import HEBEI, LIAONING, Demo, spread
from bureau.reporting.models import DefinedIndicator, EnteredValue, Target

# Key, first and last day, value.
TARGETS = {
    HEBEI: (
        ("standards.established_or_upgraded", date(2021, 1, 1), date(2021, 12, 31), 50),
        ("specifications.planned", date(2021, 1, 1), date(2022, 12, 31), 24),
        ("specifications.joint_planned", date(2021, 1, 1), date(2021, 12, 31), 8),
        ("audits.units_audited", date(2021, 1, 1), date(2021, 12, 31), 27),
        ("services.training_sessions", date(2021, 1, 1), date(2021, 12, 31), 5),
        ("services.enterprises_assisted", date(2021, 1, 1), date(2021, 12, 31), 10),
        ("standards.highest_in_force", date(2025, 12, 31), date(2025, 12, 31), 135),
        ("verification.mandatory_coverage_rate", date(2025, 12, 31), date(2025, 12, 31), 95),
        ("audits.units_audited", date(2021, 1, 1), date(2025, 12, 31), 140),
    ),
    LIAONING: (
        ("standards.established", date(2016, 1, 1), date(2016, 12, 31), 80),
        ("integrity.pledges_signed", date(2016, 1, 1), date(2016, 12, 31), 600),
        ("standards.established", date(2026, 1, 1), date(2026, 12, 31), 60),
        ("audits.units_audited", date(2026, 1, 1), date(2026, 12, 31), 45),
        ("verification.mandatory_coverage_rate", date(2026, 12, 31), date(2026, 12, 31), 95),
    ),
}
# Divided evenly among the cities.
DIVIDED = ("standards.established", "audits.units_audited")
DIVIDED_YEAR = 2026
CONNECTED, READY = 2, 12
PLAN = "年度计量工作要点"


def fill(demo: Demo) -> None:
    rows = list(_targets(demo))
    records.bulk_add(rows, by=demo.by)
    if demo.province == LIAONING:
        records.bulk_add(list(_subcentres(demo)), by=demo.by)
        records.bulk_add([_dispensers(demo)], by=demo.by)


def _targets(demo: Demo) -> Iterator[Target]:
    for key, first, last, value in TARGETS[demo.province]:
        of_days = {"indicator": key, "begins_on": first, "ends_on": last, "basis": PLAN, "office": demo.head}
        yield Target(**of_days, region_id=demo.province.code, value=value)
        if key in DIVIDED and first.year == DIVIDED_YEAR:
            for city, share in zip(demo.cities, spread(value, len(demo.cities)), strict=True):
                yield Target(**of_days, region_id=city.region_id, value=share)


def _subcentres(demo: Demo) -> Iterator[EnteredValue]:
    on = date(2016, 12, 31)
    for number, city in enumerate(demo.cities):
        is_connected = number < CONNECTED
        yield EnteredValue(
            indicator="energy.subcentres_connected" if is_connected else "energy.subcentres_ready",
            begins_on=on,
            ends_on=on,
            value=1,
            source="能源计量数据平台建设进度表",
            stated_on=on,
            office=demo.head,
            region_id=city.region_id,
        )


def _dispensers(demo: Demo) -> DefinedIndicator:
    return DefinedIndicator(
        code="fuel_dispensers",
        label="检定加油机",
        section="daily_life",
        definition="本期内出具检定证书、检定结果通知书和校准证书的燃油加油机台件数",
        of="verification.instruments",
        narrowed_to="instrument_kind=fuel_dispenser",
        office=demo.head,
        region_id=demo.province.code,
    )
