"""The quick writers give the same rows as ``save()``, and nothing at all where one of them is refused."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext, isolate_apps
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bureau import bulk, records
from standards.models import MeasurementStandard

LONG_AGO = datetime(2001, 2, 3, 4, 5, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)


@pytest.fixture
def thing(db):
    with isolate_apps("bureau"):

        class Thing(models.Model):
            text = models.CharField(max_length=40, blank=True)
            day = models.DateField(null=True)
            at = models.DateTimeField(null=True)
            amount = models.DecimalField(max_digits=12, decimal_places=3, null=True)
            flag = models.BooleanField(default=False)
            data = models.JSONField(default=dict)
            number = models.IntegerField(null=True, unique=True)

            class Meta:
                app_label = "bureau"

        create_table(Thing)
        yield Thing


@pytest.fixture
def stamped(db):
    with isolate_apps("bureau"):

        class Stamped(models.Model):
            entered_at = models.DateTimeField(auto_now_add=True)
            changed_at = models.DateTimeField(auto_now=True)

            class Meta:
                app_label = "bureau"

        create_table(Stamped)
        yield Stamped


def create_table(model):
    with connection.schema_editor(atomic=True) if connection.vendor == "postgresql" else no_checks() as editor:
        editor.create_model(model)


class no_checks:
    """SQLite's schema editor refuses to work inside the test's transaction unless foreign keys are off already."""

    def __enter__(self):
        from django.db.backends.sqlite3.schema import DatabaseSchemaEditor

        self.editor = DatabaseSchemaEditor(connection, atomic=False)
        self.editor.deferred_sql = []
        return self.editor

    def __exit__(self, *exc):
        return False


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "text": TEXTS,
            "day": st.none() | st.dates(date(1900, 1, 1), date(2200, 1, 1)),
            "at": st.none() | st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
            "amount": st.none() | st.decimals(Decimal("-99999"), Decimal("99999"), places=3),
            "flag": st.booleans(),
            "data": st.dictionaries(st.text("ab中", max_size=3), st.integers() | TEXTS, max_size=3),
        }
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=ROWS)
def test_the_rows_are_those_of_save(thing, values):
    bulk.insert([thing(**value) for value in values])
    saved = [thing(**value) for value in values]
    for row in saved:
        row.save()
    quick = thing.objects.order_by("pk")[thing.objects.count() - 2 * len(values) : thing.objects.count() - len(values)]
    for one, other in zip(quick, saved, strict=True):
        again = thing.objects.get(pk=other.pk)
        for field in ("text", "day", "at", "amount", "flag", "data", "number"):
            assert getattr(one, field) == getattr(again, field), field


def test_keys_go_on_where_save_left_off(thing):
    first = thing.objects.create()
    rows = [thing(), thing()]
    bulk.insert(rows)
    after = thing.objects.create()
    keys = [first.pk, rows[0].pk, rows[1].pk, after.pk]
    assert keys == sorted(set(keys))


def test_a_deleted_key_is_not_given_again(thing):
    last = thing.objects.create()
    key = last.pk
    last.delete()
    rows = [thing()]
    bulk.insert(rows)
    assert rows[0].pk > key


def test_of_refused_rows_none_stands(thing):
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert([thing(number=1), thing(number=2), thing(number=1)])
    assert not thing.objects.exists()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=ROWS)
def test_changed_rows_are_those_of_save(thing, values):
    rows = [thing.objects.create(number=None) for _value in values]
    for row, value in zip(rows, values, strict=True):
        vars(row).update(value)
    bulk.update(rows, ["text", "day", "at", "amount", "data"])
    for row in rows:
        quick = thing.objects.get(pk=row.pk)
        assert quick.flag is False  # not among the fields
        row.save()
        again = thing.objects.get(pk=row.pk)
        for field in ("text", "day", "at", "amount", "data", "number"):
            assert getattr(quick, field) == getattr(again, field), field


def test_a_changed_row_may_take_what_one_before_it_gave_up(thing):
    first, second = thing.objects.create(number=1), thing.objects.create(number=2)
    first.number, second.number = 3, 1
    bulk.update([first, second], ["number"])
    assert list(thing.objects.order_by("pk").values_list("number", flat=True)) == [3, 1]


def test_of_refused_changes_none_stands(thing):
    first, second = thing.objects.create(number=1), thing.objects.create(number=2)
    first.number, second.number = 3, 3
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.update([first, second], ["number"])
    assert list(thing.objects.order_by("pk").values_list("number", flat=True)) == [1, 2]


def test_stamps_of_the_field_are_those_of_save(stamped):
    before = timezone.now()
    bulk.insert([stamped()])
    row = stamped.objects.get()
    assert before <= row.entered_at
    assert before <= row.changed_at
    stamped.objects.update(entered_at=LONG_AGO, changed_at=LONG_AGO)
    row.refresh_from_db()
    bulk.update([row], ["entered_at", "changed_at"])
    row = stamped.objects.get()
    assert row.entered_at == LONG_AGO
    assert before <= row.changed_at


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=ROWS)
def test_columns_give_the_rows_of_save(thing, values):
    thing.objects.all().delete()
    columns = {name: [value[name] for value in values] for name in values[0]}
    bulk.insert_columns(thing, {**columns, "number": [None] * len(values)})
    for quick, value in zip(thing.objects.order_by("pk"), values, strict=True):
        row = thing.objects.create(**value)
        again = thing.objects.get(pk=row.pk)
        for field in columns:
            assert getattr(quick, field) == getattr(again, field), field


def test_rows_of_a_query(thing):
    values = {"amount": Decimal("1.250"), "day": date(2016, 1, 1), "at": LONG_AGO, "flag": True, "data": {"甲": 1}}
    for number in range(5):
        thing.objects.create(text=f"甲{number}", number=number, **values)
    bulk.insert_from(thing, thing.objects.filter(number__gte=3).order_by("-pk"), ["text", *values])
    added = thing.objects.filter(number=None).order_by("pk")
    assert list(added.values("text", *values)) == [{"text": "甲4", **values}, {"text": "甲3", **values}]


def test_no_rows_are_no_query(thing):
    with CaptureQueriesContext(connection) as queries:
        bulk.insert([])
        bulk.update([], ["text"])
    assert len(queries) == 0


def test_records_added_in_bulk_have_their_origin(cast, make_standard):
    model = make_standard()
    rows = []
    for number in range(3):
        row = MeasurementStandard.objects.get(pk=model.pk)
        row.pk, row.certificate_no, row.import_row = None, f"批{number}", number + 2
        rows.append(row)
    records.bulk_add(rows, by=cast.clerk_a, import_id=5)
    for number, row in enumerate(rows):
        stored = MeasurementStandard.objects.get(pk=row.pk)
        assert (stored.certificate_no, stored.import_id, stored.import_row) == (f"批{number}", 5, number + 2)
        assert (stored.created_by, stored.version) == (cast.clerk_a, 1)
