from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow, Tracked
from bureau.models.record import NOT_VOIDED
from standards.models.document import DocumentKind
from standards.models.event import StandardEvent
from standards.models.rule import EventKind


class PaperRule(ReferenceRow):
    """A paper that an event needs, or that belongs to it where there is one (JJF 1033, lists of papers).

    Several editions of the lists may hold on a day; the paper is named by the code of its kind.
    """

    event = models.CharField(_("event"), max_length=20, choices=EventKind.choices)
    renews = models.BooleanField(
        _("for a re-examination"),
        default=False,
        help_text=_("The list for standards that had a certificate before; otherwise for a new standard."),
    )
    document = models.CharField(_("document"), max_length=40, help_text=_("Code of a kind of document."))
    is_required = models.BooleanField(_("required"), default=True, help_text=_("Otherwise only where there is one."))
    note = models.CharField(_("note"), max_length=100, blank=True)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("paper of an event")
        verbose_name_plural = _("papers of events")
        ordering = ["edition", "event", "renews", "pk"]
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "event", "renews", "document"],
                name="standards_paperrule_once",
                violation_error_message=_("This edition already lists the paper for this event."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_event_display()}: {self.document}"

    def clean(self) -> None:
        if not DocumentKind.objects.filter(code=self.document).exists():
            raise ValidationError({"document": _("There is no kind of document with this code.")})


class EventPaper(Tracked):
    """A paper that was handed in for an event; its file hangs on the standard under the same kind."""

    SCOPE = "as_parent"
    PARENT = "event"

    event = models.ForeignKey(
        StandardEvent, on_delete=models.PROTECT, related_name="papers", verbose_name=_("life-cycle event")
    )
    document = models.CharField(_("document"), max_length=40)
    handed_in_on = models.DateField(_("handed in on"), null=True, blank=True)
    is_not_needed = models.BooleanField(_("not needed"), default=False)
    remark = models.CharField(
        _("remark"), max_length=200, blank=True, help_text=_("Why a required paper is not needed.")
    )

    class Meta(Tracked.Meta):
        verbose_name = _("paper handed in")
        verbose_name_plural = _("papers handed in")
        ordering = ["event", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "document"],
                condition=NOT_VOIDED,
                name="standards_eventpaper_once",
                violation_error_message=_("This paper is on the list of the event already."),
            ),
            models.CheckConstraint(
                condition=Q(is_not_needed=False, handed_in_on__isnull=False)
                | Q(is_not_needed=True, handed_in_on__isnull=True) & ~Q(remark=""),
                name="standards_eventpaper_state",
                violation_error_message=_(
                    "A paper was handed in on a day, or it is not needed and the remark says why: one of the two."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.document


class EventDevice(Tracked):
    """A device of the standard that a replacement took out or brought in."""

    SCOPE = "as_parent"
    PARENT = "event"

    class Side(models.TextChoices):
        BEFORE = "before", _("Before the change")
        AFTER = "after", _("After the change")

    event = models.ForeignKey(
        StandardEvent, on_delete=models.PROTECT, related_name="devices", verbose_name=_("life-cycle event")
    )
    side = models.CharField(_("before or after"), max_length=10, choices=Side.choices)
    device = models.ForeignKey(
        "standards.StandardDevice", on_delete=models.PROTECT, related_name="changes", verbose_name=_("device")
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta(Tracked.Meta):
        verbose_name = _("device of a replacement")
        verbose_name_plural = _("devices of a replacement")
        ordering = ["event", "-side", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "side", "device"],
                condition=NOT_VOIDED,
                name="standards_eventdevice_once",
                violation_error_message=_("This device is named already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.device}"

    def clean(self) -> None:
        if self.device_id and self.event_id and self.device.standard_id != self.event.standard_id:
            raise ValidationError({"device": _("The device belongs to another standard.")})


def rules_for(event: StandardEvent) -> list[PaperRule]:
    """The papers of the event by the editions of its day, those required first."""
    if not event.on:
        return []
    is_renewal = event.standard.established_on is not None and event.standard.established_on < event.on
    rules = PaperRule.objects.in_force(event.on).filter(event=event.kind, renews=is_renewal)
    return sorted(rules, key=lambda rule: not rule.is_required)


def missing_papers(event: StandardEvent) -> list[str]:
    """Codes of the papers that are required and neither handed in nor stated as not needed."""
    listed = set(event.papers.not_voided().values_list("document", flat=True))  # type: ignore[attr-defined]
    return [rule.document for rule in rules_for(event) if rule.is_required and rule.document not in listed]


def document_names(on: date) -> dict[str, str]:
    """Name by code, of the kinds of documents in force on the day."""
    return {kind.code: str(kind) for kind in DocumentKind.objects.in_force(on)}
