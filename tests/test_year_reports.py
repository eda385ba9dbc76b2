"""The reporting chain: who confirms which year, what stands against it, and who is missing."""

import html
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.translation import override

from bureau.due.digest import digest_for
from bureau.due.listing import Asked, DueList
from bureau.due.models import DailyMail
from bureau.models import Operation
from bureau.reporting import chain, freezing, plausibility
from bureau.reporting.completeness import Board
from bureau.reporting.models import YearReport, YearReportStep
from tests.cast import CITY_A, CITY_B, COUNTY, PROVINCE, office, staff

BOARD = reverse("reporting:year-reports")
DUE = date(2017, 1, 15)


@pytest.fixture(autouse=True)
def january():
    with time_machine.travel("2017-01-05 10:32+08:00", tick=False) as clock, override("en"):
        yield clock


@pytest.fixture
def client(client):
    """Reads English, as the sentences below are written."""
    client.cookies.load({settings.LANGUAGE_COOKIE_NAME: "en"})
    return client


@pytest.fixture
def managers(cast):
    """A second manager of city A, one of city B, one of the county."""
    cast.second_a = staff("second_a", "manager", cast.manager_a.office)
    cast.manager_b = staff("manager_b", "manager", cast.clerk_b.office)
    cast.manager_county = staff("manager_county", "manager", cast.clerk_county.office)
    return cast


@pytest.fixture
def report(managers):
    """That of city A, asked for by the province."""
    chain.call_for(2016, DUE, by=managers.manager_province)
    return of(managers.manager_a)


def of(person, year=2016):
    return YearReport.objects.select_related("office").get(office=person.office, year=year)


def hand_in(report, by, **values):
    found = plausibility.findings(report.region_id, report.year, user=by)
    return chain.submit(report, by=by, confirmed=plausibility.digest(found), **values)


def accepted(person, by, year=2016):
    hand_in(of(person, year), person)
    return chain.accept(of(person, year), by=by)


def steps(report):
    return [step.did for step in report.steps.all()]


def posted(client, report, what, **values):
    return client.post(report.get_absolute_url(), {"what": what, "version": report.version, **values})


# Asking ------------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestAsking:
    def test_each_office_one_level_below_is_asked(self, managers):
        done = chain.call_for(2016, DUE, by=managers.manager_province)
        assert (done.added, done.changed) == (2, 0)
        rows = YearReport.objects.order_by("region")
        assert [(row.region_id, row.state, row.due_on, row.version) for row in rows] == [
            (CITY_A, "draft", DUE, 1),
            (CITY_B, "draft", DUE, 1),
        ]
        assert "鞍山市" in done.without_office
        assert "沈阳市" not in done.without_office
        assert chain.call_for(2016, DUE, by=managers.manager_a).added == 1
        assert of(managers.manager_county).region_id == COUNTY

    def test_asked_again_only_what_waits_gets_the_new_day(self, managers, report):
        hand_in(report, managers.manager_a)
        later = DUE + timedelta(days=7)
        done = chain.call_for(2016, later, by=managers.manager_province)
        assert (done.added, done.changed) == (0, 1)
        assert (of(managers.manager_a).due_on, of(managers.manager_b).due_on) == (DUE, later)
        assert steps(of(managers.manager_b)) == ["asked", "asked"]
        again = chain.call_for(2016, later, by=managers.manager_province)
        assert (again.added, again.changed) == (0, 0)
        assert of(managers.manager_b).version == 2

    @pytest.mark.parametrize(
        ("year", "due_on", "said"),
        [
            (2016, date(2017, 1, 4), "lies in the past"),
            (2018, DUE, "has not begun"),
            (99, DUE, "is not between the years"),
        ],
    )
    def test_it_rejects(self, managers, year, due_on, said):
        with pytest.raises(chain.Refused, match=said):
            chain.call_for(year, due_on, by=managers.manager_province)
        assert not YearReport.objects.exists()

    def test_whoever_has_nobody_below_asks_nobody(self, managers):
        with pytest.raises(chain.Refused, match="none to ask"):
            chain.call_for(2016, DUE, by=managers.manager_county)

    def test_counties_directly_under_a_province_are_asked_by_it(self, reference):
        """济源市 (419001) has the province as its superior region."""
        province = office("410000")
        county = office("419001", province)
        chain.call_for(2016, DUE, by=staff("manager_henan", "manager", province))
        assert YearReport.objects.get().office == county

    def test_an_office_that_stands_under_another_is_not_asked(self, managers):
        managers.manager_b.office.parent = None
        managers.manager_b.office.save()
        assert chain.call_for(2016, DUE, by=managers.manager_province).added == 1
        assert not YearReport.objects.filter(region=CITY_B).exists()

    def test_needs_a_manager(self, cast):
        for person in (cast.clerk_province, cast.inspector_a, cast.auditor, cast.system_admin):
            with pytest.raises(PermissionDenied):
                chain.call_for(2016, DUE, by=person)

    def test_an_institution_answers_for_no_region(self, managers):
        house = office(CITY_A, managers.manager_a.office, number=2, kind="legal_institution", name="计量院")
        with pytest.raises(PermissionDenied):
            chain.begin(2016, by=staff("manager_house", "manager", house))

    def test_an_office_may_begin_by_itself_and_once(self, managers):
        first = chain.begin(2016, by=managers.manager_a)
        assert chain.begin(2016, by=managers.second_a) == first
        chain.call_for(2016, DUE, by=managers.manager_province)
        assert (of(managers.manager_a).pk, of(managers.manager_a).due_on) == (first.pk, DUE)
        assert steps(first) == ["begun", "asked"]


