"""The answers to the marks of a paper: all marks are looked at first, so that the engine is asked few times."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from bureau.reporting import indicators, regions
from bureau.reporting.dimensions import REGION
from bureau.reporting.engine import compute, nothing_of
from bureau.reporting.figures import Figure, Value, change, ratio
from bureau.reporting.goals import with_goals
from bureau.reporting.indicators import BaseIndicator, Rate
from bureau.reporting.lines import NOTHING
from bureau.reporting.marks import LANGUAGE, OF_A_GOAL, Fact, Mark, Word, factor_to
from bureau.reporting.periods import Period

PERCENT_DECIMALS = 1
# Behind the point, of a number that is shown in another unit.
MOST_DECIMALS = 6

Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Answer:
    """``number`` is unrounded, in percent where ``is_percent``; None with a text where the mark asks for a text.

    ``is_nothing``: a sentence of such answers alone says nothing.
    """

    text: str
    number: Value = None
    decimals: int = 0
    is_percent: bool = False
    is_nothing: bool = False

    @property
    def rounded(self) -> Value:
        return None if self.number is None else round(Decimal(self.number), self.decimals)


def answers(
    marks: Iterable[Mark], region: str, period: Period, *, user: Any = None, figures: Iterable[Figure] = ()
) -> dict[Mark, Answer]:
    """In Chinese. ``figures``: what is known already of this region and period, with breakdowns and goals, such as
    those of a summary. Only what ``user`` may see; raises what ``compute`` raises."""
    wanted = list(dict.fromkeys(marks))
    with override(LANGUAGE):
        asker = _Asker(region, period, user, figures)
        asker.ask([mark for mark in wanted if not mark.is_fact])
        return {mark: asker.answer(mark) for mark in wanted}


class _Asker:
    """Figures by place and by what they are narrowed to; ``()`` holds their breakdowns as well."""

    def __init__(self, region: str, period: Period, user: Any, figures: Iterable[Figure]) -> None:
        self.region, self.period, self.user = region, period, user
        self.place = regions.place(region)
        self.parts = set(regions.parts(region, period)) - {region}
        self.known: dict[tuple[str, Values], dict[str, Figure]] = {}
        self.known[(region, ())] = {figure.indicator.key: figure for figure in figures}

    def ask(self, marks: list[Mark]) -> None:
        """One question for each region, and for each narrowing that no breakdown tells."""
        wanted: dict[tuple[str, Values], list[Mark]] = {}
        for mark in marks:
            source = self._source(mark)
            if mark.key not in self.known.get(source, {}):
                wanted.setdefault(source, []).append(mark)
        for source, asked_for in wanted.items():
            self._compute(source, asked_for)

    def _compute(self, source: tuple[str, Values], marks: list[Mark]) -> None:
        region, values = source
        asked_for: dict[str, BaseIndicator] = {mark.key: indicators.get(mark.key) for mark in marks}
        in_parts = any(mark.by or mark.values or mark.region != region for mark in marks)
        found = compute(
            asked_for.values(), region, self.period, user=self.user, values=dict(values), breakdowns=in_parts
        )
        if any(mark.word in OF_A_GOAL for mark in marks):
            found = with_goals(found, self.user)
        self.known.setdefault(source, {}).update({figure.indicator.key: figure for figure in found})

    def _source(self, mark: Mark) -> tuple[str, Values]:
        """The figure in which the number stands, itself or as a part of it."""
        if self._is_part_of_region(mark):
            return self.region, ()
        is_told = len(mark.values) < 2 and not (mark.values and mark.by)
        return mark.region or self.region, () if is_told else mark.values

    def _is_part_of_region(self, mark: Mark) -> bool:
        return mark.region in self.parts and not mark.values and not mark.by and mark.word not in OF_A_GOAL

    def answer(self, mark: Mark) -> Answer:
        if mark.is_fact:
            return Answer(_fact(Fact(mark.key), self.place.name, self._period_of(mark)), _year_of(mark, self.period))
        figure = self.known[self._source(mark)][mark.key]
        if mark.by:
            return _list_of_parts(mark, figure)
        if self._is_part_of_region(mark):
            return _number(mark, figure, *_part(figure, REGION, mark.region))
        if len(mark.values) == 1:
            return _number(mark, figure, *_part(figure, *mark.values[0]))
        return _number(mark, figure, figure.value, figure.previous)

    def _period_of(self, mark: Mark) -> Period:
        return self.period.previous if mark.word == Word.PREVIOUS else self.period


def _part(figure: Figure, name: str, value: str) -> tuple[Value, Value]:
    """Of a value that no row has and no list names there is as much as of nothing."""
    nothing = nothing_of(figure.indicator)
    now, before = figure.breakdowns[name], figure.previous_breakdowns.get(name, {})
    return now.get(value, nothing), before.get(value, nothing)


# Facts -------------------------------------------------------------------------------------------


def _fact(fact: Fact, region: str, period: Period) -> str:
    match fact:
        case Fact.REGION:
            return region
        case Fact.PERIOD:
            return period.label
        case Fact.YEAR:
            return str(period.last.year)
        case Fact.FIRST_DAY:
            return day_text(period.first)
        case Fact.LAST_DAY:
            return day_text(period.last)
        case Fact.MADE_ON:
            return day_text(timezone.localdate())


def _year_of(mark: Mark, period: Period) -> Value:
    """A year alone in a cell is a number."""
    if mark.key != Fact.YEAR:
        return None
    return (period.previous if mark.word == Word.PREVIOUS else period).last.year


def day_text(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


# Numbers -----------------------------------------------------------------------------------------


def _number(mark: Mark, figure: Figure, value: Value, previous: Value) -> Answer:
    indicator, factor = figure.indicator, factor_to(figure.indicator, mark.unit) if mark.unit else None
    number = _asked_for(mark.word, figure, value, previous)
    if number is not None and factor is not None:
        number = Decimal(number) * factor
    is_percent = mark.word in (Word.RATIO, Word.COMPLETION)
    decimals = PERCENT_DECIMALS if is_percent else indicator.decimals
    text = plain(number, MOST_DECIMALS, is_exact=True) if factor is not None else plain(number, decimals)
    if mark.in_words and number is not None:
        text = _in_words(mark, figure, Decimal(number), text)
    return Answer(
        text,
        number,
        decimals if factor is None else MOST_DECIMALS,
        is_percent or str(indicator.unit) == "%",
        _is_nothing(mark.word, number, value, previous),
    )


def _asked_for(word: Word, figure: Figure, value: Value, previous: Value) -> Value:
    match word:
        case Word.VALUE:
            return value
        case Word.PREVIOUS:
            return previous
        case Word.CHANGE:
            return change(value, previous)
        case Word.RATIO:
            share = ratio(value, previous)
            return None if share is None else Decimal(share) * 100
        case Word.TARGET:
            return figure.target
        case Word.COMPLETION:
            return figure.completion


def _is_nothing(word: Word, number: Value, value: Value, previous: Value) -> bool:
    if word in (Word.VALUE, Word.PREVIOUS):
        return not number
    if word == Word.CHANGE:
        return number is None or not (value or previous)
    return number is None


def plain(number: Value, decimals: int, *, is_exact: bool = False) -> str:
    """As a paper writes it, without thousands apart; ``is_exact``: no noughts at its end."""
    if number is None:
        return NOTHING
    shown = round(Decimal(number), decimals) or Decimal(0).scaleb(-decimals)  # no minus before nothing
    return f"{shown.normalize() if is_exact else shown:f}"


def _in_words(mark: Mark, figure: Figure, number: Decimal, text: str) -> str:
    is_rate = isinstance(figure.indicator, Rate)
    unit = mark.unit or str(figure.indicator.unit)
    size = text.removeprefix("-")
    if mark.word == Word.RATIO:
        return _turned(number, size, ("增长", "下降", "%"))
    if mark.word == Word.CHANGE:
        return _turned(number, size, ("提高", "降低", "个百分点") if is_rate else ("增加", "减少", unit))
    if mark.word == Word.COMPLETION:
        return f"{text}%"
    if mark.word == Word.TARGET and figure.goal is not None and figure.goal.is_limit:
        return f"不超过{text}{unit}"
    return f"{text}{unit}"


def _turned(number: Decimal, size: str, words: tuple[str, str, str]) -> str:
    up, down, unit = words
    if not Decimal(size):
        return "持平"
    return f"{up if number > 0 else down}{size}{unit}"


def _list_of_parts(mark: Mark, figure: Figure) -> Answer:
    """大区级7项、省级14项: those that are not nothing, in their order."""
    broken = figure.previous_breakdowns if mark.word == Word.PREVIOUS else figure.breakdowns
    parts: Mapping[str, Value] = broken.get(mark.by, {})
    texts = []
    for value, number in parts.items():
        if number:
            answer = _number(Mark(mark.key, unit=mark.unit, in_words=True), figure, number, None)
            texts.append(f"{figure.labels[mark.by][value]}{answer.text}")
    return Answer("、".join(texts) or NOTHING, is_nothing=not texts)
