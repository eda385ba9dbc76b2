"""Events with their papers and particulars, refusals that name the clause, and events that come in by Excel."""

from datetime import date as D

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from bureau import records
from bureau.exchange import effects, undo
from bureau.exchange.sheets import get_sheet
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.periods import Period
from standards import event_entry
from standards.models import EventDevice, EventPaper, StandardDevice, StandardEvent
from standards.models.paper import missing_papers
from standards.replay import Rulebook, replay
from tests.contracts import page, posted, taken
from tests.importing import received, workbook
from tests.standard_files import again, hand_in, happen
from tests.test_preview import carried_out
from tests.test_reexamination import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def standard(client, cast, make_standard):
    """Set up on 10 May 2016, valid for five years; the clerk is logged in."""
    client.force_login(cast.clerk_a)
    return make_standard(issued_on=D(2016, 5, 10), valid_until=D(2021, 5, 9))


class TestOrder:
    @pytest.mark.parametrize(
        ("steps", "clause"),
        [
            ([("restored", D(2017, 1, 1))], "7.4"),
            ([("accepted", D(2016, 1, 1))], "5.2"),
            ([("withdrawn", D(2018, 1, 1)), ("reexamined", D(2018, 5, 1))], "5.4"),
            ([("sealed", D(2018, 1, 1)), ("restored", D(2022, 1, 1))], "7.4"),
            ([("sealed", D(2018, 1, 1)), ("changed", D(2018, 2, 1))], "7.2"),
        ],
    )
    def test_it_rejects_with_the_clause(self, reference, steps, clause):
        first = StandardEvent(kind="established", on=D(2016, 5, 10), valid_until=D(2021, 5, 9))
        later = [StandardEvent(kind=kind, on=on, valid_until=D(2026, 1, 1)) for kind, on in steps]
        problem = replay([first, *later], Rulebook.load()).problem
        assert f"JJF 1033 {clause}" in problem

    def test_application_and_acceptance_before_the_examination(self, reference):
        steps = [("applied", 1), ("accepted", 2), ("exam_begun", 3)]
        events = [StandardEvent(kind=kind, on=D(2016, month, 1)) for kind, month in steps]
        life = replay(events, Rulebook.load())
        assert (life.state, life.problem) == ("new_exam", None)

    def test_a_change_leaves_the_state(self, reference):
        first = StandardEvent(kind="established", on=D(2016, 5, 10), valid_until=D(2021, 5, 9))
        life = replay([first, StandardEvent(kind="changed", on=D(2017, 1, 1))], Rulebook.load())
        assert (life.state, life.intervals) == ("valid", [(D(2016, 5, 10), D(2021, 5, 9))])


class TestParticulars:
    @pytest.mark.parametrize(
        "values",
        [
            {"kind": "sealed", "sealed_until": D(2017, 12, 31)},
            {"kind": "withdrawn", "sealed_until": D(2019, 1, 1)},
            {"kind": "sealed", "situation": "main_renewed"},
            {"kind": "withdrawn", "before": "旧设备"},
        ],
    )
    def test_it_rejects(self, cast, standard, values):
        event = StandardEvent(standard=standard, on=D(2018, 1, 1), **values)
        with pytest.raises(ValidationError):
            event.validate_constraints()
        with pytest.raises(IntegrityError), transaction.atomic():
            records.save(event, by=cast.clerk_a)

    def test_they_are_entered_on_the_events_page(self, client, cast, standard):
        event = happen(standard, cast.clerk_a, "replaced", D(2018, 1, 1))
        change = {"situation": "main_renewed", "cause": "trouble", "effect": "unchanged", "before": "旧", "after": "新"}
        data = {**filled(client, event), **change, "unit_opinion": "同意"}
        assert client.post(page(event, "change"), data).status_code == 302
        event.refresh_from_db()
        assert {name: getattr(event, name) for name in change} == change
        assert event.papers.count() == 0  # the proposed lines were not filled in

    def test_what_the_state_follows_from_is_not_edited_there(self, client, cast, standard):
        event = happen(standard, cast.clerk_a, "sealed", D(2018, 1, 1))
        shown = client.get(page(event, "change")).context["adminform"].form.fields
        assert not {"on", "kind", "certificate_no", "valid_until", "standard"} & set(shown)
        assert "sealed_until" in shown

    def test_other_office_gets_404(self, client, cast, standard):
        event = standard.events.get()
        client.force_login(cast.clerk_b)
        assert client.get(page(event, "change")).status_code == 404
        assert client.post(page(event, "change"), {}).status_code == 404

    def test_manager_adds_none(self, client, cast, standard):
        client.force_login(cast.manager_a)
        assert client.get(page(standard.events.get(), "add")).status_code == 403

    def test_devices_of_this_standard_only(self, cast, standard, make_standard):
        event = happen(standard, cast.clerk_a, "replaced", D(2018, 1, 1))
        own, other = (
            records.save(StandardDevice(standard=each, name="砝码", serial_no="1", begins_on=D(2016, 5, 10)), by=None)
            for each in (standard, make_standard())
        )
        EventDevice(event=event, side="before", device=own).clean()
        with pytest.raises(ValidationError):
            EventDevice(event=event, side="after", device=other).clean()


