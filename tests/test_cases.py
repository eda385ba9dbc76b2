"""Violation cases and complaints: what is refused, what follows from the dates, what the figures count."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from bureau.exchange.context import Context
from bureau.exchange.sheets import BadRow, get_sheet
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.periods import Period
from enterprises.models import TimeLimit
from enterprises.models.time_limit import Limits
from inspections.models import Complaint, ViolationCase
from tests.case_makers import make_case, make_complaint

pytestmark = pytest.mark.django_db
State = ViolationCase.State
UNDECIDED = {"decided_on": None, "decision_no": "", "closed_on": None, "fine": 0, "confiscated": 0}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def case(cast, make_enterprise):
    return lambda **values: make_case(cast, make_enterprise, **values)


@pytest.fixture
def complaint(cast, make_enterprise):
    return lambda **values: make_complaint(cast, make_enterprise, **values)


def sentences(error):
    return " ".join(error.value.messages)


# What is refused, by the form and by the database alike ------------------------------------------


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"decided_on": None, "decision_no": ""}, "needs a decision"),
        ({"decision_no": ""}, "number and a date"),
        ({"fine": -1}, "cannot be negative"),
        ({"closed_on": date(2016, 5, 31)}, "closed before it is decided"),
        ({"decided_on": date(2016, 5, 9)}, "before it is filed"),
        ({"published_on": date(2016, 5, 31)}, "not before there is one"),
        ({**UNDECIDED, "published_on": date(2016, 6, 30)}, "not before there is one"),
        ({"party": "摊主"}, "one party"),
    ],
)
def test_it_rejects_a_case(case, changes, sentence):
    row = case()
    for name, value in changes.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    assert sentence in sentences(error)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.pk = None
        row.case_no = "another"
        row.save_base(raw=True, force_insert=True)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"answered_on": date(2016, 3, 14)}, "before it is received"),
        ({"answered_on": None}, "given together"),
        ({"answered_on": None, "result": ""}, "once the complaint is answered"),
    ],
)
def test_it_rejects_a_complaint(complaint, changes, sentence):
    row = complaint()
    for name, value in changes.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    assert sentence in sentences(error)


@time_machine.travel("2016-06-30 12:00:00+08:00")
def test_it_rejects_tomorrow(case, complaint):
    for row, name in ((case(), "filed_on"), (complaint(), "received_on")):
        setattr(row, name, date(2016, 7, 1))
        with pytest.raises(ValidationError, match="future"):
            row.clean()


# What follows from the dates ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        (UNDECIDED, State.FILED),
        ({"closed_on": None}, State.DECIDED),
        ({"closed_on": None, "transferred_on": date(2016, 6, 2)}, State.TRANSFERRED),
        ({}, State.CLOSED),
        ({**UNDECIDED, "closed_on": date(2016, 6, 20)}, State.CLOSED),
    ],
)
def test_state_and_filter_agree(case, changes, state):
    row = case(**changes)
    assert row.state == state
    assert [each for each in State if ViolationCase.objects.in_state(each).filter(pk=row.pk).exists()] == [state]


def test_the_limit_is_that_of_the_day(case):
    """90 days from 10 May 2016 end on 8 August; a later edition does not touch it."""
    TimeLimit.objects.filter(act="case_decision").update(effective_to=date(2016, 12, 31))
    TimeLimit.objects.create(act="case_decision", days=60, edition="later", effective_from=date(2017, 1, 1))
    row = case(**UNDECIDED, decision_due_on=None)
    row.clean()
    assert row.decision_due_on == date(2016, 8, 8)
    assert Limits("case_decision").last_day(date(2017, 1, 1)) == date(2017, 3, 2)
    with time_machine.travel("2016-08-08 12:00:00+08:00"):
        assert not row.is_overdue
    with time_machine.travel("2016-08-09 12:00:00+08:00"):
        assert row.is_overdue
        row.save_base(raw=True)
        assert list(ViolationCase.objects.overdue(date(2016, 8, 9))) == [row]
        assert not ViolationCase.objects.overdue(date(2016, 8, 8))


def test_an_answered_complaint_is_not_overdue(complaint):
    late = complaint(answered_on=None, result="", is_satisfied=None)
    complaint()
    assert list(Complaint.objects.overdue(date(2016, 4, 30))) == [late]


# Rows of a file or of an interface ---------------------------------------------------------------


def raw(enterprise, **changes):
    return {
        "agency": "市市场监督管理局", "case_no": "立字〔2016〕7号", "name": "案", "filed_on": "2016.5.10",
        "source": "监督检查", "cause": "使用未经检定或检定不合格的强检器具", "enterprise": enterprise.credit_code,
        "decision_no": "罚字7号", "decided_on": "2016-06-01", "fine": "0.2万元", "region": "210100", **changes,
    }  # fmt: skip


def test_a_row_is_read(cast, make_enterprise):
    values = get_sheet("cases").validate(raw(make_enterprise()), Context(cast.clerk_a.office))
    assert values["fine"] == Decimal(2000)
    assert values["decision_due_on"] == date(2016, 8, 8)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"decision_no": "", "decided_on": ""}, "needs a decision"),
        ({"fine": "-5"}, "0"),
        ({"party": "摊主"}, "one party"),
        ({"cause": "没有这样的案由"}, ""),
    ],
)
def test_a_row_is_refused_alike(cast, make_enterprise, changes, sentence):
    with pytest.raises(BadRow) as error:
        get_sheet("cases").validate(raw(make_enterprise(), **changes), Context(cast.clerk_a.office))
    assert any(sentence in problem.reason for problem in error.value.problems)


# Figures -----------------------------------------------------------------------------------------


def figure(key, **values):
    return compute([indicators.get(key)], "210000", Period.year(2016), values=values)[0].value


def test_figures_of_cases(case, cast, make_enterprise):
    """By hand: two filed and one of 2015; fines 2000 + 300.5; confiscated 500."""
    case()
    case(cause_id="cheating", source="complaint", fine="300.50", confiscated=0, closed_on=None)
    case(filed_on=date(2015, 12, 31), decided_on=None, decision_no="", closed_on=None, fine=0, confiscated=0)
    assert figure("cases.filed") == 2
    assert figure("cases.filed", cause="cheating") == 1
    assert (figure("cases.decided"), figure("cases.closed")) == (2, 1)
    assert figure("cases.fines") == Decimal("2300.50")
    assert figure("cases.confiscated") == 500


def test_figures_of_complaints(complaint):
    """By hand: due in 2016 are three, answered in time one; of two with a word one was satisfied: 33.33 % and 50 %."""
    complaint()
    complaint(answered_on=date(2016, 5, 1), is_satisfied=False)
    complaint(answered_on=None, result="", is_satisfied=None)
    assert figure("complaints.received") == 3
    assert figure("complaints.in_time_rate") == Decimal(100) / 3
    assert figure("complaints.satisfaction_rate") == 50


# Pages -------------------------------------------------------------------------------------------


def test_list_and_page_show_the_state(client, cast, case):
    row = case(**UNDECIDED, decision_due_on=date(2016, 8, 8))
    client.force_login(cast.clerk_a)
    page = client.get(reverse("admin:inspections_violationcase_changelist"), {"state": "overdue"})
    assert row.case_no in page.content.decode()
    assert client.get(reverse("admin:inspections_violationcase_change", args=[row.pk])).status_code == 200
