"""Rows of any kind, filled by what their fields ask for: load data for pages that gather from many kinds."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    TextField,
    UniqueConstraint,
)

from bureau import records
from bureau.models import Office, ReferenceRow, Region, Tracked
from enterprises.models import Enterprise

DAY_ONE = date(2014, 1, 1)
DAYS = 5 * 365
# Fields that must not be what the field alone would ask for, by the model's label.
SAMPLES: Mapping[str, Mapping[str, Any]] = {
    "inspections.Verification": {"kind": "subsequent", "paper": "certificate", "conclusion": "passed"},
}


def row(model: type[Model], number: int, enterprise: Enterprise, office: Office) -> Any:
    """An unsaved row; what it must refer to is stored where there is none yet."""
    day = DAY_ONE + timedelta(days=number * 7919 % DAYS)
    values = {}
    for field in model._meta.concrete_fields:
        if field.primary_key or field.has_default() or (field.null and field.name not in _ASKED):
            continue
        values[field.name] = _value(field, number, day, enterprise, office)
        if field.name in _once(model):
            values[field.name] = _made(field.related_model, number, enterprise, office)
    return model(**{**values, **SAMPLES.get(model._meta.label, {})})


def is_once(model: Any) -> bool:
    """Whether an enterprise has one row of the kind at most."""
    unique = [each for each in model._meta.constraints if isinstance(each, UniqueConstraint)]
    return any(tuple(constraint.fields) == ("enterprise",) for constraint in unique)


def _once(model: Any) -> set[str]:
    """Pointers to what an enterprise takes part in once: each row needs another one."""
    return {
        name
        for constraint in model._meta.constraints
        if isinstance(constraint, UniqueConstraint) and "enterprise" in constraint.fields
        for name in constraint.fields
        if isinstance(model._meta.get_field(name), ForeignKey)
        and issubclass(model._meta.get_field(name).related_model, Tracked)
        and name != "enterprise"
    }


# May be empty, and yet says when or where a row stands.
_ASKED = {"enterprise", "region"}


def _value(field: Field, number: int, day: date, enterprise: Enterprise, office: Office) -> Any:
    if isinstance(field, ForeignKey):
        return _related(field.related_model, enterprise, office)
    if field.choices and not field.blank:
        return field.flatchoices[number % len(field.flatchoices)][0]
    if isinstance(field, DateField) and not isinstance(field, DateTimeField):
        return day
    if isinstance(field, CharField | TextField):
        return "" if field.blank else f"{field.name}{number}"[: field.max_length or 200]
    if isinstance(field, BooleanField):
        return False
    return number % 50 + 1 if isinstance(field, IntegerField | DecimalField) else None


def _related(model: Any, enterprise: Enterprise, office: Office) -> Any:
    if model is Enterprise:
        return enterprise
    if model is Office:
        return office
    if model is Region:
        return Region.objects.get(pk=enterprise.region_id)
    known = model._default_manager.order_by("pk").first()
    if known is not None or issubclass(model, ReferenceRow):
        return known
    return _made(model, 0, enterprise, office)


def _made(model: Any, number: int, enterprise: Enterprise, office: Office) -> Any:
    made = row(model, number, enterprise, office)
    if isinstance(made, Tracked):
        return records.save(made, by=None)
    made.save()
    return made
