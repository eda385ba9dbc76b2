"""Forms filled in at the place: every field is kept as it is left, nothing is lost and nothing is entered twice."""

import json
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from bureau.fieldwork import forms
from bureau.fieldwork.models import FieldDraft, FieldPhoto
from bureau.models import Attachment
from inspections.models import Finding, SiteInspection

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
JPEG = b"\xff\xd8\xff\xe0" + bytes(40)


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


class Sender:
    """What the page does, for one person and one draft on one device; what was sent is known to have arrived."""

    def __init__(self, client, person, draft=None, form="site-inspection"):
        self.form = form
        self.client, self.person, self.draft = client, person, draft or uuid4()
        self.device, self.sequence, self.known = uuid4(), 0, {}

    def post(self, path, values=None, **more):
        self.client.force_login(self.person)
        return self.client.post(f"/fieldwork/{self.form}/{self.draft}/{path}", values or {}, **more)

    def entry(self, name, value="", *, kind="value", **changes):
        self.sequence += 1
        made = {"id": str(uuid4()), "device": str(self.device), "sequence": self.sequence, "kind": kind, "name": name}
        return {**made, "value": value, "base": self.known.get(name, ""), **changes}

    def sync(self, *entries, person=None, **batch):
        answer = self.post(
            "sync/",
            json.dumps({"entries": entries, **batch}),
            content_type="application/json",
            headers={"X-Person": str(person or self.person.pk)},
        )
        if answer.status_code == 200:
            self.known |= {name: told["value"] for name, told in answer.json()["values"].items()}
        return answer

    def put(self, name, value):
        return self.sync(self.entry(name, value))

    def remove(self, row):
        base = {name: value for name, value in self.known.items() if name.startswith(f"{row}-")}
        return self.sync(self.entry(row, kind="row", base=base))

    def photo(self, content, *, name="a.png", row="", photo=None, **more):
        file = SimpleUploadedFile(name, content)
        return self.post("photos/", {"photo": str(photo or uuid4()), "row": row, "file": file, **more})

    def values(self):
        return FieldDraft.objects.get(client_id=self.draft).as_dict()

    def fill(self, enterprise, **values):
        defaults = {
            "enterprise": str(enterprise.pk),
            "inspected_on": "2026-11-20",
            "subject": "instruments",
            "sector": "fuel",
            "inspectors": "检查员",
            "result": "not_conforming",
        }
        for name, value in {**defaults, **values}.items():
            assert self.put(name, value).status_code == 200
        return self


@pytest.fixture
def sender(client, cast):
    return Sender(client, cast.inspector_a)


@pytest.fixture
def filled(sender, make_enterprise):
    return sender.fill(make_enterprise())


# Values ------------------------------------------------------------------------------------------


def test_a_value_is_kept_and_answered(sender):
    answer = sender.put("place", "1号加油岛").json()
    assert answer["values"] == {"place": {"value": "1号加油岛", "version": 1}}
    assert [result["outcome"] for result in answer["results"].values()] == ["kept"]
    assert (answer["errors"], answer["checked"]) == ({}, ["place"])
    assert sender.values() == {"place": "1号加油岛"}
    draft = FieldDraft.objects.get()
    assert (draft.client_id, draft.started_by, draft.state) == (sender.draft, sender.person, "open")


def test_a_wrong_value_is_kept_with_its_sentence(sender):
    answer = sender.put("inspected_on", "2026-02-30")
    assert answer.json()["errors"] == {"inspected_on": ["Enter a valid date."]}
    assert sender.values()["inspected_on"] == "2026-02-30"
    # What was not reached yet is not wrong yet; what was emptied is.
    assert sender.put("sector", "").json()["errors"].keys() == {"inspected_on", "sector"}


