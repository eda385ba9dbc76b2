"""The JSON interface on figures: their numbers, and exactly the records that they count."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation

from bureau.reporting import indicators
from bureau.reporting.indicators import Rate
from bureau.reporting.periods import Period
from bureau.reporting.summary import Summary
from inspections.models import AuditedEquipping
from tests import institutions
from tests.api_calls import STANDARDS, YEAR, ask, ids, make_token
from tests.contracts import MAKERS

pytestmark = pytest.mark.django_db


class TestFigures:
    def test_indicators_are_those_of_the_command(self, read):
        out = StringIO()
        with translation.override("en"):
            call_command("indicators", stdout=out)
        assert read("indicators") == json.loads(out.getvalue())

    def test_figures_are_those_of_a_manager(self, cast, planted, read):
        for name in ("manager_a", "manager_province"):
            person = getattr(cast, name)
            summary = Summary.make(person.office.region_id, Period.year(2016), user=person)
            with translation.override("en"):
                assert read("figures", by=make_token(cast, person.office)[1], **YEAR) == summary.as_json()

    def test_some_are_named(self, make_standard, read):
        make_standard()
        answer = read(
            "figures", **{"from": "2016-05-10", "to": "2016-05-10"}, keys="standards.in_force, standards.established"
        )
        assert answer["period"] == {"from": "2016-05-10", "to": "2016-05-10"}
        assert [figure["key"] for figure in answer["figures"]] == ["standards.in_force", "standards.established"]
        assert [figure["value"] for figure in answer["figures"]] == [1, 1]

    def test_rows_of_others_do_not_count(self, cast, make_standard, read):
        for by in (cast.clerk_a, cast.clerk_a, cast.clerk_county, cast.clerk_b, cast.clerk_province):
            make_standard(by=by)
        [figure] = read("figures", keys="standards.established", **YEAR)["figures"]
        assert figure["value"] == 3 and figure["breakdowns"]["region"]["210102"] == 1
        [figure] = read("figures", keys="standards.established", region="210102", **YEAR)["figures"]
        assert figure["value"] == 1

    def test_records_of_a_figure_are_exactly_those_counted(self, cast, planted, client, secret):
        with translation.override("en"):
            summary = Summary.make("210100", Period.year(2016), user=cast.manager_a)
        opened = 0
        for figure in summary.figures:
            if isinstance(figure.indicator, Rate):
                continue
            answer = ask(client, secret, f"figures/{figure.indicator.key}/records", limit=500, **YEAR).json()
            rows = figure.indicator.rows(figure.period, "210100", user=cast.manager_a)
            assert ids(answer) == sorted(rows.values_list("pk", flat=True)), figure.indicator.key
            opened += len(answer["records"])
        assert opened > 20

    def test_they_are_written_as_their_sheet_writes_them(self, make_standard, read):
        row = make_standard()
        [record] = read("figures/standards.established/records", **YEAR)["records"]
        assert (record["id"], record.pop("kind")) == (row.pk, "standards")
        assert [record] == read(STANDARDS)["records"]

    def test_they_are_narrowed(self, cast, make_standard, read):
        own, below = make_standard(tier="municipal"), make_standard(by=cast.clerk_county, tier="county")
        path = "figures/standards.established/records"
        assert ids(read(path, **YEAR)) == [own.pk, below.pk]
        assert ids(read(path, tier="county", **YEAR)) == [below.pk]
        assert ids(read(path, level="own", **YEAR)) == [own.pk]
        assert ids(read(path, region="210102", **YEAR)) == [below.pk]
        assert ids(read(path, tier="regional", **YEAR)) == []

    def test_a_row_of_no_sheet_comes_without_values(self, cast, make_enterprise, read):
        row = MAKERS[AuditedEquipping](lambda name: {"cast": cast, "make_enterprise": make_enterprise}[name])
        key = next(each.key for each in indicators.every() if getattr(each, "model", None) is AuditedEquipping)
        [record] = read(f"figures/{key}/records", **{"from": "2000-01-01", "to": "2030-12-31"})["records"]
        assert record["kind"] is None
        assert (record["id"], record["version"], record["values"]) == (row.pk, row.version, None)
        assert (record["office"], record["region"]) == ("210100-01", "210100")

    def test_a_kind_of_rows_with_two_sheets(self, cast, read):
        """A project of the plan has no number yet, so another sheet writes it."""
        issued = institutions.make_specification(cast)
        planned = institutions.make_specification(cast, number="", issued_on=None, in_force_on=None)
        found = read("figures/specifications.planned/records", **YEAR)["records"]
        assert [(each["id"], each["kind"]) for each in found] == [
            (issued.pk, "specifications"),
            (planned.pk, "specification_plans"),
        ]
        assert found[1]["values"]["planned_on"] == "2016-01-10"

    def test_a_rate_names_its_parts(self, refused):
        rate = next(each for each in indicators.every() if isinstance(each, Rate))
        status, sentence = refused(f"figures/{rate.key}/records", **YEAR)
        assert status == 400 and rate.numerator in sentence and rate.denominator in sentence
