"""Freezing a year of a region, opening it again, and telling whether what was frozen is what stands there."""

import time
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bureau import past
from bureau.models import Office, Staff
from bureau.models.region import final_code
from bureau.operations import Action, log
from bureau.reporting import digests, indicators, regions, versions
from bureau.reporting.differences.reach import models_of
from bureau.reporting.engine import compute, counted_from_rows
from bureau.reporting.figures import Figure, Value
from bureau.reporting.models import FrozenYear
from bureau.reporting.periods import Period

# Before the first frozen year of an installation.
BEGINNING = "0" * 64
# Writers are asked to wait for so long; less than it takes the database to call two who wait for each other a deadlock.
PATIENCE = "900ms"
ATTEMPTS = 8


class CannotFreeze(ValueError):
    """The message is a sentence for the reader."""


@transaction.atomic
def freeze(region: str, year: int, *, office: Office, by: Staff | None) -> FrozenYear:
    """Keep the figures of a region's year as they are now. Raises ``CannotFreeze``, ``regions.UnknownRegion``.

    Writers of records wait meanwhile, so that figures, digests and marks are of one moment.
    """
    regions.place(region)
    if year >= timezone.localdate().year:
        raise CannotFreeze(_("%(year)s is not over yet: it can be frozen from 1 January on.") % {"year": year})
    figures_shown = indicators.of_region(region)
    counted, period = counted_from_rows(figures_shown), Period.year(year)
    models = sorted(models_of(counted), key=lambda model: model._meta.label)
    _hold_writers(models)
    before = FrozenYear.objects.order_by("-pk").first()
    if (standing := latest(region, year)) is not None:
        known = {"year": year, "region": standing.region.name, "number": standing.number}
        raise CannotFreeze(_("%(year)s of %(region)s is frozen already, as version %(number)s.") % known)
    made_of = [each for each in counted if each.key not in {shown.key for shown in figures_shown}]
    figures = compute([*figures_shown, *made_of], region, period, previous=False)
    row = FrozenYear(
        office=office,
        region_id=region,
        year=year,
        number=FrozenYear.objects.filter(region=region, year=year).count() + 1,
        frozen_by=by,
        frozen_at=timezone.now(),
        definitions=versions.of_all(figures_shown),
        figures={figure.indicator.key: _kept(figure) for figure in figures},
        digests=digests.of_rows(counted, region, period),
        marks=past.marks_of(models),
        previous_seal=before.seal if before else BEGINNING,
    )
    row.seal = row.reckoned_seal()
    row.save()
    log(Action.FREEZE, by=by, target=str(row), region=region, year=year, number=row.number, seal=row.seal)
    return row


def latest(region: str, year: int) -> FrozenYear | None:
    """The frozen year that holds; None while the year is open."""
    return FrozenYear.objects.filter(region=final_code(region), year=year, reopened_at__isnull=True).first()


def accepted_figures(regions: Iterable[str], year: int) -> dict[str, dict[str, Value]]:
    """By region the numbers of a year that is frozen, by the key of the figure."""
    rows = FrozenYear.objects.filter(region__in=list(regions), year=year, reopened_at__isnull=True)
    return {row.region_id: {key: row.value(key) for key in row.figures} for row in rows}


@transaction.atomic
def reopen(region: str, year: int, *, by: Staff | None, reason: str) -> FrozenYear | None:
    """Open a frozen year, which is frozen again as its next version; None if it was not frozen."""
    row = FrozenYear.objects.select_for_update().filter(region=region, year=year, reopened_at__isnull=True).first()
    if row is None:
        return None
    if not reason.strip():
        raise CannotFreeze(_("A frozen year is opened with a reason."))
    row.reopened_by, row.reopened_at, row.reopen_reason = by, timezone.now(), reason.strip()[:200]
    row.save(update_fields=["reopened_by", "reopened_at", "reopen_reason"])
    log(Action.FREEZE, by=by, target=str(row), region=region, year=year, number=row.number, reopened=row.reopen_reason)
    return row


@transaction.atomic
def carry_forward(row: FrozenYear, differences: dict[str, Value], *, by: Staff | None, reason: str) -> FrozenYear:
    """Leave the figures of a frozen year as they were reported, and the differences so far to the following year."""
    row = FrozenYear.objects.select_for_update().get(pk=row.pk)
    if row.is_open:
        raise CannotFreeze(_("This version was reopened: its differences go into the next one."))
    if not reason.strip():
        raise CannotFreeze(_("Differences are carried forward with a reason."))
    row.carried = {key: as_text(value) for key, value in differences.items() if value}
    if not row.carried:
        raise CannotFreeze(_("There is no difference to carry forward."))
    row.carried_by, row.carried_at, row.carry_reason = by, timezone.now(), reason.strip()[:200]
    row.save(update_fields=["carried", "carried_by", "carried_at", "carry_reason"])
    log(Action.FREEZE, by=by, target=str(row), carried_forward=len(row.carried), reason=row.carry_reason)
    return row


def is_intact(row: FrozenYear) -> bool:
    """Whether the content is what was sealed, and what was sealed before it is still there."""
    return row.pk in intact_among([row])


def intact_among(rows: Iterable[FrozenYear]) -> set[int]:
    """The numbers of those that are intact, by one question to the database for all of them."""
    unchanged = {row.pk: row.previous_seal for row in rows if row.reckoned_seal() == row.seal}
    before = FrozenYear.objects.filter(seal__in=set(unchanged.values()))
    there = {BEGINNING, *before.values_list("seal", flat=True)}
    return {key for key, previous in unchanged.items() if previous in there}


def broken() -> Iterator[FrozenYear]:
    """The frozen years whose content is not what was sealed, or whose forerunner is not there any more."""
    before = BEGINNING
    for row in FrozenYear.objects.order_by("pk").iterator():
        if row.reckoned_seal() != row.seal or row.previous_seal != before:
            yield row
        before = row.seal


def as_text(value: Value) -> str | None:
    """A number as it is kept: exact, in plain digits."""
    return None if value is None else f"{Decimal(value).normalize():f}"


def _kept(figure: Figure) -> dict[str, Any]:
    indicator = figure.indicator
    return {
        "label": str(indicator.label),
        "unit": str(indicator.unit),
        "decimals": indicator.decimals,
        "version": versions.of(indicator),
        "definition": str(indicator.definition),
        "value": as_text(figure.value),
        "breakdowns": {
            name: {part: as_text(value) for part, value in parts.items()} for name, parts in figure.breakdowns.items()
        },
    }


def _hold_writers(models: Iterable[Any]) -> None:
    """Nobody writes these rows, nor freezes another year, until the transaction ends.

    On SQLite whoever is in a transaction that writes holds everybody else anyhow.
    """
    if connection.vendor != "postgresql":
        return
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
    own = connection.ops.quote_name(FrozenYear._meta.db_table)
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
                cursor.execute(f"LOCK TABLE {own} IN SHARE ROW EXCLUSIVE MODE")
                cursor.execute(f"LOCK TABLE {tables} IN SHARE MODE")
                cursor.execute("SET LOCAL lock_timeout = DEFAULT")
            return
        except OperationalError:
            time.sleep(0.1 * attempt)
    raise CannotFreeze(_("Records are being written all the time. Try again in a few minutes."))
