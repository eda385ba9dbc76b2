import uuid
from pathlib import Path, PurePath

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.exchange import lines, sheets
from bureau.exchange.outcome import Outcome


def storage_path(run: "Import", filename: str) -> str:
    """A name that nobody can guess or choose; the clerk's own name is kept beside it."""
    name = uuid.uuid4().hex
    return f"imports/{name[:2]}/{name}{PurePath(filename).suffix.lower()[:10]}"


class Import(models.Model):
    """A file that is to be imported or was: whose, by whom, when, how it is read, and what became of its rows.

    Records name it by number (``import_id``), since models stand below the exchange. ``last_row`` is the line
    (``bureau.exchange.lines``) of the last row that was taken; a job that was interrupted goes on after it.
    """

    class State(models.TextChoices):
        COLUMNS = "columns", _("Columns to be assigned")
        PREVIEW = "preview", _("To be confirmed")
        RUNNING = "running", _("Being imported")
        DONE = "done", _("Imported")
        REFUSED = "refused", _("Nothing was written")
        UNREADABLE = "unreadable", _("Could not be read")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    class Mode(models.TextChoices):
        KEEP_GOOD = "keep_good", _("Import the good rows, give the failed ones back")
        ALL_OR_NOTHING = "all_or_nothing", _("Import all rows, or none if any fails")

    SCOPE = "office__region"
    SCOPE_OFFICE = "office"
    AREA = "exchange"
    OPEN = (State.COLUMNS, State.PREVIEW)
    NEVER_CONFIRMED = (*OPEN, State.UNREADABLE)
    source: Path | None = None

    sheet_key = models.CharField(_("kind of sheet"), max_length=50)
    office = models.ForeignKey(
        "bureau.Office", on_delete=models.PROTECT, related_name="+", verbose_name=_("for office")
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("imported by")
    )
    created_at = models.DateTimeField(_("imported at"), default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PREVIEW)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("job"))

    file = models.FileField(_("file"), upload_to=storage_path, max_length=200)
    file_name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField(max_length=64)

    # How the file is read and what the clerk chose.
    layout = models.JSONField(default=dict)
    expected_rows = models.PositiveIntegerField(null=True)
    sheet_name = models.CharField(_("sheet of the file"), max_length=100, blank=True)
    ignored_headings = models.JSONField(_("columns that were not read"), default=list)
    notes = models.JSONField(_("about the file"), default=list)
    # Where it showed only while all rows were read.
    why_unreadable = models.TextField(_("why it could not be read"), blank=True)
    mode = models.CharField(_("if rows fail"), max_length=20, choices=Mode.choices, default=Mode.KEEP_GOOD)
    accepts_unverified = models.BooleanField(
        _("accept unverified values"),
        default=False,
        help_text=_("Such as a credit code whose check digit is wrong: it is imported and marked."),
    )
    # The import whose failed rows this file brings corrected; rows that it took already are passed over.
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")

    # What the clerk is shown before anything is written.
    preview = models.JSONField(null=True)
    effects = models.JSONField(null=True)
    effects_job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")

    rows = models.PositiveIntegerField(_("rows"), default=0)
    created = models.PositiveIntegerField(_("new"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    last_row = models.PositiveIntegerField(default=0)
    error_workbook = models.FileField(
        _("workbook of the failed rows"), upload_to=storage_path, max_length=200, blank=True
    )

    undone_at = models.DateTimeField(_("undone at"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("undone by")
    )
    undo_job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    # {"voided", "restored", "kept"}: numbers of records.
    undo_counts = models.JSONField(default=dict)

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

    @property
    def path(self) -> Path:
        """Where the file lies: with us, or with whoever only asks what an import would do."""
        return self.source or Path(self.file.path)

    @property
    def constants(self) -> list[tuple[str, str]]:
        """What all rows of the file have where no column of it holds it: label and text, as the clerk wrote it."""
        sheet = sheets.find_sheet(self.sheet_key)
        labels = {name: str(column.label) for name, column in sheet.by_name.items()} if sheet else {}
        return [(labels.get(name, name), text) for name, text in self.layout.get("constants", {}).items()]

    @property
    def sheets_read(self) -> list[str]:
        """The names of the sheets of the file that are read, in the order of their lines."""
        return [part["name"] for part in self.layout.get("parts", [])]

    def place_of(self, line: int) -> str:
        """Where a line stands, for people."""
        return lines.place_of(line, self.sheets_read)

    @property
    def is_stopped(self) -> bool:
        """Whether the import broke off before its end: it can be gone on with, or undone."""
        return self.state == self.State.RUNNING and (self.job is None or self.job.is_over)

    def note(self, outcome: Outcome, last_row: int) -> None:
        """Add what became of a chunk; called in the transaction that wrote it."""
        for name, count in outcome.counts().items():
            setattr(self, name, getattr(self, name) + count)
        self.last_row = last_row
        self.save(update_fields=[*outcome.counts(), "last_row"])
        ImportProblem.objects.bulk_create([ImportProblem(run=self, **error._asdict()) for error in outcome.errors])


class ImportProblem(models.Model):
    """A cell of a file that could not be taken, and why.

    ``row`` is a line (``bureau.exchange.lines``); ``column`` the column's name, "" for the whole row.
    """

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
    def place(self) -> str:
        return self.run.place_of(self.row)

    @property
    def is_for_all(self) -> bool:
        """Whether the value stands in no cell of the file: it was given for all rows."""
        return self.column in self.run.layout.get("constants", {})

    @property
    def column_label(self) -> str:
        sheet = sheets.find_sheet(self.run.sheet_key)
        column = sheet.by_name.get(self.column) if sheet else None
        return str(column.label) if column else self.column


class KeptRow(models.Model):
    """A record that the undo of an import left as it is, because it was edited since, and why."""

    SCOPE = "as_parent"
    PARENT = "run"
    AREA = "exchange"

    run = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="kept_rows")
    object_id = models.BigIntegerField()
    label = models.CharField(_("record"), max_length=200)
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("record that was kept")
        verbose_name_plural = _("records that were kept")
        ordering = ["pk"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["run", "object_id"], name="exchange_keptrow_once")]

    def __str__(self) -> str:
        return self.label


class RememberedColumns(models.Model):
    """How an office assigned the columns of files with a certain header, to be offered for the next such file."""

    SCOPE = "office__region"
    SCOPE_OFFICE = "office"
    AREA = "exchange"

    office = models.ForeignKey("bureau.Office", on_delete=models.CASCADE, related_name="+", verbose_name=_("office"))
    sheet_key = models.CharField(_("kind of sheet"), max_length=50)
    signature = models.CharField(max_length=64)
    # ``Layout.places`` as JSON, and ``Layout.constants``.
    places = models.JSONField(default=dict)
    constants = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("remembered columns")
        verbose_name_plural = _("remembered columns")
        default_permissions = ("view", "add", "change")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "sheet_key", "signature"], name="exchange_rememberedcolumns_header"
            )
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.sheet_key}"
