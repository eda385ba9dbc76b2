"""What a manager looks through before a year is submitted: figures that contradict each other or look odd.

Nothing here forbids a submission. The checks of figures are pure functions; ``findings`` puts the questions together.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db.models import TextChoices
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau import scoping
from bureau.models.record import NOT_VOIDED
from bureau.models.region import bucket_of, children, final_code, subtree_q
from bureau.reporting import freezing
from bureau.reporting.completeness import Board
from bureau.reporting.dimensions import REGION
from bureau.reporting.figures import Figure, Value
from bureau.reporting.indicators import Rate, Stated
from bureau.reporting.lines import number_text, short_of
from bureau.reporting.models import Target
from bureau.reporting.periods import Period
from bureau.reporting.summary import Summary

# A jump against last year: three times as much or more, or a third or less. A year in which twice as many pieces were
# verified happens (a campaign, a new catalogue); threefold is as a rule a list that was imported twice, or not at all.
JUMP_FACTOR = 3
# Below this difference, in the unit of the figure, small numbers jump without a meaning: from 2 to 7 standards.
JUMP_AT_LEAST = 10
# Tenfold: a target in another unit (thousands for pieces), or one that nobody revised.
OVERFULFILLED = 1000
PERCENT = "%"
# Of parts that differ, so many are named in a sentence.
NAMED = 10

# Numbers of parts, by code of the region and key of the figure.
OfParts = Mapping[str, Mapping[str, Value]]


class Severity(TextChoices):
    WRONG = "wrong", gettext_lazy("contradiction")
    ODD = "odd", gettext_lazy("unusual")
    NOTE = "note", gettext_lazy("incomplete")


@dataclass(frozen=True)
class Finding:
    """``figure``: its label, or nothing where it is about the whole report. ``key`` says the same in any language."""

    severity: Severity
    sentence: str
    url: str
    key: str
    figure: str = ""

    def as_json(self) -> dict[str, str]:
        return {
            "severity": str(self.severity.value),
            "figure": self.figure,
            "sentence": self.sentence,
            "url": self.url,
        }


def findings(region: str, year: int, *, user: Any, on: date | None = None) -> list[Finding]:
    """Everything that the checks find of a region in a year, in the scope of ``user``; the contradictions first."""
    period, day = Period.year(year), on or timezone.localdate()
    figures = Summary.make(region, period, user=user).figures
    below = [child.code for child in children(region, period.last)]
    found = [
        *of_figures(figures),
        *of_targets(figures, targets_of_parts(region, period, user=user)),
        *of_accepted(figures, freezing.accepted_figures(below, year)),
        *of_offices(Board(region, year, user=user, on=day)),
    ]
    if day <= period.last:
        found.append(_not_over(region, period))
    order = list(Severity)
    return sorted(found, key=lambda finding: order.index(finding.severity))


def digest(found: Iterable[Finding]) -> str:
    """Stands for exactly these findings, in whatever language they are shown; "" where there is none."""
    keys = "\n".join(finding.key for finding in found)
    return sha256(keys.encode()).hexdigest()[:32] if keys else ""


# Checks of figures -------------------------------------------------------------------------------


def of_figures(figures: Iterable[Figure]) -> Iterator[Finding]:
    """What the figures of one region and year say against each other."""
    every = list(figures)
    for figure in every:
        yield from sums(figure)
        yield from outside_of_parts(figure)
        yield from above_hundred(figure)
        yield from overfulfilled(figure)
        yield from jump(figure)
    yield from from_nothing(every)


def sums(figure: Figure) -> Iterator[Finding]:
    """Where parts add up, those of each breakdown come to the whole."""
    if not figure.indicator.is_additive:
        return
    for name, parts in figure.breakdowns.items():
        total = sum(value or 0 for value in parts.values())
        if total != (figure.value or 0):
            label = _("Region") if name == REGION else figure.indicator.dimension(name).label
            sentence = _("The parts by “%(dimension)s” come to %(total)s, the figure is %(value)s.")
            known = {"dimension": label, "total": _text(figure, total), "value": _text(figure, figure.value)}
            yield _finding(figure, Severity.WRONG, "sum", sentence % known, name, total)


def outside_of_parts(figure: Figure) -> Iterator[Finding]:
    """A share that is stated of the region and of every part of it lies between the smallest and largest of these."""
    if not (isinstance(getattr(figure.indicator, "measure", None), Stated) and _is_percentage(figure)):
        return
    stated = [value for code, value in figure.breakdowns.get(REGION, {}).items() if code != figure.region]
    known = [value for value in stated if value is not None]
    if figure.value is None or not known or len(known) < len(stated):
        return
    if not min(known) <= figure.value <= max(known):
        sentence = _("Stated of the region: %(value)s%%; of its parts: between %(least)s%% and %(most)s%%.") % {
            "value": _text(figure, figure.value),
            "least": _text(figure, min(known)),
            "most": _text(figure, max(known)),
        }
        yield _finding(figure, Severity.WRONG, "outside", sentence, min(known), max(known))


def above_hundred(figure: Figure) -> Iterator[Finding]:
    """A rate in percent, whose numerator is part of its denominator, of the region or of a part of it."""
    if not (isinstance(figure.indicator, Rate) and figure.indicator.scale == 100 and _is_percentage(figure)):
        return
    above = {code: value for code, value in figure.breakdowns.get(REGION, {}).items() if _is_above(value)}
    places = figure.labels.get(REGION, {})
    if _is_above(figure.value):
        sentence = _("%(value)s%% is above 100%%.") % {"value": _text(figure, figure.value)}
        yield _finding(figure, Severity.WRONG, "above", sentence, figure.value)
    elif above:
        named = [f"{places.get(code, code)} {_text(figure, value)}%" for code, value in above.items()]
        sentence = _("Above 100%% in parts of the region: %(named)s.") % {"named": _named(named)}
        yield _finding(figure, Severity.WRONG, "above in parts", sentence, *above.items())


def overfulfilled(figure: Figure) -> Iterator[Finding]:
    """A target that was reached tenfold; a limit has no such thing."""
    share, goal = figure.completion, figure.goal
    if share is None or goal is None or goal.is_limit or share < OVERFULFILLED:
        return
    sentence = _("The target of %(target)s was reached to %(share)s%%.") % {
        "target": _text(figure, figure.target),
        "share": number_text(share, 0),
    }
    yield _finding(figure, Severity.ODD, "tenfold", sentence, figure.target, figure.value)


def jump(figure: Figure) -> Iterator[Finding]:
    """Threefold or a third of last year, and a difference that counts."""
    if figure.value is None or figure.previous is None:
        return
    value, before = Decimal(figure.value), Decimal(figure.previous)
    if value < 0 or before <= 0 or abs(value - before) < JUMP_AT_LEAST:
        return
    known = {"value": _text(figure, value), "previous": _text(figure, before)}
    if value >= before * JUMP_FACTOR:
        sentence = _("Rose from %(previous)s last year to %(value)s.") % known
    elif value * JUMP_FACTOR <= before:
        sentence = _("Fell from %(previous)s last year to %(value)s.") % known
    else:
        return
    yield _finding(figure, Severity.ODD, "jump", sentence, before, value)


def from_nothing(figures: Iterable[Figure]) -> Iterator[Finding]:
    """In one sentence what last year had nothing of: it may be new, or that year was never entered."""
    found = [figure for figure in figures if figure.previous == 0 and (figure.value or 0) >= JUMP_AT_LEAST]
    if found:
        sentence = _("Nothing is on record for last year of: %(named)s.")
        named = _named([str(figure.indicator.label) for figure in found])
        key = _key("from nothing", "", [figure.indicator.key for figure in found])
        url = _summary_url(found[0].region, found[0].period)
        yield Finding(Severity.ODD, sentence % {"named": named}, url, key)


def of_targets(figures: Iterable[Figure], of_parts: OfParts) -> Iterator[Finding]:
    """The targets of the parts can bring the whole to its target, where parts add up."""
    for figure in figures:
        parts = [values[key] for values in of_parts.values() if (key := figure.indicator.key) in values]
        if not parts or figure.goal is None or not figure.indicator.is_additive:
            continue
        total = sum(value or 0 for value in parts)
        if sentence := short_of(figure.goal, total, figure.indicator.decimals):
            yield _finding(figure, Severity.WRONG, "targets", sentence, total, figure.target)


def of_accepted(figures: Iterable[Figure], accepted: OfParts) -> Iterator[Finding]:
    """What the offices below reported, and was accepted, is still what the records say."""
    for figure in figures:
        now, places = figure.breakdowns.get(REGION, {}), figure.labels.get(REGION, {})
        changed, numbers = [], []
        for code, values in accepted.items():
            if figure.indicator.key not in values or code not in now:
                continue
            then, today = _text(figure, values[figure.indicator.key]), _text(figure, now[code])
            if then != today:
                known = {"part": places.get(code, code), "then": then, "today": today}
                changed.append(_("%(part)s %(then)s, now %(today)s") % known)
                numbers += [code, then, today]
        if changed:
            sentence = _("Changed since the report of the part was accepted: %(named)s.") % {"named": _named(changed)}
            yield _finding(figure, Severity.WRONG, "accepted", sentence, *numbers)


def of_offices(board: Board) -> Iterator[Finding]:
    """Whose year is not accepted yet: what they change still changes this report."""
    reporting = board.reporting
    waiting = [line for line in reporting if not line.is_accepted]
    if not waiting:
        return
    sentence = _("Of %(count)s offices below, %(waiting)s have no accepted report: %(named)s.") % {
        "count": len(reporting),
        "waiting": len(waiting),
        "named": _named([line.place.name for line in waiting]),
    }
    url = f"{reverse('reporting:year-reports')}?region={board.region}&year={board.year}"
    yield Finding(Severity.NOTE, sentence, url, _key("offices", "", [line.place.code for line in waiting]))


def targets_of_parts(region: str, period: Period, *, user: Any) -> dict[str, dict[str, Value]]:
    """The targets of exactly these days of the direct parts of a region; of a stock those of the last day."""
    rows = scoping.visible_to(Target.objects.filter(NOT_VOIDED, subtree_q(region), ends_on=period.last), user)
    found: dict[str, dict[str, Value]] = {}
    for target in rows.order_by("begins_on", "pk"):
        code = final_code(target.region_id)
        is_of_year = target.begins_on == period.first or target.begins_on == target.ends_on
        if is_of_year and code != region and bucket_of(code, region) == code:
            found.setdefault(code, {})[target.indicator] = target.value
    return found


# Words -------------------------------------------------------------------------------------------


def _not_over(region: str, period: Period) -> Finding:
    sentence = _("The year is not over: these are the figures of today.")
    return Finding(Severity.NOTE, sentence, _summary_url(region, period), "not over")


def _finding(figure: Figure, severity: Severity, check: str, sentence: str, *numbers: Any) -> Finding:
    label = str(figure.indicator.label)
    return Finding(severity, sentence, figure.url(), _key(check, figure.indicator.key, numbers), label)


def _key(check: str, figure: str, numbers: Iterable[Any]) -> str:
    return "|".join([check, figure, *map(str, numbers)])


def _summary_url(region: str, period: Period) -> str:
    return f"{reverse('reporting:summary')}?region={region}&from={period.first}&to={period.last}"


def _is_above(value: Value) -> bool:
    return value is not None and value > 100


def _is_percentage(figure: Figure) -> bool:
    return str(figure.indicator.unit) == PERCENT


def _text(figure: Figure, value: Value) -> str:
    return number_text(value, figure.indicator.decimals)


def _named(texts: list[str]) -> str:
    said = _(", ").join(texts[:NAMED])
    over = len(texts) - NAMED
    return _("%(named)s and %(count)s more") % {"named": said, "count": over} if over > 0 else said
