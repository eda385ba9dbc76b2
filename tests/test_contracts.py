"""Runs the contracts for every registered record kind; a kind without a maker fails."""

import pytest
from django.apps import apps
from django.contrib import admin

from bureau import scoping
from bureau.exchange.sheets import all_sheets
from bureau.models import Record
from bureau.reporting import indicators
from bureau.reporting.engine import compute, counted_from_rows
from bureau.reporting.indicators import Rate
from tests.contracts import MAKERS, IndicatorContract, RecordContract, SheetContract, amount

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
    def rows(self, cast, request, indicator):
        """Rows of the kinds that the figure counts and of what they hang on, kept in several places."""
        counted = {each.model for each in counted_from_rows([indicator])}
        return [
            maker(request.getfixturevalue, by=by)
            for kind, maker in MAKERS.items()
            if kind in counted or counted.isdisjoint(MAKERS)
            for by in (cast.clerk_a, cast.clerk_a, cast.clerk_b, cast.clerk_county, cast.clerk_province)
        ]


def test_no_figure_is_changed_by_rows_of_other_kinds(request, cast):
    """All kinds together: each figure is still what its own rows amount to."""
    for maker in MAKERS.values():
        for by in (cast.clerk_a, cast.clerk_a, cast.clerk_b, cast.clerk_county, cast.clerk_province):
            maker(request.getfixturevalue, by=by)
    counted = [each for each in indicators.every() if not isinstance(each, Rate)]
    for period in IndicatorContract.PERIODS:
        for figure in compute(counted, "210000", period):
            assert figure.value == amount(figure.indicator, figure.indicator.rows(period, "210000")), figure.indicator
