from django.contrib import admin

from benchmarks.models import TrialMonth, TrialVerification
from bureau.record_admin import RecordAdmin


@admin.register(TrialVerification)
class TrialVerificationAdmin(RecordAdmin):
    list_display = ("certificate_no", "instrument", "holder", "verified_on", "region")
    search_fields = ("certificate_no", "holder")
    list_filter = ("kind",)


@admin.register(TrialMonth)
class TrialMonthAdmin(RecordAdmin):
    list_display = ("holder", "month", "pieces", "region")
    search_fields = ("holder",)
