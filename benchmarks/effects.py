"""What a file of verifications would do to the figures, worked out on copies before anything is written.

What counts is all that the job does: the file is read once more, every row is tried, and the figures of all years are
measured before and after.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from benchmarks import exchange, trial_rows
from benchmarks.models import TrialVerification
from bureau import records
from bureau.bench import Measure, at_most, seconds
from bureau.exchange import drafts, effects
from bureau.jobs import runner
from bureau.reporting import indicators
from bureau.reporting.indicators import Between, Dimension, Distinct, Indicator, On, Rate, Section, Sum

FULL = 20_000
LIMIT = 15


class Verified(Indicator):
    key, label, unit, definition = "trial.verified", "trial", "items", "As figures of a ledger are made."
    section = Section.DAILY_LIFE
    model = TrialVerification
    interval = On("verified_on")
    dimensions = {
        "kind": Dimension("kind", "kind", TrialVerification.Kind.choices),
        "instrument": Dimension("instrument", "instrument", [(name, name) for name in trial_rows.INSTRUMENTS]),
        "conforming": Dimension("is_conforming", "conforming", [(True, "yes"), (False, "no")]),
    }


class Conforming(Verified):
    key = "trial.conforming"
    predicate = Q(is_conforming=True)


class Pieces(Verified):
    key = "trial.pieces"
    measure = Sum("quantity")


class Fees(Verified):
    key = "trial.fees"
    measure = Sum("fee")


class Holders(Verified):
    key = "trial.holders"
    measure = Distinct("credit_code")


class Valid(Verified):
    key = "trial.valid"
    interval = Between("verified_on", "valid_until")


class ConformingShare(Rate):
    key, label, unit, definition = "trial.share", "trial", "%", "As rates of a ledger are made."
    section = Section.DAILY_LIFE
    numerator, denominator = "trial.conforming", "trial.verified"


TRIAL: tuple[Any, ...] = (Verified, Conforming, Pieces, Fees, Holders, Valid, ConformingShare)


def measures(rows: int) -> Iterator[Measure]:
    yield measure(rows, changed=rows // 2)
    yield measure(rows, changed=rows)


def measure(rows: int, *, changed: int) -> Measure:
    """So many of the rows are on record and change, the others are new."""
    with figures_of_the_ledger(), TemporaryDirectory() as folder:
        fill(changed)
        path = exchange.file_of(rows, Path(folder) / "verifications.xlsx")
        taken = by_job(path)
        exchange.empty()
    name = f"effect of {rows} rows, {changed} of them changes, on {len(TRIAL)} figures ({connection.vendor})"
    return at_most(name, taken, LIMIT, unit="s", judged=rows >= FULL)


@contextmanager
def figures_of_the_ledger() -> Iterator[None]:
    for indicator in TRIAL:
        indicators.register(indicator)
    try:
        yield
    finally:
        for indicator in TRIAL:
            indicators.unregister(indicator.key)


def fill(rows: int) -> None:
    made = []
    for row in trial_rows.verifications(rows):
        row.quantity, row.kind = row.quantity + 1, "initial"
        made.append(row)
    with transaction.atomic():
        records.bulk_add(made, by=None)


def by_job(path: Path) -> float:
    """Seconds from the moment that a worker has the job."""
    run = exchange.draft(path)
    drafts.keep(run)
    job = runner.claim(effects.start(run, by=trial_rows.clerk()).pk)
    assert job is not None
    taken = seconds(lambda: runner.work_on(job))
    run.refresh_from_db()
    assert {figure["key"] for figure in run.effects["figures"]} == {indicator.key for indicator in TRIAL}
    return taken
