"""The due list: what stands on it, for whom, and in which of its shapes."""

from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from openpyxl import load_workbook

from bureau import environment, records
from bureau.due import kinds
from bureau.due.kinds import DueKind
from bureau.due.listing import OVERDUE, Asked, DueList
from bureau.models import Operation
from standards.models import MeasurementStandard
from tests.cast import office
from tests.comparisons import make_comparison, make_follow_up, make_participant

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)
KEY = "standards.certificate"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-06-15 10:00+08:00", tick=False):
        yield


@pytest.fixture
def until(make_standard):
    """``until(day)``: a standard in service with a certificate that runs out on that day."""

    def make(day, **values):
        return make_standard(issued_on=day - timedelta(days=1800), valid_until=day, **values)

    return make


def listed(user, **asked):
    return DueList(user, TODAY, Asked(kind=KEY, **asked))


def days(user, **asked):
    return [item.due_on for item in listed(user, **asked)[:100]]


class TestLevels:
    """Three, six and twelve months from 15 June 2026, and the last good day itself."""

    @pytest.fixture(autouse=True)
    def certificates(self, until):
        for day in ("2026-06-14", "2026-06-15", "2026-09-15", "2026-09-16", "2026-12-15", "2027-06-15", "2027-06-16"):
            until(date.fromisoformat(day))

    def test_counts(self, cast):
        counts = listed(cast.clerk_a).counts
        assert (counts.overdue, counts.within) == (1, {3: 2, 6: 4, 12: 5})

    def test_overdue_is_what_ended_yesterday(self, cast):
        [item] = listed(cast.clerk_a, within=OVERDUE)[:10]
        assert (item.due_on, item.days, item.is_overdue) == (date(2026, 6, 14), -1, True)

    def test_the_last_good_day_is_not_overdue(self, cast):
        items = listed(cast.clerk_a, within="3")[:10]
        assert [(item.days, item.is_overdue) for item in items] == [(0, False), (92, False)]

    def test_the_whole_list_ends_at_the_farthest_level(self, cast):
        assert days(cast.clerk_a) == [
            date.fromisoformat(day)
            for day in ("2026-06-14", "2026-06-15", "2026-09-15", "2026-09-16", "2026-12-15", "2027-06-15")
        ]
        assert listed(cast.clerk_a).count() == 6

    @pytest.mark.parametrize("within", ["", OVERDUE, "3", "6", "12"])
    def test_the_count_is_that_of_the_lines(self, cast, within):
        assert listed(cast.clerk_a, within=within).count() == len(days(cast.clerk_a, within=within))

    def test_the_levels_are_a_setting(self, cast, settings):
        settings.DUE_WARNING_MONTHS = [1]
        assert days(cast.clerk_a) == [date(2026, 6, 14), date(2026, 6, 15)]

    @pytest.mark.parametrize("text", ["0", "six", "12;6", "-3"])
    def test_it_rejects_other_levels(self, monkeypatch, text):
        monkeypatch.setenv("DUE_WARNING_MONTHS", text)
        with pytest.raises(ImproperlyConfigured):
            environment.wholes("DUE_WARNING_MONTHS", "12,6,3")


class TestWho:
    def test_other_office_sees_nothing(self, cast, until):
        until(TODAY)
        assert [listed(person).count() for person in (cast.clerk_b, cast.clerk_county)] == [0, 0]
        assert [listed(person).count() for person in (cast.clerk_a, cast.manager_province)] == [1, 1]

    def test_administrators_have_no_list(self, client, cast):
        for person in (cast.system_admin, cast.security_admin, cast.auditor):
            assert DueList(person, TODAY).kinds == []
            client.force_login(person)
            for url in ("/due/", "/due/list.xlsx", "/due/notices/"):
                assert client.get(url).status_code == 403
            assert 'id="due"' not in client.get("/").content.decode()

    def test_region_and_office_narrow(self, cast, until):
        until(TODAY, by=cast.clerk_county)
        until(TODAY + timedelta(days=1), by=cast.clerk_a)
        manager = cast.manager_province
        assert days(manager, region="210102") == [TODAY]
        assert days(manager, region="210100") == [TODAY, TODAY + timedelta(days=1)]
        assert days(manager, office=cast.clerk_county.office_id) == [TODAY]
        assert days(manager, region="210200") == []


