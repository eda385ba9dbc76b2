"""Energy-using units: what holds of each row, what a year amounts to, and by which edition."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from bureau import records
from bureau.due import kinds as due_kinds
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.periods import Period
from enterprises.energy_balance import balance_of, differs
from enterprises.models import (
    ConversionFactor,
    EnergyConnection,
    EnergyEdition,
    EnergyUnit,
    EquippingRequirement,
    EquippingThreshold,
    MeterAccuracyRequirement,
)
from enterprises.models.energy_edition import NoTable, edition_on, table_on
from enterprises.models.energy_unit import overlaps
from tests.contracts import posted
from tests.energy_makers import (
    make_connection,
    make_consumption,
    make_department,
    make_equipment,
    make_manual,
    make_product,
    make_unit,
    make_year,
)

pytestmark = pytest.mark.django_db
D = Decimal
EQUIPPING, CONVERSION = EnergyEdition.Standard.EQUIPPING, EnergyEdition.Standard.CONVERSION


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


# Editions ------------------------------------------------------------------------------------------


def test_the_edition_of_a_day(reference):
    days = {date(2026, 1, 31): "GB 17167-2006", date(2026, 2, 1): "GB 17167-2025"}
    assert {day: edition_on(EQUIPPING, day).edition for day in days} == days
    days = {date(2021, 3, 31): "GB/T 2589-2008", date(2021, 4, 1): "GB/T 2589-2020"}
    assert {day: edition_on(CONVERSION, day).edition for day in days} == days


def test_tables_of_the_last_day_of_an_edition(reference):
    day = date(2026, 1, 31)
    counts = [
        len(table_on(model, EQUIPPING, day)[1])
        for model in (EquippingRequirement, EquippingThreshold, MeterAccuracyRequirement)
    ]
    assert counts == [38, 26, 19]


@pytest.mark.parametrize("model", [EquippingRequirement, EquippingThreshold, MeterAccuracyRequirement])
def test_an_edition_without_a_table_asks_for_it_and_no_earlier_one_stands_in(reference, model):
    with pytest.raises(NoTable) as missing:
        table_on(model, EQUIPPING, date(2026, 2, 1))
    assert str(missing.value) == (
        f"GB 17167-2025 is in force from 2026-02-01, but its table “{model._meta.verbose_name_plural}” is not on "
        "record. Please import the table of this edition; nothing is judged by an earlier one."
    )
    row = model.objects.filter(edition="GB 17167-2006").first()
    row.pk, row.edition, row.effective_from, row.effective_to = None, "GB 17167-2025", date(2026, 2, 1), None
    row.save()
    assert table_on(model, EQUIPPING, date(2026, 2, 1))[1] == [row]


def test_a_day_before_any_edition(reference):
    with pytest.raises(NoTable, match="No edition of “GB 17167: equipping with energy meters” is on record for 2006"):
        edition_on(EQUIPPING, date(2006, 12, 31))


def test_printed_values(reference):
    """Some of each sort, as the material has them."""
    printed = {
        (row.energy_id, row.edition): (row.factor_low, row.factor_high)
        for row in ConversionFactor.objects.filter(energy__in=["raw_coal", "natural_gas", "electricity", "fresh_water"])
    }
    assert printed == {
        ("raw_coal", "GB/T 2589-2020"): (D("0.7143"), None),
        ("natural_gas", "GB/T 2589-2020"): (D("1.1"), D("1.33")),
        ("electricity", "GB/T 2589-2020"): (D("0.1229"), None),
        ("fresh_water", "GB/T 2589-2020"): (D("0.2571"), None),
        ("fresh_water", "GB/T 2589-2008"): (D("0.0857"), None),
    }
    rates = EquippingRequirement.objects.filter(energy="coal_gas").values_list("level", "rate")
    assert dict(rates) == {"unit": 100, "sub_unit": 90, "equipment": 80}
    assert not EquippingRequirement.objects.filter(energy="residual_energy", level="equipment").exists()
    assert not EquippingThreshold.objects.filter(is_verified=True).exists()


def test_every_shipped_row_passes_its_own_checks(reference):
    for model in (ConversionFactor, EnergyEdition, EquippingRequirement, EquippingThreshold, MeterAccuracyRequirement):
        for row in model.objects.all():
            row.full_clean()


# Rows ----------------------------------------------------------------------------------------------


def test_a_class_by_use_belongs_to_key_units(cast, make_enterprise):
    with pytest.raises(ValidationError, match="Only a key energy-using unit has a class"):
        make_unit(cast, make_enterprise, kind="public_institution")


def test_an_enterprise_is_one_unit(cast, make_enterprise):
    unit = make_unit(cast, make_enterprise)
    with pytest.raises(ValidationError, match="already on record as an energy-using unit"):
        make_unit(cast, make_enterprise, enterprise=unit.enterprise)


def test_connections_do_not_overlap(cast, make_enterprise):
    unit = make_unit(cast, make_enterprise)
    make_connection(cast, make_enterprise, unit=unit, begins_on=date(2016, 1, 1), ends_on=date(2016, 6, 30))
    with pytest.raises(ValidationError, match="already connected from 2016-01-01 to 2016-06-30"):
        make_manual(cast, make_enterprise, unit=unit, begins_on=date(2016, 6, 30))
    make_manual(cast, make_enterprise, unit=unit, begins_on=date(2016, 7, 1))
    other = EnergyConnection(unit=make_unit(cast, make_enterprise), mode="manual", begins_on=date(2016, 6, 30))
    assert overlaps([other]) == [None]


def test_connections_on_a_page_are_compared_as_they_will_stand(client, cast, make_enterprise):
    """The first is ended and the next begun in one save; the other way round is refused."""
    unit = make_unit(cast, make_enterprise)
    make_connection(cast, make_enterprise, unit=unit, begins_on=date(2016, 5, 10))
    client.force_login(cast.clerk_a)
    url = reverse("admin:enterprises_energyunit_change", args=[unit.pk])
    data = posted(client, url)
    new = {"connections-1-mode": "manual", "connections-1-begins_on": "2016-07-01", "connections-TOTAL_FORMS": "2"}
    response = client.post(url, {**data, **new})
    assert response.status_code == 200
    assert "already connected from 2016-05-10 to now" in response.content.decode()
    response = client.post(url, {**data, **new, "connections-0-ends_on": "2016-06-30"})
    assert response.status_code == 302
    assert [each.mode for each in unit.connections.order_by("begins_on")] == ["realtime", "manual"]


def test_equipment_stands_in_a_department_of_its_unit(cast, make_enterprise):
    foreign = make_department(cast, make_enterprise)
    with pytest.raises(ValidationError, match="This department belongs to another unit"):
        make_equipment(cast, make_enterprise, department=foreign)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"rated_unit": "horses"}, "“horses” is not a unit that is known here"),
        ({"rated_unit": ""}, "A rated power or use above nothing has a unit"),
        ({"rated": 0}, "A rated power or use above nothing has a unit"),
    ],
)
def test_a_rated_power_has_a_unit(cast, make_enterprise, values, said):
    with pytest.raises(ValidationError, match=said):
        make_equipment(cast, make_enterprise, **values)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"amount": -1}, "An amount of energy cannot be negative"),
        ({"unit": "m3"}, "Raw coal is converted per kg; an amount in m3 does not fit"),
        ({"unit": "bushel"}, "“bushel” is not a unit that is known here"),
        ({"stated_share": D("100.01")}, "A share is between 0 and 100 per cent"),
        ({"ncv": 0}, "A calorific value and a factor are above nothing"),
    ],
)
def test_consumption_that_cannot_be(cast, make_enterprise, values, said):
    with pytest.raises(ValidationError, match=said):
        make_consumption(cast, make_enterprise, **values)


def test_a_year_that_cannot_be(cast, make_enterprise):
    unit = make_unit(cast, make_enterprise)
    with pytest.raises(ValidationError, match="This year lies in the future"):
        make_year(cast, make_enterprise, unit=unit, year=2099)
    with pytest.raises(ValidationError, match="A year cannot be reported before it began"):
        make_year(cast, make_enterprise, unit=unit, year=2017)
    with pytest.raises(ValidationError, match="The way of reporting is stated with the day"):
        make_year(cast, make_enterprise, unit=unit, reported_on=None)


# What a year amounts to ----------------------------------------------------------------------------


@pytest.fixture
def year(cast, make_enterprise):
    """2025 with the six kinds of ``test_coal_equivalent`` (32,866.55 tce), and what does not count beside them."""
    with time_machine.travel("2026-03-01T10:00:00+08:00", tick=False):
        made = make_year(
            cast, make_enterprise, year=2025, reported_on=None, way="", output_value=D("65733.1"), stated_tce=33000
        )
        for energy, amount, unit, extra in (
            ("raw_coal", 20000, "t", {"ncv": D("23445.6"), "stated_tce": D("16000.4"), "stated_share": D("48.7")}),
            ("diesel", 500, "t", {"stated_tce": D("728.55"), "stated_share": D("2.2")}),
            ("natural_gas", 300, "万m3", {"factor": D("1.2"), "stated_tce": 3600, "stated_share": D("11.0")}),
            ("electricity", 8000, "万kWh", {"stated_tce": D("9832.5"), "stated_share": D("29.9")}),
            ("heat", 50000, "GJ", {"stated_share": D("5.2")}),
            ("gasoline", 0, "t", {"stated_share": D("0.3")}),
        ):
            values = {"ncv": None, **extra}
            make_consumption(
                cast, make_enterprise, energy_year=made, energy_id=energy, amount=amount, unit=unit, **values
            )
        made.refresh_from_db()  # amounts as the database gives them
        yield made


def test_the_balance_of_a_year(cast, make_enterprise, year):
    """Gasoline: nothing. By hand 16,000 + 728.55 + 3,600 + 9,832 + 1,706 = 31,866.55 tce; of it 50.21, 2.29, 11.30,
    30.85, 5.35 and 0 per cent."""
    make_consumption(cast, make_enterprise, energy_year=year, energy_id="raw_coal", amount=9, purpose="feedstock")
    make_consumption(
        cast, make_enterprise, energy_year=year, energy_id="electricity", amount=7, unit="kWh", ncv=None,
        purpose="self_made",
    )  # fmt: skip
    found = balance_of(year)
    assert found.equivalent == D("31866.55")
    assert [line.share for line in found.lines] == [D("50.21"), D("0.00"), D("2.29"), D("11.30"), D("30.85"), D("5.35")]
    assert [line.row.energy_id for line in found.lines] == [
        "raw_coal", "gasoline", "diesel", "natural_gas", "electricity", "heat",
    ]  # fmt: skip
    assert {row.purpose for row in found.not_counted} == {"feedstock", "self_made"}
    assert found.per_output.quantize(D("0.0001")) == D("0.4848")


def test_equal_value_waits_for_the_value_of_the_year(year):
    found = balance_of(year)
    assert found.equal is None
    assert found.problems["equal"] == [
        "Electricity: no equal value of 2025 is on record. Enter it among the conversion factors.",
        "Heat: no equal value of 2025 is on record. Enter it among the conversion factors.",
    ]
    edition = {"edition": "GB/T 2589-2020", "basis": "equal", "year": 2025, "effective_from": date(2021, 4, 1)}
    ConversionFactor.objects.create(energy_id="electricity", factor_low=D("0.3"), **edition)
    ConversionFactor.objects.create(energy_id="heat", factor_low=D("0.04"), **edition)
    found = balance_of(year)
    assert found.equivalent == D("31866.55")  # fuels 20,328.55, and 80,000,000 × 0.3 and 50,000,000 × 0.04 by thousand
    assert found.equal == D("20328.55") + 24000 + 2000


def test_media_count_in_the_equal_value_alone(cast, make_enterprise):
    """10,000 t of fresh water: by equal value 10,000 × 0.2571 / 1000 = 2.571 tce, by equivalent value nothing."""
    with time_machine.travel("2026-03-01T10:00:00+08:00", tick=False):
        year = make_year(cast, make_enterprise, year=2025, reported_on=None, way="")
        make_consumption(
            cast, make_enterprise, energy_year=year, energy_id="fresh_water", amount=10000, unit="t", ncv=None
        )
    found = balance_of(year)
    assert (found.equivalent, found.equal, found.problems) == (0, D("2.571"), {})


def test_the_factor_of_a_year_is_that_of_its_edition(cast, make_enterprise):
    """Fresh water of 2020 by the edition of 2008: 10,000 × 0.0857 / 1000 = 0.857 tce."""
    year = make_year(cast, make_enterprise, year=2020, reported_on=None, way="")
    make_consumption(cast, make_enterprise, energy_year=year, energy_id="fresh_water", amount=10000, unit="t", ncv=None)
    found = balance_of(year)
    assert (str(found.factors.edition), found.equal) == ("GB/T 2589-2008", D("0.857"))


def test_a_range_or_a_missing_factor_leaves_the_sum_open(cast, make_enterprise, year):
    make_consumption(
        cast, make_enterprise, energy_year=year, energy_id="coke_oven_gas", amount=5, unit="万m3", ncv=None
    )
    make_consumption(cast, make_enterprise, energy_year=year, energy_id="steam", amount=5, unit="t", ncv=None)
    found = balance_of(year)
    assert found.equivalent is None
    assert found.problems["equivalent"][:2] == [
        "Coke oven gas: the table prints a range from 0.5714 to 0.6143 kgce/m3. State the measured low calorific "
        "value, or the factor chosen within it.",
        "Low-pressure steam: no factor is on record. State its measured low calorific value, or enter the factor.",
    ]
    assert all(line.share is None for line in found.lines)


def test_differences_from_what_the_unit_states(year):
    """Stated 33,000 tce and 9,832.5 of electricity; 16,000.4 of coal is off by 0.4, though stated with a place."""
    told = [(str(each.label), each.stated, each.computed.quantize(D("0.01"))) for each in balance_of(year).differences]
    assert told == [
        ("Energy in all, equivalent value, tce", D(33000), D("31866.55")),
        ("Raw coal, tce", D("16000.40"), D("16000.00")),
        ("Electricity, tce", D("9832.50"), D("9832.00")),
        ("Raw coal, %", D("48.70"), D("50.21")),
        ("Gasoline, %", D("0.30"), D("0.00")),
        ("Natural gas, %", D("11.00"), D("11.30")),
        ("Electricity, %", D("29.90"), D("30.85")),
        ("Heat, %", D("5.20"), D("5.35")),
    ]
    assert "shares stated add up to 97.3 %, not to 100 %" in " ".join(balance_of(year).problems["equivalent"])


def test_rounding_is_no_difference():
    assert not differs(D(16000), D("16000.9"))
    assert differs(D(16000), D("16001.1"))
    assert not differs(D("728.55"), D("728.5549"))
    assert differs(D("728.55"), D("728.57"))


def test_the_only_product_has_all_energy(cast, make_enterprise, year):
    make_product(cast, make_enterprise, energy_year=year, amount=D("318665.5"))
    [(product, rate, problem)] = balance_of(year).products
    assert (product.name, rate, problem) == ("水泥", D("0.1"), "")
    make_product(cast, make_enterprise, energy_year=year, name="熟料", amount=1000, tce=110)
    told = [(product.name, rate, problem) for product, rate, problem in balance_of(year).products]
    assert told == [
        ("水泥", None, "水泥: the energy used for it is not stated."),
        ("熟料", D("0.11"), ""),
    ]


def test_the_page_of_a_year_shows_the_sum_and_what_is_wrong(client, cast, year):
    client.force_login(cast.clerk_a)
    page = client.get(reverse("admin:enterprises_energyyear_change", args=[year.pk])).content.decode()
    for text in ("31866.55", "50.21", "1 kgce = 29307 kJ", "GB/T 2589-2020", "stated 33000, computed 31866.55",
                 "no equal value of 2025 is on record"):  # fmt: skip
        assert text in page, text


# Figures and due dates -------------------------------------------------------------------------------


def figure(key, year, **values):
    [found] = compute([indicators.get(key)], "210000", Period.year(year), **values)
    return found


def test_connected_on_the_last_day(cast, make_enterprise):
    """Two in real time, of which one ended on the last day but one; one by hand; one that is recorded as none."""
    make_connection(cast, make_enterprise)
    make_connection(cast, make_enterprise, ends_on=date(2016, 12, 30))
    make_manual(cast, make_enterprise)
    make_connection(cast, make_enterprise, mode="none")
    assert figure("energy.connected_realtime", 2016).value == 1
    assert figure("energy.connected_manual", 2016).value == 1
    assert figure("energy.units", 2016).value == 4


def test_reported_online_counts_units(cast, make_enterprise):
    """Two years of one unit, and one of another on paper."""
    year = make_year(cast, make_enterprise)
    make_year(cast, make_enterprise, unit=year.unit, year=2014)
    make_year(cast, make_enterprise, way="paper")
    assert figure("energy.direct_reporting_units", 2016).value == 1


def test_a_report_is_due_until_it_came(cast, make_enterprise):
    open_year = make_year(cast, make_enterprise, reported_on=None, way="")
    make_year(cast, make_enterprise)
    kind = due_kinds.find("energy.year_report")
    assert [row.pk for row in kind.rows(cast.clerk_a)] == [open_year.pk]
    assert kind.holder(open_year) == open_year.unit.enterprise.name


def test_a_voided_unit_takes_its_parts_along(cast, make_enterprise):
    connection = make_connection(cast, make_enterprise)
    records.void(connection.unit, by=cast.clerk_a, reason="重复")
    assert figure("energy.connected_realtime", 2016).value == 0
    assert not EnergyUnit.objects.not_voided().exists()
