"""A year that was frozen: what is kept and sealed, and each later difference under its cause, worked by hand."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from bureau import records
from bureau.models import Operation
from bureau.reporting import digests, freezing, indicators, versions
from bureau.reporting.differences.causes import Cause
from bureau.reporting.differences.explaining import Difference
from bureau.reporting.models import DefinedIndicator, EnteredValue, FrozenYear
from bureau.reporting.periods import Period
from enterprises import merging
from enterprises.models import ServiceVisit
from inspections import ledger
from inspections.models import Verification
from standards import lifecycle
from standards.models import MeasurementStandard, StandardEvent
from tests.cast import CITY_A, CITY_B, PROVINCE
from tests.figure_makers import make_defined, make_entered
from tests.ledger_makers import make_verification
from tests.service_makers import make_visit

pytestmark = pytest.mark.django_db
# The past is looked at from a connection of its own.
OF_ITS_OWN = pytest.mark.django_db(transaction=True)
ESTABLISHED = "standards.established"


@pytest.fixture
def freeze(cast):
    """City A's 2016 unless another is named."""

    def frozen(region=CITY_A, year=2016):
        return freezing.freeze(region, year, office=cast.manager_province.office, by=cast.manager_province)

    return frozen


def explained(frozen, key):
    indicator = indicators.get(key)
    return Difference.of(frozen, [indicator]).explain([indicator])[key]


def causes(explanation, *slot):
    """What is not nothing, by cause."""
    found = {cause: explanation.amount(cause, *slot) for cause in Cause}
    return {cause: amount for cause, amount in found.items() if amount}


def rows(explanation, cause, *slot):
    return [row for item in explanation.items_of(cause, *slot) for row in item.rows]


def change(row, by, **values):
    row = type(row).objects.get(pk=row.pk)
    for name, value in values.items():
        setattr(row, name, value)
    return records.save(row, by=by, reason="更正")


class TestFreezing:
    def test_it_keeps_figures_definitions_and_parts(self, cast, make_standard, freeze):
        make_standard()
        make_standard(tier="provincial")
        frozen = freeze()
        assert (frozen.region_id, frozen.year, frozen.number) == (CITY_A, 2016, 1)
        assert frozen.frozen_by == cast.manager_province
        assert frozen.value(ESTABLISHED) == 2
        assert frozen.value(ESTABLISHED, "tier", "provincial") == 1
        assert frozen.value(ESTABLISHED, "region", CITY_A) == 2
        kept = frozen.figures[ESTABLISHED]
        assert kept["version"] == versions.of(indicators.get(ESTABLISHED))
        assert kept["definition"] == str(indicators.get(ESTABLISHED).definition)
        assert set(frozen.figures) >= {indicator.key for indicator in indicators.every()}

    def test_an_undefined_rate_is_kept_as_such(self, freeze):
        assert freeze().value("complaints.answered_in_time_rate") is None

    def test_decimals_are_kept_exactly(self, cast, freeze):
        row = make_entered(cast, indicator="energy.intensity_decline", value=Decimal("3.4"))
        assert freeze().value(row.indicator) == Decimal("3.4")

    def test_a_year_is_frozen_once(self, freeze):
        freeze()
        with pytest.raises(freezing.CannotFreeze, match="2016"):
            freeze()
        assert FrozenYear.objects.count() == 1

    def test_a_year_that_runs_is_not_frozen(self, freeze):
        with pytest.raises(freezing.CannotFreeze):
            freeze(year=date.today().year)
        assert not FrozenYear.objects.exists()

    @OF_ITS_OWN
    def test_of_two_at_once_one_freezes(self, cast):
        together = Barrier(2)

        def work(region):
            try:
                together.wait(10)
                return freezing.freeze(region, 2016, office=cast.manager_province.office, by=cast.manager_province).pk
            except freezing.CannotFreeze as problem:
                return str(problem)
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(work, [CITY_A, CITY_A]))
        assert sorted(type(result) for result in results if isinstance(result, int)) == [int]
        assert FrozenYear.objects.filter(region=CITY_A).count() == 1

    @OF_ITS_OWN
    def test_two_regions_at_once_make_one_chain(self, cast):
        together = Barrier(2)

        def work(region):
            try:
                together.wait(10)
                freezing.freeze(region, 2016, office=cast.manager_province.office, by=cast.manager_province)
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(work, [CITY_A, CITY_B]))
        first, second = FrozenYear.objects.order_by("pk")
        assert (first.previous_seal, second.previous_seal) == (freezing.BEGINNING, first.seal)
        assert list(freezing.broken()) == []

    def test_it_is_written_into_the_operations_log(self, freeze):
        frozen = freeze()
        line = Operation.objects.get(action=Operation.Action.FREEZE)
        assert (line.detail["year"], line.detail["seal"]) == (2016, frozen.seal)


