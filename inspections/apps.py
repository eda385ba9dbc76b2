from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class InspectionsConfig(AppConfig):
    name = "inspections"
    verbose_name = _("Inspections and cases")

    def ready(self) -> None:
        post_migrate.connect(_install_rollups, sender=self)


def _install_rollups(using: str, plan: Any = (), **kwargs: Any) -> None:
    """Unless the ledger was just migrated away."""
    from django.db import connections

    from inspections import rollups

    if rollups.ROLLUPS[0].table in connections[using].introspection.table_names():
        rollups.install(using)
