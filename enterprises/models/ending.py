"""What holds from a day until it runs out or is withdrawn: pledges, awards, certificates, declarations."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import RecordQuerySet
from enterprises.models.withdrawal_reason import WithdrawalReason


class State(models.TextChoices):
    IN_FORCE = "in_force", _("In force")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")


def last_day(values: Mapping[str, Any]) -> date | None:
    """The last day in force, from ``valid_until`` and ``withdrawn_on``: on the day of the withdrawal it no longer is.

    None: it has no end yet.
    """
    withdrawn_on = values.get("withdrawn_on")
    ends = [values.get("valid_until"), withdrawn_on and withdrawn_on - timedelta(days=1)]
    return min((day for day in ends if day), default=None)


class LastDayField(models.DateField):
    """The last day in force; it follows from the other dates at every write, single or bulk."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(null=True, editable=False)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        value = last_day(vars(model_instance))
        setattr(model_instance, self.attname, value)
        return value


class EndingQuerySet(RecordQuerySet):
    def in_force(self, on: date) -> "EndingQuerySet":
        model: Any = self.model
        begun = {f"{model.BEGINS}__lte": on}
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), **begun)

    def in_state(self, state: str, on: date) -> "EndingQuerySet":
        """As ``Ending.state`` says of each row on its day."""
        conditions = {
            State.IN_FORCE: Q(withdrawn_on__isnull=True) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on)),
            State.EXPIRED: Q(withdrawn_on__isnull=True, valid_until__lt=on),
            State.WITHDRAWN: Q(withdrawn_on__isnull=False),
        }
        return self.filter(conditions[State(state)])


class Ending(models.Model):
    """``BEGINS`` names the field with the first day in force."""

    BEGINS: ClassVar[str]

    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawal_reason = models.ForeignKey(
        WithdrawalReason,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("reason of the withdrawal"),
    )
    ends_on = LastDayField(_("last day in force"))

    objects: ClassVar[Any] = EndingQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def state(self) -> State:
        if self.withdrawn_on:
            return State.WITHDRAWN
        if self.valid_until and self.valid_until < timezone.localdate():
            return State.EXPIRED
        return State.IN_FORCE


def ending_constraints(prefix: str, begins: str, *, before: Any) -> list[models.CheckConstraint]:
    """``before``: the sentence for a withdrawal before the first day."""
    return [
        models.CheckConstraint(
            condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F(begins)),
            name=f"{prefix}_withdrawn",
            violation_error_message=before,
        ),
        models.CheckConstraint(
            condition=Q(withdrawn_on__isnull=True, withdrawal_reason__isnull=True)
            | Q(withdrawn_on__isnull=False, withdrawal_reason__isnull=False),
            name=f"{prefix}_reason",
            violation_error_message=_("A withdrawal has a date and a reason."),
        ),
        models.CheckConstraint(
            condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F(begins)),
            name=f"{prefix}_validity",
            violation_error_message=_("It cannot run out before its first day."),
        ),
    ]
