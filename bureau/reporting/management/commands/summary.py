import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from bureau.reporting.periods import InvalidPeriod, Period
from bureau.reporting.regions import UnknownRegion
from bureau.reporting.summary import Summary
from bureau.reporting.workbook import build


class Command(BaseCommand):
    help = "Writes the summary of a region and period: all figures of all its records."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", required=True, metavar="CODE")
        parser.add_argument("--year", default="")
        parser.add_argument("--from", dest="first", default="", metavar="DATE")
        parser.add_argument("--to", dest="last", default="", metavar="DATE", help="Included.")
        parser.add_argument("--format", choices=["json", "xlsx"], default="json")
        parser.add_argument("--output", default="-", metavar="FILE", help="- or nothing: standard output.")

    def handle(self, **options: Any) -> None:
        try:
            period = Period.from_text(year=options["year"], first=options["first"], last=options["last"])
            summary = Summary.make(options["region"], period)
        except (InvalidPeriod, UnknownRegion) as error:
            raise CommandError(str(error)) from None
        if options["format"] == "json":
            self._write_text(json.dumps(summary.as_json(), ensure_ascii=False, indent=2) + "\n", options["output"])
        else:
            self._write_workbook(summary, options["output"])

    def _write_text(self, text: str, output: str) -> None:
        if output == "-":
            self.stdout.write(text, ending="")
            return
        with _readable_errors(output):
            Path(output).write_text(text, encoding="utf-8")

    def _write_workbook(self, summary: Summary, output: str) -> None:
        workbook = build(summary)
        if output == "-":
            if sys.stdout.isatty():
                raise CommandError(_("A workbook cannot be shown here; name a file with --output."))
            workbook.save(sys.stdout.buffer)
            return
        with _readable_errors(output):
            workbook.save(output)


@contextmanager
def _readable_errors(output: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CommandError(
            _("%(file)s cannot be written: %(reason)s") % {"file": output, "reason": error.strerror}
        ) from None
