"""Figures, and exactly the records that each counts."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router
from ninja.errors import HttpError

from bureau.api import pages, schemas
from bureau.api.auth import reader_of
from bureau.api.refusals import known_only
from bureau.api.schemas import REFUSALS, Narrowed, Page, WhichFigures
from bureau.exchange.sheets import all_sheets
from bureau.models import TokenReader
from bureau.reporting import indicators, regions
from bureau.reporting.catalogue import described
from bureau.reporting.dimensions import UnknownValue
from bureau.reporting.engine import counted_from_rows
from bureau.reporting.indicators import BaseIndicator, Indicator, UnknownIndicator
from bureau.reporting.periods import Period
from bureau.reporting.summary import Summary

router = Router(tags=[gettext_noop("Figures")])
OF_PERIOD = ("region", "year", "from", "to")
DIMENSIONS = {
    "name": "dimensions",
    "in": "query",
    "description": gettext_noop("Values of the figure's dimensions, by name, such as tier=provincial."),
    "style": "form",
    "explode": True,
    "schema": {"type": "object", "additionalProperties": {"type": "string"}},
}


@router.get(
    "/indicators",
    operation_id="indicators",
    url_name="indicators",
    response={200: list[schemas.Indicator], **REFUSALS},
    summary=gettext_noop("What figures there are, with definitions and dimensions"),
)
def list_indicators(request: HttpRequest) -> list[dict[str, Any]]:
    known_only(request)
    reader: Any = reader_of(request)
    return described(seen_by(reader, reader.office.region_id))


@router.get(
    "/figures",
    operation_id="figures",
    url_name="figures",
    response={200: schemas.Figures, **REFUSALS},
    by_alias=True,
    summary=gettext_noop("Figures of a region and period"),
    description=gettext_noop(
        "Counted from the records that the token's office may see. Both days are included; a stock is taken at the "
        "end of the last one."
    ),
)
def list_figures(request: HttpRequest, asked: Query[WhichFigures]) -> dict[str, Any]:
    known_only(request, *OF_PERIOD, "keys")
    reader = reader_of(request)
    wanted = seen_by(reader, region_for(reader, asked.region))
    if asked.keys:
        wanted = [_indicator(key.strip(), reader) for key in dict.fromkeys(asked.keys.split(","))]
    return Summary.make(region_for(reader, asked.region), _period(asked), user=reader, wanted=wanted).as_json()


@router.get(
    "/figures/{key}/records",
    operation_id="figure-records",
    url_name="figure-records",
    response={200: schemas.Records, **REFUSALS},
    exclude_unset=True,
    openapi_extra={"parameters": [DIMENSIONS]},
    summary=gettext_noop("The records that a figure counts"),
    description=gettext_noop("Exactly those; a rate is asked for by the two figures that it is made of."),
)
def list_records(request: HttpRequest, key: str, asked: Query[Narrowed], page: Query[Page]) -> dict[str, Any]:
    reader, as_of = reader_of(request), timezone.now()
    indicator = _indicator(key, reader)
    known_only(request, *OF_PERIOD, "level", *Page.model_fields, *indicator.dimension_names)
    if not isinstance(indicator, Indicator):
        parts = ", ".join(part.key for part in counted_from_rows([indicator]))
        raise HttpError(400, _("A rate counts no records itself. Ask for those of: %(keys)s.") % {"keys": parts})
    if asked.level not in (None, "own"):
        raise HttpError(400, _("“level” is “own” or left out."))
    values = {name: request.GET[name] for name in indicator.dimension_names if name in request.GET}
    own_level, region = asked.level == "own", region_for(reader, asked.region)
    rows = indicator.rows(_period(asked), region, user=reader, own_level=own_level, **values)
    keys, last = pages.cut(rows, page)
    if not keys and not page.after:
        _check_values(indicator, values)
    found = _written(indicator, keys)
    return {"as_of": as_of, "records": [found[each] for each in keys if each in found], "next": last}


def _written(indicator: Indicator, keys: list[int]) -> dict[int, dict[str, Any]]:
    """Each row as the first sheet that lists it writes it; of a row that none lists the numbers alone."""
    found: dict[int, dict[str, Any]] = {}
    for sheet in (each for each in all_sheets() if each.model is indicator.model):
        if missing := [key for key in keys if key not in found]:
            written = pages.written(sheet, pages.read(sheet.rows(), missing))
            found |= {key: {"kind": sheet.key, **record} for key, record in written.items()}
    if missing := [key for key in keys if key not in found]:
        written = pages.written(None, pages.read(indicator.model._default_manager.all(), missing))
        found |= {key: {"kind": None, **record} for key, record in written.items()}
    return found


def _check_values(indicator: Indicator, values: Mapping[str, str]) -> None:
    """A value that is in no list and in no row does not exist."""
    for name, value in values.items():
        dimension = indicator.dimension(name)
        if value not in dimension.known():
            known = {"label": dimension.label, "value": value}
            raise UnknownValue(_("%(label)s has no value “%(value)s”.") % known)


def seen_by(reader: TokenReader, region: str) -> list[BaseIndicator]:
    """The figures that hold in the region, as far as the reader may see their records."""
    return [indicator for indicator in indicators.of_region(region) if _may_see(reader, indicator)]


def _may_see(reader: TokenReader, indicator: BaseIndicator) -> bool:
    models = [counted.model._meta for counted in counted_from_rows([indicator])]
    return all(reader.has_perm(f"{model.app_label}.view_{model.model_name}") for model in models)


def _indicator(key: str, reader: TokenReader) -> BaseIndicator:
    indicator = indicators.get(key)
    if not _may_see(reader, indicator):
        raise UnknownIndicator(_("There is no figure “%(key)s”.") % {"key": key})
    return indicator


def region_for(reader: TokenReader, asked: str | None) -> str:
    """The office's own unless another is asked for; one outside of it is not there for the reader."""
    assert reader.office is not None  # a token has one
    own = reader.office.region_id
    code = regions.place(asked or own).code
    if not regions.is_within(code, own):
        raise HttpError(404, _("The region %(code)s lies outside of what this token may see.") % {"code": code})
    return code


def _period(asked: schemas.Period) -> Period:
    return Period.from_text(year=asked.year or "", first=asked.first or "", last=asked.last or "")
