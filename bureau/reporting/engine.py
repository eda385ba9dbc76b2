"""The one engine: dashboard, pages, workbook, JSON and drill-down read their figures from ``compute``.

The database adds up groups as small as any breakdown needs; totals, breakdowns, distinct counts and rates are rolled
up from these here, so that the parts of a count or sum add up by construction.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from operator import itemgetter
from typing import Any

from bureau.models.region import bucket_of, final_code
from bureau.reporting import regions, statements, tallies
from bureau.reporting.dimensions import REGION, Dimension, as_text, label_of_other
from bureau.reporting.figures import Figure, Value
from bureau.reporting.indicators import BaseIndicator, Indicator, Rate
from bureau.reporting.measures import Distinct, Number, Stated
from bureau.reporting.periods import Period
from bureau.reporting.questions import Frame, Group, Part, Question, questions_for, region_column

# A place in a figure: dimension and value; the figure itself is TOTAL.
Slot = tuple[str, str]
TOTAL: Slot = ("", "")
# This period and the one before it.
WITH_PARTS = 2
# A question has a column for each of its periods and indicators.
PERIODS_AT_ONCE = 24
Counts = dict[Slot, Number]
# What the rows add up to, by dimension, value and, for a distinct measure, key: amounts of parts of the rows add up to
# those of the whole, whatever the measure.
Amounts = dict[tuple[Any, ...], int]


def compute(
    indicators: Iterable[BaseIndicator],
    region: str,
    period: Period,
    *,
    user: Any = None,
    values: Mapping[str, str] | None = None,
    own_level: bool = False,
    breakdowns: bool = True,
    previous: bool = True,
    series: int = 0,
) -> list[Figure]:
    """The figures of one region and period, in the order of ``indicators``.

    ``series``: of so many years, this one the last, the same days are counted as well (at least two).

    ``values`` narrows all of them to rows with these dimension values, ``own_level`` to rows that count in no child
    of the region. Only rows that ``user`` may see; without a user all rows, for commands only. Raises what
    ``regions.place`` and ``Indicator.rows`` raise.
    """
    regions.place(region)
    wanted = list(indicators)
    years = max(series, 2) if previous else 1
    periods = tuple(period.years_back(count) for count in range(years))
    frame = Frame(region, periods, user, dict(values or {}), own_level, breakdowns, broken_down=WITH_PARTS)
    return figures(wanted, add_up(wanted, frame), frame)


def compute_each(
    indicators: Iterable[BaseIndicator], region: str, periods: Iterable[Period], *, user: Any = None
) -> list[Figure]:
    """The figures of one region, with their parts, in each of several periods, asked together; as ``compute``."""
    regions.place(region)
    wanted, found = list(indicators), []
    known: dict[int, dict[str, str]] = {}
    every = list(dict.fromkeys(periods))
    for start in range(0, len(every), PERIODS_AT_ONCE):
        some = tuple(every[start : start + PERIODS_AT_ONCE])
        added = add_up(wanted, Frame(region, some, user))
        for number, period in enumerate(some):
            of_period = {key: [amounts[number]] for key, amounts in added.items()}
            found += figures(wanted, of_period, Frame(region, (period,), user), known)
    return found


def totals(
    indicator: BaseIndicator,
    region: str,
    periods: Iterable[Period],
    *,
    user: Any = None,
    values: Mapping[str, str] | None = None,
    own_level: bool = False,
) -> list[Value]:
    """The figure of one region in several periods, without parts; otherwise as ``compute``."""
    regions.place(region)
    frame = Frame(region, tuple(periods), user, dict(values or {}), own_level, with_breakdowns=False)
    added = add_up([indicator], frame)
    counted = {
        part.key: [_counts(part, amounts) for amounts in added[part.key]] for part in counted_from_rows([indicator])
    }
    nothing = nothing_of(indicator)
    return [_values_of(indicator, counted, number).get(TOTAL, nothing) for number in range(len(frame.periods))]


# Counting ----------------------------------------------------------------------------------------


def counted_from_rows(indicators: Iterable[BaseIndicator]) -> list[Indicator]:
    """The indicators themselves, for a rate its parts; each once."""
    found = [part for each in indicators for part in (each.parts if isinstance(each, Rate) else (each,))]
    return list(dict.fromkeys(found))  # type: ignore[arg-type]


def add_up(indicators: Iterable[BaseIndicator], frame: Frame) -> dict[str, list[Amounts]]:
    """Per key of what is counted from rows, the parts of rates included: the amounts of each period."""
    added: dict[str, list[Amounts]] = {}
    bucket = buckets(frame.region)
    for question, answer in _answers(questions_for(counted_from_rows(indicators), frame)):
        parts = [Part(part.columns, list(part.groups), part.counts) for part in answer]
        for indicator in question.indicators:
            added[indicator.key] = [
                _roll_up(parts, question, indicator, number, bucket) for number in range(len(frame.periods))
            ]
    return added


def _answers(questions: Iterable[Question]) -> Iterator[tuple[Question, Iterable[Part]]]:
    """From its tally what that can tell, all else from the rows, together."""
    of_rows = []
    for question in questions:
        tally = None if question.frame.base_rows_only else tallies.find(question.indicators[0].tally or "")
        answer = tally.answer(question) if tally else None
        if answer is None:
            of_rows.append(question)
        else:
            yield question, answer
    for question, groups in zip(of_rows, statements.count_rows(of_rows), strict=True):
        yield question, [Part(question.columns, groups)]


def buckets(region: str) -> Callable[[str], str]:
    """From a row's code to the part of the region that it counts in."""
    known: dict[str, str] = {}

    def bucket(code: str) -> str:
        if code not in known:
            known[code] = bucket_of(code, region) or region
        return known[code]

    return bucket


