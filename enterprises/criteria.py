"""What the records say about an enterprise that is to become a demonstration unit: shown to whoever decides.

Which criteria there are, and how many years they look back, is data (``AwardCriterion``). Code answers those that it
can; an app registers them in its module ``criteria``::

    @register
    class NoCase(Criterion):
        key = "no_case"

        def judge(self, asked):
            ...
            return met(_("No violation case is on record from %(first)s to %(last)s.") % asked.span)

A criterion without a class is for a person to judge. Rows come through ``asked.rows``, so that nobody learns from a
verdict what another office keeps.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar, NamedTuple

from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bureau import scoping
from bureau.dates import add_months
from bureau.models.record import standing
from enterprises.models import AwardCriterion, EnterpriseStaff, ListedEnterprise, Pledge, PledgeSpotCheck


class Verdict(TextChoices):
    MET = "met", gettext_lazy("Met")
    NOT_MET = "not_met", gettext_lazy("Not met")
    UNKNOWN = "unknown", gettext_lazy("To be judged")


class Answer(NamedTuple):
    verdict: Verdict
    sentence: str


def met(sentence: str) -> Answer:
    return Answer(Verdict.MET, sentence)


def not_met(sentence: str) -> Answer:
    return Answer(Verdict.NOT_MET, sentence)


def unknown(sentence: str) -> Answer:
    return Answer(Verdict.UNKNOWN, sentence)


@dataclass(frozen=True)
class Asked:
    """About whom, for which day, how far back, and who asks."""

    enterprise: Any
    sector: str
    on: date
    years: int | None
    user: Any

    @property
    def first(self) -> date:
        return add_months(self.on, -12 * (self.years or 0)) + timedelta(days=1) if self.years else self.on

    @property
    def span(self) -> dict[str, str]:
        """For sentences: the first and the last day looked at."""
        return {"first": self.first.isoformat(), "last": self.on.isoformat()}

    def rows(self, model: Any) -> QuerySet:
        """The rows about the enterprise that the reader may see, not voided."""
        rows = model.objects.filter(standing(model), enterprise=self.enterprise)
        return scoping.visible_to(rows, self.user)

    @property
    def pledges(self) -> QuerySet:
        rows: Any = self.rows(Pledge)
        return rows.in_force(self.on).filter(sector=self.sector)


class Criterion:
    """``key`` is that of the row in the rule table."""

    key: ClassVar[str] = ""

    def judge(self, asked: Asked) -> Answer:
        raise NotImplementedError(f"{type(self).__name__} must judge.")


@dataclass(frozen=True)
class Line:
    """One line of a checklist."""

    key: str
    label: str
    answer: Answer

    def kept(self) -> dict[str, str]:
        """As it stays with the award."""
        verdict, sentence = self.answer
        return {"key": self.key, "label": self.label, "verdict": verdict.value, "sentence": sentence}


_criteria: dict[str, Criterion] = {}


def register(criterion: type[Criterion]) -> type[Criterion]:
    """Raises ``ValueError`` for a key that is blank or taken."""
    if not criterion.key or criterion.key in _criteria:
        raise ValueError(f"{criterion.__name__}: the key {criterion.key!r} is blank or taken.")
    _criteria[criterion.key] = criterion()
    return criterion


def checklist(enterprise: Any, sector: str, on: date, *, user: Any) -> list[Line]:
    """The criteria in force on that day with what the records say, one or two queries each."""
    lines = []
    for row in AwardCriterion.objects.in_force(on):
        criterion = _criteria.get(row.key)
        asked = Asked(enterprise, sector, on, row.years, user)
        answer = criterion.judge(asked) if criterion else unknown(_("No record tells; please judge on the spot."))
        lines.append(Line(row.key, str(row), answer))
    return lines


# What this app's own records tell -----------------------------------------------------------------


@register
class Posted(Criterion):
    key = "pledge_posted"

    def judge(self, asked: Asked) -> Answer:
        posted = asked.pledges.filter(posted_on__lte=asked.on).order_by("-posted_on").first()
        if posted:
            return met(_("Posted on %(day)s.") % {"day": posted.posted_on.isoformat()})
        return not_met(_("No pledge in force on %(last)s is recorded as posted.") % asked.span)


@register
class CheckedByCounty(Criterion):
    key = "county_check"

    def judge(self, asked: Asked) -> Answer:
        checked = asked.pledges.filter(checked_on__lte=asked.on).order_by("-checked_on").first()
        if checked is None:
            return not_met(_("No county check of the pledge is on record."))
        said = _("Checked on %(day)s: %(result)s.") % {
            "day": checked.checked_on.isoformat(),
            "result": checked.get_check_result_display(),
        }
        return met(said) if checked.check_result == Pledge.CheckResult.PASSED else not_met(said)


@register
class SpotChecks(Criterion):
    key = "spot_checks"

    def judge(self, asked: Asked) -> Answer:
        checks = asked.rows(PledgeSpotCheck).filter(checked_on__range=(asked.first, asked.on))
        broken = checks.filter(result=PledgeSpotCheck.Result.BROKEN).order_by("-checked_on").first()
        if broken:
            return not_met(_("On %(day)s a spot check found the pledge broken.") % {"day": broken.checked_on})
        if count := checks.count():
            return met(
                _("Spot checks from %(first)s to %(last)s: %(count)s, none found the pledge broken.")
                % {**asked.span, "count": count}
            )
        return unknown(_("No spot check is on record from %(first)s to %(last)s.") % asked.span)


@register
class NotBlacklisted(Criterion):
    key = "not_blacklisted"

    def judge(self, asked: Asked) -> Answer:
        still_then = Q(until_on__isnull=True) | Q(until_on__gte=asked.first)
        listed = asked.rows(ListedEnterprise).filter(still_then, colour="black", from_on__lte=asked.on)
        if found := listed.order_by("-from_on").first():
            return not_met(_("On the black list from %(day)s.") % {"day": found.from_on.isoformat()})
        return met(_("Not on the black list from %(first)s to %(last)s.") % asked.span)


@register
class MetrologyStaff(Criterion):
    key = "metrology_staff"

    def judge(self, asked: Asked) -> Answer:
        there = Q(left_on__isnull=True) | Q(left_on__gte=asked.on)
        if count := asked.rows(EnterpriseStaff).filter(there, archived_on__lte=asked.on).count():
            return met(_("Qualification files of metrology staff: %(count)s.") % {"count": count})
        return unknown(_("No qualification file of metrology staff is on record; please judge on the spot."))
