from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bureau.models import Region
from bureau.models.record import NOT_VOIDED, RecordQuerySet


def holds_on(on: date) -> Q:
    """Rows with ``begins_on`` and ``ends_on`` that hold on the day, both days included."""
    return Q(begins_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


class DatedQuerySet(RecordQuerySet):
    def in_force(self, on: date) -> "DatedQuerySet":
        return self.filter(holds_on(on))


class Dated(models.Model):
    """A row that holds from a day to a day, both included, so that "on any day" is a query; without an end it holds on.

    Rows that agree in ``ONE_AT_A_TIME`` never hold on the same day: ``overlaps`` finds those that would.
    """

    ONE_AT_A_TIME: ClassVar[tuple[str, ...]] = ()
    # Set on the rows of a page, which are compared with each other and the record as they will stand.
    is_checked_together = False

    begins_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True, help_text=_("Last day; empty while it lasts."))

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="%(app_label)s_%(class)s_dates",
                violation_error_message=_("It cannot end before it begins."),
            )
        ]

    def clean(self) -> None:
        super().clean()
        if not self.begins_on:
            return
        if not self.is_checked_together and (problem := overlaps([self])[0]):
            raise ValidationError({"begins_on": problem})
        region = getattr(self, "region", None) if getattr(self, "region_id", None) else None
        if region and (problem := region_problem(region, self.begins_on, self.ends_on)):
            raise ValidationError({"region": problem})


def region_problem(region: Region, begins_on: date, ends_on: date | None) -> str | None:
    """Why a row of these days may not use this code: it has to be in force on one of them. None if it may."""
    if region.valid_to is not None and region.valid_to < begins_on:
        return region.problem_on(begins_on)
    if ends_on is not None and region.valid_from is not None and ends_on < region.valid_from:
        return region.problem_on(ends_on)
    return None


def overlaps(rows: Sequence[Any]) -> list[str | None]:
    """For each row, saved or not, a sentence if one on record or one before it in ``rows`` holds on one of its days.

    ``rows`` are of one model and count as they stand here; one query. Voided rows count on neither side.
    """
    if not rows or not rows[0].ONE_AT_A_TIME:
        return [None] * len(rows)
    standing: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for other in _on_record(type(rows[0]), rows):
        standing[_key(other)].append(other)
    found = []
    for row in rows:
        found.append(_overlap(row, standing[_key(row)]))
        standing[_key(row)].append(row)
    return found


def _on_record(model: Any, rows: Iterable[Any]) -> Iterable[Any]:
    """Those with all parts of a key among the values of the rows: few more than are wanted."""
    alike = Q(*[(f"{name}__in", {getattr(row, name) for row in rows}) for name in model.ONE_AT_A_TIME])
    known = {row.pk for row in rows if row.pk is not None}
    return model._default_manager.filter(NOT_VOIDED, alike).exclude(pk__in=known)


def _key(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in row.ONE_AT_A_TIME)


def _overlap(row: Any, others: Iterable[Any]) -> str | None:
    if row.voided_at is not None:
        return None
    for other in others:
        if other.voided_at is None and _share_a_day(row, other):
            return gettext("The same is already on record from %(begins)s to %(ends)s: the days overlap.") % {
                "begins": other.begins_on,
                "ends": other.ends_on or gettext("now"),
            }
    return None


def _share_a_day(one: Any, other: Any) -> bool:
    begins_in_time = other.ends_on is None or one.begins_on <= other.ends_on
    return begins_in_time and (one.ends_on is None or other.begins_on <= one.ends_on)
