"""What cases and complaints say about an enterprise that is to become a demonstration unit."""

from django.utils.translation import gettext as _

from enterprises.criteria import Answer, Asked, Criterion, met, not_met, register
from inspections.models import Complaint, ViolationCase


@register
class NoCase(Criterion):
    key = "no_case"

    def judge(self, asked: Asked) -> Answer:
        cases = asked.rows(ViolationCase).filter(filed_on__range=(asked.first, asked.on)).order_by("-filed_on")
        if latest := cases.first():
            return not_met(
                _("Cases filed from %(first)s to %(last)s: %(count)s, the latest on %(day)s.")
                % {**asked.span, "count": cases.count(), "day": latest.filed_on.isoformat()}
            )
        return met(_("No violation case was filed from %(first)s to %(last)s.") % asked.span)


@register
class NoJustifiedComplaint(Criterion):
    key = "no_complaint"

    def judge(self, asked: Asked) -> Answer:
        upheld = asked.rows(Complaint).filter(
            result=Complaint.Result.UPHELD, received_on__range=(asked.first, asked.on)
        )
        if latest := upheld.order_by("-received_on").first():
            return not_met(
                _("Justified complaints received from %(first)s to %(last)s: %(count)s, the latest on %(day)s.")
                % {**asked.span, "count": upheld.count(), "day": latest.received_on.isoformat()}
            )
        return met(_("No justified complaint was received from %(first)s to %(last)s.") % asked.span)
