from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import INPUT_CLASSES, UnfoldAdminSelectWidget

from bureau.models.region import final_code
from bureau.reporting import asked
from bureau.reporting.periods import Period


class DayInput(forms.DateInput):
    """The browser's own date picker: it needs no script."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(attrs={"class": " ".join(INPUT_CLASSES)}, format="%Y-%m-%d")


class ReportForm(forms.Form):
    """Shows what was asked for; the answer is read by ``asked``, which a link's address passes too."""

    region = forms.ChoiceField(label=_("Region"), widget=UnfoldAdminSelectWidget)

    def __init__(self, region: str, first: date | str, last: date | str, *, user: Any) -> None:
        region = final_code(region)
        super().__init__(initial={"region": region, "from": first, "to": last})
        self.fields["region"].choices = asked.region_choices(region, user)  # type: ignore[attr-defined]
        self.fields["from"] = forms.CharField(label=_("From"), widget=DayInput())
        self.fields["to"] = forms.CharField(label=_("To (included)"), widget=DayInput())


def periods_near(period: Period, today: date) -> list[list[Period]]:
    """What a reader is likely to want next: years, then the parts of this year."""
    year = period.last.year
    years = sorted({today.year, *(each for each in range(year - 2, year + 2) if each <= today.year)})
    parts = [*(Period.half(year, half) for half in (1, 2)), *(Period.quarter(year, part) for part in (1, 2, 3, 4))]
    return [[Period.year(each) for each in years], parts]
