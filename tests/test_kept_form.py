"""A form that was posted after the session had ended is given back after the login, and not saved by itself."""

import re
from html import unescape

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bureau.models import Office, Operation, Staff
from bureau.views import kept_form
from standards.models import MeasurementStandard
from tests.cast import PASSWORD

NOTICE = "Nothing was lost: check and save."


@pytest.fixture
def browser(db):
    """As strict about forged posts as a real server."""
    client = Client(enforce_csrf_checks=True)
    client.cookies["django_language"] = "en"
    return client


def token(response):
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', response.content.decode()).group(1)


def carried(response):
    return re.search(r'name="kept"(?: value="([^"]*)")?', response.content.decode()).group(1) or ""


def log_in(browser, response, username="clerk_a", password=PASSWORD, **fields):
    """Fill in the login page that is shown."""
    action = unescape(re.search(r'action="([^"]+)" method="post" id="login-form"', response.content.decode()).group(1))
    fields = {"csrfmiddlewaretoken": token(response), "kept": carried(response), **fields}
    return browser.post(action, {"username": username, "password": password, **fields})


def posted_on(browser, response):
    """What the browser does with the page that posts the form on."""
    text = response.content.decode()
    action = unescape(re.search(r'action="([^"]+)" method="post" id="kept-form"', text).group(1))
    fields = {"csrfmiddlewaretoken": token(response)}
    for name, value in re.findall(r'<textarea name="([^"]+)"[^>]*>\n(.*?)</textarea>', text, re.DOTALL):
        fields.setdefault(unescape(name), []).append(unescape(value))
    return action, fields, browser.post(action, fields)


def office_fields(cast, **values):
    fields = {"code": "210100-02", "name": "计量院 <“甲”>\r\n", "kind": "legal_institution", "region": "210100"}
    return {**fields, "parent": cast.clerk_a.office_id, "is_active": "on", "_save": "", **values}


def expire(browser):
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    Session.objects.update(expire_date=timezone.now())


@pytest.fixture
def expired(browser, cast):
    """The system administrator has an add page open when the session ends: gives the page's token."""
    log_in(browser, browser.get("/login/"), "system_admin")
    page = browser.get("/bureau/office/add/")
    expire(browser)
    return token(page)


def test_it_works(browser, cast, expired):
    fields = office_fields(cast, csrfmiddlewaretoken=expired)
    login = browser.post("/bureau/office/add/", fields)
    text = login.content.decode()
    assert login.status_code == 200 and "no-store" in login["Cache-Control"]
    assert "You were logged out after 60 minutes" in text and "your entries are kept" in text
    assert "计量院" not in text
    login = log_in(browser, login, "system_admin", "wrong")
    assert "is wrong" in login.content.decode()
    on = log_in(browser, login, "system_admin")
    assert on.status_code == 200 and "kept_form.js" in on.content.decode() and "no-store" in on["Cache-Control"]
    action, sent, shown = posted_on(browser, on)
    assert action == "/bureau/office/add/" and sent["name"] == [fields["name"]] and sent["_kept"] == ["1"]
    text = shown.content.decode()
    assert shown.status_code == 200 and NOTICE in text
    assert "计量院 &lt;“甲”&gt;" in text and 'value="210100-02"' in text
    assert not Office.objects.filter(code="210100-02").exists()
    assert 'name="_kept"' not in text  # the next save is a real one
    browser.post("/bureau/office/add/", {**fields, "csrfmiddlewaretoken": token(shown)})
    assert Office.objects.filter(code="210100-02").exists()


def test_a_record_is_given_back(browser, cast, make_standard):
    standard = make_standard()
    url = reverse("admin:standards_measurementstandard_change", args=[standard.pk])
    log_in(browser, browser.get("/login/"))
    page = browser.get(url)
    form = page.context["adminform"].form
    fields = {form.add_prefix(name): form[name].value() for name in form.fields}
    fields = {name: "" if value is None else value for name, value in fields.items()} | {"name": "更名的装置"}
    for formset in page.context["inline_admin_formsets"]:
        for field in formset.formset.management_form:
            fields[field.html_name] = field.value()
    expire(browser)
    login = browser.post(url, {**fields, "csrfmiddlewaretoken": token(page)})
    action, _sent, shown = posted_on(browser, log_in(browser, login))
    text = shown.content.decode()
    assert action == url and NOTICE in text and "更名的装置" in text
    assert MeasurementStandard.objects.get(pk=standard.pk).name == standard.name


def test_lock_out_keeps_the_entries(browser, cast, expired):
    page = browser.post("/bureau/office/add/", office_fields(cast, csrfmiddlewaretoken=expired))
    payload = carried(page)
    for _attempt in range(5):
        page = log_in(browser, page, "system_admin", "wrong")
    assert page.status_code == 429 and carried(page) == payload


