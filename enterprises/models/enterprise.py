from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, RecordQuerySet
from bureau.models.fields import CreditCodeField
from bureau.models.record import NOT_VOIDED
from enterprises.models.industry import IndustryClass
from enterprises.names import name_key

NAME_LENGTH = 120


class NameKeyField(models.CharField):
    """The form in which names are compared; it follows the name at every write, single or bulk."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", NAME_LENGTH)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        value = name_key(model_instance.name)
        setattr(model_instance, self.attname, value)
        return value


class EnterpriseQuerySet(RecordQuerySet):
    def of_kind(self, kind: str, on: date) -> "EnterpriseQuerySet":
        """The enterprises that were of a kind on that day, such as the key energy-using units of a year's end."""
        from enterprises.models.kind_since import EnterpriseKindSince

        holding = EnterpriseKindSince.objects.on(on).filter(kind=kind)
        return self.filter(Exists(holding.filter(enterprise=OuterRef("pk"))))

    def called(self, text: str) -> "EnterpriseQuerySet":
        """By exactly this name, the present one or a former one, without regard to width, brackets and blanks."""
        from enterprises.models.former_name import FormerName

        key = name_key(text)
        former = FormerName.objects.filter(voided_at__isnull=True, name_key=key)
        return self.filter(Q(name_key=key) | Exists(former.filter(enterprise=OuterRef("pk"))))


class Enterprise(Record):
    """Who is inspected, pledges, uses energy: an enterprise, a public body, a shop.

    Its identity (code, names, region, kinds) is seen by every office, so that any of them can refer to it; what is
    recorded about it is seen by those whom the record's own scope lets see it. ``unverified`` names the fields whose
    value an import accepted with a wrong check character. ``merged_into``: the row that took this double's place.
    """

    SCOPE = "everyone"

    class Size(models.TextChoices):
        LARGE = "large", _("Large")
        MEDIUM = "medium", _("Medium-sized")
        SMALL = "small", _("Small")
        MICRO = "micro", _("Micro")

    credit_code = CreditCodeField(
        _("unified social credit code"),
        blank=True,
        help_text=_("18 characters as on the business licence; empty only for units that have none."),
    )
    name = models.CharField(_("enterprise name"), max_length=NAME_LENGTH)
    name_key = NameKeyField()
    address = models.CharField(_("address"), max_length=200, blank=True)
    industry = models.ForeignKey(
        IndustryClass, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("industry")
    )
    size = models.CharField(_("size"), max_length=10, choices=Size.choices, blank=True)
    unverified = models.JSONField(default=list, editable=False)
    merged_into = models.ForeignKey(
        "self",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged_doubles",
        verbose_name=_("merged into"),
    )

    objects: ClassVar[Any] = EnterpriseQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("enterprise")
        verbose_name_plural = _("enterprises")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=NOT_VOIDED & ~Q(credit_code=""),
                name="enterprises_enterprise_credit_code",
                violation_error_message=_("Another enterprise has this unified social credit code."),
            ),
            models.UniqueConstraint(
                fields=["region", "name_key"],
                condition=NOT_VOIDED & Q(credit_code=""),
                name="enterprises_enterprise_name",
                violation_error_message=_(
                    "This region already has an enterprise of this name without a code: without codes the two cannot "
                    "be told apart."
                ),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(voided_at__isnull=False),
                name="enterprises_enterprise_merged",
                violation_error_message=_(
                    "This enterprise was merged into another one: undo the merge on that one's page instead."
                ),
            ),
        ]
        indexes = [models.Index(fields=["name_key", "region"], name="enterprises_ent_name")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.name_key = name_key(self.name or "")
        if self.name and not self.name_key:
            raise ValidationError({"name": _("A name has letters or digits, not only signs.")})
