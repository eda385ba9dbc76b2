from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OfficeQuerySet(models.QuerySet):
    def below(self, office: "Office") -> "OfficeQuerySet":
        """The office itself and all that stand under it."""
        return self.filter(path__startswith=office.path)


class Office(models.Model):
    """Somebody who logs in and keeps records: an administration, an institution or an enterprise.

    ``code`` is the region's code, a dash and two digits; the administration of a region is ``-01``.
    ``path`` holds the ids from the root down ("1/7/23/"), so that a subtree is one prefix.
    """

    class Kind(models.TextChoices):
        ADMINISTRATION = "administration", pgettext_lazy("kind of office", "Administration")
        LEGAL_INSTITUTION = "legal_institution", _("Legal verification institution")
        AUTHORISED_INSTITUTION = "authorised_institution", _("Authorised institution")
        ENTERPRISE = "enterprise", _("Enterprise")

    SCOPE = "everyone"
    AREA = "administration"

    code = models.CharField(_("office code"), max_length=12, unique=True)
    name = models.CharField(_("office name"), max_length=100)
    kind = models.CharField(_("kind of office"), max_length=30, choices=Kind.choices)
    region = models.ForeignKey("bureau.Region", on_delete=models.PROTECT, verbose_name=_("region"))
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name=_("superior office"),
    )
    path = models.CharField(max_length=200, editable=False, default="", db_index=True)
    is_active = models.BooleanField(_("active"), default=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{6}(\d{3})?-\d{2}$"),
                name="bureau_office_code",
                violation_error_message=_("An office code is a region code, a dash and two digits, such as 210000-01."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.region_id and self.code and not self.code.startswith(f"{self.region_id}-"):
            raise ValidationError({"code": _("The code must begin with the region's code.")})
        if self.pk and self.parent and self.path and self.parent.path.startswith(self.path):
            raise ValidationError({"parent": _("An office cannot stand under itself.")})

    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        path = f"{self.parent.path if self.parent else ''}{self.pk}/"
        if path != self.path:
            old, self.path = self.path, path
            Office.objects.filter(pk=self.pk).update(path=path)
            if old:
                for child in Office.objects.filter(parent=self):
                    child.save()
