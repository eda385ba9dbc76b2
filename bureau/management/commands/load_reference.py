from typing import Any

from django.core.management.base import BaseCommand

from bureau.reference_data import load_all


class Command(BaseCommand):
    help = "Load regions and rule tables; run again after an update, it only adds what is missing."

    def handle(self, *args: Any, **options: Any) -> None:
        for label, count in load_all().items():
            if count and options["verbosity"] > 0:
                self.stdout.write(f"{label}: {count}")
