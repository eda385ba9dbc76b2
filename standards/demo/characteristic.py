"""Repeatability and stability of a dozen standards of a demo province, year by year; two not as they should be."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from bureau import records
from bureau.dates import add_months
from bureau.demo import Demo
from standards import judging
from standards.models import MeasurementStandard, RepeatabilityTest, StabilityCheck
from standards.models.characteristic import Method, StabilityPurpose

STANDARDS = 12
PATTERN = (1, 2, 0, 1, 3, 1, 2, 0, 1, 2)  # of ten readings, in units of the last place
PLACE = Decimal("0.001")
LIMIT = Decimal("0.012")
POINT, UNIT = "100 g", "mg"


def fill(demo: Demo, made: Sequence[MeasurementStandard], last_day: date) -> None:
    recent = [standard for standard in made if standard.established_on.year >= 2017 and standard.state == "valid"]
    chosen = recent[::7][:STANDARDS]
    tests: list[RepeatabilityTest] = []
    checks: list[StabilityCheck] = []
    for number, standard in enumerate(chosen):
        for year, on in enumerate(_days(standard, last_day)):
            tests.append(_test(standard, on, number, year))
            checks.append(_check(standard, on, number, year))
    for row in (*tests, *checks):
        row.clean()
    by = demo.by
    records.bulk_add(tests, by=by)
    records.bulk_add(checks, by=by)
    judging.judge([standard.pk for standard in chosen], by=by)


def _days(standard: MeasurementStandard, last_day: date) -> Iterator[date]:
    """A month after it was set up, and then every year."""
    on = add_months(standard.established_on, 1)
    while on <= last_day:
        yield on
        on = add_months(on, 12) - timedelta(days=2)


def _test(standard: MeasurementStandard, on: date, number: int, year: int) -> RepeatabilityTest:
    """The third standard spreads more from its third year on, and was evaluated anew."""
    spread = 2 if number == 2 and year >= 2 else 1
    nominal = Decimal(100) + number * PLACE * 10
    readings = [nominal + step * spread * PLACE for step in PATTERN[year % 5 :] + PATTERN[: year % 5]]
    return RepeatabilityTest(
        standard=standard,
        purpose=RepeatabilityTest.Purpose.IN_USE if year else RepeatabilityTest.Purpose.SET_UP,
        on=on,
        point=POINT,
        unit=UNIT,
        readings=" ".join(map(str, readings)),
        reevaluation=RepeatabilityTest.Reevaluation.MEETS if spread > 1 and year == 2 else "",
    )


def _check(standard: MeasurementStandard, on: date, number: int, year: int) -> StabilityCheck:
    """The fifth standard drifts beyond its limit in its second year."""
    drift = 15 if number == 4 and year == 2 else (year * 3 + number) % 7
    at = Decimal(100) + drift * PLACE
    return StabilityCheck(
        standard=standard,
        purpose=StabilityPurpose.IN_USE,
        method=Method.CHECK_STANDARD,
        on=on,
        point=POINT,
        unit=UNIT,
        groups=f"{on}: {at} {at + PLACE} {at - PLACE}",
        previous_mean=Decimal(100) if year == 0 else None,
        limit_kind=StabilityCheck.LimitKind.MPE,
        limit=LIMIT,
    )
