"""Energy meters: what is refused, and the unit's own Excel."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from openpyxl import Workbook

from bureau.due import kinds as due_kinds
from bureau.exchange import drafts, runs
from bureau.exchange.layouts.layout import Layout
from bureau.exchange.models import Import
from bureau.exchange.sheets import get_sheet
from inspections.models import EnergyMeter
from tests.energy_makers import (
    make_department,
    make_equipment,
    make_meter,
    make_point,
    make_unit,
)
from tests.ledger_makers import make_instrument

pytestmark = pytest.mark.django_db
DAY = date(2016, 5, 10)
LAST_OF_2006 = date(2026, 1, 31)
# As units keep it (JJF 1356, form B.4): neither the unit nor the level is a column.
FORM_B4 = ["序号", "名称", "型号规格", "准确度等级", "测量范围", "生产厂家", "出厂编号", "用能单位管理编号",
           "安装使用地点及用途", "检定周期/校准间隔（月）", "状态", "能源种类", "检定日期"]  # fmt: skip


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


# What is refused -----------------------------------------------------------------------------------


def test_a_meter_has_one_level(meter, point):
    """Neither the same meter twice, nor one meter at points of two levels."""
    first = meter(own_no="DN-1", level="unit")
    with pytest.raises(ValidationError, match="already has a meter with this number: a meter has one level"):
        meter(own_no="DN-1", level="sub_unit")
    with pytest.raises(ValidationError, match="The meter is recorded at “Level 1: whole unit”, the point at “Level 2"):
        point(level="sub_unit", meter=first)
    point(meter=first)
    with pytest.raises(ValidationError, match="This meter serves another metering point: each has its own"):
        point(meter=first)


def test_what_is_linked_is_of_the_same_unit(cast, make_enterprise, meter, point):
    department, equipment = make_department(cast, make_enterprise), make_equipment(cast, make_enterprise)
    with pytest.raises(ValidationError, match="This department belongs to another unit"):
        meter(department=department)
    with pytest.raises(ValidationError, match="This equipment belongs to another unit"):
        point(equipment=equipment)
    with pytest.raises(ValidationError, match="This meter belongs to another unit"):
        point(meter=make_meter(cast, make_enterprise))
    with pytest.raises(ValidationError, match="This piece is kept by another holder"):
        meter(instrument=make_instrument(cast, make_enterprise))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"state": "stopped"}, "A stopped meter states its last day in use"),
        ({"in_use_until": DAY}, "A stopped meter states its last day in use"),
        ({"state": "stopped", "in_use_until": DAY - timedelta(days=1)}, "It cannot end before it begins"),
        ({"own_no": "", "serial_no": ""}, "A meter has a serial no. or a number of the unit's own"),
        ({"last_verified_on": date(2099, 1, 1)}, "This day lies in the future"),
        ({"valid_until": DAY - timedelta(days=1)}, "It cannot run out before its first day"),
    ],
)
def test_a_meter_that_cannot_be(meter, values, said):
    with pytest.raises(ValidationError, match=said):
        meter(**values)


def test_the_last_valid_day_follows_from_the_period(meter):
    assert meter(last_verified_on=date(2016, 5, 10), interval_months=12).valid_until == date(2017, 5, 9)
    assert meter(last_verified_on=date(2016, 5, 10), interval_months=None).valid_until is None
    stated = meter(last_verified_on=date(2016, 5, 10), valid_until=date(2016, 12, 31))
    assert stated.valid_until == date(2016, 12, 31)


def test_a_meter_is_due_unless_the_ledger_tells(cast, make_enterprise, unit, meter):
    due = meter()
    meter(state="stopped", in_use_until=date(2016, 12, 31))
    meter(instrument=make_instrument(cast, make_enterprise, holder=unit.enterprise))
    assert [row.pk for row in due_kinds.find("energy.meter").rows(cast.clerk_a)] == [due.pk]


# The unit's own Excel --------------------------------------------------------------------------------


def form_b4(path, rows):
    book = Workbook()
    for cells in (FORM_B4, *rows):
        book.active.append(cells)
    book.save(path)
    return path


def listed(number, **changes):
    cells = {
        "序号": number, "名称": "电能表", "型号规格": "DTSD341", "准确度等级": "0.5S级", "测量范围": "3×1.5(6)A",
        "生产厂家": "某某仪表", "出厂编号": f"2024{number:04}", "用能单位管理编号": f"DN-{number:03}",
        "安装使用地点及用途": "1#主变进线", "检定周期/校准间隔（月）": 12, "状态": "合格", "能源种类": "电力",
        "检定日期": date(2016, 3, 1),
    }  # fmt: skip
    assert changes.keys() <= cells.keys()
    return [*{**cells, **changes}.values()]


def from_the_unit(path, by, unit, level="一级"):
    """Imported as a clerk does it: what the file does not say is stated once for all its rows."""
    run = drafts.receive(path, sheet=get_sheet("energy-meters"), office=by.office, by=by, file_name=path.name)
    layout = Layout.from_json(run.layout)
    stated = {"unit": unit.enterprise.credit_code, "level": level}
    found = drafts.assign(run, layout.places, [part.name for part in layout.parts], constants=stated, by=by)
    assert found.is_ready, found
    run.refresh_from_db()
    assert run.state == Import.State.PREVIEW
    assert runs.claim(run)
    runs.carry_out(run, lambda done, last: transaction.atomic())
    runs.finish(run)
    return run


def test_the_units_own_list_comes_in(cast, unit, tmp_path):
    with time_machine.travel("2016-06-01T10:00:00+08:00", tick=False):
        run = from_the_unit(form_b4(tmp_path / "表B4.xlsx", [listed(1), listed(2, 状态="准用")]), cast.clerk_a, unit)
    assert (run.created, run.failed) == (2, 0), list(run.problems.values_list("column", "reason"))
    first, second = EnergyMeter.objects.order_by("pk")
    assert (first.unit, first.level, first.energy_id, first.accuracy_class) == (unit, "unit", "electricity", "0.5S级")
    assert (first.own_no, first.interval_months, first.state) == ("DN-001", 12, "qualified")
    assert (first.last_verified_on, first.valid_until) == (date(2016, 3, 1), date(2017, 2, 28))
    assert first.in_use_from == date(2016, 3, 1)  # units do not say since when: at the latest since its verification
    assert second.state == "limited"


def test_the_same_list_again_changes_nothing(cast, unit, tmp_path):
    path = form_b4(tmp_path / "表B4.xlsx", [listed(1), listed(2)])
    from_the_unit(path, cast.clerk_a, unit)
    run = from_the_unit(path, cast.clerk_a, unit)
    assert (run.created, run.updated, run.unchanged, run.failed) == (0, 0, 2, 0)


def test_a_meter_without_a_number_of_the_units_is_known_by_its_serial_no(cast, unit, tmp_path):
    path = form_b4(tmp_path / "表B4.xlsx", [listed(1, 用能单位管理编号="")])
    from_the_unit(path, cast.clerk_a, unit)
    path = form_b4(tmp_path / "表B4.xlsx", [listed(1, 用能单位管理编号="", 准确度等级="0.2S")])
    run = from_the_unit(path, cast.clerk_a, unit)
    assert (run.created, run.updated) == (0, 1)
    assert EnergyMeter.objects.get().accuracy_class == "0.2S"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"状态": "停用"}, "A stopped meter states its last day in use"),
        ({"用能单位管理编号": "", "出厂编号": ""}, "must not be empty"),
        ({"用能单位管理编号": "DN-001"}, "has the same number already"),  # listed at two levels
        ({"能源种类": "空气"}, "Not one of the allowed values"),
        ({"检定周期/校准间隔（月）": -1}, "must not be less than 1"),
    ],
)
def test_a_bad_line_is_told_and_the_others_come_in(cast, unit, tmp_path, changes, said):
    run = from_the_unit(form_b4(tmp_path / "表B4.xlsx", [listed(1), listed(2, **changes)]), cast.clerk_a, unit)
    assert (run.created, run.failed) == (1, 1)
    assert said in " ".join(run.problems.values_list("reason", flat=True))
