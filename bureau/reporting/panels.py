from typing import Any

from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from bureau import panels
from bureau.models.region import region_tree
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.figures import query_of
from bureau.reporting.lines import Line
from bureau.reporting.summary import latest_year
from bureau.views.base import with_records


@panels.register
class KeyFigures(panels.Panel):
    """The key figures of the reader's region in the latest year with records, each opening its rows."""

    key = "figures"
    label = _("Key figures")
    order = 10
    template = "reporting/panel.html"
    is_wide = True

    def may_see(self, user: Any) -> bool:
        return with_records(user)

    def context(self, request: HttpRequest) -> dict[str, Any] | None:
        shown = [indicator for indicator in indicators.every() if indicator.on_dashboard]
        if not shown:
            return None
        reader: Any = request.user
        region = reader.office.region_id
        period = latest_year(shown, region, user=reader)
        figures = compute(shown, region, period, user=reader, breakdowns=False)
        return {
            "lines": [Line(figure) for figure in figures],
            "region": region_tree().places[region],
            "period": period,
            "query": urlencode(query_of(region, period)),
        }
