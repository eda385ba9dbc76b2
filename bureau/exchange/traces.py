"""What an import left behind and what became of it since: which records can be put back, and to which values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from bureau import scoping
from bureau.exchange.models import Import
from bureau.models import Staff, Tracked
from bureau.models.record import NOT_VOIDED

STAMPS = ("pk", "import_id", "import_version", "version", "created_at", "updated_at", "voided_at")


class Link(NamedTuple):
    """How rows of another tracked model point to a record: as parts of it, or as records of their own right."""

    model: type[Tracked]
    path: str
    kind: Q
    is_part: bool

    def rows(self, ids: Sequence[int]) -> QuerySet:
        return self.model._default_manager.filter(self.kind, **{f"{self.path}__among": ids})


class Origin(NamedTuple):
    """How a row was before an import: ``line`` of its history holds the values, None if the import created it."""

    line: int | None
    import_id: int | None
    written_at: datetime


@dataclass
class Trace:
    """A record that an import wrote, with the rows that came with it.

    ``lines``: for each model, by key, the line of the history with the values before, None for a row that the import
    created. ``reason`` says why the record cannot be put back; "" if it can.
    """

    pk: int
    reason: str = ""
    lines: dict[type[Tracked], dict[int, int | None]] = field(default_factory=dict)

    def note(self, model: type[Tracked], pk: int, line: int | None) -> None:
        self.lines.setdefault(model, {})[pk] = line

    def is_new(self, model: type[Tracked]) -> bool:
        return self.lines[model][self.pk] is None


class Traces:
    """The records of one import, as ``by`` may put them back; by a command nobody does: the office itself stands in."""

    def __init__(self, run: Import, by: Staff | None, *, locks: bool = False) -> None:
        self.run, self.locks = run, locks
        self.model: Any = run.sheet.model
        self.by = by or Staff(office=run.office, is_active=True)
        self.links = list(links_to(self.model))

    def ids(self) -> list[int]:
        """The records that the import wrote and that were not voided since, last row first.

        In this order nothing stands in the way: a number that one row freed and a later one took becomes free again.
        """
        standing = self.model._default_manager.filter(NOT_VOIDED)
        left = standing.filter(import_id=self.run.pk).order_by("-import_row", "-pk")
        touched = self.model.history.filter(import_id=self.run.pk)
        written_again = standing.filter(pk__in=touched.values("id")).exclude(import_id=self.run.pk)
        return [*left.values_list("pk", flat=True), *written_again.order_by("-pk").values_list("pk", flat=True)]

    def of(self, ids: Sequence[int]) -> list[Trace]:
        """In the order of ``ids``; a record that was voided or put back already has none."""
        rows = {row.pk: row for row in self._stamps(self.model._default_manager.filter(NOT_VOIDED, pk__among=ids))}
        origins = self._origins(self.model, rows.values())
        traces = {}
        for pk in ids:
            if pk in rows and (trace := self._begun(rows[pk], origins[pk])):
                traces[pk] = trace
        for link in self.links:
            self._follow(link, origins, traces)
        self._leave_to_others(traces)
        return list(traces.values())

    def _begun(self, row: Any, origin: Origin) -> Trace | None:
        trace = Trace(row.pk)
        if row.import_id == self.run.pk:
            trace.note(self.model, row.pk, origin.line)
            trace.reason = "" if row.version == row.import_version else _edited(row)
        elif origin.line is not None and row.import_id == origin.import_id:
            return None
        else:
            trace.reason = _("It was changed since by import %(number)s.") % {"number": row.import_id}
        return trace

    def _follow(self, link: Link, origins: dict[int, Origin], traces: dict[int, Trace]) -> None:
        """What came with the records is put back with them; what came since keeps them as they are."""
        open_ids = [pk for pk, trace in traces.items() if not trace.reason]
        if link.model is not self.model:
            self._follow_rows(link, open_ids, origins, traces)
        if not link.is_part:
            new = [pk for pk in open_ids if traces[pk].is_new(self.model)]
            foreign = link.rows(new).filter(NOT_VOIDED).exclude(import_id=self.run.pk)
            for pk in foreign.order_by().values_list(link.path, flat=True).distinct():
                traces[pk].reason = _("Other records refer to it: %(what)s.") % {"what": _plural(link)}

    def _follow_rows(
        self, link: Link, ids: Sequence[int], origins: dict[int, Origin], traces: dict[int, Trace]
    ) -> None:
        found = link.rows(ids) if link.is_part else link.rows(ids).filter(import_id=self.run.pk)
        rows = self._stamps(found, link.path)
        own = {row.pk: row for row in rows if row.import_id == self.run.pk}
        before = self._origins(link.model, own.values())
        for row in rows:
            pk = getattr(row, link.path)
            trace = traces[pk]
            if row.pk in own:
                trace.note(link.model, row.pk, before[row.pk].line)
                is_touched = row.version != row.import_version
            else:
                is_touched = _came_since(row, origins[pk].written_at)
            if is_touched and not trace.reason:
                trace.reason = _("What belongs to it was added to or edited since: %(what)s.") % {"what": _plural(link)}

    def _leave_to_others(self, traces: dict[int, Trace]) -> None:
        rows = self.model._default_manager.filter(pk__among=list(traces))
        editable = set(scoping.editable_by(rows, self.by).values_list("pk", flat=True))
        for trace in traces.values():
            if trace.pk not in editable:
                trace.reason = _("It is kept by an office for which you may not edit.")

    def _stamps(self, rows: QuerySet, *more: str) -> list[Any]:
        rows = rows.order_by("pk")
        return list((rows.select_for_update() if self.locks else rows).values_list(*STAMPS, *more, named=True))

    def _origins(self, model: Any, rows: Any) -> dict[int, Origin]:
        """What stands in the history right before the first line that bears the import's number."""
        found = {row.pk: Origin(None, None, row.updated_at) for row in rows}
        changed = [row.pk for row in rows if row.version > 1]
        lines = model.history.filter(id__among=changed).order_by("history_id")
        reached = set()
        for pk, line, import_id, at in lines.values_list("id", "history_id", "import_id", "updated_at"):
            if pk in reached:
                continue
            if import_id == self.run.pk:
                reached.add(pk)
                found[pk] = found[pk]._replace(written_at=at)
            else:
                found[pk] = Origin(line, import_id, at)
        return found


def links_to(model: Any) -> Iterator[Link]:
    """All ways in which tracked rows point to a record of the model."""
    for other in apps.get_models():
        if not issubclass(other, Tracked):
            continue
        part_of = getattr(other, "PARENT", "") if scoping.scope_of(other) == scoping.AS_PARENT else ""
        for key in other._meta.concrete_fields:
            if key.is_relation and key.related_model is model:
                yield Link(other, key.attname, Q(), key.name == part_of)
        for pointer in other._meta.private_fields:
            if isinstance(pointer, GenericForeignKey):
                kind = Q(**{pointer.ct_field: ContentType.objects.get_for_model(model)})
                yield Link(other, pointer.fk_field, kind, pointer.name == part_of)


def _came_since(row: Any, written_at: datetime) -> bool:
    """Whether a row that the import did not write was entered or changed after it.

    One that was entered since and voided again is as if it had never been.
    """
    if row.voided_at and row.created_at > written_at:
        return False
    return bool(row.updated_at > written_at)


def _edited(row: Any) -> str:
    on = date_format(localtime(row.updated_at), "SHORT_DATETIME_FORMAT")
    return _("It was edited since, on %(on)s.") % {"on": on}


def _plural(link: Link) -> Any:
    return link.model._meta.verbose_name_plural
