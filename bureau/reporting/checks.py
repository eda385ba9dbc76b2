"""Start-up checks: an indicator whose paths lead nowhere, or to several rows, would give no figure or a wrong one."""

from collections.abc import Iterator
from typing import Any

from django.core import checks
from django.core.exceptions import FieldError
from django.db.models import DateField, DateTimeField, DecimalField, Field, IntegerField

from bureau.reporting import indicators, tallies
from bureau.reporting.indicators import All, BaseIndicator, Between, Indicator, On, Rate, Sum
from bureau.reporting.intervals import Interval
from bureau.reporting.paths import field_at, is_to_many, paths_in, points_to


@checks.register(checks.Tags.models)
def every_indicator_counts(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    return [problem for indicator in indicators.every() for problem in problems_of(indicator)]


def problems_of(indicator: BaseIndicator) -> list[checks.CheckMessage]:
    if isinstance(indicator, Rate):
        return list(_of_rate(indicator))
    assert isinstance(indicator, Indicator)
    missing = [name for name in ("model", "interval") if not hasattr(indicator, name)]
    if missing:
        return [_error("E001", indicator, f"states no {missing[0]}.")]
    lost = list(_of_paths(indicator))
    return lost or [*_of_kinds(indicator), *_of_names(indicator)]


def _of_rate(rate: Rate) -> Iterator[checks.CheckMessage]:
    registered = {each.key: each for each in indicators.every()}
    for key in (rate.numerator, rate.denominator):
        if not isinstance(registered.get(key), Indicator):
            yield _error("E002", rate, f"is a rate of {key!r}, which counts no rows.")


def _of_paths(indicator: Indicator) -> Iterator[checks.CheckMessage]:
    one_value = [
        indicator.region_path,
        *indicator.measure.paths,
        *(dimension.path for dimension in indicator.dimensions.values()),
        *paths_in(indicator.predicate),
        *(indicator.interval.paths if isinstance(indicator.interval, On) else ()),
    ]
    for path in dict.fromkeys([*one_value, *indicator.interval.paths]):
        try:
            field_at(indicator.model, path)
        except FieldError as error:
            yield _error("E003", indicator, str(error))
        else:
            if path in one_value and is_to_many(indicator.model, path):
                yield _error("E004", indicator, f"would count a row several times: {path!r} leads to several.")


def _of_kinds(indicator: Indicator) -> Iterator[checks.CheckMessage]:
    for path in _days(indicator.interval):
        if not _is_a(indicator, path, DateField) or _is_a(indicator, path, DateTimeField):
            yield _error("E005", indicator, f"needs days, and {path!r} is no date.")
    for part in _parts(indicator.interval):
        begins, ends = (path.rpartition("__")[0] for path in (part.begins, part.ends))
        if begins != ends:
            yield _error("E006", indicator, "begins and ends in different tables.")
        elif is_to_many(indicator.model, part.begins) and not points_to(indicator.model, begins):
            yield _error("E010", indicator, f"has its days in a table whose rows do not point to it: {begins!r}.")
    if isinstance(indicator.measure, Sum) and not _is_a(indicator, indicator.measure.path, IntegerField, DecimalField):
        yield _error("E007", indicator, f"adds up {indicator.measure.path!r}, which is neither whole nor decimal.")


def _parts(interval: Interval) -> tuple[Between, ...]:
    if isinstance(interval, All):
        return interval.parts
    return (interval,) if isinstance(interval, Between) else ()


def _days(interval: Interval) -> list[str]:
    if isinstance(interval, On):
        return [interval.path]
    return [path for part in _parts(interval) for path in (part.begins, part.ends)]


def _of_names(indicator: Indicator) -> Iterator[checks.CheckMessage]:
    if indicator.tally and tallies.find(indicator.tally) is None:
        yield _error("E008", indicator, f"asks the tally {indicator.tally!r}, which is not registered.")
    unknown = [name for name in indicator.shown_by if name not in indicator.dimensions]
    if unknown:
        yield _error("E009", indicator, f"is shown by {unknown[0]!r}, which is none of its dimensions.")


def _is_a(indicator: Indicator, path: str, *kinds: type[Field]) -> bool:
    return isinstance(field_at(indicator.model, path), kinds)


def _error(number: str, indicator: BaseIndicator, problem: str) -> checks.Error:
    return checks.Error(f"Indicator {indicator.key} {problem}", obj=indicator, id=f"bureau.reporting.{number}")
