from typing import Any

from django.contrib import admin
from django.forms import ChoiceField
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelectWidget

from bureau.record_admin import TrackedInline
from bureau.record_forms import TrackedForm
from standards.admin.child import OfStandardAdmin
from standards.models import EventDevice, EventPaper, StandardEvent
from standards.models.paper import document_names, missing_papers, rules_for
from standards.models.rule import EventKind

CHANGES = (EventKind.EQUIPMENT_REPLACED, EventKind.CHANGED)
WITH_OPINIONS = (*CHANGES, EventKind.SEALED, EventKind.RESTORED, EventKind.WITHDRAWN, EventKind.CANCELLED)


class PaperForm(TrackedForm):
    """The kinds of documents of the event's day; what the lists require is marked."""

    document = ChoiceField(label=_("document"), widget=UnfoldAdminSelectWidget)
    names: Any = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = dict(self.names)
        if self.instance.document:  # of an edition that has ended since
            known.setdefault(self.instance.document, self.instance.document)
        self.fields["document"].choices = [("", "—"), *known.items()]  # type: ignore[attr-defined]


class PaperInline(TrackedInline, TabularInline):
    """The list of papers as the rules of the day have it, to be ticked off; other papers may be added."""

    model = EventPaper
    form = PaperForm
    fields = ("document", "handed_in_on", "is_not_needed", "remark")
    tab = False
    hide_title = True

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        names = _marked(obj) if obj else {}
        kwargs["form"] = type("PaperForm", (PaperForm,), {"names": tuple(names.items())})
        return super().get_formset(request, obj, **kwargs)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return len(expected(obj)) if obj and self.has_change_permission(request, obj) else 0


class DeviceInline(TrackedInline, TabularInline):
    model = EventDevice
    fields = ("side", "device", "remark")
    tab = False
    hide_title = True

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        if "device" in formset.form.base_fields:
            field = formset.form.base_fields["device"]
            field.queryset = field.queryset.filter(standard=obj.standard_id, voided_at__isnull=True)
        return formset


def _marked(event: StandardEvent) -> dict[str, str]:
    required = {rule.document for rule in rules_for(event) if rule.is_required}
    names = document_names(event.on)
    mark = gettext(" (required)")
    return {code: f"{name}{mark if code in required else ''}" for code, name in names.items()}


def expected(event: StandardEvent) -> list[str]:
    """Codes of the papers on the lists of the day that the event has no row for yet."""
    listed = set(event.papers.not_voided().values_list("document", flat=True))  # type: ignore[attr-defined]
    return [rule.document for rule in rules_for(event) if rule.document not in listed]


@admin.register(StandardEvent)
class StandardEventAdmin(OfStandardAdmin):
    """The papers and particulars of an event; the event itself is entered on the page of the standard."""

    menu_icon = "event_note"
    menu_order = 38
    actions_detail = ()
    list_display = ("on", "kind", "of_standard", "certificate_no", "valid_until", "sealed_until", "reason")
    list_filter = (("kind", ChoicesDropdownFilter), ("on", RangeDateFilter), ("situation", ChoicesDropdownFilter))
    date_hierarchy = "on"
    readonly_fields = ("on", "kind", "certificate_no", "valid_until", "papers_missing")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Only what belongs to an event of this kind."""
        shown: list[Any] = [(None, {"fields": ("standard", ("on", "kind"), ("certificate_no", "valid_until"))})]
        if obj is None:
            return shown
        if obj.kind in CHANGES:
            shown.append((_("Change"), {"fields": (("situation", "cause"), "effect", "before", "after")}))
        reason = ("sealed_until", "reason") if obj.kind == EventKind.SEALED else ("reason",)
        opinions = ("unit_opinion", "superior_opinion", "authority_opinion") if obj.kind in WITH_OPINIONS else ()
        shown.append((_("Particulars"), {"fields": (*reason, *opinions, "remark")}))
        if rules_for(obj):
            shown.append((_("Papers"), {"fields": ("papers_missing",)}))
        usual = super().get_fieldsets(request, obj)
        return [*shown, *usual[1:]]

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        if obj is None:
            return []
        return [PaperInline, DeviceInline] if obj.kind == EventKind.EQUIPMENT_REPLACED else [PaperInline]

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        known: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, PaperInline) and obj.pk:
            known["initial"] = [{"document": code} for code in expected(obj)]
        return known

    @display(description=_("papers that are missing"))
    def papers_missing(self, event: StandardEvent) -> str:
        codes, names = missing_papers(event), document_names(event.on)
        if not codes:
            return gettext("None: every required paper was handed in or is not needed.")
        items = format_html_join("", "<li>{}</li>", ((names.get(code, code),) for code in codes))
        return format_html('<ul class="list-disc pl-4">{}</ul>', items)
