"""Where the records of a file count."""

from standards.models import MeasurementStandard
from tests.importing import counts, row


def test_a_region_outside_the_office_is_refused(take):
    outcome = take([row(1, 行政区划="210200"), row(2, 行政区划="大连市"), row(3, 行政区划="999999")])
    assert counts(outcome) == (0, 0, 0, 3)
    assert {error.column for error in outcome.errors} == {"region"}


def test_an_obsolete_region_names_its_successor(take, cast):
    outcome = take([row(1, 行政区划="210122", 发证日期="2019-06-01", 有效期至="2024-05-31")])
    [error] = outcome.errors
    assert error.column == "region"
    assert "210115" in error.reason
    assert counts(take([row(1, 行政区划="210122", 发证日期="2011-06-01", 有效期至="2016-05-31")])) == (1, 0, 0, 0)


def test_without_region_the_office_s_own(take, cast):
    take([row(1, 行政区划="")])
    assert MeasurementStandard.objects.get().region_id == cast.clerk_a.office.region_id
