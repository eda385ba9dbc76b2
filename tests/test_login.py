"""Logging in: wrong passwords, lock-out, idle time-out, one-time codes."""

from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from bureau.models import Operation
from tests.cast import PASSWORD

LOGIN = "/login/"
TOTP = "/accounts/totp/"


@pytest.fixture
def client(client):
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def device(cast):
    return TOTPDevice.objects.create(user=cast.clerk_a, name="telephone", confirmed=True)


def log_in(client, username="clerk_a", password=PASSWORD, url=LOGIN, **fields):
    return client.post(url, {"username": username, "password": password, **fields})


def is_logged_in(client):
    return SESSION_KEY in client.session


def actions(**filters):
    return list(Operation.objects.filter(**filters).order_by("pk").values_list("action", flat=True))


def code_of(device):
    return f"{totp(device.bin_key):06}"


def test_it_works(client, cast):
    assert client.get(LOGIN).status_code == 200
    response = log_in(client)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert is_logged_in(client)
    assert actions() == ["login"]
    logged = Operation.objects.get()
    assert (logged.actor, logged.ip_address) == (cast.clerk_a, "127.0.0.1")


def test_it_leads_to_the_wanted_page(client, cast):
    response = client.get("/bureau/office/?q=2")
    assert response["Location"] == "/login/?next=%2Fbureau%2Foffice%2F%3Fq%3D2"
    assert log_in(client, url=response["Location"])["Location"] == "/bureau/office/?q=2"


def test_it_rejects_another_site_as_the_wanted_page(client, cast):
    assert log_in(client, url="/login/?next=https://elsewhere.example/")["Location"] == "/"


def test_it_rejects_wrong_password(client, cast):
    response = log_in(client, password="wrong")
    text = response.content.decode()
    assert response.status_code == 200 and not is_logged_in(client)
    assert "The login name or the password is wrong" in text
    assert "After 5 failures the login is locked for 15 minutes." in text
    assert actions() == ["login_failed"]


@pytest.mark.parametrize("username", ["", "nobody", "clerk_a\0", "x" * 3000])
def test_it_rejects_odd_names(client, cast, username):
    assert log_in(client, username=username, password="wrong").status_code == 200
    assert not is_logged_in(client)


def test_it_rejects_a_locked_account(client, cast):
    cast.clerk_a.is_active = False
    cast.clerk_a.save()
    assert "is wrong" in log_in(client).content.decode()
    assert not is_logged_in(client)


def test_a_locked_account_loses_its_session(client, cast):
    client.force_login(cast.clerk_a)
    assert client.get("/accounts/password/").status_code == 200
    cast.clerk_a.is_active = False
    cast.clerk_a.save()
    assert client.get("/accounts/password/")["Location"].startswith(LOGIN)


class TestLockOut:
    def test_it_works(self, client, cast):
        answers = [log_in(client, password="wrong").status_code for _attempt in range(5)]
        assert answers == [200, 200, 200, 200, 429]
        response = log_in(client)
        text = response.content.decode()
        assert response.status_code == 429 and not is_logged_in(client)
        assert "Wait 15 minutes" in text and 'id="login-form"' in text and 'value="clerk_a"' in text
        assert "locked_out" in actions()

    def test_the_page_is_in_the_language_of_the_browser(self, client, cast):
        client.cookies["django_language"] = "zh-hans"
        for _attempt in range(5):
            response = log_in(client, password="wrong")
        assert response.status_code == 429
        assert 'lang="zh-hans"' in response.content.decode()

    def test_it_ends_by_itself_and_is_not_prolonged(self, client, cast):
        with time_machine.travel(timezone.now(), tick=False) as now:
            for _attempt in range(5):
                log_in(client, password="wrong")
            now.shift(timedelta(minutes=10))
            assert "Wait 5 minutes" in log_in(client).content.decode()
            now.shift(timedelta(minutes=4, seconds=30))
            assert "Wait 1 minute," in log_in(client).content.decode()
            now.shift(timedelta(seconds=31))
            assert log_in(client).status_code == 302

    def test_others_are_not_locked(self, client, cast):
        for _attempt in range(5):
            log_in(client, password="wrong")
        assert log_in(client, username="clerk_b").status_code == 302

    def test_no_secret_and_no_entry_is_stored_with_a_failure(self, client, cast):
        log_in(client, password="wrong-secret", otp_token="123456", kept="an-entry")
        stored = AccessAttempt.objects.get().post_data
        assert "clerk_a" in stored
        assert not any(secret in stored for secret in ("wrong-secret", "123456", "an-entry"))

    def test_behind_a_proxy_the_forwarded_address_counts(self, client, cast, settings):
        settings.BEHIND_PROXY = True
        for _attempt in range(5):
            client.post(LOGIN, {"username": "clerk_a", "password": "wrong"}, headers={"X-Forwarded-For": "10.0.0.1"})
        right = {"username": "clerk_a", "password": PASSWORD}
        assert client.post(LOGIN, right, headers={"X-Forwarded-For": "10.0.0.1"}).status_code == 429
        assert client.post(LOGIN, right, headers={"X-Forwarded-For": "10.0.0.2"}).status_code == 302


