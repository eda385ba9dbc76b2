"""``among`` gives what ``in`` gives."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from standards.models import MeasurementStandard, StandardEvent


@pytest.fixture
def rows(make_standard):
    return [
        make_standard(issued_on=date(2016, 1, day), remark=remark)
        for day, remark in ((1, "甲"), (2, "{'\",}"), (3, ""))
    ]


def keys(**conditions):
    return set(MeasurementStandard.objects.filter(**conditions).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("remark", {"甲", "{'\",}", "没有"}),
        ("remark", {""}),
        ("remark", ["甲", None]),
        ("remark", [None]),
        ("remark", set()),
        ("issued_on", [date(2016, 1, 1), date(2016, 1, 3), date(1999, 1, 1)]),
        ("region_id", ["210100", "999999"]),
        ("version", [1, 2, 70_000, 5_000_000_000]),
    ],
)
def test_it_finds_the_same(rows, path, values):
    found = keys(**{f"{path}__among": values})
    assert found == keys(**{f"{path}__in": values})
    assert (len(found) > 0) == bool({"甲", "", "210100", 1, date(2016, 1, 1)} & set(values))


def test_it_works_with_keys_and_joins(rows):
    wanted = [row.pk for row in rows[:2]]
    assert keys(pk__among=wanted) == set(wanted)
    assert StandardEvent.objects.filter(standard_id__among=wanted).count() == 2
    assert StandardEvent.objects.filter(standard__remark__among=["甲"]).count() == 1
    assert keys() - set(wanted) == set(
        MeasurementStandard.objects.exclude(pk__among=wanted).values_list("pk", flat=True)
    )


def test_postgresql_gets_one_parameter(rows):
    with CaptureQueriesContext(connection) as queries:
        keys(pk__among=range(5000))
    assert (len(queries[0]["sql"]) < 40_000) or connection.vendor == "sqlite"
    if connection.vendor == "postgresql":
        assert "ANY" in queries[0]["sql"]
