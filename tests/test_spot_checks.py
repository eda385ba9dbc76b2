"""Spot checks: what one has to say, their sheet, their figures, and what is due after them."""

from datetime import date as D

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from bureau import records
from bureau.due import kinds
from bureau.exchange.sheets import get_sheet
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.periods import Period
from standards.models import SpotCheck
from tests.contracts import taken
from tests.importing import workbook
from tests.standard_files import make_spot_check

pytestmark = pytest.mark.django_db
KEYS = ("standards.checked", "standards.with_problems", "standards.stopped", "standards.problem_rate")


@pytest.fixture
def check(cast, make_standard):
    return lambda **values: make_spot_check(make_standard, cast, **values)


class TestWhatItSays:
    @pytest.mark.parametrize(
        "values",
        [
            {"outcome": "problems", "problems": ""},
            {"outcome": "stopped", "problems": ""},
            {"outcome": "conforming", "problems": "?"},
            {"outcome": "conforming", "problems": "", "rectify_by": D(2016, 6, 1)},
            {"rectify_by": D(2016, 5, 9)},
            {"rectified_on": D(2016, 5, 9)},
        ],
    )
    def test_it_rejects(self, cast, make_standard, values):
        given = {"outcome": "problems", "problems": "超期未溯源", **values}
        row = SpotCheck(
            standard=make_standard(), on=D(2016, 5, 10), office=cast.clerk_a.office, region_id="210100", **given
        )
        with pytest.raises(ValidationError):
            row.validate_constraints()
        with pytest.raises(IntegrityError), transaction.atomic():
            records.save(row, by=cast.clerk_a)

    def test_a_day_to_come_is_refused(self, check):
        row = check()
        row.on = D(2999, 1, 1)
        with pytest.raises(ValidationError):
            row.clean()


class TestFigures:
    def figures(self, year=2016):
        return {
            figure.indicator.key: figure
            for figure in compute([indicators.get(k) for k in KEYS], "210000", Period.year(year))
        }

    def test_by_hand(self, check, make_standard):
        """Four standards, one of them checked twice: of four two with problems, one of these stopped: 50 %."""
        twice = make_standard()
        check(standard=twice, outcome="conforming", problems="")
        check(standard=twice, outcome="problems", on=D(2016, 9, 1))
        check(outcome="stopped")
        check(outcome="conforming", problems="")
        check(outcome="conforming", problems="", on=D(2016, 12, 31))
        check(on=D(2017, 1, 1))
        assert {key: figure.value for key, figure in self.figures().items()} == {
            "standards.checked": 4,
            "standards.with_problems": 2,
            "standards.stopped": 1,
            "standards.problem_rate": 50,
        }

    def test_by_tier_and_kind(self, check, make_standard):
        check(standard=make_standard(tier="provincial", kind="authorised"))
        breakdowns = self.figures()["standards.checked"].breakdowns
        assert breakdowns["tier"]["provincial"] == 1
        assert breakdowns["kind"] == {
            "public": 0,
            "department_highest": 0,
            "enterprise_highest": 0,
            "authorised": 1,
        }


def test_what_is_to_be_rectified_is_due(cast, check):
    kind = kinds.find("standards.spot_check")
    open_one = check(rectify_by=D(2016, 6, 10))
    check(rectify_by=D(2016, 6, 10), rectified_on=D(2016, 6, 1))
    check(outcome="conforming", problems="")
    assert list(kind.rows(cast.clerk_a)) == [open_one]
    assert kind.rows(cast.clerk_b).count() == 0


class TestByExcel:
    HEADER = ("standard", "on", "plan", "outcome", "problems", "rectify_by")

    def rows(self, path, *lines):
        sheet = get_sheet("spot_checks")
        return workbook(path / "in.xlsx", lines, header=[str(sheet.by_name[name].label) for name in self.HEADER])

    def test_it_works(self, cast, make_standard, tmp_path):
        standard = make_standard()
        path = self.rows(
            tmp_path, [standard.certificate_no, "2016年6月1日", "yearly", "责令整改", "超期", "2016-07-01"]
        )
        outcome = taken(get_sheet("spot_checks"), path, cast.clerk_a)
        assert outcome.created == 1, outcome.errors
        row = SpotCheck.objects.get()
        assert (row.standard, row.outcome, row.rectify_by, row.office) == (
            standard,
            "problems",
            D(2016, 7, 1),
            cast.clerk_a.office,
        )

    @pytest.mark.parametrize(
        "cells",
        [
            ["2016-06-01", "yearly", "有问题", "", ""],
            ["2999-06-01", "yearly", "合格", "", ""],
            ["2016-06-01", "yearly", "有问题", "超期", "2016-05-01"],
        ],
    )
    def test_it_rejects(self, cast, make_standard, tmp_path, cells):
        path = self.rows(tmp_path, [make_standard().certificate_no, *cells])
        outcome = taken(get_sheet("spot_checks"), path, cast.clerk_a)
        assert (outcome.created, outcome.failed) == (0, 1)
        assert outcome.errors[0].reason
