from typing import Any

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


def _has_imports(user: Any) -> bool:
    return bool(user.office_id) and user.has_perm("exchange.view_import")


class ExchangeConfig(AppConfig):
    name = "bureau.exchange"
    verbose_name = _("Exchange")

    def ready(self) -> None:
        from bureau.exchange.links import exchange_links
        from bureau.menu import MenuItem, register, register_list_links

        autodiscover_modules("sheets")
        register_list_links(exchange_links)
        register(MenuItem("exchange", _("Imports"), "upload_file", "exchange:list", _has_imports, order=10))
