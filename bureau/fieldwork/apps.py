from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class FieldworkConfig(AppConfig):
    name = "bureau.fieldwork"
    label = "fieldwork"
    verbose_name = _("Fieldwork")

    def ready(self) -> None:
        from bureau.fieldwork.views import may_fill
        from bureau.menu import MenuItem, register

        register(MenuItem("work", _("Fieldwork"), "edit_location", "fieldwork:list", may_fill, order=5))
        autodiscover_modules("field_forms")
