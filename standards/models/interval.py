from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Derived(models.Model):
    """Days of a standard that follow from its events, written only by ``standards.lifecycle.derive``."""

    SCOPE = "as_parent"
    PARENT = "standard"
    AREA = "derived"

    class Meta:
        abstract = True
        default_permissions = ()


class InForceInterval(Derived):
    """Days on which a standard was in force, both included.

    The intervals of a standard never overlap, so that "in force on a day" counts it once.
    """

    standard = models.ForeignKey(
        "standards.MeasurementStandard", on_delete=models.CASCADE, related_name="in_force_intervals"
    )
    begins_on = models.DateField(_("in force from"))
    ends_on = models.DateField(_("in force until"))

    class Meta(Derived.Meta):
        verbose_name = _("interval in force")
        verbose_name_plural = _("intervals in force")
        ordering = ["standard", "begins_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="standards_inforceinterval_order"),
            models.UniqueConstraint(fields=["standard", "begins_on"], name="standards_inforceinterval_once"),
        ]
        indexes = [models.Index(fields=["begins_on", "ends_on", "standard"], name="standards_interval_days")]

    def __str__(self) -> str:
        return f"{self.begins_on} – {self.ends_on}"


class ServicePeriod(Derived):
    """Days on which a standard was in service under one certificate, whether or not that had run out.

    ``ends_on`` empty: it still is. ``expired_from`` is the first of these days on which the certificate had run out,
    empty if there is none.
    """

    standard = models.ForeignKey(
        "standards.MeasurementStandard", on_delete=models.CASCADE, related_name="service_periods"
    )
    begins_on = models.DateField(_("in service from"))
    ends_on = models.DateField(_("in service until"), null=True)
    valid_until = models.DateField(_("valid until"))
    expired_from = models.DateField(_("expired from"), null=True)

    class Meta(Derived.Meta):
        verbose_name = _("period of service")
        verbose_name_plural = _("periods of service")
        ordering = ["standard", "begins_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="standards_serviceperiod_order"),
            models.CheckConstraint(
                condition=Q(expired_from__gt=F("valid_until"), expired_from__gte=F("begins_on")),
                name="standards_serviceperiod_expired",
            ),
            models.UniqueConstraint(fields=["standard", "begins_on"], name="standards_serviceperiod_once"),
        ]
        indexes = [
            models.Index(fields=["valid_until", "standard"], name="standards_service_runs_out"),
            models.Index(fields=["expired_from", "standard"], name="standards_service_expired"),
        ]

    def __str__(self) -> str:
        return f"{self.begins_on} – {self.ends_on or ''}"
