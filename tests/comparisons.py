"""Makers of comparisons and their rows: ``(cast, by=…, **values) -> saved row``; what a row hangs on is made too."""

from datetime import date

from django.utils import timezone

from bureau import records
from standards import comparisons
from standards.models import (
    Comparison,
    ComparisonFollowUp,
    ComparisonParticipant,
    ComparisonPoint,
    ComparisonResult,
)

GIVEN = {"reference_kind": "given", "reference_value": "10", "reference_uncertainty": "0.2", "reference_factor": "2"}


def make_comparison(cast, *, by=None, **values):
    by = by or cast.clerk_a
    number = Comparison.objects.count() + 1
    defaults = {
        "number": f"2016-{number:02}",
        "name": "砝码量值比对",
        "level": "municipal",
        "field_id": "12",
        "organiser": "市场监督管理局",
        "transfer_standard": "F1级 500 g 砝码 No. 0815",
        "begins_on": date(2016, 3, 1),
        "results_due_on": date(2016, 4, 30),
        "disclosed_on": date(2016, 5, 5),
        "reported_on": date(2016, 5, 10),
    }
    office = values.pop("office", by.office)
    return _saved(Comparison(office=office, region_id=office.region_id, **{**defaults, **values}), by)


def make_point(cast, *, by=None, comparison=None, **values):
    comparison = comparison or make_comparison(cast, by=by)
    number = comparison.points.count() + 1
    return _saved(
        ComparisonPoint(comparison=comparison, **{"name": f"{number}00 g", "unit": "mg", **GIVEN, **values}), by
    )


def make_participant(cast, *, by=None, comparison=None, **values):
    comparison = comparison or make_comparison(cast, by=by)
    number = comparison.participants.count() + 1
    defaults = {"lab_code": f"A{number:02}", "name": f"计量测试所{number}"}
    return _saved(ComparisonParticipant(comparison=comparison, **{**defaults, **values}), by)


def make_result(cast, *, by=None, participant=None, point=None, **values):
    participant = participant or make_participant(cast, by=by)
    point = point or make_point(cast, by=by, comparison=participant.comparison)
    defaults = {"submitted_on": date(2016, 4, 10), "value": "10.1", "uncertainty": "0.3"}
    row = ComparisonResult(
        comparison=participant.comparison, participant=participant, point=point, **{**defaults, **values}
    )
    _saved(row, by)
    comparisons.settle([participant.comparison], by=by)
    return row


def make_follow_up(cast, *, by=None, participant=None, **values):
    participant = participant or make_participant(cast, by=by)
    defaults = {"ordered_on": date(2016, 5, 12), "due_on": date(2016, 8, 12)}
    row = ComparisonFollowUp(comparison=participant.comparison, participant=participant, **{**defaults, **values})
    return _saved(row, by)


def grow(cast, times=1):
    """So many laboratories with a result and something due in the first comparison; its key by name."""
    comparison = Comparison.objects.order_by("pk").first() or make_comparison(cast)
    point = comparison.points.first() or make_point(cast, comparison=comparison)
    for _ in range(times):
        lab = make_participant(cast, comparison=comparison)
        make_result(cast, participant=lab, point=point)
        make_follow_up(cast, participant=lab, due_on=timezone.localdate())
        make_comparison(cast, results_due_on=timezone.localdate(), disclosed_on=None, reported_on=None)
    return {"comparison": comparison.pk}


def _saved(row, by):
    row.full_clean(exclude=["created_by", "updated_by", "voided_by"])
    return records.save(row, by=by)
