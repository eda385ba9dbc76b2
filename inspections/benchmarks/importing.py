"""A file of verifications into a ledger that is in use, with all that follows from each: the tallies, the next day due,
days in use with and without a valid paper, and questions to the clerk.

Three rows in four are papers of pieces in the ledger, the rest batches of pieces that are not. Beside it the same file
once more, without the triggers that keep the tallies.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib.auth.models import Group
from django.db import connection, transaction

from bureau.bench import Measure, at_least, benchmark, faster, seconds
from bureau.dates import add_months
from bureau.exchange import drafts, jobs, runs
from bureau.exchange.context import Lookups
from bureau.exchange.sheets import get_sheet
from bureau.exchange.writing.exporting import write_xlsx
from bureau.jobs import workers
from bureau.jobs.progress import Progress
from bureau.models import Office, Staff
from enterprises.models import Enterprise
from inspections import rollups
from inspections.generators import PROVINCE, Load
from inspections.models import Instrument, Verification
from standards.models import Institution

FULL = 100_000
BATCH_EVERY = 4
FIRST_DAY = date(2026, 1, 4)


@benchmark("ledger-import", full_rows=FULL, quick_rows=1_000)
def run(rows: int) -> Iterator[Measure]:
    Load(years=2, seed=1).add(rows * 3)
    clerk, judged = _clerk(), rows >= FULL
    with TemporaryDirectory() as folder:
        path = Path(folder) / "verifications.xlsx"
        sheet, lookups = get_sheet("verifications"), Lookups()
        write_xlsx(sheet, (cells for row in papers(rows) for cells in sheet.render([row], lookups)), path)
        with_tallies = _undone(lambda: importing(path, clerk, rows))
        rollups.remove()
        without = _undone(lambda: importing(path, clerk, rows))
        rollups.install()
    yield at_least(
        f"import of {rows} verifications from parsed rows, rows a second ({connection.vendor})",
        rows / with_tallies,
        10_000 if connection.vendor == "postgresql" else 8_000,
        unit="rows/s",
        judged=judged,
    )
    yield faster(
        f"import of {rows} verifications, with the tallies", with_tallies, "without", without, goal=0.8, judged=judged
    )


def papers(rows: int) -> Iterator[Verification]:
    """Unsaved verifications of the year after the load."""
    institutions = dict(Institution.objects.values_list("region", "pk"))
    pieces = Instrument.objects.filter(state="in_use", legal_kind="mandatory", last_verified_on__isnull=False)
    holders = Enterprise.objects.order_by("pk").values_list("pk", "region")
    of_pieces, of_batches = cycle(pieces.order_by("pk").iterator()), cycle(list(holders))
    for number in range(rows):
        on = FIRST_DAY + timedelta(days=number // BATCH_EVERY % 240)
        fee = {"fee": Decimal(40), "fee_waived": Decimal()}
        paper = {"certificate_no": f"2026{number:010}", "paper": "certificate", "conclusion": "passed", **fee}
        if number % BATCH_EVERY == 0:
            holder, region = next(of_batches)
            yield Verification(
                **paper, institution_id=institutions[region], verified_on=on, kind="initial", holder_id=holder,
                instrument_kind_id="water_meter_25", quantity=number % 90 + 1, purpose="trade",
            )  # fmt: skip
            continue
        piece = next(of_pieces)
        until = add_months(on, 12) - timedelta(days=1)
        yield Verification(
            **paper, institution_id=institutions[piece.region_id], verified_on=on, kind="subsequent", instrument=piece,
            holder_id=piece.holder_id, instrument_kind_id=piece.kind_id, serial_no=piece.serial_no, valid_until=until,
        )  # fmt: skip


def importing(path: Path, clerk: Staff, rows: int) -> float:
    """Seconds from the parsed file to the last commit."""
    draft = drafts.draft(path, sheet=get_sheet("verifications"), office=clerk.office, by=clerk, file_name=path.name)
    progress = Progress(jobs.hold(draft), can_stop=False)
    importer = runs.importer_of(draft)
    with runs.rows_to_take(draft) as source:
        chunks = list(source.chunks_for(importer))

    def take() -> None:
        for chunk in chunks:
            last = chunk[-1].number
            with progress.chunk(done=draft.rows + len(chunk), cursor=last):
                draft.note(importer.take(chunk), last)

    with workers.undisturbed():
        taken = seconds(take)
    assert draft.created == rows, (draft.created, draft.problems.first())
    return taken


def _undone(work: Callable[[], float]) -> float:
    """What the work returns; what it wrote is taken back."""
    with transaction.atomic():
        found = work()
        transaction.set_rollback(True)
    return found


def _clerk() -> Staff:
    clerk = Staff.objects.create(
        username="import-clerk", office=Office.objects.get(code=f"{PROVINCE}-01"), must_change_password=False
    )
    clerk.groups.add(Group.objects.get(name="clerk"))
    return clerk
