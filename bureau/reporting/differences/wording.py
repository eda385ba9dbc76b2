"""What changed in a record since a year was frozen, as one reads it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, ForeignKey
from django.utils.translation import gettext as _

from bureau.models import Tracked
from bureau.past import Changes, Key, batches
from bureau.reporting.lines import NOTHING

# Provenance says who and when; that a row was voided its cause says.
SILENT = {field.name for field in Tracked._meta.fields}


def changed_values(model: Any, keys: Iterable[Key], changes: Changes) -> dict[Key, list[str]]:
    """By row a text for each field that is another now than it was then."""
    lines, found = changes.lines(model), {}
    history = model.history.model
    told = [field for field in history.tracked_fields if field.name not in SILENT and not field.primary_key]
    names: dict[Any, dict[Any, str]] = {}
    for some in batches(set(keys) & lines.keys()):
        present = model._default_manager.in_bulk(some)
        former = {line.id: line for line in history._default_manager.filter(pk__in=[lines[key] for key in some])}
        pairs = [(key, former[key], present[key]) for key in some if key in former and key in present]
        for field in told:
            if isinstance(field, ForeignKey):
                names[field] = _names(field, pairs)
        for key, then, now in pairs:
            found[key] = [
                f"{field.verbose_name}: {_shown(field, old, names)} → {_shown(field, new, names)}"
                for field in told
                if (old := getattr(then, field.attname)) != (new := getattr(now, field.attname))
            ]
    return found


def _names(field: ForeignKey, pairs: list[tuple[Key, Any, Any]]) -> dict[Any, str]:
    keys = {getattr(row, field.attname) for _key, *rows in pairs for row in rows} - {None}
    related: Any = field.related_model
    rows = related._default_manager.filter(**{f"{field.target_field.attname}__in": keys})
    return {getattr(row, field.target_field.attname): str(row) for row in rows}


def _shown(field: Any, value: Any, names: dict[Any, dict[Any, str]]) -> str:
    if value in (None, ""):
        return NOTHING
    if field in names:
        return names[field].get(value, str(value))
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, BooleanField):
        return _("Yes") if value else _("No")
    return str(value)
