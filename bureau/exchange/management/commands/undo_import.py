import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from bureau.exchange import undo
from bureau.exchange.management.commands.import_sheet import chosen_staff, work_through
from bureau.exchange.models import Import
from bureau.jobs import sweep


class Command(BaseCommand):
    help = "Undo an import. Prints the numbers of records that were voided, restored and kept as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int)
        parser.add_argument("--user", metavar="NAME", help="whom the changes are attributed to")

    def handle(self, *, number: int, user: str | None, **options: Any) -> None:
        run = Import.objects.select_related("office").filter(pk=number).first()
        if run is None:
            raise CommandError(_("There is no import %(number)s.") % {"number": number})
        by = chosen_staff(user, run.office) if user else None
        sweep()  # the import or an earlier undo may have been a command that was killed
        job = undo.hold(run, by=by)
        if job is None:
            raise CommandError(undo.problem(Import.objects.get(pk=run.pk)))
        work_through(job)
        run.refresh_from_db()
        self.stdout.write(json.dumps(undo.counts_of(run)))
