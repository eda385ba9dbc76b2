from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bureau.models import Tracked
from bureau.models.record import NOT_VOIDED
from standards.models.dated import Dated, DatedQuerySet
from standards.spans import common, span


class StandardPerson(Dated, Tracked):
    """A technician who works with a standard in a role, from a day to a day (JJF 1033, staff)."""

    class Role(models.TextChoices):
        RESPONSIBLE = "responsible", _("Responsible for the standard")
        VERIFIER = "verifier", _("Verifies or calibrates")
        CHECKER = "checker", _("Checks the results")

    SCOPE = "as_parent"
    PARENT = "standard"
    ONE_AT_A_TIME = ("standard_id", "technician_id", "role")
    ABLE = (Role.VERIFIER, Role.CHECKER)

    standard = models.ForeignKey(
        "standards.MeasurementStandard",
        on_delete=models.PROTECT,
        related_name="persons",
        verbose_name=_("measurement standard"),
    )
    technician = models.ForeignKey(
        "standards.Technician", on_delete=models.PROTECT, related_name="standards", verbose_name=_("technician")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta(Tracked.Meta):
        verbose_name = _("person of a standard")
        verbose_name_plural = _("persons of standards")
        ordering = ["standard_id", "role", "begins_on", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["standard", "technician", "role", "begins_on"],
                condition=NOT_VOIDED,
                name="standards_standardperson_once",
                violation_error_message=_("This person is already on record in this role from that day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.technician} · {self.get_role_display()}"


def two_responsible(rows: Sequence[StandardPerson]) -> list[str | None]:
    """For each row, saved or not, a sentence if somebody else is responsible for the standard on one of its days.

    One query; voided rows count on neither side.
    """
    on_record = StandardPerson.objects.not_voided().filter(
        role=StandardPerson.Role.RESPONSIBLE, standard__in={row.standard_id for row in rows}
    )
    known = {row.pk for row in rows if row.pk is not None}
    standing = [row for row in (*on_record.exclude(pk__in=known), *rows) if _is_responsible(row)]
    return [_second(row, standing) if _is_responsible(row) else None for row in rows]


def _is_responsible(row: StandardPerson) -> bool:
    return row.voided_at is None and row.role == StandardPerson.Role.RESPONSIBLE


def _second(row: StandardPerson, standing: Sequence[StandardPerson]) -> str | None:
    for other in standing:
        if other is row or other.standard_id != row.standard_id:
            continue
        if common([span(row.begins_on, row.ends_on)], [span(other.begins_on, other.ends_on)]):
            return gettext(
                "A standard has one responsible person at a time (JJF 1033): there is one from %(begins)s."
            ) % {"begins": other.begins_on}
    return None
