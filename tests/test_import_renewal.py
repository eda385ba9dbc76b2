"""A re-examined standard that comes back by sheet under a new number."""

from datetime import date

import pytest
from openpyxl import Workbook

from bureau.exchange.sheets import get_sheet
from standards.models import MeasurementStandard
from tests.contracts import taken

pytestmark = pytest.mark.django_db


class TestRenewal:
    """A re-examined standard comes back under a new number: with the former one it is the same standard."""

    HEADER = (
        *("标准名称", "标准类别", "层级", "等级", "专业", "建标单位", "测量范围", "不确定度/准确度等级/最大允许误差"),
        *("发证机关", "证书编号", "原证书编号", "发证日期", "有效期至"),
    )

    def row(self, standard, number, former, issued, until):
        return (standard.name, "社会公用计量标准", "市级", "次级", "力学", standard.holder, standard.measuring_range,
                standard.uncertainty, standard.issuing_authority, number, former, issued, until)  # fmt: skip

    def imported(self, cast, tmp_path, *rows):
        book = Workbook()
        for row in (self.HEADER, *rows):
            book.active.append(row)
        path = tmp_path / "renewal.xlsx"
        book.save(path)
        return taken(get_sheet("standards"), path, cast.clerk_a)

    def test_it_is_a_re_examination_and_no_second_standard(self, cast, make_standard, tmp_path):
        standard = make_standard(issued_on=date(2016, 5, 10), valid_until=date(2021, 5, 9))
        renewed = self.row(standard, "[2021] 新号", standard.certificate_no, "2021-04-20", "2026-04-19")
        for expected in ({"updated": 1, "unchanged": 0}, {"updated": 0, "unchanged": 1}):
            counts = self.imported(cast, tmp_path, renewed).counts()
            assert {name: counts[name] for name in expected} == expected, counts
        again = MeasurementStandard.objects.get()
        assert (again.certificate_no, again.established_on) == ("[2021] 新号", date(2016, 5, 10))
        assert [(e.kind, e.on.year) for e in again.events.all()] == [("established", 2016), ("reexamined", 2021)]
        intervals = list(again.in_force_intervals.values_list("begins_on", "ends_on"))
        assert intervals == [(date(2016, 5, 10), date(2026, 4, 19))]

    def test_another_offices_standard_is_not_renewed(self, cast, make_standard, tmp_path):
        standard = make_standard(by=cast.clerk_b)
        renewed = self.row(standard, "[2021] 新号", standard.certificate_no, "2021-04-20", "2026-04-19")
        assert self.imported(cast, tmp_path, renewed).failed == 1
        assert MeasurementStandard.objects.get().certificate_no == standard.certificate_no

    def test_it_rejects_the_renewal_beside_its_own_standard_in_one_go(self, cast, make_standard, tmp_path):
        standard = make_standard()
        rows = [
            self.row(standard, standard.certificate_no, "", "2016-05-10", "2020-05-09"),
            self.row(standard, "[2021] 新号", standard.certificate_no, "2021-04-20", "2026-04-19"),
        ]
        outcome = self.imported(cast, tmp_path, *rows)
        assert (outcome.updated, outcome.failed) == (1, 1)
        assert self.imported(cast, tmp_path, *rows[1:]).updated == 1
