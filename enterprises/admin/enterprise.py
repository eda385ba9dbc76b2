from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import action, display
from unfold.widgets import UnfoldBooleanWidget

from bureau import scoping
from bureau.record_admin import RecordAdmin, TrackedInline, staff_of
from bureau.record_forms import RecordForm
from enterprises import renaming, search
from enterprises.doubles import twins_of
from enterprises.kinds import overlap
from enterprises.models import (
    Contact,
    Enterprise,
    EnterpriseKind,
    EnterpriseKindSince,
    FormerName,
    IndustryClass,
)


class Wish(forms.BooleanField):
    """What shall happen at the save; no value of the record's, so it never makes a form a changed one."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class EnterpriseForm(RecordForm):
    keeps_former_name = Wish(
        label=_("If the name changes, keep the present one as a former name"),
        required=False,
        initial=True,
        widget=UnfoldBooleanWidget,
        help_text=_(
            "Papers with the earlier name then still find the enterprise. Untick it to correct a typing error."
        ),
    )

    def clean_industry(self) -> IndustryClass | None:
        """One of an earlier edition stays, but is not chosen anew."""
        industry: IndustryClass | None = self.cleaned_data["industry"]
        if industry and "industry" in self.changed_data and not industry.holds(timezone.localdate()):
            raise ValidationError(_("This industry is of an edition that no longer holds; choose one of the present."))
        return industry


class KindFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        if any(self.errors) or not self.has_changed():  # a merge may have left spans that overlap
            return
        rows = [form.instance for form in self.forms if form not in self.deleted_forms and form.instance.begins_on]
        if problem := overlap((row.kind, row.begins_on, row.ends_on) for row in rows):
            raise ValidationError(problem)


class KindInline(TrackedInline, TabularInline):
    model = EnterpriseKindSince
    formset = KindFormSet
    fields = ("kind", "begins_on", "ends_on")


class FormerNameInline(TrackedInline, TabularInline):
    model = FormerName
    fields = ("name", "credit_code", "until_on")


class ContactInline(TrackedInline, TabularInline):
    model = Contact
    fields = ("name", "post", "phone")


class KindFilter(DropdownFilter):
    title = _("kind (today)")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(kind.code, str(kind)) for kind in EnterpriseKind.objects.all()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.of_kind(self.value(), timezone.localdate()) if self.value() else queryset


class IndustryFilter(DropdownFilter):
    """By section, whatever the edition: the letters have stayed the same."""

    title = _("industry")
    parameter_name = "section"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        sections = IndustryClass.objects.filter(level=IndustryClass.Level.SECTION).in_force(timezone.localdate())
        return [(section.code, str(section)) for section in sections]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(industry__section_code=self.value()) if self.value() else queryset


class CodeFilter(DropdownFilter):
    title = _("credit code")
    parameter_name = "code"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("none", _("Without code")), ("unverified", _("Not verified"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "none":
            return queryset.filter(credit_code="")
        return queryset.exclude(unverified=[]) if self.value() == "unverified" else queryset


@admin.register(Enterprise)
class EnterpriseAdmin(RecordAdmin):
    form = EnterpriseForm
    menu_area = "enterprises"
    menu_icon = "apartment"
    menu_order = 10
    list_display = ("name", "credit_code", "place_name", "kinds_shown", "industry", "size", "page_link")
    list_select_related = ("region", "industry")
    list_filter = (KindFilter, IndustryFilter, ("size", ChoicesDropdownFilter), CodeFilter)
    search_fields = ("name",)  # what is searched says ``get_search_results``
    search_help_text = _("Name, former name or unified social credit code")
    fieldsets = (
        (None, {"fields": ("name", ("credit_code", "region"), "address", ("industry", "size"))}),
        (
            _("Kept by"),
            {
                "fields": ("office",),
                "description": _("Every office sees these entries; only contacts are not for all."),
            },
        ),
    )
    autocomplete_fields = ("office", "region", "industry")
    inlines = (KindInline, FormerNameInline, ContactInline)
    actions_detail = ("page_action", *RecordAdmin.actions_detail)

    # The list -----------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        today = timezone.localdate()
        kinds = scoping.visible_to(EnterpriseKindSince.objects.on(today), request.user).select_related("kind")
        return super().get_queryset(request).prefetch_related(Prefetch("kinds_since", kinds, to_attr="kinds_today"))

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        if request.resolver_match and request.resolver_match.view_name == "admin:autocomplete":
            queryset = queryset.filter(voided_at__isnull=True)
        return search.matching(queryset, search_term), False

    @display(description=_("region"), ordering="region")
    def place_name(self, enterprise: Enterprise) -> str:
        return enterprise.region.name

    @display(description=_("kinds"))
    def kinds_shown(self, enterprise: Any) -> str:
        return gettext(", ").join(str(since.kind) for since in enterprise.kinds_today)

    @display(description=_("all records"))
    def page_link(self, enterprise: Enterprise) -> str:
        url = reverse("enterprises:page", args=[enterprise.pk])
        return format_html('<a class="text-primary-600" href="{}">{}</a>', url, _("All records"))

    # The form -----------------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not self.has_change_permission(request, obj):
            return fieldsets
        (label, options), *others = fieldsets
        return [(label, {**options, "fields": (*options["fields"], "keeps_former_name")}), *others]

    @action(description=_("All records"), url_path="records", icon="timeline")
    def page_action(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return redirect("enterprises:page", pk=int(object_id))

    def save_model(self, request: HttpRequest, obj: Enterprise, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change or {"name", "region"} & set(form.changed_data):
            self._tell_of_twins(request, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change and "name" in form.changed_data and form.cleaned_data.get("keeps_former_name"):
            renaming.keep_former_name(form.instance, form.initial["name"], by=staff_of(request))

    def _tell_of_twins(self, request: HttpRequest, enterprise: Enterprise) -> None:
        if twins_of(enterprise).exists():
            messages.warning(
                request,
                format_html(
                    '{} <a class="underline" href="{}?q={}">{}</a>',
                    _("Another enterprise of this name is on record in the same region."),
                    reverse("enterprises:doubles"),
                    enterprise.name,
                    _("Compare them"),
                ),
            )
