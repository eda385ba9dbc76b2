"""After random additions, corrections, voidings and merges on a frozen year: frozen + differences = now.

For every figure and every part of it, with nothing left over: as long as no definition is changed, what stands under
"definition" is what the rows do not explain, and must be nothing.
"""

from contextlib import suppress
from datetime import date, timedelta
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import BooleanField, DateField, DecimalField, ForeignKey, IntegerField

from bureau import records
from bureau.models import Tracked
from bureau.reporting import freezing, indicators
from bureau.reporting.differences.causes import Cause
from bureau.reporting.differences.explaining import Difference
from bureau.reporting.differences.reach import reach_of
from bureau.reporting.engine import counted_from_rows
from enterprises import merging
from enterprises.models import Enterprise, EnterpriseMerge
from inspections import succession
from inspections.models import Instrument, Verification
from standards import lifecycle
from standards.models import MeasurementStandard, StandardEvent
from tests.cast import CITY_A, PROVINCE
from tests.contracts import MAKERS

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = 2016
ROUNDS, CHANGES = 4, 40


class Refused(Exception):
    """Nothing of the change stands."""


def counted():
    return counted_from_rows(indicators.every())


def read_fields():
    """Of each tracked model behind some figure the fields that figures read."""
    found = {}
    for indicator in counted():
        for node in reach_of([indicator]).nodes():
            if node.is_tracked:
                found.setdefault(node.model, set()).update(node.names - {"voided_at"})
    return found


class Clerk:
    def __init__(self, seed, request, cast):
        self.random, self.request, self.cast = Random(seed), request, cast
        self.fields = {model: sorted(names) for model, names in read_fields().items()}
        self.models = sorted((model for model in self.fields if model in MAKERS), key=lambda model: model._meta.label)

    def add(self):
        model = self.random.choice(self.models)
        by = self.random.choice((self.cast.clerk_a, self.cast.clerk_b, self.cast.clerk_province))
        with transaction.atomic():
            MAKERS[model](self.request.getfixturevalue, by=by)

    def do(self):
        """One change, with all that follows from it; whether it was possible."""
        doing = self.random.choices((self.add, self.correct, self.void, self.merge, self.part), (4, 9, 3, 1, 1))[0]
        try:
            with transaction.atomic():
                doing()
        except (ValidationError, IntegrityError, DataError, Refused, ValueError):
            return None
        return doing.__name__

    def correct(self):
        row = self._any()
        name = self.random.choice(self.fields[type(row)])
        field = next(each for each in row._meta.concrete_fields if each.attname == name)
        if field.name in getattr(row, "DERIVED", ()):
            raise Refused
        setattr(row, name, self._other(field, getattr(row, name)))
        records.bulk_change([row], [field.name], by=self.cast.clerk_a, reason="更正")
        self._follow(row)

    def void(self):
        row = self._any()
        if row.is_voided:
            records.unvoid(row, by=self.cast.clerk_a)
        else:
            records.void(row, by=self.cast.clerk_a, reason="重复")
        self._follow(row)

    def merge(self):
        kept, double = self.random.sample(list(Enterprise.objects.not_voided().order_by("pk")), 2)
        merging.merge(kept=kept, double=double, by=self.cast.clerk_a, reason="同一单位")

    def part(self):
        done = EnterpriseMerge.objects.filter(undone_at=None).order_by("pk").first()
        if done is None:
            raise Refused
        merging.undo(done, by=self.cast.clerk_a)

    def _any(self):
        rows = list(self.random.choice(self.models).objects.order_by("pk"))
        if not rows:
            raise Refused
        return self.random.choice(rows)

    def _other(self, field, value):
        if field.choices:
            return self.random.choice([choice for choice, _label in field.flatchoices])
        if isinstance(field, ForeignKey):
            keys = list(field.related_model._default_manager.order_by("pk").values_list("pk", flat=True)[:300])
            if not keys:
                raise Refused
            return self.random.choice(keys)
        if isinstance(field, BooleanField):
            return not value
        if isinstance(field, DateField):
            return date(YEAR - 1, 9, 1) + timedelta(days=self.random.randrange(600))
        if isinstance(field, IntegerField | DecimalField):
            return (value or 0) + self.random.randint(1, 9)
        raise Refused

    def _follow(self, row):
        """As the pages and the importer do."""
        if isinstance(row, Instrument):
            succession.derive([row.pk])
        if isinstance(row, Verification):
            known = Verification.history.filter(id=row.pk).values_list("instrument_id", flat=True)
            succession.derive({row.instrument_id, *known})
        if isinstance(row, StandardEvent):
            known = StandardEvent.history.filter(id=row.pk).values_list("standard_id", flat=True)
            lifecycle.derive(
                list(MeasurementStandard.objects.filter(pk__in={row.standard_id, *known})), by=self.cast.clerk_a
            )


@pytest.mark.parametrize("seed", range(3))
def test_frozen_and_differences_are_now(request, cast, seed):
    clerk = Clerk(seed, request, cast)
    for model in clerk.models:
        for by in (cast.clerk_a, cast.clerk_b):
            with suppress(ValidationError, IntegrityError), transaction.atomic():
                MAKERS[model](request.getfixturevalue, by=by)
    for _number in range(CHANGES):
        clerk.do()
    region = (PROVINCE, CITY_A)[seed % 2]
    frozen = freezing.freeze(region, YEAR, office=cast.manager_province.office, by=cast.manager_province)
    did, seen = set(), set()
    for _round in range(ROUNDS):
        did |= {clerk.do() for _number in range(CHANGES)}
        seen |= check(frozen)
    assert {"add", "correct", "void"} <= did
    assert {Cause.LATE, Cause.VOIDED, Cause.RECLASSIFIED, Cause.CHANGED} <= seen


def check(frozen):
    """The causes that were met."""
    found, met = counted(), set()
    difference = Difference.of(frozen, found)
    for key, explained in difference.explain(found).items():
        for slot in explained.slots:
            by_cause = {cause: explained.amount(cause, slot) for cause in Cause}
            before, now = explained.frozen.get(slot, 0), explained.now.get(slot, 0)
            assert before + sum(by_cause.values()) == now
            assert by_cause[Cause.DEFINITION] == 0, (key, slot, before, now, by_cause)
            items = sum(item.deltas[slot] for item in explained.items_of(slot=slot))
            assert explained.number(items) == now - before, (key, slot)
        assert all(issubclass(explained.indicator.model, Tracked) and item.rows for item in explained.items)
        met |= {item.cause for item in explained.items}
    return met
