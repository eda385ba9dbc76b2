"""Frozen years by the JSON interface: as they were kept, to whom, and whether their seal holds."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from bureau.models import Region
from bureau.models.region import clear_region_cache
from bureau.reporting import freezing
from bureau.reporting.models import FrozenYear
from tests.api_calls import ask, make_token
from tests.cast import CITY_A, CITY_B, COUNTY, PROVINCE
from tests.figure_makers import make_frozen

pytestmark = pytest.mark.django_db
ESTABLISHED = "standards.established"
HEADING = {"id", "region", "region_name", "year", "number", "frozen_at", "reopened_at", "definitions", "seal",
           "previous_seal", "intact"}  # fmt: skip


@pytest.fixture
def secret(cast):
    """A token of city A, used today already."""
    token, secret = make_token(cast)
    type(token).objects.update(last_used_at=timezone.now())
    return secret


@pytest.fixture
def read(client, secret):
    """The body of a good answer, for city A unless another token is given."""

    def get(path="snapshots", *, by=secret, **query):
        response = ask(client, by, path, **query)
        assert response.status_code == 200, response.content.decode()
        return response.json()

    return get


@pytest.fixture
def make(cast):
    """A frozen year of city A, or of another person's office."""

    def frozen(by=None, **values):
        office = (by or cast.clerk_a).office
        return make_frozen(cast, **{"office": office, "region_id": office.region_id, **values})

    return frozen


def ids(page):
    return [each["id"] for each in page["snapshots"]]


def kept(value, **breakdowns):
    known = {"label": "某率", "unit": "%", "decimals": 1, "version": "12345678", "definition": ""}
    return {**known, "value": value, "breakdowns": breakdowns}


class TestOne:
    def test_it_is_what_was_frozen_whatever_was_entered_since(self, cast, make_standard, read):
        make_standard(tier="municipal")
        make_standard(by=cast.clerk_county, tier="county")
        row = freezing.freeze(CITY_A, 2016, office=cast.manager_a.office, by=cast.manager_a)
        make_standard()
        answer = read(f"snapshots/{row.pk}")
        assert set(answer) == HEADING | {"figures", "carried"}
        assert (answer["id"], answer["region"], answer["region_name"]) == (row.pk, CITY_A, "沈阳市")
        assert (answer["year"], answer["number"], answer["reopened_at"]) == (2016, 1, None)
        assert (answer["seal"], answer["previous_seal"], answer["intact"]) == (row.seal, "0" * 64, True)
        assert answer["definitions"] == row.definitions and answer["carried"] == {}
        assert abs(parse_datetime(answer["frozen_at"]) - row.frozen_at) < timedelta(milliseconds=1)
        figures = {figure.pop("key"): figure for figure in answer["figures"]}
        assert list(figures) == sorted(row.figures)
        figure = figures[ESTABLISHED]
        assert (figure["value"], figure["version"]) == (2, row.figures[ESTABLISHED]["version"])
        assert figure["label"] == row.figures[ESTABLISHED]["label"]
        assert figure["breakdowns"]["region"][COUNTY] == 1
        assert figure["breakdowns"]["tier"]["municipal"] == figure["breakdowns"]["tier"]["county"] == 1
        assert set(figure) == {"label", "unit", "version", "value", "breakdowns"}

    def test_numbers_are_json_numbers(self, make, read):
        figures = {"b": kept("33.25", tier={"county": "12", "municipal": None}), "a": kept(None), "c": kept("-0.5")}
        row = make(figures=figures, carried={"b": "-1.5", "c": "2"})
        answer = read(f"snapshots/{row.pk}")
        assert answer["figures"] == [
            {"key": "a", "label": "某率", "unit": "%", "version": "12345678", "value": None, "breakdowns": {}},
            {"key": "b", "label": "某率", "unit": "%", "version": "12345678", "value": 33.25,
             "breakdowns": {"tier": {"county": 12, "municipal": None}}},
            {"key": "c", "label": "某率", "unit": "%", "version": "12345678", "value": -0.5, "breakdowns": {}},
        ]  # fmt: skip
        assert answer["carried"] == {"b": -1.5, "c": 2}
        whole = answer["figures"][1]["breakdowns"]["tier"]["county"], answer["carried"]["c"]
        assert [type(number) for number in whole] == [int, int]

    def test_a_reopened_version_says_when(self, cast, make, read):
        row = make()
        freezing.reopen(CITY_A, 2016, by=cast.manager_a, reason="误报")
        again = make(number=2)
        opened = FrozenYear.objects.get(pk=row.pk).reopened_at
        first, second = read(f"snapshots/{row.pk}"), read(f"snapshots/{again.pk}")
        assert abs(parse_datetime(first["reopened_at"]) - opened) < timedelta(milliseconds=1)
        assert (first["intact"], second["number"], second["reopened_at"]) == (True, 2, None)
        assert second["previous_seal"] == first["seal"]

    @pytest.mark.parametrize(
        ("path", "status", "sentence"),
        [
            ("snapshots/0", 404, "no frozen year with the id 0"),
            (f"snapshots/{10**30}", 404, "no frozen year"),
            ("snapshots/x", 400, "“id” cannot be read"),
        ],
    )
    def test_one_that_is_not_there(self, client, secret, path, status, sentence):
        response = ask(client, secret, path)
        assert response.status_code == status and sentence in response.json()["detail"]