# The steps ---------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestSteps:
    def test_the_way_from_the_county_to_the_province(self, managers, report):
        chain.call_for(2016, DUE, by=managers.manager_a)
        assert accepted(managers.manager_county, managers.manager_a).state == "accepted"
        assert accepted(managers.manager_a, managers.manager_province).state == "accepted"
        chain.begin(2016, by=managers.manager_province)
        assert accepted(managers.manager_province, managers.manager_province).state == "accepted"
        assert steps(report) == ["asked", "submitted", "accepted"]
        assert [step.by for step in report.steps.all()] == [
            managers.manager_province,
            managers.manager_a,
            managers.manager_province,
        ]
        assert report.steps.first().due_on == DUE

    def test_returned_with_a_reason_and_submitted_again(self, managers, report):
        hand_in(report, managers.manager_a, remark=" 县区数据齐全 ")
        with pytest.raises(chain.Refused, match="Say why"):
            chain.give_back(of(managers.manager_a), by=managers.manager_province, reason="  ")
        back = chain.give_back(of(managers.manager_a), by=managers.manager_province, reason="覆盖率有误")
        assert (back.state, back.version, back.is_waiting) == ("returned", 3, True)
        again = hand_in(back, managers.second_a)
        assert (again.state, again.version) == ("submitted", 4)
        assert list(report.steps.values_list("did", "remark")) == [
            ("asked", ""),
            ("submitted", "县区数据齐全"),
            ("returned", "覆盖率有误"),
            ("submitted", ""),
        ]

    def test_an_accepted_year_is_reopened_with_a_reason(self, managers, report):
        done = accepted(managers.manager_a, managers.manager_province)
        with pytest.raises(chain.Refused, match="Say why"):
            chain.reopen(done, by=managers.manager_province, reason="")
        assert chain.reopen(done, by=managers.manager_province, reason="漏报").state == "returned"
        assert steps(report)[-1] == "reopened"

    def test_a_year_on_which_one_above_rests_is_not_reopened(self, managers, report):
        chain.call_for(2016, DUE, by=managers.manager_a)
        accepted(managers.manager_county, managers.manager_a)
        accepted(managers.manager_a, managers.manager_province)
        with pytest.raises(chain.Refused, match="The year of 沈阳市市场监督管理局 is accepted"):
            chain.reopen(of(managers.manager_county), by=managers.manager_a, reason="漏报")
        chain.reopen(of(managers.manager_a), by=managers.manager_province, reason="县里要改")
        assert chain.reopen(of(managers.manager_county), by=managers.manager_a, reason="漏报").state == "returned"

    @pytest.mark.parametrize(
        ("state", "verbs"),
        [
            ("draft", {"submit"}),
            ("returned", {"submit"}),
            ("submitted", {"accept", "give_back"}),
            ("accepted", {"reopen"}),
        ],
    )
    def test_what_may_be_done_in_which_state(self, managers, report, state, verbs):
        YearReport.objects.filter(pk=report.pk).update(state=state)
        done = set()
        for verb, call in self.verbs(managers).items():
            try:
                with transaction.atomic():
                    call(of(managers.manager_a))
                    done.add(verb)
                    transaction.set_rollback(True)
            except chain.Refused as refused:
                assert "this is done at" in str(refused)
        assert done == verbs

    def verbs(self, managers):
        above = managers.manager_province
        return {
            "submit": lambda report: hand_in(report, managers.manager_a),
            "accept": lambda report: chain.accept(report, by=above),
            "give_back": lambda report: chain.give_back(report, by=above, reason="有误"),
            "reopen": lambda report: chain.reopen(report, by=above, reason="有误"),
        }

    def test_who_may_not(self, managers, report):
        """Nobody accepts the own year while somebody stands above; neighbours and those below do nothing at all."""
        for person in (managers.manager_b, managers.manager_county, managers.clerk_a, managers.manager_province):
            with pytest.raises(PermissionDenied):
                chain.submit(report, by=person)
        hand_in(report, managers.manager_a)
        for person in (managers.manager_a, managers.manager_b, managers.manager_county, managers.clerk_province):
            for verb in (chain.accept, chain.give_back, chain.reopen):
                values = {} if verb is chain.accept else {"reason": "有误"}
                with pytest.raises(PermissionDenied):
                    verb(of(managers.manager_a), by=person, **values)
        assert of(managers.manager_a).state == "submitted"

    def test_an_outdated_page_is_told_what_was_done(self, managers, report, january):
        old = of(managers.manager_a)
        hand_in(report, managers.manager_a)
        with pytest.raises(chain.Refused, match=r"manager a submitted this year at 10:32\."):
            hand_in(old, managers.second_a)
        january.move_to("2017-01-06 09:00+08:00")
        with pytest.raises(chain.Refused, match="at 2017-01-05 10:32"):
            hand_in(old, managers.second_a)
        assert steps(report) == ["asked", "submitted"]

    def test_each_verb_leaves_a_line_in_the_log(self, managers, report):
        accepted(managers.manager_a, managers.manager_province)
        lines = Operation.objects.filter(action="report", target__contains="沈阳市").order_by("pk")
        assert [(line.actor, line.detail["step"]) for line in lines] == [
            (managers.manager_province, "asked"),
            (managers.manager_a, "submitted"),
            (managers.manager_province, "accepted"),
        ]

    def test_a_remark_that_is_too_long_is_refused_not_cut(self, managers, report):
        with pytest.raises(chain.Refused, match="500"):
            hand_in(report, managers.manager_a, remark="数" * 501)
        assert of(managers.manager_a).state == "draft"


