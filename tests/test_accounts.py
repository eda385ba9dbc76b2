"""Accounts: first password, forced change, roles, locks, and the three administrators kept apart."""

import re
from io import StringIO

import pytest
from axes.models import AccessAttempt
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from bureau import accounts
from bureau.models import Office, Operation, Staff
from tests.cast import PASSWORD

LIST, ADD = "/bureau/staff/", "/bureau/staff/add/"
OWN_PASSWORD = "/accounts/password/"
NEW = "Kilogram-of-2019"


@pytest.fixture
def client(client):
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def security(client, cast):
    client.force_login(cast.security_admin)
    return client


def lines():
    """What was logged, the logins that the tests themselves need left out."""
    return Operation.objects.exclude(action="login").order_by("pk")


def entry(cast, **values):
    fields = {"username": "new_clerk", "full_name": "录入员", "office": cast.clerk_a.office_id, "roles": ["clerk"]}
    return {**fields, "phone": "", **values}


def page(staff, tail="change"):
    return f"/bureau/staff/{staff.pk}/{tail}/"


def shown_password(response):
    return re.search(r'id="first-password">([^<]+)<', response.content.decode()).group(1)


def log_in(client, username, password):
    return client.post("/login/", {"username": username, "password": password})


class TestOpening:
    def test_it_works(self, security, cast, client):
        response = security.post(ADD, entry(cast))
        password = shown_password(response)
        assert "no-store" in response["Cache-Control"]
        staff = Staff.objects.get(username="new_clerk")
        assert staff.check_password(password) and staff.must_change_password and staff.role_keys == {"clerk"}
        opened, role = lines()
        assert (opened.action, opened.target, opened.detail["event"]) == ("staff", "new_clerk", "opened")
        assert opened.detail["after"]["office"] == "210100-01"
        assert (role.action, role.detail) == ("role", {"before": [], "after": ["clerk"]})

    def test_the_password_is_nowhere_else(self, security, cast):
        password = shown_password(security.post(ADD, entry(cast)))
        assert password not in str(security.cookies) and password not in str(dict(security.session))
        assert password not in str(list(Operation.objects.values("target", "detail")))
        assert password not in security.get(page(Staff.objects.get(username="new_clerk"))).content.decode()

    def test_first_passwords_differ_and_can_be_read(self):
        passwords = {accounts.first_password() for _time in range(200)}
        assert len(passwords) == 200
        assert all(re.fullmatch(r"([a-hjkmnp-z2-9]{4}-){2}[a-hjkmnp-z2-9]{4}", password) for password in passwords)

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"username": "clerk_b"}, "This login name is taken."),
            ({"username": "two words"}, "Enter a valid username"),
            ({"roles": []}, "This field is required"),
            ({"roles": ["clerk", "log_auditor"]}, "cannot be combined with another role"),
            ({"roles": ["security_administrator", "system_administrator"]}, "cannot be combined with another role"),
            ({"roles": ["superuser"]}, "is not one of the available choices"),
            ({"office": ""}, "Whoever works with records needs an office."),
            ({"roles": ["log_auditor"]}, "An administrator belongs to no office"),
            ({"office": "999999"}, "Select a valid choice"),
        ],
    )
    def test_it_rejects_what_does_not_fit(self, security, cast, values, sentence):
        response = security.post(ADD, entry(cast, **values))
        assert sentence in response.content.decode()
        assert not Staff.objects.filter(full_name="录入员").exists() and not lines().exists()

    def test_it_rejects_a_closed_office(self, security, cast):
        Office.objects.filter(pk=cast.clerk_b.office_id).update(is_active=False)
        response = security.post(ADD, entry(cast, office=cast.clerk_b.office_id))
        assert "not active any more" in response.content.decode()

    def test_nobody_becomes_superuser(self, security, cast):
        security.post(ADD, entry(cast, is_superuser="on", is_staff="on", user_permissions=["1"], groups=["1"]))
        staff = Staff.objects.get(username="new_clerk")
        assert not staff.is_superuser and not staff.user_permissions.exists() and staff.role_keys == {"clerk"}
        with pytest.raises(IntegrityError), transaction.atomic():
            Staff.objects.filter(pk=staff.pk).update(is_superuser=True)
        with pytest.raises(ValueError, match="no superuser"):
            Staff.objects.create_superuser("root", password=PASSWORD)


