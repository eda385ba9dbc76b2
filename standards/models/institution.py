from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Office, Record
from bureau.models.fields import CreditCodeField
from bureau.models.record import NOT_VOIDED
from standards.models.dated import Dated, DatedQuerySet


class Institution(Dated, Record):
    """A technical institution in one of its capacities, with the days on which it has it.

    A house that is a legal verification institution and also produces reference materials has a record for each.
    Who it is, is everyone's to see, so that any office can refer to it; only the keeping office changes it.
    """

    class Kind(models.TextChoices):
        LEGAL_VERIFICATION = "legal_verification", _("Legal verification institution")
        AUTHORISED_VERIFICATION = "authorised_verification", _("Authorised verification institution")
        SPECIAL_AUTHORISATION = "special_authorisation", _("Unit authorised for special verifications")
        TYPE_EVALUATION = "type_evaluation", _("Type-evaluation institution")
        INDUSTRY_TEST_CENTRE = "industry_test_centre", _("Industry metrology test centre")
        WEIGHING_STATION = "weighing_station", _("Public weighing station")
        OTHER_STATION = "other_station", _("Public measuring station, other than weighing")
        REFERENCE_MATERIAL_PRODUCER = "reference_material_producer", _("Reference-material producer")
        UNIT = "unit", _("Enterprise or public body with measurement standards of its own")

    class Tier(models.TextChoices):
        NATIONAL = "national", _("National")
        REGIONAL = "regional", _("Regional centre")
        PROVINCIAL = "provincial", _("Provincial")
        MUNICIPAL = "municipal", _("Municipal")
        COUNTY = "county", _("County")

    SCOPE = "everyone"
    ONE_AT_A_TIME = ("kind", "name", "region_id")

    name = models.CharField(_("institution name"), max_length=100)
    kind = models.CharField(_("kind of institution"), max_length=30, choices=Kind.choices)
    tier = models.CharField(_("tier"), max_length=20, choices=Tier.choices, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    credit_code = CreditCodeField(_("unified social credit code"), blank=True)
    unverified = models.JSONField(default=list, blank=True, editable=False)
    login_office = models.ForeignKey(
        Office,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("office in this system"),
        help_text=_("As which the institution logs in, if it does."),
    )

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["-pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["kind", "name", "begins_on"],
                condition=NOT_VOIDED,
                name="standards_institution_once",
                violation_error_message=_("This institution is already on record in this capacity from that day."),
            ),
            models.UniqueConstraint(
                fields=["kind", "name", "region"],
                condition=NOT_VOIDED & Q(ends_on__isnull=True),
                name="standards_institution_present",
                violation_error_message=_("This institution is already on record in this capacity and has not ended."),
            ),
        ]
        indexes = [models.Index(fields=["begins_on", "ends_on"], name="standards_institution_days")]

    def __str__(self) -> str:
        return self.name
