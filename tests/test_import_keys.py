"""Which record a row of a file is about, and whose it is."""

from openpyxl import load_workbook

from standards.models import MeasurementStandard
from tests.importing import HEADER, counts, row, workbook


def test_same_key_twice_in_one_file(take):
    outcome = take([row(1), row(2), row(1, 标准名称="另一名称")])
    assert counts(outcome) == (2, 0, 0, 1)
    [error] = outcome.errors
    assert (error.row, error.column) == (4, "certificate_no")
    assert "第2行" in error.reason


def test_same_key_on_two_sheets_of_one_file(take, tmp_path):
    path = workbook(tmp_path / "quarters.xlsx", [row(1), row(2)])
    book = load_workbook(path)
    book.worksheets[0].title = "一季度"
    second = book.create_sheet("二季度")
    for cells in (HEADER, row(3), row(2), row(3)):
        second.append(cells)
    book.save(path)
    outcome = take(path)
    assert counts(outcome) == (3, 0, 0, 2)
    assert [("一季度!3" in error.reason, "二季度!2" in error.reason) for error in outcome.errors] == [
        (True, False),
        (False, True),
    ]


def test_the_number_counts_as_the_same_in_full_width(take):
    take([row(1, 证书编号="(2016)量标证字001号")])
    assert counts(take([row(1, 证书编号="（２０１６）量标证字００１号")])) == (0, 0, 1, 0)


def test_other_office_gets_no_hint_of_the_record(take, cast, make_standard):
    theirs = make_standard(by=cast.clerk_b, certificate_no="B-1", issuing_authority="省市场监督管理局")
    outcome = take([row(1, 证书编号="B-1")])

    assert counts(outcome) == (0, 0, 0, 1)
    [error] = outcome.errors
    assert error.column == "certificate_no"
    assert not any(str(leak) in error.reason for leak in (theirs.name, theirs.office, theirs.holder, theirs.pk))
    theirs.refresh_from_db()
    assert theirs.version == 1


def test_a_record_in_sight_may_stand_in_the_file_unchanged_only(take, cast, make_standard):
    """The province keeps a standard that stands in city A: the city's export holds it, so its import takes it."""
    values = {"建标单位": "省计量科学研究院", "证书编号": "P-1"}
    take([row(1, **values)], by=cast.clerk_province)
    assert counts(take([row(1, **values)])) == (0, 0, 1, 0)
    assert counts(take([row(1, **{**values, "建标单位": "别的单位"})])) == (0, 0, 0, 1)
    assert counts(take([row(1, **values)], by=cast.clerk_b)) == (0, 0, 0, 1)


def test_a_higher_office_may_change_what_one_below_keeps(take, cast):
    take([row(1)])
    outcome = take([row(1, 建标单位="改正后的单位")], by=cast.clerk_province)
    assert counts(outcome) == (0, 1, 0, 0)
    assert MeasurementStandard.objects.get().office == cast.clerk_a.office