class TestScope:
    def test_another_city_has_none_of_it(self, cast, client, make, read):
        own, other = make(), make(cast.clerk_b)
        by = make_token(cast, cast.clerk_b.office)[1]
        assert ids(read()) == [own.pk] and ids(read(by=by)) == [other.pk]
        foreign, missing = (ask(client, by, f"snapshots/{pk}") for pk in (own.pk, 0))
        assert (foreign.status_code, missing.status_code) == (404, 404)
        assert foreign.json()["detail"].replace(str(own.pk), "0") == missing.json()["detail"]

    def test_a_province_sees_its_cities_and_a_county_not_its_city(self, cast, client, make, read):
        city, other, county, own = make(), make(cast.clerk_b), make(cast.clerk_county), make(cast.clerk_province)
        by_province, by_county = (
            make_token(cast, person.office)[1] for person in (cast.clerk_province, cast.clerk_county)
        )
        assert ids(read(by=by_province)) == [own.pk, county.pk, other.pk, city.pk]
        assert read(f"snapshots/{city.pk}", by=by_province)["region"] == CITY_A
        assert ids(read()) == [county.pk, city.pk]
        assert ids(read(by=by_county)) == [county.pk]
        assert ask(client, by_county, f"snapshots/{city.pk}").status_code == 404

    def test_what_the_province_froze_is_the_citys(self, cast, make, read):
        row = make(office=cast.clerk_province.office, region_id=CITY_A)
        assert ids(read()) == [row.pk]
        assert read(f"snapshots/{row.pk}")["region"] == CITY_A


