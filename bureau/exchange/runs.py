"""An import from its confirmation to its result: claimed, carried out, finished."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files import File
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from bureau.exchange.importing import Importer, in_chunks
from bureau.exchange.layouts.layout import Layout
from bureau.exchange.layouts.table import FileRow, Table, open_table
from bureau.exchange.models import Import
from bureau.exchange.outcome import Outcome, RowError
from bureau.exchange.returning import corrections, error_workbook
from bureau.exchange.returning.failures import KeptErrors
from bureau.operations import Action, log

Guard = Callable[[int, int], AbstractContextManager[Any]]
State = Import.State


def present_state(run: Import) -> Import | None:
    """The import as it stands, locked for this transaction; None if it was confirmed meanwhile, or is read otherwise
    than ``run`` says."""
    present = Import.objects.select_for_update().get(pk=run.pk)
    is_same = present.layout == run.layout and present.accepts_unverified == run.accepts_unverified
    return present if is_same and present.state == State.PREVIEW else None


@transaction.atomic
def claim(run: Import, **values: Any) -> bool:
    """Begin the import of a file as it was confirmed; of two clicks one wins, and nobody imports what was not shown."""
    present = present_state(run)
    is_ours = present is not None and _shown_at(present) == _shown_at(run)
    if is_ours:
        Import.objects.filter(pk=run.pk).update(state=State.RUNNING, **values)
    run.refresh_from_db()
    return is_ours


def _shown_at(run: Import) -> str:
    return run.preview["at"] if run.preview else ""


class Source:
    """The rows of an import's file that are to be taken: all, or those that an earlier import gave back."""

    def __init__(self, table: Table, taken: set[bytes]) -> None:
        self.table, self._taken, self.passed_over = table, taken, 0

    def chunks_for(self, importer: Importer) -> Iterator[list[FileRow]]:
        """Chunks of rows; ``importer`` is told of those in between, so that a later double of one is still found."""
        importer.context.counts_from_1904 = self.table.counts_from_1904
        return in_chunks(self._rows(importer) if self._taken else self.table.rows())

    def _rows(self, importer: Importer) -> Iterator[FileRow]:
        for row in self.table.rows():
            if corrections.digest(row) in self._taken:
                self.passed_over += 1
                importer.pass_over([row])
            else:
                yield row


@contextmanager
def rows_to_take(run: Import) -> Iterator[Source]:
    origin = run.corrects
    taken = corrections.taken(origin) if origin and origin.state == State.DONE else set()
    with open_table(run.path, run.sheet, Layout.from_json(run.layout)) as table:
        yield Source(table, taken)


def importer_of(run: Import, make: Callable[..., Importer] = Importer) -> Importer:
    return make(
        run.sheet,
        office=run.office,
        by=run.started_by,
        import_id=run.pk,
        reason=_("Import %(number)s: %(file)s") % {"number": run.pk, "file": run.file_name},
        accepts_unverified=run.accepts_unverified,
        seen_at=datetime.fromisoformat(run.preview["at"]) if run.preview else None,
        sheets_read=run.sheets_read,
    )


def carry_out(run: Import, guard: Guard) -> None:
    """Take the rows that were not taken yet; ``guard(rows so far, last line)`` is a transaction around the writes."""
    if run.mode == Import.Mode.ALL_OR_NOTHING:
        _all_or_nothing(run, guard)
        return
    importer, taken_before = importer_of(run), run.last_row
    with rows_to_take(run) as source:
        for chunk in source.chunks_for(importer):
            # Chunks may have been of another size before.
            rows = [row for row in chunk if row.number > taken_before]
            if len(rows) < len(chunk):
                importer.pass_over([row for row in chunk if row.number <= taken_before])
            if rows:
                last = rows[-1].number
                with guard(run.rows + len(rows), last):
                    run.note(importer.take(rows), last)


class _Refused(Exception):
    """A row failed, so the whole file is taken back."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


def _all_or_nothing(run: Import, guard: Guard) -> None:
    """One transaction for the whole file, begun only when a look at all its rows found none that fails."""
    if run.last_row or run.state == State.REFUSED:  # an earlier run of the job came to the end of it
        return
    refusal = look(run)
    if not refusal.failed:
        try:
            with guard(refusal.rows, 1):
                _take_all(run)
            return
        except _Refused as refused:
            refusal = refused.outcome
            run.refresh_from_db()
    with guard(refusal.rows, 1):
        run.state = State.REFUSED
        run.save(update_fields=["state"])
        nothing = Outcome(rows=refusal.rows, failed=refusal.failed, errors=refusal.errors)
        run.note(nothing, 1)


def look(run: Import) -> Outcome:
    """What an import of the whole file would do, without writing anything."""
    importer, outcome = importer_of(run), Outcome()
    with rows_to_take(run) as source:
        for chunk in source.chunks_for(importer):
            outcome.add(importer.look(chunk).outcome)
    return outcome


def _take_all(run: Import) -> None:
    importer, outcome = importer_of(run), Outcome()
    with rows_to_take(run) as source:
        for chunk in source.chunks_for(importer):
            outcome.add(importer.take(chunk))
            if outcome.failed:
                raise _Refused(outcome)
            last = chunk[-1].number
    if outcome.rows:
        run.note(outcome, last)


@transaction.atomic
def finish(run: Import, *, request: HttpRequest | None = None, ip_address: str | None = None) -> None:
    """Close the import and enter it in the operations log."""
    if run.finished_at:
        return
    run.finished_at = timezone.now()
    if run.state == State.RUNNING:
        run.state = State.DONE
    run.save(update_fields=["finished_at", "state"])
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
    with TemporaryDirectory() as folder:
        path = Path(folder) / "errors.xlsx"
        error_workbook.write(path, run, KeptErrors(run))
        with path.open("rb") as content:
            run.error_workbook.save("errors.xlsx", File(content), save=False)
    run.save(update_fields=["error_workbook"])


def errors_of(run: Import) -> list[RowError]:
    return [RowError(*problem) for problem in run.problems.values_list("row", "column", "value", "reason")]
