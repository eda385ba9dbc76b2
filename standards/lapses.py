"""Times in which something that standards stand on was not valid, and what stood on it in that time.

A standard stands on its own certificate, on its devices' certificates, on its persons' qualifications and on the
authorisation of its institution. Whatever a standard gave its value to while one of these had lapsed stands on the
lapse as well, for as long as that certificate was used.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bureau import scoping
from bureau.models.record import standing
from standards.chain import names, resolved
from standards.models import (
    DeviceTrace,
    InForceInterval,
    Institution,
    MeasurementStandard,
    StandardDevice,
    StandardPerson,
    Technician,
)
from standards.spans import FOREVER, Span, common, merged, span, without

# By standard the days.
Days = dict[int, list[Span]]


class Subject:
    """Something that may lapse: on which days it was needed, on which of these it was valid, and who stood on it."""

    key: ClassVar[str] = ""
    label: ClassVar[str | Promise] = ""
    model: ClassVar[type[Model]]

    def needed(self, row: Any) -> list[Span]:
        raise NotImplementedError(f"{type(self).__name__} must say when it is needed.")

    def valid(self, row: Any) -> list[Span]:
        raise NotImplementedError(f"{type(self).__name__} must say when it is valid.")

    def standards(self, row: Any, time: Span) -> Days:
        raise NotImplementedError(f"{type(self).__name__} must say who stands on it.")

    def lapses(self, row: Any, today: date, *, among: list[Span] | None = None) -> list[Span]:
        """The days up to today on which it was needed and not valid; ``among``: only of these, needed or not."""
        needed = self.needed(row) if among is None else among
        return without(common(needed, [(date.min, today)]), self.valid(row))


class OfStandard(Subject):
    key, label, model = "standard", _("Certificate of the standard"), MeasurementStandard

    def needed(self, row: MeasurementStandard) -> list[Span]:
        """From its first certificate on; a standard that was withdrawn or cancelled ends with its last day in force."""
        intervals = self.valid(row)
        if row.established_on is None or not intervals:
            return []
        is_over = row.state in ("revoked", "cancelled")
        return [(row.established_on, intervals[-1][1] if is_over else FOREVER)]

    def valid(self, row: MeasurementStandard) -> list[Span]:
        return merged(row.in_force_intervals.values_list("begins_on", "ends_on"))

    def standards(self, row: MeasurementStandard, time: Span) -> Days:
        return {row.pk: [time]}


class OfDevice(Subject):
    key, label, model = "device", _("Traceability certificate of a device"), StandardDevice

    def needed(self, row: StandardDevice) -> list[Span]:
        return common([span(row.begins_on, row.ends_on)], in_force([row.standard_id]).get(row.standard_id, []))

    def valid(self, row: StandardDevice) -> list[Span]:
        fit = [trace for trace in row.traces.all() if trace.is_fit and not trace.is_voided]
        return merged(span(trace.on, trace.valid_until) for trace in fit)

    def standards(self, row: StandardDevice, time: Span) -> Days:
        return {row.standard_id: common([span(row.begins_on, row.ends_on)], [time])}


class OfTechnician(Subject):
    key, label, model = "technician", _("Qualification of a person"), Technician

    def needed(self, row: Technician) -> list[Span]:
        """The days on which the person worked with any standard."""
        return merged(span(each.begins_on, each.ends_on) for each in self._roles(row))

    def valid(self, row: Technician) -> list[Span]:
        proofs = [span(each.issued_on, each.valid_until) for each in row.qualifications.all() if not each.is_voided]
        return common([span(row.begins_on, row.ends_on)], proofs)

    def standards(self, row: Technician, time: Span) -> Days:
        return _by_standard((each.standard_id, span(each.begins_on, each.ends_on)) for each in self._roles(row)).within(
            time
        )

    def _roles(self, row: Technician) -> Iterable[StandardPerson]:
        return StandardPerson.objects.filter(standing(StandardPerson), technician=row)


class OfInstitution(Subject):
    key, label, model = "institution", _("Authorisation of an institution"), Institution

    def needed(self, row: Institution) -> list[Span]:
        """From the first authorisation on record on: earlier ones may only not have been entered."""
        valid = self.valid(row)
        return common([span(row.begins_on, row.ends_on)], [(valid[0][0], FOREVER)]) if valid else []

    def valid(self, row: Institution) -> list[Span]:
        papers = [each for each in row.authorisations.all() if not each.is_voided]
        return merged(span(each.issued_on, each.valid_until) for each in papers)

    def standards(self, row: Institution, time: Span) -> Days:
        """Its own standards, and those whose devices it verified or calibrated in that time."""
        own = row.standards.not_voided().values_list("pk", flat=True)
        traces = DeviceTrace.objects.filter(standing(DeviceTrace), institution=row, on__range=_dates(time))
        found = _Collected({pk: common(spans, [time]) for pk, spans in in_force(list(own)).items()})
        for trace in traces.select_related("device"):
            found.add(trace.device.standard_id, _used(trace))
        return found.days


SUBJECTS: dict[str, Subject] = {each.key: each for each in (OfStandard(), OfDevice(), OfTechnician(), OfInstitution())}


class _Collected:
    def __init__(self, days: Days | None = None) -> None:
        self.days: Days = days or {}

    def add(self, standard: int, spans: list[Span]) -> list[Span]:
        """Returns the days that are new."""
        new = without(spans, self.days.get(standard, []))
        if new:
            self.days[standard] = merged([*self.days.get(standard, []), *new])
        return new

    def within(self, time: Span) -> Days:
        days = {standard: common(spans, [time]) for standard, spans in self.days.items()}
        return {standard: spans for standard, spans in days.items() if spans}


def _by_standard(pairs: Iterable[tuple[int, Span]]) -> _Collected:
    found = _Collected()
    for standard, one in pairs:
        found.add(standard, [one])
    return found


def in_force(standards: Sequence[int]) -> Days:
    """The days on which each of the standards was in force."""
    days: Days = {}
    rows = InForceInterval.objects.filter(standard__in=standards).order_by("begins_on")
    for standard, begins_on, ends_on in rows.values_list("standard", "begins_on", "ends_on"):
        days.setdefault(standard, []).append((begins_on, ends_on))
    return days


def _dates(time: Span) -> tuple[date, date]:
    return time


def _used(trace: DeviceTrace) -> list[Span]:
    """The days on which a device was used by this certificate."""
    device = trace.device
    return common([span(trace.on, trace.valid_until)], [span(device.begins_on, device.ends_on)])


@dataclass(frozen=True)
class Stood:
    """A standard that stood on a lapse on some days; ``is_direct`` is false where the value came by another one."""

    standard: MeasurementStandard
    days: list[Span]
    is_direct: bool


def stood_on(subject: Subject, row: Any, time: Span, user: Any) -> list[Stood]:
    """Every standard, in the reader's sight, that stood on it in that time, with the days; a few queries a level.

    A standard calibrated by one that stood on the lapse stands on it as long as that certificate was used.
    """
    direct = subject.standards(row, time)
    found = _Collected({standard: list(spans) for standard, spans in direct.items() if spans})
    level = dict(found.days)
    while level:
        following = _Collected()
        for standard, spans in _calibrated_by(level, user):
            if new := found.add(standard, spans):
                following.add(standard, new)
        level = following.days
    visible = scoping.visible_to(MeasurementStandard.objects.not_voided(), user).in_bulk(list(found.days))
    stood = [Stood(visible[pk], days, pk in direct) for pk, days in found.days.items() if pk in visible]
    return sorted(stood, key=lambda each: (not each.is_direct, each.days[0], each.standard.pk))


def _calibrated_by(days: Days, user: Any) -> Iterable[tuple[int, list[Span]]]:
    """What the standards gave their value to on these days."""
    above = list(MeasurementStandard.objects.filter(pk__in=list(days)))
    traces = scoping.visible_to(DeviceTrace.objects.filter(standing(DeviceTrace), names(above)), user)
    rows = list(traces.select_related("device"))
    sources = resolved(rows, user)
    for trace in rows:
        source = sources.get(trace.pk)
        if source and any(first <= trace.on <= last for first, last in days.get(source.pk, ())):
            yield trace.device.standard_id, _used(trace)