@pytest.mark.django_db
class TestFindings:
    def test_they_are_looked_through_before(self, managers):
        report = chain.begin(2016, by=managers.manager_a)
        with pytest.raises(chain.Refused, match="tick that you did"):
            chain.submit(report, by=managers.manager_a)
        with pytest.raises(chain.Refused, match="something else than a moment ago"):
            chain.submit(report, by=managers.manager_a, confirmed="0" * 32)
        hand_in(report, managers.manager_a)
        kept = report.steps.last().findings
        assert [(finding["severity"], finding["figure"], finding["sentence"]) for finding in kept] == [
            ("note", "", "Of 1 offices below, 1 have no accepted report: 和平区.")
        ]
        assert kept[0]["url"] == f"{BOARD}?region={CITY_A}&year=2016"

    def test_without_findings_nothing_is_ticked(self, managers):
        report = chain.begin(2016, by=managers.manager_county)
        assert chain.submit(report, by=managers.manager_county).state == "submitted"
        assert report.steps.last().findings == []


@pytest.mark.django_db
class TestFreezing:
    """Acceptance freezes the year, in the same transaction."""

    def test_it_freezes_and_reopens(self, managers, report, monkeypatch):
        calls = []
        monkeypatch.setattr(freezing, "freeze", lambda *place, **values: calls.append((place, values)))
        monkeypatch.setattr(freezing, "reopen", lambda *place, **values: calls.append((place, values)))
        done = accepted(managers.manager_a, managers.manager_province)
        chain.reopen(done, by=managers.manager_province, reason="漏报")
        by = managers.manager_province
        assert calls == [
            ((CITY_A, 2016), {"office": managers.manager_a.office, "by": by}),
            ((CITY_A, 2016), {"by": by, "reason": "漏报"}),
        ]

    def test_what_cannot_be_frozen_is_not_accepted(self, managers, report, monkeypatch):
        def refuse(*place, **values):
            Operation.objects.create(action="freeze")  # what it wrote goes with it
            raise freezing.CannotFreeze("The year is frozen already.")

        monkeypatch.setattr(freezing, "freeze", refuse)
        with pytest.raises(chain.Refused, match="frozen already"):
            accepted(managers.manager_a, managers.manager_province)
        assert (of(managers.manager_a).state, steps(report)) == ("submitted", ["asked", "submitted"])
        assert not Operation.objects.filter(action="freeze").exists()

    def test_what_cannot_be_reopened_stays_accepted(self, managers, report, monkeypatch):
        def refuse(*place, **values):
            raise freezing.CannotFreeze("Not so.")

        done = accepted(managers.manager_a, managers.manager_province)
        monkeypatch.setattr(freezing, "reopen", refuse)
        with pytest.raises(chain.Refused, match="Not so"):
            chain.reopen(done, by=managers.manager_province, reason="漏报")
        assert of(managers.manager_a).state == "accepted"


