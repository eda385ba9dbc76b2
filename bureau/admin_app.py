from django.contrib.admin.apps import AdminConfig


class BureauAdminConfig(AdminConfig):
    """Django's admin, on the bureau's own site. Apart from ``bureau.apps``: a module has one default config."""

    default = False
    default_site = "bureau.site.BureauSite"
