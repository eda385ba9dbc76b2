"""The summary as JSON, the commands that write it, and the guarded writer of workbooks."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook

from bureau.reporting import indicators, tallies
from bureau.reporting.indicators import Rate, Section
from bureau.reporting.periods import Period
from bureau.reporting.regions import parts
from bureau.workbooks import CUT_MARK, MAX_TEXT, put, quoted, sheet_name
from tests.cast import CITY_A, CITY_B, PROVINCE

YEAR = Period.year(2016)


def run(command, *arguments):
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def summary_json(*arguments):
    return json.loads(run("summary", *arguments))


def figure_of(summary, key):
    return next(figure for figure in summary["figures"] if figure["key"] == key)


@pytest.fixture
def published(make_standard, cast):
    """Ten standards of 2016 and two of the year before."""
    for number in range(10):
        by = (cast.clerk_province, cast.clerk_a, cast.clerk_b)[number % 3]
        tier = "provincial" if by is cast.clerk_province else "municipal"
        make_standard(by=by, tier=tier, field_id=("01", "12", "51")[number % 3], issued_on=date(2016, 5, number + 1))
    make_standard(by=cast.clerk_a, issued_on=date(2015, 5, 1))
    make_standard(by=cast.clerk_b, issued_on=date(2015, 6, 1), grade="highest")


# JSON --------------------------------------------------------------------------------------------


def test_the_json_keeps_its_shape(published):
    summary = summary_json("--region", PROVINCE, "--year", "2016", "--format", "json")

    assert set(summary) == {"region", "period", "figures"}
    assert summary["region"] == PROVINCE
    assert summary["period"] == {"from": "2016-01-01", "to": "2016-12-31"}
    established = figure_of(summary, "standards.established")
    breakdowns = established.pop("breakdowns")
    assert established == {
        "key": "standards.established",
        "label": _("Public measurement standards set up"),
        "unit": _("items"),
        "value": 10,
        "previous": 2,
        "target": None,
        "completion": None,
    }
    assert set(breakdowns) == {"tier", "grade", "field", "region"}
    assert breakdowns["tier"] == {"regional": 0, "provincial": 4, "municipal": 6, "county": 0}
    assert breakdowns["region"] == {**dict.fromkeys(parts(PROVINCE, YEAR), 0), PROVINCE: 4, CITY_A: 3, CITY_B: 3}


def test_two_days_are_a_period_too(published):
    summary = summary_json("--region", CITY_A, "--from", "2016-05-02", "--to", "2016-05-05")

    assert summary["period"] == {"from": "2016-05-02", "to": "2016-05-05"}
    assert [figure["value"] for figure in summary["figures"]][:2] == [2, 3]


def test_numbers_are_json_numbers_and_an_undefined_rate_is_null(published):
    class Share(Rate):
        key, label, unit, section = "test.share", "Share", "%", Section.SCIENTIFIC
        definition = "For the test."
        numerator, denominator = "standards.highest_in_force", "standards.in_force"

    indicators.register(Share)
    try:
        share = figure_of(summary_json("--region", PROVINCE, "--year", "2016"), "test.share")
        assert share["value"] == pytest.approx(100 / 12)
        assert (share["previous"], share["breakdowns"]["tier"]["county"]) == (50, None)
        assert isinstance(share["previous"], int)
        assert figure_of(summary_json("--region", "110000", "--year", "2016"), "test.share")["value"] is None
    finally:
        indicators.unregister("test.share")


def test_it_writes_a_file(published, tmp_path):
    target = tmp_path / "summary.json"
    assert run("summary", "--region", PROVINCE, "--year", "2016", "--output", str(target)) == ""
    assert json.loads(target.read_text(encoding="utf-8"))["region"] == PROVINCE


@pytest.mark.parametrize(
    "arguments",
    [
        ("--region", "999999", "--year", "2016"),
        ("--region", "212100", "--year", "2016"),
        ("--region", PROVINCE),
        ("--region", PROVINCE, "--year", "two thousand"),
        ("--region", PROVINCE, "--year", "2016", "--from", "2016-01-01"),
        ("--region", PROVINCE, "--from", "2016-02-30", "--to", "2016-03-01"),
        ("--region", PROVINCE, "--from", "2016-03-02", "--to", "2016-03-01"),
        ("--region", PROVINCE, "--year", "2016", "--output", "/nowhere/at/all.json"),
    ],
)
def test_it_rejects_what_it_cannot_answer(reference, arguments):
    with pytest.raises(CommandError) as error:
        run("summary", *arguments)
    assert error.value.returncode == 1
    assert len(str(error.value).splitlines()) == 1


def test_a_period_before_any_record_gives_nothing(reference):
    figures = summary_json("--region", PROVINCE, "--year", "1950")["figures"]
    assert {figure["value"] for figure in figures} == {0, None}  # a rate of nothing is no number


# Indicators, tallies -----------------------------------------------------------------------------


def test_the_list_of_indicators_keeps_its_shape(reference):
    listed = {each["key"]: each for each in json.loads(run("indicators", "--format", "json"))}

    in_force = listed["standards.in_force"]
    assert set(in_force) == {"key", "label", "unit", "section", "kind", "definition", "basis", "dimensions"}
    assert in_force["kind"] == "stock"
    assert in_force["section"] == "scientific"
    assert in_force["dimensions"]["tier"] == ["regional", "provincial", "municipal", "county"]
    assert len(in_force["dimensions"]["field"]) == 18
    assert in_force["dimensions"]["region"] == []
    assert len(listed["standards.fields_covered"]["dimensions"]["field"]) == 10


def test_no_tally_is_nothing_to_check(monkeypatch):
    monkeypatch.setattr(tallies, "every", list)
    assert _("There are no tallies to check.") in run("check_tallies")


@pytest.mark.django_db
def test_a_tally_that_differs_is_named():
    class Wrong(tallies.Tally):
        key, label = "test.wrong", "Wrong"

        def differences(self):
            return ["210100 2016-05", "210200 2016-06"]

    tallies.register(Wrong)
    out = StringIO()
    try:
        with pytest.raises(SystemExit) as stopped:
            call_command("check_tallies", stdout=out)
    finally:
        tallies.unregister("test.wrong")
    assert stopped.value.code == 1
    assert "test.wrong 210100 2016-05" in out.getvalue()


# The guarded writer ------------------------------------------------------------------------------


@pytest.fixture
def written(tmp_path):
    """Writes one value and gives back the cell as another program finds it."""

    def write(value):
        workbook = Workbook()
        is_cut = put(workbook.active["A1"], value)
        workbook.save(tmp_path / "one.xlsx")
        cell = load_workbook(tmp_path / "one.xlsx").active["A1"]
        return cell.value, cell.data_type, is_cut

    return write


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "#N/A", "007"])
def test_a_text_stays_a_text(written, text):
    assert written(text) == (text, "s", False)


def test_what_a_cell_cannot_hold_is_left_out_or_cut_with_a_mark(written):
    assert written("a\x00\x0bb\ud800\r\nc") == ("ab\nc", "s", False)
    text, _kind, is_cut = written("=" + "长" * MAX_TEXT)
    assert (len(text), text[-1], is_cut) == (MAX_TEXT, CUT_MARK, True)
    assert written("长" * MAX_TEXT)[2] is False


def test_times_with_a_zone_become_local(written):
    assert written(datetime(2016, 12, 31, 16, 30, tzinfo=UTC))[0].isoformat() == "2017-01-01T00:30:00"
    assert written(date(1899, 12, 31))[0] == "1899-12-31"


def test_numbers_that_would_lose_digits_become_text(written):
    assert written(Decimal("12.50"))[:2] == (12.5, "n")
    assert written(123456789012345678)[:2] == ("123456789012345678", "s")
    assert written(float("nan"))[0] == "nan"


def test_names_inside_formulas_are_quoted():
    assert quoted('he said "so"') == '"he said ""so"""'
    assert quoted("Bob's", mark="'") == "'Bob''s'"
    assert sheet_name("a/b:c[d]" + "x" * 40) == "a b c d " + "x" * 23
