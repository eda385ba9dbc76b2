"""From a finding to a violation case."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bureau import records
from bureau.models import Staff
from enterprises.models.time_limit import Limits, TimeLimit
from inspections.models import Finding, ViolationCase

OTHER_CAUSE = "other"


@transaction.atomic
def file_case(finding: Finding, *, by: Staff) -> ViolationCase:
    """The case of a finding: the one that stands, or a new one with what the finding says.

    The new one has the finding's number until the authority gives it one of its own.
    """
    Finding.objects.select_for_update().get(pk=finding.pk)
    known = ViolationCase.objects.not_voided().filter(finding=finding).first()
    if known:
        return known
    inspection, today = finding.inspection, timezone.localdate()
    cause = finding.cause_id or OTHER_CAUSE
    name = _("%(party)s: %(cause)s") % {"party": inspection.enterprise.name, "cause": finding.cause or _("violation")}
    case = ViolationCase(
        office=finding.office,
        region=finding.region,
        agency=inspection.agency,
        case_no=str(finding)[:60],
        name=name[:150],
        filed_on=today,
        source=ViolationCase.Source.INSPECTION,
        cause_id=cause,
        sector=inspection.sector,
        enterprise=inspection.enterprise,
        finding=finding,
        instruments=finding.instruments,
        facts=finding.facts,
        decision_due_on=Limits(TimeLimit.Act.CASE_DECISION).last_day(today),
    )
    return records.save(case, by=by, reason=_("Filed on finding %(finding)s") % {"finding": finding})
