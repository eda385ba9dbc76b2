import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from bureau.reporting.periods import InvalidPeriod, Period
from bureau.reporting.regions import UnknownRegion
from bureau.reporting.summary import Summary
from bureau.reporting.workbook import build
from bureau.reporting.year_text.texts import YearText


class Command(BaseCommand):
    help = "Writes the summary of a region and period: all figures of all its records."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--region", required=True, metavar="CODE")
        parser.add_argument("--year", default="")
        parser.add_argument("--from", dest="first", default="", metavar="DATE")
        parser.add_argument("--to", dest="last", default="", metavar="DATE", help="Included.")
        parser.add_argument("--format", choices=["json", "xlsx", "docx"], default="json")
        parser.add_argument("--output", default="-", metavar="FILE", help="- or nothing: standard output.")

    def handle(self, **options: Any) -> None:
        try:
            period = Period.from_text(year=options["year"], first=options["first"], last=options["last"])
            if options["format"] == "docx":
                content = YearText(options["region"], period).paper().getvalue()
                self._write_file(lambda file: file.write(content), options["output"])
                return
            summary = Summary.make(options["region"], period)
        except (InvalidPeriod, UnknownRegion) as error:
            raise CommandError(str(error)) from None
        if options["format"] == "json":
            self._write_text(json.dumps(summary.as_json(), ensure_ascii=False, indent=2) + "\n", options["output"])
        else:
            self._write_file(build(summary).save, options["output"])

    def _write_text(self, text: str, output: str) -> None:
        if output == "-":
            self.stdout.write(text, ending="")
            return
        with _readable_errors(output):
            Path(output).write_text(text, encoding="utf-8")

    def _write_file(self, save: Callable[[Any], Any], output: str) -> None:
        if output == "-":
            if sys.stdout.isatty():
                raise CommandError(_("Such a file cannot be shown here; name one with --output."))
            save(sys.stdout.buffer)
            return
        with _readable_errors(output), Path(output).open("wb") as file:
            save(file)


@contextmanager
def _readable_errors(output: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CommandError(
            _("%(file)s cannot be written: %(reason)s") % {"file": output, "reason": error.strerror}
        ) from None
