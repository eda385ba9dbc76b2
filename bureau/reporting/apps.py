from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "bureau.reporting"
    verbose_name = _("Reporting")

    def ready(self) -> None:
        from bureau.menu import MenuItem, register
        from bureau.reporting import checks, effects  # noqa: F401
        from bureau.views.base import with_records

        register(MenuItem("reports", _("Summary of figures"), "monitoring", "reporting:summary", with_records, order=0))
        autodiscover_modules("indicators", "tallies")
