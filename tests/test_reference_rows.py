"""Editions of a rule table."""

from datetime import date

import pytest

from standards.models import ComparisonRule

pytestmark = pytest.mark.django_db


def test_an_edition_without_a_first_day_is_the_oldest(reference):
    ComparisonRule.objects.all().delete()
    for edition, begins in (("2030", date(2030, 1, 1)), ("old", None), ("2020", date(2020, 1, 1))):
        ComparisonRule.objects.create(edition=edition, clause="5", factor=2, limit=1, effective_from=begins)
    assert [row.edition for row in ComparisonRule.objects.newest_first()] == ["2030", "2020", "old"]
    assert [ComparisonRule.of(date(year, 6, 1)).edition for year in (2031, 2025, 2010)] == ["2030", "2020", "old"]