# Two at once -------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_managers_who_submit_at_once_one_wins(managers, report):
    together = Barrier(2)

    def submit(person):
        try:
            with override("en"):
                seen = of(managers.manager_a)
                found = plausibility.digest(plausibility.findings(CITY_A, 2016, user=person))
                together.wait(20)
                return chain.submit(seen, by=person, confirmed=found).version
        except chain.Refused as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(submit, [managers.manager_a, managers.second_a]))
    assert 2 in results
    [loser] = [result for result in results if result != 2]
    winner = report.steps.get(did="submitted").by
    assert loser == f"{winner} submitted this year at 10:32."
    assert (of(managers.manager_a).version, steps(report)) == (2, ["asked", "submitted"])


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_at_once_no_office_gets_two_reports(managers):
    second = staff("second_province", "manager", managers.manager_province.office)
    together = Barrier(2)

    def ask(person):
        try:
            together.wait(20)
            return chain.call_for(2016, DUE, by=person).added
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(ask, [managers.manager_province, second]))
    assert sorted(results) == [0, 2]
    assert YearReport.objects.count() == YearReportStep.objects.count() == 2


@pytest.mark.django_db
def test_an_office_has_one_report_of_a_year(managers, report):
    twin = YearReport(office=report.office, region_id=CITY_A, year=2016)
    with pytest.raises(ValidationError, match="a report of this year already"):
        twin.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


# Who is missing ----------------------------------------------------------------------------------


@pytest.mark.django_db
class TestBoard:
    def board(self, person, region=PROVINCE, on=date(2017, 1, 20)):
        return Board(region, 2016, user=person, on=on)

    def test_it_says_who_is_missing_and_how_late(self, managers, report):
        hand_in(report, managers.manager_a)
        board = self.board(managers.manager_province)
        lines = {line.place.code: line for line in board.lines}
        assert (lines[CITY_A].state, lines[CITY_A].days_late) == ("submitted", 0)
        assert (lines[CITY_B].state, lines[CITY_B].days_late) == ("draft", 5)
        assert "210300" in [line.place.code for line in board.without_office]
        assert [line.place.code for line in board.missing] == [CITY_B]
        assert (board.handed_in, len(board.reporting), len(board.lines)) == (1, 2, 14)
        assert [(state, count) for state, _label, count in board.counts] == [
            ("submitted", 1),
            ("draft", 1),
        ]
        assert lines[CITY_A].last.did == "submitted"

    def test_under_each_part_stand_its_own(self, managers, report):
        [city] = [line for line in self.board(managers.manager_province).lines if line.place.code == CITY_A]
        assert [(line.place.code, line.state) for line in city.reporting] == [(COUNTY, "not_asked")]
        chain.call_for(2016, DUE, by=managers.manager_a)
        accepted(managers.manager_county, managers.manager_a)
        [city] = [line for line in self.board(managers.manager_province).lines if line.place.code == CITY_A]
        assert (city.handed_in, city.reporting[0].is_accepted) == (1, True)

    def test_the_last_day_is_not_late(self, managers, report):
        assert report.days_late(DUE) == 0
        assert report.days_late(DUE + timedelta(days=1)) == 1

    def test_a_neighbour_is_told_nothing(self, managers, report):
        lines = self.board(managers.manager_b, PROVINCE).lines
        assert {line.state for line in lines if line.place.code == CITY_A} == {"not_asked"}


