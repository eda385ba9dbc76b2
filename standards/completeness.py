"""What the file of a standard still lacks (JJF 1033), as sentences for the clerk."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from standards import documents, staffing
from standards.models import DeviceTrace, MeasurementStandard, StandardDevice, StandardItem
from standards.models.rule import State

OVER = (State.WITHDRAWN, State.CANCELLED)


def shortcomings(standard: MeasurementStandard, on: date) -> list[str]:
    """What is missing on the day; nothing is asked of a standard that was withdrawn or cancelled."""
    if standard.state in OVER:
        return []
    return [*_of_the_file(standard, on), *_of_devices(standard, on), *staffing.shortfall(standard, on)]


def _of_the_file(standard: MeasurementStandard, on: date) -> Iterator[str]:
    if not standard.classification_code:
        yield _("The classification code is missing (JJF 1022).")
    if not StandardItem.objects.not_voided().in_force(on).filter(standard=standard).exists():
        yield _("No item that is verified or calibrated with it is entered.")
    if papers := documents.missing(standard, on):
        yield _("Documents missing: %(papers)s.") % {"papers": _(", ").join(str(paper) for paper in papers)}


def _of_devices(standard: MeasurementStandard, on: date) -> Iterator[str]:
    devices = StandardDevice.objects.not_voided().in_force(on).filter(standard=standard)
    if not devices.filter(is_main=True).exists():
        yield _("No main device is entered.")
    traced = DeviceTrace.objects.valid(on)
    if lapsed := [str(device) for device in devices.exclude(pk__in=traced.values("device"))]:
        yield _("Without a valid traceability certificate: %(devices)s.") % {"devices": _(", ").join(lapsed)}
