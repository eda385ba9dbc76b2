"""Measurement standards of Liaoning: 86 set up in 2016 as it published, and the years around them."""

from datetime import date, timedelta

from bureau import records
from bureau.demo import Demo
from bureau.models import Office
from standards import lifecycle
from standards.demo.certificate import until
from standards.models import MeasurementStandard, StandardEvent
from standards.models.rule import EventKind

# (name, field, measuring range, uncertainty, class or MPE)
KINDS = (
    ("二等量块标准装置", "01", "(0.5～100) mm", "2等"),
    ("游标量具检定装置", "01", "(0～300) mm", "MPE：±0.02 mm"),
    ("水准仪检定装置", "01", "(0～360)°", "U=0.5″ (k=2)"),
    ("二等铂电阻温度计标准装置", "04", "(0～419.527) ℃", "2等"),
    ("工作用热电偶检定装置", "04", "(300～1200) ℃", "U=1.0 ℃ (k=2)"),
    ("F1级砝码标准装置", "12", "1 mg～500 g", "F1级"),
    ("衡器检定装置", "12", "(0～60) t", "M1级"),
    ("燃油加油机检定装置", "12", "(5～60) L/min", "0.05级"),
    ("精密压力表标准装置", "12", "(0～60) MPa", "0.05级"),
    ("水表检定装置", "12", "DN15～DN50", "0.2级"),
    ("血压计检定装置", "12", "(0～40) kPa", "0.1级"),
    ("三相电能表标准装置", "15", "3×(57.7～380) V，3×(0.1～100) A", "0.05级"),
    ("接地电阻表检定装置", "15", "(0.01～2000) Ω", "0.1级"),
    ("高频信号发生器检定装置", "23", "100 kHz～1 GHz", "U=0.3 dB (k=2)"),
    ("时间检定仪标准装置", "25", "1 ms～99999 s", "U=0.01 s (k=2)"),
    ("焦度计检定装置", "28", "(-25～+25) m⁻¹", "U=0.02 m⁻¹ (k=2)"),
    ("照度计标准装置", "28", "(0.1～3000) lx", "U=1.5% (k=2)"),
    ("声级计检定装置", "33", "(20～12500) Hz", "1级"),
    ("医用诊断X射线源检定装置", "37", "(50～150) kV", "U=5% (k=2)"),
    ("酸度计检定装置", "46", "pH 0～14", "0.001级"),
    ("可燃气体报警器检定装置", "46", "(0～100)% LEL", "U=2% (k=2)"),
)
# Standards set up by year: (regional, provincial, municipal); 2016 as published, the others of our own making.
YEARS = {2014: (3, 9, 41), 2015: (4, 11, 52), 2016: (7, 14, 65), 2017: (5, 12, 48), 2019: (2, 8, 39), 2022: (1, 6, 27),
         2024: (2, 7, 31), 2025: (1, 9, 34), 2026: (1, 4, 18)}  # fmt: skip


def fill(demo: Demo) -> list[MeasurementStandard]:
    made = [standard for year, counts in YEARS.items() for standard in _of_year(demo, year, counts)]
    records.bulk_add(made, by=demo.by)
    lifecycle.follow(made, by=demo.by)
    _later_years(made, demo)
    return made


def _of_year(demo: Demo, year: int, counts: tuple[int, int, int]) -> list[MeasurementStandard]:
    cities, rows = demo.cities, list[MeasurementStandard]()
    for tier, count in zip(("regional", "provincial", "municipal"), counts, strict=True):
        for number in range(count):
            keeper = cities[number % len(cities)] if tier == "municipal" else demo.house
            rows.append(_standard(demo, year, len(rows) + 1, tier, keeper))
    return rows


def _standard(demo: Demo, year: int, number: int, tier: str, keeper: Office) -> MeasurementStandard:
    name, field, measuring_range, uncertainty = KINDS[(number * 5 + year) % len(KINDS)]
    issued_on = date(year, 1, 8) + timedelta(days=number * 293 % 300)
    is_municipal = tier == "municipal"
    return MeasurementStandard(
        office=keeper,
        region_id=keeper.region_id,
        name=name,
        kind="public",
        tier=tier,
        grade="highest" if number % 3 == 1 else "working",
        field_id=field,
        holder=f"{keeper.region.name}计量测试所" if is_municipal else keeper.name,
        place="实验楼",
        classification_code=f"{field}2190{number % 100:02}",
        measuring_range=measuring_range,
        uncertainty=uncertainty,
        issuing_authority=demo.head.name if is_municipal else "国家市场监督管理总局",
        certificate_no=f"[{year}] {'辽' if is_municipal else '国'}量标 证字第 {number:03} 号",
        issued_on=issued_on,
        established_on=issued_on,
        valid_until=until(issued_on),
    )


def _later_years(made: list[MeasurementStandard], demo: Demo) -> None:
    """Most are re-examined when their certificate runs out; a few are sealed or withdrawn."""
    last_day = max(standard.issued_on for standard in made)
    events: list[StandardEvent] = []
    for position, standard in enumerate(made):
        valid_until = standard.valid_until
        if position % 29 == 7:
            events.append(
                StandardEvent(standard=standard, kind=EventKind.WITHDRAWN, on=valid_until - timedelta(days=90))
            )
            continue
        if position % 31 == 11:
            events.append(StandardEvent(standard=standard, kind=EventKind.SEALED, on=valid_until - timedelta(days=200)))
            continue
        while valid_until < last_day and position % 17 != 3:
            on = valid_until - timedelta(days=20)
            valid_until = until(on)
            number = standard.certificate_no.replace(f"[{standard.issued_on.year}]", f"[{on.year}]")
            events.append(
                StandardEvent(
                    standard=standard,
                    kind=EventKind.REEXAMINED,
                    on=on,
                    valid_until=valid_until,
                    certificate_no=f"{number[:-2]}-{standard.established_on.year} 号",
                )
            )
    records.bulk_add(events, by=demo.by)
    lifecycle.derive(made, by=demo.by)
