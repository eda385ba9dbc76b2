"""The traceability chain of a standard on a day: up to what it is traced to, down to what stands on it.

A floor above says what it did with standards by a subclass of ``Dependants`` with ``@register``, in a module
``dependants``: verifications and the figures counted from them are not known here.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.db.models import Q

from bureau import scoping
from bureau.models.record import standing
from bureau.whatif import is_trial
from standards.models import DeviceTrace, MeasurementStandard, StandardDevice, StandardEvent

# A chain from a county's standard to the national one has five links; more is an error in the entries.
DEEPEST = 8


@dataclass(frozen=True)
class Used:
    """How much was done with a standard in a time, and the page that lists it ("" for none)."""

    count: int
    url: str = ""


class Dependants:
    """What a floor above did with standards. Rows through the scope of ``user``."""

    key: ClassVar[str] = ""
    label: ClassVar[Any] = ""

    def of(self, standard: MeasurementStandard, first: date, last: date, user: Any) -> Used:
        raise NotImplementedError(f"{type(self).__name__} must say what was used.")

    def days_changed(self, standards: Collection[int]) -> None:
        """These are in force on other days than before; told in the transaction of the change."""


_dependants: dict[str, Dependants] = {}


def register(dependants: type[Dependants]) -> type[Dependants]:
    if not (dependants.key and dependants.label):
        raise ValueError(f"{dependants.__name__} needs a key and a label.")
    if dependants.key in _dependants:
        raise ValueError(f"Dependants {dependants.key!r} are registered twice.")
    _dependants[dependants.key] = dependants()
    return dependants


def unregister(key: str) -> None:
    del _dependants[key]


def used(standard: MeasurementStandard, first: date, last: date, user: Any) -> list[tuple[Any, Used]]:
    """(label, how much) of every floor above, nothing left out."""
    return [(each.label, each.of(standard, first, last, user)) for each in _dependants.values()]


def days_changed(standards: Collection[int]) -> None:
    """Tell every floor above; whoever changes the days in force of standards says so. A trial concerns nobody."""
    if standards and not is_trial():
        for each in _dependants.values():
            each.days_changed(standards)


@dataclass
class Link:
    """A device with the certificate that is valid on the day, and the standard above as far as the reader sees it."""

    device: StandardDevice
    trace: DeviceTrace | None = None
    above: MeasurementStandard | None = None


@dataclass
class Node:
    """A standard in the chain with the links to the next ones; ``links`` is empty where the chain ends."""

    standard: MeasurementStandard
    links: list[tuple[Link, "Node | None"]] = field(default_factory=list)


def upward(standard: MeasurementStandard, on: date, user: Any) -> Node:
    """The devices in use on the day, by what they are traced, and so on above. A few queries a level."""
    top = Node(standard)
    known, level = {standard.pk: top}, [top]
    for _depth in range(DEEPEST):
        links = _links([node.standard.pk for node in level], on, user)
        following = []
        for node in level:
            for link in links.get(node.standard.pk, ()):
                is_new = link.above is not None and link.above.pk not in known
                next_node = Node(link.above) if is_new and link.above else None
                node.links.append((link, next_node))
                if next_node:
                    known[next_node.standard.pk] = next_node
                    following.append(next_node)
        level = following
        if not level:
            break
    return top


def downward(standard: MeasurementStandard, on: date, user: Any) -> Node:
    """The standards whose devices are traced to it on the day, and so on below. A few queries a level."""
    top = Node(standard)
    known, level = {standard.pk: top}, [top]
    for _depth in range(DEEPEST):
        below = _traced_to([node.standard for node in level], on, user)
        following = []
        for node in level:
            for link in below.get(node.standard.pk, ()):
                is_new = link.device.standard_id not in known
                next_node = Node(link.device.standard) if is_new else None
                node.links.append((link, next_node))
                if next_node:
                    known[next_node.standard.pk] = next_node
                    following.append(next_node)
        level = following
        if not level:
            break
    return top


def _links(standards: Sequence[int], on: date, user: Any) -> dict[int, list[Link]]:
    devices = scoping.visible_to(StandardDevice.objects.in_force(on).filter(standing(StandardDevice)), user)
    links = {device.pk: Link(device) for device in devices.filter(standard__in=standards)}
    _attach(links, on, user)
    by_standard: dict[int, list[Link]] = {}
    for link in links.values():
        by_standard.setdefault(link.device.standard_id, []).append(link)
    return by_standard


def _attach(links: dict[int, Link], on: date, user: Any) -> None:
    """The latest certificate that is valid on the day, and the standard that it names."""
    traces = DeviceTrace.objects.valid(on).filter(device__in=list(links)).order_by("on", "pk")
    for trace in traces:
        links[trace.device_id].trace = trace
    above = resolved([link.trace for link in links.values() if link.trace], user)
    for link in links.values():
        link.above = above.get(link.trace.pk) if link.trace else None


def _traced_to(standards: Sequence[MeasurementStandard], on: date, user: Any) -> dict[int, list[Link]]:
    """By the standard above; a device whose latest certificate names another one has left this one."""
    pks = {standard.pk for standard in standards}
    devices = scoping.visible_to(StandardDevice.objects.in_force(on).filter(standing(StandardDevice)), user)
    named = DeviceTrace.objects.valid(on).filter(names(standards))
    rows = devices.filter(pk__in=named.values("device")).select_related("standard")
    links = {device.pk: Link(device) for device in rows}
    _attach(links, on, user)
    below: dict[int, list[Link]] = {}
    for link in links.values():
        if link.above is not None and link.above.pk in pks:
            below.setdefault(link.above.pk, []).append(link)
    return below


def names(standards: Iterable[MeasurementStandard]) -> Q:
    """Certificates that name one of the standards, by pointing to it or by one of its numbers."""
    pks = {standard.pk for standard in standards}
    return Q(traced_to__in=pks) | Q(traced_to__isnull=True, traced_to_no__in=list(_numbers_of(pks)))


def _numbers_of(pks: set[int]) -> dict[str, int]:
    """Every number that the standards' certificates ever bore → the standard."""
    events = StandardEvent.objects.not_voided().filter(standard__in=pks).exclude(certificate_no="")
    return dict(events.values_list("certificate_no", "standard"))


def resolved(traces: Iterable[DeviceTrace], user: Any) -> dict[int, MeasurementStandard]:
    """By certificate the standard above, where the reader sees it: pointed to, or named by its number."""
    traces = list(traces)
    numbers = {trace.traced_to_no for trace in traces if trace.traced_to_no and not trace.traced_to_id}
    events = StandardEvent.objects.not_voided().filter(certificate_no__in=numbers)
    seen = scoping.visible_to(MeasurementStandard.objects.not_voided(), user)
    by_number = dict(events.filter(standard__in=seen.values("pk")).values_list("certificate_no", "standard"))
    wanted = {trace.pk: trace.traced_to_id or by_number.get(trace.traced_to_no) for trace in traces}
    rows = seen.in_bulk({pk for pk in wanted.values() if pk})
    return {trace: rows[pk] for trace, pk in wanted.items() if pk in rows}
