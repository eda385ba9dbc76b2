"""Comparisons: which results count, the verdicts on record, the page, the workbook, and what is refused."""

from datetime import date
from decimal import Decimal as D
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from openpyxl import load_workbook

from bureau import records
from bureau.models import Operation
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.periods import Period
from standards import comparisons
from standards.comparison_table import points, rounded_en, significant, to_uncertainty
from standards.models import ComparisonParticipant, ComparisonResult, ComparisonRule
from tests.comparisons import make_comparison, make_follow_up, make_participant, make_point, make_result
from tests.contracts import page, posted

pytestmark = pytest.mark.django_db
Verdict = ComparisonParticipant.Verdict
WEIGHTED = {
    "reference_kind": "weighted_mean",
    "reference_value": None,
    "reference_uncertainty": None,
    "reference_factor": None,
}


@pytest.fixture
def comparison(cast):
    return make_comparison(cast)


@pytest.fixture
def point(cast, comparison):
    return make_point(cast, comparison=comparison)


@pytest.fixture
def lab(cast, comparison):
    return make_participant(cast, comparison=comparison)


@pytest.fixture
def hand_in(cast, lab, point):
    def hand_in(**values):
        return make_result(cast, **{"participant": lab, "point": point, **values})

    return hand_in


def verdict_of(lab):
    return ComparisonParticipant.objects.get(pk=lab.pk).verdict


def line_of(comparison, lab):
    [point] = comparisons.evaluate(comparison).points
    return next(line for line in point.lines if line.participant == lab)


class TestVerdict:
    """Reference value 10 mg, U = 0.2 mg (k = 2)."""

    def test_satisfactory(self, comparison, lab, hand_in):
        """En = 0.1/√(0.3² + 0.2²) = 0.1/0.360 555 = 0.277 350."""
        hand_in()
        assert round(line_of(comparison, lab).en, 6) == D("0.277350")
        assert verdict_of(lab) == Verdict.SATISFACTORY

    def test_unsatisfactory(self, comparison, lab, hand_in):
        """En = 0.5/0.360 555 = 1.386 750."""
        hand_in(value="10.5")
        assert round(line_of(comparison, lab).en, 6) == D("1.386750")
        assert verdict_of(lab) == Verdict.UNSATISFACTORY

    def test_the_limit_itself_is_satisfactory(self, comparison, cast, lab):
        """En = 0.5/√(0.4² + 0.3²) = 0.5/0.5 = 1."""
        point = make_point(cast, comparison=comparison, reference_uncertainty="0.3")
        make_result(cast, participant=lab, point=point, value="10.5", uncertainty="0.4")
        assert line_of(comparison, lab).en == 1
        assert verdict_of(lab) == Verdict.SATISFACTORY

    def test_of_several_points_one_decides(self, comparison, cast, lab, hand_in):
        hand_in()
        second = make_point(cast, comparison=comparison)
        comparisons.settle([comparison], by=cast.clerk_a)
        assert verdict_of(lab) == Verdict.OPEN  # a result is missing
        make_result(cast, participant=lab, point=second, value="10.5")
        assert verdict_of(lab) == Verdict.UNSATISFACTORY

    def test_a_laboratory_without_a_result_is_not_evaluated(self, lab, point):
        assert verdict_of(lab) == Verdict.OPEN

    def test_the_rule_of_the_day_judges(self, comparison, lab, hand_in, cast):
        """A later edition with another limit leaves comparisons that began before it alone."""
        hand_in(value="10.2")  # En = 0.5547
        ComparisonRule.objects.create(
            edition="JJF 1117-2030", clause="5", factor=2, limit=D("0.5"), effective_from=date(2017, 1, 1)
        )
        comparisons.settle([comparison], by=cast.clerk_a)
        assert verdict_of(lab) == Verdict.SATISFACTORY
        later = make_comparison(
            cast,
            begins_on=date(2017, 3, 1),
            results_due_on=date(2017, 4, 30),
            disclosed_on=date(2017, 5, 5),
            reported_on=date(2017, 5, 10),
        )
        other = make_participant(cast, comparison=later)
        point = make_point(cast, comparison=later)
        make_result(cast, participant=other, point=point, value="10.2", submitted_on=date(2017, 4, 1))
        assert verdict_of(other) == Verdict.UNSATISFACTORY

    def test_without_a_rule_nothing_is_judged(self, comparison, lab, hand_in, cast):
        hand_in()
        ComparisonRule.objects.update(effective_from=date(2020, 1, 1))
        comparisons.settle([comparison], by=cast.clerk_a)
        [point] = comparisons.evaluate(comparison).points
        assert point.problem and verdict_of(lab) == Verdict.OPEN