def test_the_first_password_comes_between(browser, cast, expired):
    Staff.objects.filter(username="system_admin").update(must_change_password=True)
    login = browser.post("/bureau/office/add/", office_fields(cast, csrfmiddlewaretoken=expired))
    _action, _sent, page = posted_on(browser, log_in(browser, login, "system_admin"))
    action, sent, page = posted_on(browser, page)
    assert action.startswith("/accounts/password/") and sent["kept"]
    new = {"old_password": PASSWORD, "new_password1": "Kilogram-of-2019", "new_password2": "Kilogram-of-2019"}
    again = browser.post(
        action, {"csrfmiddlewaretoken": token(page), "kept": carried(page), **new, "old_password": "x"}
    )
    done = browser.post(action, {"csrfmiddlewaretoken": token(again), "kept": carried(again), **new})
    action, _sent, shown = posted_on(browser, done)
    assert action == "/bureau/office/add/" and NOTICE in shown.content.decode()
    assert not Office.objects.filter(code="210100-02").exists()


def test_files_are_left_behind_and_it_says_so(browser, cast, expired):
    file = SimpleUploadedFile("paper.pdf", b"%PDF-1.4")
    page = browser.post("/bureau/office/add/", office_fields(cast, paper=file, csrfmiddlewaretoken=expired))
    assert "Chosen files must be chosen again." in page.content.decode()
    assert "choose them again" in log_in(browser, page, "system_admin").content.decode()


def test_too_much_is_not_kept_and_it_says_so(browser, cast, expired, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_100
    page = browser.post("/bureau/office/add/", office_fields(cast, csrfmiddlewaretoken=expired))
    assert "too long to be kept" in page.content.decode() and carried(page) == ""
    assert log_in(browser, page, "system_admin")["Location"] == "/bureau/office/add/"


def test_whoever_logs_in_needs_the_right(browser, cast, expired):
    login = browser.post("/bureau/office/add/", office_fields(cast, csrfmiddlewaretoken=expired))
    _action, _sent, shown = posted_on(browser, log_in(browser, login, "clerk_a"))
    assert shown.status_code == 403


@pytest.mark.parametrize("url", ["/bureau/office/", "/accounts/password/", "/bureau/staff/1/lock/", "/logout/"])
def test_other_posts_are_not_repeated(browser, cast, expired, url):
    response = browser.post(url, {"csrfmiddlewaretoken": expired, "action": "x"})
    assert response.status_code == 302


def test_it_rejects_a_post_without_token(browser, cast):
    assert browser.post("/bureau/office/add/", office_fields(cast)).status_code == 403


class TestAnotherTab:
    """Another tab logged in meanwhile: the session is good again, the open page's token is not."""

    def test_it_works(self, browser, cast, expired):
        log_in(browser, browser.get("/login/"), "system_admin")
        fields = office_fields(cast, csrfmiddlewaretoken=expired)
        on = browser.post("/bureau/office/add/", fields, headers={"Origin": "http://testserver"})
        action, _sent, shown = posted_on(browser, on)
        assert action == "/bureau/office/add/" and NOTICE in shown.content.decode()
        assert not Office.objects.filter(code="210100-02").exists()

    def test_a_login_page_open_twice(self, browser, cast, expired):
        page = browser.post("/bureau/office/add/", office_fields(cast, csrfmiddlewaretoken=expired))
        log_in(browser, browser.get("/login/"), "system_admin")
        fields = {"csrfmiddlewaretoken": expired, "kept": carried(page), "username": "x", "password": "y"}
        on = browser.post("/login/", fields, headers={"Origin": "http://testserver"})
        assert posted_on(browser, on)[0] == "/bureau/office/add/"

    def test_it_rejects_another_origin(self, browser, cast, expired):
        log_in(browser, browser.get("/login/"), "system_admin")
        for headers in ({"Origin": "http://elsewhere.example"}, {}):
            fields = office_fields(cast, csrfmiddlewaretoken=expired)
            assert browser.post("/bureau/office/add/", fields, headers=headers).status_code == 403


class TestPayload:
    def forged(self, **values):
        kept = {"path": "/bureau/office/add/", "fields": [["name", "x"]], "had_files": False, **values}
        return signing.dumps(kept, salt=kept_form.SALT, compress=True)

    def test_it_works(self):
        assert kept_form.unpack(self.forged()).path == "/bureau/office/add/"

    @pytest.mark.parametrize("path", ["//elsewhere.example/", "https://elsewhere.example/", "javascript:alert(1)", ""])
    def test_it_rejects_another_site(self, path):
        assert kept_form.unpack(self.forged(path=path)) is None

    @pytest.mark.parametrize("payload", ["", "x", "a:b:c", "\0", "é" * 100])
    def test_it_rejects_what_is_not_ours(self, payload, browser, cast):
        assert kept_form.unpack(payload) is None
        login = browser.get("/login/")
        response = log_in(browser, login, kept=payload)
        assert response.status_code in (200, 302)

    def test_it_rejects_an_old_one(self, monkeypatch):
        payload = self.forged()
        monkeypatch.setattr(kept_form, "MAX_AGE", -1)
        assert kept_form.unpack(payload) is None

    def test_passwords_never_travel(self, rf, cast):
        request = rf.post("/bureau/office/add/", {"name": "x", "old_password": "secret", "csrfmiddlewaretoken": "t"})
        assert kept_form.unpack(kept_form.pack(request)).fields == [["name", "x"]]


def test_nothing_is_logged_of_the_entries(browser, cast, expired):
    page = browser.post("/bureau/office/add/", office_fields(cast, csrfmiddlewaretoken=expired))
    log_in(browser, page, "system_admin", "wrong")
    assert "计量院" not in str(list(Operation.objects.values("target", "detail")))