class TestIdleTimeOut:
    def test_it_works(self, client, cast, settings):
        with time_machine.travel(timezone.now(), tick=False) as now:
            log_in(client)
            for _page in range(5):
                now.shift(timedelta(seconds=settings.SESSION_COOKIE_AGE - 120))
                assert client.get("/accounts/password/").status_code == 200
            now.shift(timedelta(seconds=settings.SESSION_COOKIE_AGE + 1))
            response = client.get("/accounts/password/", follow=True)
            assert response.redirect_chain[0][0].startswith(LOGIN)
            assert "You were logged out after 60 minutes without activity." in response.content.decode()

    def test_polling_does_not_keep_it_alive(self, client, cast, settings):
        with time_machine.travel(timezone.now(), tick=False) as now:
            log_in(client)
            client.get("/accounts/password/")
            for _poll in range(settings.SESSION_COOKIE_AGE // 600):
                assert client.get("/accounts/password/", headers={"X-Poll": "1"}).status_code == 200
                now.shift(timedelta(seconds=601))
            assert client.get("/accounts/password/", headers={"X-Poll": "1"})["Location"].startswith(LOGIN)

    def test_a_first_visit_is_told_nothing(self, client, cast):
        assert "logged out after" not in client.get("/", follow=True).content.decode()

    def test_a_logout_is_told_nothing(self, client, cast):
        log_in(client)
        client.post("/logout/")
        assert "logged out after" not in client.get("/", follow=True).content.decode()
        assert actions()[-1] == "logout"

    def test_the_session_is_written_once_a_minute_at_most(self, client, cast):
        log_in(client)
        client.get("/accounts/password/")
        before = Session.objects.get()
        client.get("/accounts/password/")
        after = Session.objects.get()
        assert (before.session_data, before.expire_date) == (after.session_data, after.expire_date)


class TestOneTimeCode:
    def test_it_works(self, client, cast, device):
        assert log_in(client, otp_token=code_of(device)).status_code == 302
        assert client.session["otp_device_id"] == device.persistent_id

    def test_it_rejects_password_alone(self, client, cast, device):
        response = log_in(client)
        assert "enter password and code" in response.content.decode() and not is_logged_in(client)
        assert PASSWORD not in response.content.decode()

    def test_it_rejects_a_code_used_before(self, client, cast, device):
        code = code_of(device)
        assert log_in(client, otp_token=code).status_code == 302
        client.post("/logout/")
        assert "was used already" in log_in(client, otp_token=code).content.decode()

    def test_it_rejects_hasty_guesses(self, client, cast, device):
        assert "code is wrong" in log_in(client, otp_token="000000").content.decode()
        response = log_in(client, otp_token=code_of(device))
        assert "Too many wrong codes. Try again in" in response.content.decode() and not is_logged_in(client)

    def test_wrong_codes_lock_the_login(self, client, cast, device):
        answers = [log_in(client, otp_token="000000").status_code for _attempt in range(5)]
        assert answers[-1] == 429
        assert Operation.objects.filter(action="login_failed", detail={"reason": "one-time code"}).count() == 5

    @pytest.mark.parametrize("code", ["", "abc", "１２３", "-1", "9" * 500])
    def test_it_rejects_odd_codes(self, client, cast, device, code):
        assert log_in(client, otp_token=code).status_code == 200
        assert not is_logged_in(client)

    def test_it_rejects_the_code_of_another_person(self, client, cast, device):
        TOTPDevice.objects.create(user=cast.clerk_b, name="other", confirmed=True)
        assert log_in(client, username="clerk_b", otp_token=code_of(device)).status_code == 200
        assert not is_logged_in(client)

    def test_a_code_without_a_device_is_ignored(self, client, cast):
        assert log_in(client, otp_token="123456").status_code == 302


class TestSettingUp:
    def test_it_works(self, client, cast):
        client.force_login(cast.clerk_a)
        page = client.get(TOTP)
        assert b"<svg" in page.content and "no-store" in page["Cache-Control"]
        pending = TOTPDevice.objects.get()
        assert not pending.confirmed
        assert client.get(TOTP).context["key"] == page.context["key"]
        response = client.post(TOTP, {"code": code_of(pending)}, follow=True)
        assert "switched on" in response.content.decode()
        pending.refresh_from_db()
        assert pending.confirmed and actions(action="second_factor") == ["second_factor"]
        assert client.session["otp_device_id"] == pending.persistent_id

    def test_it_rejects_wrong_code(self, client, cast):
        client.force_login(cast.clerk_a)
        client.get(TOTP)
        assert "is wrong" in client.post(TOTP, {"code": "000000"}).content.decode()
        assert not TOTPDevice.objects.get().confirmed

    def test_the_owner_removes_it_with_a_code(self, client, cast, device):
        client.force_login(cast.clerk_a)
        client.post(TOTP, {"code": "000000", "remove": "1"})
        assert TOTPDevice.objects.filter(confirmed=True).exists()
        TOTPDevice.objects.update(throttling_failure_count=0)
        client.post(TOTP, {"code": code_of(device), "remove": "1"})
        assert not TOTPDevice.objects.filter(confirmed=True).exists()
        client.post("/logout/")
        assert log_in(client).status_code == 302

    def test_a_role_can_require_it(self, client, cast, settings):
        settings.OTP_REQUIRED_ROLES = ["clerk"]
        log_in(client)
        response = client.get("/bureau/office/")
        assert response["Location"] == f"{TOTP}?next=%2Fbureau%2Foffice%2F"
        client.get(response["Location"])
        done = client.post(response["Location"], {"code": code_of(TOTPDevice.objects.get())})
        assert done["Location"] == "/bureau/office/"
        assert client.get("/bureau/office/").status_code == 200
        client.post("/logout/")
        log_in(client, username="manager_a")
        assert client.get("/bureau/office/").status_code == 200

    def test_a_session_from_before_has_to_catch_up(self, client, cast, device, settings):
        settings.OTP_REQUIRED_ROLES = ["clerk"]
        client.force_login(cast.clerk_a)
        assert client.get("/bureau/office/")["Location"].startswith(TOTP)
        assert b"<svg" not in client.get(TOTP).content
        assert client.post(f"{TOTP}?next=/bureau/office/", {"code": code_of(device)})["Location"] == "/bureau/office/"
        assert client.get("/bureau/office/").status_code == 200
