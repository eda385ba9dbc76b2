from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from bureau import operations
from bureau.exchange.management.commands.import_sheet import chosen_sheet
from bureau.exchange.writing import exporting
from bureau.models import Region


class Command(BaseCommand):
    help = "Export all records of a kind, or those of a region, as xlsx or csv; the file imports again unchanged."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")
        parser.add_argument("--region", metavar="CODE")

    def handle(self, *, kind: str, output: Path, region: str | None, **options: Any) -> None:
        sheet = chosen_sheet(kind)
        if not output.parent.is_dir():
            raise CommandError(_("There is no folder %(folder)s.") % {"folder": output.parent})
        rows = sheet.rows()
        if region:
            if not Region.objects.filter(pk=region).exists():
                raise CommandError(_("There is no region with the code %(code)s.") % {"code": region})
            rows = sheet.in_region(rows, region)
        try:
            count = exporting.export(sheet, rows, output)
        except ValueError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        operations.log(
            operations.Action.EXPORT, target=f"{sheet.label}: {output.name}", rows=count, region=region or ""
        )