# Pages -------------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestPages:
    def test_asking_and_the_board(self, client, managers):
        client.force_login(managers.manager_province)
        page = client.get(BOARD, {"year": "2016"})
        assert page.status_code == 200
        assert (page.context["may_ask"], page.context["is_asked"]) == (True, False)
        assert client.post(f"{BOARD}?year=2016", {"what": "ask", "due_on": "2017-01-15"}).status_code == 302
        page = client.get(BOARD)  # the year that is reported
        assert (page.context["year"], page.context["is_asked"]) == (2016, True)
        assert b"2017-01-15" in page.content
        closed = client.get(BOARD).content.decode()
        opened = client.get(BOARD, {"year": "2016", "open": CITY_A}).content.decode()
        assert f'id="r{COUNTY}"' not in closed
        assert f'id="r{COUNTY}"' in opened

    @pytest.mark.parametrize("due_on", ["", "15.13.2017", "2017-01-04"])
    def test_a_bad_day_asks_nobody(self, client, managers, due_on):
        client.force_login(managers.manager_province)
        page = client.post(f"{BOARD}?year=2016", {"what": "ask", "due_on": due_on})
        assert page.status_code == 200
        assert 'role="alert"' in page.content.decode()
        assert not YearReport.objects.exists()

    def test_only_managers_ask(self, client, managers):
        for person in (managers.clerk_province, managers.inspector_a):
            client.force_login(person)
            assert client.get(BOARD).context["may_ask"] is False
            response = client.post(f"{BOARD}?year=2016", {"what": "ask", "due_on": "2017-01-15"})
            assert response.status_code == 403
        for person in (managers.auditor, managers.system_admin, managers.security_admin):
            client.force_login(person)
            assert client.get(BOARD).status_code == 403

    def test_a_city_sees_only_its_own_and_its_counties(self, client, managers, report):
        chain.call_for(2016, DUE, by=managers.manager_a)
        county, neighbour = of(managers.manager_county), of(managers.manager_b)
        expected = {
            "manager_a": (200, 200, 404),
            "clerk_a": (200, 200, 404),
            "manager_b": (404, 404, 200),
            "manager_county": (404, 200, 404),
            "manager_province": (200, 200, 200),
            "auditor": (403, 403, 403),
        }
        for name, statuses in expected.items():
            client.force_login(getattr(managers, name))
            found = tuple(client.get(row.get_absolute_url()).status_code for row in (report, county, neighbour))
            assert found == statuses, name
        client.force_login(managers.manager_a)
        assert client.get(BOARD, {"region": PROVINCE}).status_code == 404
        assert [line.place.code for line in client.get(BOARD).context["board"].reporting] == [COUNTY]

    def test_submitting_returning_accepting_reopening(self, client, managers, report):
        client.force_login(managers.manager_a)
        page = client.get(report.get_absolute_url())
        assert page.context["may_submit"] is True
        response = posted(client, report, "submit", confirmed=page.context["digest"], remark="已核对")
        assert response.status_code == 302
        client.force_login(managers.manager_province)
        report = of(managers.manager_a)
        assert "已核对" in client.get(report.get_absolute_url()).content.decode()
        assert posted(client, report, "return", reason="覆盖率有误").status_code == 302
        client.force_login(managers.manager_a)
        page = client.get(report.get_absolute_url())
        assert page.context["why"].remark == "覆盖率有误"
        posted(client, of(managers.manager_a), "submit", confirmed=page.context["digest"])
        client.force_login(managers.manager_province)
        assert posted(client, of(managers.manager_a), "accept").status_code == 302
        assert posted(client, of(managers.manager_a), "reopen", reason="漏报").status_code == 302
        assert steps(report) == ["asked", "submitted", "returned", "submitted", "accepted", "reopened"]
        assert Operation.objects.filter(action="report", ip_address="127.0.0.1").count() == 5

    def test_an_outdated_form_is_told_and_keeps_what_was_written(self, client, managers, report):
        hand_in(of(managers.manager_a), managers.second_a)
        client.force_login(managers.manager_a)
        page = posted(client, report, "submit", remark="我所写")
        assert page.status_code == 200
        assert page.context["problem"] == "second a submitted this year at 10:32."
        chain.give_back(of(managers.manager_a), by=managers.manager_province, reason="有误")
        page = posted(client, of(managers.manager_a), "submit", remark="我所写")
        assert "tick that you did" in page.context["problem"]
        assert "我所写" in page.content.decode()

    @pytest.mark.parametrize("version", ["", "x", "9" * 30, "²"])
    def test_a_form_without_a_version_changes_nothing(self, client, managers, report, version):
        client.force_login(managers.manager_a)
        page = client.post(report.get_absolute_url(), {"what": "submit", "version": version})
        assert page.status_code == 200
        assert page.context["problem"]
        assert of(managers.manager_a).version == 1

    def test_the_wrong_role_is_403_another_office_404_an_unknown_verb_404(self, client, managers, report):
        statuses = {"clerk_a": 403, "manager_b": 404, "manager_province": 403, "manager_county": 404}
        for name, status in statuses.items():
            client.force_login(getattr(managers, name))
            assert posted(client, report, "submit").status_code == status, name
        client.force_login(managers.manager_a)
        assert posted(client, report, "delete").status_code == 404
        assert of(managers.manager_a).state == "draft"

    def test_beginning_by_oneself(self, client, managers):
        client.force_login(managers.manager_county)
        page = client.get(BOARD, {"year": "2016"})
        assert page.context["may_begin"] is True
        assert "No region lies below this one" in page.content.decode()
        response = client.post(f"{BOARD}?year=2016", {"what": "begin"})
        assert response.url == of(managers.manager_county).get_absolute_url()

    def test_the_findings_of_the_submission_stay_as_they_were(self, client, managers, report, make_standard):
        for _ in range(10):
            make_standard(by=managers.clerk_a)
        hand_in(report, managers.manager_a)
        make_standard(by=managers.clerk_a, issued_on=date(2015, 3, 1))
        client.force_login(managers.manager_province)
        page = client.get(report.get_absolute_url())
        kept = [finding["sentence"] for finding in page.context["findings"]]
        assert kept == [finding["sentence"] for finding in report.steps.last().findings]
        assert "Nothing is on record for last year of: Public measurement standards set up" in kept[0]
        assert kept[0] in html.unescape(page.content.decode())

    def test_what_no_year_is_gets_a_sentence(self, client, managers):
        client.force_login(managers.manager_a)
        for year in ("1", "abc", "99999"):
            assert client.get(BOARD, {"year": year}).status_code == 400

    def test_the_panel_tells_the_own_year_and_how_many_are_missing(self, client, managers):
        client.force_login(managers.manager_a)
        assert "year-state" not in client.get("/").content.decode()
        chain.call_for(2016, DUE, by=managers.manager_province)
        hand_in(of(managers.manager_a), managers.manager_a)
        chain.give_back(of(managers.manager_a), by=managers.manager_province, reason="覆盖率有误")
        shown = client.get("/").content.decode()
        assert "覆盖率有误" in shown
        assert "2017-01-15" in shown
        hand_in(of(managers.manager_a), managers.manager_a)
        client.force_login(managers.manager_province)
        assert "1 of 2 offices below have handed in" in client.get("/").content.decode()
        client.force_login(managers.manager_b)
        assert "覆盖率有误" not in client.get("/").content.decode()


