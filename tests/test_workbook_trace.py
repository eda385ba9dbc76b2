"""The trace of the year-end workbook: each line says how many records are behind it, and leads to exactly these."""

from io import BytesIO
from urllib.parse import urlsplit

import pytest
from openpyxl import load_workbook

from bureau.reporting import indicators, versions
from bureau.reporting.indicators import Rate
from bureau.reporting.lines import NOTHING
from bureau.reporting.record_counts import RecordCounts, by_rows
from bureau.reporting.summary import Summary
from bureau.reporting.views.drilldown import rows_of
from bureau.reporting.workbook import build, trace
from bureau.reporting.workbook.look import FIRST_ROW
from tests.cast import CITY_A, PROVINCE
from tests.summary_books import YEAR, Sheets, publish

# One more reckoning, by rows: its statements, its tallies, and the labels of dimensions; what the year before left.
QUERIES = 13


@pytest.fixture
def published(make_standard, cast):
    publish(make_standard, cast)


@pytest.fixture
def filled(planted, published):
    """And a row of every kind there is."""


def test_the_trace_opens_as_many_rows_as_it_says(client, cast, filled):
    """Each line by the address in the workbook, within the scope of its maker."""
    reader = cast.manager_province
    summary = Summary.make(PROVINCE, YEAR, user=reader)
    sheet = Sheets.of(summary, address="https://bureau.example/").trace
    client.force_login(reader)
    opened = 0
    for row in range(FIRST_ROW, sheet.max_row):
        key, query, records, link = (sheet[f"{column}{row}"] for column in "BDFG")
        target = urlsplit(link.hyperlink.target)
        assert (target.scheme, target.netloc, target.query) == ("https", "bureau.example", query.value)
        if records.value == 0 and "&" in query.value.partition("&to=")[2]:
            continue  # an empty part: hundreds of pages without a row
        response = client.get(f"{target.path}?{target.query}")
        assert response.status_code == 200, link.hyperlink.target
        if records.value == NOTHING:
            assert isinstance(indicators.get(key.value), Rate)
        else:
            assert response.context["page"].paginator.count == records.value, link.hyperlink.target
            opened += bool(records.value)
    assert opened > 100


def test_every_line_counts_the_rows_behind_it(cast, filled):
    summary = Summary.make(CITY_A, YEAR, user=cast.manager_a)
    for traced in trace.every(summary):
        assert versions.of(traced.indicator)
        assert (traced.records is None) == isinstance(traced.indicator, Rate)
    counts = RecordCounts(summary.figures, cast.manager_a)
    for figure in summary.figures:
        if not isinstance(figure.indicator, Rate):
            assert counts.of(figure.indicator) == rows_of(figure, cast.manager_a).count(), figure


def test_the_trace_says_filter_and_version(published):
    summary = Summary.make(PROVINCE, YEAR)
    found = list(trace.every(summary))
    established = indicators.get("standards.established")
    whole, _regional, provincial = found[:3]
    assert (whole.records, provincial.records) == (10, 4)
    assert str(established.definition) in whole.words
    assert all(text in whole.words for text in (PROVINCE, "2016-01-01", "2016-12-31"))
    tier = established.dimension("tier")
    assert str(tier.label) in provincial.words
    assert tier.known()["provincial"] in provincial.words
    assert provincial.query == "region=210000&from=2016-01-01&to=2016-12-31&tier=provincial"
    share = next(number for number, each in enumerate(found) if each.label == "市级占比")
    assert [(each.records, each.depth) for each in found[share : share + 3]] == [(None, 0), (6, 1), (10, 1)]
    entered = next(each for each in found if each.indicator.key == "energy.intensity_decline")
    assert entered.records == 1
    stock = next(each for each in found if each.indicator.key == "standards.in_force")
    assert "2016-01-01" not in stock.words


def test_a_twin_counts_rows_whatever_the_figure_adds_up(published):
    fields = indicators.get("standards.fields_covered")
    twin = by_rows(fields, ["tier"])
    assert (twin.measure, twin.tally, list(twin.dimensions)) == (indicators.Count(), None, ["tier"])
    for region in (PROVINCE, CITY_A):
        assert set(twin.rows(YEAR, region)) == set(fields.rows(YEAR, region))


def test_links_lead_to_the_address_of_the_system(published, settings):
    summary = Summary.make(PROVINCE, YEAR)
    assert Sheets.of(summary).trace[f"G{FIRST_ROW}"].hyperlink is None
    assert Sheets.of(summary).trace[f"G{FIRST_ROW}"].value.startswith("/figures/standards.established/?region=210000")
    settings.PUBLIC_URL = "https://own.example/"
    link = Sheets.of(summary, address="http://proxy").trace[f"G{FIRST_ROW}"].hyperlink
    assert link.target.startswith("https://own.example/figures/standards.established/?region=210000")


def test_the_download_leads_back_to_where_it_came_from(client, cast, published):
    client.force_login(cast.manager_a)
    response = client.get("/reports/summary.xlsx", {"from": "2016-01-01", "to": "2016-12-31"})
    sheets = Sheets(load_workbook(BytesIO(b"".join(response.streaming_content))))
    link = sheets.trace[f"G{FIRST_ROW}"].hyperlink.target
    assert link.startswith("http://testserver/figures/standards.established/?region=210100")
    assert client.get(link).context["page"].paginator.count == sheets.trace[f"F{FIRST_ROW}"].value
    assert str(cast.manager_a) in str([cell.value for cell in sheets.cover["B"]])


def test_the_records_cost_one_more_reckoning(filled, django_assert_max_num_queries):
    summary = Summary.make(PROVINCE, YEAR)
    with django_assert_max_num_queries(QUERIES):
        build(summary)
