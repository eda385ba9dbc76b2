"""The page of a standard holds its certificate and its events: whatever is changed there, both say the same after."""

from datetime import date as D

import pytest

from bureau import records
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.periods import Period
from standards import lifecycle
from standards.models import MeasurementStandard, StandardEvent
from tests.contracts import page, posted, values_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def standard(client, cast, make_standard):
    """Set up on 10 May 2016, valid for five years; the clerk is logged in."""
    client.force_login(cast.clerk_a)
    return make_standard(issued_on=D(2016, 5, 10), valid_until=D(2021, 5, 9))


@pytest.fixture
def older(client, cast, make_standard):
    """Of its first certificate only the day is known."""
    client.force_login(cast.clerk_a)
    return make_standard(issued_on=D(2016, 5, 10), valid_until=D(2021, 5, 9), established_on=D(2011, 5, 10))


def happen(standard, by, kind, on, **values):
    records.save(StandardEvent(standard=standard, kind=kind, on=on, **values), by=by)
    standard.refresh_from_db()
    lifecycle.derive([standard], by=by)


def submit(client, standard, *new, **changes):
    """Post the page with some fields changed and some events added: ``(kind, on, valid_until, certificate_no)``."""
    data = posted(client, page(standard, "change"))
    at = int(data["events-INITIAL_FORMS"])
    data["events-TOTAL_FORMS"] = at + len(new)
    for number, event in enumerate(new, start=at):
        named = zip(("kind", "on", "valid_until", "certificate_no"), event, strict=False)
        data |= {f"events-{number}-{name}": value for name, value in named}
    response = client.post(page(standard, "change"), {**data, **changes})
    standard.refresh_from_db()
    return response


def sentences(response):
    assert response.status_code == 200
    sets = [shown.formset for shown in response.context["inline_admin_formsets"]]
    found = [*response.context["adminform"].form.errors.values(), *(events.non_form_errors() for events in sets)]
    found += [error for events in sets for errors in events.errors for error in errors.values()]
    return [sentence for errors in found for sentence in errors]


def events_of(standard):
    return [(event.kind, event.on, event.valid_until) for event in standard.events.not_voided()]


def intervals_of(standard):
    return list(standard.in_force_intervals.values_list("begins_on", "ends_on"))


class TestBothChangedInOneSave:
    def test_to_the_same(self, client, standard):
        both = {"valid_until": "2022-01-01", "events-0-valid_until": "2022-01-01"}
        assert submit(client, standard, **both).status_code == 302
        assert intervals_of(standard) == [(D(2016, 5, 10), D(2022, 1, 1))]

    def test_the_certificate_and_a_remark_on_its_event(self, client, standard):
        both = {"valid_until": "2022-01-01", "events-0-remark": "更正"}
        assert submit(client, standard, **both).status_code == 302
        event = standard.events.get()
        assert (event.valid_until, event.remark) == (D(2022, 1, 1), "更正")

    def test_the_certificate_and_a_sealing(self, client, standard):
        response = submit(client, standard, ("sealed", "2018-01-01"), valid_until="2022-01-01")
        assert response.status_code == 302
        assert (standard.state, intervals_of(standard)) == ("sealed", [(D(2016, 5, 10), D(2017, 12, 31))])

    def test_it_rejects_different_values(self, client, standard):
        both = {"valid_until": "2022-01-01", "events-0-valid_until": "2023-01-01"}
        assert sentences(submit(client, standard, **both))
        assert events_of(standard) == [("established", D(2016, 5, 10), D(2021, 5, 9))]

    def test_it_rejects_a_certificate_later_than_the_sealing_entered_with_it(self, client, standard):
        dates = {"issued_on": "2019-01-01", "established_on": "2019-01-01"}
        assert sentences(submit(client, standard, ("sealed", "2018-01-01"), **dates))
        assert standard.issued_on == D(2016, 5, 10)


