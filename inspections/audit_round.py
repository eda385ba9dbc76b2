"""The round of a five-year plan: which key energy-using units of a region are due for their audit, by place; and the
work of the auditors in it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau.models.region import bucket_of, subtree_q
from enterprises.models import EnergyUnit
from inspections.models import AuditMember, AuditRule, AuditState, EnergyAudit
from inspections.models.audit_rule import Round
from inspections.models.energy_audit import OPEN_STATES

# How far the audit of a unit is in a round.
PARTS = {
    "done": _("Audit concluded"),
    "under_way": _("Under way"),
    "planned": _("Planned"),
    "left": _("Not planned yet"),
}
Scoped = Callable[[QuerySet], QuerySet]


@dataclass
class Progress:
    """Key units of a place: how far the audit of each is in the round. ``url``: of the place's own page."""

    code: str
    name: str
    url: str = ""
    done: int = 0
    under_way: int = 0
    planned: int = 0
    left: int = 0

    @property
    def units(self) -> int:
        return self.done + self.under_way + self.planned + self.left

    @property
    def percent(self) -> Decimal | None:
        """Of the units, those done; None where there is none."""
        return Decimal(100) * self.done / self.units if self.units else None

    @property
    def parts(self) -> list[tuple[str, Any, int]]:
        """State, its label and the units in it, from the farthest on."""
        return [(state, label, getattr(self, state)) for state, label in PARTS.items()]

    def add(self, state: str) -> None:
        setattr(self, state, getattr(self, state) + 1)

    def __iadd__(self, other: "Progress") -> "Progress":
        for name in ("done", "under_way", "planned", "left"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self


@dataclass
class Workload:
    """``open``: audits before the person; ``done``: concluded in the round; ``led``: of all these, as leader."""

    name: str
    open: int = 0
    done: int = 0
    led: int = 0


@dataclass
class RoundPlan:
    round: Round
    total: Progress
    places: list[Progress]
    left: list[EnergyUnit] = field(default_factory=list)
    workloads: list[Workload] = field(default_factory=list)


def round_on(day: date) -> Round:
    return AuditRule.on(day).round_of(day.year)


def plan_of(of: Round, region: str, names: Iterable[tuple[str, str]], *, on: date, scoped: Scoped) -> RoundPlan:
    """``names``: code and name of the places by which the region is broken down; ``on``: which units are listed.

    Units bear ``last_audited_on``, of any round. As many queries whatever there is.
    """
    audits = EnergyAudit.objects.concluded().filter(unit=OuterRef("pk")).order_by("-concluded_on")
    rows = EnergyUnit.objects.on(on).filter(subtree_q(region, "region"), kind=EnergyUnit.Kind.KEY)
    rows = rows.annotate(last_audited_on=Subquery(audits.values("concluded_on")[:1]))
    units = list(scoped(rows).select_related("enterprise", "region").order_by("region", "enterprise__name", "pk"))
    states = _states(of, units, scoped)
    places = {code: Progress(code, name) for code, name in names}
    own = Progress(region, "")
    total, left = Progress(region, ""), []
    for unit in units:
        state = states.get(unit.pk, "left")
        places.get(bucket_of(unit.region_id, region) or region, own).add(state)
        total.add(state)
        if state == "left":
            left.append(unit)
    listed = [*places.values(), *([own] if own.units else [])]
    return RoundPlan(of, total, listed, left, _workloads(of, region, scoped))


def _states(of: Round, units: list[EnergyUnit], scoped: Scoped) -> dict[int, str]:
    """Of each unit with an audit in the round: done, under way or planned; the farthest one counts."""
    order, found = ("planned", "under_way", "done"), dict[int, str]()
    for unit, state, concluded_on in scoped(_in_round(of)).values_list("unit", "state", "concluded_on"):
        said = "done" if concluded_on else "planned" if state == AuditState.PLANNED else "under_way"
        if unit not in found or order.index(said) > order.index(found[unit]):
            found[unit] = said
    known = {unit.pk for unit in units}
    return {unit: state for unit, state in found.items() if unit in known}


def _in_round(of: Round) -> Any:
    """Concluded in the round; in the running one also those that are open."""
    concluded = EnergyAudit.objects.concluded().filter(concluded_on__range=(of.begins_on, of.ends_on))
    is_running = of.begins_on <= timezone.localdate() <= of.ends_on
    return concluded | EnergyAudit.objects.open() if is_running else concluded


def _workloads(of: Round, region: str, scoped: Scoped) -> list[Workload]:
    """By person where they log in here, else by name; who has most before them comes first."""
    audits = scoped(_in_round(of).filter(subtree_q(region, "region")))
    rows = AuditMember.objects.not_voided().filter(audit__in=audits.values("pk")).order_by("name", "pk")
    found: dict[Any, Workload] = {}
    for name, person, state, is_leader in rows.values_list("name", "person", "audit__state", "is_leader"):
        load = found.setdefault(person or name, Workload(name))
        load.open += state in OPEN_STATES
        load.done += state not in OPEN_STATES
        load.led += is_leader
    return sorted(found.values(), key=lambda load: (-load.open, -load.done, load.name))
