"""The tallies of the ledger as the engine of figures asks them: whole months from the rollup, edge days from rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any, ClassVar

from django.core.exceptions import FieldError
from django.db.models import F, Model, Q, QuerySet, Sum, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bureau import scoping
from bureau.models.region import subtree_q
from bureau.reporting import measures
from bureau.reporting.indicators import Indicator
from bureau.reporting.intervals import Between, MetBy
from bureau.reporting.paths import field_at, paths_in
from bureau.reporting.periods import Period
from bureau.reporting.questions import Frame, Group, Part, Question
from bureau.reporting.regions import own_level_codes
from bureau.reporting.tallies import Tally, register
from inspections import rollups
from inspections.models import DueTally, UsePeriod, UseTally, VerificationTally

DAY = timedelta(days=1)
Span = VerificationTally.Span


@dataclass(frozen=True)
class Months:
    """A period as whole years and months, and the days at its edges that are neither."""

    years: tuple[date, ...]
    months: tuple[date, ...]
    edges: tuple[Period, ...]

    @classmethod
    def of(cls, period: Period) -> "Months":
        years, months, edges, day = [], [], [], period.first
        while day <= period.last:
            year_end, month_end = date(day.year, 12, 31), _month_end(day)
            if day.day == 1 and day.month == 1 and year_end <= period.last:
                years.append(day)
                day = year_end + DAY
            elif day.day == 1 and month_end <= period.last:
                months.append(day)
                day = month_end + DAY
            else:
                last = min(month_end, period.last)
                edges.append(Period(day, last))
                day = last + DAY
        return cls(tuple(years), tuple(months), tuple(edges))


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - DAY


class LedgerTally(Tally):
    """``model`` has the columns of the rows under their names, as far as it has them."""

    model: ClassVar[type[Model]]
    # Columns of which each is a grouping of its own: with them the others would split into hundreds of thousands.
    apart: ClassVar[tuple[str, ...]] = ("region_id",)

    def differences(self) -> Iterable[str]:
        for key, amounts in rollups.differences(self.model):
            yield f"{' '.join(map(str, key))}: {' '.join(map(str, amounts))}"

    def knows(self, path: str) -> bool:
        return _has(self.model, path)

    def answer(self, question: Question) -> Iterable[Part] | None:
        if not self._knows(question):
            return None
        return [*self._from_tally(question), *self._edges(question)]

    def when(self, indicator: Indicator, period: Period) -> Q:
        """The rows of the tally that make up the period, without its edges."""
        raise NotImplementedError

    def is_answered(self, question: Question) -> bool:
        """Whether periods such as these are kept."""
        return True

    def edges(self, period: Period) -> tuple[Period, ...]:
        """The days of the period that are counted from the rows."""
        return ()

    def _edges(self, question: Question) -> Iterable[Part]:
        edges = [(number, edge) for number, period in enumerate(question.frame.periods) for edge in self.edges(period)]
        if not edges:
            return []
        owners, periods = zip(*edges, strict=True)
        of_edges = replace(question, frame=replace(question.frame, periods=periods))
        return [_placed(question, owners, of_edges.query())]

    def _knows(self, question: Question) -> bool:
        indicators = question.indicators
        if any(isinstance(indicator.measure, measures.Distinct) for indicator in indicators):
            return False
        paths = [*question.columns, *map(_column, indicators)]
        paths += [indicator.dimension(name).path for indicator in indicators for name in question.frame.values]
        paths += [path for indicator in indicators for path in paths_in(_predicate(indicator))]
        return all(map(self.knows, paths)) and self.is_answered(question)

    def _from_tally(self, question: Question) -> Iterator[Part]:
        rows = _within(question.frame, self.model)
        amounts = self._amounts(question)
        together = tuple(column for column in question.columns if column not in self.apart)
        yield Part(together, _grouped(rows, together, amounts))
        for column in question.columns:
            if column in self.apart:
                yield Part((column,), _grouped(rows, (column,), amounts), counts=False)

    def _amounts(self, question: Question) -> dict[str, Any]:
        amounts: dict[str, Any] = {}
        for indicator in question.indicators:
            counts = _counted(indicator, question.frame, self.model)
            for period in question.frame.periods:
                condition = counts & self.when(indicator, period)
                amounts[f"amount_{len(amounts)}"] = Sum(_column(indicator), filter=condition)
        return amounts


def _within(frame: Frame, model: type[Model]) -> QuerySet:
    rows = model._default_manager.order_by().filter(subtree_q(frame.region, "region"))
    if frame.user is not None:
        rows = scoping.visible_to(rows, frame.user)
    return rows.filter(region__in=own_level_codes(frame.region)) if frame.own_level else rows


def _counted(indicator: Indicator, frame: Frame, model: type[Model]) -> Q:
    counts = _predicate(indicator)
    for name, text in frame.values.items():
        counts &= indicator.dimension(name).condition(model, text)
    return counts


def _predicate(indicator: Indicator) -> Q:
    return indicator.predicate if indicator.tally_predicate is None else indicator.tally_predicate


def _placed(question: Question, owners: Sequence[int], groups: Iterable[Group]) -> Part:
    """Amounts of some of the question's periods, one after the other those of ``owners``, at the places of all."""
    width, count = len(question.columns), len(question.frame.periods)

    def by_period(group: Group) -> Group:
        amounts = [0] * (count * len(question.indicators))
        for place, amount in enumerate(group[width:]):
            indicator, edge = divmod(place, len(owners))
            amounts[indicator * count + owners[edge]] += amount or 0
        return (*group[:width], *amounts)

    return Part(question.columns, map(by_period, groups))