class TestSeal:
    def test_it_breaks_with_what_it_seals(self, make_standard, freeze):
        make_standard()
        frozen = freeze()
        assert freezing.is_intact(frozen)
        figures = {**frozen.figures, ESTABLISHED: {**frozen.figures[ESTABLISHED], "value": "2"}}
        FrozenYear.objects.filter(pk=frozen.pk).update(figures=figures)
        tampered = FrozenYear.objects.get(pk=frozen.pk)
        assert not freezing.is_intact(tampered)
        assert list(freezing.broken()) == [tampered]

    def test_a_year_taken_out_breaks_the_next(self, freeze):
        first, second = freeze(), freeze(CITY_B)
        FrozenYear.objects.filter(pk=first.pk).delete()
        assert list(freezing.broken()) == [second]
        assert not freezing.is_intact(second)

    def test_what_is_sealed_cannot_be_saved_or_deleted(self, freeze):
        frozen = freeze()
        frozen.year = 2015
        with pytest.raises(TypeError):
            frozen.save()
        with pytest.raises(TypeError):
            frozen.save(update_fields=["figures"])
        with pytest.raises(TypeError):
            frozen.delete()

    def test_the_command_names_the_broken_ones(self, freeze, capsys):
        frozen = freeze()
        call_command("check_frozen_years")
        assert "1" in capsys.readouterr().out
        FrozenYear.objects.filter(pk=frozen.pk).update(definitions="0" * 16)
        with pytest.raises(CommandError):
            call_command("check_frozen_years")


class TestReopening:
    def test_it_needs_a_reason_and_makes_a_second_version(self, cast, make_standard, freeze):
        freeze()
        with pytest.raises(freezing.CannotFreeze):
            freezing.reopen(CITY_A, 2016, by=cast.manager_province, reason=" ")
        freezing.reopen(CITY_A, 2016, by=cast.manager_province, reason="漏报")
        assert freezing.latest(CITY_A, 2016) is None
        make_standard()
        second = freeze()
        assert (second.number, second.value(ESTABLISHED)) == (2, 1)
        assert freezing.latest(CITY_A, 2016) == second
        assert list(freezing.broken()) == []

    def test_a_year_that_was_not_frozen_stays_so(self, cast):
        assert freezing.reopen(CITY_A, 2016, by=cast.manager_province, reason="漏报") is None

    def test_differences_are_carried_forward_with_a_reason(self, cast, make_standard, freeze):
        frozen = freeze()
        with pytest.raises(freezing.CannotFreeze):
            freezing.carry_forward(frozen, {ESTABLISHED: 0}, by=cast.manager_province, reason="迟录")
        make_standard()
        totals = Difference.of(frozen, [indicators.get(ESTABLISHED)]).totals()
        with pytest.raises(freezing.CannotFreeze):
            freezing.carry_forward(frozen, totals, by=cast.manager_province, reason="")
        freezing.carry_forward(frozen, totals, by=cast.manager_province, reason="迟录")
        kept = FrozenYear.objects.get(pk=frozen.pk)
        assert (kept.carried, kept.carry_reason, freezing.is_intact(kept)) == ({ESTABLISHED: "1"}, "迟录", True)


