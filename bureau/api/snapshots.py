"""Years as they were frozen: what an office has reported, and whether it is still what was sealed."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router
from ninja.errors import HttpError

from bureau import scoping
from bureau.api import pages, schemas
from bureau.api.auth import reader_of
from bureau.api.figures import region_for
from bureau.api.refusals import known_only
from bureau.api.schemas import REFUSALS, WhichSnapshots
from bureau.models.region import final_code, region_tree
from bureau.reporting import freezing
from bureau.reporting.figures import as_number
from bureau.reporting.models import FrozenYear
from bureau.reporting.periods import Period

router = Router(tags=[gettext_noop("Frozen years")])
# Megabytes a row; a list needs them for the seal alone, so that few are in memory at a time.
LARGE, AT_A_TIME = ("figures", "digests", "marks", "carried"), 10


@router.get(
    "/snapshots",
    operation_id="snapshots",
    url_name="snapshots",
    response={200: schemas.Snapshots, **REFUSALS},
    summary=gettext_noop("Frozen years"),
    description=gettext_noop(
        "The newest first, with those that were reopened. A region is exactly the one named, also under its former "
        "codes; left out, all that the token's office may see."
    ),
)
def list_snapshots(request: HttpRequest, asked: Query[WhichSnapshots]) -> dict[str, Any]:
    known_only(request, *WhichSnapshots.model_fields)
    reader, as_of = reader_of(request), timezone.now()
    rows = scoping.visible_to(FrozenYear.objects.all(), reader)
    if asked.region:
        rows = rows.filter(region__in=_codes_of(region_for(reader, asked.region)))
    if asked.year:
        rows = rows.filter(year=Period.from_text(year=asked.year).first.year)
    keys, last = pages.cut(rows, asked, newest_first=True)
    return {"as_of": as_of, "snapshots": _listed(rows.filter(pk__in=keys).order_by("-pk")), "next": last}


@router.get(
    "/snapshots/{id}",
    operation_id="snapshot",
    url_name="snapshot",
    response={200: schemas.SnapshotInFull, **REFUSALS},
    summary=gettext_noop("A frozen year with its figures"),
    description=gettext_noop("The figures as they were accepted, whatever was corrected since."),
)
def show_snapshot(request: HttpRequest, id: int) -> dict[str, Any]:
    known_only(request)
    reader = reader_of(request)
    row = scoping.visible_to(FrozenYear.objects.select_related("region"), reader).filter(pk=id).first()
    if row is None:
        raise HttpError(404, _("There is no frozen year with the id %(id)s.") % {"id": id})
    return {
        **_heading(row, intact=freezing.is_intact(row)),
        "figures": [_figure(row, key) for key in sorted(row.figures)],
        "carried": {key: as_number(Decimal(text)) for key, text in row.carried.items()},
    }


def _codes_of(region: str) -> list[str]:
    """Of a region's own rows: its code and the former ones whose rows count there."""
    return [code for code in region_tree().codes_counting_in(region) if final_code(code) == region]


def _listed(rows: QuerySet) -> list[dict[str, Any]]:
    intact = freezing.intact_among(rows.iterator(chunk_size=AT_A_TIME))
    return [_heading(row, intact=row.pk in intact) for row in rows.select_related("region").defer(*LARGE)]


def _heading(row: FrozenYear, *, intact: bool) -> dict[str, Any]:
    return {
        "id": row.pk,
        "region": row.region_id,
        "region_name": row.region.name,
        "year": row.year,
        "number": row.number,
        "frozen_at": row.frozen_at,
        "reopened_at": row.reopened_at,
        "definitions": row.definitions,
        "seal": row.seal,
        "previous_seal": row.previous_seal,
        "intact": intact,
    }


def _figure(row: FrozenYear, key: str) -> dict[str, Any]:
    kept = row.figures[key]
    return {
        "key": key,
        "label": kept["label"],
        "unit": kept["unit"],
        "version": kept["version"],
        "value": as_number(row.value(key)),
        "breakdowns": {
            name: {part: as_number(row.value(key, name, part)) for part in parts}
            for name, parts in kept["breakdowns"].items()
        },
    }
