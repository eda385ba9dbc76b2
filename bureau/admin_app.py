from axes.apps import AppConfig as AxesConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class BureauAdminConfig(AdminConfig):
    """Django's admin, on the bureau's own site. Apart from ``bureau.apps``: a module has one default config."""

    default = False
    default_site = "bureau.site.BureauSite"


class FailedLoginsConfig(AxesConfig):
    """django-axes, under a name that can stand above its pages."""

    default = False
    verbose_name = _("Failed logins")
