"""The operations log: for the log auditor to read and take along, for nobody to change."""

import csv
import io
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bureau.models import Operation
from bureau.operations import Action, log

LIST = "/bureau/operation/"
EXPORT = f"{LIST}export/"


@pytest.fixture
def client(client):
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def auditor(client, cast):
    client.force_login(cast.auditor)
    Operation.objects.all()._raw_delete(using="default")  # the login itself is a line too
    return client


def line(cast, action=Action.EXPORT, at=None, **values):
    values.setdefault("by", cast.clerk_a)
    operation = log(action, **values)
    if at:
        QuerySet(Operation).filter(pk=operation.pk).update(at=at)  # past the model's own, which refuses
    return operation


def shown(response):
    return [operation.pk for operation in response.context["cl"].result_list]


def exported(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_it_works(auditor, cast):
    operation = line(cast, target="计量标准", rows=3, after={"roles": ["clerk"], "is_active": True}, event="opened")
    text = auditor.get(LIST).content.decode()
    assert "clerk_a" in text and "计量标准" in text
    text = auditor.get(f"{LIST}{operation.pk}/change/").content.decode()
    assert "rows: 3" in text and "event: account opened" in text and "roles: Clerk; may log in: yes" in text
    assert 'name="_save"' not in text


@pytest.mark.parametrize("who", ["clerk_a", "inspector_a", "manager_province", "system_admin", "security_admin"])
def test_it_needs_log_auditor(client, cast, who):
    operation = line(cast)
    client.force_login(getattr(cast, who))
    for url in (LIST, EXPORT, f"{LIST}{operation.pk}/change/", f"{LIST}{operation.pk}/history/"):
        assert client.get(url).status_code in (403, 404), url


def test_nobody_changes_it_by_any_address(client, cast):
    operation = line(cast)
    for _name, person in cast:
        client.force_login(person)
        number = Operation.objects.count()
        for tail in ("add/", f"{operation.pk}/change/", f"{operation.pk}/delete/"):
            response = client.post(f"{LIST}{tail}", {"target": "other", "post": "yes"})
            assert response.status_code in (403, 404), (person, tail)
        client.post(LIST, {"action": "delete_selected", "_selected_action": [operation.pk], "post": "yes"})
        assert Operation.objects.count() == number
    assert Operation.objects.get(pk=operation.pk).target == ""


def test_it_refuses_change_in_code(cast):
    operation = line(cast)
    for change in (
        operation.save,
        operation.delete,
        Operation.objects.all().delete,
        lambda: Operation.objects.update(target="x"),
        lambda: Operation.objects.bulk_update([operation], ["target"]),
    ):
        with pytest.raises(TypeError):
            change()


@pytest.mark.parametrize(("term", "number"), [("clerk_b", 1), ("标准器", 1), ("10.0.0.7", 1), ("nothing", 0), ("", 3)])
def test_search(auditor, cast, term, number):
    line(cast)
    line(cast, by=cast.clerk_b, ip_address="10.0.0.7")
    line(cast, target="标准器.xlsx")
    assert len(shown(auditor.get(LIST, {"q": term}))) == number


def test_filters(auditor, cast):
    zone = timezone.get_current_timezone()
    late = line(cast, Action.LOGIN, at=datetime(2026, 3, 2, 23, 59, 59, tzinfo=zone))
    early = line(cast, Action.EXPORT, at=datetime(2026, 3, 1, 0, 0, tzinfo=zone))
    line(cast, Action.EXPORT, at=datetime(2026, 3, 3, 0, 0, tzinfo=zone))
    days = {"at_from": "2026-03-01", "at_to": "2026-03-02"}
    assert shown(auditor.get(LIST, days)) == [late.pk, early.pk]
    assert shown(auditor.get(LIST, {**days, "action__exact": "export"})) == [early.pk]
    assert len(shown(auditor.get(LIST, {"at_from": "nonsense"}))) == 3
    assert shown(auditor.get(LIST, {"at__year": "2026", "at__month": "3", "at__day": "1"})) == [early.pk]


def test_25_a_page_and_flat_queries(auditor, cast):
    line(cast)
    auditor.get(LIST)
    with CaptureQueriesContext(connection) as few:
        auditor.get(LIST)
    for number in range(40):
        line(cast, target=str(number))
    with CaptureQueriesContext(connection) as many:
        response = auditor.get(LIST)
    assert len(shown(response)) == 25
    assert len(many) == len(few)


def test_export_takes_what_is_shown(auditor, cast):
    line(cast, target="one", rows=2)
    line(cast, by=cast.clerk_b, target="two")
    response = auditor.get(EXPORT, {"q": "clerk_a"})
    titles, *rows = exported(response)
    assert titles[2] == "login name" and len(rows) == 1
    assert rows[0][1:5] == ["Export", "clerk_a", "", "one"] and rows[0][5] == '{"rows": 2}'
    own = Operation.objects.latest("pk")
    assert (own.action, own.actor, own.detail) == ("export", cast.auditor, {"rows": 1, "filter": "q=clerk_a"})


def test_the_button_keeps_the_filters(auditor, cast):
    assert 'href="/bureau/operation/export/?q=clerk_a"' in auditor.get(LIST, {"q": "clerk_a"}).content.decode()


def test_export_is_safe_in_a_spreadsheet(auditor, client, cast):
    log(Action.LOGIN_FAILED, actor_name='=HYPERLINK("http://x")', target="-1+1")
    row = exported(auditor.get(EXPORT))[1]
    assert row[2] == '\'=HYPERLINK("http://x")' and row[4] == "'-1+1"


def test_failed_logins_with_odd_names_are_shown_as_text(auditor, cast):
    log(Action.LOGIN_FAILED, actor_name="<script>alert(1)</script>")
    assert "<script>alert(1)" not in auditor.get(LIST).content.decode()


def test_times_are_local(auditor, cast):
    at = timezone.now().astimezone(timezone.get_current_timezone()) - timedelta(days=1)
    line(cast, at=at)
    assert exported(auditor.get(EXPORT))[1][0] == f"{at:%Y-%m-%d %H:%M:%S}"
