"""Figures that managers defined without code, as the engine knows figures: classes made of what they filled in."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from bureau.models.record import NOT_VOIDED
from bureau.models.region import final_code
from bureau.reporting import indicators, tallies
from bureau.reporting.dimensions import UnknownValue, label_of_other
from bureau.reporting.entered import Entered, EnteredAlone, EnteredStock
from bureau.reporting.indicators import BaseIndicator, Indicator, Rate, UnknownIndicator
from bureau.reporting.models import DefinedIndicator
from bureau.reporting.models.defined import PREFIX, as_values
from bureau.reporting.regions import above
from bureau.reporting.sections import Section

Way = DefinedIndicator.Way
ENTERED = {Way.ENTERED_SUM: Entered, Way.ENTERED_STOCK: EnteredStock, Way.ENTERED_ALONE: EnteredAlone}
# What a rate is made of is a figure as well, with a page of its own.
NUMERATOR, DENOMINATOR = ".numerator", ".denominator"


class Undefined(ValueError):
    """What a definition rests on is not there (any more); ``field`` says where, the message is a sentence."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(problem)
        self.field = field


def indicator_of(row: DefinedIndicator) -> BaseIndicator:
    """Raises ``Undefined``."""
    stated = {
        "key": row.key,
        "label": row.label,
        "unit": row.unit,
        "section": Section(row.section),
        "definition": row.definition,
        "basis": row.basis,
    }
    if row.way in ENTERED:
        return _made(ENTERED[Way(row.way)], {**stated, "places": row.decimals})
    if row.way == Way.NARROWED:
        return _narrowed(row, "of", "narrowed_to", stated)
    above = _narrowed(row, "of", "narrowed_to", {"key": row.key + NUMERATOR, "label": _label_above(row)})
    stated_below = {"key": row.key + DENOMINATOR, "label": _label_below(row)}
    below = _narrowed(row, "divided_by", "divisor_narrowed_to", stated_below)
    made_of = {"parts": (above, below), "numerator": above.key, "denominator": below.key, "scale": row.scale}
    return _made(Rate, {**stated, **made_of, "places": row.decimals, "unit": row.unit or "%"})


def _said_of_numerator(row: DefinedIndicator) -> str:
    named = {"label": row.label, "figure": _in_words(row.of, row.narrowed_to)}
    return _("numerator of “%(label)s”: %(figure)s") % named


def _said_of_divisor(row: DefinedIndicator) -> str:
    named = {"label": row.label, "figure": _in_words(row.divided_by, row.divisor_narrowed_to)}
    return _("divisor of “%(label)s”: %(figure)s") % named


# Worked out where they are read: the labels of values may stand in tables.
_label_above, _label_below = lazy(_said_of_numerator, str), lazy(_said_of_divisor, str)


def _in_words(key: str, narrowed_to: str) -> str:
    """The figure and the labels of the values that it is narrowed to."""
    base, stated = indicators.get(key), []
    for name, value in as_values(narrowed_to).items():
        dimension = base.dimension(name)
        known = {"name": dimension.label, "value": dimension.known().get(value) or label_of_other(value)}
        stated.append(_("%(name)s: %(value)s") % known)
    if not stated:
        return str(base.label)
    return _("%(figure)s (%(narrowed)s)") % {"figure": base.label, "narrowed": _("; ").join(stated)}


def problems_of(row: DefinedIndicator) -> dict[str, str]:
    """By field, why the figure cannot be made; what is left blank its form says itself."""
    if row.section not in Section.values:
        return {}
    try:
        indicator_of(row)
    except Undefined as problem:
        return {problem.field: str(problem)}
    if row.way in ENTERED and not row.unit:
        return {"unit": _("An entered value needs a unit.")}
    return {}


class Definitions:
    """Those on record, as a source of indicators. One that lost its ground is passed over; its page says why."""

    def find(self, key: str) -> BaseIndicator | None:
        if not key.startswith(PREFIX):
            return None
        code, _dot, part = key.removeprefix(PREFIX).partition(".")
        for indicator in _made_of(DefinedIndicator.objects.filter(NOT_VOIDED, code=code)):
            if not part:
                return indicator
            if isinstance(indicator, Rate):
                return next((each for each in indicator.parts if each.key == key), None)
        return None

    def every(self) -> Iterable[BaseIndicator]:
        return _made_of(DefinedIndicator.objects.filter(NOT_VOIDED))

    def of_region(self, region: str) -> Iterable[BaseIndicator]:
        places = above(final_code(region))
        return _made_of(DefinedIndicator.objects.filter(NOT_VOIDED, office__region__in=places))


def _made_of(rows: Iterable[DefinedIndicator]) -> Iterable[BaseIndicator]:
    for row in rows:
        try:
            yield indicator_of(row)
        except Undefined:
            continue


def _narrowed(row: DefinedIndicator, key_field: str, values_field: str, stated: dict[str, Any]) -> Indicator:
    """The figure of one field, narrowed to rows with the values of the other, counted since the day of the row."""
    base = _base(getattr(row, key_field), key_field)
    if row.since and base.is_stock and row.way == Way.NARROWED:
        raise Undefined("since", _("A stock is counted as of a day, not since one."))
    text = getattr(row, values_field)
    try:
        values = as_values(text)
        condition = _condition(base, values)
    except ValueError:
        raise Undefined(values_field, _("Write it as “category=fuel_dispenser; purpose=trade”.")) from None
    except (UnknownIndicator, UnknownValue) as problem:
        raise Undefined(values_field, str(problem)) from None
    unit = stated.get("unit") or base.unit
    since = None if base.is_stock else row.since
    return _made(type(base), {**_narrowing(base, condition, values), **stated, "unit": unit, "since": since})


def _base(key: str, field: str) -> Indicator:
    try:
        base = indicators.get(key)
    except UnknownIndicator as problem:
        raise Undefined(field, str(problem)) from None
    is_own = key.startswith(PREFIX) and not isinstance(base, Entered)
    if is_own or not isinstance(base, Indicator):
        raise Undefined(field, _("Only a figure that is counted from records, or entered, can be narrowed or divided."))
    return base


def _condition(base: Indicator, values: Mapping[str, str]) -> Q:
    condition = Q()
    for name, text in values.items():
        condition &= base.dimension(name).condition(base.model, text)
    return condition


def _narrowing(base: Indicator, condition: Q, values: Mapping[str, str]) -> dict[str, Any]:
    tally = tallies.find(base.tally) if base.tally else None
    paths = [base.dimension(name).path for name in values]
    keeps_tally = tally is not None and all(map(tally.knows, paths))
    tally_predicate = None if base.tally_predicate is None else base.tally_predicate & condition
    return {
        "predicate": base.predicate & condition,
        "dimensions": {name: each for name, each in base.dimensions.items() if name not in values},
        "shown_by": (),
        "on_dashboard": False,
        "tally": base.tally if keeps_tally else None,
        "tally_predicate": tally_predicate,
    }


def _made(base: Any, attributes: dict[str, Any]) -> Any:
    """A figure of a class of its own, as those in code are."""
    return type("Defined", (base,), attributes)()