class TestWeightedMean:
    """As in ``test_evaluation``: 10.0, 10.2, 10.1 with U = 0.2, 0.4, 0.2 (k = 2)."""

    @pytest.fixture
    def labs(self, cast, comparison):
        point = make_point(cast, comparison=comparison, **WEIGHTED)
        labs = []
        for value, uncertainty in (("10.0", "0.2"), ("10.2", "0.4"), ("10.1", "0.2")):
            labs.append(make_participant(cast, comparison=comparison, is_in_reference=True))
            make_result(cast, participant=labs[-1], point=point, value=value, uncertainty=uncertainty)
        labs.append(make_participant(cast, comparison=comparison))
        make_result(cast, participant=labs[-1], point=point, value="10.4", uncertainty="0.2")
        return labs

    def test_it_works(self, comparison, labs):
        [point] = comparisons.evaluate(comparison).points
        assert round(point.reference.value, 6) == D("10.066667")
        assert round(point.expanded, 6) == D("0.133333")
        assert [round(line.en, 4) for line in point.lines] == [D("-0.4472"), D("0.3536"), D("0.2236"), D("1.3868")]
        assert [verdict_of(lab) for lab in labs] == [*[Verdict.SATISFACTORY] * 3, Verdict.UNSATISFACTORY]

    def test_a_result_that_is_voided_leaves_it(self, comparison, labs, cast):
        """Without the first two only one result is left: no mean of one."""
        for lab in labs[:2]:
            records.void(lab.results.get(), by=cast.clerk_a, reason="录入错误")
        comparisons.settle([comparison], by=cast.clerk_a)
        [point] = comparisons.evaluate(comparison).points
        assert point.reference is None and point.problem
        assert {verdict_of(lab) for lab in labs} == {Verdict.OPEN}

    def test_a_given_value_made_of_one_laboratory_is_not_judged_by_itself(self, cast, comparison):
        pilot = make_participant(cast, comparison=comparison, role="pilot", is_in_reference=True)
        point = make_point(cast, comparison=comparison)
        make_result(cast, participant=pilot, point=point, value="10", uncertainty="0.2")
        line = line_of(comparison, pilot)
        assert line.en is None and line.problem
        assert verdict_of(pilot) == Verdict.OPEN


class TestSubmissions:
    """Results due on 30 April 2016, reference values known on 5 May 2016."""

    def test_a_correction_stands_beside_the_first_and_counts(self, comparison, lab, hand_in):
        hand_in(value="10.5")
        hand_in(submission=2, submitted_on=date(2016, 4, 20), reason="漏加修正值")
        line = line_of(comparison, lab)
        assert [(each.result.value, each.counts) for each in line.submissions] == [
            (D("10.5"), False),
            (D("10.1"), True),
        ]
        assert verdict_of(lab) == Verdict.SATISFACTORY

    def test_late_is_marked_and_counts_until_the_reference_values_are_known(self, comparison, lab, hand_in):
        hand_in(submitted_on=date(2016, 5, 5))
        [submission] = line_of(comparison, lab).submissions
        assert (submission.is_late, submission.is_too_late, submission.counts) == (True, False, True)

    def test_what_comes_later_is_kept_and_does_not_count(self, comparison, lab, hand_in):
        hand_in(value="10.5")
        hand_in(submission=2, submitted_on=date(2016, 5, 6), reason="重新计算")
        first, second = line_of(comparison, lab).submissions
        assert (first.counts, second.counts, second.is_too_late) == (True, False, True)
        assert verdict_of(lab) == Verdict.UNSATISFACTORY

    def test_the_last_day_is_in_time(self, comparison, lab, hand_in):
        hand_in(submitted_on=date(2016, 4, 30))
        [submission] = line_of(comparison, lab).submissions
        assert not submission.is_late

    def test_the_form_adds_and_changes_nothing(self, client, cast, comparison, lab, hand_in):
        result = hand_in()
        client.force_login(cast.clerk_a)
        url = page(comparison, "change")
        data = posted(client, url)
        form = "results-0"
        data |= {f"{form}-id": result.pk, f"{form}-comparison": comparison.pk, f"{form}-value": "99"}
        assert client.post(url, data).status_code == 302
        result.refresh_from_db()
        assert result.value == D("10.1")
        number = int(data["results-TOTAL_FORMS"])
        new = {"participant": lab.pk, "point": result.point_id, "submission": 2, "submitted_on": "2016-04-20"}
        new |= {"value": "10.5", "uncertainty": "0.3", "factor": "2", "reason": "漏加修正值"}
        data = {**posted(client, url), "results-TOTAL_FORMS": number + 1}
        data |= {f"results-{number}-{name}": value for name, value in new.items()}
        assert client.post(url, data).status_code == 302
        assert [row.value for row in ComparisonResult.objects.order_by("submission")] == [D("10.1"), D("10.5")]
        assert verdict_of(lab) == Verdict.UNSATISFACTORY

    def test_a_slip_is_removed_with_its_trace(self, client, cast, comparison, lab, hand_in):
        result = hand_in()
        client.force_login(cast.clerk_a)
        url = page(comparison, "change")
        data = posted(client, url)
        data |= {"results-0-id": result.pk, "results-0-comparison": comparison.pk, "results-0-DELETE": "on"}
        assert client.post(url, data).status_code == 302
        result.refresh_from_db()
        assert (result.is_voided, result.voided_by) == (True, cast.clerk_a)
        assert verdict_of(lab) == Verdict.OPEN


