from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "bureau.reporting"
    verbose_name = _("Reporting")

    def ready(self) -> None:
        from bureau.menu import MenuItem, register
        from bureau.reporting import checks, effects, indicators  # noqa: F401 (checks and effects register themselves)
        from bureau.reporting.defined import Definitions
        from bureau.views.base import with_records

        register(MenuItem("reports", _("Summary of figures"), "monitoring", "reporting:summary", with_records, order=0))
        register(MenuItem("reports", _("Reaching the targets"), "target", "reporting:targets", with_records, order=10))
        register(MenuItem("reports", _("Summary as a text"), "article", "reporting:year-text", with_records, order=5))
        register(MenuItem("reports", _("Fill forms"), "dynamic_form", "reporting:templates", with_records, order=6))
        register(MenuItem("reports", _("Frozen years"), "lock_clock", "reporting:frozen-years", with_records, order=8))
        register(
            MenuItem("reports", _("Reports of years"), "fact_check", "reporting:year-reports", with_records, order=7)
        )
        register(MenuItem("reports", _("Check a report"), "rule", "reporting:check", with_records, order=9))
        indicators.provide(Definitions())
        autodiscover_modules("indicators", "tallies", "past")
