"""The page with the series of a standard: charts that also speak to who does not see them, and who may open it."""

import re
from datetime import date as D
from decimal import Decimal

import pytest

from bureau import records
from bureau.due import kinds
from standards.charts import HEIGHT, TOP, WIDTH, Point, chart, shown
from standards.models import RepeatabilityTest, StabilityCheck
from tests.contracts import page, posted
from tests.standard_files import TEN, record_years, repeatability_of, stability_of


def point(year, value, limit="0.5", is_bad=False):
    return Point(D(year, 1, 1), Decimal(value), Decimal(limit), is_bad)


class TestChart:
    def test_nothing_to_draw(self):
        assert chart([]) is None

    def test_marks_stand_by_day_and_value(self):
        """The scale reaches to a round number above the largest: 0.5 · 1.1 / 4 = 0.1375 → steps of 0.2, up to 0.8."""
        drawn = chart([point(2016, "0"), point(2017, "0.2"), point(2019, "0.4", is_bad=True)], "mg")
        assert [tick.label for tick in drawn.up] == ["0", "0.2", "0.4", "0.6", "0.8"]
        first, second, third = drawn.marks
        assert first.x < second.x < third.x
        assert round((third.x - second.x) / (second.x - first.x), 1) == 2.0  # 730 days after 366
        assert first.y > second.y > third.y
        assert (second.y, third.y) == (drawn.up[1].at, drawn.up[2].at)
        assert [mark.is_bad for mark in drawn.marks] == [False, False, True]
        assert third.text == "2019-01-01: 0.4 mg"

    def test_everything_lies_within_the_drawing(self):
        drawn = chart([point(year, f"0.{year - 2000}") for year in range(2010, 2026)])
        numbers = [float(number) for limit in drawn.limits for number in re.split("[ ,]", limit)]
        assert min(numbers) >= 0
        assert max(numbers) <= WIDTH
        assert all(TOP <= mark.y <= HEIGHT for mark in drawn.marks)
        assert all(later.at - one.at > 64 for one, later in zip(drawn.across, drawn.across[1:], strict=False))

    def test_one_value_and_no_value_above_zero(self):
        assert len(chart([point(2016, "0", limit="0")]).marks) == 1

    @pytest.mark.parametrize(
        ("value", "text"), [("0.000948683", "0.0009487"), ("100.0130", "100"), ("0", "0"), ("12345.6", "12346")]
    )
    def test_values_as_they_are_read(self, value, text):
        assert shown(Decimal(value)) == text

    def test_nothing_is_nothing(self):
        assert shown(None) == ""


@pytest.mark.django_db
class TestPage:
    @pytest.fixture
    def standard(self, cast, make_standard):
        standard = make_standard(issued_on=D(2016, 5, 10))
        record_years(standard, D(2016, 6, 1), 3)
        stability_of(standard, D(2019, 5, 30), "10.90")  # far off
        return standard

    def url(self, standard):
        return f"/standards/{standard.pk}/characteristics/"

    def test_it_works(self, client, cast, standard):
        client.force_login(cast.manager_a)
        html = client.get(self.url(standard)).content.decode()
        assert html.count("<svg class=") == 2
        assert html.count('role="img"') == 2
        assert html.count('class="mark bad"') == 1 + 2  # one that fails, and the key of each chart
        assert "2019-05-30: 0.89 g" in html  # as text, for whoever does not see the mark
        assert "JJF 1033-2016 附录C.2" in html

    def test_it_names_the_years_without_a_record(self, client, cast, standard):
        client.force_login(cast.clerk_a)
        missing = client.get(self.url(standard)).context["missing"]
        assert len(missing) == 2
        assert "2019-05-10 – 2020-05-09" in missing[0]
        assert "2016-05-10" not in missing[0]

    def test_only_who_may_enter_is_offered_to(self, client, cast, standard):
        for person, may in ((cast.clerk_a, True), (cast.manager_a, False), (cast.inspector_a, False)):
            client.force_login(person)
            assert (
                f"repeatabilitytest/add/?standard={standard.pk}" in client.get(self.url(standard)).content.decode()
            ) is may

    def test_other_office_gets_404(self, client, cast, standard):
        client.force_login(cast.clerk_b)
        assert client.get(self.url(standard)).status_code == 404

    def test_administrators_get_403(self, client, cast, standard):
        client.force_login(cast.system_admin)
        assert client.get(self.url(standard)).status_code == 403

    def test_a_voided_standard_has_none(self, client, cast, standard):
        records.void(standard, by=cast.clerk_a, reason="重复")
        client.force_login(cast.clerk_a)
        assert client.get(self.url(standard)).status_code == 404


