"""What a file of verifications would do to the figures, worked out on copies before anything is written."""

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
from bureau.exchange import effects, runs
from bureau.exchange.sheets import get_sheet
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
    """Half of the rows are on record and change, half are new."""
    with figures_of_the_ledger(), TemporaryDirectory() as folder:
        fill(rows // 2)
        path = exchange.file_of(rows, Path(folder) / "verifications.xlsx")
        taken = seconds(lambda: work_out(path))
        exchange.empty()
    name = f"effect of {rows} rows on {len(TRIAL)} figures ({connection.vendor})"
    yield at_most(name, taken, LIMIT, unit="s", judged=rows >= FULL)


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


def work_out(path: Path) -> None:
    run = runs.draft(path, sheet=get_sheet(exchange.SHEET), office=trial_rows.office(), by=None, file_name=path.name)
    found = effects.work_out(run, user=None)
    assert {figure["key"] for figure in found["figures"]} == {indicator.key for indicator in TRIAL}
