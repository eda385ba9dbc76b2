"""What cases, complaints and the ledger say about an enterprise that is to become a demonstration unit."""

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from bureau import scoping
from enterprises.criteria import Answer, Asked, Criterion, met, not_met, register, unknown
from inspections.models import Complaint, LegalKind, UsePeriod, ViolationCase


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


@register
class InstrumentsValid(Criterion):
    """By the days in use of the pieces in the ledger: on that day, not as they stand now."""

    key = "instruments_valid"

    def judge(self, asked: Asked) -> Answer:
        held = UsePeriod.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=asked.on),
            instrument__holder=asked.enterprise,
            legal_kind=LegalKind.MANDATORY,
            is_dropped=False,
            begins_on__lte=asked.on,
        )
        is_valid = Q(is_verified=True)
        count = scoping.visible_to(held, asked.user).aggregate(
            all=Sum("quantity", default=0), valid=Sum("quantity", filter=is_valid, default=0)
        )
        if not count["all"]:
            return unknown(_("No instrument under mandatory verification is in the ledger on %(last)s.") % asked.span)
        said = _("Under mandatory verification and in use on %(last)s: %(all)s, with a valid paper: %(valid)s.")
        return (met if count["valid"] == count["all"] else not_met)(said % {**asked.span, **count})
