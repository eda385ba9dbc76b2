import uuid
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau import scoping
from bureau.jobs import registry


def result_path(job: "Job", filename: str) -> str:
    """A name that nobody can guess; the name that the person sees is kept beside it."""
    name = uuid.uuid4().hex
    return f"jobs/{name[:2]}/{name}{PurePath(filename).suffix.lower()[:10]}"


class Job(models.Model):
    """Work that takes longer than a page may take: who started it, how far it is, what came of it.

    States change only by compare-and-set in ``bureau.jobs.runner`` and ``bureau.jobs.progress``, so that of two
    processes one wins. ``worker`` names the run that holds the job ("host:pid:random"); ``attempts`` counts the runs
    since ``cursor`` last moved; ``cursor`` is where a resumed run goes on.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    SCOPE = scoping.OWN
    OWNER = "started_by"
    AREA = "job"
    OPEN = (State.QUEUED, State.RUNNING)
    OVER = (State.DONE, State.FAILED, State.CANCELLED)

    key = models.CharField(_("kind of job"), max_length=100)
    title = models.CharField(_("title"), max_length=200)
    arguments = models.JSONField(default=dict, blank=True)
    # Nobody: a command that was given no name.
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="jobs",
        verbose_name=_("started by"),
    )
    office = models.ForeignKey(
        "bureau.Office",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("for office"),
    )
    language = models.CharField(max_length=10, default=settings.LANGUAGE_CODE)
    ip_address = models.GenericIPAddressField(_("from address"), null=True, blank=True)

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    progress_done = models.PositiveBigIntegerField(_("done so far"), default=0)
    progress_total = models.PositiveBigIntegerField(_("to do in all"), null=True, blank=True)
    message = models.CharField(_("what it is doing"), max_length=200, blank=True)
    cursor = models.JSONField(null=True, blank=True)
    worker = models.CharField(max_length=200, blank=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    task_id = models.UUIDField(null=True, blank=True)
    cancel_requested_at = models.DateTimeField(null=True, blank=True)

    result = models.JSONField(null=True, blank=True)
    result_file = models.FileField(_("result file"), upload_to=result_path, max_length=200, blank=True)
    result_name = models.CharField(_("file name"), max_length=200, blank=True)
    error = models.TextField(_("what went wrong"), blank=True)

    created_at = models.DateTimeField(_("started at"), auto_now_add=True)
    started_at = models.DateTimeField(_("first run at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view", "add", "change")
        indexes = [
            models.Index(fields=["started_by", "-created_at"], name="jobs_job_mine"),
            models.Index(fields=["state"], name="jobs_job_open", condition=Q(state__in=["queued", "running"])),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(title=""),
                name="jobs_job_named",
                violation_error_message=_("A job needs a kind and a title."),
            ),
            models.CheckConstraint(
                condition=Q(state="running", heartbeat_at__isnull=False) & ~Q(worker="")
                | ~Q(state="running") & Q(worker=""),
                name="jobs_job_worker",
                violation_error_message=_("A job has a worker while it runs, and only then."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running"], finished_at__isnull=True)
                | Q(state__in=["done", "failed", "cancelled"], finished_at__isnull=False),
                name="jobs_job_finished",
                violation_error_message=_("A job that is over has an end time, and no other has one."),
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(error=""),
                name="jobs_job_error",
                violation_error_message=_("A failed job says what went wrong."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.state in self.OVER

    @property
    def is_cancelling(self) -> bool:
        return self.cancel_requested_at is not None and not self.is_over

    @property
    def percent(self) -> int | None:
        """0 to 100, never 100 before the end; None where the total is not known."""
        if self.state == self.State.DONE:
            return 100
        if not self.progress_total:
            return None
        return min(99, self.progress_done * 100 // self.progress_total)

    @property
    def label(self) -> str:
        kind = registry.find(self.key)
        return str(kind.label) if kind else self.key

    @property
    def result_url(self) -> str | None:
        kind = registry.find(self.key)
        if self.state != self.State.DONE or kind is None or kind.result_url is None:
            return None
        return kind.result_url(self)

    @property
    def result_template(self) -> str:
        kind = registry.find(self.key)
        return kind.result_template if kind and self.state == self.State.DONE else ""
