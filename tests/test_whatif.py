"""A shadow: the real code at work on copies. Nothing real is written, nobody waits, and nothing is left."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from bureau import records
from bureau.models import Office, Tracked
from bureau.whatif import APART, Shadow
from standards import lifecycle
from standards.models import InForceInterval, MeasurementStandard, StandardEvent

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 0.5  # seconds that a writer waits for a lock before it gives up


@pytest.fixture
def shadow(cast):
    with Shadow(MeasurementStandard) as shadow:
        yield shadow


def contents():
    """Every row of every table, and the last key that each gave out."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            found[model._meta.label] = sorted(map(repr, cursor.fetchall()))
        sequences = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()"
        cursor.execute(sequences if connection.vendor == "postgresql" else "SELECT name, seq FROM main.sqlite_sequence")
        found["last keys"] = sorted(map(repr, cursor.fetchall()))
    return found


def elsewhere(work):
    """What ``work`` gives in another thread, with a connection of its own that waits for nobody."""

    def run():
        try:
            with connection.cursor() as cursor:
                if connection.vendor == "postgresql":
                    cursor.execute(f"SET lock_timeout = '{AT_ONCE}s'")
                else:
                    cursor.execute(f"PRAGMA busy_timeout = {AT_ONCE * 1000:.0f}")
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def change(standard, **values):
    row = MeasurementStandard.objects.get(pk=standard.pk)
    for name, value in values.items():
        setattr(row, name, value)
    with transaction.atomic():
        records.save(row, by=None)
        lifecycle.follow([row], by=None)
    return row


def counts():
    models = (MeasurementStandard, StandardEvent, InForceInterval)
    return [model.objects.count() for model in models]


def test_it_holds_the_rows_that_are_brought_with_their_parts(make_standard, cast):
    first, _other = make_standard(), make_standard()
    with Shadow(MeasurementStandard) as shadow:
        shadow.bring([first.pk, first.pk, -1])
        shadow.bring([first.pk])
        with shadow.active():
            assert counts() == [1, 1, 1]
            assert MeasurementStandard.objects.get() == first
            assert MeasurementStandard.history.count() == 0
            with shadow.aside():
                assert counts() == [2, 2, 2]
            assert counts() == [1, 1, 1]
        assert counts() == [2, 2, 2]


def test_nothing_real_changes(make_standard, cast):
    standard = make_standard()
    before = contents()
    with Shadow(MeasurementStandard) as shadow:
        shadow.bring([standard.pk])
        with shadow.active():
            change(standard, tier="county", valid_until=date(2019, 1, 1))
            records.void(make_standard(), by=cast.clerk_a, reason="重复录入")
            assert counts() == [2, 2, 2]
            assert MeasurementStandard.history.count() > 1
        assert contents() == before
    assert contents() == before


def test_others_write_the_same_rows_and_keys_meanwhile(make_standard, cast):
    standard = make_standard()
    with Shadow(MeasurementStandard) as shadow:
        shadow.bring([standard.pk])
        with shadow.active(), transaction.atomic():
            change(standard, tier="county")
            MeasurementStandard.objects.select_for_update().get(pk=standard.pk)
            tried = make_standard(certificate_no="[2016] 同号")

            assert elsewhere(lambda: change(standard, tier="provincial")).version == standard.version + 1
            real = elsewhere(lambda: make_standard(certificate_no="[2016] 同号"))

            assert MeasurementStandard.objects.get(pk=standard.pk).tier == "county"
            assert tried.pk > APART > real.pk
            with shadow.aside():
                assert MeasurementStandard.objects.get(pk=standard.pk).tier == "provincial"
                assert MeasurementStandard.objects.count() == 2


def test_it_stands_still_as_of_its_opening(make_standard, cast):
    standard, later = make_standard(), make_standard()
    with Shadow(MeasurementStandard) as shadow:
        shadow.bring([standard.pk])
        with shadow.active():
            change(standard, tier="county")
            make_standard()
        change(standard, tier="provincial")
        change(later, tier="provincial")
        shadow.restore()
        shadow.bring([later.pk])
        with shadow.active():
            assert (
                list(MeasurementStandard.objects.values_list("tier", "version")) == [("municipal", later.version)] * 2
            )
            assert counts() == [2, 2, 2]


def test_its_tables_keep_the_rules_of_the_real_ones(make_standard, shadow, cast):
    standard = make_standard()
    with shadow.active():
        make_standard(certificate_no="[2016] 同号")
        with pytest.raises(IntegrityError), transaction.atomic():
            records.save(copy_of(MeasurementStandard.objects.get(), certificate_no="[2016] 同号"), by=None)
        with pytest.raises(IntegrityError), transaction.atomic():
            records.save(copy_of(MeasurementStandard.objects.get(), valid_until=date(2000, 1, 1)), by=None)
        assert MeasurementStandard.objects.count() == 1
    assert MeasurementStandard.objects.get() == standard


def copy_of(row, **values):
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**{**fields, "pk": None, "id": None, **values})


def test_the_database_refuses_to_write_any_other_table(shadow, cast):
    with shadow.active():
        with pytest.raises(DatabaseError), transaction.atomic():
            Office.objects.update(name="改名")
        assert Office.objects.count()  # it can be read
    assert not Office.objects.filter(name="改名").exists()


def test_nothing_follows_from_a_commit(shadow, make_standard):
    told = []
    with shadow.active(), transaction.atomic():
        make_standard()
        transaction.on_commit(lambda: told.append("committed"))
    assert told == []


def test_the_ordinary_connection_is_back_whatever_happens(shadow):
    ordinary = connections["default"]
    with pytest.raises(KeyError), shadow.active(), transaction.atomic(), shadow.aside():
        assert connections["default"] is ordinary
        raise KeyError
    assert connections["default"] is ordinary
    with transaction.atomic():
        assert Office.objects.exists()


def test_closed_it_leaves_nothing(make_standard, cast):
    if connection.vendor == "sqlite":
        held = "SELECT name FROM sqlite_temp_master"
    else:
        held = "SELECT relname FROM pg_class WHERE relpersistence = 't'"
    with Shadow(MeasurementStandard) as shadow:
        with shadow.active():
            assert asked(held)
        opened = shadow._tables.connection
    assert opened.connection is None
    end = time.monotonic() + 10
    while asked(held):  # PostgreSQL drops them when it notices that the connection is gone
        assert time.monotonic() < end
        time.sleep(0.05)


def asked(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_every_tracked_model_can_stand_in_a_shadow(reference):
    """Also those that are added later, with whatever columns and constraints."""
    tops = [model for model in apps.get_models() if issubclass(model, Tracked)]
    assert MeasurementStandard in tops
    for top in tops:
        with Shadow(top) as shadow, shadow.active():
            assert shadow.models[0] is top
            assert not any(model._base_manager.exists() for model in shadow.models)
