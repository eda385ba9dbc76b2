"""The pages of frozen years: numbers that add up, records that open, and nothing of another office."""

from datetime import date

import pytest
from django.urls import reverse

from bureau import records
from bureau.reporting import freezing
from bureau.reporting.checking.checked import Checked
from bureau.reporting.checking.upload import Report
from bureau.reporting.checking.verdicts import Verdict
from bureau.reporting.models import FrozenYear
from bureau.reporting.periods import Period
from bureau.reporting.summary import Summary
from bureau.reporting.workbook import build
from standards.models import MeasurementStandard
from tests.cast import CITY_A, CITY_B, PROVINCE

pytestmark = pytest.mark.django_db
OF_ITS_OWN = pytest.mark.django_db(transaction=True)
ESTABLISHED = "standards.established"


@pytest.fixture
def frozen(cast, make_standard):
    make_standard()
    return freezing.freeze(CITY_A, 2016, office=cast.manager_a.office, by=cast.manager_a)


def page(name, *args):
    return reverse(f"reporting:{name}", args=args)


def line_of(response, label):
    return next(line for line in response.context["lines"] if line.label == label)


class TestOverview:
    def test_a_year_as_it_was_says_so(self, client, cast, frozen):
        client.force_login(cast.manager_a)
        response = client.get(page("frozen-year", frozen.pk))
        assert response.context["lines"] == []
        assert response.context["is_intact"]

    def test_frozen_now_and_difference(self, client, cast, frozen, make_standard):
        make_standard()
        make_standard(tier="county")
        client.force_login(cast.manager_a)
        line = line_of(client.get(page("frozen-year", frozen.pk)), "新建社会公用计量标准")
        assert (line.frozen, line.now, line.change) == ("1", "3", "+2")
        assert [text for text, _url in line.causes] == ["+2", "", "", "", "", ""]
        opened = client.get(line.causes[0][1])
        assert [row["change"] for row in opened.context["rows"]] == ["+1", "+1"]

    def test_a_broken_seal_is_said(self, client, cast, frozen):
        FrozenYear.objects.filter(pk=frozen.pk).update(definitions="0" * 16)
        client.force_login(cast.manager_a)
        response = client.get(page("frozen-year", frozen.pk))
        assert not response.context["is_intact"]
        assert "封印已破损" in response.content.decode()

    def test_a_value_that_is_no_number_breaks_the_seal_not_the_page(self, client, cast, frozen):
        figures = {**frozen.figures, ESTABLISHED: {**frozen.figures[ESTABLISHED], "value": "many"}}
        FrozenYear.objects.filter(pk=frozen.pk).update(figures=figures)
        client.force_login(cast.manager_a)
        response = client.get(page("frozen-year", frozen.pk))
        assert (response.status_code, response.context["is_intact"]) == (200, False)

    def test_another_city_has_no_such_page(self, client, cast, frozen):
        client.force_login(cast.clerk_b)
        names = [("frozen-year", frozen.pk), ("frozen-figure", frozen.pk, ESTABLISHED), ("frozen-records", frozen.pk)]
        assert [client.get(page(*name)).status_code for name in names] == [404, 404, 404]
        assert not client.get(page("frozen-years")).context["page"].object_list

    def test_roles_without_records_have_none(self, client, cast, frozen):
        client.force_login(cast.system_admin)
        assert client.get(page("frozen-years")).status_code == 403
        assert client.get(page("frozen-year", frozen.pk)).status_code == 403

    def test_an_empty_list_says_how_a_year_gets_frozen(self, client, cast):
        client.force_login(cast.clerk_b)
        assert "还没有冻结的年度" in client.get(page("frozen-years")).content.decode()


class TestCarrying:
    def test_a_manager_leaves_differences_to_the_next_year(self, client, cast, frozen, make_standard):
        make_standard()
        client.force_login(cast.manager_a)
        response = client.post(page("frozen-year", frozen.pk), {"reason": "迟录"}, follow=True)
        assert FrozenYear.objects.get(pk=frozen.pk).carried[ESTABLISHED] == "1"
        assert "新建社会公用计量标准 +1 项" in response.context["carried"]

    def test_without_a_reason_nothing_is_carried(self, client, cast, frozen, make_standard):
        make_standard()
        client.force_login(cast.manager_a)
        response = client.post(page("frozen-year", frozen.pk), {"reason": " "}, follow=True)
        assert FrozenYear.objects.get(pk=frozen.pk).carried == {}
        assert [str(message) for message in response.context["messages"]]

    def test_clerks_may_not(self, client, cast, frozen, make_standard):
        make_standard()
        client.force_login(cast.clerk_a)
        assert client.post(page("frozen-year", frozen.pk), {"reason": "迟录"}).status_code == 403
        assert FrozenYear.objects.get(pk=frozen.pk).carried == {}


