"""The traceability chain up and down, what lapsed, and what stood on it in that time."""

from datetime import date as D

import pytest
import time_machine

from bureau import records
from standards import chain
from standards.lapses import SUBJECTS, stood_on
from standards.models import MeasurementStandard
from standards.spans import FOREVER
from standards.standard_lapses import lapses_of
from tests import standard_parts as parts
from tests.importing import enter_event
from tests.institutions import make_authorisation, make_institution, make_qualification, make_technician

pytestmark = pytest.mark.django_db
TODAY = D(2019, 6, 1)
VALID = {"issued_on": D(2016, 5, 10), "valid_until": D(2021, 5, 9)}


@pytest.fixture(autouse=True)
def _in_2019():
    with time_machine.travel("2019-06-01 10:00+08:00"):
        yield


@pytest.fixture
def levels(cast, make_standard):
    """A provincial standard, a city's traced to it from March 2017, a county's traced to that from June 2017.

    Each certificate is valid for a year, and each device has a second one from the day on which the first ran out.
    """
    province = make_standard(by=cast.clerk_province, tier="provincial", **VALID)
    city = make_standard(by=cast.clerk_a, **VALID)
    county = make_standard(by=cast.clerk_county, tier="county", **VALID)
    for below, above, on, again, by in (
        (city, province, D(2017, 3, 1), D(2018, 3, 1), cast.clerk_a),
        (county, city, D(2017, 6, 1), D(2018, 6, 1), cast.clerk_county),
    ):
        device = parts.make_device(make_standard, cast, by=by, standard=below, begins_on=on)
        for day in (on, again):
            parts.make_trace(make_standard, cast, by=by, device=device, on=day, traced_to=above)
    return province, city, county


def standards_in(node):
    """Names of the chain, depth first."""
    found = []
    for link, below in node.links:
        found.append((link.device.standard, link.above))
        found += standards_in(below) if below else []
    return found


class TestChain:
    def test_up_to_the_standards_above(self, cast, levels):
        province, city, county = levels
        node = chain.upward(county, D(2017, 7, 1), cast.manager_province)
        assert standards_in(node) == [(county, city), (city, province)]

    def test_down_to_the_standards_below(self, cast, levels):
        province, city, county = levels
        node = chain.downward(province, D(2017, 7, 1), cast.manager_province)
        assert standards_in(node) == [(city, province), (county, city)]

    def test_it_is_the_chain_of_the_day(self, cast, levels):
        province, city, _county = levels
        node = chain.downward(province, D(2017, 5, 31), cast.manager_province)
        assert standards_in(node) == [(city, province)]
        assert chain.downward(province, D(2017, 2, 28), cast.manager_province).links == []

    def test_a_standard_may_be_named_by_its_number(self, cast, make_standard, levels):
        province, city, _county = levels
        trace = city.devices.get().traces.earliest("on")
        trace.traced_to, trace.traced_to_no = None, province.certificate_no
        records.save(trace, by=cast.clerk_a)
        node = chain.upward(city, D(2017, 7, 1), cast.manager_province)
        assert standards_in(node) == [(city, province)]
        assert standards_in(chain.downward(province, D(2017, 7, 1), cast.manager_province))[0] == (city, province)

    def test_a_device_that_went_over_to_another_standard_left_the_first(self, cast, make_standard, levels):
        province, city, _county = levels
        other = make_standard(by=cast.clerk_province)
        device = city.devices.get()
        parts.make_trace(make_standard, cast, device=device, on=D(2017, 4, 1), traced_to=other)
        assert chain.downward(province, D(2017, 4, 1), cast.manager_province).links == []
        assert standards_in(chain.downward(other, D(2017, 4, 1), cast.manager_province)) == [(city, other)]

    def test_a_circle_ends(self, cast, make_standard, levels):
        province, _city, county = levels
        device = parts.make_device(make_standard, cast, by=cast.clerk_province, standard=province)
        parts.make_trace(make_standard, cast, device=device, on=D(2017, 3, 1), traced_to=county, by=cast.clerk_province)
        shown = [pair[0] for pair in standards_in(chain.upward(county, D(2017, 7, 1), cast.manager_province))]
        assert len(shown) == 3

    def test_what_is_out_of_sight_stays_so(self, cast, levels):
        province, city, county = levels
        [(link, _next)] = chain.upward(city, D(2017, 7, 1), cast.clerk_a).links
        assert (link.device.standard, link.above) == (city, None)  # the province's standard is not the city's to see
        assert chain.downward(province, D(2017, 7, 1), cast.clerk_b).links == []
        assert chain.downward(city, D(2017, 7, 1), cast.clerk_a).links[0][0].device.standard == county