@pytest.mark.django_db
class TestForms:
    @pytest.fixture
    def standard(self, client, cast, make_standard):
        client.force_login(cast.clerk_a)
        return make_standard()

    def add(self, client, model, **values):
        url = f"/standards/{model._meta.model_name}/add/"
        return client.post(url, {"seen_version": "", **values})

    def test_a_test_is_entered_as_it_was_pasted(self, client, cast, standard):
        values = {"purpose": "set_up", "on": "2016-06-01", "point": "10 g", "unit": "g"}
        response = self.add(
            client, RepeatabilityTest, standard=standard.pk, readings=TEN.replace(" ", "\r\n"), **values
        )
        assert response.status_code == 302, response.context["adminform"].form.errors
        row = RepeatabilityTest.objects.get()
        assert (row.readings, row.n, row.verdict, row.created_by) == (TEN, 10, "basis", cast.clerk_a)
        assert str(row.mean) == "10.013"

    def test_it_rejects_fewer_readings_without_a_reason(self, client, standard):
        values = {"purpose": "in_use", "on": "2016-06-01", "point": "10 g", "unit": "g", "readings": "1 2 3"}
        response = self.add(client, RepeatabilityTest, standard=standard.pk, **values)
        assert "JJF 1033-2016 附录C.1" in str(response.context["adminform"].form.errors["fewer_reason"])
        assert not RepeatabilityTest.objects.exists()
        reasoned = self.add(client, RepeatabilityTest, standard=standard.pk, fewer_reason="破坏性", **values)
        assert reasoned.status_code == 302

    @pytest.mark.parametrize("readings", ["1 2 x", "1", "1,234"])
    def test_it_rejects_what_is_no_reading(self, client, standard, readings):
        values = {"purpose": "in_use", "on": "2016-06-01", "point": "10 g", "unit": "g", "readings": readings}
        response = self.add(client, RepeatabilityTest, standard=standard.pk, **values)
        assert response.context["adminform"].form.errors["readings"]

    def test_a_standard_of_another_office_is_no_choice(self, client, cast, standard):
        client.force_login(cast.clerk_b)
        values = {"purpose": "set_up", "on": "2016-06-01", "point": "10 g", "unit": "g", "readings": TEN}
        response = self.add(client, RepeatabilityTest, standard=standard.pk, **values)
        assert response.context["adminform"].form.errors["standard"]
        assert not RepeatabilityTest.objects.exists()

    def test_a_check_is_entered_and_judged(self, client, standard):
        values = {"purpose": "set_up", "method": "check_standard", "point": "10 g", "unit": "g", "limit_kind": "mpe"}
        groups = "2016-01-05: 1.0\r\n2016-02-10: 1.1\r\n2016-03-15: 1.2\r\n2016-04-20: 1.0"
        response = self.add(client, StabilityCheck, standard=standard.pk, groups=groups, limit="0.2", **values)
        assert response.status_code == 302, response.context["adminform"].form.errors
        row = StabilityCheck.objects.get()
        assert (row.on, row.result, row.verdict) == (D(2016, 4, 20), Decimal("0.2"), "failed")

    def test_saving_unchanged_writes_nothing(self, client, standard):
        row = repeatability_of(standard, D(2016, 6, 1))
        before = RepeatabilityTest.objects.values().get()
        assert client.post(page(row, "change"), posted(client, page(row, "change"))).status_code == 302
        assert RepeatabilityTest.objects.values().get() == before

    def test_voiding_the_basis_is_felt_and_can_be_taken_back(self, client, standard):
        basis = repeatability_of(standard, D(2016, 6, 1), purpose="set_up")
        later = repeatability_of(standard, D(2017, 6, 1))
        void = page(basis, "change").replace("change/", "void/")
        assert client.post(void, {"reason": "误录"}).status_code == 302
        later.refresh_from_db()
        assert later.verdict == "nothing_before"
        assert client.post(void.replace("void/", "unvoid/")).status_code == 302
        later.refresh_from_db()
        assert later.verdict == "passed"


@pytest.mark.django_db
def test_the_next_record_is_due_a_year_after_the_last(cast, make_standard):
    standard = make_standard()
    record_years(standard, D(2016, 6, 1), 2)
    for key in ("standards.repeatability", "standards.stability"):
        [row] = kinds.find(key).rows(cast.clerk_a)
        assert (row.on, row.next_due_on) == (D(2017, 6, 1), D(2018, 6, 1))
        assert kinds.find(key).rows(cast.clerk_b).count() == 0
