"""The secret calendar address and the daily mail: what they give, to whom, and what nobody learns."""

import hashlib
import logging
import re
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from smtplib import SMTPRecipientsRefused
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import translation

from bureau import logs, records
from bureau.due import addresses
from bureau.due.models import CalendarAddress, DailyMail
from bureau.jobs.models import Job
from bureau.models import Operation
from tests.jobs_for_tests import work

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)
PAGE, CALENDAR = "/due/notices/", "/due/calendar.ics"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-06-15 10:00+08:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def due(make_standard):
    return make_standard(name="砝码标准装置", issued_on=date(2021, 6, 20), valid_until=TODAY + timedelta(days=3))


def made(client, person):
    """The key in the address that the page shows."""
    client.force_login(person)
    address = client.post(PAGE, {"what": "renew"}).context["address"]
    client.logout()
    assert urlsplit(address).path == CALENDAR
    return parse_qs(urlsplit(address).query)["key"][0]


def read(client, key, **headers):
    return client.get(CALENDAR, {"key": key}, headers=headers)


class TestAddress:
    def test_it_works(self, client, cast, due):
        response = read(client, made(client, cast.clerk_a))
        text = response.content.decode().replace("\r\n ", "")
        assert response.status_code == 200
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert text.count("BEGIN:VEVENT") == 1
        assert "DTSTART;VALUE=DATE:20260618" in text and "砝码标准装置" in text
        assert f"UID:standards.certificate-{due.pk}@testserver" in text
        assert f"URL:http://testserver/standards/measurementstandard/{due.pk}/change/" in text

    def test_no_name_of_a_person_stands_in_it(self, client, cast, due):
        text = read(client, made(client, cast.clerk_a)).content.decode()
        assert cast.clerk_a.username not in text and cast.clerk_a.full_name not in text

    def test_its_reader_sees_no_more_than_logged_in(self, client, cast, due):
        for person in (cast.clerk_b, cast.clerk_county):
            text = read(client, made(client, person)).content.decode()
            assert "VEVENT" not in text and "砝码" not in text
        assert "VEVENT" in read(client, made(client, cast.manager_province)).content.decode()

    def test_the_scope_is_that_of_the_moment(self, client, cast, due):
        key = made(client, cast.clerk_a)
        cast.clerk_a.office = cast.clerk_b.office
        cast.clerk_a.save()
        assert "VEVENT" not in read(client, key).content.decode()

    @pytest.mark.parametrize("values", [{"is_active": False}, {"must_change_password": True}])
    def test_an_account_that_may_not_work_opens_nothing(self, client, cast, values):
        key = made(client, cast.clerk_a)
        type(cast.clerk_a).objects.filter(pk=cast.clerk_a.pk).update(**values)
        assert read(client, key).status_code == 404

    def test_a_role_without_records_opens_nothing(self, client, cast):
        key = made(client, cast.clerk_a)
        cast.clerk_a.groups.clear()
        assert read(client, key).status_code == 404

    def test_codes_that_became_a_duty_are_one_here_too(self, client, cast, settings):
        key = made(client, cast.clerk_a)
        settings.OTP_REQUIRED_ROLES = ["clerk"]
        assert read(client, key).status_code == 404

    def test_a_new_address_ends_the_old(self, client, cast):
        old = made(client, cast.clerk_a)
        new = made(client, cast.clerk_a)
        assert [read(client, key).status_code for key in (old, new)] == [404, 200]
        assert CalendarAddress.objects.count() == 1

    def test_it_can_be_ended(self, client, cast):
        key = made(client, cast.clerk_a)
        client.force_login(cast.clerk_a)
        client.post(PAGE, {"what": "revoke"})
        client.logout()
        assert read(client, key).status_code == 404
        assert not CalendarAddress.objects.exists()

    def test_nobody_ends_or_renews_another_ones(self, client, cast):
        key = made(client, cast.clerk_a)
        client.force_login(cast.clerk_b)
        client.post(PAGE, {"what": "revoke"})
        client.logout()
        made(client, cast.clerk_b)
        assert read(client, key).status_code == 200

    @pytest.mark.parametrize("change", [
        lambda key: "", lambda key: key[:-1], lambda key: key.partition(".")[0],
        lambda key: key.partition(".")[0] + ".",
        lambda key: key.swapcase(), lambda key: key + "x" * 1000, lambda key: "." + key.partition(".")[2],
        lambda key: "\u202e" + key, lambda key: "x.y",
    ])  # fmt: skip
    def test_a_wrong_key_is_a_page_that_does_not_exist(self, client, cast, change):
        key = made(client, cast.clerk_a)
        assert read(client, change(key)).status_code == 404
        assert client.get(CALENDAR).status_code == 404

    def test_writing_methods_are_refused(self, client, cast):
        key = made(client, cast.clerk_a)
        assert client.post(f"{CALENDAR}?key={key}").status_code == 405

    def test_only_a_digest_is_kept(self, client, cast):
        key = made(client, cast.clerk_a)
        secret = key.partition(".")[2]
        row = CalendarAddress.objects.get()
        assert row.digest == hashlib.sha256(secret.encode()).hexdigest()
        assert secret not in str(CalendarAddress.objects.values().get())
        assert secret not in str(list(Operation.objects.values()))
        assert len(secret) >= 43  # 256 bits
        client.force_login(cast.clerk_a)
        assert secret not in client.get(PAGE).content.decode()  # it was shown once

    def test_the_log_says_who_renewed_and_revoked(self, client, cast):
        made(client, cast.clerk_a)
        client.force_login(cast.clerk_a)
        client.post(PAGE, {"what": "revoke"})
        client.post(PAGE, {"what": "revoke"})
        lines = Operation.objects.filter(action="calendar").order_by("pk")
        assert [(line.actor, line.target, line.detail["event"]) for line in lines] == [
            (cast.clerk_a, "clerk_a", "renewed"),
            (cast.clerk_a, "clerk_a", "closed"),
        ]