class TestItRejects:
    @pytest.mark.parametrize(("name", "value"), [("uncertainty", "0"), ("uncertainty", "-1"), ("factor", "0")])
    def test_a_result_without_uncertainty(self, hand_in, lab, point, cast, comparison, name, value):
        with pytest.raises(ValidationError):
            hand_in(**{name: value})
        row = ComparisonResult(comparison=comparison, participant=lab, point=point, submitted_on=date(2016, 4, 1))
        row.value, row.uncertainty, row.factor = D(10), D(1), D(2)
        setattr(row, name, D(value))
        with pytest.raises(IntegrityError), transaction.atomic():
            records.save(row, by=cast.clerk_a)

    def test_a_missing_uncertainty(self, hand_in):
        with pytest.raises(ValidationError):
            hand_in(uncertainty=None)

    @pytest.mark.parametrize("values", [
        {"reference_uncertainty": "0"}, {"reference_uncertainty": None}, {"reference_value": None},
        {"reference_factor": None}, {"reference_kind": "weighted_mean"}, {"instability": "-0.1"},
    ])  # fmt: skip
    def test_a_reference_value_without_uncertainty(self, cast, comparison, values):
        with pytest.raises(ValidationError):
            make_point(cast, comparison=comparison, **values)

    @pytest.mark.parametrize("values", [
        {"results_due_on": date(2016, 2, 1)}, {"disclosed_on": date(2016, 4, 1)}, {"reported_on": date(2016, 5, 1)},
    ])  # fmt: skip
    def test_days_out_of_order(self, cast, values):
        with pytest.raises(ValidationError):
            make_comparison(cast, **values)

    def test_a_correction_without_reason(self, hand_in):
        hand_in()
        with pytest.raises(ValidationError):
            hand_in(submission=2, submitted_on=date(2016, 4, 20))

    def test_a_correction_before_what_it_corrects(self, hand_in):
        hand_in()
        with pytest.raises(ValidationError):
            hand_in(submission=2, submitted_on=date(2016, 4, 1), reason="更正")

    def test_the_same_submission_twice(self, hand_in):
        hand_in()
        with pytest.raises(ValidationError):
            hand_in()

    def test_a_result_before_the_comparison_began(self, hand_in):
        with pytest.raises(ValidationError):
            hand_in(submitted_on=date(2016, 2, 29))

    def test_a_laboratory_of_another_comparison(self, cast, hand_in):
        with pytest.raises(ValidationError):
            hand_in(participant=make_participant(cast))

    def test_a_second_pilot_laboratory(self, cast, comparison):
        make_participant(cast, comparison=comparison, role="pilot")
        with pytest.raises(ValidationError):
            make_participant(cast, comparison=comparison, role="pilot")

    def test_a_follow_up_settled_without_outcome(self, cast, lab):
        with pytest.raises(ValidationError):
            make_follow_up(cast, participant=lab, settled_on=date(2016, 6, 1))
        make_follow_up(cast, participant=lab, settled_on=date(2016, 6, 1), outcome="复测 |En| = 0.4")


