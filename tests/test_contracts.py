"""Runs the contracts for every registered record kind; a kind without a maker fails."""

import pytest
from django.apps import apps
from django.contrib import admin

from bureau import scoping
from bureau.exchange.sheets import all_sheets
from bureau.models import Record
from bureau.reporting import indicators
from tests.contracts import MAKERS, IndicatorContract, RecordContract, SheetContract

pytestmark = pytest.mark.django_db
RECORD_KINDS = [model for model in apps.get_models() if issubclass(model, Record) and not scoping.is_history(model)]


def test_every_record_kind_has_a_maker_and_an_admin_page():
    assert RECORD_KINDS
    assert [model.__name__ for model in RECORD_KINDS if model not in MAKERS] == []
    assert [model.__name__ for model in RECORD_KINDS if model not in admin.site._registry] == []


@pytest.mark.parametrize("kind", RECORD_KINDS, ids=lambda kind: kind.__name__)
class TestEveryRecordKind(RecordContract):
    @pytest.fixture
    def row(self, kind, request):
        return MAKERS[kind](request.getfixturevalue)


@pytest.mark.parametrize("sheet", all_sheets(), ids=lambda sheet: sheet.key)
class TestEverySheet(SheetContract):
    @pytest.fixture
    def row(self, sheet, request):
        return MAKERS[sheet.model](request.getfixturevalue)


@pytest.mark.parametrize("indicator", indicators.every(), ids=lambda indicator: indicator.key)
class TestEveryIndicator(IndicatorContract):
    @pytest.fixture
    def rows(self, cast, request):
        """Rows of every record kind, kept in several places, in the year and beside it."""
        return [
            maker(request.getfixturevalue, by=by)
            for maker in MAKERS.values()
            for by in (cast.clerk_a, cast.clerk_a, cast.clerk_b, cast.clerk_county, cast.clerk_province)
        ]
