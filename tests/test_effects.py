"""What a file would do to the figures is exactly what its import does to them."""

import dataclasses
from collections import Counter
from datetime import date
from functools import partial

import pytest
from django.db import connections, transaction
from django.db.models import Q
from django.utils import timezone, translation

from benchmarks import effects as ledger
from benchmarks import trial_rows
from bureau import effects as ground
from bureau import records
from bureau.exchange import effects, importing, runs
from bureau.exchange.models import Import
from bureau.exchange.sheets import get_sheet
from bureau.reporting import effects as reporting
from bureau.reporting import indicators, tallies
from bureau.reporting.engine import compute, counted_from_rows, nothing_of
from bureau.reporting.indicators import Distinct, Rate, Section, Sum, register, unregister
from bureau.reporting.intervals import Kind
from bureau.reporting.periods import Period
from bureau.reporting.questions import Part
from standards.indicators.standard import Established, InForce, PublicStandards
from standards.models import MeasurementStandard
from tests.cast import CITY_B, PROVINCE
from tests.random_standards import Sender, as_row, example, received

pytestmark = pytest.mark.django_db(transaction=True)

CHANGE = ("change", "parts")
FIRST, LAST = 1999, timezone.localdate().year


@pytest.fixture
def more_indicators():
    """Measures that no figure of today has: names of holders, years of validity as an amount, rates of both kinds."""

    @register
    class Holders(PublicStandards):
        key, label, unit, definition = "test.holders", "持有单位", "家", "Distinct by a column that is no dimension."
        predicate = Q()
        measure = Distinct("holder")
        interval = Established.interval

    @register
    class Versions(PublicStandards):
        key, label, unit, definition = "test.versions", "录入次数", "次", "A sum over a column that an import changes."
        measure = Sum("version")
        interval = InForce.interval

    @register
    class HighestShare(Rate):
        key, label, unit, definition, section = "test.share", "最高占比", "%", "A stock by a stock.", Section.SCIENTIFIC
        numerator, denominator = "standards.highest_in_force", "standards.in_force"

    @register
    class FieldsByHolder(Rate):
        key, label, unit, definition, section = "test.rate", "比", "%", "Distinct by distinct.", Section.SCIENTIFIC
        numerator, denominator = "standards.fields_covered", "test.holders"

    yield
    for key in ("test.holders", "test.versions", "test.share", "test.rate"):
        unregister(key)


@pytest.fixture
def receive(cast, tmp_path):
    return partial(received, by=cast.clerk_province, folder=tmp_path)


def carry_out(run):
    assert runs.claim(run)
    runs.carry_out(run, lambda done, last: transaction.atomic())


def figures_of_standards(region=PROVINCE, user=None):
    """By year, the latest first; what counts rows of no table of the app stands still anyway."""
    wanted = [
        each
        for each in indicators.every()
        if {part.model._meta.app_label for part in counted_from_rows([each])} == {"standards"}
    ]
    return {
        year: compute(wanted, region, Period.year(year), user=user, previous=False)
        for year in range(LAST, FIRST - 1, -1)
    }


def parts_before(old, new):
    """A part that only rows of now have was nothing before."""
    nothing = nothing_of(new.indicator)
    return {name: {**dict.fromkeys(parts, nothing), **old.breakdowns[name]} for name, parts in new.breakdowns.items()}


def differences(before, after):
    """What every figure of every year would say, from the figures before and after."""
    return [
        effect.as_json()
        for year, figures in after.items()
        for old, new in zip(before[year], figures, strict=True)
        if (
            effect := reporting._effect(
                dataclasses.replace(new, previous=old.value, previous_breakdowns=parts_before(old, new)),
            )
        )
    ]


def told_of(key, effects):
    """What is said of a figure that is listed for one year."""
    (found,) = [figure for figure in effects["figures"] if figure["key"] == key]
    return found


def told_once(every):
    """Without the stocks that change as they already do in the year before."""
    by_year = {(effect["key"], effect["period"]): effect for effect in every}

    def goes_on(effect):
        indicator = indicators.get(effect["key"])
        year = int(effect["period"][:4])
        before = by_year.get((effect["key"], Period.year(year - 1).label))
        is_stock = indicator.kind is Kind.STOCK and not isinstance(indicator.measure, Distinct)
        return is_stock and before and [before[key] for key in CHANGE] == [effect[key] for key in CHANGE]

    return [effect for effect in every if not goes_on(effect)]


# By hand ------------------------------------------------------------------------------------------


