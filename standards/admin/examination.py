from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import ModelChoiceField, Widget
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from bureau.record_admin import TrackedInline
from bureau.record_forms import RecordForm, TrackedForm
from standards import reexamination
from standards.admin.child import OfStandardAdmin
from standards.models import ChecklistItem, Examination, ExaminationFinding, ExaminationMember

OPEN = "open"


class ExaminationForm(RecordForm):
    """A re-examination is concluded as passed only with what JJF 1033 asks for the years of the validity."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors and {"outcome", "concluded_on", "kind"} & set(self.changed_data):
            for problem in reexamination.conclusion_problems(self.instance):
                self.add_error("outcome", problem)


class FindingFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        if any(self.errors) or self.instance.outcome != Examination.Outcome.PASSED:
            return
        kept = [form.instance for form in self.forms if form not in self.deleted_forms]
        if still_open := [finding for finding in kept if finding.result and finding.is_open]:
            raise ValidationError(
                gettext("Not rectified yet: %(items)s. The examination cannot be concluded as passed.")
                % {"items": ", ".join(finding.item.number for finding in still_open)}
            )


class LineWidget(Widget):
    """A line of the checklist as text: the edition says which there are, so that there is nothing to choose."""

    lines: ClassVar[dict[str, str]] = {}

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        key = "" if value is None else str(value)
        return format_html(
            '<input type="hidden" name="{}" value="{}"><span class="checklist-line">{}</span>',
            name,
            key,
            self.lines.get(key, ""),
        )


class FindingForm(TrackedForm):
    item = ModelChoiceField(ChecklistItem.objects.all(), label=_("line of the checklist"), widget=LineWidget)
    lines: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].widget.lines = self.lines


class MemberInline(TrackedInline, TabularInline):
    model = ExaminationMember
    fields = ("name", "is_leader", "unit", "examiner_no")
    verbose_name_plural = _("team")
    tab = False
    hide_title = True


class FindingInline(TrackedInline, TabularInline):
    """The checklist of the edition on the day of the examination, a line to each item."""

    model = ExaminationFinding
    form = FindingForm
    formset = FindingFormSet
    fields = ("item", "result", "problem", "rectify_by", "rectified_on", "rectification")
    verbose_name_plural = _("checklist")
    tab = False
    hide_title = True

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        lines = {str(item.pk): str(item) for item in ChecklistItem.objects.all()}
        kwargs["form"] = type("FindingForm", (FindingForm,), {"lines": lines})
        return super().get_formset(request, obj, **kwargs)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return len(unanswered(obj)) if obj and self.has_change_permission(request, obj) else 0

    def get_max_num(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """The edition says which lines there are: none is added."""
        return obj.findings.not_voided().count() + len(unanswered(obj))


def unanswered(examination: Examination) -> list[ChecklistItem]:
    """The lines of the checklist in force when the examination was begun that have no finding yet."""
    answered = examination.findings.not_voided().values("item")  # type: ignore[attr-defined]
    return list(ChecklistItem.objects.in_force(examination.begun_on).exclude(pk__in=answered).order_by("pk"))


@admin.register(Examination)
class ExaminationAdmin(OfStandardAdmin):
    form = ExaminationForm
    menu_icon = "fact_check"
    menu_order = 44
    list_display = ("begun_on", "kind", "of_standard", "authority", "concluded_on", "outcome_shown")
    list_filter = (
        ("kind", ChoicesDropdownFilter),
        ("outcome", ChoicesDropdownFilter),
        ("begun_on", RangeDateFilter),
        ("concluded_on", RangeDateFilter),
    )
    date_hierarchy = "begun_on"
    fieldsets = (
        (None, {"fields": ("standard", "kind", ("begun_on", "on_site_on"), "authority")}),
        (_("Conclusion"), {"fields": (("concluded_on", "outcome"), "conclusion", "remark")}),
    )
    inlines = (MemberInline, FindingInline)

    class Media:
        css: ClassVar[dict[str, tuple[str, ...]]] = {"all": ("bureau/characteristics.css",)}

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        inlines = super().get_inlines(request, obj)
        # The checklist is that of the day on which the examination was begun, so that has to stand first.
        return inlines if obj else [each for each in inlines if each is not FindingInline]

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        known: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, FindingInline) and obj.pk:
            known["initial"] = [{"item": item.pk} for item in unanswered(obj)]
        return known

    @display(
        description=pgettext_lazy("examination", "outcome"),
        ordering="outcome",
        label={
            OPEN: "info",
            Examination.Outcome.PASSED.value: "success",
            Examination.Outcome.FAILED.value: "danger",
        },
    )
    def outcome_shown(self, examination: Examination) -> tuple[str, Any]:
        if examination.is_open:
            return OPEN, _("Under way")
        return examination.outcome, examination.get_outcome_display()
