"""What a device kept comes to the server: repeated, cut off, and beside what the office changed."""

import json
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone, translation

from bureau import records
from bureau.fieldwork import entries
from bureau.fieldwork.merging import Merged, merge
from bureau.fieldwork.models import FieldDraft, FieldEntry, FieldPhoto, FieldValue
from tests.inspection_makers import make_assignment
from tests.test_fieldwork import JPEG, PNG, Sender

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


@pytest.fixture
def tablet(client, cast):
    return Sender(client, cast.inspector_a)


@pytest.fixture
def desk(client, cast, tablet):
    """The same person at the office, on the same draft."""
    return Sender(client, cast.inspector_a, tablet.draft)


def outcomes(answer):
    return [result["outcome"] for result in answer.json()["results"].values()]


# Merging -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "here", "there", "merged"),
    [
        ("a", "b", "a", Merged.HERE),
        ("a", "a", "b", Merged.THERE),
        ("a", "b", "b", Merged.THERE),
        ("a", "a", "a", Merged.THERE),
        ("a", "b", "c", Merged.CONFLICT),
        ("a", "", "c", Merged.CONFLICT),
        ("", "b", "", Merged.HERE),
    ],
)
def test_one_field_is_merged(base, here, there, merged):
    assert merge(base, here, there) is merged


def test_what_both_changed_is_asked_and_decided(tablet, desk):
    tablet.put("place", "东门")
    desk.known = dict(tablet.known)
    desk.put("place", "西门")
    desk.put("escort", "门卫")
    entry = tablet.entry("place", "南门")
    answer = tablet.sync(entry, tablet.entry("opinion", "责令改正"), revision=1)
    assert outcomes(answer) == ["conflict", "kept"]
    # Both are told: what stands where it conflicts, and what was changed elsewhere.
    told = answer.json()["values"]
    assert {name: each["value"] for name, each in told.items()} == {
        "place": "西门",
        "escort": "门卫",
        "opinion": "责令改正",
    }
    assert tablet.values() == {"place": "西门", "escort": "门卫", "opinion": "责令改正"}
    assert outcomes(tablet.sync(entry)) == ["conflict"]  # asked again, answered alike
    assert outcomes(tablet.sync(tablet.entry("place", "南门"))) == ["kept"]
    assert tablet.values()["place"] == "南门"


def test_what_only_the_office_changed_stands(tablet, desk):
    tablet.put("place", "东门")
    desk.known = dict(tablet.known)
    desk.put("place", "西门")
    answer = tablet.sync(tablet.entry("place", "东门", base="东门"))
    assert outcomes(answer) == ["theirs"]
    assert tablet.values() == {"place": "西门"}


def test_a_row_that_the_office_changed_is_not_removed_unasked(tablet, desk):
    tablet.put("finding.a1-facts", "铅封破损")
    desk.known = dict(tablet.known)
    desk.put("finding.a1-instruments", "3号枪")
    answer = tablet.sync(tablet.entry("finding.a1", kind="row", base={"finding.a1-facts": "铅封破损"}), revision=1)
    assert outcomes(answer) == ["conflict"]
    assert answer.json()["values"]["finding.a1-instruments"]["value"] == "3号枪"
    assert len(tablet.values()) == 2
    assert outcomes(tablet.remove("finding.a1")) == ["kept"]
    assert tablet.values() == {}
    assert desk.sync(desk.entry("place", "东门")).json()["removed_rows"] == ["finding.a1"]


def test_a_row_that_was_removed_elsewhere_is_asked_for(tablet, desk):
    tablet.put("finding.a1-facts", "铅封破损")
    desk.known = dict(tablet.known)
    desk.remove("finding.a1")
    assert outcomes(tablet.put("finding.a1-facts", "铅封缺失")) == ["conflict"]
    tablet.known["finding.a1-facts"] = ""  # the inspector keeps it
    assert outcomes(tablet.put("finding.a1-facts", "铅封缺失")) == ["kept"]
    assert tablet.values() == {"finding.a1-facts": "铅封缺失"}


def test_what_the_record_behind_it_says_now_is_merged(client, cast, make_enterprise):
    old, new = make_enterprise(name="旧站"), make_enterprise(name="新站")
    assignment = make_assignment(cast, make_enterprise, enterprise=old)
    tablet = Sender(client, cast.inspector_a)
    assignment.enterprise = new
    records.save(assignment, by=cast.clerk_a)
    begun = tablet.entry("enterprise", str(old.pk), base=str(old.pk))
    answer = tablet.sync(begun, query=f"assignment={assignment.pk}")
    assert outcomes(answer) == ["theirs"]
    assert answer.json()["values"]["enterprise"] == {"value": str(new.pk), "version": 1, "text": str(new)}
    other = make_enterprise(name="第三站")
    changed = tablet.sync(tablet.entry("enterprise", str(other.pk), base=str(old.pk)))
    assert outcomes(changed) == ["conflict"]
    assert tablet.values() == {"enterprise": str(new.pk)}


# Repetition --------------------------------------------------------------------------------------