def test_it_works(receive, cast, make_standard):
    make_standard(by=cast.clerk_b, valid_until=date(2017, 5, 9))
    run = receive([example(1), example(2), example(3, tier="county"), example(4, kind="authorised")])

    with translation.override("zh-hans"):
        found = effects.work_out(run, user=cast.clerk_province)
    with translation.override("en"):
        in_english = effects.work_out(run, user=cast.clerk_province)

    assert found["skipped"] == ""
    shown = [(f["key"], f["period"], f["before"], f["after"], f["change"]) for f in found["figures"]]
    assert shown[:4] == [
        ("standards.expired", "2017年", "1", "4", "+3"),  # once: every later year has these three more
        ("standards.established", "2016年", "1", "4", "+3"),
        ("standards.in_force", "2016年", "1", "4", "+3"),
        ("standards.fields_covered", "2016年", "1", "1", "0"),  # the field is new to a city and a tier
    ]
    _expired, established, in_force, _covered, *_others = found["figures"]
    assert (established["label"], established["unit"]) == ("新建社会公用计量标准", "项")
    assert established["url"] == f"/figures/standards.established/?region={PROVINCE}&from=2016-01-01&to=2016-12-31"
    assert [tuple(part.values()) for part in established["parts"]] == [
        ("层级", "市级", "+2"),
        ("层级", "县级", "+1"),
        ("地区", "沈阳市", "+3"),
        ("等级", "次级", "+3"),
        ("计量领域", "力学", "+3"),
    ]
    assert in_force["parts"] == established["parts"]
    assert in_english["figures"][1]["label"] == "Public measurement standards set up"


def test_a_row_that_moves_leaves_one_part_for_another(receive, cast, make_standard):
    standard = make_standard(by=cast.clerk_a, valid_until=date(2017, 5, 9))
    run = receive([{**as_row(standard), "region": CITY_B, "valid_until": date(2016, 12, 30)}])

    found = effects.work_out(run, user=cast.clerk_province)["figures"]

    changes = {(figure["key"], figure["period"]): figure["change"] for figure in found}
    assert (
        changes.items()
        >= {
            ("standards.established", "2016年"): "0",
            ("standards.in_force", "2016年"): "-1",
            ("standards.expired", "2016年"): "+1",
            ("standards.expired", "2017年"): "0",  # there they are one each, only in other cities
            ("standards.fields_covered", "2016年"): "-1",
        }.items()
    )
    (established,) = [figure for figure in found if figure["key"] == "standards.established"]
    assert [part["change"] for part in established["parts"]] == ["-1", "+1"]


def test_a_distinct_key_of_another_record_counts_neither_twice_nor_as_lost(receive, cast, make_standard):
    make_standard(by=cast.clerk_a, field_id="12", valid_until=date(2017, 5, 9))
    moved = make_standard(by=cast.clerk_a, field_id="12", valid_until=date(2017, 5, 9))
    run = receive([{**as_row(moved), "field": "01"}, example(2, field="12", tier="county")])

    figures = {figure["key"]: figure for figure in effects.work_out(run, user=cast.clerk_province)["figures"]}

    covered = figures["standards.fields_covered"]
    assert (covered["before"], covered["after"]) == ("1", "2")
    assert {part["label"]: part["change"] for part in covered["parts"]} == {
        "沈阳市": "+1", "市级": "+1", "县级": "+1", "次级": "+1", "几何量": "+1",
    }  # fmt: skip


def test_nothing_to_write_changes_nothing(receive, cast, make_standard):
    standard = make_standard(by=cast.clerk_province)
    run = receive([as_row(standard), example(1, field="99")])
    assert effects.work_out(run, user=cast.clerk_province) == {"figures": [], "skipped": ""}


def test_of_all_or_nothing_one_failed_row_leaves_nothing(receive, cast):
    for field, expected in (("12", {"+2"}), ("99", set())):
        run = receive([example(1), example(2, field=field, tier="county")])
        run.mode = Import.Mode.ALL_OR_NOTHING
        found = effects.work_out(run, user=cast.clerk_province)["figures"]
        assert {figure["change"] for figure in found if figure["key"] == "standards.established"} == expected


def test_only_the_latest_years_are_listed(receive, cast, monkeypatch):
    monkeypatch.setattr(reporting, "SHOWN_YEARS", 2)
    run = receive([example(year, issued_on=date(year, 7, 1)) for year in (2001, 2008, 2015)])

    found = effects.work_out(run, user=cast.clerk_province)

    assert {figure["period"] for figure in found["figures"]} == {"2016年", "2015年"}
    assert "2015" in found["skipped"]


