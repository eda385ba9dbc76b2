import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils.module_loading import autodiscover_modules

from bureau.bench import Benchmark, benchmarks

# As docs/operations.md asks for on a province's server; the rest is PostgreSQL's own.
SETTINGS = ("-o", "shared_buffers=2GB", "-o", "maintenance_work_mem=512MB", "-o", "max_wal_size=8GB")


class Command(BaseCommand):
    help = "Run the benchmarks, each beside its peer or limit, in a throw-away database. Only JSON on stdout."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", nargs="?", help="one benchmark; all without it")
        parser.add_argument("--rows", type=int, help="size of the data; the quick size without it")
        parser.add_argument("--full", action="store_true", help="the size that the goals speak of")
        parser.add_argument("--format", choices=["json"], default="json")
        parser.add_argument("--inside", metavar="FILE", help="the database is a throw-away one; write the JSON there")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["inside"]:
            sys.exit(self._in_own_database())
        autodiscover_modules("benchmarks")
        name = options["name"]
        if name and name not in benchmarks:
            raise CommandError(f"There is no benchmark {name!r}. Known: {', '.join(sorted(benchmarks))}.")
        call_command("migrate", verbosity=0)
        call_command("load_reference", verbosity=0)
        self.stderr.write(f"database: {connection.vendor} {_version()}")
        chosen = [benchmarks[name]] if name else list(benchmarks.values())
        measures = [measure for one in chosen for measure in one.run(self._rows(one, options))]
        text = json.dumps([measure.as_json() for measure in measures], ensure_ascii=False, indent=1)
        Path(options["inside"]).write_text(text, encoding="utf-8")

    def _rows(self, one: Benchmark, options: dict[str, Any]) -> int:
        return options["rows"] or (one.full_rows if options["full"] else one.quick_rows)

    def _in_own_database(self) -> int:
        """The same command once more, with the trial records, on a cluster or a file that is thrown away afterwards."""
        with tempfile.TemporaryDirectory() as directory:
            result = Path(directory) / "measures.json"
            command = [sys.executable, *sys.argv, "--inside", str(result)]
            surroundings = {**os.environ, "BUREAU_DATA_DIR": directory, "DATABASE_URL": "sqlite", "BUREAU_TESTING": "1"}
            if shutil.which("pg_virtualenv"):
                surroundings["DATABASE_URL"] = "postgres:///postgres"
                command = ["pg_virtualenv", "-t", *SETTINGS, *command]
            code = subprocess.run(command, env=surroundings, stdout=sys.stderr, check=False).returncode
            if code == 0:
                self.stdout.write(result.read_text(encoding="utf-8"))
            return code


def _version() -> str:
    if connection.vendor == "postgresql":
        return str(connection.pg_version)  # type: ignore[attr-defined]
    return ".".join(map(str, connection.Database.sqlite_version_info))  # type: ignore[attr-defined]