class TestItRejects:
    def test_the_same_event_twice_in_one_form(self, client, standard):
        twice = ("reexamined", "2020-01-01", "2025-01-01")
        assert sentences(submit(client, standard, twice, twice))

    def test_a_first_certificate_without_validity_and_none_after(self, client, standard):
        assert sentences(submit(client, standard, **{"events-0-valid_until": ""}))

    def test_a_set_up_day_after_the_first_certificate_ran_out(self, client, cast, older):
        first = older.events.first()
        first.valid_until = D(2014, 1, 1)
        records.save(first, by=cast.clerk_a)
        lifecycle.derive([older], by=cast.clerk_a)
        assert sentences(submit(client, older, established_on="2015-01-01"))

    @pytest.mark.parametrize("issued_on", ["2016-05-10", "2014-05-10"])
    def test_a_certificate_moved_onto_or_before_an_earlier_one(self, client, cast, older, issued_on):
        happen(older, cast.clerk_a, "reexamined", D(2021, 4, 1), valid_until=D(2026, 3, 31), certificate_no="N")
        assert sentences(submit(client, older, issued_on=issued_on))
        assert older.issued_on == D(2021, 4, 1)

    def test_a_number_of_another_standard(self, client, standard, make_standard):
        make_standard(certificate_no="X-1")
        renewal = ("reexamined", "2021-04-01", "2026-03-31", "X-1")
        assert sentences(submit(client, standard, renewal))

    def test_a_number_that_another_standard_had_earlier(self, client, cast, standard, make_standard):
        other = make_standard(certificate_no="X-1")
        happen(other, cast.clerk_a, "reexamined", D(2021, 4, 1), valid_until=D(2026, 3, 31), certificate_no="X-2")
        assert sentences(submit(client, standard, certificate_no="X-1"))
        [error] = [rule for rule in MeasurementStandard._meta.constraints if rule.name.endswith("_certificate")]
        response = submit(client, standard, certificate_no="X-1")
        assert response.context["adminform"].form.errors["certificate_no"] == [str(error.violation_error_message)]


class TestOlderStandard:
    def test_its_first_certificate_held_until_the_present_one(self, older):
        assert events_of(older)[0] == ("established", D(2011, 5, 10), None)
        assert intervals_of(older) == [(D(2011, 5, 10), D(2021, 5, 9))]

    def test_a_corrected_date_of_issue_leaves_no_gap(self, client, older):
        assert submit(client, older, issued_on="2016-06-01").status_code == 302
        assert intervals_of(older) == [(D(2011, 5, 10), D(2021, 5, 9))]

    def test_it_turns_out_to_be_new(self, client, cast, older):
        assert submit(client, older, established_on="").status_code == 302
        assert older.established_on == D(2016, 5, 10)
        assert events_of(older) == [("established", D(2016, 5, 10), D(2021, 5, 9))]
        assert older.events.get(voided_at__isnull=False).voided_by == cast.clerk_a

    def test_its_page_saves_unchanged(self, client, older):
        assert submit(client, older, remark="备注").status_code == 302


class TestTwoPeople:
    def test_a_row_that_only_the_other_changed_is_taken_over(self, client, cast, standard):
        mine = posted(client, page(standard, "change"))
        event = standard.events.get()
        event.remark = "他人所写"
        records.save(event, by=cast.manager_a)
        records.save(standard, by=cast.manager_a)

        response = client.post(page(standard, "change"), {**mine, "name": "我的名"})
        [difference] = response.context["differences"]
        assert (difference.name, difference.theirs, difference.is_contested) == ("events-0-remark", "他人所写", False)
        assert "2016-05-10" in difference.row
        assert client.post(page(standard, "change"), values_of(response)).status_code == 302
        assert (standard.events.get().remark, MeasurementStandard.objects.get().name) == ("他人所写", "我的名")

    def test_a_contested_row_keeps_mine_unless_i_take_theirs(self, client, cast, standard):
        mine = posted(client, page(standard, "change"))
        event = standard.events.get()
        event.remark = "他人所写"
        records.save(event, by=cast.manager_a)
        records.save(standard, by=cast.manager_a)

        response = client.post(page(standard, "change"), {**mine, "events-0-remark": "我所写"})
        assert response.context["differences"][0].is_contested
        assert 'name="take_theirs" value="events-0-remark"' in response.content.decode()
        again = values_of(response)
        assert again["events-0-remark"] == "我所写"
        client.post(page(standard, "change"), {**again, "take_theirs": "events-0-remark"})
        assert standard.events.get().remark == "他人所写"

    def test_a_page_that_is_only_read_asks_for_no_version(self, client, cast, standard):
        for person, is_asked in ((cast.clerk_a, True), (cast.inspector_a, False)):
            client.force_login(person)
            assert ("events-0-seen_version" in client.get(page(standard, "change")).content.decode()) is is_asked
        records.void(standard, by=cast.clerk_a, reason="重复")
        client.force_login(cast.clerk_a)
        shown = client.get(page(standard, "change")).content.decode()
        assert "-seen_version" not in shown
        assert "seen version" not in shown.lower()

    def test_events_are_judged_with_those_entered_meanwhile(self, client, cast, standard):
        mine = posted(client, page(standard, "change"))
        happen(standard, cast.manager_a, "sealed", D(2018, 1, 1))
        again = {"events-TOTAL_FORMS": "2", "events-1-on": "2018-02-01", "events-1-kind": "sealed"}
        assert sentences(client.post(page(standard, "change"), {**mine, **again}))
        assert standard.events.count() == 2


