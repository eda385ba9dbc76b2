from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import DateTimeField, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextInputWidget

from bureau import scoping
from bureau.filters import ScopedRelatedFilter
from bureau.large_lists import ByName, ByStart, LargeListAdmin
from bureau.models import Staff
from bureau.models.record import NOT_VOIDED
from bureau.record_forms import RecordForm
from inspections import ledger
from inspections.admin.instrument import enterprises_named, piece_for
from inspections.models import Instrument, Verification
from standards.models import Institution

# They follow from the other entries where they are left empty, as ``inspections.entry`` has it.
FOLLOWING = {
    "paper": _("Empty: as the conclusion says."),
    "conclusion": _("Empty: as the paper says."),
    "purpose": _("Empty: that of the instrument in the ledger."),
    "legal_kind": _("Empty: as the catalogue of that day says of this kind and purpose."),
    "holder": _("Empty: the holder of the instrument in the ledger."),
    "instrument_kind": _("Empty: that of the instrument in the ledger."),
    "valid_until": _("Empty: by the period of the catalogue. The printed day wins."),
    "next_due_on": _("Empty: the day after the paper runs out."),
}
# Of the piece, what a new verification begins with.
OF_PIECE = {"holder": "holder_id", "instrument_kind": "kind_id", "serial_no": "serial_no", "quantity": "quantity",
            "purpose": "purpose", "legal_kind": "legal_kind", "region": "region_id"}  # fmt: skip


def institutions_named(word: str) -> QuerySet:
    return Institution.objects.filter(name__icontains=word)


class MomentWidget(UnfoldAdminTextInputWidget):
    """Day and time by the device's own means."""

    input_type = "datetime-local"

    def format_value(self, value: Any) -> str | None:
        return f"{value:%Y-%m-%dT%H:%M}" if hasattr(value, "minute") else value


class VerificationForm(RecordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FOLLOWING.keys() & self.fields.keys():
            self.fields[name].required = False
            self.fields[name].help_text = FOLLOWING[name]

    def clean(self) -> dict[str, Any] | None:
        """Without a piece of the ledger nothing else says whose instrument of what kind it is."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("instrument"):
            for name in ("holder", "instrument_kind", "purpose"):
                if name in cleaned and not cleaned[name]:
                    self.add_error(name, self.fields[name].error_messages["required"])
        if not cleaned.get("conclusion") and not cleaned.get("paper") and cleaned.get("kind") != "calibration":
            self.add_error("conclusion", self.fields["conclusion"].error_messages["required"])
        return cleaned


@admin.register(Verification)
class VerificationAdmin(LargeListAdmin):
    form = VerificationForm
    menu_area = "verification"
    menu_icon = "verified"
    menu_order = 20
    change_form_outer_before_template = "inspections/verification_head.html"
    list_display = (
        "certificate_no",
        "verified_on",
        "holder",
        "instrument_kind",
        "serial_no",
        "quantity",
        "conclusion_shown",
        "valid_until",
        "institution",
    )
    list_select_related = ("holder", "instrument_kind", "institution")
    lookup_fields = (*LargeListAdmin.lookup_fields, "standard")
    list_filter = (
        ("conclusion", ChoicesDropdownFilter),
        ("kind", ChoicesDropdownFilter),
        ("legal_kind", ChoicesDropdownFilter),
        ("purpose", ChoicesDropdownFilter),
        ("instrument_kind", ScopedRelatedFilter),
        "is_free",
        "is_emergency",
        ("verified_on", RangeDateFilter),
    )
    date_hierarchy = "verified_on"
    ordering = ("-verified_on", "-id")
    searched_by = (
        ByStart("certificate_no"),
        ByStart("serial_no"),
        ByName("holder", enterprises_named),
        ByName("institution", institutions_named),
    )
    search_help_text = _("Beginning of a certificate or serial no., part of the client's or institution's name")
    # A moment as one entry: the merge of two people's changes compares entries one by one.
    formfield_overrides: ClassVar[Any] = {DateTimeField: {"form_class": forms.DateTimeField, "widget": MomentWidget}}
    autocomplete_fields = ("office", "region", "instrument", "holder", "instrument_kind", "institution", "standard")
    fieldsets = (
        (
            _("Instrument"),
            {"fields": ("instrument", "holder", ("instrument_kind", "serial_no", "quantity"), "region")},
        ),
        (
            _("Paper"),
            {
                "fields": (
                    ("institution", "certificate_no"),
                    ("kind", "conclusion", "paper"),
                    ("verified_on", "valid_until", "next_due_on"),
                    ("purpose", "legal_kind", "accuracy_class"),
                )
            },
        ),
        (_("Carried out"), {"fields": ("standard", ("verifier", "checker", "approver"), "received_on")}),
        (_("Fee"), {"fields": (("fee", "fee_waived", "is_free"),)}),
        (_("Urgent request"), {"fields": ("is_emergency", "requested_at", "finished_at"), "classes": ["collapse"]}),
        (_("Kept by"), {"fields": ("office", "remark")}),
    )

    @display(
        description=_("conclusion"),
        ordering="conclusion",
        label={"passed": "success", "failed": "danger", "none": "default"},
    )
    def conclusion_shown(self, row: Verification) -> tuple[str, Any]:
        return row.conclusion, row.get_conclusion_display()

    def choices_for(self, db_field: Any, request: HttpRequest) -> Any:
        rows = super().choices_for(db_field, request)
        return rows.filter(NOT_VOIDED) if db_field.name in ("instrument", "standard") else rows

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """From the page of a piece: what the piece says."""
        given = {"verified_on": timezone.localdate(), **super().get_changeform_initial_data(request)}
        piece = piece_for(request)
        if piece is None:
            return given
        is_again = "kind" not in request.GET and piece.last_verified_on is not None
        kind = {"kind": Verification.Kind.SUBSEQUENT} if is_again else {}
        of_piece = {name: getattr(piece, path) for name, path in OF_PIECE.items() if name not in request.GET}
        return {**given, **of_piece, **kind}

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        row = context["original"]
        if row is not None:
            context["doubts"] = list(row.doubts.filter(closed_on__isnull=True, answered_at__isnull=True))
            if row.instrument_id:
                context |= self._neighbours(row, request)
        return super().render_change_form(request, context, *args, **kwargs)

    def _neighbours(self, row: Verification, request: HttpRequest) -> dict[str, Any]:
        """The piece, and its verifications before and after this one, where the reader may see them."""
        pieces = scoping.visible_to(Instrument.objects.filter(pk=row.instrument_id), request.user)
        rows = scoping.visible_to(Verification.objects.not_voided().filter(instrument=row.instrument_id), request.user)
        rows = rows.exclude(pk=row.pk)
        earlier = rows.filter(verified_on__lte=row.verified_on).order_by("-verified_on", "-pk").first()
        later = rows.filter(verified_on__gt=row.verified_on).order_by("verified_on", "pk").first()
        return {"piece": pieces.first(), "earlier": earlier, "later": later}

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not change:
            ledger.verifications_written([form.instance])
        elif form.has_changed():
            ledger.verifications_written([], [form.instance])

    def void_row(self, obj: Verification, *, by: Staff, reason: str) -> None:
        super().void_row(obj, by=by, reason=reason)
        ledger.verifications_written([], [obj])

    def unvoid_row(self, obj: Verification, *, by: Staff) -> None:
        super().unvoid_row(obj, by=by)
        ledger.verifications_written([], [obj])
