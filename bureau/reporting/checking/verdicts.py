"""The verdict on every number of a report: equal to what was frozen, to what is reckoned now, or to neither."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from bureau.reporting import freezing
from bureau.reporting.checking.candidates import Candidate, Frozen
from bureau.reporting.checking.in_text import Found
from bureau.reporting.checking.likeliest import Likeliest, equal
from bureau.reporting.figures import Value
from bureau.reporting.lines import NOTHING, number_text
from bureau.reporting.marks import LANGUAGE
from bureau.reporting.periods import Period
from bureau.reporting.summary import Summary


class Verdict(TextChoices):
    """Those that need a look come first."""

    DIFFERENT = "different", _("different")
    UNKNOWN = "unknown", _("no figure recognised")
    FROZEN = "frozen", _("equal to frozen")
    LIVE = "live", _("equal to live")
    BOTH = "both", _("equal to frozen and live")


@dataclass(frozen=True)
class Judged:
    """A number with the likeliest figure; ``candidate`` is None where none is recognised."""

    found: Found
    verdict: Verdict
    candidate: Candidate | None = None
    frozen: Value = None

    @property
    def live(self) -> Value:
        return self.candidate.live if self.candidate else None

    @property
    def difference(self) -> Value:
        """What is written, less the frozen value or, where nothing is frozen, the live one."""
        against = self.live if self.frozen is None else self.frozen
        if self.verdict is not Verdict.DIFFERENT or against is None:
            return None
        return self.found.written.value - Decimal(against)

    @property
    def live_text(self) -> str:
        return self._text(self.live)

    @property
    def frozen_text(self) -> str:
        return self._text(self.frozen)

    @property
    def difference_text(self) -> str:
        return self._text(self.difference, sign="+")

    @property
    def unit(self) -> str:
        return self.candidate.unit if self.candidate else ""

    def _text(self, value: Value, sign: str = "") -> str:
        return number_text(value, self.candidate.decimals, sign) if self.candidate else NOTHING


def frozen_values(region: str, year: int) -> Frozen:
    """By figure, dimension and value, as the year was frozen; empty where it is not frozen.

    ``region`` is one whose figures the reader may see, by which a frozen year is scoped.
    """
    row = freezing.latest(region, year)
    if row is None:
        return {}
    found: dict[tuple[str, str, str], Value] = {}
    for key, figure in row.figures.items():
        found[key, "", ""] = row.value(key)
        for dimension, parts in figure["breakdowns"].items():
            found.update({(key, dimension, part): row.value(key, dimension, part) for part in parts})
    return found


def figures_of(region: str, year: int, user: Any) -> Summary:
    """In Chinese, in which reports are written: a name of a part is compared in that."""
    with override(LANGUAGE):
        return Summary.make(region, Period.year(year), user=user)


def judged(found: Iterable[Found], likeliest: Likeliest) -> list[Judged]:
    return [_judged(each, likeliest) for each in found]


def _judged(found: Found, likeliest: Likeliest) -> Judged:
    guess = likeliest.guess(found)
    if guess is None:
        return Judged(found, Verdict.UNKNOWN)
    candidate, frozen = guess.candidate, guess.candidate.frozen(likeliest.frozen)
    was, is_now = equal(found, candidate, frozen), equal(found, candidate, candidate.live)
    verdict = {
        (True, True): Verdict.BOTH,
        (True, False): Verdict.FROZEN,
        (False, True): Verdict.LIVE,
        (False, False): Verdict.DIFFERENT,
    }[was, is_now]
    return Judged(found, verdict, candidate, frozen)


def counts(rows: Iterable[Judged]) -> Mapping[Verdict, int]:
    """Of every verdict, those without a number among them."""
    given = [row.verdict for row in rows]
    return {verdict: given.count(verdict) for verdict in Verdict}
