"""Comparisons of a demo province: one that was reported, and of Liaoning one whose results are due now."""

from datetime import date, timedelta

from django.utils import timezone

from bureau import records
from bureau.demo import HEBEI, LIAONING, Demo
from bureau.models import Office
from standards import comparisons
from standards.models import (
    Comparison,
    ComparisonFollowUp,
    ComparisonParticipant,
    ComparisonPoint,
    ComparisonResult,
)

REPORTED = {LIAONING: 2016, HEBEI: 2020}
LABS = 6
# Of each laboratory at both points: result, expanded uncertainty (k = 2), days after the beginning.
MASS = (
    (("0.12", "0.10", 20), ("0.31", "0.16", 20)),
    (("0.15", "0.12", 25), ("0.28", "0.18", 25)),
    (("0.09", "0.14", 31), ("0.35", "0.20", 31)),
    (("0.41", "0.12", 28), ("0.30", "0.16", 28)),
    (("0.13", "0.11", 66), ("0.33", "0.17", 66)),
    (("0.17", "0.15", 40), ("0.26", "0.21", 40)),
)


def fill(demo: Demo) -> None:
    keeper, cities = demo.head, demo.cities[:LABS]
    reported = _reported(demo, keeper, cities)
    if demo.province == LIAONING:
        _running(demo, keeper, cities)
    comparisons.settle([reported], by=demo.by)


def _reported(demo: Demo, keeper: Office, cities: list[Office]) -> Comparison:
    """Weighted means; the fourth laboratory is unsatisfactory, the fifth was late, the sixth corrected its result."""
    year = REPORTED[demo.province]
    begins_on = date(year, 3, 7)
    comparison = _comparison(
        demo, keeper, f"{year}-01", "F1级砝码量值比对", begins_on, results_due_on=date(year, 4, 30),
        disclosed_on=date(year, 5, 20), reported_on=date(year, 6, 15),
    )  # fmt: skip
    by = demo.by
    weighted = {"comparison": comparison, "unit": "mg", "reference_kind": "weighted_mean"}
    points = [
        ComparisonPoint(name="100 g", instability="0.01", **weighted),
        ComparisonPoint(name="500 g", instability="0.02", **weighted),
    ]
    records.bulk_add(points, by=by)
    labs = _laboratories(demo, comparison, cities)
    for lab in labs:
        lab.is_in_reference = lab.lab_code != "A04"
    records.bulk_add(labs, by=by)
    results = []
    for lab, of_points in zip(labs, MASS, strict=False):
        for point, (value, uncertainty, days) in zip(points, of_points, strict=True):
            results.append(_result(lab, point, begins_on + timedelta(days=days), value, uncertainty))
    corrected = _result(labs[-1], points[0], begins_on + timedelta(days=47), "0.16", "0.15")
    corrected.submission, corrected.reason = 2, "漏加砝码修正值"
    records.bulk_add([*results, corrected], by=by)
    follow_up = ComparisonFollowUp(
        comparison=comparison, participant=labs[3], ordered_on=date(year, 6, 16), due_on=date(year, 9, 15),
        measures="标准砝码超期未溯源，重新检定后复测", settled_on=date(year, 9, 2), outcome="复测 |En| = 0.4，满意",
    )  # fmt: skip
    records.bulk_add([follow_up], by=by)
    return comparison


def _running(demo: Demo, keeper: Office, cities: list[Office]) -> None:
    """Its results are due in a few weeks, so that the due list has one."""
    today = timezone.localdate()
    comparison = _comparison(
        demo, keeper, f"{today.year}-01", "精密压力表量值比对", today - timedelta(days=40),
        results_due_on=today + timedelta(days=24), transfer_standard="0.05级数字压力计 No. 2208",
    )  # fmt: skip
    point = ComparisonPoint(
        comparison=comparison, name="10 MPa", unit="kPa", reference_value="10000.8", reference_uncertainty="1.2",
        reference_factor=2, instability="0.2",
    )  # fmt: skip
    records.bulk_add([point], by=demo.by)
    records.bulk_add(_laboratories(demo, comparison, cities), by=demo.by)


def _comparison(
    demo: Demo,
    keeper: Office,
    number: str,
    name: str,
    begins_on: date,
    *,
    transfer_standard: str = "F1级砝码 100 g、500 g No. 0815",
    **days: date,
) -> Comparison:
    comparison = Comparison(
        office=keeper, region_id=keeper.region_id, number=number, name=name, level="provincial", field_id="12",
        organiser=keeper.name, transfer_standard=transfer_standard, begins_on=begins_on, **days,
    )  # fmt: skip
    return records.save(comparison, by=demo.by)


def _laboratories(demo: Demo, comparison: Comparison, cities: list[Office]) -> list[ComparisonParticipant]:
    pilot = ComparisonParticipant(comparison=comparison, lab_code="A01", name=demo.house.name, role="pilot")
    others = [
        ComparisonParticipant(comparison=comparison, lab_code=f"A{number:02}", name=f"{city.region.name}计量测试所")
        for number, city in enumerate(cities[: LABS - 1], start=2)
    ]
    return [pilot, *others]


def _result(
    lab: ComparisonParticipant, point: ComparisonPoint, on: date, value: str, uncertainty: str
) -> ComparisonResult:
    return ComparisonResult(
        comparison_id=lab.comparison_id, participant=lab, point=point, submitted_on=on, value=value,
        uncertainty=uncertainty,
    )  # fmt: skip
