from argparse import ArgumentParser

from bureau.jobs.management.commands import db_worker


class Command(db_worker.Command):
    """As ``db_worker``, for a machine with one worker: it starts at once and looks twice a second."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(interval=0.5, startup_delay=False)