class TestReading:
    def test_what_did_not_change_is_not_sent_again(self, client, cast, due, clock):
        key = made(client, cast.clerk_a)
        first = read(client, key)
        clock.shift(timedelta(hours=1))
        again = read(client, key, if_none_match=first["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        records.save(due, by=cast.clerk_a)
        assert read(client, key, if_none_match=first["ETag"]).status_code == 200

    def test_a_matter_keeps_its_uid_when_its_day_moves(self, client, cast, due, clock):
        key = made(client, cast.clerk_a)

        def uid_and_day():
            lines = read(client, key).content.decode().replace("\r\n ", "").split("\r\n")
            return [line for line in lines if line.startswith(("UID", "DTSTART"))]

        before = uid_and_day()
        due.valid_until = date(2026, 7, 1)
        clock.shift(timedelta(minutes=1))
        records.save(due, by=cast.clerk_a)
        after = uid_and_day()
        assert before[0] == after[0] and before[1] != after[1]

    def test_too_often_has_to_wait(self, client, cast, clock):
        key = made(client, cast.clerk_a)
        assert {read(client, key).status_code for _ in range(addresses.READS)} == {200}
        refused = read(client, key)
        assert (refused.status_code, refused["Retry-After"]) == (429, "601")
        clock.shift(addresses.WINDOW + timedelta(seconds=1))
        assert read(client, key).status_code == 200

    def test_wrong_keys_do_not_use_up_the_owners_reads(self, client, cast):
        key = made(client, cast.clerk_a)
        for _ in range(addresses.READS + 1):
            read(client, key[:-1])
        assert read(client, key).status_code == 200

    def test_the_owner_sees_when_it_was_read(self, client, cast):
        read(client, made(client, cast.clerk_a))
        client.force_login(cast.clerk_a)
        assert "2026-06-15 10:00" in client.get(PAGE).content.decode()

    def test_the_key_stands_in_no_log(self, client, cast, caplog):
        key = made(client, cast.clerk_a)
        with caplog.at_level(logging.DEBUG):
            for tried in (key, key[:-1]):
                read(client, tried)
        assert key[:-1] not in caplog.text
        assert key not in str(list(Operation.objects.values()))

    def test_the_installed_servers_log_paths_without_queries(self):
        deploy = Path(__file__).resolve().parent.parent / "deploy"
        web = (deploy / "bureau-web.service").read_text(encoding="utf-8")
        form = re.search(r"--access-logformat '([^']+)'", web)[1]
        assert "%%(U)s" in form
        assert not [each for each in ("(r)s", "(q)s", "(f)s", "{query") if each in form]
        nginx = (deploy / "nginx.conf.example").read_text(encoding="utf-8")
        form = re.search(r"log_format bureau '([^']+)'", nginx)[1]
        assert "$uri" in form
        assert not [
            each for each in ("$request ", '$request"', "$request_uri", "$args", "$http_referer") if each in form
        ]
        assert nginx.count("access_log /var/log/nginx/access.log bureau;") == nginx.count("server {")

    def test_a_line_of_the_development_server_is_masked(self):
        line = logging.LogRecord(
            "django.server",
            logging.INFO,
            "",
            0,
            '"%s" %s',
            (f"GET {CALENDAR}?a=1&key=ab.c-d_e&b=2 HTTP/1.1", 200),
            None,
        )
        assert logs.WithoutKeys().filter(line)
        assert line.getMessage() == f'"GET {CALENDAR}?a=1&key=***&b=2 HTTP/1.1" 200'


@pytest.fixture
def server(settings):
    settings.EMAIL_HOST = "mail.example"
    settings.PUBLIC_URL = "https://bureau.example"


def subscribe(client, person, mail_to="clerk@bureau.example"):
    client.force_login(person)
    return client.post(PAGE, {"what": "mail", "mail_to": mail_to})


def send():
    out = StringIO()
    call_command("send_due_mails", stdout=out)
    work()
    return out.getvalue()


@pytest.mark.usefixtures("server")
class TestDailyMail:
    def test_it_works(self, client, cast, due):
        subscribe(client, cast.clerk_a)
        send()
        [message] = mail.outbox
        assert message.to == ["clerk@bureau.example"]
        assert "2026-06-18" in message.body and "砝码标准装置" in message.body
        assert "https://bureau.example/due/" in message.body
        assert Job.objects.get().state == Job.State.DONE

    def test_in_the_language_of_its_reader(self, client, cast, due):
        client.cookies.load({"django_language": "en"})
        subscribe(client, cast.clerk_a)
        client.cookies.load({"django_language": "zh-hans"})
        subscribe(client, cast.manager_province, "manager@bureau.example")
        with translation.override("zh-hans"):
            send()
        by_reader = {message.to[0]: message.subject for message in mail.outbox}
        assert "due within" in by_reader["clerk@bureau.example"]
        languages = Job.objects.values_list("started_by", "language")
        assert dict(languages) == {cast.clerk_a.pk: "en", cast.manager_province.pk: "zh-hans"}

    def test_once_a_day(self, client, cast, due, clock):
        subscribe(client, cast.clerk_a)
        send()
        send()
        assert len(mail.outbox) == 1
        clock.shift(timedelta(days=1))
        send()
        assert len(mail.outbox) == 2

    def test_a_job_that_is_run_again_sends_nothing_twice(self, client, cast, due):
        subscribe(client, cast.clerk_a)
        call_command("send_due_mails", stdout=StringIO())
        call_command("send_due_mails", stdout=StringIO())  # it waits in the queue already
        assert Job.objects.count() == 1
        work()
        Job.objects.update(state=Job.State.QUEUED, finished_at=None)
        work()
        assert len(mail.outbox) == 1

    def test_nothing_due_sends_nothing(self, client, cast, due):
        subscribe(client, cast.clerk_b)
        send()
        assert mail.outbox == []
        assert DailyMail.objects.get().mailed_on == TODAY

    def test_what_is_due_later_than_the_nearest_level_sends_nothing(self, client, cast, make_standard):
        make_standard(issued_on=date(2022, 1, 1), valid_until=date(2026, 12, 1))
        subscribe(client, cast.clerk_a)
        send()
        assert mail.outbox == []

    def test_an_account_that_may_not_work_gets_none(self, client, cast, due):
        subscribe(client, cast.clerk_a)
        subscribe(client, cast.manager_a)
        type(cast.clerk_a).objects.filter(pk=cast.clerk_a.pk).update(is_active=False)
        type(cast.clerk_a).objects.filter(pk=cast.manager_a.pk).update(must_change_password=True)
        send()
        assert mail.outbox == []

    def test_it_can_be_ended(self, client, cast, due):
        subscribe(client, cast.clerk_a)
        client.post(PAGE, {"what": "stop"})
        send()
        assert mail.outbox == []

    def test_it_rejects_what_is_no_address(self, client, cast):
        response = subscribe(client, cast.clerk_a, "nobody\nBcc: all@example.org")
        assert response.status_code == 200
        assert not DailyMail.objects.exists()

    def test_a_server_that_refuses_leaves_a_failed_job(self, client, cast, due, monkeypatch):
        def refuse(self, *args, **kwargs):
            raise SMTPRecipientsRefused({})

        subscribe(client, cast.clerk_a)
        monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
        send()
        assert Job.objects.get().state == Job.State.FAILED
        assert DailyMail.objects.get().mailed_on is None  # the next run tries again


def test_without_a_mail_server_nothing_is_asked_for_or_sent(client, cast, settings):
    settings.EMAIL_HOST = ""
    subscribe(client, cast.clerk_a)
    assert not DailyMail.objects.exists()
    with pytest.raises(CommandError, match="MAIL_HOST"):
        call_command("send_due_mails")
