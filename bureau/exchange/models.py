import uuid
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.exchange import sheets

if TYPE_CHECKING:
    from bureau.exchange.importing import Outcome


def storage_path(run: "Import", filename: str) -> str:
    """A name that nobody can guess or choose; the clerk's own name is kept beside it."""
    name = uuid.uuid4().hex
    return f"imports/{name[:2]}/{name}{PurePath(filename).suffix.lower()[:10]}"


class Import(models.Model):
    """A file that was imported or only checked: whose, by whom, when, and what became of its rows.

    Records name it by number (``import_id``), since models stand below the exchange. ``last_row`` is Excel's number of
    the last row that was taken; a job that was interrupted goes on after it.
    """

    SCOPE = "office__region"
    SCOPE_OFFICE = "office"
    AREA = "exchange"

    sheet_key = models.CharField(_("kind of sheet"), max_length=50)
    office = models.ForeignKey(
        "bureau.Office", on_delete=models.PROTECT, related_name="+", verbose_name=_("for office")
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("imported by")
    )
    created_at = models.DateTimeField(_("imported at"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("job"))
    is_check_only = models.BooleanField(_("check only"), default=False)

    file = models.FileField(_("file"), upload_to=storage_path, max_length=200)
    file_name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField(max_length=64)
    # What the clerk is told of the layout: the sheet that was read, and headings that stand for no column.
    sheet_name = models.CharField(_("sheet of the file"), max_length=100, blank=True)
    ignored_headings = models.JSONField(_("columns that were not read"), default=list)

    rows = models.PositiveIntegerField(_("rows"), default=0)
    created = models.PositiveIntegerField(_("new"), default=0)
    updated = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    last_row = models.PositiveIntegerField(default=0)
    error_workbook = models.FileField(
        _("workbook of the failed rows"), upload_to=storage_path, max_length=200, blank=True
    )

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        default_permissions = ("view", "add", "change")

    def __str__(self) -> str:
        return f"{self.file_name} ({timezone.localtime(self.created_at):%Y-%m-%d %H:%M})"

    def get_absolute_url(self) -> str:
        return reverse("exchange:import-detail", args=[self.pk])

    @property
    def sheet(self) -> sheets.Sheet:
        """Raises ``KeyError`` for a kind that no longer exists."""
        return sheets.get_sheet(self.sheet_key)

    @property
    def sheet_label(self) -> str:
        found = sheets.find_sheet(self.sheet_key)
        return str(found.label) if found else self.sheet_key

    def note(self, outcome: "Outcome", last_row: int) -> None:
        """Add what became of a chunk; called in the transaction that wrote it."""
        for name, count in outcome.counts().items():
            setattr(self, name, getattr(self, name) + count)
        self.last_row = last_row
        self.save(update_fields=[*outcome.counts(), "last_row"])
        ImportProblem.objects.bulk_create([ImportProblem(run=self, **error._asdict()) for error in outcome.errors])


class ImportProblem(models.Model):
    """A cell of a file that could not be taken, and why. ``column`` is the column's name, "" for the whole row."""

    SCOPE = "as_parent"
    PARENT = "run"
    AREA = "exchange"

    run = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=100, blank=True)
    value = models.CharField(_("value"), max_length=200, blank=True)
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("failed cell")
        verbose_name_plural = _("failed cells")
        ordering = ["row", "pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["run", "row"], name="exchange_problem_row")]

    def __str__(self) -> str:
        return f"{self.row}: {self.reason}"

    @property
    def column_label(self) -> str:
        sheet = sheets.find_sheet(self.run.sheet_key)
        column = sheet.by_name.get(self.column) if sheet else None
        return str(column.label) if column else self.column
