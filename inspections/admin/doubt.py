from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter, RangeDateFilter
from unfold.decorators import display

from bureau import scoping
from bureau.filters import RegionFilter
from bureau.logged_admin import LoggedAdmin
from bureau.record_admin import staff_of
from inspections import doubts
from inspections.models import Doubt
from inspections.models.doubt import OPEN


class StateFilter(DropdownFilter):
    """Those that wait for an answer, until others are asked for."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("answered", _("Answered")), ("settled", _("Settled")), ("all", _("All"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = {"answered": {"answered_at__isnull": False}, "settled": {"closed_on__isnull": False}, "all": {}}
        value = self.value()
        return queryset.filter(**chosen[value]) if value in chosen else queryset.filter(OPEN)


@admin.register(Doubt)
class DoubtAdmin(LoggedAdmin):
    """Questions are noted by the system; a clerk looks at the record, corrects it or says why it is right."""

    menu_area = "verification"
    menu_icon = "help"
    menu_order = 60
    change_form_outer_before_template = "inspections/doubt_head.html"
    list_display = ("kind", "subject", "sentence_shown", "noted_on", "state_shown")
    list_select_related = ("instrument", "verification")
    list_filter = (
        StateFilter,
        RegionFilter,
        ("kind", ChoicesDropdownFilter),
        ("noted_on", RangeDateFilter),
    )
    search_fields = ("instrument__serial_no", "verification__certificate_no")
    search_help_text = _("Serial no. or certificate no.")
    fields = ("kind", "subject", "sentence_shown", "noted_on", "settled", "answer", "answered")
    readonly_fields = ("kind", "subject", "sentence_shown", "noted_on", "settled", "answered")

    @display(description=_("about"))
    def subject(self, doubt: Doubt) -> str:
        row = doubt.about
        url = reverse(f"admin:inspections_{row._meta.model_name}_change", args=[row.pk])
        return format_html('<a class="text-link" href="{}">{}</a>', url, row)

    @display(description=_("what is unlikely"))
    def sentence_shown(self, doubt: Doubt) -> str:
        return doubt.sentence

    @display(description=_("no longer holds since"))
    def settled(self, doubt: Doubt) -> str:
        return f"{doubt.closed_on:%Y-%m-%d}" if doubt.closed_on else "—"

    @display(description=_("state"), label={"open": "warning", "answered": "success", "settled": "default"})
    def state_shown(self, doubt: Doubt) -> tuple[str, Any]:
        if doubt.closed_on:
            return "settled", _("Settled")
        return ("answered", _("Answered")) if doubt.answered_at else ("open", _("Open"))

    @display(description=_("answered by"))
    def answered(self, doubt: Doubt) -> str:
        at = doubt.answered_at
        return f"{doubt.answered_by} {timezone.localtime(at):%Y-%m-%d %H:%M}" if at else "—"

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        doubt = context["original"]
        if doubt is not None and doubt.kind == Doubt.Kind.SERIAL and not doubt.closed_on:
            context["alike"] = scoping.visible_to(doubts.alike(doubt.instrument), request.user)
        return super().render_change_form(request, context, *args, **kwargs)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Doubt, form: forms.ModelForm, change: bool) -> None:
        """Without a text the answer is taken back."""
        has_answer = bool(obj.answer)
        obj.answered_by = staff_of(request) if has_answer else None
        obj.answered_at = timezone.now() if has_answer else None
        obj.save(update_fields=["answer", "answered_by", "answered_at"])