class TestList:
    def test_it_tells_the_same_as_each_alone(self, make, read):
        rows = [make(year=year) for year in (2014, 2015, 2016)]
        page = read()
        assert set(page) == {"as_of", "snapshots", "next"} and page["next"] is None
        for listed, row in zip(page["snapshots"], reversed(rows), strict=True):
            alone = read(f"snapshots/{row.pk}")
            assert listed == {name: alone[name] for name in HEADING}

    def test_it_is_narrowed_to_a_year_and_exactly_a_region(self, cast, make, read):
        earlier, row, county = make(year=2015), make(), make(cast.clerk_county)
        assert ids(read(year="2016")) == [county.pk, row.pk]
        assert ids(read(region=CITY_A)) == [row.pk, earlier.pk]
        assert ids(read(region=COUNTY)) == [county.pk]
        assert ids(read(region=CITY_A, year="2015")) == [earlier.pk]
        assert ids(read(region=COUNTY, year="2015")) == []

    def test_a_year_under_a_former_code_is_that_of_todays(self, cast, make, read):
        row = make(cast.clerk_county)
        Region.objects.filter(pk=COUNTY).update(successor="210103")
        clear_region_cache()
        assert ids(read(region="210103")) == [row.pk]
        assert ids(read(region=CITY_A)) == []

    def test_pages_follow_each_other_from_the_newest_on(self, make, read):
        rows = [make(year=year).pk for year in (2012, 2013, 2014, 2015, 2016)]
        first = read(limit=2)
        assert (ids(first), first["next"]) == ([rows[4], rows[3]], rows[3])
        newer = make(year=2017).pk
        second = read(limit=2, after=first["next"])
        assert (ids(second), second["next"]) == ([rows[2], rows[1]], rows[1])
        third = read(limit=2, after=second["next"])
        assert (ids(third), third["next"]) == ([rows[0]], None)
        assert ids(read(limit=6)) == [newer, *reversed(rows)] and read(limit=6)["next"] is None

    def test_a_page_asks_as_often_for_30_years_as_for_3(self, client, secret, make):
        counts = []
        for years in (range(1991, 1994), range(1994, 2021)):
            for year in years:
                make(year=year)
            with CaptureQueriesContext(connection) as asked:
                assert len(ask(client, secret, "snapshots").json()["snapshots"]) in (3, 30)
            counts.append(len(asked))
        # Token and office, the page's numbers, their content, the seals before, their headings.
        assert counts == [5, 5], [each["sql"] for each in asked]

    @pytest.mark.parametrize(
        ("query", "status", "sentence"),
        [
            ({"region": CITY_B}, 404, "outside"),
            ({"region": PROVINCE}, 404, "outside"),
            ({"region": "999999"}, 400, "no region with the code “999999”"),
            ({"year": "x"}, 400, "“x” is not a year"),
            ({"limit": "501"}, 400, "“limit” cannot be read"),
            ({"after": "-1"}, 400, "“after” cannot be read"),
            ({"from": "2016-01-01"}, 400, "“from”"),
        ],
    )
    def test_it_says_why(self, client, secret, query, status, sentence):
        response = ask(client, secret, "snapshots", **query)
        assert response.status_code == status and sentence in response.json()["detail"], response.content.decode()


class TestSeal:
    def told(self, read):
        """By year, as the list says and as each alone says: the same."""
        listed = {each["year"]: each["intact"] for each in read()["snapshots"]}
        assert listed == {row.year: read(f"snapshots/{row.pk}")["intact"] for row in FrozenYear.objects.all()}
        return listed

    def test_one_that_was_tampered_with_is_not_intact(self, make, read):
        for year in (2014, 2015, 2016):
            make(year=year)
        assert self.told(read) == {2014: True, 2015: True, 2016: True}
        row = FrozenYear.objects.get(year=2015)
        row.figures[ESTABLISHED]["value"] = "7"
        FrozenYear.objects.filter(pk=row.pk).update(figures=row.figures)
        assert self.told(read) == {2014: True, 2015: False, 2016: True}
        assert read(f"snapshots/{row.pk}")["figures"][0]["value"] == 7

    def test_one_whose_forerunner_was_taken_out_is_not_intact(self, cast, make, read):
        other = make(cast.clerk_b)
        make(year=2015)
        make(year=2016)
        FrozenYear.objects.filter(pk=other.pk)._raw_delete("default")
        assert self.told(read) == {2015: False, 2016: True}

    def test_a_carried_difference_breaks_no_seal(self, cast, make, read):
        freezing.carry_forward(make(), {ESTABLISHED: 3}, by=cast.manager_a, reason="迟录")
        assert self.told(read) == {2016: True}
        [listed] = read()["snapshots"]
        assert read(f"snapshots/{listed['id']}")["carried"] == {ESTABLISHED: 3}
