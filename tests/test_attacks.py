"""What people with the developer tools open, and bad luck, must not be able to do; by who attacks."""

import sqlite3
from datetime import date

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, IntegrityError, OperationalError, connection
from django.test import RequestFactory
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from bureau import records, second_factor
from bureau.models import Attachment, Operation, Staff
from bureau.operations import address_of
from bureau.site import ScopedAdmin
from bureau.views import errors
from standards.models import MeasurementStandard, StandardEvent
from tests.contracts import page, posted
from tests.planted import SECRET

pytestmark = pytest.mark.django_db
PAPERS = "bureau-attachment-content_type-object_id"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 32
LIST = "/standards/measurementstandard/"


def change(client, row, **values):
    return client.post(page(row, "change"), {**posted(client, page(row, "change")), **values})


@pytest.fixture
def stranger(client, cast):
    """The browser of the clerk of city B, who sees an error page instead of an exception."""
    client.force_login(cast.clerk_b)
    client.raise_request_exception = False
    return client


class TestClerkOfAnotherCity:
    @pytest.mark.parametrize(
        "query",
        [
            "office__staff__password__startswith=a",
            "created_by__password__startswith=a",
            "region__name=a",
            "events__remark__startswith=a",
            "history__name=a",
            "created_by=1",
            "name__regex=(a%2B)%2B$",
            "tier__regex=(",
            "certificate_no__startswith=a",
            "_to_field=certificate_no",
        ],
    )
    def test_it_rejects_lookups_that_the_list_does_not_offer(self, stranger, planted, query):
        response = stranger.get(f"{LIST}?{query}")
        assert response.status_code in (302, 400)
        assert SECRET not in response.content.decode()

    @pytest.mark.parametrize(
        "query",
        [
            "tier__exact=municipal",
            "kind__exact=public&grade__exact=working",
            "field__code__exact=12",
            "established_on__year=2016&established_on__month=5",
            "established_on_from=2016-01-01&established_on_to=2016-12-31",
            "in_region=210102&voided=all&due=soon",
            "import_id=1",
            "q=装置&o=1.-2&p=1",
        ],
    )
    def test_lookups_that_the_list_offers_work(self, client, cast, planted, query):
        client.force_login(cast.clerk_a)
        assert client.get(f"{LIST}?{query}").status_code == 200

    def test_every_list_is_closed(self):
        """A pattern on any column would let people try out, letter by letter, what they are not shown."""
        request = RequestFactory().get("/")
        for model, model_admin in admin.site._registry.items():
            assert isinstance(model_admin, ScopedAdmin)
            for field in model._meta.get_fields():
                for lookup in ("regex", "startswith", "contains", "range"):
                    assert not model_admin.lookup_allowed(f"{field.name}__{lookup}", "a", request), (model, field)

    def test_rows_of_others_cannot_be_posted_along(self, stranger, cast, planted, make_standard):
        own, theirs = make_standard(by=cast.clerk_b), planted["standard"]
        event, paper = theirs.events.get(), planted["attachment"]
        for values in (
            {"events-0-id": event.pk, "events-0-remark": "x"},
            {"events-0-standard": theirs.pk, "events-0-remark": "x"},
            {f"{PAPERS}-TOTAL_FORMS": 1, f"{PAPERS}-INITIAL_FORMS": 1, f"{PAPERS}-0-id": paper.pk},
            {
                f"{PAPERS}-TOTAL_FORMS": 1,
                f"{PAPERS}-0-file": SimpleUploadedFile("x.png", PNG),
                f"{PAPERS}-0-object_id": theirs.pk,
            },
        ):
            assert change(stranger, own, **values).status_code in (200, 302)
        for row in (event, paper, theirs):
            before = row.version
            row.refresh_from_db()
            assert (row.version, row.remark.startswith(SECRET)) == (before, True)
        assert theirs.events.count() == 1
        papers = Attachment.objects.filter(content_type=paper.content_type).exclude(pk=paper.pk)
        assert set(papers.values_list("object_id", flat=True)) == {own.pk}

    def test_what_no_form_shows_cannot_be_posted(self, stranger, cast, make_standard):
        own = make_standard(by=cast.clerk_b)
        hidden = {"created_by": cast.clerk_a.pk, "voided_at": "2020-01-01", "state": "cancelled", "import_id": "5"}
        assert change(stranger, own, remark="x", version="77", id="99", **hidden).status_code == 302
        saved = MeasurementStandard.objects.get()
        assert (saved.pk, saved.version, saved.created_by, saved.state) == (own.pk, 2, cast.clerk_b, "valid")
        assert (saved.voided_at, saved.import_id) == (None, None)

    @pytest.mark.parametrize("name", ["office", "region"])
    def test_it_rejects_the_place_of_others(self, stranger, cast, make_standard, name):
        own = make_standard(by=cast.clerk_b)
        value = {"office": cast.clerk_a.office_id, "region": "210100"}[name]
        assert name in change(stranger, own, **{name: value}).context["adminform"].form.errors
        assert (MeasurementStandard.objects.get().office, own.region_id) == (cast.clerk_b.office, "210200")

    def test_a_paper_that_stands_is_not_replaced(self, stranger, cast, make_standard):
        own = make_standard(by=cast.clerk_b)
        first = SimpleUploadedFile("first.png", PNG)
        change(stranger, own, **{f"{PAPERS}-TOTAL_FORMS": 1, f"{PAPERS}-0-file": first})
        before = Attachment.objects.get()
        change(stranger, own, **{f"{PAPERS}-0-file": SimpleUploadedFile("other.png", PNG), f"{PAPERS}-0-remark": "x"})
        after = Attachment.objects.get()
        assert (after.file.name, after.name, after.sha256) == (before.file.name, "first.png", before.sha256)
        assert after.remark == "x"


