"""Labels: a code that tells nothing, a QR code that says exactly the address, and whom a scan lets in."""

import re
from urllib.parse import quote

import pytest
import qrcode
from django.db import IntegrityError, transaction
from django.urls import reverse

from bureau import records
from bureau.qr import MASK, qr_code
from inspections.label_code import LENGTH, SIGNS, new_label_code
from inspections.models import Instrument
from tests.ledger_makers import make_instrument

pytestmark = pytest.mark.django_db


@pytest.fixture
def piece(cast, make_enterprise):
    return make_instrument(cast, make_enterprise, holder_no="秤-07")


def modules(svg):
    """The dark modules that the picture draws, as rows of the whole square."""
    size = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])
    rows = [[False] * size for _row in range(size)]
    dark = re.search(r'</path>|<path d="([^"]*)"', svg)[1]
    for x, y, width, back in re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", dark):
        assert width == back
        for place in range(int(width)):
            assert not rows[int(y)][int(x) + place], "drawn once"
            rows[int(y)][int(x) + place] = True
    assert re.sub(r"M\d+ \d+h\d+v1h-\d+z", "", dark) == ""
    return rows


@pytest.mark.parametrize("is_quick", [False, True])
@pytest.mark.parametrize("text", ["https://jl.example/i/abcdefghjkmn/", "a", "计量" * 40])
def test_the_picture_has_the_modules_of_the_code(text, is_quick):
    code = qrcode.QRCode(mask_pattern=MASK if is_quick else None)
    code.add_data(text)
    assert modules(qr_code(text, is_quick=is_quick)) == code.get_matrix()


def test_codes_are_random_and_easily_read():
    codes = {new_label_code() for _number in range(500)}
    assert len(codes) == 500
    assert {len(code) for code in codes} == {LENGTH}
    assert set("".join(codes)) <= set(SIGNS)
    assert not set("01ilo") & set(SIGNS)


def test_every_piece_has_a_code_of_its_own_that_never_changes(cast, make_enterprise, piece):
    other = make_instrument(cast, make_enterprise)
    assert piece.label_code != other.label_code
    before = piece.label_code
    piece.name, piece.label_code = "电子秤", new_label_code()
    records.save(piece, by=cast.clerk_a)
    assert Instrument.objects.get(pk=piece.pk).label_code == before
    assert "label_code" not in {field.name for field in Instrument.history.model._meta.fields}
    with pytest.raises(IntegrityError), transaction.atomic():
        Instrument.objects.filter(pk=other.pk).update(label_code=before)


def test_a_scan_opens_the_page_of_the_piece(client, cast, piece):
    url = reverse("inspections:scan", args=[piece.label_code])
    assert url == f"/i/{piece.label_code}/"
    page = reverse("admin:inspections_instrument_change", args=[piece.pk])
    for person in (cast.clerk_a, cast.inspector_a, cast.manager_province):
        client.force_login(person)
        assert client.get(url).url == page
        assert client.get(url.upper().replace("/I/", "/i/")).url == page  # typed in capitals


def test_whoever_is_not_logged_in_comes_to_the_piece_after_it(client, piece):
    url = reverse("inspections:scan", args=[piece.label_code])
    answer = client.get(url)
    assert answer.status_code == 302
    assert answer.url.startswith("/login/") and answer.url.endswith(quote(url, safe=""))


def test_who_may_not_see_it_learns_nothing(client, cast, piece):
    known, unknown = (reverse("inspections:scan", args=[code]) for code in (piece.label_code, "zzzzzzzzzzzz"))
    for person in (cast.clerk_b, cast.clerk_county):
        client.force_login(person)
        answers = [client.get(url) for url in (known, unknown)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content.replace(piece.label_code.encode(), b"") == answers[1].content.replace(
            b"zzzzzzzzzzzz", b""
        )
    for person in (cast.auditor, cast.system_admin, cast.security_admin):
        client.force_login(person)
        assert [client.get(url).status_code for url in (known, unknown)] == [403, 403]
    client.force_login(cast.clerk_a)
    assert client.get(unknown).status_code == 404
    records.void(piece, by=cast.clerk_a, reason="重复")
    assert client.get(known).status_code == 404


def drawn(response):
    return [modules(svg) for svg in re.findall(r"<svg.*?</svg>", response.content.decode()) if "crispEdges" in svg]


def coded(text):
    code = qrcode.QRCode(mask_pattern=MASK)
    code.add_data(text)
    return code.get_matrix()


def test_a_label_names_the_piece_and_carries_its_address(client, cast, piece, settings):
    client.force_login(cast.clerk_a)
    url = reverse("inspections:label", args=[piece.pk])
    answer = client.get(url)
    text = answer.content.decode()
    assert all(part in text for part in (piece.name, piece.model, piece.serial_no, "秤-07", piece.holder.name))
    assert drawn(answer) == [coded(f"http://testserver/i/{piece.label_code}/")]
    settings.PUBLIC_URL = "https://jl.example/"
    assert drawn(client.get(url)) == [coded(f"https://jl.example/i/{piece.label_code}/")]
    client.force_login(cast.clerk_b)
    assert client.get(url).status_code == 404


def test_sheets_of_labels(client, cast, make_enterprise, piece):
    second = make_instrument(cast, make_enterprise, holder=piece.holder)
    stopped = make_instrument(
        cast, make_enterprise, holder=piece.holder, state="stopped", state_since=piece.in_use_from
    )
    foreign = make_instrument(cast, make_enterprise, by=cast.clerk_b)
    client.force_login(cast.clerk_a)
    sheet = reverse("inspections:labels")

    def labelled(query):
        return {each.pk for each, _code in client.get(f"{sheet}?{query}").context["labels"]}

    assert labelled(f"holder={piece.holder_id}") == {piece.pk, second.pk}
    assert labelled(f"pieces={piece.pk},{stopped.pk},{foreign.pk}") == {piece.pk, stopped.pk}
    for query in ("", "pieces=1,x", "holder=", "holder=²", f"pieces={'9' * 30}"):
        assert client.get(f"{sheet}?{query}").status_code == 404, query


def test_a_long_sheet_has_pages(client, cast, make_enterprise, piece, monkeypatch):
    monkeypatch.setattr("inspections.views.label.PAGE_SIZE", 2)
    for _number in range(2):
        make_instrument(cast, make_enterprise, holder=piece.holder)
    client.force_login(cast.clerk_a)
    url = f"{reverse('inspections:labels')}?holder={piece.holder_id}"
    assert [len(client.get(f"{url}&page={number}").context["labels"]) for number in (1, 2)] == [2, 1]
    assert f"holder={piece.holder_id}&amp;page=2" in client.get(url).content.decode()