class TestPapers:
    def test_the_list_depends_on_the_event_and_the_standard(self, cast, standard, make_standard):
        renewal = happen(standard, cast.clerk_a, "applied", D(2020, 11, 1))
        draft = make_standard(certificate_no="", issued_on=None, valid_until=None, established_on=None)
        first = happen(draft, cast.clerk_a, "applied", D(2020, 11, 1))
        assert {"repeatability", "stability", "examination_certificate"} <= set(missing_papers(renewal))
        assert "examination_certificate" not in missing_papers(first)
        assert "change_form" not in missing_papers(renewal)  # only where there was a change

    def test_what_was_handed_in_or_is_not_needed_is_not_missing(self, cast, standard):
        event = happen(standard, cast.clerk_a, "applied", D(2020, 11, 1))
        before = set(missing_papers(event))
        paper = hand_in(event, "application", D(2020, 11, 1), by=cast.clerk_a)
        hand_in(event, "stability", None, by=cast.clerk_a, is_not_needed=True, remark="控制图")
        assert before - set(missing_papers(event)) == {"application", "stability"}
        records.void(paper, by=cast.clerk_a, reason="误录")
        assert "application" in missing_papers(event)

    @pytest.mark.parametrize(
        "values",
        [{}, {"is_not_needed": True}, {"is_not_needed": True, "remark": "?", "handed_in_on": D(2020, 11, 1)}],
    )
    def test_it_is_handed_in_or_not_needed(self, cast, standard, values):
        paper = EventPaper(event=standard.events.get(), document="application", **values)
        with pytest.raises(ValidationError):
            paper.validate_constraints()
        with pytest.raises(IntegrityError), transaction.atomic():
            records.save(paper, by=cast.clerk_a)

    def test_the_page_proposes_the_list(self, client, cast, standard):
        event = happen(standard, cast.clerk_a, "applied", D(2020, 11, 1))
        data = filled(client, event)
        assert data["papers-0-document"] == "application"
        assert client.post(page(event, "change"), {**data, "papers-0-handed_in_on": "2020-11-02"}).status_code == 302
        paper = event.papers.get()
        assert (paper.document, paper.handed_in_on, paper.created_by) == ("application", D(2020, 11, 2), cast.clerk_a)
        assert "application" not in missing_papers(event)

    def test_the_standards_page_links_to_it(self, client, standard):
        event = standard.events.get()
        assert page(event, "change") in client.get(page(standard, "change")).content.decode()


HEADER = ("standard", "kind", "on", "certificate_no", "valid_until", "sealed_until", "reason")


def sheet_of(path, *lines):
    sheet = get_sheet("standard_events")
    return workbook(path / "events.xlsx", lines, header=[str(sheet.by_name[name].label) for name in HEADER])


def line(standard, kind, on, **values):
    return [standard.certificate_no, kind, on, *(values.get(name, "") for name in HEADER[3:])]


