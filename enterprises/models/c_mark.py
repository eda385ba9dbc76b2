from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models import Record, Tracked
from bureau.models.record import NOT_VOIDED
from enterprises.models.ending import Ending, ending_constraints, last_day
from enterprises.models.enterprise import Enterprise
from enterprises.models.time_limit import Limits, TimeLimit

BEFORE = _("A product cannot be declared before its declaration was made.")


class CMarkDeclaration(Ending, Record):
    """A producer's own declaration that it is able to keep the net contents of its prepackaged goods (C 标志)."""

    BEGINS = "declared_on"

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="c_mark_declarations", verbose_name=_("enterprise")
    )
    declared_on = models.DateField(_("declared on"))
    legal_representative = models.CharField(_("legal representative"), max_length=50, blank=True)
    metrology_head = models.CharField(_("head of metrology"), max_length=50, blank=True)
    publication_due_on = models.DateField(
        _("publication due on"), null=True, blank=True, help_text=_("Empty: by the time limit of the day.")
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("C-mark declaration")
        verbose_name_plural = _("C-mark declarations")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "declared_on"],
                condition=NOT_VOIDED,
                name="enterprises_cmarkdeclaration_once",
                violation_error_message=_("The enterprise's declaration of that day is already recorded."),
            ),
            *ending_constraints(
                "enterprises_cmarkdeclaration",
                "declared_on",
                before=_("A declaration cannot be withdrawn before it was made."),
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) | Q(published_on__gte=F("declared_on")),
                name="enterprises_cmarkdeclaration_published",
                violation_error_message=_("A declaration cannot be published before it was made."),
            ),
        ]
        indexes = [models.Index(fields=["region", "declared_on"], name="enterprises_cmark_declared")]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.declared_on}"

    def clean(self) -> None:
        super().clean()
        if not self.declared_on:
            return
        if self.declared_on > timezone.localdate():
            raise ValidationError({"declared_on": _("A declaration cannot be made in the future.")})
        if self.publication_due_on is None:
            self.publication_due_on = Limits(TimeLimit.Act.C_MARK_PUBLICATION).last_day(self.declared_on)
        if self.region_id and (problem := self.region.problem_on(self.declared_on)):
            raise ValidationError({"region": problem})


class CMarkProduct(Tracked):
    """A product of a declaration. A change of product or net content is declared anew: the old row ends, one begins.

    ``ends_on`` follows from the row and its declaration (``enterprises.c_mark``).
    """

    SCOPE = "as_parent"
    PARENT = "declaration"

    declaration = models.ForeignKey(
        CMarkDeclaration, on_delete=models.PROTECT, related_name="products", verbose_name=_("declaration")
    )
    name = models.CharField(_("product"), max_length=100)
    brand = models.CharField(_("brand"), max_length=60, help_text=_("Where there is none, write 无."))
    net_content = models.CharField(_("net content"), max_length=60, help_text=_("With its unit, for example 500 g."))
    package = models.CharField(_("package"), max_length=60, blank=True)
    added_on = models.DateField(_("declared as product on"))
    removed_on = models.DateField(_("no longer declared from"), null=True, blank=True)
    ends_on = models.DateField(_("last day in force"), null=True, editable=False)

    class Meta(Tracked.Meta):
        verbose_name = _("C-mark product")
        verbose_name_plural = _("C-mark products")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["declaration", "name", "brand", "net_content", "added_on"],
                condition=NOT_VOIDED,
                name="enterprises_cmarkproduct_once",
                violation_error_message=_("This product is already declared from that day."),
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True) | Q(removed_on__gte=F("added_on")),
                name="enterprises_cmarkproduct_dates",
                violation_error_message=_("A product cannot be taken out before it was declared."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.net_content}"

    def clean(self) -> None:
        super().clean()
        declaration = getattr(self, "declaration", None)
        if declaration and declaration.declared_on and self.added_on and self.added_on < declaration.declared_on:
            raise ValidationError({"added_on": BEFORE})

    def last_day(self) -> date | None:
        """That of its declaration, or the day before it was taken out."""
        return last_day({"withdrawn_on": self.removed_on, "valid_until": self.declaration.ends_on})
