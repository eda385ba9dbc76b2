"""The report page, its downloads, and the pages that a figure opens."""

import json
import re
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from bureau import records
from bureau.models import Operation
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.indicators import Count, Rate, Section
from bureau.reporting.periods import Period
from standards.models import MeasurementStandard
from tests.cast import CITY_A, CITY_B, COUNTY, PROVINCE

YEAR = Period.year(2016)
IN_2016 = {"from": "2016-01-01", "to": "2016-12-31"}
SUMMARY = "/reports/"


@pytest.fixture
def published(make_standard, cast):
    for number in range(30):
        by = (cast.clerk_province, cast.clerk_a, cast.clerk_b)[number % 3]
        tier = "provincial" if by is cast.clerk_province else "municipal"
        make_standard(by=by, tier=tier, issued_on=date(2016, 5, number + 1))
    make_standard(by=cast.clerk_county, tier="county", issued_on=date(2016, 6, 1))


def drilldown(key="standards.established", **query):
    return reverse("reporting:drilldown", args=[key]), query


def get(client, user, address, query=None):
    client.force_login(user)
    return client.get(address, query or {})


# Summary page ------------------------------------------------------------------------------------


def test_it_works(client, cast, published):
    response = get(client, cast.manager_province, SUMMARY)

    assert response.status_code == 200
    assert response.context["summary"].period == YEAR  # the latest with records
    assert response.context["summary"].region.code == PROVINCE
    established = response.context["sections"][0][1][0]
    assert (established.text, established.previous_text) == ("31", "0")
    assert established.url.replace("&", "&amp;") in response.content.decode()


def test_it_is_limited_to_the_reader(client, cast, published):
    response = get(client, cast.manager_a, SUMMARY)

    assert response.context["summary"].region.code == CITY_A
    assert response.context["sections"][0][1][0].value == 11
    assert "大连市" not in response.content.decode()


@pytest.mark.parametrize(
    ("address", "marked"),
    [("/", "/"), (SUMMARY, SUMMARY), ("/reports/targets/", "/reports/targets/"), ("/reports/marks/", SUMMARY)],
)
def test_the_menu_marks_the_page_alone(client, cast, address, marked):
    groups = get(client, cast.manager_a, address).context["sidebar_navigation"]
    items = [item for group in groups for item in group["items"]]
    assert [item["link"] for item in items if item["active"]] == [marked]


@pytest.mark.parametrize("region", [CITY_B, PROVINCE, "000000", "999999", "' or 1=1"])
def test_other_office_gets_404(client, cast, published, region):
    addresses = [SUMMARY, "/reports/summary.json", "/reports/summary.xlsx", drilldown()[0]]
    for address in addresses:
        assert get(client, cast.clerk_a, address, {"region": region, **IN_2016}).status_code == 404


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "auditor"])
def test_it_needs_a_role_with_records(client, cast, who):
    for address in (SUMMARY, "/reports/summary.json", drilldown()[0]):
        assert get(client, getattr(cast, who), address).status_code == 403


def test_it_needs_a_login(client, cast):
    assert client.get(SUMMARY).status_code == 302


@pytest.mark.parametrize(
    "query",
    [
        {"from": "2016-02-30", "to": "2016-03-01"},
        {"from": "2016-03-02", "to": "2016-03-01"},
        {"from": "2016-03-02"},
        {"year": "0"},
        {"year": "2016", "from": "2016-01-01"},
    ],
)
def test_it_rejects_a_period_with_a_sentence(client, cast, query):
    for address in (SUMMARY, drilldown()[0], "/reports/summary.xlsx"):
        response = get(client, cast.clerk_a, address, query)
        assert response.status_code == 400
        assert response.context["problem"]


def test_an_obsolete_region_names_its_successor(client, cast):
    response = get(client, cast.clerk_province, SUMMARY, {"region": "212100", **IN_2016})
    assert response.status_code == 400
    assert "211200" in response.context["problem"]
    assert response.context["form"].initial["region"] == "211200"


def test_regions_are_offered_a_step_at_a_time(client, cast):
    offered = get(client, cast.clerk_province, SUMMARY, {"region": CITY_A}).context["form"].fields["region"].choices
    codes = [code for code, _name in offered]
    assert {PROVINCE, CITY_A, CITY_B, COUNTY} <= set(codes)
    assert "210202" not in codes  # a county of the other city
    own = get(client, cast.clerk_county, SUMMARY).context["form"].fields["region"].choices
    assert [code for code, _name in own] == [COUNTY]


def test_the_queries_do_not_grow_with_the_rows(client, cast, published, django_assert_max_num_queries):
    """Few for each table that is counted from, not one for each figure and row."""
    get(client, cast.manager_province, SUMMARY)
    with django_assert_max_num_queries(150):
        get(client, cast.manager_province, SUMMARY)


# Downloads ---------------------------------------------------------------------------------------


def test_the_json_is_the_figures_of_the_page(client, cast, published):
    response = get(client, cast.manager_a, "/reports/summary.json", IN_2016)

    content = json.loads(b"".join(response.streaming_content))
    assert (content["region"], content["figures"][0]["value"]) == (CITY_A, 11)
    logged = Operation.objects.get(action=Operation.Action.EXPORT)
    assert (logged.actor, logged.detail["region"]) == (cast.manager_a, CITY_A)


def test_the_workbook_comes_down(client, cast, published):
    response = get(client, cast.manager_a, "/reports/summary.xlsx", IN_2016)

    workbook = load_workbook(BytesIO(b"".join(response.streaming_content)))
    assert 11 in [cell.value for cell in workbook.worksheets[1]["C"]]
    assert Operation.objects.filter(action=Operation.Action.EXPORT).count() == 1


