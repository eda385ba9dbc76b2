"""What is due about measurement standards; one class is one kind (``bureau.due.kinds``)."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.due.kinds import DueKind, register
from standards.models import (
    Authorisation,
    Comparison,
    ComparisonFollowUp,
    DeviceTrace,
    ExaminationFinding,
    MeasurementStandard,
    Qualification,
    RepeatabilityTest,
    Specification,
    SpotCheck,
    StabilityCheck,
    StandardEvent,
)
from standards.models.rule import EventKind, State
from standards.models.standard import IN_SERVICE


@register
class CertificateExpiry(DueKind):
    """A standard in service whose certificate runs out: it has to be re-examined before."""

    key = "standards.certificate"
    label = _("Re-examination of a measurement standard")
    model = MeasurementStandard
    due_path = "valid_until"
    condition = Q(state__in=IN_SERVICE)

    def holder(self, row: Any) -> str:
        return row.holder


@register
class ComparisonResults(DueKind):
    """A comparison whose laboratories have to hand in their results."""

    key = "comparisons.results"
    label = _("Results of a comparison")
    model = Comparison
    due_path = "results_due_on"
    condition = Q(disclosed_on__isnull=True, reported_on__isnull=True)

    def holder(self, row: Any) -> str:
        return row.organiser


@register
class ComparisonFollowUps(DueKind):
    """What a laboratory has to put right after an unsatisfactory result."""

    key = "comparisons.follow_up"
    label = _("Follow-up of a comparison")
    model = ComparisonFollowUp
    due_path = "due_on"
    condition = Q(settled_on__isnull=True)
    related = ("comparison", "participant")

    def title(self, row: Any) -> str:
        return str(row.comparison)

    def holder(self, row: Any) -> str:
        return row.participant.name


@register
class DeviceTraces(DueKind):
    """A device in use with a standard in service, whose last certificate runs out."""

    key = "standards.device_trace"
    label = _("Traceability of a device")
    model = DeviceTrace
    due_path = "valid_until"
    condition = Q(is_fit=True, device__standard__state__in=IN_SERVICE)
    related = ("device__standard",)

    def open_rows(self) -> QuerySet:
        """Of the certificates of a device that is in use, the one that is valid longest."""
        in_use = Q(device__ends_on__isnull=True) | Q(device__ends_on__gte=timezone.localdate())
        others = DeviceTrace.objects.not_voided().filter(device=OuterRef("device"), is_fit=True)
        later = others.filter(
            Q(valid_until__isnull=True)
            | Q(valid_until__gt=OuterRef("valid_until"))
            | Q(valid_until=OuterRef("valid_until"), pk__gt=OuterRef("pk"))
        )
        return super().open_rows().filter(in_use).exclude(Exists(later))

    def title(self, row: Any) -> str:
        return f"{row.device} · {row.device.standard.name}"

    def holder(self, row: Any) -> str:
        return row.device.standard.holder


@register
class SealingEnds(DueKind):
    """A sealed standard whose period of sealing runs out: it is resumed, examined anew or withdrawn."""

    key = "standards.sealed"
    label = _("End of the sealing of a standard")
    model = StandardEvent
    due_path = "sealed_until"
    condition = Q(kind=EventKind.SEALED, standard__state=State.SEALED)
    related = ("standard",)

    def open_rows(self) -> QuerySet:
        """Of several sealings the last."""
        later = StandardEvent.objects.not_voided().filter(standard=OuterRef("standard"), kind=EventKind.SEALED)
        return super().open_rows().exclude(Exists(later.filter(on__gt=OuterRef("on"))))

    def title(self, row: Any) -> str:
        return str(row.standard)

    def holder(self, row: Any) -> str:
        return row.standard.holder


class YearlyRecord(DueKind):
    """The latest record of a standard in service, which another has to follow within a year."""

    due_path = "next_due_on"
    condition = Q(standard__state__in=IN_SERVICE)
    related = ("standard",)

    def open_rows(self) -> QuerySet:
        others = self.model._default_manager.filter(voided_at__isnull=True, standard=OuterRef("standard"))
        later = others.filter(Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), pk__gt=OuterRef("pk")))
        return super().open_rows().exclude(Exists(later))

    def title(self, row: Any) -> str:
        return str(row.standard)

    def holder(self, row: Any) -> str:
        return row.standard.holder


@register
class Repeatability(YearlyRecord):
    """The repeatability test of this year."""

    key = "standards.repeatability"
    label = _("Yearly repeatability test")
    model = RepeatabilityTest


@register
class Stability(YearlyRecord):
    """The stability check of this year."""

    key = "standards.stability"
    label = _("Yearly stability check")
    model = StabilityCheck


@register
class Rectification(DueKind):
    """A defect found in an examination that is not rectified yet."""

    key = "standards.rectification"
    label = _("Rectification after an examination")
    model = ExaminationFinding
    due_path = "rectify_by"
    condition = Q(rectified_on__isnull=True, examination__outcome="")
    related = ("examination__standard", "item")

    def title(self, row: Any) -> str:
        return f"{row.examination.standard} · {row.item}"

    def holder(self, row: Any) -> str:
        return row.examination.standard.holder


@register
class SpotCheckFollowUp(DueKind):
    """What a spot check found and the unit has not put right yet."""

    key = "standards.spot_check"
    label = _("Follow-up of a spot check")
    model = SpotCheck
    due_path = "rectify_by"
    condition = Q(rectified_on__isnull=True)
    related = ("standard",)

    def title(self, row: Any) -> str:
        return str(row.standard)

    def holder(self, row: Any) -> str:
        return row.standard.holder


@register
class AuthorisationExpiry(DueKind):
    """An institution that still stands, whose last certificate runs out."""

    key = "institutions.authorisation"
    label = _("Certificate of an institution")
    model = Authorisation
    due_path = "valid_until"
    condition = Q(institution__ends_on__isnull=True)
    related = ("institution",)

    def open_rows(self) -> QuerySet:
        """Of the certificates of an institution, the one that is valid longest."""
        return super().open_rows().exclude(Exists(_valid_longer(Authorisation, "institution")))

    def title(self, row: Any) -> str:
        return row.certificate_no

    def holder(self, row: Any) -> str:
        return row.institution.name


@register
class QualificationExpiry(DueKind):
    """A technician on the staff, whose last certificate of a kind runs out."""

    key = "people.qualification"
    label = _("Qualification of a technician")
    model = Qualification
    due_path = "valid_until"
    condition = Q(technician__ends_on__isnull=True)
    related = ("technician__institution",)

    def open_rows(self) -> QuerySet:
        return super().open_rows().exclude(Exists(_valid_longer(Qualification, "technician", "kind")))

    def title(self, row: Any) -> str:
        return f"{row.technician} · {row.get_kind_display()}"

    def holder(self, row: Any) -> str:
        return row.technician.institution.name


def _valid_longer(model: Any, *same: str) -> QuerySet:
    """Rows of the same that are valid longer than the row at hand, or without an end."""
    others = model.objects.not_voided().filter(**{name: OuterRef(name) for name in same})
    return others.filter(
        Q(valid_until__isnull=True)
        | Q(valid_until__gt=OuterRef("valid_until"))
        | Q(valid_until=OuterRef("valid_until"), pk__gt=OuterRef("pk"))
    )


@register
class SpecificationReviewDue(DueKind):
    """A local specification in force that has to be reviewed."""

    key = "specifications.review"
    label = _("Review of a local specification")
    model = Specification
    due_path = "review_due_on"

    def holder(self, row: Any) -> str:
        return row.organisation


@register
class SpecificationProject(DueKind):
    """A project of the plan whose text is to be issued."""

    key = "specifications.project"
    label = _("Local specification to be issued")
    model = Specification
    due_path = "due_on"
    condition = Q(issued_on__isnull=True, in_force_on__isnull=True, ended_on__isnull=True)

    def holder(self, row: Any) -> str:
        return row.organisation or row.drafting_units