def _roll_up(
    parts: list[Part], question: Question, indicator: Indicator, period: int, bucket: Callable[[str], str]
) -> Amounts:
    amounts: Amounts = {}
    for part in parts:
        _add_part(amounts, part, question, indicator, period, bucket)
    return amounts


def _add_part(
    amounts: Amounts,
    part: Part,
    question: Question,
    indicator: Indicator,
    period: int,
    bucket: Callable[[str], str],
) -> None:
    amount_at = len(part.columns) + question.position(indicator, period)
    if _is_mere_total(question, indicator, period):
        if part.counts and (total := sum(filter(None, map(itemgetter(amount_at), part.groups)))):
            amounts[TOTAL] = amounts.get(TOTAL, 0) + int(total)
        return
    at = {column: number for number, column in enumerate(part.columns)}
    key_at = at[indicator.measure.path] if isinstance(indicator.measure, Distinct) else None
    slots_of = _slots(part, question, indicator, period, bucket)
    for group in part.groups:
        amount = group[amount_at]
        if amount is None or not (amount or isinstance(indicator.measure, Stated)):  # nothing may be stated
            continue
        for slot in slots_of(group):
            place = slot if key_at is None else (*slot, group[key_at])
            amounts[place] = amounts.get(place, 0) + int(amount)


def _is_mere_total(question: Question, indicator: Indicator, period: int) -> bool:
    """Of a period without parts the groups need no place."""
    return not (question.frame.has_parts(period) or isinstance(indicator.measure, Distinct | Stated))


def _slots(
    part: Part, question: Question, indicator: Indicator, period: int, bucket: Callable[[str], str]
) -> Callable[[Group], list[Slot]]:
    """In which places of the figure a group counts."""
    at = {column: number for number, column in enumerate(part.columns)}
    region_at, slots_at = at.get(region_column(indicator)), []
    is_broken_down = question.frame.has_parts(period)
    if is_broken_down:
        slots_at = [(name, at[each.path]) for name, each in indicator.dimensions.items() if each.path in at]
    alone = isinstance(indicator.measure, Stated)

    def slots(group: Group) -> list[Slot]:
        place = bucket(group[region_at]) if region_at is not None and (is_broken_down or alone) else ""
        of_region = [(REGION, place)] if is_broken_down and place else []
        if alone and region_at is not None and place != question.frame.region:
            return of_region if final_code(group[region_at]) == place else []
        found = [(name, as_text(group[number])) for name, number in slots_at]
        return [*found, *([TOTAL] if part.counts else []), *of_region]

    return slots


