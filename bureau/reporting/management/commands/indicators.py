import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bureau.reporting import indicators
from bureau.reporting.catalogue import described


class Command(BaseCommand):
    help = "Prints every figure that the system knows, with its definition and dimensions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["json"], default="json")

    def handle(self, **options: Any) -> None:
        self.stdout.write(json.dumps(described(indicators.known()), ensure_ascii=False, indent=2))