def test_other_formats_are_not_there(client, cast):
    assert get(client, cast.clerk_a, "/reports/summary.pdf").status_code == 404


# Drill-down --------------------------------------------------------------------------------------


def test_a_figure_opens_exactly_its_rows(client, cast, published):
    address, query = drilldown(**IN_2016)
    response = get(client, cast.manager_province, address, query)

    assert response.status_code == 200
    assert response.context["line"].value == response.context["page"].paginator.count == 31
    pages = [get(client, cast.manager_province, address, {**query, "page": page}) for page in (1, 2)]
    shown = [line["url"] for page in pages for line in page.context["rows"]]
    counted = MeasurementStandard.objects.filter(established_on__year=2016)
    assert sorted(shown) == sorted(f"/standards/measurementstandard/{row.pk}/change/" for row in counted)


def test_it_shows_25_rows_a_page(client, cast, published):
    address, query = drilldown(**IN_2016)
    first, second = (get(client, cast.manager_province, address, {**query, "page": page}) for page in (1, 2))

    assert [len(page.context["rows"]) for page in (first, second)] == [25, 6]
    assert "计量标准装置" in first.content.decode()


def test_every_number_of_the_page_opens_as_many_rows(client, cast, published):
    page = get(client, cast.manager_province, SUMMARY, IN_2016)
    links = [(line.text, line.url) for _section, lines in page.context["sections"] for line in lines]
    links += [(text, url) for row in page.context["region_table"]["rows"] for text, url, _heat in row["cells"]]
    something = [link for link in links if link[0] not in ("0", "0.00", "—")]
    assert len(something) > 20
    for text, url in [*something, *links[::20]]:  # most are nothing here, and all alike
        opened = client.get(url)
        assert opened.status_code == 200, url
        assert opened.context["line"].text == text, url
        if isinstance(getattr(opened.context["figure"].indicator, "measure", None), Count):
            assert str(opened.context["page"].paginator.count) == text, url


def test_a_voided_row_is_not_counted_and_not_shown(client, cast, published):
    records.void(MeasurementStandard.objects.filter(tier="county").get(), by=cast.clerk_county, reason="entered twice")
    response = get(client, cast.manager_province, *drilldown(**IN_2016, tier="county"))

    assert (response.context["line"].text, response.context["rows"]) == ("0", [])


def test_the_rows_of_others_do_not_show(client, cast, published):
    response = get(client, cast.clerk_county, *drilldown(**IN_2016))

    assert response.context["page"].paginator.count == 1
    assert response.context["line"].value == 1


@pytest.mark.parametrize(
    ("key", "query"),
    [
        ("standards.nothing", {}),
        ("standards.established", {"tier": "imperial"}),
        ("standards.established", {"colour": "red"}),
        ("standards.established", {"level": "deep"}),
        ("standards.fields_covered", {"field": "51"}),
    ],
)
def test_it_rejects_what_the_figure_does_not_know(client, cast, published, key, query):
    address, query = drilldown(key, **IN_2016, **query)
    assert get(client, cast.manager_province, address, query).status_code == 404


def test_odd_page_numbers_do_not_harm(client, cast, published):
    for page in ("0", "-1", "99", "x", ""):
        assert get(client, cast.clerk_a, *drilldown(**IN_2016, page=page)).status_code == 200


def test_the_drill_down_takes_few_queries(client, cast, published, django_assert_max_num_queries):
    get(client, cast.manager_province, *drilldown(**IN_2016))
    with django_assert_max_num_queries(21):
        get(client, cast.manager_province, *drilldown(**IN_2016))


def test_a_rate_leads_to_its_parts(client, cast, published):
    class Share(Rate):
        key, label, unit, section = "test.share", "Share", "%", Section.SCIENTIFIC
        definition = "For the test."
        numerator, denominator = "standards.highest_in_force", "standards.established"

    indicators.register(Share)
    try:
        response = get(client, cast.manager_province, *drilldown("test.share", **IN_2016, tier="municipal"))
        assert response.context["line"].text == "0.00"
        above, below = response.context["parts"]
        assert (above.text, below.text) == ("0", "20")
        assert client.get(below.url).context["page"].paginator.count == 20
        assert b"tier=municipal" in response.content
        empty = get(
            client, cast.manager_province, *drilldown("test.share", **{"from": "1999-01-01", "to": "1999-12-31"})
        )
        assert empty.context["line"].text == "—"
    finally:
        indicators.unregister("test.share")


# Dashboard ---------------------------------------------------------------------------------------


def test_the_dashboard_shows_the_key_figures(client, cast, published):
    html = get(client, cast.manager_a, "/").content.decode()

    [figure] = compute([indicators.get("standards.established")], CITY_A, YEAR, user=cast.manager_a)
    assert figure.url().replace("&", "&amp;") in html
    assert re.search(r"<strong>11</strong>", html)


def test_who_has_no_records_sees_no_key_figures(client, cast):
    response = get(client, cast.auditor, "/")
    assert "figures" not in [panel["key"] for panel in response.context["panels"]]


def test_an_empty_system_has_a_dashboard_too(client, cast):
    assert get(client, cast.manager_a, "/").status_code == 200


def test_the_menu_leads_to_the_summary(client, cast):
    assert f'href="{SUMMARY}"' in get(client, cast.clerk_a, "/").content.decode()
    assert f'href="{SUMMARY}"' not in get(client, cast.auditor, "/").content.decode()