def _counts(indicator: Indicator, amounts: Amounts) -> Counts:
    measure = indicator.measure
    if not isinstance(measure, Distinct):
        return {(place[0], place[1]): measure.exact(indicator.model, amount) for place, amount in amounts.items()}
    return dict(Counter((name, value) for (name, value, _key), amount in amounts.items() if amount > 0))


# Figures -----------------------------------------------------------------------------------------


def figures(
    indicators: Iterable[BaseIndicator],
    added: Mapping[str, list[Amounts]],
    frame: Frame,
    known: dict[int, dict[str, str]] | None = None,
) -> list[Figure]:
    """The figures that follow from what ``add_up`` gave: of the first period of the frame, with the second beside.

    ``known`` carries the values of dimensions, once read, from one call to the next.
    """
    wanted, labels = list(indicators), _Labels(frame, {} if known is None else known)
    counted = {
        indicator.key: [_counts(indicator, amounts) for amounts in added[indicator.key]]
        for indicator in counted_from_rows(wanted)
    }
    return [_figure(indicator, counted, labels) for indicator in wanted]


class _Labels:
    """The known values of each dimension and the parts of the region, each read once for all figures."""

    def __init__(self, frame: Frame, known: dict[int, dict[str, str]]) -> None:
        self.frame, self._known = frame, known

    def of(self, indicator: BaseIndicator, name: str, found: set[str]) -> dict[str, str]:
        """Value and label: the known values, then those that only rows have."""
        known = self._parts if name == REGION else self._values_of(indicator.dimension(name))
        others = sorted(found - set(known))
        return {**known, **{text: self._label(name, text) for text in others}} if others else known

    def _values_of(self, dimension: Dimension) -> dict[str, str]:
        source = id(dimension.values)  # a table of the database serves many dimensions
        if source not in self._known:
            self._known[source] = dimension.known()
        return self._known[source]

    @cached_property
    def _parts(self) -> dict[str, str]:
        return regions.parts(self.frame.region, self.frame.periods[0])

    def _label(self, name: str, text: str) -> str:
        return regions.name_of_part(text, self.frame.region) if name == REGION else label_of_other(text)


def _figure(indicator: BaseIndicator, counted: dict[str, list[Counts]], labels: _Labels) -> Figure:
    frame = labels.frame
    nothing = nothing_of(indicator)
    now, *before = years = [_values_of(indicator, counted, number) for number in range(len(frame.periods))]
    broken_down: list[dict[str, dict[str, Value]]] = [{}, {}]
    named: dict[str, dict[str, str]] = {}
    for name in (*indicator.dimension_names, REGION) if frame.with_breakdowns else ():
        found = {value for counts in years[:WITH_PARTS] for dimension, value in counts if dimension == name}
        named[name] = labels.of(indicator, name, found)
        for broken, counts in zip(broken_down, years[:WITH_PARTS], strict=False):
            broken[name] = {value: counts.get((name, value), nothing) for value in named[name]}
    return Figure(
        indicator=indicator,
        region=frame.region,
        period=frame.periods[0],
        value=now.get(TOTAL, nothing),
        previous=before[0].get(TOTAL, nothing) if before else None,
        series=tuple(counts.get(TOTAL, nothing) for counts in reversed(years)),
        breakdowns=broken_down[0],
        previous_breakdowns=broken_down[1],
        labels=named,
        values=frame.values,
        own_level=frame.own_level,
    )


def _values_of(indicator: BaseIndicator, counted: dict[str, list[Counts]], period: int) -> Mapping[Slot, Value]:
    if not isinstance(indicator, Rate):
        return counted[indicator.key][period]
    above, below = (counted[part.key][period] for part in indicator.parts)
    return {slot: _ratio(above.get(slot, 0), divisor, indicator.scale) for slot, divisor in below.items()}


def nothing_of(indicator: BaseIndicator) -> Value:
    """The number where no row counts: of a rate, and of what nobody stated, there is none."""
    is_undefined = isinstance(indicator, Rate) or isinstance(getattr(indicator, "measure", None), Stated)
    return None if is_undefined else 0


def _ratio(above: Number, below: Number, scale: int) -> Value:
    """Nothing divided by nothing, or anything by it, is undefined."""
    return Decimal(above) * scale / Decimal(below) if below else None
