"""Repeatability and stability: each rule with numbers worked out by hand, one that passes and one that fails."""

from datetime import date as D
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from bureau import records
from standards import characteristics, judging
from standards.characteristic_rows import repeatability_row, stability_row
from standards.models import RepeatabilityTest, StabilityCheck, StandardRequirement
from standards.models.requirement import Requirements
from standards.readings import format_groups, format_readings, parse_groups, parse_readings
from tests.standard_files import TEN, repeatability_of, stability_of

SET_UP = {"purpose": "set_up"}


def values(*texts):
    return [Decimal(text) for text in texts]


class TestFormulas:
    def test_repeatability_by_hand(self):
        """y = 2, 4, 4, 4, 5, 5, 7, 9: ȳ = 40/8 = 5; deviations −3, −1, −1, −1, 0, 0, 2, 4, their squares 9, 1, 1, 1, 0,
        0, 4, 16, in sum 32; s = √(32/7) = 2.138089935…"""
        readings = values("2", "4", "4", "4", "5", "5", "7", "9")
        assert characteristics.mean(readings) == 5
        assert round(characteristics.repeatability(readings), 9) == Decimal("2.138089935")

    def test_repeatability_of_ten_readings_by_hand(self):
        """10.00 + (1, 2, 0, 1, 3, 1, 2, 0, 1, 2)/100: the mean is 13/10 hundredths over 10; Σd² = 25 − 13²/10 = 8.1;
        s = √(8.1/9)/100 = √0.9/100 = 0.00948683…"""
        readings = parse_readings(TEN)
        assert characteristics.mean(readings) == Decimal("10.013")
        assert round(characteristics.repeatability(readings), 8) == Decimal("0.00948683")

    def test_stability_at_set_up_by_hand(self):
        """Group means 10.003, 10.001, 10.006, 10.002: S = 10.006 − 10.001 = 0.005."""
        means = [characteristics.mean([value]) for value in values("10.003", "10.001", "10.006", "10.002")]
        assert characteristics.stability_at_set_up(means) == Decimal("0.005")

    def test_stability_in_use_by_hand(self):
        """Last year 10.006, this year 10.002: S = |10.002 − 10.006| = 0.004."""
        this_year, last_year = (characteristics.mean(values(text)) for text in ("10.002", "10.006"))
        assert characteristics.stability_over_a_year(this_year, last_year) == Decimal("0.004")

    def test_a_limit_that_is_just_reached_by_thirds(self):
        """(1 + 1 + 2)/3 = 4/3 and (1 + 2 + 2)/3 = 5/3: S = 1/3, which no decimal is; 3·S = 1 is not below 1."""
        first, second = characteristics.mean(values("1", "1", "2")), characteristics.mean(values("1", "2", "2"))
        change = characteristics.stability_over_a_year(second, first)
        assert not characteristics.is_stable(change * 3, Decimal(1))
        assert characteristics.is_stable(change, Decimal("0.333333333334"))
        assert not characteristics.is_stable(change, Decimal("0.333333333333"))

    def test_verdicts_at_their_limits(self):
        """s may be as large as at set-up; S has to stay below its limit."""
        one = Decimal(1)
        assert (characteristics.is_repeatable(one, one), characteristics.is_stable(Fraction(1), one)) == (True, False)
        assert not characteristics.is_repeatable(Decimal("1.0001"), one)
        assert characteristics.is_stable(Fraction(9999, 10000), one)

    @pytest.mark.parametrize("readings", [[], [Decimal(1)]])
    def test_it_rejects_too_few_to_calculate(self, readings):
        with pytest.raises(ValueError, match="two readings"):
            characteristics.repeatability(readings)
        with pytest.raises(ValueError, match="two groups"):
            characteristics.stability_at_set_up(readings)

    def test_it_rejects_no_readings(self):
        with pytest.raises(ValueError, match="no mean"):
            characteristics.mean([])

    @given(st.lists(st.integers(-(10**6), 10**6), min_size=2, max_size=15), st.integers(-(10**6), 10**6))
    def test_a_shift_changes_no_spread(self, numbers, shift):
        here = [Decimal(number) / 1000 for number in numbers]
        there = [number + shift for number in here]
        assert characteristics.repeatability(here) == characteristics.repeatability(there)
        ranges = [characteristics.stability_at_set_up(list(map(Fraction, group))) for group in (here, there)]
        assert ranges[0] == ranges[1]


