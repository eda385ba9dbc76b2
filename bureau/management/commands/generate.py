import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _

from bureau.generating import generators


class Command(BaseCommand):
    help = "Fill an empty database with deterministic load data; the same numbers give the same rows."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", required=True, help="for example verifications")
        parser.add_argument("--rows", type=int, required=True)
        parser.add_argument("--years", type=int, default=5)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        autodiscover_modules("generators")
        generate = generators.get(options["kind"])
        if generate is None:
            known = {"kind": options["kind"], "known": ", ".join(sorted(generators))}
            raise CommandError(_("There is no load data of the kind “%(kind)s”. Known: %(known)s.") % known)
        if options["rows"] < 1 or not 1 <= options["years"] <= 20:
            raise CommandError(_("At least one row, and 1 to 20 years."))
        begun = time.perf_counter()
        try:
            written = generate(options["rows"], options["years"], options["seed"])
        except ValueError as error:
            raise CommandError(str(error)) from None
        took = time.perf_counter() - begun
        said = _("%(rows)s rows in %(seconds)s s, %(rate)s rows/s.")
        self.stdout.write(said % {"rows": written, "seconds": round(took, 1), "rate": round(written / took)})
