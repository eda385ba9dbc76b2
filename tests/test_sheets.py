"""The registry of sheets, rows of JSON, and rules."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from django.db import models
from django.utils import translation

from benchmarks.models import TrialMonth
from bureau.exchange import sheets
from bureau.exchange.columns.text import TextColumn
from bureau.exchange.constraints import rules_of
from bureau.exchange.context import Context
from bureau.exchange.sheets import BadRow, Sheet, get_sheet, heading, register
from standards.models import MeasurementStandard

# The registry ------------------------------------------------------------------------------------


def test_the_registry_rejects_blanks_and_doubles():
    real = type(get_sheet("standards"))
    with pytest.raises(ValueError, match="twice"):
        register(real)
    for changes in ({"key": ""}, {"label": ""}, {"columns": ()}, {"natural_key": ()}):
        with pytest.raises(ValueError, match="needs"):
            register(type("Broken", (real,), {"key": "broken", **changes}))
    with pytest.raises(ValueError, match="no column"):
        register(type("Broken", (real,), {"key": "broken", "natural_key": ("colour",)}))
    assert sheets.find_sheet("broken") is None


def test_two_columns_may_not_share_a_heading():
    class Broken(Sheet):
        key, label, model, natural_key = "broken", "x", MeasurementStandard, ("certificate_no",)
        columns = (TextColumn("certificate_no", aliases=["名称"]), TextColumn("holder", aliases=["名 称"]))

    with pytest.raises(ValueError, match="two columns"):
        register(Broken)


@pytest.mark.parametrize(
    "text", ["*证书编号", "证书 编号", "证书编号：", "（证书编号）", "certificate_no", "CERTIFICATE NO."]
)
def test_headings_match_in_any_spelling(text):
    assert get_sheet("standards").column_for(text).name == "certificate_no"


def test_headings_of_both_languages_match_in_either():
    sheet = get_sheet("standards")
    for spoken in ("zh-hans", "en"):
        with translation.override(spoken):
            labels = [str(column.label) for column in sheet.columns]
        for active in ("zh-hans", "en"):
            with translation.override(active):
                assert [sheet.column_for(label) for label in labels] == list(sheet.columns)


def test_heading_of_nothing():
    assert heading("") == ""
    assert get_sheet("standards").column_for("我们的备注") is None


# Rules and JSON ----------------------------------------------------------------------------------


def raw_row(**changes):
    return {
        "name": "砝码",
        "kind": "public",
        "tier": "省级",
        "grade": "最高",
        "field": "12",
        "holder": "院",
        "measuring_range": "1",
        "uncertainty": "2",
        "issuing_authority": "局",
        "certificate_no": "1",
        "issued_on": "2016-06-01",
        "valid_until": "2021-05-31",
        **changes,
    }


def test_a_row_of_json_goes_through_the_same_rules(cast):
    sheet, context = get_sheet("standards"), Context(cast.clerk_a.office)
    values = sheet.validate(raw_row(), context)
    assert (values["tier"], values["field"], values["established_on"]) == ("provincial", "12", date(2016, 6, 1))
    for changes, columns in [
        ({"name": None, "tier": "x"}, {"name", "tier"}),
        ({"valid_until": "2011-01-01"}, {"valid_until"}),
        ({"holder": "=1"}, {"holder"}),
        ({"classification_code": "1211650"}, {"classification_code"}),
        ({"classification_code": "99116500"}, {"classification_code"}),
        ({"classification_code": "15116500"}, {"classification_code"}),  # the field is 12
        ({"region": "210122", "issued_on": "2019-01-01"}, {"region"}),
    ]:
        with pytest.raises(BadRow) as caught:
            sheet.validate(raw_row(**changes), context)
        assert {problem.column for problem in caught.value.problems} == columns


def test_a_constraint_on_a_part_of_a_day():
    [rule] = rules_of(TrialMonth)
    assert rule.names == ("month",)
    days = {date(2016, 5, 1): True, date(2016, 5, 2): False, None: None}
    assert {day: rule.holds({"month": day}) for day in days} == days


def test_every_check_constraint_of_a_sheet_s_model_is_held_without_the_database(cast, make_standard):
    """The importer's own evaluation and the database's agree, value by value."""
    for sheet in sheets.all_sheets():
        wanted = {c.name for c in sheet.model._meta.constraints if isinstance(c, models.CheckConstraint)}
        assert len(rules_of(sheet.model)) == len(wanted)
    days = [None, date(2016, 1, 1), date(2017, 1, 1), date(2018, 1, 1)]
    choices = {
        "established_on": days,
        "issued_on": days,
        "valid_until": days,
        "certificate_no": ["", "证字第1号"],
        "original_value": [None, Decimal("-0.01"), Decimal(0), Decimal("12.50")],
    }
    standard = make_standard()
    conditions = [c.condition for c in standard._meta.constraints if isinstance(c, models.CheckConstraint)]
    for condition, rule in zip(conditions, rules_of(type(standard)), strict=True):
        for combination in product(*(choices[name] for name in rule.names)):
            values = dict(zip(rule.names, combination, strict=True))
            # "Unknown" (a comparison with an empty value) lets a row pass, here as in the database.
            against = {name: models.Value(values[name], standard._meta.get_field(name)) for name in rule.names}
            assert (rule.holds(values) is not False) is condition.check(against), (values, rule.names)
