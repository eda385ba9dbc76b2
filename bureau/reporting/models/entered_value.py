from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bureau.models import Record
from bureau.models.record import NOT_VOIDED
from bureau.models.region import final_code, region_tree
from bureau.reporting.indicators import BaseIndicator
from bureau.reporting.models.of_days import OfDays, known


class EnteredValue(OfDays):
    """A number that no record of this system gives: a population, money of another system, what another office counted.

    The source says who stated it and where; the paper itself is an attachment.
    """

    source = models.CharField(_("source"), max_length=200, help_text=_("Who stated it, in which document."))
    stated_on = models.DateField(_("stated on"), null=True, blank=True, help_text=_("Date of the source."))

    class Meta(OfDays.Meta):
        verbose_name = _("entered value")
        verbose_name_plural = _("entered values")
        ordering = ["-ends_on", "indicator", "region"]
        constraints = [
            *OfDays.Meta.constraints,
            models.UniqueConstraint(
                fields=["indicator", "region", "begins_on", "ends_on"],
                condition=NOT_VOIDED,
                name="reporting_enteredvalue_once",
                violation_error_message=_("The region has a value of this figure for these days already."),
            ),
        ]
        indexes = [models.Index(fields=["indicator", "ends_on"], name="reporting_entered_of")]
        default_permissions = Record.Meta.default_permissions

    def clean(self) -> None:
        super().clean()
        is_whole = self.indicator and self.region_id and self.begins_on and self.ends_on
        if is_whole and (problem := contradictions([self])[0]):
            raise ValidationError({"begins_on": problem})

    def check_indicator(self, indicator: BaseIndicator) -> None:
        if not is_entered(indicator):
            raise ValidationError(
                {"indicator": _("“%(label)s” is counted from records; no value is entered.") % {"label": indicator}}
            )


def is_entered(indicator: BaseIndicator) -> bool:
    return getattr(indicator, "model", None) is EnteredValue


def contradictions(rows: Sequence[EnteredValue]) -> list[str | None]:
    """For each row, saved or not, a sentence if it would count twice beside one on record or one before it in ``rows``.

    That is: on a day of the other, for the same region; where parts add up, also for one above or below it. One query.
    """
    keys = {row.indicator for row in rows}
    on_record = EnteredValue.objects.filter(NOT_VOIDED, indicator__in=keys).exclude(pk__in={row.pk for row in rows})
    standing = list(on_record.filter(_any_day_of(rows))) if rows else []
    found = []
    for row in rows:
        found.append(_contradiction(row, standing))
        standing.append(row)
    return found


def _any_day_of(rows: Iterable[EnteredValue]) -> Q:
    return Q(begins_on__lte=max(row.ends_on for row in rows), ends_on__gte=min(row.begins_on for row in rows))


def _contradiction(row: EnteredValue, others: Iterable[EnteredValue]) -> str | None:
    if row.voided_at is not None:
        return None
    adds_up = known(row.indicator).is_additive
    for other in others:
        alike = other.voided_at is None and other.indicator == row.indicator
        at_once = other.begins_on <= row.ends_on and row.begins_on <= other.ends_on
        if alike and at_once and (_same_place(row, other) or (adds_up and _one_holds_the_other(row, other))):
            return gettext("%(region)s has a value from %(first)s to %(last)s already: the days overlap.") % {
                "region": region_tree().places[other.region_id].name,
                "first": other.begins_on,
                "last": other.ends_on,
            }
    return None


def _same_place(one: EnteredValue, other: EnteredValue) -> bool:
    return final_code(one.region_id) == final_code(other.region_id)


def _one_holds_the_other(one: EnteredValue, other: EnteredValue) -> bool:
    bucket_of = region_tree().bucket_of
    codes = final_code(one.region_id), final_code(other.region_id)
    return bucket_of(codes[0], codes[1]) is not None or bucket_of(codes[1], codes[0]) is not None
