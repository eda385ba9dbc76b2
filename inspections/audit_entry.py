"""Forms of energy-metering audits. What a step asks for is said by ``inspections.audits``."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from bureau.fieldwork.forms import DateWidget
from bureau.record_forms import SeenVersion, TrackedForm
from inspections.audit_forms import Key, Number
from inspections.audit_sections import ItemLine
from inspections.models import AuditFinding, AuditState, EnergyAudit

NOT_CHOSEN = [("", "—")]


class StepForm(forms.Form):
    """The day of a step; ``seen_version`` is that of the audit as the page showed it."""

    on = forms.DateField(label=_("On the day"), widget=DateWidget, initial=timezone.localdate)
    seen_version = SeenVersion(label="")

    @property
    def details(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}


class ConclusionForm(StepForm):
    conclusion = forms.ChoiceField(
        label=_("Conclusion"),
        choices=[*NOT_CHOSEN, *EnergyAudit.Conclusion.choices],
        widget=UnfoldAdminSelectWidget,
    )
    opinion = forms.CharField(
        label=_("Opinion of the team"),
        required=False,
        max_length=2000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
    )
    judged_by = forms.CharField(
        label=_("Judged by the text of"),
        required=False,
        max_length=100,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Only where a table of the day is not on record."),
    )


class ReportNumberForm(StepForm):
    report_no = forms.CharField(label=_("Report no."), max_length=60, widget=UnfoldAdminTextInputWidget)


class BackForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=80, widget=UnfoldAdminTextInputWidget)
    seen_version = SeenVersion(label="")


FORMS: dict[str, type[StepForm]] = {
    AuditState.CONCLUDED: ConclusionForm,
    AuditState.REPORTED: ReportNumberForm,
}


def steps_of(audit: EnergyAudit) -> list[AuditState]:
    """What may come next; on site it may also be concluded at once, where nothing is to be rectified."""
    following = audit.next_state
    if following is None:
        return []
    return [following, AuditState.CONCLUDED] if following == AuditState.RECTIFICATION else [following]


def form_for(step: str) -> type[StepForm]:
    return FORMS.get(step, StepForm)


class MayStayOpen:
    """For the form of a row with a result: without one there is no row. What is on record may be changed, not
    emptied."""

    no_result = _("Choose the result.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        result = self.fields["result"]
        result.choices = [*NOT_CHOSEN, *self.instance.Result.choices]
        result.widget = UnfoldAdminSelectWidget(choices=result.choices)
        result.required = self.instance.pk is not None
        result.error_messages["required"] = self.no_result

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        said = any(values.get(name) for name in self._meta.fields)
        if said and not self.is_entered and not self.has_error("result"):
            self.add_error("result", self.no_result)
        return values

    def _post_clean(self) -> None:
        # Nothing is chosen: the row is not entered at all, and its fields need no check.
        if self.is_entered or self.instance.pk:
            super()._post_clean()

    @property
    def is_entered(self) -> bool:
        return bool(self.cleaned_data.get("result"))


class FindingForm(MayStayOpen, TrackedForm):
    """What was found on an item; an item without a result is left open."""

    class Meta:
        model = AuditFinding
        fields = ("result", "finding", "clause")

    def __init__(self, *args: Any, line: ItemLine, audit: EnergyAudit, **kwargs: Any) -> None:
        # A finding that does not exist yet is version 0: who entered it meanwhile wrote version 1.
        instance = line.finding or AuditFinding(audit=audit, item=line.item, version=0)
        super().__init__(*args, instance=instance, prefix=f"i{line.item.pk}", **kwargs)
        self.line = line
        self.fields["finding"].widget = UnfoldAdminTextareaWidget(attrs={"rows": 2, "maxlength": 500})
        self.fields["clause"].widget = UnfoldAdminTextInputWidget(attrs={"maxlength": 60})

    def _earlier(self, version: int) -> dict[str, Any]:
        return super()._earlier(version) if version else {"result": "", "finding": "", "clause": ""}

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | {"audit", "item"}

    @property
    def row(self) -> AuditFinding:
        """As it is to be saved."""
        if self.instance.pk is None:
            self.instance.version = 1
        return self.instance  # type: ignore[no-any-return]


class DeclaredForm(forms.Form):
    """A field for each number of the forms; an empty one declares nothing."""

    seen_version = SeenVersion(label="")

    def __init__(self, *args: Any, numbers: Iterable[Number], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = {number.name: number for number in numbers}
        for name, number in self.numbers.items():
            self.fields[name] = forms.IntegerField(
                label=number.label,
                required=False,
                min_value=0,
                max_value=10_000_000,
                initial=number.declared,
                widget=UnfoldAdminIntegerFieldWidget,
            )

    @property
    def counts(self) -> dict[Key, int | None]:
        return {number.key: self.cleaned_data[name] for name, number in self.numbers.items()}

    def lines(self) -> list[tuple[Number, Any]]:
        return [(number, self[name]) for name, number in self.numbers.items()]
