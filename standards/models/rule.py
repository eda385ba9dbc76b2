from django.db import models
from django.utils.translation import gettext_lazy as _

from bureau.models import ReferenceRow


class State(models.TextChoices):
    """What can be said of a standard on a day. "Expired" is not among them: it follows from the date."""

    DRAFT = "draft", _("Being set up")
    NEW_EXAMINATION = "new_exam", _("Examination of a new standard under way")
    VALID = "valid", _("In service")
    REEXAMINATION = "review", _("Re-examination under way")
    SEALED = "sealed", _("Sealed")
    WITHDRAWN = "revoked", _("Withdrawn by its unit")
    CANCELLED = "cancelled", _("Cancelled by the authority")


class EventKind(models.TextChoices):
    """What happens to a standard in its life (JJF 1033, application, review and change forms)."""

    APPLIED = "applied", _("Application")
    ACCEPTED = "accepted", _("Application accepted")
    EXAMINATION_BEGUN = "exam_begun", _("Examination begun")
    ESTABLISHED = "established", _("Set up: certificate issued")
    REEXAMINATION_BEGUN = "review_begun", _("Re-examination begun")
    REEXAMINED = "reexamined", _("Re-examined: certificate issued")
    EXAMINATION_FAILED = "exam_failed", _("Examination failed")
    EQUIPMENT_REPLACED = "replaced", _("Equipment replaced")
    CHANGED = "changed", _("Specification, staff or environment changed")
    SEALED = "sealed", _("Sealed")
    RESTORED = "restored", _("Restored to service")
    WITHDRAWN = "withdrawn", _("Withdrawn by its unit")
    CANCELLED = "cancelled", _("Cancelled by the authority")


CERTIFYING = (EventKind.ESTABLISHED, EventKind.REEXAMINED)


class LifecycleRule(ReferenceRow):
    """In which state an event may happen, and in which state it leaves a standard.

    ``from_state`` empty means: before anything was recorded. ``from_expired`` tells whether the move is also open
    after the certificate ran out. ``to_state`` empty means: back to the state before the examination. ``clause`` is
    named to the clerk whose event is refused.
    """

    event = models.CharField(_("event"), max_length=20, choices=EventKind.choices)
    from_state = models.CharField(_("from state"), max_length=20, choices=State.choices, blank=True)
    to_state = models.CharField(_("to state"), max_length=20, choices=State.choices, blank=True)
    from_expired = models.BooleanField(_("also after expiry"), default=True)
    clause = models.CharField(_("clause"), max_length=40, blank=True)

    class Meta(ReferenceRow.Meta):
        verbose_name = _("life-cycle rule")
        verbose_name_plural = _("life-cycle rules")
        ordering = ["edition", "event", "from_state"]
        constraints = [
            *ReferenceRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "event", "from_state"],
                name="standards_lifecyclerule_once",
                violation_error_message=_("This edition already has a rule for the event in this state."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_state_display() or '—'} → {self.get_event_display()}"
