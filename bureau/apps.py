from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class BureauConfig(AppConfig):
    name = "bureau"
    verbose_name = _("Ground floor")

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules

        from bureau import checks, operation_signals, roles  # noqa: F401

        autodiscover_modules("panels", "timeline")
        post_migrate.connect(roles.grant_permissions, dispatch_uid="bureau.roles")
