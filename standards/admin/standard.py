from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter, RangeDateFilter
from unfold.decorators import action, display

from bureau import menu
from bureau.filters import ScopedRelatedFilter
from bureau.models import Staff
from bureau.record_admin import RecordAdmin, TrackedInline, staff_of
from bureau.record_forms import RecordForm
from standards import chain, completeness, lifecycle
from standards.admin.part import DeviceInline, ItemInline, PersonInline
from standards.models import MeasurementStandard, StandardEvent
from standards.models.rule import CERTIFYING, State
from standards.replay import certifying

menu.register_area("standards", _("Measurement standards"), 20)


EXPIRED = "expired"  # follows from the date, so it is no state of the table
# The fields that say the same of a certificate, on its event and on the standard.
CERTIFICATE_OF_EVENT = {"kind", "on", "certificate_no", "valid_until"}
CERTIFICATE_OF_STANDARD = {"issued_on", "valid_until", "certificate_no", "former_certificate_no", "established_on"}


class StandardForm(RecordForm):
    """A certificate that contradicts the events recorded since is refused here, before anything is written."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors:
            for name, problem in lifecycle.contradiction(self.instance).items():
                self.add_error(name, problem)


class EventFormSet(BaseInlineFormSet):
    """The events of one standard as they would stand after the save: checked as a whole, in the order of their days."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors) or not self.instance.pk or not self.has_changed():
            return
        events = self._after_save()
        if not certifying(events) and self.instance.issued_on:
            raise ValidationError(_("A standard keeps at least the event of its certificate."))
        if lifecycle.agrees(self.instance):
            problem = lifecycle.impossible(self.instance, events)
        else:  # the certificate was changed as well, further up on the page
            problem = self._two_changes(events)
        if problem:
            raise ValidationError(problem)

    def _two_changes(self, events: list[StandardEvent]) -> str | None:
        if self._has_certificates_changed() and not lifecycle.agrees(self.instance, events):
            return gettext("The certificate was changed above and in the life cycle, and not to the same.")
        return next(iter(lifecycle.contradiction(self.instance, events).values()), None)

    def _after_save(self) -> list[StandardEvent]:
        """Those that another person entered meanwhile are not on the page, but count."""
        kept = [form for form in self.forms if form not in self.deleted_forms and form.has_changed()]
        touched = {form.instance.pk for form in (*kept, *self.deleted_forms)}
        others = [event for event in lifecycle.on_record(self.instance) if event.pk not in touched]
        # A first form without a key shows an event that was taken out meanwhile: it is not saved.
        posted = [form.instance for form in kept if form.instance.pk or form in self.extra_forms]
        return [*others, *posted]

    def _has_certificates_changed(self) -> bool:
        changed = [
            form for form in self.forms if form in self.deleted_forms or set(form.changed_data) & CERTIFICATE_OF_EVENT
        ]
        return any(form.instance.kind in CERTIFYING for form in changed)


