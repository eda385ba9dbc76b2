"""What a file that renews every standard on record would do to the figures: the most work that a row can be.

Each row finds its record by the former certificate number; the record, its events and its days in force are brought to
the copies and changed there by the life cycle itself. What counts is all that the job does, from the moment that a
worker has it.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection

from bureau.bench import Measure, at_most, benchmark, seconds
from bureau.exchange import drafts, effects
from bureau.exchange.context import Lookups
from bureau.exchange.models import Import
from bureau.exchange.sheets import get_sheet
from bureau.exchange.writing.exporting import write_xlsx
from bureau.jobs import runner
from bureau.models import Staff
from standards.benchmarks import load

FULL = 20_000
LIMIT = 15


@benchmark("renewal", full_rows=FULL, quick_rows=500)
def run(rows: int) -> Iterator[Measure]:
    load.store(load.standards(rows))
    with TemporaryDirectory() as folder:
        taken = effect_by_job(file_of(rows, Path(folder) / "renewals.xlsx"))
    load.empty()
    name = f"effect of {rows} renewals of standards on the figures ({connection.vendor})"
    yield at_most(name, taken, LIMIT, unit="s", judged=rows >= FULL)


def file_of(rows: int, path: Path) -> Path:
    sheet, made = get_sheet("standards"), load.standards(rows)
    for standard in made:
        standard.former_certificate_no, standard.certificate_no = standard.certificate_no, f"R{standard.certificate_no}"
        standard.issued_on += timedelta(days=1800)
        standard.valid_until = standard.issued_on + timedelta(days=1826)
    write_xlsx(sheet, sheet.render(made, Lookups()), path)
    return path


def effect_by_job(path: Path) -> float:
    office = load.office()
    clerk = Staff.objects.get_or_create(username="trial-clerk", defaults={"office": office})[0]
    run = drafts.receive(path, sheet=get_sheet("standards"), office=office, by=clerk, file_name=path.name)
    assert run.state == Import.State.PREVIEW
    job = runner.claim(effects.start(run, by=clerk).pk)
    assert job is not None
    taken = seconds(lambda: runner.work_on(job))
    run.refresh_from_db()
    assert run.effects["figures"], job.error
    return taken
