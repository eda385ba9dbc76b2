"""What follows from the dates of specifications: the end of the text that another replaces, and the next review."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from bureau import records
from bureau.dates import add_months
from bureau.models import Staff
from bureau.models.record import NOT_VOIDED
from standards.models import Specification, SpecificationReview


def follow(rows: Sequence[Specification], *, by: Staff | None, import_id: int | None = None) -> None:
    """Put ``rows`` and the texts that they replace in step with their dates and reviews; few queries."""
    ended = _end_replaced(rows, by=by, import_id=import_id)
    _set_review(list({row.pk: row for row in (*ended, *rows)}.values()), by=by, import_id=import_id)


def _end_replaced(rows: Sequence[Specification], *, by: Staff | None, import_id: int | None) -> Sequence[Specification]:
    """A text ends on the day on which the one that replaces it comes into force.

    One that another office keeps, or that was abolished, is left to its keeper.
    """
    new = {row.replaces_id: row for row in rows if row.replaces_id and row.in_force_on and row.voided_at is None}
    own = {row.pk: row for row in rows}
    changed = []
    for stored in Specification.objects.filter(NOT_VOIDED, pk__in=new).exclude(ending="abolished"):
        former, heir = own.get(stored.pk, stored), new[stored.pk]
        if former.office_id == heir.office_id and former.ended_on != heir.in_force_on:
            former.ended_on, former.ending = heir.in_force_on, Specification.Ending.REPLACED
            changed.append(former)
    records.bulk_change(changed, ["ended_on", "ending"], by=by, reason=_said(), import_id=import_id)
    return changed


def _set_review(rows: Sequence[Specification], *, by: Staff | None, import_id: int | None) -> None:
    reviews = SpecificationReview.objects.filter(NOT_VOIDED, specification__in=[row.pk for row in rows])
    latest = dict(reviews.order_by().values_list("specification").annotate(Max("on")))
    changed = []
    for row in rows:
        due = next_review(row, latest.get(row.pk))
        if row.review_due_on != due:
            row.review_due_on = due
            changed.append(row)
    records.bulk_change(changed, ["review_due_on"], by=by, reason=_said(), import_id=import_id)


def next_review(row: Specification, reviewed_on: date | None) -> date | None:
    """So many years after it came into force or was last reviewed (a setting); None for what is not in force."""
    if row.in_force_on is None or row.ended_on is not None:
        return None
    return add_months(max(row.in_force_on, reviewed_on or date.min), 12 * settings.SPECIFICATION_REVIEW_YEARS)


def _said() -> str:
    return str(_("Follows from the dates of the specification"))
