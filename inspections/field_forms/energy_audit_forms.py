"""What the form of an energy-metering audit asks on site."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from bureau import scoping
from bureau.fieldwork.forms import DateWidget
from bureau.models import Staff
from inspections.audit_entry import MayStayOpen
from inspections.field_forms.visit import VisitForm, choosing
from inspections.models import AuditFinding, AuditState, EnergyAudit, EnergyMeter, ExaminedMeter, Nonconformity

FILED_AT = (AuditState.DOCUMENT_REVIEW, AuditState.ON_SITE)
ITEM_FIELDS, METER_FIELDS = ("result", "finding", "clause"), ("result", "accuracy_class", "last_verified_on", "finding")


def filed_by(user: Staff) -> Any:
    """The audits that this person may file now: of the own team, under review or on site."""
    rows = EnergyAudit.objects.open().of(user).filter(state__in=FILED_AT)
    return scoping.editable_by(rows, user).select_related("unit__enterprise")


class CourseForm(forms.Form):
    audit = forms.ModelChoiceField(
        label=gettext_lazy("energy-metering audit"),
        queryset=EnergyAudit.objects.none(),
        error_messages={
            "invalid_choice": gettext_lazy(
                "This audit cannot be filed now: it is concluded or voided, or you are not on its team any more."
            )
        },
    )
    on_site_on = forms.DateField(label=gettext_lazy("first day on site"), widget=DateWidget)
    on_site_until = forms.DateField(
        label=gettext_lazy("last day on site"),
        required=False,
        widget=DateWidget,
        help_text=gettext_lazy("Empty as long as the team comes back; with it the rectification begins."),
    )
    opinion = forms.CharField(
        label=gettext_lazy("opinion of the team"),
        required=False,
        max_length=2000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, user: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        audit: Any = self.fields["audit"]
        choosing(audit, filed_by(user))
        audit.widget.attrs["data-reloads"] = True  # other items, another unit's meters

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("on_site_on"), cleaned.get("on_site_until")
        for name, day in (("on_site_on", first), ("on_site_until", last)):
            if day and day > timezone.localdate():
                self.add_error(name, _("This day lies in the future."))
        if first and last and last < first:
            self.add_error("on_site_until", _("It cannot end before it begins."))
        return cleaned


class ItemForm(MayStayOpen, VisitForm):
    class Meta:
        model = AuditFinding
        fields = ITEM_FIELDS
        widgets: ClassVar[dict[str, Any]] = {
            "finding": UnfoldAdminTextareaWidget(attrs={"rows": 2}),
            "clause": UnfoldAdminTextInputWidget,
        }


class MeterForm(MayStayOpen, VisitForm):
    no_result = gettext_lazy("Choose how the meter was found.")

    class Meta:
        model = ExaminedMeter
        fields = METER_FIELDS
        widgets: ClassVar[dict[str, Any]] = {
            "accuracy_class": UnfoldAdminTextInputWidget,
            "last_verified_on": DateWidget,
            "finding": UnfoldAdminTextInputWidget,
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "accuracy_class": gettext_lazy("Empty: as on record."),
            "last_verified_on": gettext_lazy("Empty: as on record."),
        }


class NewMeterForm(VisitForm):
    class Meta:
        model = EnergyMeter
        fields = (
            "name",
            "own_no",
            "serial_no",
            "model",
            "energy",
            "level",
            "use",
            "accuracy_class",
            "measuring_range",
            "maker",
            "place",
            "interval_months",
            "last_verified_on",
        )
        widgets: ClassVar[dict[str, Any]] = {
            **dict.fromkeys(
                ("name", "own_no", "serial_no", "model", "accuracy_class", "measuring_range", "maker", "place"),
                UnfoldAdminTextInputWidget,
            ),
            **dict.fromkeys(("energy", "level", "use"), UnfoldAdminSelectWidget),
            "interval_months": UnfoldAdminIntegerFieldWidget(attrs={"inputmode": "numeric"}),
            "last_verified_on": DateWidget,
        }


class NonconformityForm(VisitForm):
    class Meta:
        model = Nonconformity
        fields = ("item", "clause", "facts", "due_on")
        widgets: ClassVar[dict[str, Any]] = {
            "item": UnfoldAdminSelectWidget,
            "clause": UnfoldAdminTextInputWidget,
            "facts": UnfoldAdminTextareaWidget(attrs={"rows": 3}),
            "due_on": DateWidget,
        }
        help_texts: ClassVar[dict[str, Any]] = {"due_on": gettext_lazy("Empty: by the period that the rules set.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].required = False
        self.instance.found_on = timezone.localdate()