def days_of(found):
    return [(stood.standard, stood.days, stood.is_direct) for stood in found]


class TestStoodOn:
    """Sealed from 1 February to 31 March 2017: the city's device was calibrated on 1 March, in that time."""

    @pytest.fixture
    def sealed(self, cast, levels):
        province = levels[0]
        for kind, on in (("sealed", D(2017, 2, 1)), ("restored", D(2017, 4, 1))):
            enter_event(province, cast.clerk_province, kind=kind, on=on)
            province.refresh_from_db()
        return province

    def test_the_lapse_is_found(self, cast, sealed):
        assert SUBJECTS["standard"].lapses(sealed, TODAY) == [(D(2017, 2, 1), D(2017, 3, 31))]

    def test_what_got_its_value_then_stands_on_it_until_the_next_certificate(self, cast, levels, sealed):
        province, city, county = levels
        found = stood_on(SUBJECTS["standard"], sealed, (D(2017, 2, 1), D(2017, 3, 31)), cast.manager_province)
        assert days_of(found) == [
            (province, [(D(2017, 2, 1), D(2017, 3, 31))], True),
            (city, [(D(2017, 3, 1), D(2018, 2, 28))], False),
            # Its first certificate is of June 2017, when the city's stood on it; the second, of June 2018, does not.
            (county, [(D(2017, 6, 1), D(2018, 5, 31))], False),
        ]

    def test_a_certificate_of_another_time_does_not(self, cast, levels, sealed):
        found = stood_on(SUBJECTS["standard"], sealed, (D(2017, 3, 2), D(2017, 3, 31)), cast.manager_province)
        assert [stood.standard for stood in found] == [sealed]

    def test_a_reader_sees_what_is_in_sight(self, cast, levels, sealed):
        _province, city, county = levels
        for person, seen in ((cast.clerk_a, {city, county}), (cast.clerk_county, {county}), (cast.clerk_b, set())):
            found = stood_on(SUBJECTS["standard"], city, (D(2017, 6, 1), D(2017, 6, 30)), person)
            assert {stood.standard for stood in found} <= seen
            # Nor does the province's standard, which none of them sees, tell what is traced to it.
            assert stood_on(SUBJECTS["standard"], sealed, (D(2017, 2, 1), D(2017, 3, 31)), person) == []
        found = stood_on(SUBJECTS["standard"], city, (D(2017, 6, 1), D(2017, 6, 30)), cast.clerk_a)
        assert [stood.standard for stood in found] == [city, county]

    def test_the_page_of_the_standard_below_says_so(self, cast, levels, sealed):
        city = levels[1]
        lapses = lapses_of(city, TODAY, cast.manager_province)
        # Latest first: no certificate since March 2019; one that was issued while the standard above was sealed.
        assert [(lapse.first, lapse.last, lapse.key) for lapse in lapses] == [
            (D(2019, 3, 1), TODAY, "device"),
            (D(2017, 3, 1), D(2018, 2, 28), "device"),
        ]


class TestDeviceLapses:
    def test_the_days_between_two_certificates(self, cast, make_standard):
        standard = make_standard(**VALID)
        device = parts.make_device(make_standard, cast, standard=standard)
        parts.make_trace(make_standard, cast, device=device)  # until 9 May 2017
        parts.make_trace(make_standard, cast, device=device, on=D(2017, 6, 1), valid_until=D(2030, 1, 1))
        assert SUBJECTS["device"].lapses(device, TODAY) == [(D(2017, 5, 10), D(2017, 5, 31))]
        [lapse] = lapses_of(standard, TODAY, cast.clerk_a)
        assert (lapse.first, lapse.last, lapse.is_open, lapse.pk) == (D(2017, 5, 10), D(2017, 5, 31), False, device.pk)

    def test_one_that_lasts_is_open(self, cast, make_standard):
        device = parts.make_device(make_standard, cast, standard=make_standard(**VALID))
        parts.make_trace(make_standard, cast, device=device)
        [lapse] = lapses_of(device.standard, TODAY, cast.clerk_a)
        assert (lapse.first, lapse.last, lapse.is_open) == (D(2017, 5, 10), TODAY, True)

    def test_days_on_which_the_standard_was_not_in_force_do_not_count(self, cast, make_standard):
        standard = make_standard(issued_on=D(2016, 5, 10), valid_until=D(2017, 5, 9))
        device = parts.make_device(make_standard, cast, standard=standard)
        parts.make_trace(make_standard, cast, device=device)
        assert SUBJECTS["device"].lapses(device, TODAY) == []