class TestReadings:
    @pytest.mark.parametrize(
        "text",
        ["10.010 10.02 -3", "10.010,10.02,-3", "１０.０１０　10.02；−3", "10.010\n10.02\t-3", "10.010、10.02，-3"],
    )
    def test_however_they_are_separated(self, text):
        assert format_readings(parse_readings(text)) == "10.010 10.02 -3"

    @pytest.mark.parametrize("text", ["10.01 ?", "1,234", "1e5", "10.0.1", "1" * 16, "1" * 13, "0." + "1" * 13, "NaN"])
    def test_it_rejects(self, text):
        with pytest.raises(ValidationError):
            parse_readings(text)

    def test_groups_begin_with_their_day(self):
        text = "2016年2月15日：10.2 10.3\n2016/1/5 10.1, 10.15"
        assert format_groups(parse_groups(text)) == "2016-01-05: 10.1 10.15; 2016-02-15: 10.2 10.3"

    @pytest.mark.parametrize(
        "text", ["10.1 2016-01-05: 10.2", "2016-01-05:", "2016-02-30: 1", "2016-01-05: 1; 2016-01-05: 2"]
    )
    def test_it_rejects_groups(self, text):
        with pytest.raises(ValidationError):
            parse_groups(text)

    @given(st.lists(st.decimals(-1000, 1000, places=4), min_size=1, max_size=12))
    def test_the_one_form_reads_as_itself(self, readings):
        text = format_readings(readings)
        assert format_readings(parse_readings(text)) == text


@pytest.fixture
def requirements(reference):
    return Requirements.load()


class TestRowRules:
    def test_fewer_readings_need_a_reason(self, requirements):
        few = {"on": D(2024, 5, 1), "readings": "1 2 3 4 5 6", "requirements": requirements}
        with pytest.raises(ValidationError) as error:
            repeatability_row(fewer_reason="", **few)
        assert "JJF 1033-2023" in error.value.message_dict["fewer_reason"][0]
        assert repeatability_row(fewer_reason="破坏性试验", **few)["n"] == 6

    def test_how_many_is_a_row_of_the_edition(self, requirements):
        StandardRequirement.objects.filter(edition="JJF 1033-2023").update(repeatability_readings=6)
        few = {"on": D(2024, 5, 1), "readings": "1 2 3 4 5 6", "fewer_reason": ""}
        assert repeatability_row(requirements=Requirements.load(), **few)["n"] == 6
        with pytest.raises(ValidationError):
            repeatability_row(requirements=Requirements.load(), **{**few, "on": D(2023, 1, 1)})

    def test_one_reading_is_none(self, requirements):
        with pytest.raises(ValidationError):
            repeatability_row(on=D(2024, 5, 1), readings="1", fewer_reason="只此一次", requirements=requirements)

    def test_a_day_to_come_is_refused(self, requirements):
        with pytest.raises(ValidationError):
            repeatability_row(on=D(2999, 1, 1), readings=TEN, fewer_reason="", requirements=requirements)

    def groups(self, requirements, text, **values):
        given = {"purpose": "set_up", "method": "check_standard", "on": None, "fewer_reason": "", "unit": "g"}
        return stability_row(groups=text, requirements=requirements, **{**given, **values})

    def test_fewer_groups_need_a_reason(self, requirements):
        three = "2024-01-05: 1; 2024-02-10: 2; 2024-03-15: 3"
        with pytest.raises(ValidationError) as error:
            self.groups(requirements, three)
        assert "JJF 1033-2023" in error.value.message_dict["fewer_reason"][0]
        assert self.groups(requirements, three, fewer_reason="新装置")["group_count"] == 3

    def test_groups_lie_more_than_a_month_apart(self, requirements):
        """5 January and 5 February are one month apart, not more; 6 February is."""
        text = "2024-01-05: 1; 2024-02-0{}: 2; 2024-03-10: 3; 2024-04-15: 4"
        with pytest.raises(ValidationError) as error:
            self.groups(requirements, text.format(5))
        assert "附录C.2" in error.value.message_dict["groups"][0]
        result = self.groups(requirements, text.format(6))
        assert (result["on"], result["mean"], result["next_due_on"]) == (D(2024, 4, 15), 4, D(2025, 4, 15))

    def test_in_use_there_is_one_group(self, requirements):
        with pytest.raises(ValidationError):
            self.groups(requirements, "2024-01-05: 1; 2024-03-05: 2", purpose="in_use")

    @pytest.mark.parametrize("wrong", [{"on": D(2024, 1, 6)}, {"unit": ""}])
    def test_it_rejects(self, requirements, wrong):
        with pytest.raises(ValidationError):
            self.groups(requirements, "2024-01-05: 1", purpose="in_use", **wrong)