class TestChanging:
    def test_it_works(self, security, cast):
        response = security.post(
            page(cast.clerk_a),
            entry(cast, username="clerk_a", full_name="检查员", roles=["clerk", "inspector"], phone="024"),
        )
        assert response.status_code == 302
        changed = Staff.objects.get(pk=cast.clerk_a.pk)
        assert changed.role_keys == {"clerk", "inspector"} and changed.check_password(PASSWORD)
        account, role = lines()
        assert account.detail == {
            "event": "changed",
            "before": {"full_name": "clerk a", "phone": ""},
            "after": {"full_name": "检查员", "phone": "024"},
        }
        assert role.detail == {"before": ["clerk"], "after": ["clerk", "inspector"]}

    def test_no_change_leaves_no_line(self, security, cast):
        security.post(page(cast.clerk_a), entry(cast, username="clerk_a", full_name="clerk a"))
        assert not lines().exists()

    def test_it_rejects_own_roles(self, security, cast):
        own = cast.security_admin
        fields = entry(cast, username=own.username, full_name="renamed", office="", roles=["system_administrator"])
        assert security.post(page(own), fields).status_code == 302
        own = Staff.objects.get(pk=own.pk)
        assert own.full_name == "renamed" and own.role_keys == {"security_administrator"}
        with pytest.raises(PermissionDenied):
            accounts.change_account(own, roles=["log_auditor"], by=own)

    @pytest.mark.parametrize("tail", ["lock", "allow", "reset-password", "forget-failures", "remove-device"])
    def test_it_rejects_own_account_by_buttons(self, security, cast, tail):
        assert security.post(page(cast.security_admin, tail)).status_code == 403

    def test_nothing_is_deleted(self, security, cast):
        assert security.post(page(cast.clerk_b, "delete"), {"post": "yes"}).status_code == 403
        security.post(LIST, {"action": "delete_selected", "_selected_action": [cast.clerk_b.pk], "post": "yes"})
        assert Staff.objects.filter(pk=cast.clerk_b.pk).exists()

    def test_no_password_is_shown(self, security, cast):
        text = security.get(page(cast.clerk_a)).content.decode()
        assert cast.clerk_a.password not in text and "md5$" not in text

    def test_buttons_ask_first(self, security, cast):
        for tail in ("lock", "reset-password", "forget-failures", "remove-device"):
            assert security.get(page(cast.clerk_a, tail)).status_code == 200
        cast.clerk_a.refresh_from_db()
        assert cast.clerk_a.is_active and cast.clerk_a.check_password(PASSWORD) and not lines().exists()

    def test_lock_and_allow(self, security, cast):
        assert security.post(page(cast.clerk_a, "lock")).status_code == 302
        assert not Staff.objects.get(pk=cast.clerk_a.pk).is_active
        assert security.post(page(cast.clerk_a, "lock")).status_code == 403
        assert security.post(page(cast.clerk_a, "allow")).status_code == 302
        assert Staff.objects.get(pk=cast.clerk_a.pk).is_active
        assert [line.detail["event"] for line in lines()] == ["locked", "allowed"]

    def test_reset_ends_sessions_and_forces_a_change(self, security, cast):
        theirs = Client()
        log_in(theirs, "clerk_a", PASSWORD)
        password = shown_password(security.post(page(cast.clerk_a, "reset-password")))
        assert theirs.get(OWN_PASSWORD)["Location"].startswith("/login/")
        log_in(theirs, "clerk_a", password)
        assert theirs.get("/bureau/office/")["Location"].startswith(OWN_PASSWORD)

    def test_lost_device(self, security, cast):
        TOTPDevice.objects.create(user=cast.clerk_a, name="lost", confirmed=True)
        security.post(page(cast.clerk_a, "remove-device"))
        assert not TOTPDevice.objects.exists()
        line = lines().get()
        assert (line.action, line.target, line.detail) == ("second_factor", "clerk_a", {"event": "removed"})
        assert "has no device" in security.post(page(cast.clerk_a, "remove-device"), follow=True).content.decode()

    def test_forgetting_failures_unlocks(self, security, cast):
        theirs = Client()
        for _attempt in range(5):
            log_in(theirs, "clerk_a", "wrong")
        assert log_in(theirs, "clerk_a", PASSWORD).status_code == 429
        security.post(page(cast.clerk_a, "forget-failures"))
        assert log_in(theirs, "clerk_a", PASSWORD).status_code == 302
        assert Operation.objects.filter(action="unlocked", target="clerk_a", actor=cast.security_admin).exists()


