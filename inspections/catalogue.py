"""Taking in an edition of the catalogue under mandatory control (实施强制管理的计量器具目录), its official annex."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Min, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from bureau.exchange.context import Context
from bureau.exchange.layouts.table import FileRow, open_table
from bureau.exchange.lines import place_of
from bureau.exchange.sheets import BadRow, Problem
from bureau.operations import Action, log
from inspections.models import CatalogueEntry
from inspections.sheets.catalogue import CatalogueSheet

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Fault:
    """What is wrong in a row of the annex."""

    row: str
    column: str
    value: str
    reason: str


class Refused(Exception):
    """Nothing was taken: an edition stands as a whole."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


@dataclass(frozen=True)
class Taken:
    """How many entries the edition has new and changed, and of how many that it had the annex says nothing."""

    created: int
    updated: int
    unnamed: int


def read(path: Path) -> list[dict[str, Any]]:
    """The entries of an annex. Raises ``BadFile`` if it cannot be read, ``Refused`` with all that is wrong."""
    sheet, context = CatalogueSheet(), Context(None)  # type: ignore[arg-type]
    with open_table(path, sheet) as table:
        rows = list(table.rows())
    found, faults, seen = [], [], {}
    raws = {name: [row.cells[name] for row in rows] for name in (rows[0].cells if rows else ())}
    for row, reading in zip(rows, sheet.parse_all(raws, context) if rows else (), strict=True):
        problems = reading.problems + reading.doubts
        try:
            values = {} if problems else sheet.check({**sheet.initial(context), **reading.values}, context)
        except BadRow as bad:
            values, problems = {}, bad.problems
        if values and (first := seen.setdefault(values["kind"], row.number)) != row.number:
            reason = _("Row %(row)s is about the same kind.") % {"row": place_of(first, ())}
            problems = [sheet.problem("kind", values, reason)]
        faults += [_fault(sheet, row, problem) for problem in problems]
        found.append(values)
    if not rows:
        faults.append(Fault("", "", "", _("The file has no entry.")))
    if faults:
        raise Refused(faults)
    return found


def _fault(sheet: CatalogueSheet, row: FileRow, problem: Problem) -> Fault:
    column = sheet.by_name.get(problem.column)
    return Fault(place_of(row.number, ()), str(column.label) if column else "", problem.value, problem.reason)


@transaction.atomic
def take(entries: list[dict[str, Any]], *, edition: str, effective_from: date, request: HttpRequest) -> Taken:
    """Let the edition hold from that day on; what was in force until then ends on the day before."""
    known = {entry.kind_id: entry for entry in CatalogueEntry.objects.filter(edition=edition)}
    others = CatalogueEntry.objects.exclude(edition=edition)
    following = others.filter(effective_from__gt=effective_from).aggregate(first=Min("effective_from"))["first"]
    ends_on = following - DAY if following else None
    for values in entries:
        entry = known.get(values["kind"]) or CatalogueEntry(edition=edition, kind_id=values["kind"])
        for name, value in values.items():
            if name not in ("kind", "uses"):
                setattr(entry, name, value)
        entry.effective_from, entry.effective_to, entry.is_verified = effective_from, ends_on, True
        entry.save()
    begun = Q(effective_from__isnull=True) | Q(effective_from__lt=effective_from)
    reaching = Q(effective_to__isnull=True) | Q(effective_to__gte=effective_from)
    ended = others.filter(begun, reaching).update(effective_to=effective_from - DAY)
    named = {values["kind"] for values in entries}
    taken = Taken(len(named - known.keys()), len(named & known.keys()), len(known.keys() - named))
    log(
        Action.REFERENCE,
        request=request,
        target=f"{CatalogueEntry._meta.verbose_name_plural}: {edition}",
        effective_from=effective_from.isoformat(),
        ended=ended,
        **vars(taken),
    )
    return taken
