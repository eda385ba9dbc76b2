from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import display

from bureau import scoping
from bureau.filters import ScopedRelatedFilter
from bureau.large_lists import ByName, ByStart, LargeListAdmin
from bureau.models import Staff
from bureau.record_admin import staff_of
from bureau.record_forms import RecordForm
from bureau.texts import whole_number
from enterprises import search
from enterprises.models import Enterprise
from inspections import ledger
from inspections.models import Instrument, LegalKind, Verification

SHOWN = 20
SOON = timedelta(days=30)


def enterprises_named(word: str) -> QuerySet:
    return search.matching(Enterprise.objects.all(), word)


class InstrumentForm(RecordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if legal_kind := self.fields.get("legal_kind"):  # a reader who changes nothing has no fields
            legal_kind.required = False
            legal_kind.help_text = _("Empty: as the catalogue in force says of this kind and purpose.")


class ValidityFilter(DropdownFilter):
    """Of the pieces in use under mandatory verification."""

    title = _("state of verification")
    parameter_name = "verification"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("valid", _("Valid")),
            ("soon", _("Due within 30 days")),
            ("overdue", _("Overdue")),
            ("without", _("Never verified, or failed")),
            ("replace", _("To be replaced")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        today, value = timezone.localdate(), self.value()
        conditions = {
            "valid": Q(is_valid=True),
            "soon": Q(next_due_on__gt=today, next_due_on__lte=today + SOON),
            "overdue": Q(next_due_on__lte=today),
            "without": Q(next_due_on__isnull=True, is_valid=False),
            "replace": Q(replace_due_on__lte=today),
        }
        if value not in conditions:
            return queryset
        in_use = queryset.filter(state=Instrument.State.IN_USE, legal_kind=LegalKind.MANDATORY)
        return in_use.filter(conditions[value])


@admin.register(Instrument)
class InstrumentAdmin(LargeListAdmin):
    form = InstrumentForm
    menu_area = "verification"
    menu_icon = "scale"
    menu_order = 10
    change_form_outer_before_template = "inspections/instrument_head.html"
    list_display = ("name", "serial_no", "model", "holder", "kind", "state_shown", "next_due_on", "validity_shown")
    list_select_related = ("holder", "kind")
    list_filter = (
        ValidityFilter,
        ("state", ChoicesDropdownFilter),
        ("legal_kind", ChoicesDropdownFilter),
        ("purpose", ChoicesDropdownFilter),
        ("kind", ScopedRelatedFilter),
    )
    searched_by = (
        ByStart("serial_no"),
        ByStart("ecqs_no"),
        ByStart("holder_no"),
        ByName("holder", enterprises_named),
    )
    search_help_text = _("Beginning of a serial no., platform no. or own no., part of the holder's name")
    autocomplete_fields = ("office", "region", "holder", "kind")
    readonly_fields = ("last_verified_on", "valid_until", "next_due_on")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "holder",
                    ("name", "kind"),
                    ("model", "measuring_range", "accuracy_class"),
                    ("serial_no", "quantity"),
                    ("maker", "origin"),
                )
            },
        ),
        (_("Use"), {"fields": ("place", "region", ("purpose", "legal_kind"), ("submission", "in_use_from"))}),
        (
            _("Verification"),
            {
                "fields": (
                    ("last_verified_on", "valid_until", "next_due_on"),
                    ("period_months", "first_verified_on", "replace_due_on"),
                )
            },
        ),
        (_("State"), {"fields": (("state", "state_since", "end_reason"),)}),
        (_("Numbers"), {"fields": (("ecqs_no", "holder_no"), "remark")}),
        (_("Kept by"), {"fields": ("office",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_validity(timezone.localdate())

    @display(
        description=_("state"),
        ordering="state",
        label={"in_use": "success", "stopped": "warning", "scrapped": "default"},
    )
    def state_shown(self, piece: Instrument) -> tuple[str, Any]:
        return piece.state, piece.get_state_display()

    @display(
        description=_("state of verification"),
        label={"valid": "success", "soon": "warning", "overdue": "danger", "never": "danger", "without": "danger"},
    )
    def validity_shown(self, piece: Instrument) -> tuple[str, Any]:
        today = timezone.localdate()
        if piece.state != Instrument.State.IN_USE or piece.legal_kind != LegalKind.MANDATORY:
            return "—", ""
        if piece.is_valid:
            is_soon = piece.next_due_on is not None and piece.next_due_on <= today + SOON
            return ("soon", _("Due within 30 days")) if is_soon else ("valid", _("Valid"))
        if piece.last_verified_on is None:
            return "never", _("Never verified")
        is_overdue = piece.next_due_on is not None and piece.next_due_on <= today
        return ("overdue", _("Overdue")) if is_overdue else ("without", _("No valid paper"))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        piece = context["original"]
        if piece is not None:
            may_add = request.user.has_perm("inspections.add_verification")  # type: ignore[union-attr]
            context |= {
                "made": self._made(piece, request),
                "most_shown": SHOWN,
                "stops": list(piece.stops.order_by("-begins_on")),
                "doubts": list(piece.doubts.filter(closed_on__isnull=True, answered_at__isnull=True)),
                "add_url": f"{reverse('admin:inspections_verification_add')}?instrument={piece.pk}",
                "may_verify": may_add and not piece.is_voided,
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def _made(self, piece: Instrument, request: HttpRequest) -> list[Verification]:
        """The latest ones, of those that the reader may see."""
        rows = scoping.visible_to(piece.verifications.not_voided(), request.user)  # type: ignore[attr-defined]
        return list(rows.select_related("institution").order_by("-verified_on", "-pk")[:SHOWN])

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not change:
            ledger.instruments_written([form.instance])
        elif form.has_changed():
            ledger.instruments_written([], [form.instance])

    def void_row(self, obj: Instrument, *, by: Staff, reason: str) -> None:
        super().void_row(obj, by=by, reason=reason)
        ledger.instruments_written([], [obj])

    def unvoid_row(self, obj: Instrument, *, by: Staff) -> None:
        super().unvoid_row(obj, by=by)
        ledger.instruments_written([], [obj])

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"in_use_from": timezone.localdate(), **super().get_changeform_initial_data(request)}


def piece_for(request: HttpRequest) -> Instrument | None:
    """The piece that an address names, where the reader may see it."""
    key = whole_number(request.GET.get("instrument"))
    if key is None:
        return None
    return scoping.visible_to(Instrument.objects.not_voided(), staff_of(request)).filter(pk=key).first()