def test_the_rules_over_several_fields_of_a_row_speak(sender):
    for name, value in (("category", "scale"), ("checked", "2")):
        assert sender.put(f"instrument.a1-{name}", value).json()["errors"] == {}
    errors = sender.put("instrument.a1-failed", "3").json()["errors"]
    assert errors == {"instrument.a1": ["More instruments failed than were checked."]}
    assert sender.put("instrument.a1-failed", "1").json()["errors"] == {}


@pytest.mark.parametrize(
    "name", ["office", "voided_at", "finding.a1-number", "nothing.a1-facts", "finding.a/1-facts", ""]
)
def test_it_rejects_a_field_that_is_not_asked(sender, name):
    assert sender.put(name, "1").status_code == 422
    assert not FieldDraft.objects.exists()
    sender.put("place", "东门")
    result = next(iter(sender.put(name, "1").json()["results"].values()))
    assert (result["outcome"], bool(result["problem"])) == ("refused", True)
    assert sender.values() == {"place": "东门"}


def test_it_rejects_a_text_that_is_too_long(sender):
    sender.put("place", "东门")
    result = next(iter(sender.put("opinion", "长" * 10_001).json()["results"].values()))
    assert result["outcome"] == "refused"
    assert sender.values() == {"place": "东门"}


def test_a_row_goes_with_its_values_and_photos(sender):
    sender.put("finding.a1-facts", "一")
    sender.put("finding.a2-facts", "二")
    sender.photo(PNG, row="finding.a1")
    for _ in range(2):
        assert sender.remove("finding.a1").status_code == 200
    assert sender.values() == {"finding.a2-facts": "二"}
    assert not FieldPhoto.objects.exists()


# Whose it is -------------------------------------------------------------------------------------


def test_a_draft_is_its_owners_alone(client, cast, sender):
    sender.put("place", "东门")
    photo = UUID(sender.photo(PNG).json()["photo"])
    stranger = Sender(client, cast.clerk_a, sender.draft)  # of the same office, too
    assert stranger.put("place", "别处").status_code == 404
    assert stranger.photo(PNG).status_code == 404
    assert stranger.sync(stranger.entry(str(photo), kind="photo")).status_code == 404
    for path in ("submit/", "discard/"):
        assert stranger.post(path).status_code == 404
    for path in ("", f"photos/{photo}/"):
        assert client.get(f"/fieldwork/site-inspection/{sender.draft}/{path}").status_code == 404
    assert sender.values() == {"place": "东门"}


def test_it_needs_a_role_for_fieldwork(client, cast, sender):
    for person in (cast.manager_a, cast.auditor, cast.system_admin):
        assert Sender(client, person).put("place", "东门").status_code == 403
    client.force_login(cast.inspector_a)
    assert client.get("/fieldwork/nothing/new/").status_code == 404


def test_it_goes_on_on_any_device(client, cast, sender, make_enterprise):
    sender.fill(make_enterprise(name="甲市加油站"))
    sender.put("finding.a1-facts", "加油机超期")
    sender.photo(PNG, row="finding.a1")
    client.force_login(cast.inspector_a)
    assert "甲市加油站 2026-11-20" in client.get("/fieldwork/").content.decode()
    text = client.get(f"/fieldwork/site-inspection/{sender.draft}/").content.decode()
    assert "加油机超期" in text
    assert f"/fieldwork/site-inspection/{sender.draft}/photos/{FieldPhoto.objects.get().client_id}/" in text


# Photos ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.jpg", b"MZ\x90\x00" + bytes(60)), ("a.exe", JPEG), ("a.pdf", b"%PDF-1.7"), ("a.png", JPEG), ("a.jpg", b"")],
)
def test_it_rejects_what_is_no_photo(sender, name, content):
    answer = sender.photo(content, name=name)
    assert answer.status_code in (400, 422)
    assert content == b"" or "is not a photo" in answer.json()["problem"]
    assert not FieldPhoto.objects.exists()


