"""What an import would do, shown before anything is written: counts, examples, and how the file was understood."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bureau.exchange import drafts
from bureau.exchange.cells import text_of
from bureau.exchange.columns.base import CellError, Column
from bureau.exchange.context import Context, Lookups
from bureau.exchange.files.safety import BadFile
from bureau.exchange.importing import Importer, Sight, Write
from bureau.exchange.layouts.constants import understood
from bureau.exchange.models import Import
from bureau.exchange.outcome import Outcome
from bureau.exchange.runs import importer_of, present_state, rows_to_take

EXAMPLES = 100


class Preview:
    """Counts of a whole file, and the first hundred rows of each kind."""

    def __init__(self, run: Import, importer: Importer) -> None:
        self.run, self.sheet, self.importer = run, run.sheet, importer
        self.begun_at = timezone.now()
        self.outcome = Outcome()
        self.lookups = Lookups()
        given: dict[str, str] = run.layout.get("constants", {})
        self.constants = {name: text for name, text in given.items() if name in self.sheet.by_name}
        self.examples: dict[str, list[dict[str, Any]]] = {"created": [], "updated": [], "unchanged": [], "failed": []}

    def add(self, sight: Sight) -> None:
        self.outcome.add(sight.outcome)
        created = self._room("created", [write for write in sight.writes if write.fields is None])
        self.examples["created"] += [
            {**self._at(write.number), "cells": cells}
            for write, cells in zip(created, self._cells([write.row for write in created]), strict=True)
        ]
        updated = self._room("updated", [write for write in sight.writes if write.fields is not None])
        self.examples["updated"] += [self._changes(write, sight.old[write.number]) for write in updated]
        unchanged = self._room("unchanged", sight.unchanged)
        self.examples["unchanged"] += [{**self._at(number), "label": str(row)} for number, row in unchanged]
        self._add_failed(sight.outcome)

    def _room(self, kind: str, found: Sequence[Any]) -> Sequence[Any]:
        return found[: EXAMPLES - len(self.examples[kind])]

    def _at(self, line: int) -> dict[str, Any]:
        return {"line": line, "place": self.run.place_of(line)}

    def _cells(self, rows: list[Any]) -> list[list[str]]:
        return [[text_of(cell) for cell in cells] for cells in self.sheet.render(rows, self.lookups)]

    def _changes(self, write: Write, old: dict[str, Any]) -> dict[str, Any]:
        changes = []
        for name in write.fields or ():
            if column := self.sheet.by_name.get(name):
                before, after = self._texts(column, [old[name], self.sheet.value_of(write.row, column)])
                changes.append({"column": str(column.label), "old": before, "new": after})
        return {**self._at(write.number), "label": str(write.row), "changes": changes}

    def _texts(self, column: Column, values: list[Any]) -> list[str]:
        column.prepare_render(values, self.lookups)
        return [text_of(column.render(value, self.lookups)) for value in values]

    def _add_failed(self, outcome: Outcome) -> None:
        failed = self.examples["failed"]
        by_line = {entry["line"]: entry for entry in failed}
        for error in outcome.errors:
            if error.row not in by_line:
                if len(failed) == EXAMPLES:
                    break
                by_line[error.row] = {**self._at(error.row), "problems": []}
                failed.append(by_line[error.row])
            column = self.sheet.by_name.get(error.column)
            problem = {
                "column": str(column.label) if column else "",
                "value": error.value,
                "reason": error.reason,
                "is_for_all": error.column in self.constants,
            }
            by_line[error.row]["problems"].append(problem)

    def _constants(self) -> list[list[str]]:
        """Label, text as given, text as understood, which may be by the day of each row.

        A text that cannot be understood any more is named by the rows: all fail.
        """
        context, found = Context(self.run.office), []
        for name, text in self.constants.items():
            column = self.sheet.by_name[name]
            meanings = [meaning for told, _raw, meaning in self.importer.context.interpretations if told == name]
            with suppress(CellError):
                shown = _(", ").join(meanings) or understood(column, text, context)
                found.append([str(column.label), text, shown])
        return found

    def as_json(self, columns: Sequence[str], left_out: Sequence[Any], passed_over: int) -> dict[str, Any]:
        return {
            "at": self.begun_at.isoformat(),
            "counts": self.outcome.counts(),
            "passed_over": passed_over,
            "unverified": self.outcome.unverified,
            **self.examples,
            "columns": [str(column.label) for column in self.sheet.columns],
            "read": [str(self.sheet.by_name[name].label) for name in (*columns, *self.constants)],
            "interpreted": [
                [str(self.sheet.by_name[name].label), raw, text]
                for name, raw, text in self.importer.context.interpretations
                if name not in self.constants
            ],
            "constants": self._constants(),
            "left_out": {
                "counts": dict(Counter(out.kind for out in left_out)),
                "rows": [[self.run.place_of(out.line), out.kind, out.text] for out in left_out[:EXAMPLES]],
            },
        }


def refresh(run: Import, *, seen: Callable[[int], None] | None = None) -> None:
    """Look through the whole file of an import that is to be confirmed; ``seen(rows)`` is told after each chunk.

    Raises ``BadFile``, and then the import has ended. Nothing is kept if it was confirmed meanwhile, or its columns
    were assigned anew.
    """
    run.preview = None  # an earlier one must not judge what changed since
    try:
        with drafts.reading():
            run.preview = preview(run, seen)
    except BadFile as bad:
        drafts.give_up(run, bad.sentence)
        raise
    with transaction.atomic():
        if present_state(run):
            Import.objects.filter(pk=run.pk).update(preview=run.preview)


def preview(run: Import, seen: Callable[[int], None] | None = None) -> dict[str, Any]:
    """As ``Import.preview`` keeps it."""
    importer = importer_of(run)
    shown = Preview(run, importer)
    with rows_to_take(run) as source:
        for chunk in source.chunks_for(importer):
            shown.add(importer.look(chunk))
            if seen:
                seen(shown.outcome.rows)
        names = list(dict.fromkeys(place.column for place in source.table.layout.places.values() if place.column))
        return shown.as_json(names, source.table.left_out, source.passed_over)
