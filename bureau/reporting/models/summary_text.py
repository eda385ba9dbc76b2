from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bureau.models import Record
from bureau.models.record import NOT_VOIDED
from bureau.reporting.models.of_days import problem_of_days
from bureau.reporting.periods import Period

LONGEST_BODY = 60_000


class SummaryText(Record):
    """The wording of an office's own of the summary of a region and the days of a period, both included.

    ``body``: a paragraph a line, with marks where figures stand; "# " begins the title, "## " and "### " headings.
    Empty, it is the wording that ships. ``shown``: the numbers, by mark, as they stood when the text was last saved,
    downloaded or looked through.
    """

    AREA = "figure"
    DERIVED = ("shown",)

    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to (included)"))
    body = models.TextField(_("wording"), max_length=LONGEST_BODY, blank=True, editable=False)
    shown = models.JSONField(default=dict, editable=False)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("wording of a summary")
        verbose_name_plural = _("wordings of summaries")
        ordering = ["-ends_on", "region", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "region", "begins_on", "ends_on"],
                condition=NOT_VOIDED,
                name="reporting_summarytext_once",
                violation_error_message=_("The office has a wording for this region and these days already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="reporting_summarytext_dates",
                violation_error_message=_("The period ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.begins_on} – {self.ends_on}"

    @property
    def period(self) -> Period:
        return Period(self.begins_on, self.ends_on)

    def clean(self) -> None:
        super().clean()
        if self.begins_on and self.ends_on and (problem := problem_of_days(self.begins_on, self.ends_on)):
            raise ValidationError({"begins_on": problem})
        if self.region_id and self.ends_on and (problem := self.region.problem_on(self.ends_on)):
            raise ValidationError({"region": problem})
        from bureau.reporting.year_text.reading import problems_of  # what reads a wording stands above the models

        problems: Any = problems_of(self.body, self.region_id) if self.region_id else []
        if problems:
            raise ValidationError([str(problem) for problem in problems])