@pytest.mark.django_db
class TestVerdicts:
    @pytest.fixture
    def standard(self, make_standard):
        return make_standard()

    def test_repeatability_passes_and_fails(self, standard):
        """At set-up s = √(2/1)/… of 1 and 3: ȳ = 2, Σ = 2, s = √2 = 1.414…; 1 and 2 give √0.5 = 0.707…: passes; 1 and 4
        give √4.5 = 2.121…: larger than 1.414…, fails."""
        few = {"fewer_reason": "示例"}
        basis = repeatability_of(standard, D(2016, 6, 1), readings="1 3", **few, **SET_UP)
        good = repeatability_of(standard, D(2017, 6, 1), readings="1 2", **few)
        bad = repeatability_of(standard, D(2018, 6, 1), readings="1 4", **few)
        assert [row.verdict for row in (basis, good, bad)] == ["basis", "passed", "failed"]
        assert [round(row.s, 3) for row in (basis, good, bad)] == values("1.414", "0.707", "2.121")
        assert round(bad.accepted_s, 6) == Decimal("1.414214")
        assert bad.clause == "JJF 1033-2016 附录C.1"

    def test_the_same_s_passes(self, standard):
        repeatability_of(standard, D(2016, 6, 1), **SET_UP)
        assert repeatability_of(standard, D(2017, 6, 1)).verdict == "passed"

    def test_a_larger_s_may_be_accepted_anew(self, standard):
        few = {"fewer_reason": "示例"}
        repeatability_of(standard, D(2016, 6, 1), readings="1 3", **few, **SET_UP)
        larger = repeatability_of(standard, D(2017, 6, 1), readings="1 4", reevaluation="meets", **few)
        same = repeatability_of(standard, D(2018, 6, 1), readings="1 4", **few)
        refused = repeatability_of(standard, D(2019, 6, 1), readings="1 5", reevaluation="fails", **few)
        assert [row.verdict for row in (larger, same, refused)] == ["reevaluated", "passed", "failed"]

    def test_without_a_test_at_set_up(self, standard):
        assert repeatability_of(standard, D(2017, 6, 1)).verdict == "nothing_before"

    def test_points_are_compared_with_themselves(self, standard):
        repeatability_of(standard, D(2016, 6, 1), **SET_UP)
        assert repeatability_of(standard, D(2017, 6, 1), point="20 g").verdict == "nothing_before"

    def test_a_corrected_basis_is_felt_later(self, standard, cast):
        few = {"fewer_reason": "示例"}
        basis = repeatability_of(standard, D(2016, 6, 1), readings="1 3", **few, **SET_UP)
        later = repeatability_of(standard, D(2017, 6, 1), readings="1 4", **few)
        basis.readings = "1 5"
        basis.full_clean(exclude=["created_at", "updated_at"])
        records.save(basis, by=cast.clerk_a)
        judging.judge([standard.pk], by=cast.clerk_a)
        later.refresh_from_db()
        assert later.verdict == "passed"
        assert later.history.count() >= 2  # the verdict before stays known

    def test_stability_at_set_up_passes_and_fails(self, standard):
        """Means 10.003, 10.001, 10.006, 10.002: S = 0.005. Below |MPE| = 0.006; not below 0.005."""
        groups = "2016-01-05: 10.002 10.004; 2016-02-10: 10.001; 2016-03-15: 10.006; 2016-04-20: 10.002"
        good = stability_of(standard, None, groups=groups, limit=Decimal("0.006"), **SET_UP)
        bad = stability_of(standard, None, groups=groups, limit=Decimal("0.005"), point="20 g", **SET_UP)
        assert [(row.result, row.verdict) for row in (good, bad)] == [
            (Decimal("0.005"), "passed"),
            (Decimal("0.005"), "failed"),
        ]
        assert (good.on, good.group_count, good.clause) == (D(2016, 4, 20), 4, "JJF 1033-2016 附录C.2")

    def test_stability_in_use_passes_and_fails(self, standard):
        """10.006 after 10.002: S = 0.004 < U = 0.005; then 10.000: S = 0.006, not below."""
        limit = {"limit": Decimal("0.005"), "limit_kind": "uncertainty"}
        first = stability_of(standard, D(2016, 6, 1), "10.002", **limit)
        good = stability_of(standard, D(2017, 6, 1), "10.006", **limit)
        bad = stability_of(standard, D(2018, 6, 1), "10.000", **limit)
        assert [(row.result, row.verdict) for row in (first, good, bad)] == [
            (None, "nothing_before"),
            (Decimal("0.004"), "passed"),
            (Decimal("0.006"), "failed"),
        ]

    def test_last_year_may_be_stated(self, standard):
        row = stability_of(standard, D(2016, 6, 1), "10.01", previous_mean=Decimal("10.08"))
        assert (row.result, row.verdict) == (Decimal("0.07"), "failed")

    @pytest.mark.parametrize(("is_in_control", "verdict"), [(True, "passed"), (False, "failed")])
    def test_a_control_chart_speaks_for_itself(self, standard, is_in_control, verdict):
        chart = {"method": "control_chart", "groups": "", "limit": None, "limit_kind": ""}
        assert stability_of(standard, D(2016, 6, 1), is_in_control=is_in_control, **chart).verdict == verdict


