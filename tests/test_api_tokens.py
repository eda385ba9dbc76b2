"""Tokens of the JSON interface: who makes and revokes them, what they open, what nobody learns."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from bureau import api_tokens, scoping
from bureau.models import ApiToken, Operation, Staff, TokenReader
from standards.models import MeasurementStandard
from tests.api_calls import ask, make_token

pytestmark = pytest.mark.django_db
LIST = "/bureau/apitoken/"
LINES = {"made", "used", "revoked"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-06-15 10:00+08:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def security(client, cast):
    client.cookies["django_language"] = "en"
    client.force_login(cast.security_admin)
    return client


def lines():
    return Operation.objects.filter(action="token").order_by("pk")


def made(client, cast, **values):
    """What the form answers to a new token of city A."""
    fields = {"office": cast.clerk_a.office_id, "label": "统计平台", "expires_on": "2027-06-15", **values}
    return client.post(f"{LIST}add/", fields)


class TestMaking:
    def test_it_works(self, security, cast, django_user_model):
        response = made(security, cast)
        assert response.status_code == 200
        secret = re.search(r'<code id="secret">(\w+)</code>', response.content.decode())[1]
        token = ApiToken.objects.get()
        assert (token.office, token.made_by, token.prefix) == (cast.clerk_a.office, cast.security_admin, secret[:8])
        assert len(secret) == api_tokens.LENGTH
        assert "no-store" in response["Cache-Control"]
        security.logout()
        assert ask(security, secret, "sheets").status_code == 200

    def test_only_a_digest_is_kept(self, cast):
        token, secret = make_token(cast)
        assert token.digest == api_tokens.digest_of(secret)
        assert secret not in str(ApiToken.objects.values().get())
        assert secret[8:] not in str(list(Operation.objects.values()))

    def test_the_secret_is_shown_once(self, security, cast):
        secret = re.search(r'<code id="secret">(\w+)</code>', made(security, cast).content.decode())[1]
        token = ApiToken.objects.get()
        for url in (LIST, f"{LIST}{token.pk}/change/", f"{LIST}{token.pk}/revoke/", "/"):
            page = security.get(url).content.decode()
            assert secret not in page
            assert secret[:8] in page or url == "/"

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"expires_on": "2026-06-14"}, "This day is over"),
            ({"expires_on": "2028-06-16"}, "two years at most"),
            ({"expires_on": ""}, "required"),
            ({"office": ""}, "required"),
            ({"label": " "}, "required"),
        ],
    )
    def test_it_rejects(self, security, cast, values, sentence):
        response = made(security, cast, **values)
        assert sentence in str(response.context["adminform"].form.errors)
        assert not ApiToken.objects.exists()

    def test_it_rejects_a_closed_office(self, security, cast):
        type(cast.clerk_a.office).objects.filter(pk=cast.clerk_a.office_id).update(is_active=False)
        assert "not active" in str(made(security, cast).context["adminform"].form.errors)

    def test_the_verb_holds_the_limit_too(self, cast):
        with pytest.raises(ValidationError):
            make_token(cast, expires_on=date(2028, 6, 16))
        make_token(cast, expires_on=date(2028, 6, 15))

    def test_it_is_proposed_for_a_year(self, security):
        form = security.get(f"{LIST}add/").context["adminform"].form
        assert form.get_initial_for_field(form.fields["expires_on"], "expires_on") == date(2027, 6, 15)

    def test_it_needs_the_security_administrator(self, client, cast):
        token, _secret = make_token(cast)
        for name, person in cast:
            if name == "security_admin":
                continue
            client.force_login(person)
            for url in (LIST, f"{LIST}add/", f"{LIST}{token.pk}/change/", f"{LIST}{token.pk}/revoke/"):
                assert client.get(url).status_code == 403, (name, url)
                assert client.post(url, {"reason": "x"}).status_code == 403, (name, url)
        assert not ApiToken.objects.get().is_revoked

    def test_nothing_of_it_is_changed(self, security, cast):
        token, _secret = make_token(cast)
        fields = {"office": cast.clerk_b.office_id, "label": "x", "expires_on": "2028-01-01"}
        assert security.post(f"{LIST}{token.pk}/change/", fields).status_code == 403
        assert security.post(f"{LIST}{token.pk}/delete/", {"post": "yes"}).status_code == 403
        assert ApiToken.objects.get(office=cast.clerk_a.office, label="统计平台").expires_on == token.expires_on


class TestRevoking:
    def test_it_works(self, security, cast):
        token, secret = make_token(cast)
        assert security.post(f"{LIST}{token.pk}/revoke/", {"reason": "  "}).status_code == 200
        assert not ApiToken.objects.get().is_revoked
        assert security.post(f"{LIST}{token.pk}/revoke/", {"reason": "系统停用"}).status_code == 302
        token.refresh_from_db()
        assert (token.revoked_by, token.revoke_reason) == (cast.security_admin, "系统停用")
        assert "系统停用" in security.get(f"{LIST}{token.pk}/change/").content.decode()
        assert security.get(f"{LIST}{token.pk}/revoke/").status_code == 403  # it is over
        response = ask(security, secret, "sheets")
        assert (response.status_code, response.json()) == (401, {"detail": "This token was revoked."})

    def test_again_changes_nothing(self, cast):
        token, _secret = make_token(cast)
        for reason in ("系统停用", "另一原因"):
            api_tokens.revoke(token, by=cast.security_admin, reason=reason)
        assert ApiToken.objects.get().revoke_reason == "系统停用"
        assert [line.detail["event"] for line in lines()] == ["made", "revoked"]

    def test_a_reason_is_asked_for(self, cast):
        token, _secret = make_token(cast)
        with pytest.raises(ValueError):
            api_tokens.revoke(token, by=cast.security_admin, reason=" ")
        with pytest.raises(IntegrityError), transaction.atomic():
            ApiToken.objects.update(revoked_at="2026-06-15T00:00:00Z", revoked_by=cast.security_admin)

    def test_the_list_says_how_each_stands(self, security, cast):
        tokens = [make_token(cast, label=label)[0] for label in ("甲", "乙", "丙", "丁")]
        api_tokens.revoke(tokens[1], by=cast.security_admin, reason="x")
        ApiToken.objects.filter(pk=tokens[2].pk).update(expires_on=date(2026, 6, 14))
        ApiToken.objects.filter(pk=tokens[3].pk).update(office=cast.clerk_b.office)
        type(cast.clerk_b.office).objects.filter(pk=cast.clerk_b.office_id).update(is_active=False)
        model_admin = security.get(LIST).context["cl"].model_admin
        states = {each.label: model_admin.shown_state(each) for each in ApiToken.objects.select_related("office")}
        assert states == {"甲": "In use", "乙": "Revoked", "丙": "Expired", "丁": "Office closed"}
        shown = {
            state: {token.label for token in security.get(LIST, {"state": state}).context["cl"].result_list}
            for state in ("open", "over")
        }
        assert shown == {"open": {"甲", "丁"}, "over": {"乙", "丙"}}


class TestBearer:
    def refused(self, client, secret):
        response = ask(client, secret, "sheets")
        assert response["WWW-Authenticate"] == "Bearer"
        return response.status_code, response.json()["detail"]

    def test_without_a_token(self, client, cast):
        for header in ("", "Basic abc", "Bearer", "Bearer "):
            response = client.get("/api/v1/sheets", headers={"Authorization": header})
            assert response.status_code == 401 and response.json()["detail"]

    def test_a_session_is_none(self, client, cast):
        client.force_login(cast.manager_province)
        assert client.get("/api/v1/sheets").status_code == 401

    @pytest.mark.parametrize("change", [
        lambda secret: secret[:-1], str.swapcase, lambda secret: secret + "x" * 1000, lambda secret: secret[:8],
        api_tokens.digest_of,
    ])  # fmt: skip
    def test_a_wrong_one(self, client, cast, change):
        _token, secret = make_token(cast)
        assert self.refused(client, change(secret)) == (401, "This token is not known here.")

    def test_its_last_day_is_good(self, client, cast, clock):
        _token, secret = make_token(cast, expires_on=date(2026, 6, 20))
        clock.move_to("2026-06-20 23:59+08:00")
        assert ask(client, secret, "sheets").status_code == 200
        clock.move_to("2026-06-21 00:00+08:00")
        assert self.refused(client, secret) == (401, "This token was good until 2026-06-20.")

    def test_a_closed_office(self, client, cast):
        _token, secret = make_token(cast)
        type(cast.clerk_a.office).objects.filter(pk=cast.clerk_a.office_id).update(is_active=False)
        assert self.refused(client, secret) == (401, "The office of this token is closed.")

    def test_refusals_are_chinese_where_nothing_else_is_asked_for(self, client, cast):
        _token, secret = make_token(cast)
        assert ask(client, secret, "figures/x/records", language="zh-CN").json()["detail"].startswith("没有指标")
        headers = {"Authorization": f"Bearer {secret}"}
        assert client.get("/api/v1/figures/x/records", headers=headers).json()["detail"].startswith("没有指标")

    def test_wrong_ones_are_limited_by_address_and_right_ones_are_not(self, client, cast, settings, clock):
        _token, secret = make_token(cast)
        answers = [ask(client, "wrong", "sheets") for _try in range(settings.AXES_FAILURE_LIMIT + 2)]
        assert [answer.status_code for answer in answers] == [401] * settings.AXES_FAILURE_LIMIT + [429, 429]
        assert "Try again in 15 minutes" in answers[-1].json()["detail"]
        assert 0 < int(answers[-1]["Retry-After"]) <= 15 * 60
        assert Operation.objects.filter(action="login_failed").count() == settings.AXES_FAILURE_LIMIT
        assert ask(client, secret, "sheets").status_code == 200
        assert (
            client.get("/api/v1/sheets", headers={"Authorization": "Bearer x"}, REMOTE_ADDR="10.0.0.9").status_code
            == 401
        )
        clock.shift(timedelta(minutes=16))
        assert ask(client, "wrong", "sheets").status_code == 401

    def test_failures_say_why_and_no_secret(self, client, cast):
        token, secret = make_token(cast)
        api_tokens.revoke(token, by=cast.security_admin, reason="x")
        for tried in (secret, "Wrong-2016"):
            ask(client, tried, "sheets")
        failed = Operation.objects.filter(action="login_failed").order_by("pk")
        assert [(line.actor_name, line.detail["reason"]) for line in failed] == [
            (f"API token {token.prefix}", "revoked token"),
            ("API token", "unknown token"),
        ]
        kept = f"{list(Operation.objects.values())} {list(AccessAttempt.objects.values())}"
        assert secret not in kept and "Wrong-2016" not in kept


class TestUse:
    def test_it_is_noted_once_an_hour_and_logged_once_a_day(self, client, cast, clock):
        _token, secret = make_token(cast)
        noted = []
        for at in ("10:00", "10:59", "11:00", "23:30"):
            clock.move_to(f"2026-06-15 {at}+08:00")
            ask(client, secret, "sheets")
            noted.append(f"{ApiToken.objects.get().last_used_at:%H:%M}")  # UTC
        clock.move_to("2026-06-16 00:10+08:00")
        ask(client, secret, "sheets")
        assert noted == ["02:00", "02:00", "03:00", "15:30"]
        assert [line.detail["event"] for line in lines()] == ["made", "used", "used"]

    def test_the_log_names_the_token_and_the_address(self, client, cast):
        token, secret = make_token(cast)
        ask(client, secret, "sheets")
        line = lines().last()
        assert (line.ip_address, line.actor) == ("127.0.0.1", None)
        assert token.prefix in line.target and "统计平台" in line.target and secret not in line.target

    def test_the_auditor_reads_it_in_words(self, client, cast):
        token, secret = make_token(cast)
        ask(client, secret, "sheets")
        api_tokens.revoke(token, by=cast.security_admin, reason="系统停用")
        client.cookies["django_language"] = "en"
        client.force_login(cast.auditor)
        pages = [client.get(reverse("admin:bureau_operation_change", args=[line.pk])) for line in lines()]
        texts = [page.content.decode() for page in pages]
        assert "token made" in texts[0] and "first use of the day" in texts[1] and "token revoked" in texts[2]


class TestReader:
    """Who stands in for a person sees what a manager of the office would see, and may nothing else."""

    def test_it_may_look_at_what_a_manager_may(self, cast):
        reader = make_token(cast)[0].reader()
        for model in apps.get_models():
            name = f"{model._meta.app_label}.{{}}_{model._meta.model_name}"
            assert reader.has_perm(name.format("view")) == cast.manager_a.has_perm(name.format("view")), model
            for action in ("add", "change", "delete", "void", "import", "export"):
                assert not reader.has_perm(name.format(action)), (model, action)

    def test_it_sees_what_a_manager_sees(self, cast, make_standard):
        for by in (cast.clerk_a, cast.clerk_b, cast.clerk_county, cast.clerk_province):
            make_standard(by=by)
        rows = MeasurementStandard.objects.all()
        reader = make_token(cast)[0].reader()
        assert set(scoping.visible_to(rows, reader)) == set(scoping.visible_to(rows, cast.manager_a))
        assert scoping.visible_to(rows, reader).count() == 2

    def test_it_is_no_account(self, cast):
        before = Staff.objects.count()
        reader = make_token(cast)[0].reader()
        with pytest.raises(TypeError):
            reader.save()
        assert Staff.objects.count() == before
        assert isinstance(reader, TokenReader)
