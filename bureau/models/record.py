from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

Kept = TypeVar("Kept", bound=type[models.Model])
NOT_VOIDED = Q(voided_at__isnull=True)


class History(HistoricalRecords):
    """Leaves out the fields that a model names ``DERIVED``: they follow from other rows and are no one's entries."""

    def fields_included(self, model: type[models.Model]) -> list[Any]:
        derived = getattr(model, "DERIVED", ())
        return [field for field in super().fields_included(model) if field.name not in derived]


class RecordQuerySet(models.QuerySet):
    def not_voided(self) -> "RecordQuerySet":
        return self.filter(NOT_VOIDED)


class Tracked(models.Model):
    """A row whose origin and every earlier value stay known, and which is voided, never deleted.

    Written only by ``bureau.records``: it keeps provenance, version and history together.
    ``version`` rises with each change; whoever saves an older one is told what changed meanwhile.
    ``import_id`` and ``import_row`` are plain numbers: models stand below the exchange. ``import_version`` is the
    version that the import left: a row with another one was edited since.
    """

    AREA = "record"

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("entered by"),
    )
    created_at = models.DateTimeField(_("entered at"), editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("changed by"),
    )
    updated_at = models.DateTimeField(_("changed at"), editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("voided by"),
    )
    voided_at = models.DateTimeField(_("voided at"), null=True, editable=False)
    void_reason = models.CharField(_("reason of voiding"), max_length=200, blank=True, editable=False)
    import_id = models.BigIntegerField(_("import number"), null=True, editable=False)
    import_row = models.PositiveIntegerField(_("row of the import"), null=True, editable=False)
    import_version = models.PositiveIntegerField(null=True, editable=False)

    objects = RecordQuerySet.as_manager()
    history = History(inherit=True)

    class Meta:
        abstract = True
        default_permissions = ("view", "add", "change", "void", "import", "export")

    @property
    def is_voided(self) -> bool:
        return self.voided_at is not None


class Record(Tracked):
    """A row of its own right: kept by an office, counted in a region."""

    SCOPE = "region"

    office = models.ForeignKey(
        "bureau.Office", on_delete=models.PROTECT, related_name="+", verbose_name=_("kept by office")
    )
    region = models.ForeignKey("bureau.Region", on_delete=models.PROTECT, related_name="+", verbose_name=_("region"))

    class Meta(Tracked.Meta):
        abstract = True


def without_index(*names: str) -> Callable[[Kept], Kept]:
    """For a kind with millions of rows: nobody looks for them by these fields alone, and an index costs each write."""

    def bare(model: Kept) -> Kept:
        for name in names:
            model._meta.get_field(name).db_index = False  # type: ignore[union-attr]
        return model

    return bare


def standing(model: type[models.Model], path: str = "") -> Q:
    """Neither the row is voided nor the record that it hangs on."""
    condition = Q((f"{path}voided_at__isnull", True)) if issubclass(model, Tracked) else Q()
    if getattr(model, "SCOPE", None) == "as_parent":
        parent: Any = model._meta.get_field(model.PARENT)  # type: ignore[attr-defined]
        condition &= standing(parent.related_model, f"{path}{parent.name}__")
    return condition