def test_years_to_come_are_nobodys_figures_yet(receive, cast):
    year = timezone.localdate().year
    run = receive([example(1, issued_on=date(year, 1, 1)), example(2, issued_on=date(year + 40, 1, 1))])

    found = effects.work_out(run, user=cast.clerk_province)["figures"]

    assert {(figure["period"], figure["change"]) for figure in found} == {(f"{year}年", "+1")}


def test_long_files_are_left_out(receive, cast, settings):
    settings.EFFECTS_MAX_ROWS = 2
    run = receive([example(number) for number in range(3)])

    found = effects.work_out(run, user=cast.clerk_province)

    assert found["figures"] == []
    assert "2" in found["skipped"]


def test_it_keeps_to_the_scope_of_the_reader(receive, cast, make_standard):
    make_standard(by=cast.clerk_a)
    run = receive([example(1), example(2, region=CITY_B), example(3, region=CITY_B)])

    for reader, expected in ((cast.clerk_province, ("1", "4")), (cast.clerk_a, ("1", "2")), (cast.clerk_b, ("0", "2"))):
        established = told_of("standards.established", effects.work_out(run, user=reader))
        assert (established["before"], established["after"]) == expected


def test_no_tally_is_asked_about_copies(receive, cast, make_standard):
    """It holds the sums of the whole table: good for the present figure, not for the rows that change."""
    ordinary, asked = connections["default"], []

    class Ledger(tallies.Tally):
        key, label = "test.ledger", "Ledger"

        def answer(self, question):
            assert connections["default"] is ordinary
            asked.append(question)
            return [Part(question.columns, question.query())]

    tallies.register(Ledger)
    former, Established.tally = Established.tally, "test.ledger"
    try:
        make_standard(by=cast.clerk_a)
        found = effects.work_out(receive([example(1)]), user=cast.clerk_province)
    finally:
        Established.tally = former
        tallies.unregister("test.ledger")
    assert asked
    established = told_of("standards.established", found)
    assert (established["before"], established["after"]) == ("1", "2")


def test_a_unique_column_beside_the_key_is_held_by_the_real_rows(receive, cast, monkeypatch):
    """What the database refuses in the import it refuses in the trial, though the other record is not in the file."""
    sheet = get_sheet("trial-verifications")
    on_record, again, new = trial_rows.verifications(3)
    records.bulk_add([on_record], by=None)
    again.certificate_no = on_record.certificate_no
    monkeypatch.setattr(sheet, "natural_key", ("serial_no",))
    run = receive([as_row(again, sheet), as_row(new, sheet)], sheet=sheet)

    with ledger.figures_of_the_ledger():
        told = effects.work_out(run, user=cast.clerk_province)["figures"]
    carry_out(run)

    assert (run.created, run.failed) == (1, 1)
    assert [figure["change"] for figure in told if figure["key"] == "trial.verified"] == ["+1"]


def test_cells_are_read_beside_the_real_records(receive, cast, make_standard, monkeypatch):
    """A column may refer to any record, brought or not."""
    make_standard()
    in_sight = []
    column = get_sheet("standards").by_name["name"]
    monkeypatch.setattr(column, "prepare", lambda *_: in_sight.append(MeasurementStandard.objects.count()))

    effects.work_out(receive([example(1)]), user=cast.clerk_province)

    assert in_sight == [1]


def test_a_model_that_nothing_counts_has_no_gauge(cast):
    from bureau.models import Attachment

    assert ground.gauges([Attachment], PROVINCE, cast.clerk_a) == []
    assert len(ground.gauges([MeasurementStandard], PROVINCE, cast.clerk_a)) == 1


# At random ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(2))
def test_it_is_what_the_import_does(seed, receive, cast, more_indicators, monkeypatch):
    """Twelve files in a row, each upon what the ones before have left, in chunks so small that rows meet over them."""
    monkeypatch.setattr(importing, "CHUNK", 7)
    monkeypatch.setattr(reporting, "SHOWN_YEARS", 100)
    sender, met = Sender(seed), Counter()
    before = figures_of_standards(user=cast.clerk_province)
    for number in range(12):
        run = receive(sender.rows())
        told = effects.work_out(run, user=cast.clerk_province)
        assert MeasurementStandard.objects.filter(import_id=run.pk).count() == 0

        carry_out(run)

        after = figures_of_standards(user=cast.clerk_province)
        assert told["figures"] == told_once(differences(before, after)), f"file {number}"
        before = after
        met.update(created=run.created, updated=run.updated, failed=run.failed)
        met.update(figure["key"] for figure in told["figures"])
    assert min(met["created"], met["updated"], met["failed"]) > 20
    of_standards = {each.key for each in indicators.every() if getattr(each, "model", None) is MeasurementStandard}
    assert of_standards | {"test.share", "test.rate"} <= met.keys()
