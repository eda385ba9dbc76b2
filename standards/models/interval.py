from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class InForceInterval(models.Model):
    """Days on which a standard was in force, both included; written only by ``standards.lifecycle.derive``.

    The intervals of a standard never overlap, so that "in force on a day" counts it once.
    """

    SCOPE = "as_parent"
    PARENT = "standard"
    AREA = "derived"

    standard = models.ForeignKey(
        "standards.MeasurementStandard", on_delete=models.CASCADE, related_name="in_force_intervals"
    )
    begins_on = models.DateField(_("in force from"))
    ends_on = models.DateField(_("in force until"))

    class Meta:
        verbose_name = _("interval in force")
        verbose_name_plural = _("intervals in force")
        ordering = ["standard", "begins_on"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="standards_inforceinterval_order"),
            models.UniqueConstraint(fields=["standard", "begins_on"], name="standards_inforceinterval_once"),
        ]
        indexes = [models.Index(fields=["begins_on", "ends_on", "standard"], name="standards_interval_days")]

    def __str__(self) -> str:
        return f"{self.begins_on} – {self.ends_on}"