def test_the_same_batch_five_times_changes_nothing(tablet):
    batch = [tablet.entry("place", "东门"), tablet.entry("escort", "门卫"), tablet.entry("finding.a1-facts", "一")]
    answers = [tablet.sync(*batch).json() for _ in range(5)]
    assert all(answer["results"] == answers[0]["results"] for answer in answers)
    assert all(answer["errors"] == answers[0]["errors"] for answer in answers)
    draft = FieldDraft.objects.get()
    assert (draft.revision, draft.values.count(), draft.entries.count()) == (1, 3, 3)


# The device's clock ------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [-2, 2])
def test_a_clock_that_is_days_wrong_does_no_harm(tablet, days):
    wrong = timezone.now() + timedelta(days=days)
    first = tablet.entry("place", "东门", at=wrong.isoformat())
    # Set back meanwhile: the later entry has the earlier time.
    second = tablet.entry("place", "西门", at=(wrong - timedelta(hours=5)).isoformat())
    tablet.sync(second, first, sent_at=(wrong + MINUTE).isoformat())
    assert tablet.values() == {"place": "西门"}
    entered = FieldEntry.objects.get(value="东门").entered_at
    assert abs(timezone.now() - MINUTE - entered) < MINUTE
    assert FieldEntry.objects.get(value="西门").entered_at <= timezone.now()


@pytest.mark.parametrize("at", ["", "yesterday", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2026-11-22T08:00", 5])
def test_a_clock_may_say_anything(tablet, at):
    answer = tablet.sync(tablet.entry("place", "东门", at=at), sent_at="0001-01-01T00:00:00+14:00")
    assert answer.status_code == 200
    assert tablet.values() == {"place": "东门"}


# Photos ------------------------------------------------------------------------------------------


def asked(content, photo, digest=None, row=""):
    import hashlib

    sha256 = hashlib.sha256(content).hexdigest() if digest is None else digest
    return {"id": str(photo), "row": row, "size": len(content), "sha256": sha256}


def test_a_photo_is_asked_for_until_it_is_whole(tablet):
    photo = uuid4()
    about = asked(JPEG, photo)
    tablet.put("place", "东门")
    assert tablet.sync(photos=[about]).json()["send"] == [str(photo)]
    cut = tablet.photo(JPEG[:20], name="现场.jpg", photo=photo, sha256=about["sha256"])
    assert (cut.status_code, cut.json()["again"]) == (422, True)
    assert not FieldPhoto.objects.exists()
    assert tablet.sync(photos=[about]).json()["send"] == [str(photo)]
    whole = tablet.photo(JPEG, name="现场.jpg", photo=photo, sha256=about["sha256"])
    assert whole.json() == {"photo": str(photo), "size": len(JPEG), "sha256": about["sha256"]}
    for _ in range(5):
        answer = tablet.sync(photos=[about]).json()
        assert answer["send"] == []
        tablet.photo(JPEG, name="现场.jpg", photo=photo, sha256=about["sha256"])
    assert FieldPhoto.objects.count() == 1
    [told] = answer["receipt"]["photos"]
    assert told == {**about, "name": "现场.jpg"}


@pytest.mark.parametrize("digest", [None, ""])
def test_half_a_photo_that_is_here_is_asked_for_again(tablet, digest):
    """An older browser without digests sent half of it, and nobody noticed."""
    photo = uuid4()
    tablet.photo(JPEG[:20], name="a.jpg", photo=photo)
    assert tablet.sync(photos=[asked(JPEG, photo, digest)]).json()["send"] == [str(photo)]
    tablet.photo(JPEG, name="a.jpg", photo=photo)
    assert FieldPhoto.objects.get().size == len(JPEG)


def test_a_photo_that_was_removed_does_not_come_back(tablet):
    photo, of_row = uuid4(), uuid4()
    tablet.put("finding.a1-facts", "一")
    tablet.sync(tablet.entry(str(photo), kind="photo"))
    tablet.remove("finding.a1")
    wanted = tablet.sync(photos=[asked(PNG, photo), asked(PNG, of_row, row="finding.a1")]).json()["send"]
    assert wanted == []
    for late in (tablet.photo(PNG, photo=photo), tablet.photo(PNG, photo=of_row, row="finding.a1")):
        assert (late.status_code, late.json()) == (200, {"removed": True})
    assert not FieldPhoto.objects.exists()


# Whose it is -------------------------------------------------------------------------------------


def test_nothing_is_sent_in_another_persons_name(client, cast, tablet):
    """Somebody else logged in on the device: even a draft that nobody has yet does not become theirs."""
    other = Sender(client, cast.clerk_a, tablet.draft)
    answer = other.sync(other.entry("place", "东门"), person=tablet.person.pk)
    assert (answer.status_code, answer.json()["person"]) == (409, str(tablet.person.pk))
    assert other.post("sync/", "{}", content_type="application/json").status_code == 400
    assert not FieldDraft.objects.exists()
    photo = other.post("submit/", headers={"X-Person": str(tablet.person.pk)})
    assert photo.status_code == 409


def test_after_the_session_ended_nothing_is_taken_and_nothing_lost(client, tablet):
    entry = tablet.entry("place", "东门")
    client.logout()
    answer = client.post(
        f"/fieldwork/site-inspection/{tablet.draft}/sync/",
        json.dumps({"entries": [entry]}),
        content_type="application/json",
        headers={"X-Person": str(tablet.person.pk)},
    )
    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/login/")
    assert not FieldDraft.objects.exists()
    assert outcomes(tablet.sync(entry)) == ["kept"]


# Receipt, end, bad batches -----------------------------------------------------------------------


def test_the_receipt_says_what_the_server_has(tablet):
    tablet.put("place", "东门")
    tablet.put("escort", "")
    receipt = tablet.put("opinion", "无").json()["receipt"]
    assert (receipt["fields"], receipt["photos"], receipt["state"], receipt["revision"]) == (2, [], "open", 3)
    assert abs(datetime.fromisoformat(receipt["at"]) - timezone.now()) < MINUTE


def test_what_arrived_before_the_end_is_answered_after_it(tablet, make_enterprise):
    tablet.fill(make_enterprise())
    entry = tablet.entry("place", "东门")
    tablet.sync(entry)
    url = tablet.post("submit/").json()["url"]
    answer = tablet.sync(entry, tablet.entry("escort", "门卫")).json()
    assert [result["outcome"] for result in answer["results"].values()] == ["kept", "closed"]
    assert answer["url"] == url
    assert not FieldValue.objects.filter(name="escort").exists()


def test_rows_that_are_always_there_stay(tablet):
    tablet.put("place", "东门")
    assert outcomes(tablet.sync(tablet.entry("item.5", kind="row", base={}))) == ["refused"]


@pytest.mark.parametrize(
    "body",
    [
        " ",
        "[]",
        "{",
        '{"entries": 5}',
        '{"entries": [5]}',
        '{"entries": [{}]}',
        '{"revision": -1}',
        '{"revision": true}',
        '{"query": 5}',
        json.dumps({"entries": [{}] * (entries.MOST_ENTRIES + 1)}),
        '{"entries": [{"id": "1", "device": "2", "sequence": 1, "kind": "value", "name": "place"}]}',
        "[" * 5000,
    ],
)
def test_it_rejects_what_is_no_batch(tablet, body):
    answer = tablet.post("sync/", body, content_type="application/json", headers={"X-Person": str(tablet.person.pk)})
    assert answer.status_code == 400
    assert not FieldDraft.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"kind": "x"}, {"sequence": -1}, {"sequence": 2**60}, {"base": 5}, {"value": None}, {"device": "x"}]
)
def test_it_rejects_what_is_no_entry(tablet, changes):
    assert tablet.sync({**tablet.entry("place", "东门"), **changes}).status_code == 400
    assert not FieldDraft.objects.exists()


