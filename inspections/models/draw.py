from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bureau.models import Record
from enterprises.models import EnterpriseKind
from inspections.models.campaign import InspectionCampaign


class Draw(Record):
    """A double-random draw (双随机抽查): sites and inspectors for them, by seed and rule, on record with its pools.

    ``pool`` = {"sites": [key, …], "inspectors": [key, …]}, ``drawn`` = [[site, [inspector, …]], …]: what was drawn
    from, and what came of it. A draw is never run anew; one that should not count is voided, and stays to be seen.
    """

    class Rule(models.TextChoices):
        DIGEST_1 = "sha256-1", _("Order of digests, edition 1")

    campaign = models.ForeignKey(
        InspectionCampaign, on_delete=models.PROTECT, related_name="draws", verbose_name=_("inspection campaign")
    )
    site_kind = models.ForeignKey(
        EnterpriseKind,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("kind of the sites"),
        help_text=_("Empty: enterprises of every kind in the region."),
    )
    not_inspected_since = models.DateField(
        _("leave out sites inspected since"), null=True, blank=True, help_text=_("Empty: leave out none.")
    )
    sites_wanted = models.PositiveSmallIntegerField(_("sites to draw"), validators=[MinValueValidator(1)])
    inspectors_per_site = models.PositiveSmallIntegerField(
        _("inspectors for each site"), default=2, validators=[MinValueValidator(1), MaxValueValidator(2)]
    )
    due_on = models.DateField(_("to be inspected by"), null=True, blank=True)
    seed = models.CharField(
        _("seed"),
        max_length=64,
        blank=True,
        help_text=_("Drawn by lot in public, for example; empty: the system makes one."),
    )
    rule = models.CharField(_("drawing rule"), max_length=20, choices=Rule.choices, editable=False)
    drawn_at = models.DateTimeField(_("drawn at"), editable=False)
    pool = models.JSONField(default=dict, editable=False)
    drawn = models.JSONField(default=list, editable=False)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("double-random draw")
        verbose_name_plural = _("double-random draws")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sites_wanted__gte=1),
                name="inspections_draw_sites",
                violation_error_message=_("At least one site is drawn."),
            ),
            models.CheckConstraint(
                condition=models.Q(inspectors_per_site__in=(1, 2)),
                name="inspections_draw_inspectors",
                violation_error_message=_("One or two inspectors go to a site."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} {self.drawn_at:%Y-%m-%d}"
