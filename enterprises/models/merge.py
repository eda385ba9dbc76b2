from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EnterpriseMerge(models.Model):
    """That a double was merged into the enterprise that stays, with all that is needed to take it back."""

    SCOPE = "everyone"
    AREA = "derived"

    kept = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="merges")
    double = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="merges_as_double")
    reason = models.CharField(_("reason"), max_length=200)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("merged by")
    )
    merged_at = models.DateTimeField(_("merged at"))
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("undone by")
    )
    undone_at = models.DateTimeField(_("undone at"), null=True)

    class Meta:
        verbose_name = _("merge of enterprises")
        verbose_name_plural = _("merges of enterprises")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~Q(kept=models.F("double")),
                name="enterprises_enterprisemerge_two",
                violation_error_message=_("An enterprise cannot be merged into itself."),
            ),
            models.UniqueConstraint(
                fields=["double"],
                condition=Q(undone_at__isnull=True),
                name="enterprises_enterprisemerge_once",
                violation_error_message=_("This enterprise was merged already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.double} → {self.kept}"


class MergeStep(models.Model):
    """One row that a merge touched: written only by ``enterprises.merging``, read when the merge is undone."""

    SCOPE = "as_parent"
    PARENT = "merge"
    AREA = "derived"

    class Did(models.TextChoices):
        MOVED = "moved", _("Moved")
        VOIDED = "voided", _("Voided")
        ADDED = "added", _("Added")
        CHANGED = "changed", _("Changed")

    merge = models.ForeignKey(EnterpriseMerge, on_delete=models.CASCADE, related_name="steps")
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    field = models.CharField(max_length=50, blank=True)
    did = models.CharField(max_length=10, choices=Did.choices)
    # Of a changed row: the values before and after, by field.
    values = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("step of a merge")
        verbose_name_plural = _("steps of a merge")
        default_permissions = ()
