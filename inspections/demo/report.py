"""The reports of 2016 on their way: one city's accepted and frozen, one returned, the others asked for."""

from datetime import timedelta

from django.utils import timezone

from bureau.demo import LIAONING, Demo
from bureau.models import Staff
from bureau.reporting import chain, plausibility
from bureau.reporting.models import YearReport

YEAR = 2016


def fill(demo: Demo) -> None:
    if demo.province != LIAONING:
        return
    above = demo.people["province-manager"]
    chain.call_for(YEAR, timezone.localdate() + timedelta(days=20), by=above)
    chain.accept(_submitted(demo.people["shenyang-manager"]), by=above)
    reason = "请核对计量检定收费减免金额，并补报区县数据。"
    chain.give_back(_submitted(demo.people["dalian-manager"]), by=above, reason=reason)


def _submitted(manager: Staff) -> YearReport:
    report = YearReport.objects.get(office=manager.office, year=YEAR)
    looked_through = plausibility.digest(plausibility.findings(report.region_id, YEAR, user=manager))
    return chain.submit(report, by=manager, confirmed=looked_through)
