import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from bureau import demo, serving
from bureau.roles import ROLES


class Command(BaseCommand):
    help = "Make the demo provinces in an empty data directory and serve them; again, it changes nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="only make the data")
        parser.add_argument("--port", type=int, default=serving.PORT)

    def handle(self, *args: Any, no_serve: bool, port: int, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo's passwords are known to everybody: it runs with DEBUG=1 only.")
        if not no_serve and not serving.is_free(serving.HOST, port):
            raise CommandError(f"Port {port} is in use. Stop what uses it, or choose another with --port.")
        Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        made = demo.fill()
        if no_serve:
            offices = sum(len(each.offices) for each in made)
            self.stdout.write(f"The demo provinces stand: {offices} offices, {len(demo.PEOPLE)} logins.")
            return
        self._greet(port)
        sys.exit(serving.serve(port=port))

    def _greet(self, port: int) -> None:
        self.stdout.write(f"\nhttp://{serving.HOST}:{port}/    password of every login: {demo.PASSWORD}\n\n")
        for username, full_name, role, office in demo.PEOPLE:
            self.stdout.write(f"  {username:<20} {ROLES[role].key:<24} {full_name}  {office or ''}")
        self.stdout.write("\nCtrl-C stops web server and worker.\n")
        self.stdout.flush()
