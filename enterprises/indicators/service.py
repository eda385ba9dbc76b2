"""Services to enterprises: visits, what was done at them, and what came of it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import (
    Between,
    Count,
    Dimension,
    Distinct,
    Indicator,
    On,
    Rate,
    Section,
    Sum,
    register,
)
from enterprises.models import ContactPoint, Enterprise, ServiceTeam, ServiceVisit, VisitActivity
from enterprises.models.sector import sectors
from enterprises.models.service_activity import SOLUTION, activities
from enterprises.models.service_campaign import service_campaigns

SECTOR, CAMPAIGN = _("Sector"), _("Service campaign")


class Visits(Indicator):
    section = Section.INDUSTRIAL
    model = ServiceVisit
    interval = On("visited_on")
    dimensions = {
        "sector": Dimension("sector", SECTOR, sectors),
        "campaign": Dimension("campaign", CAMPAIGN, service_campaigns),
    }


@register
class EnterprisesServed(Visits):
    key = "services.enterprises_served"
    label = _("Enterprises served")
    unit = _("units")
    definition = _(
        "Enterprises that had at least one service visit in the period. One that was visited several times counts "
        "once; a training session elsewhere is no visit."
    )
    measure = Distinct("enterprise")
    on_dashboard = True


@register
class VisitsMade(Visits):
    key = "services.visits"
    label = _("Service visits")
    unit = _("visits")
    definition = _("Service visits to enterprises in the period, each by itself.")


@register
class PersonTimes(Visits):
    key = "services.person_times"
    label = _("People reached by services")
    unit = _("person-times")
    section = Section.DAILY_LIFE
    definition = _(
        "The sum of the people reached at each service visit of the period; who was reached twice counts twice."
    )
    measure = Sum("people_reached")


@register
class ProblemsFound(Visits):
    key = "services.problems_found"
    label = _("Problems found at service visits")
    unit = _("problems")
    definition = _("The sum of the problems found at service visits of the period.")
    measure = Sum("problems_found")


@register
class ProblemsSolved(Visits):
    key = "services.problems_solved"
    label = _("Problems solved for enterprises")
    unit = _("problems")
    definition = _("Of the problems found at service visits of the period, those that were solved.")
    measure = Sum("problems_solved")


@register
class ProblemsSolvedRate(Rate):
    key = "services.problems_solved_rate"
    label = _("Rate of problems solved for enterprises")
    unit = "%"
    section = Section.INDUSTRIAL
    definition = _("Problems solved, divided by the problems found at service visits of the period.")
    numerator = "services.problems_solved"
    denominator = "services.problems_found"


@register
class VisitsAsked(Visits):
    key = "services.visits_asked"
    label = _("Service visits after which the enterprise was asked")
    unit = _("visits")
    definition = _("Service visits of the period after which the enterprise was asked whether it was satisfied.")
    predicate = Q(asked_on__isnull=False)


@register
class VisitsSatisfied(VisitsAsked):
    key = "services.visits_satisfied"
    label = _("Service visits that satisfied the enterprise")
    definition = _("Service visits of the period after which the enterprise was asked and said that it was satisfied.")
    predicate = Q(is_satisfied=True)


@register
class SatisfactionRate(Rate):
    key = "services.satisfaction_rate"
    label = _("Satisfaction with services")
    unit = "%"
    section = Section.INDUSTRIAL
    definition = _("Service visits that satisfied, divided by those after which the enterprise was asked.")
    numerator = "services.visits_satisfied"
    denominator = "services.visits_asked"


@register
class EconomicBenefit(Visits):
    key = "services.economic_benefit"
    label = _("Economic benefit of services for enterprises")
    unit = _("yuan")
    definition = _(
        "The sum of the benefits stated at service visits of the period, each with how it was estimated; visits "
        "without an estimate count as nothing."
    )
    predicate = Q(benefit__isnull=False)
    measure = Sum("benefit")


@register
class FeesWaived(Visits):
    key = "services.fees_waived"
    label = _("Fees waived at service visits")
    unit = _("yuan")
    definition = _("The sum of the fees waived at service visits of the period.")
    measure = Sum("fees_waived")


class Activities(Indicator):
    section = Section.INDUSTRIAL
    model = VisitActivity
    interval = On("visit__visited_on")
    region_path = "visit__region"
    dimensions = {
        "activity": Dimension("activity", _("Activity"), activities),
        "sector": Dimension("visit__sector", SECTOR, sectors),
        "campaign": Dimension("visit__campaign", CAMPAIGN, service_campaigns),
    }


@register
class ActivitiesDone(Activities):
    key = "services.activities"
    label = _("Service activities")
    unit = _("items")
    definition = _(
        "What was done at service visits of the period, each kind of activity in what it is counted in (sessions, "
        "pieces of instruments, solutions …); the parts are the figure, the sum only checks them."
    )
    measure = Sum("count")


@register
class EnterprisesByActivity(Activities):
    key = "services.enterprises_by_activity"
    label = _("Enterprises served with a stated activity")
    unit = _("units")
    definition = _(
        "Enterprises at which at least one activity is stated for a service visit of the period. One with several "
        "activities counts once in the whole and once under each of them."
    )
    measure = Distinct("visit__enterprise")


@register
class Solutions(Activities):
    key = "services.solutions"
    label = _("Solutions worked out for enterprises")
    unit = _("solutions")
    definition = _("Solutions of verification, calibration and testing worked out at service visits of the period.")
    predicate = Q(activity=SOLUTION)
    measure = Sum("count")


@register
class Teams(Indicator):
    key = "services.teams"
    label = _("Service teams")
    unit = _("teams")
    section = Section.INDUSTRIAL
    definition = _("Teams for services to enterprises that exist on the last day of the period.")
    model = ServiceTeam
    measure = Count()
    interval = Between("begins_on", "ends_on")


@register
class ContactPoints(Indicator):
    key = "services.contact_points"
    label = _("Contact-point enterprises")
    unit = _("units")
    section = Section.INDUSTRIAL
    definition = _("Enterprises that are a contact point of at least one office on the last day of the period.")
    model = ContactPoint
    measure = Distinct("enterprise")
    interval = Between("begins_on", "ends_on")


@register
class EnterprisesAssisted(ContactPoints):
    key = "services.enterprises_assisted"
    label = _("Small and medium-sized enterprises helped one to one")
    definition = _(
        "Contact-point enterprises on the last day of the period whose size is medium, small or micro; one whose "
        "size is not stated does not count."
    )
    predicate = Q(enterprise__size__in=(Enterprise.Size.MEDIUM, Enterprise.Size.SMALL, Enterprise.Size.MICRO))
