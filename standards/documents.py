"""The document set of a standard (JJF 1033): which papers there are, and which are missing."""

from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from bureau import documents
from bureau.models import Attachment
from standards.models import DocumentKind, MeasurementStandard
from standards.models.rule import EventKind, State


def kinds(record: Any = None) -> list[tuple[str, str]]:
    """(code, label) of the kinds of today's edition, in its order."""
    return [(kind.code, str(kind)) for kind in DocumentKind.objects.in_force(timezone.localdate())]


def missing(standard: MeasurementStandard, on: date) -> list[DocumentKind]:
    """The kinds that the edition of the day asks for and of which the standard has no paper, in their order.

    Those of a re-examination count for a standard that had one, or that is in one.
    """
    had = _was_reexamined(standard)
    needed = [kind for kind in DocumentKind.objects.in_force(on) if _is_needed(kind, had=had)]
    papers = Attachment.objects.filter(
        content_type=ContentType.objects.get_for_model(MeasurementStandard), object_id=standard.pk
    )
    there = set(papers.not_voided().exclude(kind="").values_list("kind", flat=True))
    return [kind for kind in needed if kind.code not in there]


def _is_needed(kind: DocumentKind, *, had: bool) -> bool:
    return kind.is_needed_at_set_up or (had and kind.is_needed_at_reexamination)


def _was_reexamined(standard: MeasurementStandard) -> bool:
    if standard.state == State.REEXAMINATION:
        return True
    return standard.events.not_voided().filter(kind=EventKind.REEXAMINED).exists()


documents.register(MeasurementStandard, kinds)
