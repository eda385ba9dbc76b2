from argparse import ArgumentParser
from typing import Any

from django_tasks_db.management.commands import db_worker

from bureau.jobs.sweeper import SWEEP_SECONDS, sweep
from bureau.jobs.workers import ticking


class Command(db_worker.Command):
    """The queue's own worker, which also settles what dead workers left: at its start and every minute."""

    help = "Do the waiting jobs, one after the other"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(reload=False)

    def handle(self, **options: Any) -> None:
        sweep()
        with ticking(SWEEP_SECONDS, sweep):
            super().handle(**options)