class TestByExcel:
    def test_events_move_the_standard(self, cast, standard, tmp_path):
        lines = [
            line(standard, "封存", "2018-01-01", sealed_until="2018-12-31", reason="设备维修"),
            line(standard, "恢复使用", "2018-11-01"),
            line(standard, "复查", "2021-04-01", valid_until="2026-03-31", certificate_no="[2021] 换证"),
        ]
        outcome = taken(get_sheet("standard_events"), sheet_of(tmp_path, *lines), cast.clerk_a)
        assert outcome.created == 3, outcome.errors
        standard = again(standard)
        assert (standard.state, standard.certificate_no, standard.valid_until) == (
            "valid",
            "[2021] 换证",
            D(2026, 3, 31),
        )
        assert list(standard.in_force_intervals.values_list("begins_on", "ends_on")) == [
            (D(2016, 5, 10), D(2017, 12, 31)),
            (D(2018, 11, 1), D(2026, 3, 31)),
        ]

    @pytest.mark.parametrize(
        ("kind", "values", "column", "said"),
        [
            ("恢复使用", {}, "on", "JJF 1033 7.4"),
            ("复查", {}, "valid_until", ""),
            ("撤销", {"sealed_until": "2019-01-01"}, "sealed_until", ""),
        ],
    )
    def test_it_rejects(self, cast, standard, tmp_path, kind, values, column, said):
        outcome = taken(
            get_sheet("standard_events"), sheet_of(tmp_path, line(standard, kind, "2018-01-01", **values)), cast.clerk_a
        )
        assert (outcome.created, outcome.failed) == (0, 1)
        assert column in {error.column for error in outcome.errors}
        assert said in " ".join(error.reason for error in outcome.errors)
        assert standard.events.count() == 1

    def test_the_possible_ones_of_a_file_are_taken(self, cast, standard, tmp_path):
        lines = [line(standard, "恢复使用", "2017-01-01"), line(standard, "封存", "2018-01-01")]
        outcome = taken(get_sheet("standard_events"), sheet_of(tmp_path, *lines), cast.clerk_a)
        assert (outcome.created, outcome.failed) == (1, 1)
        assert again(standard).state == "sealed"

    def test_another_office_enters_none(self, cast, standard, tmp_path):
        path = sheet_of(tmp_path, line(standard, "封存", "2018-01-01"))
        assert taken(get_sheet("standard_events"), path, cast.clerk_b).failed == 1
        assert again(standard).state == "valid"

    def test_the_preview_foresees_what_the_import_does(self, standard):
        events = [
            StandardEvent(standard=standard, kind="restored", on=D(2017, 1, 1)),
            StandardEvent(standard=standard, kind="sealed", on=D(2018, 1, 1)),
            StandardEvent(standard=standard, kind="restored", on=D(2018, 6, 1)),
        ]
        assert [bool(problem) for problem in event_entry.foresee(events)] == [True, False, False]

    def received(self, cast, path):
        return received(path, cast.clerk_a, "standard_events")

    @pytest.mark.django_db(transaction=True)
    def test_the_effect_on_the_figures_is_tried_on_the_whole_standard(self, cast, standard, tmp_path):
        run = self.received(cast, sheet_of(tmp_path, line(standard, "封存", "2018-01-01")))
        found = effects.work_out(run, user=cast.clerk_a)
        changed = {(each["key"], each["period"]) for each in found["figures"]}
        assert ("standards.in_force", Period.year(2018).label) in changed
        assert ("standards.events", Period.year(2018).label) in changed
        assert again(standard).state == "valid"

    def test_it_is_undone_with_what_followed(self, cast, standard, tmp_path):
        renewal = line(standard, "复查", "2021-04-01", valid_until="2026-03-31", certificate_no="[2021] 换证")
        run = carried_out(self.received(cast, sheet_of(tmp_path, renewal)))
        assert again(standard).certificate_no == "[2021] 换证"
        assert undo.claim(run) == ""
        undo.carry_out(run, by=cast.clerk_a, guard=lambda done: transaction.atomic())
        assert again(standard).certificate_no == standard.certificate_no
        assert again(standard).valid_until == D(2021, 5, 9)


class TestFigures:
    def figure(self, key, year, **values):
        [figure] = compute([indicators.get(key)], "210000", Period.year(year), values=values)
        return figure

    def test_events_of_a_year_by_kind(self, cast, standard, make_standard):
        make_standard(kind="authorised", issued_on=D(2018, 5, 10))  # not public
        happen(standard, cast.clerk_a, "sealed", D(2018, 1, 1))
        happen(standard, cast.clerk_a, "restored", D(2018, 6, 1))
        happen(standard, cast.clerk_a, "withdrawn", D(2018, 9, 1))
        figure = self.figure("standards.events", 2018)
        assert figure.value == 3
        assert {kind: count for kind, count in figure.breakdowns["kind"].items() if count} == {
            "sealed": 1,
            "restored": 1,
            "withdrawn": 1,
        }
        assert self.figure("standards.withdrawn", 2018).value == 1
        assert self.figure("standards.reexamined", 2018).value == 0

    def test_re_examined(self, cast, standard):
        happen(standard, cast.clerk_a, "reexamined", D(2021, 4, 1), valid_until=D(2026, 3, 31), certificate_no="新")
        assert self.figure("standards.reexamined", 2021).value == 1
        assert self.figure("standards.established", 2021).value == 0


def test_the_page_of_a_standard_takes_a_sealing_with_its_reason(client, standard):
    data = posted(client, page(standard, "change"))
    event = {"events-1-kind": "sealed", "events-1-on": "2018-01-01", "events-1-reason": "搬迁", "events-TOTAL_FORMS": 2}
    assert client.post(page(standard, "change"), {**data, **event}).status_code == 302
    assert again(standard).state == "sealed"
    assert standard.events.get(kind="sealed").reason == "搬迁"
