from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from inspections import rollups


class Command(BaseCommand):
    help = "Bring the rows of the ledger's tallies together that a day of work has added; every night is enough."

    def handle(self, **options: Any) -> None:
        self.stdout.write(_("Rows joined: %(number)s.") % {"number": rollups.join_changes()})
