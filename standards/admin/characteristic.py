from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminTextareaWidget

from bureau.models import Staff
from bureau.record_admin import staff_of
from bureau.record_forms import RecordForm
from standards import judging
from standards.admin.child import OfStandardAdmin
from standards.charts import shown
from standards.models import RepeatabilityTest, StabilityCheck
from standards.models.characteristic import Verdict

VERDICT_COLOURS = {
    Verdict.BASIS.value: "info",
    Verdict.PASSED.value: "success",
    Verdict.REEVALUATED.value: "warning",
    Verdict.FAILED.value: "danger",
    Verdict.NOTHING_BEFORE.value: "default",
}


def measured(name: str, description: Any) -> Any:
    """A column or line with a measured value as one reads it, without all the places that the field has."""

    @display(description=description, ordering=name)
    def of_row(self: Any, row: Any) -> str:
        return shown(getattr(row, name), 8) or "—"

    return of_row


class RepeatabilityForm(RecordForm):
    class Meta:
        widgets = {"readings": UnfoldAdminTextareaWidget(attrs={"rows": 3})}


class StabilityForm(RecordForm):
    class Meta:
        widgets = {"groups": UnfoldAdminTextareaWidget(attrs={"rows": 5})}


class CharacteristicAdmin(OfStandardAdmin):
    """Verdicts follow from all records of the standard at a point, so they are renewed with every change of one."""

    date_hierarchy = "on"
    actions_detail = (*OfStandardAdmin.actions_detail, "series_action")

    @action(description=_("Series and charts"), url_path="series", permissions=["view"], icon="show_chart")
    def series_action(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        return HttpResponseRedirect(reverse("standards:characteristics", args=[row.standard_id]))

    mean_shown = measured("mean", _("mean"))
    s_shown = measured("s", _("repeatability s"))
    accepted_shown = measured("accepted_s", _("accepted s"))
    result_shown = measured("result", _("stability S"))
    limit_shown = measured("limit", _("limit"))

    @display(description=_("verdict"), ordering="verdict", label=VERDICT_COLOURS)
    def verdict_shown(self, row: Any) -> tuple[str, Any]:
        return row.verdict, row.get_verdict_display()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.has_changed():
            judging.judge([form.instance.standard_id], by=staff_of(request))

    def void_row(self, obj: Any, *, by: Staff, reason: str) -> None:
        super().void_row(obj, by=by, reason=reason)
        judging.judge([obj.standard_id], by=by)

    def unvoid_row(self, obj: Any, *, by: Staff) -> None:
        super().unvoid_row(obj, by=by)
        judging.judge([obj.standard_id], by=by)


@admin.register(RepeatabilityTest)
class RepeatabilityTestAdmin(CharacteristicAdmin):
    form = RepeatabilityForm
    menu_icon = "repeat"
    menu_order = 40
    list_display = ("on", "of_standard", "point", "n", "s_shown", "accepted_shown", "unit", "verdict_shown")
    list_filter = (
        ("verdict", ChoicesDropdownFilter),
        ("purpose", ChoicesDropdownFilter),
        ("on", RangeDateFilter),
    )
    readonly_fields = ("n", "mean_shown", "s_shown", "accepted_shown", "verdict", "clause")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "standard",
                    ("purpose", "on"),
                    ("point", "unit"),
                    "readings",
                    "fewer_reason",
                    "reevaluation",
                    ("tested_by", "remark"),
                )
            },
        ),
        (
            _("Result"),
            {
                "fields": (("n", "mean_shown"), ("s_shown", "accepted_shown"), ("verdict", "clause")),
                "description": _("Follows from the readings: s = √(Σ(yᵢ − ȳ)² / (n − 1)), no larger than accepted."),
            },
        ),
    )


@admin.register(StabilityCheck)
class StabilityCheckAdmin(CharacteristicAdmin):
    form = StabilityForm
    menu_icon = "stacked_line_chart"
    menu_order = 42
    list_display = ("on", "of_standard", "point", "method", "result_shown", "limit_shown", "unit", "verdict_shown")
    list_filter = (
        ("verdict", ChoicesDropdownFilter),
        ("purpose", ChoicesDropdownFilter),
        ("method", ChoicesDropdownFilter),
        ("on", RangeDateFilter),
    )
    readonly_fields = ("group_count", "mean_shown", "result_shown", "verdict", "clause")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "standard",
                    ("purpose", "method"),
                    ("point", "unit"),
                    "groups",
                    ("on", "previous_mean"),
                    ("limit_kind", "limit"),
                    "is_in_control",
                    "fewer_reason",
                    ("tested_by", "remark"),
                )
            },
        ),
        (
            _("Result"),
            {
                "fields": (("group_count", "mean_shown"), "result_shown", ("verdict", "clause")),
                "description": _(
                    "Follows from the groups: at set-up S = largest less smallest group mean, in use S = |this year − "
                    "last year|; it meets the requirement if S is below the limit."
                ),
            },
        ),
    )
