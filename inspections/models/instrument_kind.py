from datetime import date

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow
from inspections.models.category import InstrumentCategory


class InstrumentKind(ReferenceRow):
    """A kind of measuring instruments, as the ledger names it; what the law asks of it stands in the catalogue.

    A kind keeps its code through all editions of the catalogue, so that figures of several years can be compared.
    """

    code = models.CharField(_("kind code"), max_length=30, primary_key=True)
    name = models.CharField(_("kind of instrument"), max_length=60, unique=True)
    name_en = models.CharField(_("English name"), max_length=80)
    category = models.ForeignKey(
        InstrumentCategory, on_delete=models.PROTECT, related_name="kinds", verbose_name=_("category")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("kind of measuring instruments")
        verbose_name_plural = _("kinds of measuring instruments")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name if (get_language() or "").startswith("zh") else self.name_en


class CatalogueEntry(ReferenceRow):
    """What an edition of the catalogue under mandatory control (实施强制管理的计量器具目录) asks of a kind.

    A kind without an entry in force on a day is not under mandatory verification on that day. ``period_months`` is that
    of the verification regulation, ``life_months`` the longest time in use of kinds that are replaced when due; where
    it is empty, the paper decides.
    """

    class Control(models.TextChoices):
        TYPE_APPROVAL = "P", _("Type approval")
        VERIFICATION = "V", _("Mandatory verification")
        BOTH = "P+V", _("Type approval and mandatory verification")

    class Mode(models.TextChoices):
        PERIODIC = "periodic", _("Periodic verification")
        FIRST_ONLY = "first_only", _("First verification only, used until out of accuracy")
        REPLACED = "replaced", _("First verification only, replaced when due")
        NONE = "none", _("No mandatory verification")

    kind = models.ForeignKey(
        InstrumentKind, on_delete=models.PROTECT, related_name="entries", verbose_name=_("kind of instrument")
    )
    control = models.CharField(_("control mode"), max_length=3, choices=Control.choices)
    mode = models.CharField(_("verification mode"), max_length=20, choices=Mode.choices)
    is_for_trade = models.BooleanField(_("trade settlement"), default=False)
    is_for_safety = models.BooleanField(_("safety protection"), default=False)
    is_for_medical = models.BooleanField(_("medical care"), default=False)
    is_for_environment = models.BooleanField(_("environmental monitoring"), default=False)
    period_months = models.PositiveSmallIntegerField(_("verification period, months"), null=True, blank=True)
    life_months = models.PositiveSmallIntegerField(_("time in use, months"), null=True, blank=True)
    regulation = models.CharField(_("verification regulation"), max_length=60, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("entry of the catalogue under mandatory control")
        verbose_name_plural = _("catalogue under mandatory control")
        ordering = ["kind__position", "-effective_from"]
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "kind"],
                name="inspections_catalogueentry_once",
                violation_error_message=_("This edition already has an entry for this kind."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.edition})"

    @property
    def is_mandatory(self) -> bool:
        """Whether pieces of this kind have to be verified at all; a type approval alone asks for none."""
        return self.mode != self.Mode.NONE


class Catalogue:
    """All editions at once: one query, then asked for any kind and day."""

    def __init__(self) -> None:
        self._entries: dict[str, list[CatalogueEntry]] = {}
        for entry in CatalogueEntry.objects.newest_first():
            self._entries.setdefault(entry.kind_id, []).append(entry)

    def entry(self, kind: str, on: date) -> CatalogueEntry | None:
        return next((entry for entry in self._entries.get(kind, ()) if entry.holds(on)), None)

    def edition(self, on: date) -> str:
        """The name of the edition in force on that day, the newest where there are several; "" if there is none."""
        held = [entry for entries in self._entries.values() for entry in entries if entry.holds(on)]
        return max(held, key=lambda entry: (entry.effective_from or date.min, entry.pk)).edition if held else ""

    def is_mandatory(self, kind: str, on: date) -> bool:
        entry = self.entry(kind, on)
        return entry is not None and entry.is_mandatory


def kinds() -> list[tuple[str, str]]:
    """Code and name of each, as a dimension of figures lists them."""
    return [(kind.code, str(kind)) for kind in InstrumentKind.objects.all()]
