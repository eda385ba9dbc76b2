"""Importing a file of verifications with validation, provenance and failed rows, beside django-import-export.

What counts in the time of the import is all that its job does until the last row is committed: the file is checked and
read in a process of its own, cells are understood, regions looked up, doubles and records on file found, rows checked,
written with provenance and in the clerk's name, failed ones noted, and the job's progress with every chunk. Before it
lie the upload and the preview, after it the workbook of the failed rows. Rows a second are counted from the parsed file
to the last commit, in a run of its own whose rows were read before. The time of the preview is what the clerk
waits for after choosing a file: how it is read is found out, then every row is looked at.
"""

import resource
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection
from django.utils import timezone

from benchmarks import trial_rows
from benchmarks.models import TrialVerification
from bureau.bench import Measure, at_least, at_most, faster, seconds
from bureau.exchange import drafts, jobs, preview, runs
from bureau.exchange.context import Lookups
from bureau.exchange.models import Import
from bureau.exchange.sheets import get_sheet
from bureau.exchange.writing.exporting import write_xlsx
from bureau.jobs import workers
from bureau.jobs.progress import Progress

SHEET = "trial-verifications"
FULL = 100_000
BAD_EVERY = 100
PEER_ROWS = 1_000  # the peer is slow and linear: measured on a part, scaled to the whole
PREVIEW_ROWS = 20_000
MEGABYTE = 1 << 20


def measures(rows: int) -> Iterator[Measure]:
    few, part = min(rows, PREVIEW_ROWS), min(rows, PEER_ROWS)
    with TemporaryDirectory() as folder:
        looked = looking(file_of(few, Path(folder) / "few.xlsx"))
        whole = file_of(rows, Path(folder) / "verifications.xlsx")
        ours = importing(whole)
        memory = peak_memory()
        assert TrialVerification.objects.count() == rows - rows // BAD_EVERY
        empty()
        parsed = importing_parsed(whole)
        assert TrialVerification.objects.count() == rows - rows // BAD_EVERY
        empty()
        path = file_of(part, Path(folder) / "peer.xlsx")
        theirs = seconds(lambda: by_import_export(path)) * rows / part
        empty()
    judged = rows >= FULL
    goal = 10_000 if connection.vendor == "postgresql" else 8_000
    yield faster(
        f"import of {rows} verifications from xlsx",
        ours,
        "django-import-export with history",
        theirs,
        goal=10,
        judged=judged,
    )
    yield at_least(
        f"import from parsed rows, rows a second ({connection.vendor})",
        rows / parsed,
        goal,
        unit="rows/s",
        judged=judged,
    )
    yield at_most("import, memory of importer and reader", memory, 400, unit="MB", judged=judged)
    yield at_most(f"preview of {few} rows", looked, 3, unit="s", judged=rows >= PREVIEW_ROWS)


def file_of(rows: int, path: Path) -> Path:
    sheet = get_sheet(SHEET)
    lookups = Lookups()
    made = trial_rows.verifications(rows, bad_every=BAD_EVERY)
    write_xlsx(sheet, (cells for row in made for cells in sheet.render([row], lookups)), path)
    return path


def draft(path: Path) -> Import:
    clerk, office = trial_rows.clerk(), trial_rows.office()
    return drafts.draft(path, sheet=get_sheet(SHEET), office=office, by=clerk, file_name=path.name)


def looking(path: Path) -> float:
    """Seconds; in a web process as it is."""

    def look() -> None:
        run = draft(path)
        assert preview.preview(run)["counts"]["rows"] == run.expected_rows

    return seconds(look)


def importing(path: Path) -> float:
    """Seconds; as a worker does it."""
    run = draft(path)
    progress = Progress(jobs.hold(run), can_stop=False)
    with workers.undisturbed():
        taken = seconds(lambda: runs.carry_out(run, lambda done, last: progress.chunk(done=done, cursor=last)))
    assert run.failed == run.rows // BAD_EVERY, run.problems.first()
    return taken


def importing_parsed(path: Path) -> float:
    """Seconds for the same rows, read before: from the parsed file to the last commit."""
    run = draft(path)
    progress = Progress(jobs.hold(run), can_stop=False)
    importer = runs.importer_of(run)
    with runs.rows_to_take(run) as source:
        chunks = list(source.chunks_for(importer))

    def take() -> None:
        for chunk in chunks:
            last = chunk[-1].number
            with progress.chunk(done=run.rows + len(chunk), cursor=last):
                run.note(importer.take(chunk), last)

    with workers.undisturbed():
        taken = seconds(take)
    assert run.failed == run.rows // BAD_EVERY, run.problems.first()
    assert TrialVerification.objects.filter(import_id=run.pk, import_version=1).count() == run.created
    return taken


def peak_memory() -> float:
    """Of this process and the largest of its readers, in MB."""
    usage = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage) * 1024 / MEGABYTE


def by_import_export(path: Path) -> None:
    """The peer as its documentation has it: a resource with the same columns, on the same file."""
    import tablib
    from import_export import resources
    from openpyxl import load_workbook

    columns = get_sheet(SHEET).columns
    kinds = {str(label): value for value, label in TrialVerification.Kind.choices}
    yes = get_sheet(SHEET).by_name["is_conforming"].render(True, Lookups())
    keeper = trial_rows.office()

    class Resource(resources.ModelResource):
        class Meta:
            model = TrialVerification
            import_id_fields = ("certificate_no",)
            fields = tuple(column.name for column in columns)
            clean_model_instances = True

        def before_import_row(self, row: Any, **kwargs: Any) -> None:
            row["kind"] = kinds[row["kind"]]
            row["is_conforming"] = "1" if row["is_conforming"] == yes else "0"
            row["region"] = row["region"].split()[0]

        def init_instance(self, row: Any = None) -> TrialVerification:
            now = timezone.now()
            return TrialVerification(office=keeper, created_at=now, updated_at=now)

    rows = list(load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True))
    data = tablib.Dataset(headers=[column.name for column in columns])
    for row in rows[1:]:
        data.append(
            [cell.date().isoformat() if hasattr(cell, "date") else ("" if cell is None else cell) for cell in row]
        )
    result = Resource().import_data(data, raise_errors=False, use_transactions=True)
    assert not result.has_errors(), result.row_errors()[:1]
    assert len(result.invalid_rows) == len(rows[1:]) // BAD_EVERY, result.invalid_rows[:1]


def empty() -> None:
    TrialVerification._base_manager.all()._raw_delete("default")
    TrialVerification.history.all()._raw_delete("default")