class TestKinds:
    def test_voided_and_settled_ones_are_not_due(self, cast, until):
        records.void(until(TODAY), by=cast.clerk_a, reason="重复")
        MeasurementStandard.objects.filter(pk=until(TODAY).pk).update(state="sealed")
        until(TODAY)
        assert DueList(cast.clerk_a, TODAY).count() == 1

    def test_comparisons(self, cast):
        comparison = make_comparison(
            cast,
            begins_on=date(2026, 5, 1),
            results_due_on=date(2026, 7, 1),
            disclosed_on=None,
            reported_on=None,
        )
        lab = make_participant(cast, comparison=comparison)
        make_follow_up(cast, participant=lab, ordered_on=date(2026, 6, 1), due_on=date(2026, 6, 14))
        make_follow_up(
            cast,
            participant=lab,
            ordered_on=date(2026, 6, 2),
            due_on=date(2026, 6, 10),
            settled_on=date(2026, 6, 9),
            outcome="复测合格",
        )
        items = DueList(cast.clerk_a, TODAY)[:10]
        assert [(item.kind.key, item.due_on, item.holder) for item in items] == [
            ("comparisons.follow_up", date(2026, 6, 14), lab.name),
            ("comparisons.results", date(2026, 7, 1), comparison.organiser),
        ]
        assert {item.url for item in items} == {f"/standards/comparison/{comparison.pk}/change/"}
        records.void(comparison, by=cast.clerk_a, reason="取消")
        assert DueList(cast.clerk_a, TODAY).count() == 0

    @pytest.mark.parametrize("kind", kinds.every(), ids=lambda kind: kind.key)
    def test_every_kind_answers_every_question(self, cast, kind):
        for person in (cast.clerk_a, cast.manager_province):
            whole = DueList(person, TODAY, Asked(kind=kind.key, region="210100", office=person.office_id))
            assert whole.count() == len(whole[:1000]) == 0

    def test_it_rejects_a_blank_or_taken_key(self):
        values = {"label": "Again", "model": MeasurementStandard, "due_path": "valid_until"}
        for key in ("", KEY):
            with pytest.raises(ValueError, match=r"key|twice"):
                kinds.register(type("Again", (DueKind,), {**values, "key": key}))


class TestPage:
    def test_it_works(self, client, cast, until):
        row = until(TODAY - timedelta(days=1), name="砝码标准装置")
        client.force_login(cast.clerk_a)
        response = client.get("/due/")
        assert response.status_code == 200
        [item] = response.context["page"].object_list
        assert (item.title, item.url) == (str(row), f"/standards/measurementstandard/{row.pk}/change/")
        assert "砝码标准装置" in client.get("/").content.decode()

    def test_pages_go_on_where_the_last_ended(self, client, cast, until):
        for number in range(30):
            until(TODAY + timedelta(days=number))
        client.force_login(cast.clerk_a)
        first, second = (client.get(f"/due/?kind={KEY}&page={page}").context["page"].object_list for page in (1, 2))
        assert [item.days for item in [*first, *second]] == list(range(30))

    @pytest.mark.parametrize("query", ["kind=nothing", "within=5", "region=210200", "office=999999", "office=x"])
    def test_what_is_no_choice_is_404(self, client, cast, query):
        client.force_login(cast.clerk_a)
        assert client.get(f"/due/?{query}").status_code == 404
        assert client.get(f"/due/list.xlsx?{query}").status_code == 404

    def test_an_office_that_is_not_below_is_no_choice(self, client, cast):
        other = office("210300")
        client.force_login(cast.clerk_a)
        assert client.get(f"/due/?office={other.pk}").status_code == 404

    def test_the_workbook_has_the_lines_that_are_asked_for(self, client, cast, until):
        until(TODAY, name="=1+1")
        until(TODAY + timedelta(days=200))
        client.force_login(cast.clerk_a)
        response = client.get(f"/due/list.xlsx?within=3&kind={KEY}")
        sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
        assert [(row[0], row[6].date(), row[7]) for row in rows] == [(1, TODAY, 0)]
        assert rows[0][2].startswith("=1+1") and sheet["C5"].data_type == "s"
        assert Operation.objects.get(action="export").detail["rows"] == 1
