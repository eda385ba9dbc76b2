"""What an import would do to the figures: the importer itself tries it in a shadow, and the engine measures it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, UniqueConstraint
from django.http import HttpRequest
from django.utils.translation import gettext as _

from bureau import effects, jobs
from bureau.effects import Gauge
from bureau.exchange.finding import Found, Key, Parsed, finder_of
from bureau.exchange.importing import Importer, Write
from bureau.exchange.layouts.table import FileRow
from bureau.exchange.models import Import
from bureau.exchange.outcome import Outcome
from bureau.exchange.runs import importer_of, rows_to_take
from bureau.exchange.sheets import Sheet
from bureau.jobs.models import Job
from bureau.models import Staff
from bureau.whatif import Shadow

KEY = "exchange.effects"
Seen = Callable[[int], None]


@transaction.atomic
def start(run: Import, *, by: Staff, request: HttpRequest | None = None) -> Job:
    """Have the effects worked out anew; a job that is still at it for an earlier state of the import keeps nothing."""
    title = _("Effect on the figures: %(file)s") % {"file": run.file_name}
    run.effects = None
    run.effects_job = jobs.start(
        KEY, by=by, title=title, arguments={"import_id": run.pk}, office=run.office, request=request
    )
    run.save(update_fields=["effects", "effects_job"])
    return run.effects_job


def work_out(run: Import, *, user: Any, seen: Seen | None = None) -> dict[str, Any]:
    """For ``Import.effects``: the figures that would change in the region of its office, as ``user`` sees them.

    ``seen`` gets the number of rows tried so far, on the ordinary connection. Raises ``BadFile``.
    """
    if (run.expected_rows or 0) > settings.EFFECTS_MAX_ROWS:
        sentence = _("The effect on the figures is worked out for files of up to %(rows)s rows.")
        return {"figures": [], "skipped": sentence % {"rows": f"{settings.EFFECTS_MAX_ROWS:,}"}}
    shadow = Shadow(run.sheet.whole)
    gauges = effects.gauges(shadow.models, run.office.region_id, user)
    compared = [gauge.compare(before, after) for gauge, before, after in _readings(gauges, shadow, run, seen)]
    return {
        "figures": [effect.as_json() for listed, _note in compared for effect in listed],
        "skipped": " ".join(note for _listed, note in compared if note),
    }


def _readings(gauges: list[Gauge], shadow: Shadow, run: Import, seen: Seen | None) -> list[tuple[Gauge, Any, Any]]:
    """Each gauge with what it reads before and after the import; none if nothing would be written."""
    if not gauges:
        return []
    with shadow:
        if not _try_out(run, shadow, seen):
            return []
        with shadow.active():
            after = [gauge.read() for gauge in gauges]
        shadow.restore()
        with shadow.active():
            before = [gauge.read() for gauge in gauges]
    return list(zip(gauges, before, after, strict=True))


def _try_out(run: Import, shadow: Shadow, seen: Seen | None) -> bool:
    """Whether anything would be written: of all or nothing, one failed row leaves nothing."""
    trial, outcome = importer_of(run, partial(Trial, shadow)), Outcome()
    with rows_to_take(run) as source:
        for chunk in source.chunks_for(trial):
            with shadow.active():
                outcome.add(trial.take(chunk))
            if seen:
                seen(outcome.rows)
    if outcome.failed and run.mode == Import.Mode.ALL_OR_NOTHING:
        return False
    return bool(outcome.created or outcome.updated)


class Trial(Importer):
    """The importer in an active shadow. Cells are read and records are found among the real tables, since a file may
    name any of them; what is found, and what the rows could run into, comes into the shadow before they are written.
    """

    def __init__(self, shadow: Shadow, sheet: Sheet, **terms: Any) -> None:
        super().__init__(sheet, **terms)
        self.shadow = shadow

    def _parse(self, chunk: Sequence[FileRow], outcome: Outcome) -> list[Parsed]:
        with self.shadow.aside():
            return super()._parse(chunk, outcome)

    def _existing(self, parsed: Sequence[Parsed], *, locks: bool) -> dict[Key, Found]:
        with self.shadow.aside():
            keys = finder_of(self.sheet, self.context, locks=False).candidates(parsed)
            wholes = self._wholes(keys) | self._named(parsed)
        self.shadow.bring(wholes)
        return super()._existing(parsed, locks=locks)

    def _write(self, writes: list[Write], outcome: Outcome) -> None:
        """Without the rows that what is on record forbids: the records that they contradict are not in the shadow."""
        with self.shadow.aside():
            writes = self._foreseen(writes, outcome)
            rivals = self._wholes(_rivals(self.sheet.model, [write.row for write in writes]))
        self.shadow.bring(rivals)
        super()._write(writes, outcome)

    def _precede(self, added: list[Any]) -> None:
        if not self.sheet.follows_beyond:
            super()._precede(added)

    def _follow(self, added: list[Any], changed: list[Any]) -> None:
        """Records of other kinds are not in the shadow: what would follow for them is not tried."""
        if not self.sheet.follows_beyond:
            super()._follow(added, changed)

    def _wholes(self, keys: set[Any]) -> set[Any]:
        """The keys of the records that rows with these keys are a part of, where the sheet changes those, too."""
        if not self.sheet.part_of:
            return keys
        rows = self.sheet.model._default_manager.filter(pk__in=keys)
        return set(rows.values_list(self.sheet.by_name[self.sheet.part_of].attribute, flat=True))

    def _named(self, parsed: Sequence[Parsed]) -> set[Any]:
        return {row.values[self.sheet.part_of] for row in parsed} if self.sheet.part_of else set()


def _rivals(model: Any, rows: Sequence[Any]) -> set[Any]:
    """The keys of the records that a unique constraint could hold against these rows, and of some more."""
    found: set[Any] = set()
    for fields in _unique_together(model):
        condition = Q()
        for field in fields:
            condition &= Q((f"{field.name}__among", {getattr(row, field.attname) for row in rows}))
        found.update(model._default_manager.filter(condition).values_list("pk", flat=True))
    return found


def _unique_together(model: Any) -> list[list[Any]]:
    """Of constraints over expressions the plain fields, which finds rivals enough and some more."""
    constraints = [each for each in model._meta.constraints if isinstance(each, UniqueConstraint)]
    stated = [each.fields or _plain_fields(each) for each in constraints]
    single = [[field] for field in model._meta.concrete_fields if field.unique and not field.primary_key]
    return [[model._meta.get_field(name) for name in names] for names in stated] + single


def _plain_fields(constraint: Any) -> tuple[str, ...]:
    return tuple(each.name for each in constraint.expressions if isinstance(each, F))  # type: ignore[attr-defined]
