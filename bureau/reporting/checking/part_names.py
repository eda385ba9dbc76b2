"""Which parts of a figure the words around a number name."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import get_language

from bureau.reporting.checking.candidates import parts
from bureau.reporting.checking.words import pairs
from bureau.reporting.dimensions import REGION
from bureau.reporting.figures import Figure
from bureau.reporting.marks import LANGUAGE
from bureau.reporting.regions import own_level_name

# Of a part, how much of its name must stand there; less will do where the number is equal and no small one.
NAMED, HALF_NAMED = 0.7, 0.25
FAR_REGION = 0.8
_REGION_ENDS = re.compile(r"(?<=..)(?:[省市县区旗]|地区|自治[州县区旗])$")


@dataclass(frozen=True)
class Named:
    """A part that the words name: ``share`` is how much of what tells it apart stands there, less if further away."""

    dimension: str
    part: str
    share: float
    signs: frozenset[str]


class PartNames:
    """The names of parts by figure: those of regions without 市 as well, since texts leave it out."""

    def __init__(
        self, figures: list[Figure], forms: list[set[frozenset[str]]], weight: Callable[[frozenset[str]], float]
    ) -> None:
        self.of: list[dict[frozenset[str], list[tuple[str, str]]]] = []
        self.figures, self.forms, self.weight = figures, forms, weight
        self.of_figures = [frozenset[str]().union(*each) for each in forms]
        self._having: list[dict[str, set[frozenset[str]]]] = []
        self._known: dict[tuple[str, str], list[frozenset[str]]] = {}
        self._named: dict[tuple[int, str, str], list[Named]] = {}
        for figure in figures:
            names = self._names(figure)
            having: dict[str, set[frozenset[str]]] = defaultdict(set)
            for signs in names:
                for pair in signs:
                    having[pair].add(signs)
            self.of.append(names)
            self._having.append(having)

    def _names(self, figure: Figure) -> dict[frozenset[str], list[tuple[str, str]]]:
        names: dict[frozenset[str], list[tuple[str, str]]] = defaultdict(list)
        for dimension, value, label in [*parts(figure), *_in_the_readers_language(figure)]:
            if (dimension, label) not in self._known:
                texts = [label, _REGION_ENDS.sub("", label)] if dimension == REGION else [label]
                self._known[dimension, label] = [signs for text in texts if (signs := pairs(text))]
            for signs in self._known[dimension, label]:
                if (dimension, value) not in names[signs]:
                    names[signs].append((dimension, value))
        return dict(names)

    def is_by(self, figure: int, dimension: str, text: str) -> bool:
        if dimension == REGION:
            return False
        return pairs(str(self.figures[figure].indicator.dimension(dimension).label)) == pairs(text)

    def named(self, figure: int, own: str, wide: str) -> list[Named]:
        key = (figure, own, wide)
        if key not in self._named:
            self._named[key] = list(self._found(figure, pairs(own), pairs(wide)))
        return self._named[key]

    def _found(self, figure: int, own: frozenset[str], wide: frozenset[str]) -> Iterator[Named]:
        """Only a region may be named further away: it goes on for a sentence."""
        having, around = self._having[figure], own | wide
        for signs in sorted({each for pair in around for each in having.get(pair, ())}, key=sorted):
            is_alone = own == signs and (own not in self.forms[figure] or wide in self.forms[figure])
            telling = signs if is_alone else signs - self.of_figures[figure]
            if not telling:
                continue
            near, far = (self.weight(telling & words) / self.weight(telling) for words in (own, around))
            for dimension, value in self.of[figure][signs]:
                share = FAR_REGION * far if near < NAMED and dimension == REGION else near
                if share >= HALF_NAMED:
                    yield Named(dimension, value, share + len(signs) * 0.001, signs)


def _in_the_readers_language(figure: Figure) -> Iterator[tuple[str, str, str]]:
    """Of dimensions that stand in code; the names of the others are the same in every language."""
    if get_language() == LANGUAGE:
        return
    for name in figure.indicator.dimension_names:
        dimension = figure.indicator.dimension(name)
        if not callable(dimension.values):
            yield from ((name, value, label) for value, label in dimension.known().items())
    yield REGION, figure.region, own_level_name(figure.region)
