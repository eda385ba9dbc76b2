"""Comparisons from files: laboratories and points named within their comparison, results that are never overwritten."""

import csv
from datetime import date
from decimal import Decimal as D

import pytest

from bureau.exchange.sheets import get_sheet
from standards.models import ComparisonParticipant, ComparisonPoint, ComparisonResult
from tests.comparisons import make_comparison, make_participant, make_point, make_result
from tests.contracts import taken

pytestmark = pytest.mark.django_db
RESULT = {
    "比对编号": "2016-01",
    "实验室代码": "A01",
    "测量点": "100 g",
    "提交次数": "1",
    "提交日期": "2016-04-10",
    "结果": "10.1",
    "U": "0.3",
}
LAB = {"比对编号": "2016-01", "实验室代码": "A01", "实验室名称": "计量所", "角色": "参比", "是否参与参考值": "是"}


@pytest.fixture
def comparison(cast):
    comparison = make_comparison(cast)
    make_point(cast, comparison=comparison)
    make_participant(cast, comparison=comparison)
    return comparison


@pytest.fixture
def take(cast, tmp_path):
    """``take(key, *rows)``: what became of a csv with these rows, imported by city A."""

    def take(key, *rows, by=None):
        path = tmp_path / "rows.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return taken(get_sheet(key), path, by or cast.clerk_a, import_id=7)

    return take


def verdict():
    return ComparisonParticipant.objects.get().verdict


class TestResults:
    def test_it_works(self, comparison, take):
        outcome = take("comparison_results", RESULT)
        assert outcome.created == 1, outcome.errors
        row = ComparisonResult.objects.get()
        assert (row.comparison, row.value, row.factor, row.submission) == (comparison, D("10.1"), 2, 1)
        assert verdict() == "satisfactory"

    def test_a_correction_is_a_row_of_its_own(self, comparison, take):
        correction = {**RESULT, "提交次数": "2", "提交日期": "2016-04-20", "结果": "10.5", "更正原因": "漏加修正值"}
        outcome = take("comparison_results", {**RESULT, "更正原因": ""}, correction)
        assert outcome.created == 2, outcome.errors
        assert verdict() == "unsatisfactory"

    def test_what_was_handed_in_is_not_overwritten(self, comparison, take):
        take("comparison_results", RESULT)
        outcome = take("comparison_results", {**RESULT, "结果": "10.5"})
        assert (outcome.updated, outcome.failed) == (0, 1)
        assert ComparisonResult.objects.get().value == D("10.1")

    @pytest.mark.parametrize("wrong", [
        {"U": "0"}, {"U": ""}, {"U": "-0.3"}, {"实验室代码": "A02"}, {"测量点": "200 g"}, {"比对编号": "2016-09"},
        {"提交日期": "2016-02-01"}, {"提交次数": "2"}, {"提交次数": "0"}, {"结果": "1234567.1234567890123"},
    ])  # fmt: skip
    def test_it_rejects(self, comparison, take, wrong):
        outcome = take("comparison_results", {**RESULT, **wrong})
        assert (outcome.created, outcome.failed) == (0, 1)
        assert not ComparisonResult.objects.exists()

    def test_the_same_code_in_two_comparisons_is_two_laboratories(self, comparison, take, cast):
        other = make_comparison(cast)
        lab = make_participant(cast, comparison=other)
        point = make_point(cast, comparison=other)
        outcome = take("comparison_results", {**RESULT, "比对编号": other.number})
        assert outcome.created == 1, outcome.errors
        row = ComparisonResult.objects.get()
        assert (row.participant, row.point) == (lab, point)

    def test_another_office_adds_nothing(self, comparison, take, cast):
        outcome = take("comparison_results", RESULT, by=cast.clerk_b)
        assert (outcome.created, outcome.failed) == (0, 1)


class TestOtherParts:
    def test_laboratories_are_named_by_their_codes(self, comparison, take):
        outcome = take("comparison_participants", {**LAB, "实验室代码": "Ａ02", "角色": "主导"})
        assert outcome.created == 1, outcome.errors
        made = ComparisonParticipant.objects.get(lab_code="A02")
        assert (made.role, made.is_in_reference) == ("pilot", True)

    def test_a_verdict_that_follows_from_an_import_does_not_look_edited(self, comparison, take, cast):
        """The laboratory's result becomes the reference value itself, so it is no longer judged."""
        lab, point = ComparisonParticipant.objects.get(), ComparisonPoint.objects.get()
        make_result(cast, participant=lab, point=point, value="10", uncertainty="0.2", submitted_on=date(2016, 4, 1))
        outcome = take("comparison_participants", LAB)
        assert outcome.updated == 1, outcome.errors
        lab.refresh_from_db()
        assert (lab.verdict, lab.import_version) == ("open", lab.version)

    @pytest.mark.parametrize("wrong", [{"参考值扩展不确定度": ""}, {"参考值扩展不确定度": "0"}, {"参考值": ""}])
    def test_a_reference_value_without_uncertainty_is_refused(self, comparison, take, wrong):
        row = {
            "比对编号": "2016-01", "测量点": "500 g", "单位": "mg", "参考值确定方式": "给定", "参考值": "1",
            "参考值扩展不确定度": "0.1", "参考值包含因子": "2",
        }  # fmt: skip
        assert take("comparison_points", {**row, **wrong}).failed == 1
        outcome = take("comparison_points", row)
        assert outcome.created == 1, outcome.errors
