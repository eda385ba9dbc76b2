from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnterprisesConfig(AppConfig):
    name = "enterprises"
    verbose_name = _("Enterprises")

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules

        from bureau import menu
        from enterprises import checks  # noqa: F401

        autodiscover_modules("criteria")

        menu.register_area("enterprises", _("Enterprises"), 30)
        menu.register_area("integrity", _("Integrity in metrology"), 35)
        menu.register_area("services", _("Services and outreach"), 37)
        menu.register_area("energy", _("Energy metering"), 39)
        menu.register(
            menu.MenuItem(
                "enterprises",
                _("Possible doubles"),
                "join_inner",
                "enterprises:doubles",
                lambda user: user.has_perm("enterprises.change_enterprise"),
                order=15,
            )
        )
        menu.register(
            menu.MenuItem(
                "integrity",
                _("Public red and black list"),
                "public",
                "enterprises:public-list",
                lambda user: user.has_perm("enterprises.export_listedenterprise"),
                order=45,
            )
        )
