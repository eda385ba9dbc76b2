"""Taking an import back: each record gets its values before, or is kept as it is because somebody edited it since."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from bureau import jobs, records, scoping
from bureau.exchange.models import Import, KeptRow
from bureau.exchange.sheets import find_sheet
from bureau.exchange.traces import Trace, Traces
from bureau.jobs.models import Job
from bureau.models import Staff, Tracked
from bureau.operations import Action, log

KEY = "exchange.undo"
COMMAND_KEY = "exchange.undo_command"
CHUNK = 500
# A forecast only reads, and so takes more at a time.
LOOKED_AT_ONCE = 5000
SHOWN = 100
COUNTS = ("voided", "restored", "kept")

# Every change sets these itself.
_STAMPS_OF_A_CHANGE = {"version", "updated_by", "updated_at"}

State = Import.State
Guard = Callable[[int], AbstractContextManager[Any]]


class Kept(NamedTuple):
    object_id: int
    label: str
    reason: str


class Forecast(NamedTuple):
    """Numbers of records; ``kept_rows`` are the first of those that will stay as they are."""

    voided: int
    restored: int
    kept: int
    kept_rows: list[Kept]


def problem(run: Import) -> str:
    """Why the import cannot be undone, as a sentence; "" if it can."""
    if find_sheet(run.sheet_key) is None:
        return _("This kind of sheet no longer exists.")
    if run.state == State.DONE or _broke_off(run):
        return ""
    return {
        State.COLUMNS: _("This import was not carried out yet."),
        State.PREVIEW: _("This import was not carried out yet."),
        State.RUNNING: _("This import is still running."),
        State.REFUSED: _("This import wrote nothing."),
        State.UNREADABLE: _("This import wrote nothing."),
        State.UNDOING: _("This import is being undone."),
        State.UNDONE: _("This import was undone already."),
    }[State(run.state)]


def _broke_off(run: Import) -> bool:
    """Whether the job ended before its work: what it wrote is there to be undone, what it undid to be gone on with."""
    if run.state == State.UNDOING:
        return run.undo_job is None or run.undo_job.is_over
    return run.is_stopped


def forecast(run: Import, by: Staff | None) -> Forecast:
    """What ``carry_out`` would do now. What the database or a rule would refuse, it does not foresee."""
    traces = Traces(run, by)
    counts = dict.fromkeys(COUNTS, 0)
    kept: list[Trace] = []
    for ids in _batches(traces.ids(), LOOKED_AT_ONCE):
        for trace in traces.of(ids):
            counts[_fate(traces, trace)] += 1
            if trace.reason and len(kept) < SHOWN:
                kept.append(trace)
    return Forecast(**counts, kept_rows=list(_described(traces, kept)))


def start(run: Import, *, by: Staff, request: HttpRequest | None = None) -> Job | None:
    """None if the import cannot be undone (any more): of two clicks one starts the job."""
    return _begin(run, partial(jobs.start, KEY, by=by, request=request))


def hold(run: Import, *, by: Staff | None) -> Job | None:
    """Begin the undo in this process, a command; None if the import cannot be undone."""
    return _begin(run, partial(jobs.hold, COMMAND_KEY, by=by))


@transaction.atomic
def _begin(run: Import, make_job: Callable[..., Job]) -> Job | None:
    if claim(run):
        return None
    run.undo_job = make_job(office=run.office, title=title_of(run), arguments={"import_id": run.pk})
    run.save(update_fields=["undo_job"])
    return run.undo_job


@transaction.atomic
def claim(run: Import) -> str:
    """Begin the undo; the sentence why it cannot begin, "" if it does."""
    sentence = problem(Import.objects.select_for_update().get(pk=run.pk))
    if not sentence:
        run.state, run.undo_job = State.UNDOING, None
        run.save(update_fields=["state", "undo_job"])
    return sentence


def carry_out(run: Import, *, by: Staff | None, guard: Guard, tell_total: Callable[[int], None] | None = None) -> None:
    """Put back what was not put back yet. ``guard(records so far)`` is a transaction around each chunk.

    Broken off and started again, it finds by the records themselves what is left to do.
    """
    undo = Undo(run, by)
    ids = undo.traces.ids()
    if tell_total:
        tell_total(len(ids))
    done = 0
    for chunk in _batches(ids, CHUNK):
        done += len(chunk)
        with guard(done):
            undo.take_back(chunk)


@transaction.atomic
def finish(run: Import, *, by: Staff | None, ip_address: str | None = None) -> None:
    """Close the undo and enter it in the operations log, once."""
    now = timezone.now()
    open_run = Import.objects.filter(pk=run.pk, state=State.UNDOING)
    if open_run.update(state=State.UNDONE, undone_at=now, undone_by=by):
        run.refresh_from_db()
        detail: dict[str, Any] = {"id": run.pk, **counts_of(run)}
        log(Action.UNDO, by=by, ip_address=ip_address, target=f"{run.sheet_label}: {run.file_name}", **detail)


def counts_of(run: Import) -> dict[str, int]:
    return {name: run.undo_counts.get(name, 0) for name in COUNTS}


def title_of(run: Import) -> str:
    return _("Undo of import %(number)s: %(file)s") % {"number": run.pk, "file": run.file_name}


class Undo:
    """Puts records back a chunk at a time, all together or, where one is refused, each by itself."""

    def __init__(self, run: Import, by: Staff | None) -> None:
        self.run, self.by = run, by
        self.traces = Traces(run, by, locks=True)
        self.reason = title_of(run)
        self.counts = counts_of(run)

    def take_back(self, ids: Sequence[int]) -> None:
        """In the transaction of the caller."""
        self.counts = counts_of(Import.objects.select_for_update().get(pk=self.run.pk))
        kept = set(self.run.kept_rows.filter(object_id__in=ids).values_list("object_id", flat=True))
        traces = [trace for trace in self.traces.of(ids) if trace.pk not in kept]
        if possible := [trace for trace in traces if not trace.reason]:
            self._put_back(possible)
        self._keep([trace for trace in traces if trace.reason])
        Import.objects.filter(pk=self.run.pk).update(undo_counts=self.counts)

    def _put_back(self, traces: list[Trace]) -> None:
        """All at once; if the database or a rule refuses, by halves; one that stands alone gets its reason."""
        try:
            with transaction.atomic():
                self._write(traces)
        except (IntegrityError, DataError, ValidationError) as error:
            if len(traces) == 1:
                traces[0].reason = self._explain(traces[0], error)
                return
            middle = len(traces) // 2
            self._put_back(traces[:middle])
            self._put_back(traces[middle:])
            return
        for trace in traces:
            self.counts[_fate(self.traces, trace)] += 1

    def _write(self, traces: list[Trace]) -> None:
        """A record together with what came with it."""
        lines: dict[Any, dict[int, int | None]] = {}
        for trace in traces:
            for model, of_model in trace.lines.items():
                lines.setdefault(model, {}).update(of_model)
        rows = {model: self._write_rows(model, of_model) for model, of_model in lines.items()}[self.traces.model]
        as_left = [row for row in rows if row.import_version == row.version]
        self.run.sheet.after_undo(rows, by=self.by)
        records.note_import(as_left)

    def _write_rows(self, model: Any, lines: dict[int, int | None]) -> list[Any]:
        """New rows go first: the others may need their numbers."""
        rows = model._default_manager.in_bulk(list(lines))
        before = model.history.in_bulk([line for line in lines.values() if line])
        created = [rows[pk] for pk, line in lines.items() if line is None]
        changed = [(rows[pk], before[line]) for pk, line in lines.items() if line]
        records.bulk_void(created, by=self.by, reason=self.reason)
        fields: set[str] = set()
        for row, line in changed:
            fields |= _set_back(row, line)
        records.bulk_change([row for row, _line in changed], sorted(fields), by=self.by, reason=self.reason)
        return list(rows.values())

    def _explain(self, trace: Trace, error: Exception) -> str:
        if isinstance(error, ValidationError):
            return " ".join(error.messages)
        row = self.traces.model._default_manager.get(pk=trace.pk)
        if line := trace.lines[self.traces.model][trace.pk]:
            _set_back(row, self.traces.model.history.get(pk=line))
        try:
            row.validate_constraints()
        except ValidationError as violation:
            return " ".join(violation.messages)
        return _("The database refuses the values before: they contradict another record.")

    def _keep(self, traces: list[Trace]) -> None:
        described = _described(self.traces, traces)
        kept = [KeptRow(run=self.run, **row._asdict()) for row in described]
        KeptRow.objects.bulk_create(kept)
        self.counts["kept"] += len(kept)


def _set_back(row: Tracked, line: Any) -> set[str]:
    """Give a row the values of a line of its history; returns the fields that differ.

    A row that an earlier import had left so can be put back by the undo of that one too.
    """
    changed = set()
    for field in line.tracked_fields:
        if field.primary_key or field.name in _STAMPS_OF_A_CHANGE:
            continue
        value = getattr(line, field.attname)
        if getattr(row, field.attname) != value:
            setattr(row, field.attname, value)
            changed.add(field.name)
    if line.import_version == line.version:
        row.import_version = row.version + 1  # the one that this change will bear
    return changed


def _fate(traces: Traces, trace: Trace) -> str:
    if trace.reason:
        return "kept"
    return "voided" if trace.is_new(traces.model) else "restored"


def _described(traces: Traces, kept: Sequence[Trace]) -> Iterator[Kept]:
    """With the record's name, where the person may see the record."""
    rows = traces.model._default_manager.filter(pk__in=[trace.pk for trace in kept])
    visible = scoping.visible_to(rows, traces.by).in_bulk()
    for trace in kept:
        label = str(visible.get(trace.pk, _("Record %(number)s") % {"number": trace.pk}))
        yield Kept(trace.pk, label[:200], str(trace.reason)[:300])


def _batches(ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (ids[first : first + size] for first in range(0, len(ids), size))