# Reminders ---------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestReminders:
    def due(self, person, on=date(2017, 1, 20)):
        return DueList(person, on, Asked(kind="reporting.year"))[:10]

    def test_what_waits_stands_on_the_due_list_of_the_office_and_those_above(self, managers, report):
        [item] = self.due(managers.clerk_a)
        assert (item.title, item.due_on, item.days) == ("Report for 2016: being prepared", DUE, -5)
        assert (item.url, item.region, item.office) == (report.get_absolute_url(), "沈阳市", str(report.office))
        assert len(self.due(managers.manager_province)) == 2
        assert self.due(managers.manager_county) == []

    def test_it_goes_when_the_year_is_handed_in_and_comes_back_with_it(self, managers, report):
        hand_in(report, managers.manager_a)
        assert self.due(managers.manager_a) == []
        chain.give_back(of(managers.manager_a), by=managers.manager_province, reason="有误")
        assert [item.title for item in self.due(managers.manager_a)] == ["Report for 2016: returned"]

    def test_without_a_day_nothing_is_due(self, managers):
        chain.begin(2016, by=managers.manager_a)
        assert self.due(managers.manager_a) == []

    def test_page_calendar_and_mail_tell_it(self, client, managers, report):
        client.force_login(managers.manager_a)
        assert "Report for 2016" in client.get("/due/?kind=reporting.year").content.decode()
        address = client.post("/due/notices/", {"what": "renew"}).context["address"]
        client.logout()
        calendar = client.get(address).content.decode().replace("\r\n ", "")
        assert f"UID:reporting.year-{report.pk}@testserver" in calendar
        assert "DTSTART;VALUE=DATE:20170115" in calendar
        mail = DailyMail(owner=managers.manager_a, mail_to="manager@bureau.example")
        assert "2016年度上报" in digest_for(mail, date(2017, 1, 5)).text