def _column(indicator: Indicator) -> str:
    if indicator.tally_column:
        return indicator.tally_column
    return "records" if isinstance(indicator.measure, measures.Count) else indicator.measure.paths[0]


@cache
def _has(model: type[Model], path: str) -> bool:
    try:
        field_at(model, path)
    except FieldError:
        return False
    return True


def _grouped(rows: QuerySet, columns: Sequence[str], amounts: dict[str, Any]) -> Iterable[Group]:
    worth = Q()
    for amount in amounts.values():
        worth |= amount.filter
    rows = rows.filter(worth)
    if not columns:
        return [tuple(rows.aggregate(**amounts).values())]
    return rows.values(*columns).annotate(**amounts).values_list(*columns, *amounts)


@register
class Verifications(LedgerTally):
    """Flows by the day of the verification."""

    key = "verifications"
    label = _("verifications")
    model = VerificationTally
    apart = ("region_id", "institution__name")

    def when(self, indicator: Indicator, period: Period) -> Q:
        months = Months.of(period)
        found = Q(span="")  # a part of a month has neither
        for span, firsts in ((Span.YEAR, months.years), (Span.MONTH, months.months)):
            if firsts:
                found |= Q(span=span, begins_on__in=firsts)
        return found

    def edges(self, period: Period) -> tuple[Period, ...]:
        return Months.of(period).edges


@register
class InUse(LedgerTally):
    """Stocks of pieces in use: those at the end of the last whole month, and what changed since."""

    key = "in_use"
    label = _("instruments in use")
    model = UseTally

    def when(self, indicator: Indicator, period: Period) -> Q:
        day = _day(indicator, period)
        month = _begun_month(day)
        return Q(begins_on__lt=month.first if month else day + DAY)

    def _edges(self, question: Question) -> Iterable[Part]:
        of_day = question.indicators[0]
        days = {
            number: month
            for number, period in enumerate(question.frame.periods)
            if (month := _begun_month(_day(of_day, period)))
        }
        if not days:
            return
        rows = _within(question.frame, UsePeriod).filter(is_dropped=False)
        for path, sign, back in (("begins_on", 1, timedelta()), ("ends_on", -1, DAY)):
            amounts = {}
            for indicator in question.indicators:
                counts = _counted(indicator, question.frame, UsePeriod)
                for month in days.values():
                    changed = Q((f"{path}__range", (month.first - back, month.last - back)))
                    pieces = Value(1) if _column(indicator) == "records" else F("quantity")
                    amounts[f"amount_{len(amounts)}"] = Sum(sign * pieces, filter=counts & changed)
            yield _placed(question, tuple(days), _grouped(rows, question.columns, amounts))


def _day(indicator: Indicator, period: Period) -> date:
    assert isinstance(indicator.interval, Between)
    return indicator.interval.day(period)


def _begun_month(day: date) -> Period | None:
    """The days of a month that is not over on that day."""
    return None if day == _month_end(day) else Period(day.replace(day=1), day)


@register
class Owed(LedgerTally):
    """Verifications owed in whole months, and whether they were made; those of this month from the rows."""

    key = "owed"
    label = _("verifications owed")
    model = DueTally

    def when(self, indicator: Indicator, period: Period) -> Q:
        owed = Q(due_month__range=(period.first, period.last), due_month__lt=_this_month())
        return owed & Q(met_month__lte=period.last) if isinstance(indicator.interval, MetBy) else owed

    def edges(self, period: Period) -> tuple[Period, ...]:
        begun = max(period.first, _this_month())
        return (Period(begun, period.last),) if begun <= period.last else ()

    def is_answered(self, question: Question) -> bool:
        return not any(Months.of(period).edges for period in question.frame.periods)


def _this_month() -> date:
    return timezone.localdate().replace(day=1)
