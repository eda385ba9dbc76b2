"""Figures from the files of public standards, counted by hand."""

from datetime import date as D

import pytest

from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.periods import Period
from tests import standard_parts as parts
from tests.importing import enter_event

pytestmark = pytest.mark.django_db


def figure(key, year=2016, region="210000"):
    return compute([indicators.get(key)], region, Period.year(year))[0]


class TestItemsCovered:
    def test_an_item_of_two_standards_counts_once(self, cast, make_standard):
        one, other = make_standard(field_id="12"), make_standard(field_id="15", by=cast.clerk_b)
        for standard, name in ((one, "砝码"), (one, "天平"), (other, "砝码"), (other, "电能表")):
            parts.make_item(make_standard, cast, standard=standard, name=name)
        counted = figure("standards.items_covered")
        assert counted.value == 3  # 砝码, 天平, 电能表
        assert (counted.breakdowns["field"]["12"], counted.breakdowns["field"]["15"]) == (2, 2)
        assert (counted.breakdowns["region"]["210100"], counted.breakdowns["region"]["210200"]) == (2, 2)

    def test_it_counts_while_item_and_standard_are_in_force(self, cast, make_standard):
        standard = make_standard(issued_on=D(2016, 5, 10), valid_until=D(2018, 5, 9))
        parts.make_item(make_standard, cast, standard=standard, begins_on=D(2016, 5, 10), ends_on=D(2017, 6, 30))
        parts.make_item(make_standard, cast, standard=standard, begins_on=D(2017, 1, 1))
        counts = {year: figure("standards.items_covered", year).value for year in (2015, 2016, 2017, 2018)}
        assert counts == {2015: 0, 2016: 1, 2017: 1, 2018: 0}

    def test_those_of_an_enterprise_do_not_count(self, cast, make_standard):
        parts.make_item(make_standard, cast, standard=make_standard(kind="enterprise_highest"))
        assert figure("standards.items_covered").value == 0


class TestEstablishedOrUpgraded:
    def test_set_up_and_upgraded_in_one_year_counts_once(self, cast, make_standard):
        one, older = make_standard(), make_standard(established_on=D(2011, 5, 10))
        enter_event(one, cast.clerk_a, kind="replaced", on=D(2016, 9, 1), situation="main_renewed")
        enter_event(
            older, cast.clerk_a, kind="replaced", on=D(2016, 9, 2), situation="auxiliary_added", effect="changed"
        )
        assert figure("standards.established_or_upgraded").value == 2
        assert figure("standards.established").value == 1

    def test_a_replacement_that_is_no_upgrade_does_not_count(self, cast, make_standard):
        older = make_standard(established_on=D(2011, 5, 10))
        enter_event(older, cast.clerk_a, kind="replaced", on=D(2016, 9, 1), situation="auxiliary_renewed")
        assert figure("standards.established_or_upgraded").value == 0
        assert figure("standards.established_or_upgraded", 2011).value == 1


class TestTracedInTime:
    def test_three_of_four_main_devices(self, cast, make_standard):
        """On 31 December 2016: certificates until that day, beyond it, without end, and until the day before."""
        standard = make_standard()
        for valid_until in (D(2016, 12, 31), D(2017, 5, 9), None, D(2016, 12, 30)):
            device = parts.make_device(make_standard, cast, standard=standard, interval_months=None)
            parts.make_trace(make_standard, cast, device=device, valid_until=valid_until)
        assert figure("standards.main_devices").value == 4
        assert figure("standards.main_devices_traced").value == 3
        assert figure("standards.traced_in_time").value == 75

    def test_what_does_not_count(self, cast, make_standard):
        make_device, make_trace = parts.make_device, parts.make_trace
        standard = make_standard()
        unfit = make_device(make_standard, cast, standard=standard)
        make_trace(make_standard, cast, device=unfit, is_fit=False, valid_until=D(2017, 5, 9))
        for values in ({"is_main": False}, {"ends_on": D(2016, 12, 30)}, {"begins_on": D(2017, 1, 1)}):
            make_trace(make_standard, cast, device=make_device(make_standard, cast, standard=standard, **values))
        enterprise = make_device(make_standard, cast, standard=make_standard(kind="enterprise_highest"))
        make_trace(make_standard, cast, device=enterprise)
        assert (figure("standards.main_devices").value, figure("standards.main_devices_traced").value) == (1, 0)
        assert figure("standards.traced_in_time").value == 0

    def test_a_sealed_standard_leaves_both(self, cast, make_standard):
        device = parts.make_device(make_standard, cast, standard=make_standard())
        parts.make_trace(make_standard, cast, device=device)
        enter_event(device.standard, cast.clerk_a, kind="sealed", on=D(2016, 12, 1))
        assert figure("standards.main_devices").value == 0
        assert figure("standards.traced_in_time").value is None

    def test_the_figure_opens_its_devices(self, cast, make_standard):
        device = parts.make_device(make_standard, cast, standard=make_standard())
        parts.make_trace(make_standard, cast, device=device)
        rows = indicators.get("standards.main_devices_traced").rows(Period.year(2016), "210100", user=cast.clerk_a)
        assert list(rows) == [device]
        assert (
            not indicators.get("standards.main_devices").rows(Period.year(2016), "210100", user=cast.clerk_b).exists()
        )