class TestLoginLocks:
    @pytest.fixture
    def attempt(self, client, cast):
        for _attempt in range(5):
            log_in(client, "clerk_a", "wrong")
        return AccessAttempt.objects.get()

    def test_it_works(self, attempt, security):
        text = security.get("/axes/accessattempt/").content.decode()
        assert "clerk_a" in text and "127.0.0.1" in text
        assert security.get(f"/axes/accessattempt/{attempt.pk}/change/").status_code == 200
        security.post("/axes/accessattempt/", {"action": "forget", "_selected_action": [attempt.pk]})
        assert not AccessAttempt.objects.exists()
        line = Operation.objects.get(action="unlocked")
        assert (line.target, line.detail) == ("clerk_a", {"address": "127.0.0.1"})

    def test_nothing_is_added_changed_or_deleted_otherwise(self, attempt, security):
        assert security.get("/axes/accessattempt/add/").status_code == 403
        assert security.post(f"/axes/accessattempt/{attempt.pk}/change/", {"username": "x"}).status_code == 403
        assert security.post(f"/axes/accessattempt/{attempt.pk}/delete/", {"post": "yes"}).status_code == 403

    @pytest.mark.parametrize("who", ["clerk_a", "manager_province", "system_admin", "auditor"])
    def test_it_needs_security_administrator(self, attempt, client, cast, who):
        client.force_login(getattr(cast, who))
        assert client.get("/axes/accessattempt/").status_code == 403


class TestStaffList:
    def test_it_works(self, security, cast):
        text = security.get(LIST).content.decode()
        assert "clerk_county" in text and "Security administrator" in text

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("q=clerk_b", {"clerk_b"}),
            ("q=210102", {"clerk_county"}),
            ("role=log_auditor", {"auditor"}),
            ("role=manager&active=yes", {"manager_a", "manager_province"}),
            ("active=no", set()),
            ("role=nonsense", set()),
        ],
    )
    def test_search_and_filters(self, security, cast, query, found):
        response = security.get(f"{LIST}?{query}")
        assert {staff.username for staff in response.context["cl"].result_list} == found

    @pytest.mark.parametrize("who", ["clerk_a", "inspector_a", "manager_province", "system_admin", "auditor"])
    def test_it_needs_security_administrator(self, client, cast, who):
        client.force_login(getattr(cast, who))
        for url in (LIST, ADD, page(cast.clerk_b), page(cast.clerk_b, "lock"), page(cast.clerk_b, "reset-password")):
            assert client.get(url).status_code in (403, 404), url
            assert client.post(url, entry(cast)).status_code in (403, 404), url

    def test_queries_stay_flat(self, security, cast):
        security.get(LIST)
        with CaptureQueriesContext(connection) as few:
            security.get(LIST)
        for number in range(10):
            accounts.open_account(
                Staff(username=f"more_{number}", full_name="x", office=cast.clerk_a.office), roles=["clerk"], by=None
            )
        with CaptureQueriesContext(connection) as many:
            security.get(LIST)
        assert len(many) == len(few)


class TestOwnPassword:
    def change(self, client, old=PASSWORD, new=NEW, repeated=None, url=OWN_PASSWORD):
        return client.post(url, {"old_password": old, "new_password1": new, "new_password2": repeated or new})

    def test_it_works(self, client, cast):
        log_in(client, "clerk_a", PASSWORD)
        assert self.change(client)["Location"] == "/"
        assert client.get(OWN_PASSWORD).status_code == 200  # still logged in
        assert Staff.objects.get(pk=cast.clerk_a.pk).check_password(NEW)
        assert Operation.objects.latest("pk").detail == {"event": "changed"}

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"old": "wrong"}, "was entered incorrectly"),
            ({"new": PASSWORD}, "The new password is the old one."),
            ({"repeated": "Another-of-2019"}, "match"),
            ({"new": "short"}, "too short"),
            ({"new": "1234567890123"}, "entirely numeric"),
            ({"new": "clerk_a_2019"}, "too similar"),
        ],
    )
    def test_it_rejects_bad_entries(self, client, cast, fields, sentence):
        log_in(client, "clerk_a", PASSWORD)
        assert sentence in self.change(client, **fields).content.decode()
        assert Staff.objects.get(pk=cast.clerk_a.pk).check_password(PASSWORD)

    def test_the_first_password_has_to_be_changed(self, client, cast):
        Staff.objects.filter(pk=cast.clerk_a.pk).update(must_change_password=True)
        log_in(client, "clerk_a", PASSWORD)
        response = client.get("/bureau/office/?q=x")
        assert response["Location"] == "/accounts/password/?next=%2Fbureau%2Foffice%2F%3Fq%3Dx"
        assert "was given to you" in client.get(response["Location"]).content.decode()
        assert client.get("/accounts/totp/")["Location"].startswith(OWN_PASSWORD)
        assert client.post("/i18n/setlang/", {"language": "en", "next": "/"}).status_code == 302
        assert self.change(client, url=response["Location"])["Location"] == "/bureau/office/?q=x"
        assert client.get("/bureau/office/").status_code == 200

    def test_logging_out_is_always_possible(self, client, cast):
        Staff.objects.filter(pk=cast.clerk_a.pk).update(must_change_password=True)
        log_in(client, "clerk_a", PASSWORD)
        client.post("/logout/")
        assert client.get(OWN_PASSWORD)["Location"].startswith("/login/")

    def test_it_rejects_another_site_afterwards(self, client, cast):
        log_in(client, "clerk_a", PASSWORD)
        assert self.change(client, url=f"{OWN_PASSWORD}?next=//elsewhere.example/")["Location"] == "/"

    def test_the_admins_own_address_leads_here(self, client, cast):
        client.force_login(cast.clerk_a)
        assert client.get("/password_change/")["Location"] == OWN_PASSWORD


