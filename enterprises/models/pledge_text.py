from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from bureau.dates import add_months
from bureau.models import ReferenceRow


class PledgeText(ReferenceRow):
    """The text of the integrity pledge (诚信计量自我承诺书) in one edition, and how long a pledge by it holds."""

    title = models.CharField(_("title"), max_length=60)
    body = models.TextField(_("text"), max_length=8000, help_text=_("One paragraph a line, as it is printed."))
    valid_years = models.PositiveSmallIntegerField(
        _("valid for years"), null=True, blank=True, help_text=_("Empty: a pledge holds until it is withdrawn.")
    )

    class Meta(ReferenceRow.Meta):
        verbose_name = _("text of the integrity pledge")
        verbose_name_plural = _("texts of the integrity pledge")
        ordering = ["-effective_from", "-pk"]
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition"],
                name="enterprises_pledgetext_edition",
                violation_error_message=_("There is a text of this edition already."),
            ),
        ]

    def __str__(self) -> str:
        return self.edition

    @property
    def paragraphs(self) -> list[str]:
        return [line.strip() for line in self.body.splitlines() if line.strip()]


class Texts:
    """The editions of the pledge, read once."""

    def __init__(self) -> None:
        self._rows = list(PledgeText.objects.newest_first())

    def of_day(self, on: date) -> PledgeText | None:
        """The edition in force on that day; the latest one, where several are."""
        return next((row for row in self._rows if row.holds(on)), None)

    def last_day(self, text_id: int | None, signed_on: date) -> date | None:
        """Until when a pledge holds by the text it was given in, else by that of its day. None: it has no end."""
        named = (row for row in self._rows if row.pk == text_id)
        text = next(named, None) or self.of_day(signed_on)
        if text is None or text.valid_years is None:
            return None
        return add_months(signed_on, 12 * text.valid_years) - timedelta(days=1)