@OF_ITS_OWN
class TestCauses:
    def test_nothing_changed(self, make_standard, freeze):
        make_standard()
        frozen = freeze()
        difference = Difference.of(frozen, indicators.every())
        assert not [each for each in indicators.every() if difference.differs(each.key)]

    def test_entered_late(self, make_standard, freeze):
        make_standard()
        frozen = freeze()
        late = make_standard(tier="county")
        found = explained(frozen, ESTABLISHED)
        assert (found.frozen[("", "")], found.now[("", "")]) == (1, 2)
        assert causes(found) == {Cause.LATE: 1}
        assert causes(found, ("tier", "county")) == {Cause.LATE: 1}
        assert causes(found, ("tier", "municipal")) == {}
        assert rows(found, Cause.LATE) == [late.pk]

    def test_voided_and_restored(self, cast, make_standard, freeze):
        standing, voided = make_standard(), make_standard()
        records.void(voided, by=cast.clerk_a, reason="误录")
        frozen = freeze()
        records.unvoid(MeasurementStandard.objects.get(pk=voided.pk), by=cast.clerk_a)
        records.void(MeasurementStandard.objects.get(pk=standing.pk), by=cast.clerk_a, reason="重复")
        found = explained(frozen, ESTABLISHED)
        assert causes(found) == {}
        assert sorted((item.total, item.rows) for item in found.items_of(Cause.VOIDED)) == [
            (-1, [standing.pk]),
            (1, [voided.pk]),
        ]

    def test_reclassified_within_the_figure(self, cast, make_standard, freeze):
        moved = make_standard()
        frozen = freeze()
        change(moved, cast.clerk_a, tier="provincial")
        found = explained(frozen, ESTABLISHED)
        assert causes(found) == {}
        assert causes(found, ("tier", "municipal")) == {Cause.RECLASSIFIED: -1}
        assert causes(found, ("tier", "provincial")) == {Cause.RECLASSIFIED: 1}
        assert Difference.of(frozen, [indicators.get(ESTABLISHED)]).differs(ESTABLISHED)

    def test_reclassified_out_of_the_year(self, cast, make_standard, freeze):
        moved = make_standard()
        frozen = freeze()
        row = MeasurementStandard.objects.get(pk=moved.pk)
        row.issued_on = row.established_on = date(2015, 12, 30)
        records.save(row, by=cast.clerk_a)
        lifecycle.follow([row], by=cast.clerk_a)
        assert causes(explained(frozen, ESTABLISHED)) == {Cause.RECLASSIFIED: -1}

    def test_changed_amount(self, cast, make_enterprise, freeze):
        first = make_verification(cast, make_enterprise, instrument=None, quantity=30)
        make_verification(cast, make_enterprise, instrument=None, quantity=5)
        frozen = freeze()
        row = change(first, cast.clerk_a, quantity=42)
        ledger.verifications_written([row])
        found = explained(frozen, "verification.instruments")
        assert (found.frozen[("", "")], found.now[("", "")]) == (35, 47)
        assert causes(found) == {Cause.CHANGED: 12}
        assert rows(found, Cause.CHANGED) == [first.pk]

    def test_moved_and_changed_at_once(self, cast, make_enterprise, freeze):
        """The old amount leaves one part and enters the other; what it is more now stands under the other cause."""
        row = make_verification(cast, make_enterprise, instrument=None, quantity=30)
        frozen = freeze(PROVINCE)
        ledger.verifications_written([change(row, cast.clerk_a, quantity=42, region_id=CITY_B)])
        found = explained(frozen, "verification.instruments")
        assert causes(found) == {Cause.CHANGED: 12}
        assert causes(found, ("region", CITY_A)) == {Cause.RECLASSIFIED: -30}
        assert causes(found, ("region", CITY_B)) == {Cause.RECLASSIFIED: 30, Cause.CHANGED: 12}

    def test_merged_enterprises_are_one_key_less(self, cast, make_enterprise, freeze):
        kept, double = make_enterprise(), make_enterprise(credit_code="")
        make_visit(cast, make_enterprise, enterprise=kept)
        visit = make_visit(cast, make_enterprise, enterprise=double)
        frozen = freeze()
        done = merging.merge(kept=kept, double=double, by=cast.clerk_a, reason="同一单位")
        found = explained(frozen, "services.enterprises_served")
        assert (found.frozen[("", "")], found.now[("", "")]) == (2, 1)
        assert causes(found) == {Cause.MERGED: -1}
        [item] = found.items_of(Cause.MERGED)
        assert (item.key, item.rows) == (double.pk, [visit.pk])
        merging.undo(done, by=cast.clerk_a)
        assert causes(explained(frozen, "services.enterprises_served")) == {}

    def test_a_second_visit_adds_no_enterprise(self, cast, make_enterprise, freeze):
        enterprise = make_enterprise()
        make_visit(cast, make_enterprise, enterprise=enterprise)
        frozen = freeze()
        make_visit(cast, make_enterprise, enterprise=enterprise)
        assert explained(frozen, "services.enterprises_served").items == []
        assert causes(explained(frozen, "services.visits")) == {Cause.LATE: 1}

    def test_a_changed_definition_is_what_remains(self, cast, make_standard, freeze):
        own = make_defined(cast, narrowed_to="tier=county")
        make_standard(tier="county")
        make_standard()
        make_standard()
        frozen = freeze()
        make_standard(tier="municipal")
        change(own, cast.manager_a, narrowed_to="tier=municipal")
        found = explained(frozen, DefinedIndicator.objects.get(pk=own.pk).key)
        # One county standard then. By the new definition the two municipal ones of then count: one more. And one late.
        assert (found.frozen[("", "")], found.now[("", "")]) == (1, 3)
        assert causes(found) == {Cause.DEFINITION: 1, Cause.LATE: 1}

    def test_a_rate_is_explained_by_its_two_figures(self, cast, make_enterprise, freeze):
        make_verification(cast, make_enterprise, instrument=None, conclusion="passed")
        failing = make_verification(cast, make_enterprise, instrument=None, conclusion="passed")
        frozen = freeze()
        indicator = indicators.get("verification.pass_rate")
        assert frozen.value(indicator.key) == 100
        rejected = {"conclusion": "failed", "paper": "rejection", "valid_until": None, "next_due_on": None}
        ledger.verifications_written([change(failing, cast.clerk_a, **rejected)])
        difference = Difference.of(frozen, [indicator])
        found = difference.explain([indicator])
        assert difference.totals()[indicator.key] == -50
        above, below = (found[part.key] for part in indicator.parts)
        assert (causes(above), causes(below)) == ({Cause.RECLASSIFIED: -1}, {})

    def test_days_in_force_follow_from_the_events_of_then(self, cast, make_standard, freeze):
        """An event entered late takes the standard out of force: the stock of the year is one less."""
        standard = make_standard()
        frozen = freeze()
        records.bulk_add([StandardEvent(standard=standard, kind="sealed", on=date(2016, 9, 1))], by=cast.clerk_a)
        lifecycle.derive([MeasurementStandard.objects.get(pk=standard.pk)], by=cast.clerk_a)
        found = explained(frozen, "standards.in_force")
        assert (found.frozen[("", "")], found.now[("", "")]) == (1, 0)
        assert causes(found) == {Cause.RECLASSIFIED: -1}
        assert rows(found, Cause.RECLASSIFIED) == [standard.pk]

    def test_papers_of_pieces_follow_from_the_verifications_of_then(self, cast, make_enterprise, freeze):
        """A verification entered late gives a piece in use its valid paper; one of the next year does not."""
        piece = make_verification(cast, make_enterprise, verified_on=date(2014, 5, 10), received_on=None).instrument
        make_verification(cast, make_enterprise)
        frozen = freeze()
        make_verification(cast, make_enterprise, instrument=piece, verified_on=date(2017, 2, 1), received_on=None)
        assert explained(frozen, "verification.mandatory_valid").items == []
        make_verification(cast, make_enterprise, instrument=piece, verified_on=date(2016, 8, 1), received_on=None)
        found = explained(frozen, "verification.mandatory_valid")
        assert (found.frozen[("", "")], found.now[("", "")]) == (1, 2)
        assert causes(found) == {Cause.RECLASSIFIED: 1}
        assert rows(found, Cause.RECLASSIFIED) == [piece.pk]

    def test_what_was_changed_past_the_system_is_not_blamed_on_a_record(self, cast, make_enterprise, freeze):
        row = make_verification(cast, make_enterprise, instrument=None, quantity=30)
        frozen = freeze()
        Verification.objects.filter(pk=row.pk).update(quantity=31)
        found = explained(frozen, "verification.instruments")
        assert causes(found) == {Cause.DEFINITION: 1}
        assert found.items == []


