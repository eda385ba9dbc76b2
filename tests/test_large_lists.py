"""Lists of millions of records: not counted to the end, searched by an index, with years and months above them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from bureau import large_lists, records
from tests.ledger_makers import make_instrument, make_verification

pytestmark = pytest.mark.django_db
URL = "/inspections/verification/"


@pytest.fixture(autouse=True)
def _in_english(client, cast):
    client.force_login(cast.clerk_a)
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


@pytest.fixture
def verify(cast, make_enterprise):
    return lambda **values: make_verification(cast, make_enterprise, **values)


def shown(client, url=URL, **query):
    response = client.get(url, query)
    assert response.status_code == 200
    return response, list(response.context["cl"].result_list)


def test_it_counts_no_further_than_anybody_turns_pages(client, verify, monkeypatch):
    monkeypatch.setattr(large_lists, "MOST", 2)
    for _ in range(2):
        verify()
    response, rows = shown(client)
    assert len(rows) == 2
    assert not response.context["cl"].has_more
    verify()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response, _rows = shown(client)
    assert response.context["cl"].result_count == 2
    assert "There are more" in response.content.decode()
    counts = [each["sql"] for each in asked if "COUNT(" in each["sql"] and "inspections_verification" in each["sql"]]
    assert counts and all("LIMIT 3" in sql for sql in counts)


def test_a_search_finds_the_beginning_of_a_number(client, verify):
    row = verify(certificate_no="LX2016-0815")
    verify(certificate_no="AB2016-0816")
    for text in ("LX2016-08", "lx2016", "ＬＸ2016", row.serial_no[:6]):
        assert row in shown(client, q=text)[1], text
    assert shown(client, q="2016-0815")[1] == []


def test_a_search_finds_two_characters_of_a_name(client, verify, make_enterprise):
    row = verify(holder=make_enterprise(name="燕山加油站"))
    other = verify(holder=make_enterprise(name="太行医院"))
    assert shown(client, q="加油")[1] == [row]
    assert shown(client, q="太行")[1] == [other]
    assert shown(client, q="加油 太行")[1] == []
    assert shown(client, q=f"加油 {row.certificate_no}")[1] == [row]


def test_a_search_finds_no_row_of_another_office(client, cast, make_enterprise):
    there = make_enterprise(by=cast.clerk_b, name="渤海加油站")
    row = make_verification(cast, make_enterprise, by=cast.clerk_b, holder=there)
    assert shown(client, q="渤海")[1] == []
    assert shown(client, q=row.certificate_no)[1] == []


def test_pieces_are_found_by_any_of_their_numbers(client, cast, make_enterprise):
    piece = make_instrument(cast, make_enterprise, serial_no="SN-77", ecqs_no="Q-9001", holder_no="厂-12")
    for text in ("SN-7", "q-90", "厂-1", piece.holder.name[-3:]):
        assert shown(client, reverse("admin:inspections_instrument_changelist"), q=text)[1] == [piece], text


def test_years_months_and_days_stand_above_the_list(client, verify):
    row, other = verify(verified_on=date(2025, 3, 31)), verify(verified_on=date(2025, 4, 1))
    with CaptureQueriesContext(connection) as asked:
        response, rows = shown(client)
    assert not any("MIN(" in each["sql"] or "DISTINCT" in each["sql"] for each in asked if "verified_on" in each["sql"])
    assert rows == [other, row]
    assert [name for name, _link in response.context["cl"].dates.choices][1] == "2025"
    response, rows = shown(client, verified_on__year="2025")
    months = response.context["cl"].dates
    assert (len(months.choices), months.back[0], rows) == (12, "All dates", [other, row])
    response, rows = shown(client, verified_on__year="2025", verified_on__month="3")
    days = response.context["cl"].dates
    assert (len(days.choices), days.back[0], rows) == (31, "2025", [row])
    followed = client.get(URL + days.choices[30][1])
    assert list(followed.context["cl"].result_list) == [row]
    assert followed.context["cl"].dates.back[0] == "March 2025"


def test_other_filters_stay_when_a_month_is_chosen(client, verify):
    verify(verified_on=date(2025, 3, 31))
    response, _rows = shown(client, q="LX", conclusion__exact="passed")
    link = response.context["cl"].dates.choices[0][1]
    assert "q=LX" in link and "conclusion__exact=passed" in link


@pytest.mark.parametrize(
    "query", [{"verified_on__year": "x"}, {"verified_on__year": "2025", "verified_on__month": "13"}]
)
def test_a_month_that_does_not_exist_breaks_nothing(client, verify, query):
    verify()
    assert client.get(URL, query).status_code in (302, 400, 404)


def test_voided_rows_stay_out(client, cast, verify):
    row = verify(certificate_no="LX-VOID")
    records.void(row, by=cast.clerk_a, reason="误录")
    assert shown(client, q="LX-VOID")[1] == []