class TestAdministrators:
    def test_passwords_cannot_be_tried_out_letter_by_letter(self, client, cast):
        client.force_login(cast.security_admin)
        for query in ("password__startswith=m", "password=x", "is_superuser=0", "last_login__gt=2016-01-01"):
            assert client.get(f"/bureau/staff/?{query}").status_code == 400, query

    def test_a_name_is_not_invisible(self, client, cast):
        client.force_login(cast.security_admin)
        response = change(client, cast.clerk_b, full_name="\u200b\u200b", roles=["clerk"])
        assert "full_name" in response.context["adminform"].form.errors
        assert Staff.objects.get(pk=cast.clerk_b.pk).full_name == "clerk b"

    @pytest.mark.parametrize("query", ["at__year=9999", "id__in=1,,", "zzz=1", "at_to=9999-12-31"])
    def test_the_log_is_not_exported_by_a_filter_that_does_not_exist(self, client, cast, query):
        client.force_login(cast.auditor)
        client.raise_request_exception = False
        assert client.get(f"/bureau/operation/export/?{query}").status_code == 400
        assert not Operation.objects.filter(action="export").exists()


class TestOddAddresses:
    """Each is answered with a page that says what is wrong, not with a fault of the server."""

    @pytest.mark.parametrize("number", ["abc", "²", "٣", "9" * 30, "9" * 4500, "1;2", "..%2F..%2Fetc", "None", "_5F"])
    def test_numbers_that_are_none(self, stranger, cast, make_standard, number):
        own = make_standard(by=cast.clerk_b)
        for tail in ("change/", "history/", "void/", "unvoid/"):
            assert stranger.get(f"{LIST}{number}/{tail}").status_code == 404
            assert stranger.post(f"{LIST}{number}/{tail}").status_code == 404
        if "%2F" not in number:
            assert stranger.get(f"{LIST}{own.pk}/history/{number}/").status_code == 404
        for area in ("files", "jobs", "exchange"):
            assert stranger.get(f"/{area}/{number}/").status_code == 404
        assert stranger.get(f"/figures/standards.established/?year={number}").status_code == 400

    @pytest.mark.parametrize(
        "query",
        [
            "established_on__year=9999",
            "established_on__year=99999999999999999999",
            "established_on__year=2016&established_on__month=13",
            "import_id=99999999999999999999999",
            "import_id__in=99999999999999999999999",
            "p=abc",
            "o=abc",
            "_facets=1",
            "tier__exact=%00",
            "in_region=%00",
        ],
    )
    def test_filters_beyond_every_value(self, stranger, cast, make_standard, query):
        make_standard(by=cast.clerk_b)
        assert stranger.get(f"{LIST}?{query}", follow=True).status_code in (200, 400)

    def test_a_search_for_very_many_words(self, stranger, cast, make_standard):
        make_standard(by=cast.clerk_b)
        assert stranger.get(LIST, {"q": "a " * 1900}).status_code == 200

    @pytest.mark.parametrize("value", ["abc", "²", "9" * 30, "\0", "None"])
    def test_a_new_form_takes_no_impossible_proposal(self, stranger, value):
        proposed = dict.fromkeys(("office", "region", "field", "issued_on", "tier", "version", "zzz"), value)
        assert stranger.get(f"{LIST}add/", proposed).status_code == 200

    def test_a_new_form_takes_a_possible_proposal(self, stranger):
        form = stranger.get(f"{LIST}add/", {"field": "12", "issued_on": "2016-05-10"}).context["adminform"].form
        assert (form.initial["field"], form.initial["issued_on"]) == ("12", "2016-05-10")

    @pytest.mark.parametrize("version", ["²", "9" * 5000, "-1", "abc", "9" * 25])
    def test_an_impossible_version_saves_or_says_so(self, stranger, cast, make_standard, version):
        own = make_standard(by=cast.clerk_b)
        assert change(stranger, own, seen_version=version, remark="x").status_code in (200, 302)

    def test_a_huge_choice_is_refused_with_a_page(self, stranger, cast, make_standard):
        own = make_standard(by=cast.clerk_b)
        assert change(stranger, own, office="9" * 30).status_code in (200, 400)
        assert MeasurementStandard.objects.get().office == cast.clerk_b.office


