from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter

from bureau.record_admin import RecordAdmin
from enterprises.admin.ending import ShowsState, StateFilter
from enterprises.models import ManagementSystemCertificate


@admin.register(ManagementSystemCertificate)
class ManagementSystemCertificateAdmin(ShowsState, RecordAdmin):
    menu_area = "enterprises"
    menu_icon = "workspace_premium"
    menu_order = 60
    list_display = ("certificate_no", "enterprise", "grade", "body", "issued_on", "valid_until", "state_shown")
    list_select_related = ("enterprise",)
    list_filter = (
        StateFilter,
        ("grade", ChoicesDropdownFilter),
        ("issued_on", RangeDateFilter),
        ("valid_until", RangeDateFilter),
    )
    search_fields = ("certificate_no", "enterprise__name", "enterprise__credit_code", "body")
    search_help_text = _("Certificate no., enterprise, unified social credit code or certification body")
    date_hierarchy = "issued_on"
    autocomplete_fields = ("office", "region", "enterprise")
    fieldsets = (
        (None, {"fields": ("enterprise", ("body", "certificate_no"), ("grade", "coverage"), "issued_on")}),
        (_("End"), {"fields": ("valid_until", ("withdrawn_on", "withdrawal_reason"))}),
        (_("Kept by"), {"fields": (("office", "region"), "remark")}),
    )
