"""Who sees and who edits which rows: worked examples, and random rows against the rule in words."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bureau import scoping
from bureau.models import Office, Region, Staff
from bureau.models.region import bucket_of
from standards.models import MeasurementStandard, StandardEvent
from tests.cast import office, staff

pytestmark = pytest.mark.django_db


def visible(person):
    return set(scoping.visible_to(MeasurementStandard.objects.all(), person))


def editable(person):
    return set(scoping.editable_by(MeasurementStandard.objects.all(), person))


class TestPlaces:
    def test_own_region_and_below(self, cast, make_standard):
        county = make_standard(by=cast.clerk_county)
        assert county in visible(cast.clerk_a)
        assert county in visible(cast.manager_province)
        assert county not in visible(cast.clerk_b)

    def test_not_above(self, cast, make_standard):
        city = make_standard(by=cast.clerk_a)
        assert city not in visible(cast.clerk_county)

    def test_what_the_own_office_keeps_elsewhere(self, cast, make_standard):
        """A province's office keeps a record that counts in another region: its keeper sees and edits it."""
        kept = make_standard(by=cast.clerk_a, region_id="210200")
        assert kept in visible(cast.clerk_a)
        assert kept in editable(cast.clerk_a)
        assert kept in visible(cast.clerk_b)  # it counts in their region
        assert kept not in editable(cast.clerk_b)  # but another office keeps it

    def test_a_neighbour_office_sees_but_does_not_edit(self, cast, make_standard):
        institution = office("210100", cast.clerk_a.office.parent, 2, kind="legal_institution", name="市计量院")
        person = staff("clerk_institution", "clerk", institution)
        row = make_standard(by=cast.clerk_a)
        assert row in visible(person)
        assert row not in editable(person)

    def test_a_record_on_an_ended_code_is_seen_where_its_successor_lies(self, cast, make_standard):
        ended = Region.objects.filter(successor__isnull=False, code__startswith="21", level="county").first()
        row = make_standard(by=cast.clerk_province, region_id=ended.code, issued_on=date(2000, 1, 1))
        assert row in visible(cast.clerk_province)
        inside = bucket_of(ended.code, "210100") is not None
        assert (row in visible(cast.clerk_a)) == inside


class TestPeople:
    def test_an_enterprise_sees_only_what_it_keeps(self, cast, make_standard):
        enterprise = office("210100", cast.clerk_a.office, 50, kind=Office.Kind.ENTERPRISE, name="某企业")
        person = staff("enterprise_clerk", "clerk", enterprise)
        other = make_standard(by=cast.clerk_a)
        own = make_standard(by=person)
        assert visible(person) == {own}
        assert {own, other} <= visible(cast.clerk_a)

    def test_nobody_else_sees_anything(self, cast, make_standard):
        make_standard()
        for person in (AnonymousUser(), None, Staff(username="x", is_active=False), cast.system_admin):
            assert visible(person) == set()

    def test_someone_without_office_sees_nothing(self, cast, make_standard):
        make_standard()
        assert visible(staff("lost", "clerk")) == set()

    def test_a_locked_account_sees_nothing(self, cast, make_standard):
        make_standard()
        cast.clerk_a.is_active = False
        assert visible(cast.clerk_a) == set()


class TestKinds:
    def test_children_follow_their_parent(self, cast, make_standard):
        standard = make_standard()
        events = StandardEvent.objects.all()
        assert set(scoping.visible_to(events, cast.clerk_a)) == set(standard.events.all())
        assert not scoping.visible_to(events, cast.clerk_b).exists()

    def test_history_follows_the_row_as_it_stands_now(self, cast, make_standard):
        standard = make_standard()
        lines = MeasurementStandard.history.all()
        assert scoping.visible_to(lines, cast.clerk_a).count() == standard.history.count()
        assert not scoping.visible_to(lines, cast.clerk_b).exists()

    def test_by_role(self, cast):
        assert scoping.visible_to(Staff.objects.all(), cast.security_admin).count() == Staff.objects.count()
        assert not scoping.visible_to(Staff.objects.all(), cast.clerk_a).exists()

    def test_objects_itself_is_never_filtered(self, cast, make_standard):
        make_standard()
        assert MeasurementStandard.objects.count() == 1

    def test_a_model_without_scope_raises(self, cast, monkeypatch):
        monkeypatch.setattr(MeasurementStandard, "SCOPE", None)
        with pytest.raises(LookupError):
            scoping.visible_to(MeasurementStandard.objects.all(), cast.clerk_a)


PLACES = ["210000", "210100", "210102", "210103", "210200", "210202", "130100", "110101"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from("abc")), min_size=1, max_size=8))
def test_no_row_leaks(cast, make_standard, rows):
    """For random rows every person sees exactly what the rule in words says, and edits no more than that."""
    keepers = {"a": cast.clerk_a, "b": cast.clerk_b, "c": cast.clerk_county}
    made = [(make_standard(by=keepers[keeper], region_id=region), keeper) for region, keeper in rows]
    own = {"a": {"a", "c"}, "b": {"b"}, "c": {"c"}}
    for name, person in keepers.items():
        home = person.office.region_id
        mine = {row for row, keeper in made if keeper in own[name]}
        there = {row for row, _keeper in made if bucket_of(row.region_id, home) is not None}
        known = {row for row, _keeper in made}
        assert visible(person) & known == mine | there
        assert editable(person) & known == mine
