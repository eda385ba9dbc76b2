"""Local technical specifications: planned, issued, in force, reviewed, abolished."""

from dataclasses import dataclass

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from bureau.reporting.indicators import Between, Dimension, Indicator, On, Rate, Section, register
from bureau.reporting.periods import Period
from standards.models import Specification, SpecificationReview

BASIS = _("Metrology Law, article 10")
YES_NO = [(True, _("Yes")), (False, _("No"))]


@dataclass(frozen=True)
class UntilTheDayBefore(Between):
    """A stock whose end is the first day on which a row holds no more."""

    def condition(self, model: type[Model], period: Period) -> Q:
        not_ended = Q((f"{self.ends}__isnull", True)) | Q((f"{self.ends}__gt", period.last))
        return Q((f"{self.begins}__lte", period.last)) & not_ended


@dataclass(frozen=True)
class OnAndDoneBy(On):
    """A flow: the rows whose day lies in the period and that were ``done`` by its end."""

    done: str = ""

    def condition(self, model: type[Model], period: Period) -> Q:
        return super().condition(model, period) & Q((f"{self.done}__lte", period.last))

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path, self.done)


class Specifications(Indicator):
    unit = _("texts")
    section = Section.SCIENTIFIC
    basis = BASIS
    model = Specification
    dimensions = {
        "kind": Dimension("kind", _("Kind of specification"), Specification.Kind.choices),
        "joint": Dimension("is_joint", _("Joint text"), YES_NO),
    }


@register
class InForce(Specifications):
    key = "specifications.in_force"
    label = _("Local technical specifications in force")
    definition = _(
        "Local technical specifications (JJG and JJF of the province, joint ones included) in force on the last day of "
        "the period: in force from that day or before, and neither replaced nor abolished by it. One whose revision "
        "was begun is still in force."
    )
    interval = UntilTheDayBefore("in_force_on", "ended_on")
    shown_by = ("kind",)
    on_dashboard = True


@register
class JointInForce(Specifications):
    key = "specifications.joint_in_force"
    label = _("Joint technical specifications in force")
    definition = _(
        "Of the local technical specifications in force on the last day of the period, those issued together with "
        "other provinces. A text that bears a number of each province counts once in each province that records it."
    )
    predicate = Q(is_joint=True)
    interval = UntilTheDayBefore("in_force_on", "ended_on")
    dimensions = {
        "kind": Specifications.dimensions["kind"],
        "joint_provinces": Dimension("joint_provinces", _("Joint provinces"), ()),
    }


@register
class IssuedOrRevised(Specifications):
    key = "specifications.issued_or_revised"
    label = _("Local technical specifications issued or revised")
    definition = _(
        "Local technical specifications issued in the period, new texts and revisions of earlier ones alike. The day "
        "of issue counts, not that of coming into force."
    )
    interval = On("issued_on")
    dimensions = {
        **Specifications.dimensions,
        "making": Dimension("making", _("New or revised"), Specification.Making.choices),
    }
    shown_by = ("making",)


@register
class Abolished(Specifications):
    key = "specifications.abolished"
    label = _("Local technical specifications abolished")
    definition = _(
        "Local technical specifications abolished in the period. Those that another text replaces do not count, nor do "
        "projects that were dropped from the plan."
    )
    predicate = Q(ending=Specification.Ending.ABOLISHED)
    interval = On("ended_on")


@register
class Planned(Specifications):
    key = "specifications.planned"
    label = _("Projects of local technical specifications planned")
    unit = _("projects")
    definition = _(
        "Projects of local technical specifications, to be drawn up or revised, that came into a plan in the period. "
        "A project that was dropped later still counts."
    )
    interval = On("planned_on")
    dimensions = {
        **Specifications.dimensions,
        "making": Dimension("making", _("New or revised"), Specification.Making.choices),
    }


@register
class JointPlanned(Specifications):
    key = "specifications.joint_planned"
    label = _("Projects of joint technical specifications planned")
    unit = _("projects")
    definition = _(
        "Of the projects of local technical specifications that came into a plan in the period, those of several "
        "provinces together."
    )
    predicate = Q(is_joint=True)
    interval = On("planned_on")
    dimensions = {"kind": Specifications.dimensions["kind"]}


@register
class PlannedAndIssued(Specifications):
    key = "specifications.planned_and_issued"
    label = _("Projects of the plan that were issued")
    unit = _("projects")
    definition = _("Of the projects that came into a plan in the period, those whose text was issued by its last day.")
    interval = OnAndDoneBy("planned_on", "issued_on")


@register
class PlanCompletion(Rate):
    key = "specifications.plan_completion"
    label = _("Completion of the plan of local technical specifications")
    unit = "%"
    section = Section.SCIENTIFIC
    basis = BASIS
    definition = _("Projects of the plan that were issued, divided by the projects planned, both of the same period.")
    numerator = "specifications.planned_and_issued"
    denominator = "specifications.planned"


@register
class Reviewed(Indicator):
    key = "specifications.reviewed"
    label = _("Local technical specifications reviewed")
    unit = _("texts")
    section = Section.SCIENTIFIC
    basis = BASIS
    definition = _(
        "Reviews of local technical specifications in the period, whatever their outcome. A text that was reviewed on "
        "two days counts twice."
    )
    model = SpecificationReview
    interval = On("on")
    region_path = "specification__region"
    dimensions = {
        "conclusion": Dimension("conclusion", _("Conclusion"), SpecificationReview.Conclusion.choices),
    }
    shown_by = ("conclusion",)