def test_signs_that_no_database_keeps_do_not_stop_a_batch(tablet):
    assert tablet.put("place", "东\0门\ud800").status_code == 200
    assert tablet.values() == {"place": "东门?"}


# Pages -------------------------------------------------------------------------------------------


def test_an_empty_form_opens_under_the_id_of_the_device(client, cast, tablet, make_enterprise):
    enterprise = make_enterprise(name="甲市加油站")
    client.force_login(cast.inspector_a)
    page = f"/fieldwork/site-inspection/{tablet.draft}/"
    text = client.get(f"{page}?enterprise={enterprise.pk}").content.decode()
    assert "甲市加油站" in text
    assert f'data-draft="{tablet.draft}"' in text
    assert not FieldDraft.objects.exists()


def test_an_assignment_under_way_is_not_offered_again(client, cast, tablet, make_enterprise):
    assignment = make_assignment(cast, make_enterprise)
    client.force_login(cast.inspector_a)
    query = f"assignment={assignment.pk}"
    assert f'data-query="{query}"' in client.get("/fieldwork/").content.decode()
    tablet.sync(tablet.entry("place", "东门"), query=query)
    text = client.get("/fieldwork/").content.decode()
    assert f"new/?{query}" not in text
    assert str(tablet.draft) in text


def test_the_app_is_served(client, cast):
    client.force_login(cast.inspector_a)
    manifest = client.get("/fieldwork/app.webmanifest")
    assert manifest["Content-Type"] == "application/manifest+json"
    about = manifest.json()
    assert (about["scope"], about["start_url"], about["lang"]) == ("/fieldwork/", "/fieldwork/", "en")
    worker = client.get("/fieldwork/worker.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert "const EDITION = " in worker.content.decode()
    assert "script-src 'self'" in client.get("/fieldwork/")["Content-Security-Policy"]


def test_the_app_has_a_chinese_name(client, cast):
    client.force_login(cast.inspector_a)
    client.cookies.load({"django_language": "zh-hans"})
    about = client.get("/fieldwork/app.webmanifest").json()
    assert any("\u4e00" <= sign <= "\u9fff" for sign in about["name"])
