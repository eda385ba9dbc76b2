from typing import Any

from django.contrib import admin

from bureau.logged_admin import ReferenceAdmin
from bureau.record_forms import CheckedForm
from bureau.texts import clean_text
from enterprises.models import (
    AwardCriterion,
    EnterpriseKind,
    IndustryClass,
    OutreachGrade,
    PledgeText,
    Sector,
    ServiceActivity,
    TimeLimit,
    WithdrawalReason,
)


@admin.register(EnterpriseKind)
class EnterpriseKindAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "label"
    menu_order = 62
    list_display = ("code", "name", "name_en", "position", "edition", "effective_from", "effective_to", "is_verified")
    search_fields = ("code", "name", "name_en")


@admin.register(IndustryClass)
class IndustryClassAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "factory"
    menu_order = 63
    list_display = ("code", "name", "name_en", "level", "edition", "effective_from", "effective_to", "is_verified")
    list_filter = ("edition", "level")
    search_fields = ("code", "name", "name_en")


@admin.register(Sector)
class SectorAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "storefront"
    menu_order = 64
    list_display = ("code", "name", "name_en", "position", "edition", "effective_from", "effective_to", "is_verified")
    search_fields = ("code", "name", "name_en")


@admin.register(TimeLimit)
class TimeLimitAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "timer"
    menu_order = 65
    list_display = ("act", "days", "edition", "effective_from", "effective_to", "is_verified")
    list_filter = ("act", "edition")


@admin.register(WithdrawalReason)
class WithdrawalReasonAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "undo"
    menu_order = 66
    list_display = ("code", "name", "name_en", "position", "edition", "effective_from", "effective_to", "is_verified")
    search_fields = ("code", "name", "name_en")


class PledgeTextForm(CheckedForm):
    def clean(self) -> dict[str, Any] | None:
        """Elsewhere a line break is no part of a text; here it parts the paragraphs."""
        lines = (self.cleaned_data.get("body") or "").splitlines()
        cleaned = super().clean() or self.cleaned_data
        if "body" in cleaned:
            cleaned["body"] = "\n".join(line for line in map(clean_text, lines) if line)
        return cleaned


@admin.register(PledgeText)
class PledgeTextAdmin(ReferenceAdmin):
    form = PledgeTextForm
    menu_area = "administration"
    menu_icon = "article"
    menu_order = 67
    list_display = ("edition", "title", "valid_years", "effective_from", "effective_to", "is_verified")
    search_fields = ("edition", "title")


@admin.register(AwardCriterion)
class AwardCriterionAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "checklist"
    menu_order = 68
    list_display = ("key", "name", "years", "position", "edition", "effective_from", "effective_to", "is_verified")
    list_filter = ("edition",)
    search_fields = ("key", "name", "name_en")


@admin.register(OutreachGrade)
class OutreachGradeAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "trophy"
    menu_order = 69
    list_display = ("code", "name", "name_en", "position", "edition", "effective_from", "effective_to", "is_verified")
    search_fields = ("code", "name", "name_en")


@admin.register(ServiceActivity)
class ServiceActivityAdmin(ReferenceAdmin):
    menu_area = "administration"
    menu_icon = "handyman"
    menu_order = 70
    list_display = ("code", "name", "name_en", "counted_in", "position", "edition", "effective_from", "is_verified")
    search_fields = ("code", "name", "name_en")