class TestFigure:
    def test_it_refuses_what_there_is_not(self, client, cast, frozen):
        client.force_login(cast.manager_a)
        path = page("frozen-figure", frozen.pk, ESTABLISHED)
        asked = ["?cause=nonsense", "?colour=red", "?tier=county&region=210100"]
        assert [client.get(path + query).status_code for query in asked] == [404, 404, 404]
        assert client.get(page("frozen-figure", frozen.pk, "no.such")).status_code == 404

    @OF_ITS_OWN
    def test_it_says_what_changed_and_links_the_record(self, client, cast, frozen):
        standard = MeasurementStandard.objects.get()
        standard.tier = "provincial"
        records.save(standard, by=cast.clerk_a)
        client.force_login(cast.manager_a)
        response = client.get(page("frozen-figure", frozen.pk, ESTABLISHED) + "?tier=provincial")
        [row] = response.context["rows"]
        assert (row["change"], row["records"][0]["changed"]) == ("+1", ["层级: 市级 → 省级"])
        assert client.get(row["records"][0]["url"]).status_code == 200
        assert {(part.label, part.change) for part in response.context["parts"]} == {
            ("层级: 市级", "-1"),
            ("层级: 省级", "+1"),
        }

    @OF_ITS_OWN
    def test_a_record_that_left_the_own_scope_is_not_named(self, client, cast, frozen):
        """It counts in city B now, and is kept there: city A is told that there is one, not which."""
        standard = MeasurementStandard.objects.get()
        standard.office, standard.region_id = cast.clerk_b.office, CITY_B
        records.save(standard, by=cast.clerk_province)
        client.force_login(cast.manager_a)
        response = client.get(page("frozen-figure", frozen.pk, ESTABLISHED))
        [row] = response.context["rows"]
        assert (row["change"], row["records"][0].get("url")) == ("-1", None)
        assert standard.name not in response.content.decode()


class TestElsewhere:
    def test_the_summary_and_the_figure_say_that_the_year_is_frozen(self, client, cast, frozen, make_standard):
        make_standard()
        client.force_login(cast.manager_a)
        summary = client.get(reverse("reporting:summary"), {"year": "2016"})
        assert summary.context["frozen_note"].texts[ESTABLISHED] == "1"
        figure = client.get(reverse("reporting:drilldown", args=[ESTABLISHED]), {"year": "2016"})
        assert figure.context["frozen_note"].texts == {ESTABLISHED: "1"}
        assert page("frozen-figure", frozen.pk, ESTABLISHED) in figure.content.decode()

    def test_a_report_is_checked_against_what_was_frozen(self, cast, frozen, make_standard):
        make_standard()
        text = "新建社会公用计量标准{}项。"
        reports = [Report(text=text.format(number)) for number in (1, 2, 3)]
        found = [Checked.make(report, CITY_A, 2016, user=cast.manager_a).rows for report in reports]
        assert [row.verdict for [row] in found] == [Verdict.FROZEN, Verdict.LIVE, Verdict.DIFFERENT]

    def test_the_following_year_says_what_was_left_to_it(self, client, cast, frozen, make_standard):
        make_standard()
        client.force_login(cast.manager_a)
        client.post(page("frozen-year", frozen.pk), {"reason": "年报已公布"})
        summary, figure = reverse("reporting:summary"), reverse("reporting:drilldown", args=[ESTABLISHED])
        left = f"{frozen.figures[ESTABLISHED]['label']} +1 项"
        for address in (summary, figure):
            response = client.get(address, {"year": 2017})
            assert response.context["carried"].texts[ESTABLISHED] == left
            assert left in response.content.decode()
        assert client.get(summary, {"year": 2016}).context["carried"] is None
        other = client.get(reverse("reporting:drilldown", args=["cases.filed"]), {"year": 2017})
        assert other.context["carried"] is None
        book = build(Summary.make(CITY_A, Period.year(2017)))
        assert any(left in str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)

    @pytest.mark.parametrize("query", [{"year": "2015"}, {"from": "2016-01-01", "to": "2016-06-30"}])
    def test_other_days_are_not_frozen(self, client, cast, frozen, query):
        client.force_login(cast.manager_a)
        assert client.get(reverse("reporting:summary"), query).context["frozen_note"] is None

    def test_the_province_is_not_frozen_with_its_city(self, client, cast, frozen):
        client.force_login(cast.manager_province)
        asked = {"region": PROVINCE, "year": "2016"}
        assert client.get(reverse("reporting:summary"), asked).context["frozen_note"] is None


def test_digests_of_records_that_changed_places(client, cast, frozen, make_standard):
    client.force_login(cast.manager_a)
    assert client.get(page("frozen-records", frozen.pk)).context["lines"] == []
    make_standard(issued_on=date(2016, 3, 4))
    lines = client.get(page("frozen-records", frozen.pk)).context["lines"]
    assert [3] in [line["months"] for line in lines]
