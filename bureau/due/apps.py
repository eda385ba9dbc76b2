from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class DueConfig(AppConfig):
    name = "bureau.due"
    verbose_name = _("Due list")

    def ready(self) -> None:
        from bureau.menu import MenuItem, register
        from bureau.views.base import with_records

        register(MenuItem("work", _("Due list"), "event_upcoming", "due:list", with_records, order=10))
        autodiscover_modules("due")
