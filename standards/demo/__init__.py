"""Measurement standards of a demo province with their files, and what the bureau keeps beside them.

All deterministic and synthetic: names and ranges are those of common kinds of standards, numbers are counted up.
"""

from bureau.demo import LIAONING, Demo
from standards.demo import (
    characteristic,
    comparison,
    file,
    hebei,
    institution,
    liaoning,
    specification,
    supervision,
)
from standards.models import MeasurementStandard


def fill(demo: Demo) -> None:
    if not demo.has(MeasurementStandard):
        (_liaoning if demo.province == LIAONING else _hebei)(demo)


def _liaoning(demo: Demo) -> None:
    made = liaoning.fill(demo)
    file.fill(demo, made, file.FILES)
    comparison.fill(demo)
    _kept_up(demo, made)
    institution.fill(demo)
    file.staff(demo, made)
    specification.fill(demo)


def _hebei(demo: Demo) -> None:
    institution.fill(demo)
    standing = hebei.fill(demo)
    file.fill(demo, standing, hebei.files(), since=hebei.TRACED_SINCE)
    comparison.fill(demo)
    _kept_up(demo, standing)
    file.staff(demo, standing)
    specification.fill(demo)


def _kept_up(demo: Demo, made: list[MeasurementStandard]) -> None:
    last_day = max(standard.issued_on for standard in made)
    characteristic.fill(demo, made, last_day)
    supervision.fill(demo, made, last_day)
