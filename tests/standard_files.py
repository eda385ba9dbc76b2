"""What hangs on a standard in the tests: events, records of repeatability and stability, examinations, spot checks."""

from datetime import date
from decimal import Decimal

from bureau import records
from bureau.dates import add_months
from standards import judging, lifecycle
from standards.models import (
    ChecklistItem,
    EventPaper,
    Examination,
    ExaminationFinding,
    ExaminationMember,
    MeasurementStandard,
    RepeatabilityTest,
    SpotCheck,
    StabilityCheck,
    StandardEvent,
)

TEN = "10.01 10.02 10.00 10.01 10.03 10.01 10.02 10.00 10.01 10.02"


def make_event(make_standard, *, by=None, **values):
    """The event by which a new standard was set up."""
    return make_standard(by=by, **values).events.get()


def happen(standard, by, kind, on, **values):
    event = records.save(StandardEvent(standard=standard, kind=kind, on=on, **values), by=by)
    standard.refresh_from_db()
    lifecycle.derive([standard], by=by)
    return event


def repeatability_of(standard, on, *, by=None, **values):
    """A repeatability test as the page would store it."""
    row = RepeatabilityTest(standard=standard, on=on, **{"point": "10 g", "unit": "g", "readings": TEN, **values})
    return _stored(row, by)


def stability_of(standard, on, mean="10.01", *, by=None, **values):
    """A stability check in use, one reading in its group, as the page would store it."""
    given = {"point": "10 g", "unit": "g", "groups": f"{on}: {mean}", "limit_kind": "mpe", "limit": Decimal("0.05")}
    return _stored(StabilityCheck(standard=standard, on=on, **{**given, **values}), by)


def _stored(row, by):
    row.full_clean(exclude=["created_at", "updated_at"])
    records.save(row, by=by)
    judging.judge([row.standard_id], by=by)
    row.refresh_from_db()
    return row


def record_years(standard, first, years, by=None):
    """A repeatability test and a stability check in each year from ``first`` on."""
    for number in range(years):
        on = add_months(first, 12 * number)
        purpose = "set_up" if number == 0 else "in_use"
        repeatability_of(standard, on, by=by, purpose=purpose)
        stability_of(standard, on, by=by)


def make_repeatability(make_standard, *, by=None):
    return repeatability_of(make_standard(by=by), date(2016, 6, 1), by=by, purpose="set_up")


def make_stability(make_standard, *, by=None):
    return stability_of(make_standard(by=by), date(2016, 6, 1), by=by)


def make_spot_check(make_standard, cast, *, by=None, standard=None, **values):
    by = by or cast.clerk_a
    standard = standard or make_standard(by=by)
    given = {"on": date(2016, 5, 10), "outcome": "problems", "problems": "超期未溯源", "region_id": standard.region_id}
    return records.save(SpotCheck(standard=standard, office=by.office, **{**given, **values}), by=by)


def make_examination(standard, *, by=None, text="", **values):
    given = {"kind": "reexamination", "begun_on": date(2025, 3, 1)}
    examination = records.save(Examination(standard=standard, **{**given, **values}), by=by)
    records.save(ExaminationMember(examination=examination, name=text or "组长", is_leader=True), by=by)
    item = ChecklistItem.objects.in_force(examination.begun_on).order_by("pk").first()
    finding = ExaminationFinding(examination=examination, item=item, result="defect", problem=text or "记录不全")
    finding.full_clean(exclude=["created_at", "updated_at"])
    records.save(finding, by=by)
    return examination


def hand_in(event, document, on, *, by=None, **values):
    return records.save(EventPaper(event=event, document=document, handed_in_on=on, **values), by=by)


def again(standard) -> MeasurementStandard:
    return MeasurementStandard.objects.get(pk=standard.pk)


def grow(cast, standard, make_standard, times=1):
    """So many more of everything that hangs on the standard, on its first event and on its examination."""
    by = cast.clerk_a
    event = standard.events.order_by("pk").first()
    for _ in range(times):
        number = standard.repeatability_tests.count()
        on = add_months(date(2000, 1, 1), number)
        test = repeatability_of(standard, on, by=by, purpose="in_use" if number else "set_up")
        stability_of(standard, on, by=by)
        hand_in(event, f"{number}", on, by=by)
        examination = make_examination(standard, by=by, begun_on=add_months(date(2024, 1, 1), number))
        check = make_spot_check(make_standard, cast, standard=standard, on=on, by=by)
    first = standard.examinations.order_by("pk").first()
    records.save(ExaminationMember(examination=first, name=f"{examination.pk}"), by=by)
    return {"test": test.pk, "event": event.pk, "examination": first.pk, "check": check.pk}