class TestPersonLapses:
    def test_the_standards_of_a_person_whose_qualification_ran_out(self, cast, make_standard):
        technician = make_qualification(cast).technician  # from 2015 to the end of 2018
        standard = make_standard(**VALID)
        parts.make_person(make_standard, cast, standard=standard, technician=technician)
        subject = SUBJECTS["technician"]
        assert subject.lapses(technician, TODAY) == [(D(2019, 1, 1), TODAY)]
        found = stood_on(subject, technician, (D(2019, 1, 1), TODAY), cast.clerk_a)
        assert days_of(found) == [(standard, [(D(2019, 1, 1), TODAY)], True)]

    def test_days_with_too_few_persons(self, cast, make_standard):
        """Two qualified until the end of 2018; one of them left the standard on 30 June 2017."""
        standard = make_standard(**VALID)
        verifiers = parts.make_staff(make_standard, cast, standard)
        first = standard.persons.get(technician=verifiers[1])
        first.ends_on = D(2017, 6, 30)
        records.save(first, by=cast.clerk_a)
        lapses = [(lapse.first, lapse.last) for lapse in lapses_of(standard, TODAY, cast.clerk_a)]
        assert lapses == [(D(2017, 7, 1), TODAY)]

    def test_a_standard_without_any_person_on_record_has_no_such_lapse(self, cast, make_standard):
        assert lapses_of(make_standard(**VALID), TODAY, cast.clerk_a) == []

    def test_days_without_anybody_responsible(self, cast, make_standard):
        standard = make_standard(**VALID)
        for _number in range(2):
            technician = make_qualification(cast, valid_until=None).technician
            parts.make_person(make_standard, cast, standard=standard, technician=technician)
        parts.make_person(
            make_standard, cast, standard=standard, role="responsible", begins_on=D(2016, 6, 1), ends_on=D(2018, 12, 31)
        )
        lapses = [(lapse.first, lapse.last) for lapse in lapses_of(standard, TODAY, cast.clerk_a)]
        assert lapses == [(D(2019, 1, 1), TODAY), (D(2016, 5, 10), D(2016, 5, 31))]


class TestInstitutionLapses:
    @pytest.fixture
    def institution(self, cast):
        """Without authorisation in January and February 2017."""
        institution = make_institution(cast, begins_on=D(2015, 1, 1))
        make_authorisation(cast, institution=institution, valid_until=D(2016, 12, 31))
        make_authorisation(cast, institution=institution, issued_on=D(2017, 3, 1))
        return institution

    def test_its_standards_and_what_it_calibrated(self, cast, make_standard, institution):
        own = make_standard(institution=institution, **VALID)
        other = parts.make_device(make_standard, cast, standard=make_standard(**VALID))
        for on in (D(2016, 12, 1), D(2017, 2, 1)):
            parts.make_trace(make_standard, cast, device=other, on=on, institution=institution)
        subject = SUBJECTS["institution"]
        [time] = subject.lapses(institution, TODAY)
        assert time == (D(2017, 1, 1), D(2017, 2, 28))
        assert days_of(stood_on(subject, institution, time, cast.clerk_a)) == [
            (own, [time], True),
            (other.standard, [(D(2017, 2, 1), D(2018, 1, 31))], True),
        ]
        assert (time[0], time[1]) in [(lapse.first, lapse.last) for lapse in lapses_of(own, TODAY, cast.clerk_a)]

    def test_one_without_any_authorisation_on_record_has_no_lapse(self, cast):
        assert SUBJECTS["institution"].lapses(make_institution(cast), TODAY) == []


