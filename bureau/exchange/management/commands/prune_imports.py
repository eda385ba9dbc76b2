from typing import Any

from django.core.management.base import BaseCommand

from bureau.exchange import drafts


class Command(BaseCommand):
    help = "Delete uploaded files that nobody went on to import for IMPORT_DRAFT_DAYS. What was imported stays."

    def handle(self, **options: Any) -> None:
        self.stdout.write(str(drafts.prune()))
