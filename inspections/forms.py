"""Forms of appointments. What a day and a piece may be is said by ``inspections.bookings``."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from bureau.fieldwork.forms import DateWidget
from inspections.models import Instrument


class DayForm(forms.Form):
    """A day among those offered, or another one; beyond the rule with a reason, where the reader may."""

    day = forms.DateField(required=False)
    other_day = forms.DateField(label=_("Another day"), required=False, widget=DateWidget)
    override_reason = forms.CharField(
        label=_("Why beyond the rule"),
        required=False,
        max_length=200,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Only for a day that is full or closed, or nearer than the rule allows."),
    )

    def __init__(self, *args: Any, may_override: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_override:
            del self.fields["other_day"], self.fields["override_reason"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not (values.get("other_day") or values.get("day")):
            raise forms.ValidationError(_("Choose a day."))
        return values

    @property
    def chosen_day(self) -> Any:
        return self.cleaned_data.get("other_day") or self.cleaned_data["day"]


class BookingForm(DayForm):
    pieces = forms.ModelMultipleChoiceField(
        queryset=Instrument.objects.none(), error_messages={"required": _("Choose at least one piece.")}
    )
    submission = forms.ChoiceField(
        label=_("Way of submission"), choices=Instrument.Submission.choices, widget=UnfoldAdminSelectWidget
    )
    contact = forms.CharField(
        label=_("Contact person"), required=False, max_length=40, widget=UnfoldAdminTextInputWidget
    )
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=40, widget=UnfoldAdminTextInputWidget)

    def __init__(self, *args: Any, pieces: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pieces"].queryset = pieces  # type: ignore[attr-defined]

    @property
    def details(self) -> dict[str, str]:
        names = ("submission", "contact", "phone", "override_reason")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}


class ReceiptForm(forms.Form):
    on = forms.DateField(label=_("Received on"), widget=DateWidget, initial=timezone.localdate)


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200, widget=UnfoldAdminTextInputWidget)