@OF_ITS_OWN
def test_rows_that_changed_places_show_in_the_digests(cast, make_enterprise, freeze):
    row = make_visit(cast, make_enterprise)
    frozen = freeze()
    counted = [indicators.get("services.visits")]
    before = {name: each for name, each in frozen.digests.items() if name == digests.name_of(counted[0])}
    now = digests.of_rows(counted, CITY_A, Period.year(2016))
    assert digests.differing(before, now) == {}
    records.void(ServiceVisit.objects.get(pk=row.pk), by=cast.clerk_a, reason="重录")
    make_visit(cast, make_enterprise, visited_on=row.visited_on)
    assert explained(frozen, "services.visits").now == explained(frozen, "services.visits").frozen
    now = digests.of_rows(counted, CITY_A, Period.year(2016))
    assert digests.differing(before, now) == {digests.name_of(counted[0]): {CITY_A: [row.visited_on.month]}}


@OF_ITS_OWN
def test_an_entered_value_changed(cast, freeze):
    row = make_entered(cast, indicator="energy.intensity_decline", value=Decimal("3.4"))
    frozen = freeze()
    change(EnteredValue.objects.get(pk=row.pk), cast.clerk_a, value=Decimal("3.6"))
    assert causes(explained(frozen, row.indicator)) == {Cause.CHANGED: Decimal("0.2")}
