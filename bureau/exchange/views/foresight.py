"""``Import.preview`` as the pages show it."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bureau.exchange.models import Import


@dataclass(frozen=True)
class Tab:
    """One list of the preview; ``count`` is of all rows, ``rows`` holds the first of them."""

    key: str
    label: str
    count: int
    rows: list[Any]

    @property
    def template(self) -> str:
        return f"exchange/includes/preview_{self.key}.html"

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.rows)


class Foresight:
    def __init__(self, run: Import) -> None:
        assert run.preview is not None
        self.run = run
        self.data: dict[str, Any] = run.preview
        self.counts: dict[str, int] = self.data["counts"]
        self.written: int = self.counts["created"] + self.counts["updated"]
        self.failed: int = self.counts["failed"]
        self.unverified: int = self.data.get("unverified", 0)
        self.passed_over: int = self.data.get("passed_over", 0)
        left_out = self.data.get("left_out", {})
        self.left_out: list[list[str]] = left_out.get("rows", [])
        self.left_out_counts: dict[str, int] = left_out.get("counts", {})

    @property
    def stamp(self) -> str:
        """The same as long as the clerk would see the same: layout, choice and counts."""
        seen = [self.run.layout, self.run.accepts_unverified, self.counts, self.passed_over]
        return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()

    @property
    def why_not(self) -> str:
        """Why there is nothing to import; "" if there is."""
        if self.written or self.failed:
            return ""
        if self.counts["unchanged"]:
            return _("Nothing would be written: every row is in the system as it stands in the file.")
        return _("Nothing would be written: no row of the file is left to import.")

    @property
    def button(self) -> str:
        """What is done if the good rows are kept."""
        if not self.written and self.failed:
            return self.button_all_or_nothing
        return ngettext("Import %(rows)d row", "Import %(rows)d rows", self.written) % {"rows": self.written}

    @property
    def button_all_or_nothing(self) -> str:
        if not self.failed:
            return self.button
        return _("Write nothing, mark the failed rows")

    @property
    def offers_unverified(self) -> bool:
        return bool(self.unverified) or self.run.accepts_unverified

    @property
    def tabs(self) -> list[Tab]:
        """The lists that are not empty, what needs a look first."""
        interpreted = self._for_all() + self.data.get("interpreted", [])
        tabs = [
            Tab("failed", _("Failed"), self.failed, self.data.get("failed", [])),
            Tab("updated", _("Updated"), self.counts["updated"], self.data.get("updated", [])),
            Tab("created", _("New"), self.counts["created"], self.data.get("created", [])),
            Tab("unchanged", _("Unchanged"), self.counts["unchanged"], self.data.get("unchanged", [])),
            Tab("interpreted", _("How cells were understood"), len(interpreted), interpreted),
            Tab("left_out", _("Lines that are no records"), sum(self.left_out_counts.values()), self._named_left_out()),
        ]
        return [tab for tab in tabs if tab.count]

    @property
    def problems(self) -> list[dict[str, Any]]:
        """Those of the first failed rows, as exchange/includes/problems.html shows them."""
        return [
            {**problem, "place": row["place"], "column_label": problem["column"]}
            for row in self.data.get("failed", [])
            for problem in row["problems"]
        ]

    @property
    def new_columns(self) -> list[str]:
        return [self.data["columns"][position] for position in self._filled]

    @property
    def new_rows(self) -> list[dict[str, Any]]:
        return [{**row, "cells": [row["cells"][position] for position in self._filled]} for row in self.data["created"]]

    @cached_property
    def _filled(self) -> list[int]:
        """The columns that the file has, and those that the system fills in; the rest would be empty."""
        read = set(self.data.get("read", []))
        return [
            position
            for position, label in enumerate(self.data.get("columns", []))
            if label in read or any(row["cells"][position] for row in self.data["created"])
        ]

    def _for_all(self) -> list[list[str]]:
        """Values that stand in no cell, among those that were understood by more than reading a cell."""
        return [
            [label, _("all rows: %(value)s") % {"value": text}, value]
            for label, text, value in self.data.get("constants", [])
        ]

    def _named_left_out(self) -> list[tuple[str, str, str]]:
        names = {
            "subtotal": _("Subtotal"),
            "note": _("Note"),
            "header": _("Header again"),
            "section": _("Section title"),
            "example": _("Example row of the template"),
            "unread": _("Nothing in the columns that are read"),
        }
        return [(place, names.get(kind, kind), text) for place, kind, text in self.left_out]


@dataclass(frozen=True)
class Effects:
    """``Import.effects`` as the pages show it: a figure with the periods in which it changes."""

    figures: list[tuple[dict[str, Any], list[dict[str, Any]]]]
    skipped: str


def effects_of(run: Import) -> Effects | None:
    if run.effects is None:
        return None
    by_key: dict[str, list[dict[str, Any]]] = {}
    for effect in run.effects["figures"]:
        by_key.setdefault(effect["key"], []).append({**effect, "dimensions": _by_dimension(effect["parts"])})
    # What changes in one year, and not in all that follow, says most about the file.
    figures = sorted(by_key.values(), key=len)
    return Effects([(periods[0], periods) for periods in figures], run.effects.get("skipped", ""))


def _by_dimension(parts: list[dict[str, str]]) -> list[tuple[str, list[dict[str, str]]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for part in parts:
        found.setdefault(part["dimension"], []).append(part)
    return list(found.items())
