from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bureau.models import Record
from bureau.models.record import NOT_VOIDED


class ServiceTeam(Record):
    """A team that goes out to serve enterprises (计量服务队), from the day it was formed to its last; no names."""

    agency = models.CharField(_("unit of the team"), max_length=100)
    name = models.CharField(_("team name"), max_length=100)
    begins_on = models.DateField(_("formed on"))
    ends_on = models.DateField(_("last day of the team"), null=True, blank=True)
    members = models.PositiveSmallIntegerField(_("members"))
    experts = models.PositiveSmallIntegerField(_("experts among them"), default=0)
    roles = models.CharField(
        _("roles in the team"), max_length=200, blank=True, help_text=_("Roles and fields, no names of persons.")
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("service team")
        verbose_name_plural = _("service teams")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"],
                condition=NOT_VOIDED,
                name="enterprises_serviceteam_once",
                violation_error_message=_("This unit already has a team of this name."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="enterprises_serviceteam_dates",
                violation_error_message=_("It cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(members__gte=1),
                name="enterprises_serviceteam_members",
                violation_error_message=_("A team has at least one member."),
            ),
            models.CheckConstraint(
                condition=Q(experts__lte=F("members")),
                name="enterprises_serviceteam_experts",
                violation_error_message=_("A team cannot have more experts than members."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


def problem_of_team(begins_on: date, ends_on: date | None, day: date) -> str | None:
    """Why the team cannot have been out on that day, as a sentence; None if it can."""
    if begins_on <= day and (ends_on is None or day <= ends_on):
        return None
    return gettext("On %(day)s there was no such team.") % {"day": day.isoformat()}