class TestApart:
    """Who manages users sees no records; who keeps the system sees none either; who reads the log changes nothing."""

    @pytest.mark.parametrize("who", ["system_admin", "security_admin", "auditor"])
    def test_administrators_see_no_records(self, client, cast, make_standard, who):
        standard = make_standard()
        client.force_login(getattr(cast, who))
        for tail in ("", "add/", f"{standard.pk}/change/", f"{standard.pk}/history/"):
            url = reverse("admin:standards_measurementstandard_changelist") + tail
            assert client.get(url).status_code in (403, 404), url

    def test_an_office_would_not_help(self, client, cast, make_standard):
        make_standard()
        Staff.objects.filter(pk=cast.security_admin.pk).update(office=cast.clerk_province.office)
        client.force_login(Staff.objects.get(pk=cast.security_admin.pk))
        assert client.get(reverse("admin:standards_measurementstandard_changelist")).status_code == 403

    def test_roles_combine_only_among_those_with_records(self, cast):
        office = cast.clerk_a.office
        accounts.check_roles(["clerk", "inspector", "manager"], office)
        for apart in ("system_administrator", "security_administrator", "log_auditor"):
            with pytest.raises(ValidationError):
                accounts.check_roles([apart, "clerk"], office)
            accounts.check_roles([apart], None)


class TestAddStaff:
    def run(self, *arguments):
        out = StringIO()
        call_command("add_staff", *arguments, stdout=out)
        return out.getvalue().split()[-1]

    def test_it_works(self, reference):
        password = self.run("first", "--name", "安全管理员", "--role", "security_administrator")
        staff = Staff.objects.get(username="first")
        assert staff.check_password(password) and staff.must_change_password
        assert staff.role_keys == {"security_administrator"}
        assert Operation.objects.filter(action="staff", target="first", actor=None).exists()

    def test_with_an_office(self, cast):
        self.run("more", "--name", "x", "--role", "clerk", "--role", "inspector", "--office", "210100-01")
        assert Staff.objects.get(username="more").role_keys == {"clerk", "inspector"}

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (("clerk_a", "--name", "x", "--role", "clerk", "--office", "210100-01"), "taken|登录名"),
            (("more", "--name", "x", "--role", "clerk"), "office|机构"),
            (("more", "--name", "x", "--role", "clerk", "--office", "999999-01"), "999999-01"),
            (("more", "--name", "x", "--role", "king"), "king"),
            (("more", "--name", "", "--role", "log_auditor"), "."),
        ],
    )
    def test_it_rejects_what_does_not_fit(self, cast, arguments, sentence):
        with pytest.raises(CommandError, match=sentence):
            self.run(*arguments)
        assert not Staff.objects.filter(username="more").exists()


def test_it_rejects_a_login_name_that_differs_by_case_only(client, cast):
    client.force_login(cast.security_admin)
    values = {"username": "CLERK_A", "full_name": "录入员", "office": cast.clerk_b.office_id, "roles": ["clerk"]}
    response = client.post("/bureau/staff/add/", values)
    assert response.status_code == 200
    assert response.context["adminform"].form.errors
    assert not Staff.objects.filter(username="CLERK_A").exists()