class DueFilter(DropdownFilter):
    """The same two lists that the dashboard counts."""

    title = _("re-examination due")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("expired", _("Certificate expired")), ("soon", _("Certificate runs out soon"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        today = timezone.localdate()
        if self.value() == "expired":
            return queryset.expired(today)
        return queryset.expiring_soon(today) if self.value() == "soon" else queryset


class EventInline(TrackedInline, TabularInline):
    model = StandardEvent
    formset = EventFormSet
    fields = ("on", "kind", "papers", "certificate_no", "valid_until", "reason", "remark")
    readonly_fields = ("papers",)
    verbose_name_plural = _("life cycle")

    @display(description=_("papers"))
    def papers(self, event: StandardEvent) -> str:
        if not event.pk:
            return ""
        url = reverse("admin:standards_standardevent_change", args=[event.pk])
        return format_html('<a class="text-primary-600" href="{}">{}</a>', url, gettext("open"))


@admin.register(MeasurementStandard)
class MeasurementStandardAdmin(RecordAdmin):
    form = StandardForm
    menu_area = "standards"
    menu_icon = "straighten"
    menu_order = 10
    list_display = (
        "name",
        "certificate_no",
        "holder",
        "tier",
        "grade",
        "field",
        "place_name",
        "valid_until",
        "state_shown",
    )
    list_select_related = ("region", "field")
    list_filter = (
        DueFilter,
        ("tier", ChoicesDropdownFilter),
        ("grade", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("field", ScopedRelatedFilter),
        ("state", ChoicesDropdownFilter),
        ("established_on", RangeDateFilter),
        ("valid_until", RangeDateFilter),
    )
    search_fields = ("name", "certificate_no", "holder")
    search_help_text = _("Name, certificate no. or establishing unit")
    date_hierarchy = "established_on"
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    ("kind", "field"),
                    ("tier", "grade"),
                    ("classification_code", "original_value"),
                    ("holder", "institution"),
                )
            },
        ),
        (_("Measuring capability"), {"fields": ("measuring_range", "uncertainty")}),
        (
            _("Place and environment"),
            {"fields": ("place", ("temperature_needed", "humidity_needed"), "environment"), "classes": ["collapse"]},
        ),
        (
            _("Certificate"),
            {
                "fields": (
                    "issuing_authority",
                    "certificate_no",
                    "former_certificate_no",
                    ("issued_on", "valid_until"),
                    "established_on",
                ),
                "description": _(
                    "Empty while the standard is being set up. Entries here correct the present certificate; "
                    "a renewal is entered under “Life cycle”."
                ),
            },
        ),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )
    autocomplete_fields = ("office", "region", "institution")
    inlines = (EventInline, ItemInline, DeviceInline, PersonInline)
    actions_detail = (*RecordAdmin.actions_detail, "chain_action", "characteristics_action")

    @display(description=_("region"), ordering="region")
    def place_name(self, standard: MeasurementStandard) -> str:
        return standard.region.name

    @display(
        description=_("state"),
        ordering="state",
        label={
            State.DRAFT.value: "default",
            State.NEW_EXAMINATION.value: "info",
            State.VALID.value: "success",
            State.REEXAMINATION.value: "info",
            State.SEALED.value: "warning",
            State.WITHDRAWN.value: "default",
            State.CANCELLED.value: "default",
            EXPIRED: "danger",
        },
    )
    def state_shown(self, standard: MeasurementStandard) -> tuple[str, Any]:
        if standard.is_expired:
            return EXPIRED, _("Expired")
        return standard.state, standard.get_state_display()

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        # A new standard has at most one event, its certificate; the others are entered once it stands.
        return super().get_inlines(request, obj) if obj else []

    @display(description=_("what is missing"))
    def shortcomings(self, standard: Any) -> str:
        found = vars(standard).get("_shortcomings")  # the page asks for a field's text several times
        if found is None:
            found = standard._shortcomings = completeness.shortcomings(standard, timezone.localdate())
        if not found:
            return gettext("Nothing that JJF 1033 asks for is missing.")
        return format_html('<ul class="list-disc pl-4">{}</ul>', format_html_join("", "<li>{}</li>", zip(found)))

    @action(description=_("Traceability chain"), url_path="chain", permissions=["view"], icon="account_tree")
    def chain_action(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return HttpResponseRedirect(reverse("standards:chain", args=[object_id]))

    @action(
        description=_("Repeatability and stability"),
        url_path="characteristics",
        permissions=["view"],
        icon="show_chart",
    )
    def characteristics_action(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return HttpResponseRedirect(reverse("standards:characteristics", args=[object_id]))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return [(_("File of the standard"), {"fields": ("shortcomings",)}), *fieldsets] if obj else fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), "shortcomings")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Once the rows of the page stand, so that none is written twice."""
        super().save_related(request, form, formsets, change)
        if not change or set(form.changed_data) & CERTIFICATE_OF_STANDARD:
            lifecycle.follow([form.instance], by=staff_of(request))
        elif any(isinstance(formset, EventFormSet) and formset.has_changed() for formset in formsets):
            lifecycle.derive([form.instance], by=staff_of(request))

    def void_row(self, obj: MeasurementStandard, *, by: Staff, reason: str) -> None:
        super().void_row(obj, by=by, reason=reason)
        chain.days_changed([obj.pk])

    def unvoid_row(self, obj: MeasurementStandard, *, by: Staff) -> None:
        """Its numbers may have been given to another standard meanwhile."""
        super().unvoid_row(obj, by=by)
        lifecycle.follow([obj], by=by)
        chain.days_changed([obj.pk])
