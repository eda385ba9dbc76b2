"""An import from the file to its result: received, carried out chunk by chunk, finished."""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files import File
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from bureau.exchange import error_workbook
from bureau.exchange.importing import Importer, RowError, in_chunks
from bureau.exchange.layout import Table, open_table
from bureau.exchange.models import Import
from bureau.exchange.safety import BadFile
from bureau.exchange.sheets import Sheet
from bureau.models import Office, Staff
from bureau.operations import Action, log

Guard = Callable[[int, int], AbstractContextManager[Any]]


def check_file(path: Path, sheet: Sheet) -> tuple[str, list[str]]:
    """The name of the sheet that will be read and the headings that stand for no column.

    Raises ``BadFile`` with a sentence for the clerk unless the file has a known header and at least one row.
    """
    with open_table(path, sheet) as table:
        if next(table.rows(), None) is None:
            raise no_rows(table)
        return table.sheet_name, table.header.unknown


def no_rows(table: Table) -> BadFile:
    return BadFile(_("There is no row with values under the header in row %(row)s.") % {"row": table.header.row})


def receive(
    path: Path,
    *,
    sheet: Sheet,
    office: Office,
    by: Staff | None,
    file_name: str,
    is_check_only: bool = False,
) -> Import:
    """Keep a file that is to be imported; raises ``BadFile`` if it cannot be, and then nothing is kept."""
    sheet_name, ignored = check_file(path, sheet)
    run = Import(
        sheet_key=sheet.key,
        office=office,
        started_by=by,
        is_check_only=is_check_only,
        file_name=file_name[-200:],
        sha256=digest(path),
        sheet_name=sheet_name[:100],
        ignored_headings=ignored[:50],
    )
    with path.open("rb") as content:
        run.file.save(file_name, File(content), save=False)
    try:
        run.save()
    except BaseException:
        run.file.delete(save=False)
        raise
    return run


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def count_rows(run: Import) -> int:
    with open_table(Path(run.file.path), run.sheet) as table:
        return sum(1 for _row in table.rows())


def carry_out(run: Import, guard: Guard) -> None:
    """Take the rows that were not taken yet. ``guard(rows so far, last row)`` is a transaction around each chunk."""
    importer = Importer(
        run.sheet,
        office=run.office,
        by=run.started_by,
        import_id=run.pk,
        dry_run=run.is_check_only,
        reason=_("Import %(number)s: %(file)s") % {"number": run.pk, "file": run.file_name},
    )
    taken_before = run.last_row
    with open_table(Path(run.file.path), run.sheet) as table:
        for chunk in in_chunks(table.rows()):
            last = chunk[-1].number
            if last <= taken_before:
                importer.pass_over(chunk)
                continue
            with guard(run.rows + len(chunk), last):
                run.note(importer.take(chunk), last)


@transaction.atomic
def finish(run: Import, *, request: HttpRequest | None = None, ip_address: str | None = None) -> None:
    """Close the import and enter it in the operations log."""
    if run.finished_at:
        return
    run.finished_at = timezone.now()
    run.save(update_fields=["finished_at"])
    if not run.is_check_only:
        log(
            Action.IMPORT,
            by=run.started_by,
            request=request,
            ip_address=ip_address,
            target=f"{run.sheet_label}: {run.file_name}",
            id=run.pk,
            office=run.office.code,
            sha256=run.sha256,
            **{name: getattr(run, name) for name in ("rows", "created", "updated", "unchanged", "failed")},
        )


def keep_error_workbook(run: Import) -> None:
    """Write the failed rows as a workbook beside the import; nothing if no row failed."""
    if not run.failed or run.error_workbook:
        return
    problems = run.problems.values_list("row", "column", "value", "reason")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "errors.xlsx"
        error_workbook.write(path, Path(run.file.path), run.sheet, (RowError(*problem) for problem in problems))
        with path.open("rb") as content:
            run.error_workbook.save("errors.xlsx", File(content), save=False)
    run.save(update_fields=["error_workbook"])
