"""Which figure a written number most likely is. Nothing is learned and nothing is left to chance:

1. Words are compared by their pairs of neighbouring signs (准量 in 计量标准 …), Latin ones as they are. A pair that
   few figures have tells more than one that all have: it weighs ``log(1 + figures / figures with it)``.
2. A figure is known by its label, in Chinese and in the reader's language, and by the words that the wording of the
   year-end text puts beside it. Its score is 0.6 × how much of that stands around the number (the words of the wider
   sentence at ``WIDE``) + 0.4 × how much of the words beside the number it explains; words that are its label
   exactly earn ``EXACT``.
3. A part (级别, 地区 …) whose name stands there earns ``PART``; the whole figure then loses as much.
4. 上年, 增加, 目标, 完成, 占 before the number, or over its column, say which number of the figure it is.
5. A unit of the same kind earns ``UNIT``, one of another kind loses three times that; a percentage is never taken for
   a count. The very number of the figure, frozen or live, earns ``EQUAL``, less if it has only one or two digits.
6. Below ``THRESHOLD`` no figure is named. Of equals the first in the order of the summary wins.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import get_language, override

from bureau.reporting.checking.candidates import Candidate, Frozen
from bureau.reporting.checking.in_text import Found
from bureau.reporting.checking.meaning import KINDS_ALONE, UNIT, equal, fits, kinds, unit_score
from bureau.reporting.checking.part_names import NAMED, PartNames
from bureau.reporting.checking.words import pairs, words_of_the_wording
from bureau.reporting.checking.written import Written
from bureau.reporting.figures import Figure
from bureau.reporting.marks import LANGUAGE

COVER, EXPLAINED, WIDE, WIDE_ALONE, EXACT = 0.6, 0.4, 0.6, 0.9, 0.3
PART, PARENT, BY, EQUAL, SECTION = 0.3, 0.5, 0.3, 0.2, 0.03
THRESHOLD, SURE = 0.5, 0.8
FIGURES_LOOKED_AT, FIGURES_AHEAD = 6, 2
# Numbers of so many digits are hardly alike by chance: for them half of the name of a part will do.
TELLING_DIGITS = 3
UNKNOWN_PAIR = 3.0
# A pair that so many figures have finds none by itself.
COMMON = 0.15
# Words of the wording that are too few to go by.
FEWEST_PAIRS = 3


@dataclass(frozen=True)
class Guess:
    candidate: Candidate
    score: float


class Likeliest:
    """``figures``: those of a region and year, with parts, goals and course; their order decides between equals."""

    def __init__(self, figures: Iterable[Figure], frozen: Frozen) -> None:
        self.figures, self.frozen = list(figures), frozen
        self.by_key = {figure.indicator.key: number for number, figure in enumerate(self.figures)}
        self.forms = list(self._forms())
        self.having: dict[str, set[int]] = defaultdict(set)
        for number, (_figure, form) in enumerate(self.forms):
            for pair in form:
                self.having[pair].add(number)
        total = len(self.figures)
        of_figures = {pair: len({self.forms[at][0] for at in found}) for pair, found in self.having.items()}
        self.common = {pair for pair, count in of_figures.items() if count > total * COMMON}
        self._weight_of: dict[frozenset[str], float] = {}
        self.weights = {pair: math.log(1 + total / count) for pair, count in of_figures.items()}
        self.units = [str(figure.indicator.unit) for figure in self.figures]
        self.sections = [pairs(str(figure.indicator.section.label)) for figure in self.figures]
        self.labels = ["|".join(self._labels(figure)) for figure in self.figures]
        forms: list[set[frozenset[str]]] = [set() for _figure in self.figures]
        for number, form in self.forms:
            forms[number].add(form)
        self.parts = PartNames(self.figures, forms, self._weight)
        self._scores: dict[tuple[str, str], list[tuple[int, float, float]]] = {}
        self._above: dict[tuple[int, str], float] = {}

    def _labels(self, figure: Figure) -> list[str]:
        languages = dict.fromkeys((LANGUAGE, get_language() or LANGUAGE))
        found = []
        for language in languages:
            with override(language):
                found.append(str(figure.indicator.label))
        return found

    def _forms(self) -> Iterator[tuple[int, frozenset[str]]]:
        for number, figure in enumerate(self.figures):
            for label in self._labels(figure):
                if form := pairs(label):
                    yield number, form
        for key, words in words_of_the_wording():
            if key in self.by_key and len(form := pairs(words)) >= FEWEST_PAIRS:
                yield self.by_key[key], form

    # Figures by their words -----------------------------------------------------------------------

    def names_figure(self, text: str, parent: str = "") -> bool:
        """Whether the label of a row names a figure, rather than a part of ``parent``, the one above."""
        own = pairs(text)
        if not own or self._part_named(own, pairs(parent)):
            return False
        return any(
            self._weight(own & form) >= SURE * max(self._weight(form), self._weight(own))
            for form in {self.forms[at][1] for pair in own for at in self.having.get(pair, ())}
        )

    def _part_named(self, own: frozenset[str], parent: frozenset[str]) -> bool:
        return any(own in self.parts.of[number] for number, form in self.forms if form == parent)

    def _figures_for(self, own: str, wide: str) -> list[tuple[int, float, float]]:
        """Figure, score of its words, and how much of the words beside the number that explains; the best ones."""
        key = (own, wide)
        if key not in self._scores:
            signs = pairs(own) if pairs(KINDS_ALONE.sub("|", own)) else frozenset()
            self._scores[key] = self._scored(signs, pairs(wide))
        return self._scores[key]

    def _scored(self, own: frozenset[str], wide: frozenset[str]) -> list[tuple[int, float, float]]:
        best: dict[int, tuple[float, float]] = {}
        ahead: dict[int, float] = {}
        far = WIDE if own else WIDE_ALONE
        around = own | wide
        for form in {form for pair in (around - self.common) or around for form in self.having.get(pair, ())}:
            figure, signs = self.forms[form]
            covered = self._weight(own & signs) + far * self._weight((wide - own) & signs)
            explained = self._weight(own & signs) / self._weight(own) if own else 0.0
            score = COVER * covered / self._weight(signs) + EXPLAINED * explained
            score += EXACT if own == signs else EXACT * 0.8 if wide == signs else 0.0
            ahead[figure] = max(ahead.get(figure, 0.0), self._weight(wide & signs) / self._weight(signs))
            if figure not in best or (score, explained) > best[figure]:
                best[figure] = (score, explained)
        ordered = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
        looked_at = {figure for figure, _scores in ordered[:FIGURES_LOOKED_AT]}
        # What the sentence began with, however little the words beside the number say of it: 按用途分.
        looked_at |= set(sorted(ahead, key=lambda each: (-ahead[each], each))[:FIGURES_AHEAD])
        return [(figure, score, explained) for figure, (score, explained) in ordered if figure in looked_at]

    def _weight(self, signs: frozenset[str]) -> float:
        weight = self._weight_of.get(signs)
        if weight is None:
            weight = sum([self.weights[pair] if pair in self.weights else _unknown(pair) for pair in signs])
            self._weight_of[signs] = weight
        return weight

    # Candidates -----------------------------------------------------------------------------------

    def guess(self, found: Found) -> Guess | None:
        """The likeliest figure; None where too little speaks for any."""
        best: Guess | None = None
        for number, words, explained in self._figures_for(found.own, found.wide):
            # The most that a part of it, in the right unit and of the very number, can reach.
            if best is not None and words + 1.1 * PART + PARENT + BY + EXPLAINED + UNIT + EQUAL < best.score:
                break
            for guess in self._guesses(found, number, words, explained):
                if best is None or guess.score > best.score + 1e-9:
                    best = guess
        return best if best is not None and best.score >= THRESHOLD else None

    def _guesses(self, found: Found, number: int, words: float, explained: float) -> Iterator[Guess]:
        own, figure = pairs(found.own), self.figures[number]
        named = self.parts.named(number, found.own, found.wide)
        strongest = max((each.share for each in named if each.share >= NAMED), default=0.0)
        below = PARENT * self._share_above(number, found.wide)
        section = SECTION if self.sections[number] & pairs(found.heading) else 0.0
        unit = self.units[number]
        for kind, year in kinds(found, self.labels[number], figure):
            whole = Candidate(figure, unit, kind, year=year)
            yield from self._weighed(whole, found, words + section - PART * strongest)
            for part in named:
                candidate = Candidate(figure, unit, kind, part.dimension, part.part, year)
                if part.share < NAMED and not self._tells(candidate, found):
                    continue
                also = EXPLAINED * self._also_explained(own, part.signs, explained)
                also += below if own == part.signs else 0.0
                also += BY if found.by and self.parts.is_by(number, part.dimension, found.by) else 0.0
                yield from self._weighed(candidate, found, words + section + also + PART * part.share)

    def _share_above(self, figure: int, text: str) -> float:
        """Whether what stands above, or before, is the figure of which this may be a part: 1 where it is its label,
        less where that is among other words, 0 where it is not."""
        key = (figure, text)
        if key not in self._above:
            wide = pairs(text)
            shares = [
                1.0 if form == wide else 0.6 * self._weight(form & wide) / self._weight(form)
                for form in self.parts.forms[figure]
            ]
            self._above[key] = max((share for share in shares if share >= 0.6 * SURE * SURE), default=0.0)
        return self._above[key]

    def _tells(self, candidate: Candidate, found: Found) -> bool:
        return _digits(found.written) >= TELLING_DIGITS and self._is_equal(candidate, found)

    def _is_equal(self, candidate: Candidate, found: Found) -> bool:
        values = (candidate.live, candidate.frozen(self.frozen))
        return any(equal(found, candidate, value) for value in values)

    def _also_explained(self, own: frozenset[str], signs: frozenset[str], explained: float) -> float:
        if not own:
            return 0.0
        return min(1.0 - explained, self._weight(own & signs) / self._weight(own))

    def _weighed(self, candidate: Candidate, found: Found, score: float) -> Iterator[Guess]:
        if not candidate.exists or not fits(candidate, found.written, is_cell=found.is_cell):
            return
        score += unit_score(candidate, found.written)
        if self._is_equal(candidate, found):
            score += EQUAL * min(_digits(found.written), 3) / 3
        yield Guess(candidate, score)


def _unknown(pair: str) -> float:
    """A year tells names of campaigns apart, and nothing else."""
    return 0.5 if pair.isdigit() else UNKNOWN_PAIR


def _digits(written: Written) -> int:
    """How many digits it has without noughts at the end: small numbers are alike by chance."""
    return len(written.value.normalize().as_tuple().digits) if written.value else 0
