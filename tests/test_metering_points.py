"""Metering points: what is refused, how they come in, the table of equipping rates and its figures."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook

from bureau import records
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.periods import Period
from enterprises.models import EquippingRequirement
from inspections.equipping_rules import Rules, standing_of
from inspections.models import MeteringPoint
from tests.contracts import posted
from tests.energy_makers import (
    make_equipment,
    make_meter,
    make_point,
    make_unit,
)
from tests.importing import imported

pytestmark = pytest.mark.django_db
DAY = date(2016, 5, 10)
LAST_OF_2006 = date(2026, 1, 31)


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


@pytest.fixture
def unit(cast, make_enterprise):
    return make_unit(cast, make_enterprise, begins_on=date(2015, 1, 1))


@pytest.fixture
def meter(cast, make_enterprise, unit):
    return lambda **values: make_meter(cast, make_enterprise, **{"unit": unit, **values})


@pytest.fixture
def point(cast, make_enterprise, unit):
    return lambda **values: make_point(cast, make_enterprise, **{"unit": unit, **values})


def everything(queryset):
    return queryset


# The point and its meter ------------------------------------------------------------------------------


def test_a_point_that_ended_gives_its_meter_free(meter, point):
    one = meter()
    point(meter=one, ends_on=date(2016, 6, 30))
    assert point(meter=one).meter == one


def test_a_meter_measures_the_energy_of_its_point(meter, point):
    with pytest.raises(ValidationError, match="This meter measures another energy: Electricity"):
        point(meter=meter(), energy_id="water")


def test_an_exempt_point_says_why(point):
    with pytest.raises(ValidationError, match="An exempt point says why, and no other does"):
        point(is_exempt=True)
    with pytest.raises(ValidationError, match="An exempt point says why, and no other does"):
        point(exempt_reason="锅炉房整体计量")


def test_a_new_point_is_chosen_a_meter_of_its_unit(client, cast, make_enterprise, unit, meter):
    """On the page of a saved point; a foreign meter is not among the choices."""
    own, foreign = meter(), make_meter(cast, make_enterprise)
    saved = make_point(cast, make_enterprise, unit=unit, with_meter=False)
    client.force_login(cast.inspector_a)
    url = reverse("admin:inspections_meteringpoint_change", args=[saved.pk])
    data = posted(client, url)
    assert client.post(url, {**data, "meter": foreign.pk}).status_code == 200
    assert client.post(url, {**data, "meter": own.pk}).status_code == 302
    saved.refresh_from_db()
    assert saved.meter == own


def test_points_come_in_with_their_meters(cast, unit, meter, tmp_path):
    meter(own_no="DN-001")
    meter(own_no="SB-001", energy_id="water", use_id=None)
    book = Workbook()
    code = unit.enterprise.credit_code
    for cells in (
        ["用能单位", "计量点编号", "能源种类", "计量级别", "器具管理编号", "是否豁免", "豁免原因", "起始日期"],
        [code, "JL-1", "电力", "一级", "DN-001", "", "", date(2016, 1, 1)],
        [code, "JL-2", "电力", "三级", "", "是", "随锅炉房整体计量", date(2016, 1, 1)],
        [code, "JL-3", "电力", "一级", "SB-001", "", "", date(2016, 1, 1)],
        [code, "JL-4", "电力", "一级", "DN-999", "", "", date(2016, 1, 1)],
    ):
        book.active.append(cells)
    book.save(tmp_path / "points.xlsx")
    run = imported(tmp_path / "points.xlsx", cast.clerk_a, "metering-points")
    told = dict(run.problems.values_list("row", "reason"))
    assert (run.created, run.failed) == (2, 2)
    assert told == {
        4: "This meter measures another energy: Water.",
        5: "The unit has no meter with the number “DN-999”.",
    }
    assert [(each.number, bool(each.meter), each.is_exempt) for each in MeteringPoint.objects.order_by("pk")] == [
        ("JL-1", True, False),
        ("JL-2", False, True),
    ]


# The table of equipping rates ------------------------------------------------------------------------


def told(standing):
    return {
        (row.energy.pk if row.energy else "all", level): (cell.needed, cell.installed, cell.exempt, cell.verdict.value)
        for row in standing.rows
        for level, cell in row.cells
        if cell.needed or cell.exempt
    }


def test_the_rates_of_a_unit_by_hand(meter, point, unit):
    """Two incoming lines with meters; of three workshops two, of which one meter is stopped, and an exempt one; water
    is measured where it comes in."""
    for _each in range(2):
        point()
    point(level="sub_unit")
    stopped = meter(level="sub_unit", state="stopped", in_use_until=date(2016, 6, 30))
    point(level="sub_unit", meter=stopped)
    point(level="sub_unit", with_meter=False)
    point(level="sub_unit", is_exempt=True, exempt_reason="季节性采暖")
    point(energy_id="water")
    point(begins_on=date(2026, 1, 1), ends_on=date(2026, 1, 15), with_meter=False)  # gone by then
    found = standing_of(unit, LAST_OF_2006, scoped=everything)
    assert told(found) == {
        ("electricity", "unit"): (2, 2, 0, "met"),
        ("electricity", "sub_unit"): (3, 1, 1, "not_met"),
        ("water", "unit"): (1, 1, 0, "met"),
        ("all", "unit"): (3, 3, 0, "not_judged"),
        ("all", "sub_unit"): (3, 1, 1, "not_judged"),
    }
    assert told(standing_of(unit, date(2016, 6, 30), scoped=everything))["electricity", "sub_unit"] == (
        3, 2, 1, "not_met",
    )  # fmt: skip


def test_after_the_end_of_the_edition_nothing_is_judged(client, cast, point, unit):
    point()
    found = standing_of(unit, date(2026, 2, 1), scoped=everything)
    assert told(found)["electricity", "unit"] == (1, 1, 0, "not_judged")
    assert len(found.rules.problems) == 3  # one a table
    client.force_login(cast.inspector_a)
    url = reverse("inspections:equipping", args=[unit.pk])
    shown = client.get(url, {"on": "2026-02-01"}).content.decode()
    assert "GB 17167-2025 is in force from 2026-02-01, but its table “equipping rates asked for” is not on" in shown
    assert "Judged by" not in shown
    before = client.get(url, {"on": "2026-01-31"}).content.decode()
    assert "Judged by GB 17167-2006" in before
    assert "please import" not in before.lower()


def test_an_imported_table_is_judged_by(point, unit):
    point()
    EquippingRequirement.objects.create(
        edition="GB 17167-2025", effective_from=date(2026, 2, 1), energy_id="electricity", level="unit", rate=100
    )
    found = standing_of(unit, date(2026, 2, 1), scoped=everything)
    assert told(found)["electricity", "unit"] == (1, 1, 0, "met")
    assert len(found.rules.problems) == 2


def test_each_cell_opens_what_it_counts(client, cast, meter, point, unit):
    point(number="JL-A")
    point(number="JL-B", with_meter=False)
    point(number="JL-C", is_exempt=True, exempt_reason="季节性采暖")
    point(number="JL-D", energy_id="water")
    meter(own_no="DN-SPARE")
    client.force_login(cast.inspector_a)
    response = client.get(reverse("inspections:equipping", args=[unit.pk]), {"on": "2026-01-31"})
    [electricity, *_others] = response.context["rows"]
    cell = electricity.cells[0]
    opened = {
        name: [str(row) for row in client.get(url).context["cl"].queryset.order_by("pk")]
        for name, url in (("needed", cell.needed_url), ("exempt", cell.exempt_url))
    }
    assert opened == {"needed": ["JL-A", "JL-B"], "exempt": ["JL-C"]}
    meters = client.get(cell.installed_url).context["cl"].queryset
    assert [row.points.get().number for row in meters] == ["JL-A"]
    assert "Meters in use that stand at no metering point: 1." in response.content.decode()


def test_accuracy_of_each_meter(meter, unit):
    """Asked of an incoming line of user class I 0.5S, below the unit 0.5; of water in a small pipe 2.5."""
    meter(own_no="A", accuracy_class="0.2S")
    meter(own_no="B", accuracy_class="1.0")
    meter(own_no="C", accuracy_class="0.5", level="sub_unit")
    meter(own_no="D", accuracy_class="Ⅱ级", energy_id="water", use_id="water_small")
    meter(own_no="E", accuracy_class="2.5", energy_id="water", use_id=None)
    found = standing_of(unit, LAST_OF_2006, scoped=everything)
    assert [(str(each), asked) for each, asked in found.not_met] == [("电能表 B", "0.5S")]
    assert [(str(each), asked) for each, asked in found.unknown] == [("电能表 D", "2.5")]
    assert [(line.use and line.use.pk, line.asked, line.meters, line.met) for line in found.uses] == [
        ("electricity_1", "0.5", 1, 1),
        ("electricity_1", "0.5S", 2, 1),
        ("water_small", "2.5", 1, 0),
        (None, "", 1, 0),
    ]


def test_equipment_from_the_limit_on_needs_a_point(cast, make_enterprise, point, unit):
    """500 kW without a point; 500 kW with one; 90 kW is below 100 kW; of one the power is not stated; one is metered
    with its pump house."""
    bare = make_equipment(cast, make_enterprise, unit=unit, number="SB-1")
    point(level="equipment", equipment=make_equipment(cast, make_enterprise, unit=unit, number="SB-2"))
    make_equipment(cast, make_enterprise, unit=unit, number="SB-3", rated=90)
    silent = make_equipment(cast, make_enterprise, unit=unit, number="SB-4", rated=None, rated_unit="")
    make_equipment(cast, make_enterprise, unit=unit, number="SB-5", is_metered_above=True)
    found = standing_of(unit, LAST_OF_2006, scoped=everything)
    assert [(row.pk, need.is_needed) for row, need in found.without_point] == [(bare.pk, True), (silent.pk, None)]
    assert Rules.of(date(2026, 2, 1)).need_of(bare) is None


def test_the_table_asks_as_much_for_many_meters_as_for_one(client, cast, meter, point, unit):
    client.force_login(cast.inspector_a)
    url = reverse("inspections:equipping", args=[unit.pk]) + "?on=2026-01-31"

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    point()
    queries()  # what is remembered from one page to the next
    few = queries()
    for _each in range(12):
        point()
    assert queries() == few <= 25


def test_other_office_gets_404(client, cast, point, unit):
    point()
    client.force_login(cast.clerk_b)
    assert client.get(reverse("inspections:equipping", args=[unit.pk])).status_code == 404
    page = client.get(reverse("inspections:equipping-units"))
    assert (page.status_code, page.context["lines"]) == (200, [])
    for person in (cast.auditor, cast.system_admin, cast.security_admin):
        client.force_login(person)
        assert client.get(reverse("inspections:equipping-units")).status_code == 403


def test_the_list_of_units(client, cast, make_enterprise, point, unit):
    point()
    point(with_meter=False)
    make_unit(cast, make_enterprise)
    client.force_login(cast.clerk_a)
    page = client.get(reverse("inspections:equipping-units"), {"q": unit.enterprise.name})
    [(shown, cell)] = page.context["lines"]
    assert (shown, cell.needed, cell.installed) == (unit, 2, 1)
    for words in ("", "没有"):
        assert client.get(reverse("inspections:equipping-units"), {"q": words}).status_code == 200


def test_a_day_that_is_none_is_told(client, cast, unit):
    client.force_login(cast.clerk_a)
    response = client.get(reverse("inspections:equipping", args=[unit.pk]), {"on": "2026-13-45"})
    assert response.status_code == 200
    assert response.context["form"].errors


# Figures ---------------------------------------------------------------------------------------------


def figure(key, year, **options):
    [found] = compute([indicators.get(key)], "210000", Period.year(year), **options)
    return found


def test_the_rate_of_a_year(meter, point):
    """On the last day of 2016 three points need a meter, two have one in use: 66.67 %; a year before, none did."""
    point()
    point(energy_id="water")
    stopped = meter(state="stopped", in_use_until=date(2016, 12, 30))
    point(meter=stopped)
    point(is_exempt=True, exempt_reason="季节性采暖")
    assert (figure("energy.points_needed", 2016).value, figure("energy.points_metered", 2016).value) == (3, 2)
    assert f"{figure('energy.equipping_rate', 2016).value:.2f}" == "66.67"
    assert figure("energy.points_needed", 2015).value == 0
    assert figure("energy.meters", 2016).value == 3


def test_a_voided_meter_leaves_its_point_bare(cast, point):
    made = point()
    records.void(made.meter, by=cast.clerk_a, reason="重复")
    assert figure("energy.points_metered", 2016).value == 0
    assert told(standing_of(made.unit, LAST_OF_2006, scoped=everything))["electricity", "unit"] == (1, 0, 0, "not_met")