class TestFigures:
    def value(self, key, **values):
        [figure] = compute([indicators.get(key)], "210000", Period.year(2016), **values)
        return figure.value

    def test_they_count_what_was_reported_in_the_year(self, cast, comparison, lab, hand_in, point):
        hand_in()
        bad = make_participant(cast, comparison=comparison)
        make_result(cast, participant=bad, point=point, value="10.5")
        make_participant(cast, comparison=comparison)  # handed in nothing
        make_comparison(cast, reported_on=None)  # still under way
        assert self.value("comparisons.held") == 1
        assert self.value("comparisons.participants") == 3
        assert self.value("comparisons.evaluated") == 2
        assert self.value("comparisons.satisfactory") == 1
        assert self.value("comparisons.satisfactory_rate") == 50


class TestPage:
    def test_it_works(self, client, cast, comparison, lab, hand_in, point):
        hand_in(value="10.5")
        client.force_login(cast.inspector_a)
        response = client.get(f"/standards/comparisons/{comparison.pk}/")
        text = response.content.decode()
        assert response.status_code == 200
        assert "1.39" in text and str(Verdict.UNSATISFACTORY.label) in text
        assert 'class="error-bars"' in text and "error-bars-bad" in text
        assert [str(each) for each in response.context["evaluation"].without_follow_up] == [str(lab)]

    def test_without_points_or_results(self, client, cast, comparison):
        client.force_login(cast.clerk_a)
        assert client.get(f"/standards/comparisons/{comparison.pk}/").status_code == 200
        make_point(cast, comparison=comparison, **WEIGHTED)
        assert client.get(f"/standards/comparisons/{comparison.pk}/").status_code == 200

    def test_other_office_gets_404(self, client, cast, comparison):
        client.force_login(cast.clerk_b)
        for tail in ("", "workbook/"):
            assert client.get(f"/standards/comparisons/{comparison.pk}/{tail}").status_code == 404

    def test_the_button_leads_here_and_nowhere_else(self, client, cast, comparison):
        url = page(comparison, "change").replace("change/", "evaluation/")
        client.force_login(cast.clerk_a)
        assert client.get(url).url == f"/standards/comparisons/{comparison.pk}/"
        assert client.get("/standards/comparison/abc/evaluation/").status_code == 404
        client.force_login(cast.clerk_b)
        assert client.get(url).status_code == 404

    def test_a_voided_one_is_gone(self, client, cast, comparison):
        records.void(comparison, by=cast.clerk_a, reason="重复")
        client.force_login(cast.clerk_a)
        assert client.get(f"/standards/comparisons/{comparison.pk}/").status_code == 404

    def test_the_workbook_has_every_submission(self, client, cast, comparison, hand_in):
        hand_in(value="10.5", reason="=1+1")
        hand_in(submission=2, submitted_on=date(2016, 4, 20), reason="漏加修正值")
        client.force_login(cast.clerk_a)
        response = client.get(f"/standards/comparisons/{comparison.pk}/workbook/")
        book = load_workbook(BytesIO(b"".join(response.streaming_content)))
        results = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows(min_row=6)]
        assert [(row[6], row[8], row[12]) for row in results] == [(1, "10.5", None), (2, "10.1", "0.28")]
        assert Operation.objects.filter(action="export", actor=cast.clerk_a).exists()


class TestNumbers:
    """Printed values are rounded, verdicts are not."""

    @pytest.mark.parametrize(("en", "text"), [
        ("0.27735", "0.28"), ("1", "1.00"), ("1.003", "1.003"), ("-1.0000004", "-1.000000"), ("0.9999", "1.00"),
    ])  # fmt: skip
    def test_en(self, en, text):
        assert rounded_en(D(en)) == text

    def test_uncertainties_have_two_significant_digits(self):
        texts = [significant(D(text)) for text in ("0.13333", "0.0996", "12.34", "345.6")]
        assert texts == ["0.13", "0.10", "12", "346"]
        assert to_uncertainty(D("10.066667"), D("0.13333"), sign="+") == "+10.07"

    def test_a_point_without_numbers_is_printable(self, cast, comparison):
        make_point(cast, comparison=comparison, **WEIGHTED)
        [point] = points(comparisons.evaluate(comparison))
        assert (point.reference, point.chart) == ("—", None)
