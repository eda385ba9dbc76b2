"""How files name an institution of several capacities, so that its row is found again."""

from datetime import date

import pytest
from django.utils import translation

from bureau.exchange.columns.base import CellError
from bureau.exchange.context import Context, Lookups
from bureau.exchange.sheets import get_sheet
from tests.institutions import make_institution

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(cast):
    return {
        "former": make_institution(cast, name="市院（总部）", begins_on=date(2000, 1, 1), ends_on=date(2005, 1, 1)),
        "legal": make_institution(cast, name="市院（总部）", begins_on=date(2006, 1, 1)),
        "producer": make_institution(cast, name="市院（总部）", kind="reference_material_producer"),
    }


def read(text, cast):
    column = get_sheet("technicians").by_name["institution"]
    return column.read(text, Context(cast.clerk_a.office))


def test_every_row_is_read_as_it_is_written(house, cast):
    column = get_sheet("technicians").by_name["institution"]
    for language in ("zh-hans", "en"):
        with translation.override(language):
            keys = [row.pk for row in house.values()]
            texts = column.render_all(keys, Lookups())
            assert len(set(texts)) == 3
            assert [read(text, cast) for text in texts] == keys


def test_the_verifying_and_present_one_is_meant(house, cast):
    for text in ("市院（总部）", "市院(总部)", " 市院（总部） "):
        assert read(text, cast) == house["legal"].pk


def test_of_two_equal_ones_the_kind_has_to_be_written(cast):
    """Neither verifies, so neither comes first."""
    make_institution(cast, name="甲中心", kind="industry_test_centre")
    make_institution(cast, name="甲中心", kind="weighing_station")
    with pytest.raises(CellError):
        read("甲中心", cast)
    with pytest.raises(CellError):
        read("无此机构", cast)