class TestNumbers:
    def test_a_renewal_without_a_number_keeps_the_one_before(self, client, standard):
        assert submit(client, standard, ("reexamined", "2021-04-01", "2026-03-31")).status_code == 302
        assert {event.certificate_no for event in standard.events.all()} == {standard.certificate_no}

    def test_a_renewal_finds_its_forerunner_however_it_is_written(self, client, cast, make_standard):
        client.force_login(cast.clerk_a)
        standard = make_standard(certificate_no="[2016] 量标 证字第 1 号")
        renewal = {"former_certificate_no": "［2016］量标证字第1号", "certificate_no": "[2021] 新号"}
        assert submit(client, standard, **renewal, issued_on="2021-04-01", valid_until="2026-03-31").status_code == 302
        assert [(event.kind, event.on.year) for event in standard.events.all()] == [
            ("established", 2016),
            ("reexamined", 2021),
        ]

    def test_restoring_meets_a_number_given_to_another_meanwhile(self, client, cast, standard, make_standard):
        records.void(standard, by=cast.clerk_a, reason="重复")
        other = make_standard(certificate_no=standard.certificate_no)
        happen(other, cast.clerk_a, "reexamined", D(2021, 4, 1), valid_until=D(2026, 3, 31), certificate_no="X-2")
        client.post(page(standard, "change").replace("change/", "unvoid/"))
        standard.refresh_from_db()
        assert standard.is_voided


def test_every_value_before_stays_known(client, cast, standard):
    """Who changed what, of rows added in bulk too: the certificate, its event, the state that followed, the voiding."""
    assert not standard.events.get().history.exists()  # added in bulk
    submit(client, standard, valid_until="2022-01-01", change_reason="证书更正")
    happen(standard, cast.manager_a, "sealed", D(2018, 1, 1))
    records.void(standard, by=cast.clerk_a, reason="重复")
    records.unvoid(standard, by=cast.manager_a)
    lines = standard.history.order_by("history_id")
    assert [
        (line.version, line.valid_until, line.state, bool(line.voided_at), line.history_user) for line in lines
    ] == [
        (1, D(2021, 5, 9), "valid", False, cast.clerk_a),
        (2, D(2022, 1, 1), "valid", False, cast.clerk_a),
        (3, D(2022, 1, 1), "sealed", False, cast.manager_a),
        (4, D(2022, 1, 1), "sealed", True, cast.clerk_a),
        (5, D(2022, 1, 1), "sealed", False, cast.manager_a),
    ]
    assert all(line.history_change_reason for line in lines[1:])
    event = standard.events.get(kind="established").history.order_by("history_id")
    assert [(line.version, line.valid_until, line.history_user) for line in event] == [
        (1, D(2021, 5, 9), cast.clerk_a),
        (2, D(2022, 1, 1), cast.clerk_a),
    ]
    assert event[1].history_change_reason