class TestFloorsAbove:
    @pytest.fixture
    def verifications(self):
        """What an app above would register."""
        asked = []

        @chain.register
        class Verifications(chain.Dependants):
            key, label = "test.verifications", "检定记录"

            def of(self, standard, first, last, user):
                asked.append((standard, first, last, user))
                return chain.Used(17, "/somewhere/")

        yield asked
        chain.unregister("test.verifications")

    def test_they_are_asked_for_the_days_that_stood_on_it(self, client, cast, make_standard, verifications):
        standard = make_standard(**VALID)
        client.force_login(cast.clerk_a)
        url = f"/standards/stood/standard/{standard.pk}/?from=2017-01-01&to=2017-01-31"
        shown = client.get(url).content.decode()
        assert verifications == [(standard, D(2017, 1, 1), D(2017, 1, 31), cast.clerk_a)]
        assert 'href="/somewhere/">17</a>' in shown
        assert "检定记录" in client.get(f"/standards/{standard.pk}/chain/").content.decode()

    def test_it_rejects_a_double(self, verifications):
        with pytest.raises(ValueError, match="twice"):
            chain.register(type("Again", (chain.Dependants,), {"key": "test.verifications", "label": "x"}))


class TestPages:
    def test_the_chain_s_page(self, client, cast, levels):
        province, city, county = levels
        client.force_login(cast.manager_province)
        shown = client.get(f"/standards/{city.pk}/chain/?on=2017-07-01").content.decode()
        assert f"/standards/{province.pk}/chain/" in shown
        assert f"/standards/{county.pk}/chain/" in shown
        assert "JZ2016-" in shown

    def test_the_button_on_the_standard_s_page_leads_there(self, client, cast, levels):
        client.force_login(cast.clerk_a)
        pk = levels[1].pk
        assert (
            f"/standards/measurementstandard/{pk}/chain/"
            in client.get(f"/standards/measurementstandard/{pk}/change/").content.decode()
        )
        response = client.get(f"/standards/measurementstandard/{pk}/chain/")
        assert (response.status_code, response.url) == (302, f"/standards/{pk}/chain/")

    def test_other_office_gets_404(self, client, cast, levels):
        client.force_login(cast.clerk_b)
        for pk in (each.pk for each in levels):
            assert client.get(f"/standards/{pk}/chain/").status_code == 404
            assert client.get(f"/standards/stood/standard/{pk}/").status_code == 404
        assert client.get(f"/standards/stood/device/{levels[1].devices.get().pk}/").status_code == 404

    def test_it_needs_a_role_with_records(self, client, cast, levels):
        for person in (cast.auditor, cast.system_admin, cast.security_admin):
            client.force_login(person)
            assert client.get(f"/standards/{levels[1].pk}/chain/").status_code == 403

    @pytest.mark.parametrize(
        "query", ["?on=x", "?on=2017-02-30", "?on=", "?from=x&to=0", "?from=2018-01-01&to=2017-01-01"]
    )
    def test_a_nonsense_day_is_no_stack_trace(self, client, cast, levels, query):
        client.force_login(cast.clerk_a)
        pk = levels[1].pk
        for url in (f"/standards/{pk}/chain/", f"/standards/stood/standard/{pk}/"):
            assert client.get(url + query).status_code == 200

    def test_there_is_no_other_subject(self, client, cast, levels):
        client.force_login(cast.clerk_a)
        assert client.get(f"/standards/stood/region/{levels[1].pk}/").status_code == 404

    def test_a_voided_standard_has_no_chain(self, client, cast, levels):
        client.force_login(cast.clerk_a)
        records.void(MeasurementStandard.objects.get(pk=levels[1].pk), by=cast.clerk_a, reason="重复")
        assert client.get(f"/standards/{levels[1].pk}/chain/").status_code == 404

    def test_many_standards_are_shown_in_pages(self, client, cast, make_standard):
        institution = make_institution(cast)
        for _number in range(26):
            make_standard(institution=institution, **VALID)
        client.force_login(cast.clerk_a)
        url = f"/standards/stood/institution/{institution.pk}/?from=2017-01-01&to=2017-01-31"
        assert [len(client.get(f"{url}&page={number}").context["stood"]) for number in (1, 2)] == [25, 1]

    def test_a_technician_s_page(self, client, cast, make_standard):
        technician = make_technician(cast)
        standard = make_standard(**VALID)
        parts.make_person(make_standard, cast, standard=standard, technician=technician)
        client.force_login(cast.clerk_a)
        shown = client.get(f"/standards/stood/technician/{technician.pk}/")
        assert standard.name in shown.content.decode()
        assert shown.context["times"][0][0] == (D(2016, 5, 10), TODAY)


def test_forever_is_the_end_of_what_has_none():
    assert FOREVER.year == 9999  # the page prints "still" for it
