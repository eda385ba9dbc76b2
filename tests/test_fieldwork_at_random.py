"""Drafts under whatever a device may send: any order, repetition and interruption, and ids of other people's drafts."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bureau.fieldwork import drafts, forms, syncing
from bureau.fieldwork.entries import Batch, Entry
from bureau.fieldwork.models import FieldDraft, FieldEntry, FieldPhoto
from tests.test_fieldwork import PNG, Sender

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


# Order, repetition, interruption -----------------------------------------------------------------

DEVICE = UUID(int=7)
NAMES = ("place", "escort", "finding.a1-facts", "finding.a1-instruments", "finding.b2-facts")
PHOTOS = (UUID(int=101), UUID(int=102), UUID(int=103))

written = st.builds(lambda name, value: ("value", name, value), st.sampled_from(NAMES), st.sampled_from("甲乙丙"))
cleared = st.builds(lambda name: ("value", name, ""), st.sampled_from(NAMES))
removed = st.builds(lambda row: ("row", row, ""), st.sampled_from(["finding.a1", "finding.b2"]))
unpictured = st.builds(lambda photo: ("photo", str(photo), ""), st.sampled_from(PHOTOS))


@st.composite
def journeys(draw):
    """What was entered, in its order, and how it arrived: batches of any entries, each as often as it likes."""
    made = draw(st.lists(st.one_of(written, written, cleared, removed, unpictured), min_size=1, max_size=14))
    arriving = draw(st.permutations(range(len(made))))
    again = draw(st.lists(st.sampled_from(range(len(made))), max_size=8))
    order = [*arriving, *again]
    cuts = sorted(draw(st.sets(st.integers(1, len(order)), max_size=4)))
    batches = [order[start:end] for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True)]
    # A batch that is interrupted is rolled back by the server, or arrives while its answer does not.
    interrupted = draw(
        st.lists(st.sampled_from(["", "lost", "unanswered"]), min_size=len(batches), max_size=len(batches))
    )
    photos_first = draw(st.booleans())
    return made, list(zip(batches, interrupted, strict=True)), photos_first


class Lost(Exception):
    pass


def pictured(person, draft):
    from django.core.files.uploadedfile import SimpleUploadedFile

    form = forms.find("site-inspection")
    for photo, row in zip(PHOTOS, ("", "finding.a1", "finding.b2"), strict=True):
        drafts.add_photo(form, draft, photo, row, SimpleUploadedFile("a.png", PNG), by=person)


def state_of(draft):
    found = FieldDraft.objects.get(client_id=draft)
    values = {name: value for name, value in found.as_dict().items() if value}
    return values, set(found.photos.values_list("client_id", flat=True))


def sent(made):
    """The entries with the numbers of one device; its clock runs backwards, for all that it matters."""
    now = timezone.now()
    return [
        Entry(uuid4(), DEVICE, number + 1, kind, name, value, at=now - number * MINUTE, row_base={})
        for number, (kind, name, value) in enumerate(made)
    ]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(journey=journeys())
def test_any_order_repetition_and_interruption_gives_the_same_draft(cast, journey):
    made, batches, photos_first = journey
    person, form = cast.inspector_a, forms.find("site-inspection")
    plain, odd = uuid4(), uuid4()

    pictured(person, plain)
    for entry in sent(made):
        syncing.take_in(form, plain, Batch((entry,)), by=person)

    entered = sent(made)
    if photos_first:
        pictured(person, odd)
    for numbers, fate in batches:
        batch = Batch(tuple({entered[number].id: entered[number] for number in numbers}.values()))
        if fate == "lost":
            interrupted(form, odd, batch, person)
        for _ in range(5 if fate == "unanswered" else 1):
            syncing.take_in(form, odd, batch, by=person) if batch.entries and may_begin(odd, batch) else None
    # What could not begin the draft comes once more, as everything that was not answered.
    pictured(person, odd)
    syncing.take_in(form, odd, Batch(tuple(entered)), by=person)
    assert state_of(odd) == state_of(plain)
    assert FieldEntry.objects.filter(draft__client_id=odd).count() == len(made)


def may_begin(draft, batch):
    return FieldDraft.objects.filter(client_id=draft).exists() or any(entry.kind == "value" for entry in batch.entries)


def interrupted(form, draft, batch, person):
    """The server dies at the end of its transaction."""
    from django.db import transaction

    with pytest.raises(Lost), transaction.atomic():
        if batch.entries and may_begin(draft, batch):
            syncing.take_in(form, draft, batch, by=person)
        raise Lost


# Whose it is -------------------------------------------------------------------------------------


@given(data=st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_draft_of_another_person_is_reachable(client, cast, data):
    tablet = Sender(client, cast.inspector_a)
    tablet.put("place", "东门")
    photo = tablet.photo(PNG).json()["photo"]
    kind, name, value = data.draw(st.one_of(written, cleared, removed, st.just(("photo", photo, ""))))
    stranger = Sender(
        client, data.draw(st.sampled_from([cast.clerk_a, cast.clerk_b, cast.clerk_province])), tablet.draft
    )
    answer = stranger.sync(stranger.entry(name, value, kind=kind), revision=data.draw(st.integers(0, 3)))
    assert answer.status_code == 404
    assert "东门" not in answer.content.decode()
    assert tablet.values() == {"place": "东门"}
    assert FieldPhoto.objects.filter(client_id=photo).exists()
    FieldDraft.objects.all().delete()
