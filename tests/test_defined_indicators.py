"""Figures that managers define without code."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from bureau import records
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.indicators import UnknownIndicator
from bureau.reporting.models.defined import as_text, as_values
from bureau.reporting.periods import Period
from inspections.models import Verification
from tests.cast import CITY_A, PROVINCE
from tests.contracts import posted
from tests.figure_makers import make_defined, make_entered
from tests.ledger_makers import make_verification

pytestmark = pytest.mark.django_db
YEAR = Period.year(2016)


def figure(row, region=PROVINCE, period=YEAR, **options):
    return compute([indicators.get(row.key)], region, period, **options)[0]


def keys(region):
    return {each.key for each in indicators.of_region(region)}


@pytest.fixture
def standards(cast, make_standard):
    for number, tier in enumerate(("county", "county", "municipal")):
        make_standard(by=cast.clerk_a, tier=tier, issued_on=date(2016, 5, number + 1))
    make_standard(by=cast.clerk_a, tier="county", issued_on=date(2015, 5, 1))


def test_a_part_of_a_figure(cast, standards):
    row = make_defined(cast)
    found = figure(row)
    assert (found.value, found.previous, found.breakdowns["region"][CITY_A]) == (2, 1, 2)
    assert "tier" not in found.breakdowns
    assert found.indicator.rows(YEAR, PROVINCE).count() == 2
    assert str(found.indicator.unit) == str(indicators.get("standards.established").unit)


def test_a_rate_of_parts_opens_numerator_and_denominator(client, cast, standards):
    row = make_defined(cast, way="rate", divided_by="standards.established", code="county_share", decimals=1)
    found = figure(row)
    assert found.value == Decimal(200) / 3
    assert (found.indicator.unit, found.indicator.decimals) == ("%", 1)
    client.force_login(cast.manager_province)
    page = client.get(found.url())
    assert [line.value for line in page.context["parts"]] == [2, 3]
    opened = client.get(page.context["parts"][0].url)
    assert opened.context["page"].paginator.count == 2


def test_the_parts_of_a_rate_say_of_what_and_narrowed_to_what(cast):
    values = {"label": "占比", "of": "verification.instruments", "narrowed_to": "purpose=trade; free=true"}
    row = make_defined(cast, way="rate", divided_by="standards.established", **values)
    above, below = (str(part.label) for part in indicators.get(row.key).parts)
    assert above == "“占比”的分子：检定校准计量器具（用途：贸易结算；免费：是）"
    assert below == "“占比”的分母：新建社会公用计量标准"


def test_cumulative_since_a_day(cast, standards):
    row = make_defined(cast, since=date(2015, 1, 1))
    found = figure(row)
    assert (found.value, found.previous) == (3, 1)
    assert found.indicator.rows(YEAR, PROVINCE).count() == 3
    assert figure(row, period=Period.year(2013)).value == 0


def test_a_rate_that_divides_by_nothing_is_undefined(cast):
    row = make_defined(cast, way="rate", divided_by="standards.established")
    assert figure(row).value is None


def test_entered_ones_take_values(cast):
    row = make_defined(cast, way="entered_stock", code="population", unit="万人", of="", narrowed_to="", decimals=1)
    make_entered(cast, indicator=row.key, value=Decimal("829.4"))
    per_head = make_defined(
        cast, way="rate", code="per_head", of="standards.established", narrowed_to="", divided_by=row.key, scale=1
    )
    found = compute([indicators.get(row.key), indicators.get(per_head.key)], PROVINCE, YEAR)
    assert [each.value for each in found] == [Decimal("829.4"), 0]


def test_a_narrowed_ledger_figure_is_what_its_rows_add_up_to(cast, make_enterprise):
    """From the tally where that knows the column, else from the rows."""
    for number, purpose in enumerate(("trade", "trade", "medical")):
        make_verification(cast, make_enterprise, quantity=number + 1, purpose=purpose, instrument=None)
    for narrowed in ("purpose=trade", "institution=", "purpose=medical; free=false"):
        row = make_defined(cast, of="verification.instruments", narrowed_to=narrowed)
        found = figure(row, period=Period.year(Verification.objects.first().verified_on.year))
        opened = found.indicator.rows(found.period, PROVINCE)
        assert found.value == sum(opened.values_list("quantity", flat=True)), narrowed
    assert indicators.get(row.key).tally == "verifications"


def test_it_holds_in_the_region_of_its_office_and_below(cast):
    row = make_defined(cast, by=cast.clerk_a)
    assert row.key in keys(CITY_A)
    assert row.key in keys("210102")
    assert row.key not in keys(PROVINCE)
    records.void(row, by=cast.clerk_a, reason="不再使用")
    assert row.key not in keys(CITY_A)
    with pytest.raises(UnknownIndicator):
        indicators.get(row.key)


def test_a_figure_that_lost_its_ground_is_passed_over(cast):
    row = make_defined(cast, of="standards.gone")
    assert row.key not in keys(CITY_A)
    with pytest.raises(ValidationError) as error:
        row.clean()
    assert "of" in error.value.message_dict


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("of", {"of": ""}),
        ("of", {"of": "standards.problem_rate"}),
        ("narrowed_to", {"narrowed_to": "colour=red"}),
        ("narrowed_to", {"narrowed_to": "tier"}),
        ("narrowed_to", {"of": "verification.instruments", "narrowed_to": "free=perhaps"}),
        ("divided_by", {"way": "rate"}),
        ("since", {"of": "standards.in_force", "since": date(2015, 1, 1)}),
        ("unit", {"way": "entered_sum", "of": "", "narrowed_to": ""}),
    ],
)
def test_what_cannot_be_counted_is_refused_with_a_sentence(cast, field, values):
    with pytest.raises(ValidationError) as error:
        make_defined(cast, **values).clean()
    assert list(error.value.message_dict) == [field]


def test_the_form_offers_the_dimensions_of_the_chosen_figure(client, cast):
    client.force_login(cast.manager_a)
    add = reverse("admin:reporting_definedindicator_add")
    page = client.post(add, {"label": "加油机", "of": "verification.instruments", "_choose": "1"})
    assert page.status_code == 200
    shown = page.content.decode()
    assert 'name="narrowed_to__category"' in shown
    assert "加油机" in shown
    assert "errorlist" not in shown

    row = make_defined(cast)
    url = reverse("admin:reporting_definedindicator_change", args=[row.pk])
    data = {name: value for name, value in posted(client, url).items() if name != "narrowed_to"}
    assert client.post(url, {**data, "narrowed_to__tier": "municipal"}).status_code == 302
    row.refresh_from_db()
    assert row.narrowed_to == "tier=municipal"


def test_it_is_tried_on_a_year(client, cast, standards):
    row = make_defined(cast)
    client.force_login(cast.manager_a)
    url = reverse("admin:reporting_definedindicator_change", args=[row.pk])
    assert client.get(url, {"try": "2016"}).context["try_line"].value == 2
    assert client.get(url, {"try": "2015"}).context["try_line"].value == 1
    assert "1899" in str(client.get(url, {"try": "1899"}).context["try_problem"])


def test_values_as_text_and_back():
    values = {"category": "fuel_dispenser", "free": "true", "institution": ""}
    assert as_values(as_text(values)) == values
    assert as_values("category＝a；tier=b") == {"category": "a", "tier": "b"}