class TestBadLuck:
    def test_a_locked_database_gets_a_sentence(self, stranger, monkeypatch):
        def locked(*args, **kwargs):
            raise OperationalError("database is locked")

        monkeypatch.setattr(ScopedAdmin, "get_queryset", locked)
        response = stranger.get(reverse("admin:bureau_office_changelist"))
        assert response.status_code == 503
        assert "数据库" in response.content.decode()
        assert response["Retry-After"]

    def test_a_locked_database_gets_a_sentence_after_the_page_too(self, stranger, monkeypatch):
        """The session is saved when the view has ended."""
        from django.contrib.sessions.backends.db import SessionStore

        def locked(*args, **kwargs):
            raise OperationalError("database is locked")

        monkeypatch.setattr(SessionStore, "save", locked)
        assert stranger.get("/accounts/password/").status_code == 503

    def test_faults_of_the_program_stay_faults(self):
        if connection.vendor == "sqlite":
            assert errors.answer_to(OperationalError("no such table: x")) is None
        assert errors.answer_to(ValueError("x")) is None
        assert errors.answer_to(None) is None
        for problem in (OverflowError("x"), DataError("x")):
            assert errors.answer_to(problem).status_code == 400

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="a file of its own")
    def test_the_driver_still_says_locked(self, tmp_path):
        """``errors`` knows the state by this word alone."""
        one, two = (sqlite3.connect(tmp_path / "x", timeout=0, isolation_level=None) for _ in range(2))
        one.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            two.execute("BEGIN IMMEDIATE")
        one.close()
        two.close()

    @pytest.mark.parametrize("problem", [IntegrityError("x"), ValidationError("不可能")])
    def test_what_somebody_else_saves_between_check_and_save(self, stranger, cast, make_standard, monkeypatch, problem):
        """The form is shown again as it was filled, with the reason; nothing of it is saved."""
        own = make_standard(by=cast.clerk_b)

        def refuse(*args, **kwargs):
            raise problem

        with monkeypatch.context() as patch:
            patch.setattr(records, "save", refuse)
            response = change(stranger, own, remark="我的")
        form = response.context["adminform"].form
        assert response.status_code == 200 and form.non_field_errors()
        assert form["remark"].value() == "我的"
        assert MeasurementStandard.objects.get().remark == ""

    def test_a_row_that_somebody_removed_meanwhile_is_not_dropped_in_silence(self, stranger, cast, make_standard):
        own = make_standard(by=cast.clerk_b)
        sealed = StandardEvent(standard=own, kind="sealed", on=date(2018, 1, 1))
        records.save(sealed, by=cast.clerk_b)
        mine = posted(stranger, page(own, "change"))
        records.void(StandardEvent.objects.get(pk=sealed.pk), by=cast.clerk_province, reason="x")
        response = stranger.post(page(own, "change"), {**mine, "events-1-remark": "x", "remark": "x"})
        events = response.context["inline_admin_formsets"][0]
        assert "已被" in str(events.formset.non_form_errors())
        assert MeasurementStandard.objects.get().remark == ""

    def test_a_file_that_is_gone_is_404(self, client, cast, planted):
        paper = planted["attachment"]
        paper.file.storage.delete(paper.file.name)
        client.force_login(cast.clerk_a)
        assert client.get(reverse("files:download", args=[paper.pk])).status_code == 404

    def test_two_pages_opened_at_once_do_not_bar_from_one_time_codes(self, cast):
        devices = [TOTPDevice.objects.create(user=cast.clerk_a, confirmed=False, name="x") for _page in range(2)]
        assert second_factor.pending_device(cast.clerk_a) == devices[0]

    @pytest.mark.parametrize(
        "forwarded, address",
        [
            ("10.0.0.1", "10.0.0.1"),
            ("1.1.1.1, 10.0.0.2", "10.0.0.2"),
            ("unknown", "127.0.0.1"),
            ("10.0.0.1:4711", "127.0.0.1"),
            ("", "127.0.0.1"),
            ("::1", "::1"),
        ],
    )
    def test_an_odd_address_keeps_nobody_out(self, settings, forwarded, address):
        settings.BEHIND_PROXY = True
        request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})
        assert address_of(request) == address

    def test_days_at_the_ends_of_the_calendar(self, stranger, cast, make_standard):
        own = make_standard(by=cast.clerk_b, issued_on=date(2016, 5, 10))
        ends = {"issued_on": "9999-12-31", "valid_until": "9999-12-31", "established_on": "0001-01-01"}
        assert change(stranger, own, **ends).status_code in (200, 302)
        for address in (LIST, "/", "/reports/", page(own, "change")):
            assert stranger.get(address).status_code == 200
