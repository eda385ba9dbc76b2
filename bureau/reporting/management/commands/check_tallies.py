import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from bureau.reporting import tallies


class Command(BaseCommand):
    help = "Compares every tally with the rows that it was added up from; exit 1 and the differing keys if any differs."

    def handle(self, **options: Any) -> None:
        registered = tallies.every()
        if not registered:
            self.stdout.write(_("There are no tallies to check."))
        differs = False
        for tally in registered:
            keys = list(tally.differences())
            differs = differs or bool(keys)
            known = {"tally": tally.label, "number": len(keys)}
            verdict = _("%(tally)s: %(number)s keys differ.") if keys else _("%(tally)s: equal to its rows.")
            self.stdout.write(verdict % known)
            for key in keys:
                self.stdout.write(f"  {tally.key} {key}")
        if differs:
            sys.exit(1)