class TestBeingSetUp:
    """A standard without a certificate: entered, examined, and then established by its first certificate."""

    @pytest.fixture
    def draft(self, make_standard):
        empty = {"certificate_no": "", "issued_on": None, "valid_until": None, "established_on": None}
        return make_standard(**empty)

    def add(self, client, standard, kind, on, **values):
        data = posted(client, page(standard, "change"))
        number = int(data["events-TOTAL_FORMS"])
        event = {f"events-{number}-{name}": value for name, value in {"kind": kind, "on": on, **values}.items()}
        return client.post(page(standard, "change"), {**data, "events-TOTAL_FORMS": number + 1, **event})

    def state_of(self, standard):
        standard.refresh_from_db()
        return standard.state

    def test_it_is_a_draft_and_counts_nowhere(self, cast, draft):
        figures = compute(indicators.every(), "210000", Period.year(2016))
        assert self.state_of(draft) == "draft"
        assert not any(figure.value for figure in figures)
        assert str(draft) == draft.name

    def test_from_application_to_certificate(self, client, cast, draft):
        client.force_login(cast.clerk_a)
        steps = [
            ("applied", "2016-01-04", {}, "draft"),
            ("exam_begun", "2016-02-01", {}, "new_exam"),
            ("exam_failed", "2016-03-01", {}, "draft"),
            ("exam_begun", "2016-04-01", {}, "new_exam"),
            ("established", "2016-05-10", {"certificate_no": "[2016] 首证", "valid_until": "2021-05-09"}, "valid"),
        ]
        for kind, on, values, state in steps:
            assert self.add(client, draft, kind, on, **values).status_code == 302, kind
            assert self.state_of(draft) == state
        assert (draft.certificate_no, draft.issued_on, draft.established_on) == (
            "[2016] 首证",
            D(2016, 5, 10),
            D(2016, 5, 10),
        )
        figure = compute([indicators.get("standards.established")], "210000", Period.year(2016))[0]
        assert figure.value == 1

    def test_it_rejects_a_first_certificate_without_a_number(self, client, cast, draft):
        client.force_login(cast.clerk_a)
        response = self.add(client, draft, "established", "2016-05-10", valid_until="2021-05-09")
        assert response.status_code == 200
        assert self.state_of(draft) == "draft"

    @pytest.mark.parametrize("missing", ["certificate_no", "issued_on", "valid_until"])
    def test_it_rejects_half_a_certificate(self, client, cast, draft, missing):
        client.force_login(cast.clerk_a)
        certificate = {"certificate_no": "[2016] 首证", "issued_on": "2016-05-10", "valid_until": "2021-05-09"}
        data = {**posted(client, page(draft, "change")), **certificate, missing: ""}
        assert client.post(page(draft, "change"), data).status_code == 200
        draft.refresh_from_db()
        assert (draft.certificate_no, draft.issued_on, draft.valid_until) == ("", None, None)

    def test_the_certificate_may_also_be_entered_on_the_form(self, client, cast, draft):
        client.force_login(cast.clerk_a)
        certificate = {"certificate_no": "[2016] 首证", "issued_on": "2016-05-10", "valid_until": "2021-05-09"}
        response = client.post(page(draft, "change"), {**posted(client, page(draft, "change")), **certificate})
        assert response.status_code == 302
        assert self.state_of(draft) == "valid"
        assert draft.in_force_intervals.count() == 1

    def test_it_rejects_emptying_a_certificate_on_record(self, client, cast, make_standard):
        standard = make_standard()
        client.force_login(cast.clerk_a)
        emptied = dict.fromkeys(("certificate_no", "issued_on", "valid_until", "established_on"), "")
        response = client.post(page(standard, "change"), {**posted(client, page(standard, "change")), **emptied})
        assert response.status_code == 200
        assert self.state_of(standard) == "valid"

    def test_two_drafts_of_one_authority_stand_side_by_side(self, cast, draft, make_standard):
        other = make_standard(certificate_no="", issued_on=None, valid_until=None, established_on=None)
        assert {self.state_of(draft), self.state_of(other)} == {"draft"}

    def test_it_is_entered_on_the_page(self, client, cast, draft):
        client.force_login(cast.clerk_a)
        data = {name: value for name, value in posted(client, page(draft, "change")).items() if "events" not in name}
        assert client.post(page(draft, "add"), data).status_code == 302
        assert MeasurementStandard.objects.filter(state="draft").count() == 2
