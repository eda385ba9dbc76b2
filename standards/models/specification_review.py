from django.db import models
from django.utils.translation import gettext_lazy as _

from bureau.models import Tracked
from bureau.models.record import NOT_VOIDED


class SpecificationReview(Tracked):
    """A review of a local specification: does it stay in force, has it to be revised, or is it abolished?"""

    class Conclusion(models.TextChoices):
        KEEP = "keep", _("Stays in force")
        REVISE = "revise", _("To be revised")
        ABOLISH = "abolish", _("To be abolished")

    SCOPE = "as_parent"
    PARENT = "specification"

    specification = models.ForeignKey(
        "standards.Specification",
        on_delete=models.PROTECT,
        related_name="reviews",
        verbose_name=_("local specification"),
    )
    on = models.DateField(_("reviewed on"))
    conclusion = models.CharField(_("conclusion"), max_length=10, choices=Conclusion.choices)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Tracked.Meta):
        verbose_name = _("review of a specification")
        verbose_name_plural = _("reviews of specifications")
        ordering = ["-on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["specification", "on"],
                condition=NOT_VOIDED,
                name="standards_specificationreview_once",
                violation_error_message=_("A review of that day is already recorded."),
            )
        ]
        indexes = [models.Index(fields=["on"], name="standards_specreview_on")]

    def __str__(self) -> str:
        return f"{self.on} {self.get_conclusion_display()}"
