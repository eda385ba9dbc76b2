"""Marks: places in a text or a form of an office's own that figures fill. One language for workbooks, Word and text::

    {{ standards.established }}                                the figure of the region and period of the paper
    {{ standards.established | tier=provincial | previous }}   narrowed, and another number of it
    {{ verification.instruments | region=210200 | unit=万台件 }}
    {{ standards.established | by=tier }}                      a list of its parts that are not nothing
    {{ region }} {{ period }} {{ year }} {{ first_day }} {{ last_day }} {{ made_on }}

A mark is read here and answered in ``answers``; nothing of it is ever run as a program.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import override

from bureau import units
from bureau.reporting import indicators, regions
from bureau.reporting.dimensions import NOT_STATED, REGION, UnknownValue
from bureau.reporting.indicators import BaseIndicator, Rate, UnknownIndicator
from bureau.reporting.regions import UnknownRegion
from bureau.texts import match_text, narrow

_MARK = re.compile(r"\{\{([^{}]*)\}\}")
_LOOSE = re.compile(r"\{\{|\}\}")
BY, UNIT = "by", "unit"
# The language of the papers, whatever that of the reader.
LANGUAGE = "zh-hans"


class Word(StrEnum):
    """Which number of a figure. ``RATIO`` and ``COMPLETION`` are in percent."""

    VALUE = "value"
    PREVIOUS = "previous"
    CHANGE = "change"
    RATIO = "ratio"
    TARGET = "target"
    COMPLETION = "completion"


# The number as a Chinese sentence has it, with its unit: 增加19项, 不超过10项.
IN_WORDS = "text"


class Fact(StrEnum):
    """What a paper says of itself."""

    REGION = "region"
    PERIOD = "period"
    YEAR = "year"
    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    MADE_ON = "made_on"


OF_LAST_YEAR = (Fact.PERIOD, Fact.YEAR, Fact.FIRST_DAY, Fact.LAST_DAY)
OF_A_GOAL = (Word.TARGET, Word.COMPLETION)
IN_A_UNIT = (Word.VALUE, Word.PREVIOUS, Word.CHANGE, Word.TARGET)


class BadMark(ValueError):
    """The message is a sentence for the clerk."""


@dataclass(frozen=True)
class Mark:
    """``key`` of a figure, or a fact. ``values`` narrow it by dimension, ``region`` is "" for that of the paper, ``by``
    asks for a list of its parts by a dimension, ``unit`` for another unit."""

    key: str
    word: Word = Word.VALUE
    values: tuple[tuple[str, str], ...] = ()
    region: str = ""
    by: str = ""
    unit: str = ""
    in_words: bool = False

    @property
    def is_fact(self) -> bool:
        return self.key in set(Fact)

    def __str__(self) -> str:
        """As it is written; two marks that ask the same are written the same."""
        named = ((REGION, self.region), (BY, self.by), (UNIT, self.unit))
        parts = [self.key, *(f"{name}={value}" for name, value in self.values)]
        parts += [f"{name}={value}" for name, value in named if value]
        parts += [self.word] if self.word != Word.VALUE else []
        parts += [IN_WORDS] if self.in_words else []
        return "{{ " + " | ".join(parts) + " }}"


class Known:
    """What marks may ask for in a region: its figures, their values, the places inside it."""

    def __init__(self, region: str) -> None:
        self.region = region
        self._values: dict[int, dict[str, str]] = {}

    @cached_property
    def figures(self) -> Mapping[str, BaseIndicator]:
        return {indicator.key: indicator for indicator in indicators.of_region(self.region)}

    def values(self, indicator: BaseIndicator, name: str) -> dict[str, str]:
        """Value and label; a list that stands in the database is read once for all dimensions that have it."""
        dimension = indicator.dimension(name)
        source = id(dimension.values)
        if source not in self._values:
            self._values[source] = dimension.known()
        return self._values[source]


# Reading -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """Where in a text a mark stands, and what is written between its braces."""

    start: int
    end: int
    inside: str


def places(text: str) -> list[Place]:
    """The marks of a text, in braces of any width."""
    return [Place(match.start(), match.end(), match[1]) for match in _MARK.finditer(narrow(text))]


def problem_of_braces(text: str) -> str:
    """A sentence if braces are left over where a mark was meant."""
    if _LOOSE.search(_MARK.sub("", narrow(text))):
        return _("A mark is not closed: it begins with {{ and ends with }}, in one paragraph.")
    return ""


def read(text: str, known: Known) -> tuple[list[Mark], list[str]]:
    """The marks of a text, and a sentence for each that cannot be answered."""
    found, problems = [], []
    for place in places(text):
        try:
            found.append(parse(place.inside, known))
        except BadMark as problem:
            problems.append(f"{{{{{place.inside}}}}}: {problem}")
    loose = problem_of_braces(text)
    return found, [*problems, loose] if loose else problems


def parse(inside: str, known: Known) -> Mark:
    """What stands between the braces. Raises ``BadMark``."""
    key, *parts = (part.strip() for part in narrow(inside).split("|"))
    if key in set(Fact):
        return _fact(Fact(key), parts)
    indicator = known.figures.get(key)
    if indicator is None:
        raise BadMark(_unknown(key, known))
    return _Reader(indicator, known).read(parts)


def _unknown(key: str, known: Known) -> str:
    if not key:
        return _("The mark is empty.")
    sentence = _("There is no figure “%(key)s”.") % {"key": key}
    near = get_close_matches(key, [*known.figures, *Fact], n=1, cutoff=0.75)
    meant = _("Is “%(key)s” meant?") % {"key": near[0]} if near else ""
    return f"{sentence} {meant}".strip()


def _fact(fact: Fact, parts: list[str]) -> Mark:
    if parts and (parts != [Word.PREVIOUS] or fact not in OF_LAST_YEAR):
        raise BadMark(_("“%(fact)s” cannot have “%(part)s”.") % {"fact": fact, "part": parts[-1]})
    return Mark(fact, Word.PREVIOUS if parts else Word.VALUE)


class _Reader:
    """Reads what stands behind the key of one figure."""

    def __init__(self, indicator: BaseIndicator, known: Known) -> None:
        self.indicator, self.known = indicator, known
        self.values: dict[str, str] = {}
        self.named = {REGION: "", BY: "", UNIT: ""}
        self.words: list[str] = []

    def read(self, parts: list[str]) -> Mark:
        for part in parts:
            name, sign, value = (text.strip() for text in part.partition("="))
            if sign:
                self._take(name, value)
            else:
                self._take_word(part)
        word = next((Word(each) for each in self.words if each != IN_WORDS), Word.VALUE)
        mark = Mark(
            self.indicator.key, word, tuple(sorted(self.values.items())), **self.named, in_words=IN_WORDS in self.words
        )
        self._check(mark)
        return mark

    def _take_word(self, word: str) -> None:
        if word not in {*Word, IN_WORDS}:
            known = ", ".join([*Word, IN_WORDS])
            raise BadMark(_("“%(word)s” is none of the words %(known)s.") % {"word": word, "known": known})
        if word in self.words or (word != IN_WORDS and set(self.words) - {IN_WORDS}):
            raise BadMark(_("A mark asks for one number: “%(word)s” is one too many.") % {"word": word})
        self.words.append(word)

    def _take(self, name: str, value: str) -> None:
        if self.named.get(name) or name in self.values:
            raise BadMark(_("“%(name)s” is stated twice.") % {"name": name})
        if name in self.named:
            takers: dict[str, Callable[[str], str]] = {REGION: self._region, BY: self._by, UNIT: self._unit}
            self.named[name] = takers[name](value)
        else:
            dimension = self._dimension(name)
            self.values[dimension] = self._value(dimension, value)

    def _region(self, code: str) -> str:
        try:
            place = regions.place(code)
        except UnknownRegion as problem:
            raise BadMark(str(problem)) from None
        if not regions.is_within(code, self.known.region):
            top = regions.place(self.known.region)
            raise BadMark(_("%(region)s is no part of %(whole)s.") % {"region": place.name, "whole": top.name})
        return code

    def _by(self, name: str) -> str:
        return name if name == REGION else self._dimension(name)

    def _dimension(self, name: str) -> str:
        try:
            self.indicator.dimension(name)
        except UnknownIndicator as problem:
            raise BadMark(str(problem)) from None
        return name

    def _value(self, name: str, text: str) -> str:
        """The value itself, or its label; one that no list has must at least be possible."""
        known, dimension = self.known.values(self.indicator, name), self.indicator.dimension(name)
        if text in known or text == NOT_STATED:
            return text
        alike = [value for value, label in known.items() if match_text(label) == match_text(text)]
        if alike:
            return alike[0]
        try:
            for part in self.indicator.parts if isinstance(self.indicator, Rate) else (self.indicator,):
                part.dimension(name).condition(part.model, text)  # type: ignore[attr-defined]
        except UnknownValue as problem:
            raise BadMark(str(problem)) from None
        if known:
            raise BadMark(_("%(label)s has no value “%(value)s”.") % {"label": dimension.label, "value": text})
        return text

    def _unit(self, text: str) -> str:
        factor_to(self.indicator, text)
        return text

    def _check(self, mark: Mark) -> None:
        """What the figure, or the part of it, does not have."""
        label = self.indicator.label
        if mark.word == Word.RATIO and isinstance(self.indicator, Rate):
            raise BadMark(_("“%(label)s” is a share itself: ask for its change.") % {"label": label})
        if mark.word in OF_A_GOAL and (mark.values or mark.by):
            raise BadMark(_("A target is set for all of “%(label)s”, not for a part of it.") % {"label": label})
        if mark.by and mark.word not in (Word.VALUE, Word.PREVIOUS):
            raise BadMark(_("A list of parts is one of values: leave out “%(word)s”.") % {"word": mark.word})
        if mark.by and mark.by in self.values:
            raise BadMark(_("“%(name)s” is narrowed to one value, so it has no parts.") % {"name": mark.by})
        if mark.unit and mark.word not in IN_A_UNIT:
            raise BadMark(_("“%(word)s” is in percent: leave out the unit.") % {"word": mark.word})


def factor_to(indicator: BaseIndicator, text: str) -> Decimal:
    """By what a number of the figure is multiplied to be in that unit. Raises ``BadMark``."""
    with override(LANGUAGE):
        own, asked = units.find(str(indicator.unit)), units.find(text)
    if asked is not None and asked.kind == units.NUMBER:
        return 1 / asked.size
    if own is None or asked is None:
        known = {"label": indicator.label, "own": indicator.unit, "unit": text}
        raise BadMark(_("“%(label)s” is in %(own)s and cannot be shown in “%(unit)s”.") % known)
    try:
        return units.factor(own, asked)
    except units.OtherKind:
        known = {"label": indicator.label, "own": indicator.unit, "unit": text}
        raise BadMark(_("“%(label)s” is in %(own)s and cannot be shown in “%(unit)s”.") % known) from None


# Filling -----------------------------------------------------------------------------------------


def filled(pieces: list[str], text_of: Callable[[str], str]) -> list[str]:
    """The same pieces with each mark replaced, also one that lies over several: its text stands in the first of them.

    ``text_of`` is asked with what stands between the braces.
    """
    whole = "".join(pieces)
    bounds, at = [], 0
    for piece in pieces:
        bounds.append((at, at + len(piece)))
        at += len(piece)
    found = [(place, text_of(place.inside)) for place in places(whole)]
    return [_piece(whole, start, end, found) for start, end in bounds]


def _piece(whole: str, start: int, end: int, found: list[tuple[Place, str]]) -> str:
    return "".join(_stretches(whole, start, end, found))


def _stretches(whole: str, start: int, end: int, found: list[tuple[Place, str]]) -> Iterator[str]:
    at = start
    for place, text in found:
        if place.end <= at or place.start >= end:
            continue
        yield whole[at : max(at, place.start)]
        if place.start >= start:
            yield text
        at = min(place.end, end)
    yield whole[at:end]
