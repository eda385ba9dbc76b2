from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from bureau.part_admin import PartAdmin
from standards.models import ComparisonFollowUp, ComparisonParticipant, ComparisonPoint, ComparisonResult


class ComparisonPartAdmin(PartAdmin):
    menu_area = "comparisons"

    @display(description=_("comparison"), ordering="comparison__number")
    def of_comparison(self, part: ComparisonPoint) -> str:
        return str(part.comparison)

    @display(description=_("laboratory"), ordering="participant__lab_code")
    def laboratory(self, part: ComparisonResult) -> str:
        return str(part.participant)


@admin.register(ComparisonParticipant)
class ComparisonParticipantAdmin(ComparisonPartAdmin):
    menu_icon = "groups"
    menu_order = 20
    list_display = ("of_comparison", "lab_code", "name", "role", "is_in_reference", "verdict_shown")
    list_select_related = ("comparison",)
    list_filter = (("verdict", ChoicesDropdownFilter), ("role", ChoicesDropdownFilter))
    search_fields = ("comparison__number", "comparison__name", "lab_code", "name")

    @display(
        description=_("verdict"),
        ordering="verdict",
        label={
            ComparisonParticipant.Verdict.OPEN.value: "default",
            ComparisonParticipant.Verdict.SATISFACTORY.value: "success",
            ComparisonParticipant.Verdict.UNSATISFACTORY.value: "danger",
        },
    )
    def verdict_shown(self, participant: ComparisonParticipant) -> tuple[str, str]:
        return participant.verdict, participant.get_verdict_display()


@admin.register(ComparisonPoint)
class ComparisonPointAdmin(ComparisonPartAdmin):
    menu_icon = "my_location"
    menu_order = 30
    list_display = ("of_comparison", "name", "unit", "reference_kind", "reference_value", "reference_uncertainty")
    list_select_related = ("comparison",)
    list_filter = (("reference_kind", ChoicesDropdownFilter),)
    search_fields = ("comparison__number", "comparison__name", "name")


@admin.register(ComparisonResult)
class ComparisonResultAdmin(ComparisonPartAdmin):
    menu_icon = "input"
    menu_order = 40
    list_display = ("of_comparison", "laboratory", "point", "submission", "submitted_on", "value", "uncertainty")
    list_select_related = ("comparison", "participant", "point")
    list_filter = (("submitted_on", RangeDateFilter),)
    search_fields = ("comparison__number", "comparison__name", "participant__lab_code", "participant__name")


@admin.register(ComparisonFollowUp)
class ComparisonFollowUpAdmin(ComparisonPartAdmin):
    menu_icon = "assignment_late"
    menu_order = 50
    list_display = ("of_comparison", "laboratory", "ordered_on", "due_on", "measures", "settled_on", "outcome")
    list_select_related = ("comparison", "participant")
    list_filter = (("due_on", RangeDateFilter), ("settled_on", RangeDateFilter))
    search_fields = ("comparison__number", "comparison__name", "participant__lab_code", "participant__name")
