"""Two people at one record, papers beside it, and the log of what was voided."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile

from bureau import records
from bureau.models import Attachment, Operation
from standards.models import MeasurementStandard
from tests.contracts import page, posted, values_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def standard(make_standard):
    return make_standard(name="原名", place="原处", remark="原注")


def change(client, standard, **values):
    return client.post(page(standard, "change"), {**posted(client, page(standard, "change")), **values})


class TestTwoPeople:
    def test_changes_to_different_fields_are_merged(self, client, cast, standard):
        client.force_login(cast.clerk_a)
        mine = posted(client, page(standard, "change"))
        theirs = MeasurementStandard.objects.get(pk=standard.pk)
        theirs.place = "他人之处"
        records.save(theirs, by=cast.manager_a)

        response = client.post(page(standard, "change"), {**mine, "name": "我的名"})
        assert response.status_code == 200  # shown first, not saved
        form = response.context["adminform"].form
        assert [(d.name, d.theirs, d.is_contested) for d in form.differences] == [("place", "他人之处", False)]
        assert str(cast.manager_a) in str(form.non_field_errors())
        assert MeasurementStandard.objects.get(pk=standard.pk).name == "原名"

        response = client.post(page(standard, "change"), values_of(response))
        assert response.status_code == 302
        saved = MeasurementStandard.objects.get(pk=standard.pk)
        assert (saved.name, saved.place) == ("我的名", "他人之处")

    def test_a_contested_field_keeps_my_entry_unless_i_take_theirs(self, client, cast, standard):
        client.force_login(cast.clerk_a)
        mine = posted(client, page(standard, "change"))
        theirs = MeasurementStandard.objects.get(pk=standard.pk)
        theirs.name = "他人之名"
        records.save(theirs, by=cast.manager_a)
        response = client.post(page(standard, "change"), {**mine, "name": "我的名"})
        difference = response.context["adminform"].form.differences[0]
        assert (difference.before, difference.theirs, difference.mine) == ("原名", "他人之名", "我的名")
        assert difference.is_contested

        again = values_of(response)
        assert again["name"] == "我的名"
        response = client.post(page(standard, "change"), {**again, "take_theirs": "name"})
        assert response.status_code == 302
        assert MeasurementStandard.objects.get(pk=standard.pk).name == "他人之名"

    def test_it_rejects_a_nonsense_version(self, client, cast, standard):
        client.force_login(cast.clerk_a)
        for nonsense in ("<b>", "", "²", "9" * 5000):
            assert change(client, standard, seen_version=nonsense, name="新名").status_code == 200
        standard.refresh_from_db()
        assert standard.name == "原名"


class TestVoiding:
    def test_it_is_logged(self, client, cast, standard):
        client.force_login(cast.clerk_a)
        client.post(page(standard, "change").replace("change/", "void/"), {"reason": "重复录入"})
        line = Operation.objects.get(action=Operation.Action.VOID)
        assert line.actor == cast.clerk_a
        assert standard.certificate_no in line.target

    def test_it_needs_clerk_or_manager(self, client, cast, standard):
        client.force_login(cast.inspector_a)
        assert client.post(page(standard, "change").replace("change/", "void/"), {"reason": "x"}).status_code == 403

    def test_restoring_meets_the_constraint(self, client, cast, standard, make_standard):
        records.void(standard, by=cast.clerk_a, reason="重复")
        make_standard(certificate_no=standard.certificate_no)
        client.force_login(cast.clerk_a)
        response = client.post(page(standard, "change").replace("change/", "unvoid/"), follow=True)
        standard.refresh_from_db()
        assert standard.is_voided
        constraint = MeasurementStandard._meta.constraints[0]
        assert str(constraint.violation_error_message) in response.content.decode()


class TestAttachments:
    PREFIX = "bureau-attachment-content_type-object_id"

    def upload(self, client, standard, file):
        data = posted(client, page(standard, "change"))
        data |= {f"{self.PREFIX}-TOTAL_FORMS": "1", f"{self.PREFIX}-0-file": file, f"{self.PREFIX}-0-remark": "证书"}
        return client.post(page(standard, "change"), data)

    def test_it_works(self, client, cast, standard):
        client.force_login(cast.clerk_a)
        response = self.upload(client, standard, SimpleUploadedFile("证书.pdf", b"%PDF-1.7 paper"))
        assert response.status_code == 302
        attachment = Attachment.objects.get()
        assert (attachment.name, attachment.media_type, attachment.size) == ("证书.pdf", "application/pdf", 14)
        response = client.get(f"/files/{attachment.pk}/")
        assert b"".join(response.streaming_content) == b"%PDF-1.7 paper"
        assert Operation.objects.filter(action=Operation.Action.DOWNLOAD).exists()

    def test_other_office_gets_404(self, client, cast, standard):
        client.force_login(cast.clerk_a)
        self.upload(client, standard, SimpleUploadedFile("证书.pdf", b"%PDF-1.7"))
        client.force_login(cast.clerk_b)
        assert client.get(f"/files/{Attachment.objects.get().pk}/").status_code == 404

    def test_it_rejects_a_program_with_a_harmless_name(self, client, cast, standard):
        client.force_login(cast.clerk_a)
        response = self.upload(client, standard, SimpleUploadedFile("证书.pdf", b"MZ\x90\x00program"))
        assert response.status_code == 200
        assert not Attachment.objects.exists()

    def test_it_rejects_a_file_over_the_limit(self, client, cast, standard, settings):
        settings.ATTACHMENT_MAX_BYTES = 10
        client.force_login(cast.clerk_a)
        response = self.upload(client, standard, SimpleUploadedFile("证书.pdf", b"%PDF-1.7 too long"))
        assert response.status_code == 200
        assert not Attachment.objects.exists()

    def test_taking_it_away_voids_it(self, client, cast, standard):
        client.force_login(cast.clerk_a)
        self.upload(client, standard, SimpleUploadedFile("证书.pdf", b"%PDF-1.7"))
        data = posted(client, page(standard, "change"))
        client.post(page(standard, "change"), {**data, f"{self.PREFIX}-0-DELETE": "on"})
        attachment = Attachment.objects.get()
        assert attachment.is_voided
        assert client.get(f"/files/{attachment.pk}/").status_code == 404
        assert attachment.content_type == ContentType.objects.get_for_model(MeasurementStandard)
