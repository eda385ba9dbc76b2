"""Public measurement standards in service whose certificate has run out, or will before long."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from bureau.dates import add_months
from bureau.reporting.indicators import Between, register
from bureau.reporting.periods import Period
from standards.indicators.standard import PublicStandards


def _months() -> int:
    return settings.EXPIRING_MONTHS


@dataclass(frozen=True)
class RunsOut(Between):
    """Rows that hold on the last day of the period, and whose ``valid_until`` lies within so many months from it.

    The day itself counts: on it the certificate is still valid.
    """

    valid_until: str = ""
    months: Callable[[], int] = _months

    def condition(self, model: type[Model], period: Period) -> Q:
        soon = Q((f"{self.valid_until}__range", (period.last, add_months(period.last, self.months()))))
        return Between.condition(replace(self, only=self.only & soon), model, period)

    @property
    def paths(self) -> tuple[str, ...]:
        return (*super().paths, self.valid_until)


@register
class Expiring(PublicStandards):
    key = "standards.expiring"
    label = _("Public measurement standards whose certificate runs out")
    definition = _(
        "Public measurement standards in service on the last day of the period with a certificate that is valid on it "
        "and runs out within six months (a setting). A certificate issued later does not change the figure of an "
        "earlier day."
    )
    interval = RunsOut(
        "service_periods__begins_on", "service_periods__ends_on", valid_until="service_periods__valid_until"
    )
    on_dashboard = False


@register
class Expired(PublicStandards):
    key = "standards.expired"
    label = _("Public measurement standards past their certificate")
    definition = _(
        "Public measurement standards whose certificate had run out on the last day of the period without a "
        "re-examination, and that were neither sealed, withdrawn nor cancelled: they may not be used."
    )
    interval = Between("service_periods__expired_from", "service_periods__ends_on")
    on_dashboard = False
