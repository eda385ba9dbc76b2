"""Importing standards as a clerk does: by file, through the importer."""

from datetime import date, datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from standards.models import InForceInterval, MeasurementStandard, StandardEvent
from tests.importing import HEADER, counts, row


def test_it_works(take, cast):
    outcome = take([row(1), row(2, 行政区划="沈阳市和平区", 建标日期="2011.3.4")])

    assert outcome.errors == []
    assert counts(outcome) == (2, 0, 0, 0)
    first, second = MeasurementStandard.objects.order_by("pk")
    assert (first.kind, first.tier, first.grade, first.field_id) == ("public", "municipal", "working", "12")
    assert (first.office, first.region_id, first.created_by) == (cast.clerk_a.office, "210100", cast.clerk_a)
    assert (first.import_id, first.import_row, second.import_row) == (7, 2, 3)
    assert first.established_on == first.issued_on == date(2016, 6, 1)
    assert (second.region_id, second.established_on) == ("210102", date(2011, 3, 4))
    assert StandardEvent.objects.filter(standard=first).count() == 1
    assert InForceInterval.objects.filter(standard=first).get().ends_on == date(2021, 5, 31)


def test_importing_twice_changes_nothing(take):
    lines = [row(1), row(2)]
    take(lines)
    before = list(MeasurementStandard.objects.order_by("pk").values())

    assert counts(take(lines)) == (0, 0, 2, 0)
    assert list(MeasurementStandard.objects.order_by("pk").values()) == before


def test_update_keeps_the_values_before(take):
    take([row(1)])
    outcome = take([row(1, 建标单位="省计量科学研究院")])

    assert counts(outcome) == (0, 1, 0, 0)
    standard = MeasurementStandard.objects.get()
    assert (standard.holder, standard.version) == ("省计量科学研究院", 2)
    holders = list(standard.history.order_by("history_id").values_list("holder", flat=True))
    assert (holders[0], holders[-1]) == ("市计量测试所", "省计量科学研究院")


def test_a_missing_column_leaves_the_value_and_an_empty_cell_empties_it(take):
    take([row(1, 保存地点="一号楼")])
    header, cells = [*HEADER], row(1, 建标单位="另一单位")
    at = header.index("保存地点")
    del header[at], cells[at]
    take([cells], header=header)
    assert MeasurementStandard.objects.get().place == "一号楼"

    take([row(1, 建标单位="另一单位")])
    assert MeasurementStandard.objects.get().place == ""


def test_good_rows_are_kept_and_bad_cells_named(take):
    outcome = take([row(1), row(2, 发证日期="2016-02-30", 专业="炼金术"), row(3, 标准名称=None), row(4)])

    assert counts(outcome) == (2, 0, 0, 2)
    assert [(error.row, error.column, error.value) for error in outcome.errors] == [
        (3, "field", "炼金术"),
        (3, "issued_on", "2016-02-30"),
        (4, "name", ""),
    ]
    assert all(error.reason for error in outcome.errors)


def test_the_header_may_stand_lower_in_another_order_with_unknown_columns(take):
    header = [*reversed(HEADER), "我们的备注栏"]
    outcome = take([[*reversed(row(1)), "x"], []], header=header, above=[["2016年建标情况"], []])
    assert counts(outcome) == (1, 0, 0, 0)
    assert MeasurementStandard.objects.get().import_row == 4


def test_dates_and_numbers_of_excel(take):
    at_midnight = datetime(2016, 6, 1)
    take([row(1, 发证日期=at_midnight, 有效期至=44347, 证书编号=2016001)])
    standard = MeasurementStandard.objects.get()
    assert (standard.issued_on, standard.valid_until) == (date(2016, 6, 1), date(2021, 5, 31))
    assert standard.certificate_no == "2016001"


def test_dry_run_writes_nothing(take):
    take([row(1)])
    outcome = take([row(1, 建标单位="另一单位"), row(2), row(3, 发证日期="?")], dry_run=True)

    assert counts(outcome) == (1, 1, 0, 1)
    assert MeasurementStandard.objects.get().version == 1
    assert StandardEvent.objects.count() == 1


def test_queries_do_not_grow_with_the_rows(take, tmp_path):
    take([row(900)])
    with CaptureQueriesContext(connection) as few:
        take([row(number) for number in range(1, 11)])
    with CaptureQueriesContext(connection) as many:
        take([row(number) for number in range(101, 301)])
    # SQLite takes so many values a statement, so an insert of 200 rows is a few statements: not one a row.
    assert len(many) <= len(few) + 20
