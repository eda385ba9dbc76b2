"""All lapses of one standard: of its own certificate and of what it stood on while it was in force."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from standards import staffing
from standards.chain import resolved
from standards.lapses import SUBJECTS, in_force
from standards.models import DeviceTrace, MeasurementStandard, StandardDevice, StandardPerson
from standards.spans import Span, common, span


@dataclass(frozen=True)
class Lapse:
    """``first`` and ``last`` are days that lapsed, ``last`` the day of asking while it lasts; ``key`` and ``pk`` name
    what lapsed, for the page of what stood on it."""

    text: str
    first: date
    last: date
    key: str
    pk: int
    is_open: bool


def lapses_of(standard: MeasurementStandard, today: date, user: Any) -> list[Lapse]:
    """The latest first. Devices, persons and the institution count on the days on which the standard was in force."""
    used = common(in_force([standard.pk]).get(standard.pk, []), [(date.min, today)])
    found = [
        *_named(_("The standard was not in force"), SUBJECTS["standard"].lapses(standard, today), "standard", standard),
        *_of_devices(standard, used, today),
        *_of_persons(standard, used),
        *_of_institution(standard, used, today),
        *_of_those_above(standard, used, today, user),
    ]
    lapses = [Lapse(text, first, last, key, pk, last >= today) for text, (first, last), key, pk in found]
    return sorted(lapses, key=lambda lapse: (lapse.first, lapse.text), reverse=True)


Found = Iterator[tuple[str, Span, str, int]]


def _named(text: str, times: list[Span], key: str, row: Any) -> Found:
    for time in times:
        yield text, time, key, row.pk


def _of_devices(standard: MeasurementStandard, used: list[Span], today: date) -> Found:
    subject = SUBJECTS["device"]
    devices = StandardDevice.objects.not_voided().filter(standard=standard).prefetch_related("traces")
    for device in devices:
        among = common(used, [span(device.begins_on, device.ends_on)])
        text = _("%(device)s: no valid traceability certificate") % {"device": device}
        yield from _named(text, subject.lapses(device, today, among=among), "device", device)


def _of_persons(standard: MeasurementStandard, used: list[Span]) -> Found:
    """Nothing is said of the time before the first person was entered: that is missing, not lapsed."""
    rows = StandardPerson.objects.not_voided().filter(standard=standard)
    persons = list(rows.select_related("technician").prefetch_related("technician__qualifications"))
    if persons:
        used = common(used, [(min(person.begins_on for person in persons), date.max)])
        yield from _named(_("Too few qualified persons"), staffing.lapses(persons, used), "standard", standard)
        alone = staffing.without_responsible(persons, used)
        yield from _named(_("Nobody was responsible"), alone, "standard", standard)


def _of_institution(standard: MeasurementStandard, used: list[Span], today: date) -> Found:
    institution = standard.institution
    if institution is None:
        return
    subject = SUBJECTS["institution"]
    among = common(used, subject.needed(institution))
    text = _("%(institution)s: no valid authorisation") % {"institution": institution}
    yield from _named(text, subject.lapses(institution, today, among=among), "institution", institution)


def _of_those_above(standard: MeasurementStandard, used: list[Span], today: date, user: Any) -> Found:
    """A certificate that was issued on a day on which the standard above was not in force."""
    traces = DeviceTrace.objects.not_voided().filter(device__standard=standard, device__voided_at__isnull=True)
    rows = list(traces.filter(is_fit=True).select_related("device"))
    above = resolved(rows, user)
    days = in_force([each.pk for each in above.values()])
    for trace in rows:
        source = above.get(trace.pk)
        if source is None or any(first <= trace.on <= last for first, last in days.get(source.pk, ())):
            continue
        text = _("%(device)s: certificate %(number)s by a standard that was not in force") % {
            "device": trace.device,
            "number": trace.certificate_no,
        }
        times = common(common([span(trace.on, trace.valid_until)], used), [(date.min, today)])
        yield from _named(text, times, "device", trace.device)