@pytest.mark.django_db
class TestConstraints:
    @pytest.mark.parametrize(
        "values",
        [
            {"limit": Decimal(0)},
            {"limit": None},
            {"limit_kind": ""},
            {"method": "control_chart"},
            {"is_in_control": True},
            {"groups": ""},
        ],
    )
    def test_a_stability_check_is_of_one_kind(self, make_standard, cast, values):
        given = {"point": "10 g", "unit": "g", "groups": "2016-06-01: 1", "limit_kind": "mpe", "limit": Decimal(1)}
        row = StabilityCheck(standard=make_standard(), on=D(2016, 6, 1), **{**given, **values})
        with pytest.raises(ValidationError):
            row.validate_constraints()
        with pytest.raises(IntegrityError), transaction.atomic():
            records.save(row, by=cast.clerk_a)

    def test_a_test_of_a_day_and_point_is_there_once(self, make_standard, cast):
        standard = make_standard()
        repeatability_of(standard, D(2016, 6, 1))
        with pytest.raises(ValidationError):
            repeatability_of(standard, D(2016, 6, 1))

    def test_two_readings_at_least(self, make_standard, cast):
        row = RepeatabilityTest(standard=make_standard(), on=D(2016, 6, 1), point="?", unit="g", n=1, mean=1, s=0)
        with pytest.raises(IntegrityError), transaction.atomic():
            records.save(row, by=cast.clerk_a)