def test_it_rejects_a_photo_that_is_too_large(sender, settings):
    settings.FIELD_PHOTO_MAX_BYTES = 1000
    answer = sender.photo(PNG + bytes(1000))
    assert answer.status_code == 422
    assert "at most 1000" in answer.json()["problem"].replace("\xa0", " ")


def test_a_photo_that_is_sent_again_is_one(sender, client):
    photo = uuid4()
    for _ in range(2):
        assert sender.photo(JPEG, name="现场.jpg", photo=photo).status_code == 200
    assert FieldPhoto.objects.count() == 1
    response = client.get(f"/fieldwork/site-inspection/{sender.draft}/photos/{photo}/")
    assert b"".join(response.streaming_content) == JPEG
    assert sender.sync(sender.entry(str(photo), kind="photo")).status_code == 200
    assert not FieldPhoto.objects.exists()


# The end -----------------------------------------------------------------------------------------


def test_submitting_writes_the_records_once(filled, cast):
    for name, value in (("facts", "加油机超期"), ("measure", "ordered"), ("due_on", "2026-12-10")):
        filled.put(f"finding.a1-{name}", value)
    filled.photo(PNG, name="全景.png")
    filled.photo(JPEG, name="加油机.jpg", row="finding.a1")
    first, again = filled.post("submit/"), filled.post("submit/")
    assert first.json() == again.json()
    inspection, finding = SiteInspection.objects.get(), Finding.objects.get()
    assert first.json()["url"] == f"/inspections/siteinspection/{inspection.pk}/change/"
    assert (inspection.office, inspection.created_by) == (cast.inspector_a.office, cast.inspector_a)
    assert (finding.inspection, finding.number, finding.region) == (inspection, 1, inspection.region)
    papers = {paper.name: paper for paper in Attachment.objects.all()}
    assert {name: paper.record for name, paper in papers.items()} == {"全景.png": inspection, "加油机.jpg": finding}
    assert {paper.kind for paper in papers.values()} == {"photo"}
    assert papers["加油机.jpg"].file.read() == JPEG


def test_nothing_is_written_while_something_is_wrong(filled):
    filled.put("finding.a1-facts", "加油机超期")
    filled.put("finding.a1-measure", "ordered")
    answer = filled.post("submit/")
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["finding.a1"]
    assert not SiteInspection.objects.exists()
    assert FieldDraft.objects.get().state == "open"
    filled.put("finding.a1-due_on", "2026-12-10")
    assert filled.post("submit/").status_code == 200


def test_required_answers_are_asked_for_at_the_end(sender):
    sender.put("place", "东门")
    errors = sender.post("submit/").json()["errors"]
    assert errors.keys() == {"enterprise", "inspected_on", "subject", "sector", "inspectors", "result"}


def test_what_comes_after_the_end_is_told_where_it_is(filled, client):
    url = filled.post("submit/").json()["url"]
    for answer in (filled.photo(PNG), filled.post("discard/")):
        assert (answer.status_code, answer.json()["url"]) == (409, url)
    late = filled.put("place", "东门").json()
    assert ([result["outcome"] for result in late["results"].values()], late["url"]) == (["closed"], url)
    assert client.get(f"/fieldwork/site-inspection/{filled.draft}/").url == url


def test_a_draft_is_given_up(filled, client):
    filled.photo(PNG)
    assert filled.post("discard/").json() == {"url": "/fieldwork/"}
    assert filled.post("submit/").status_code == 409
    assert not FieldPhoto.objects.exists()
    assert "site-inspection/" + str(filled.draft) not in client.get("/fieldwork/").content.decode()


# The registry ------------------------------------------------------------------------------------


def test_a_form_says_all_that_it_must():
    with pytest.raises(ValueError, match="needs a key"):
        forms.register(type("Nameless", (forms.FieldForm,), {}))
    taken = type(
        "Taken", (forms.FieldForm,), {"key": "site-inspection", "label": "x", "permission": "x", "main": object}
    )
    with pytest.raises(ValueError, match="twice"):
        forms.register(taken)
