"""Every page of the project, for each of the cast: not a row, a name or a count of another region shows."""

import json

import pytest
from django.apps import apps
from django.conf import settings

from bureau import scoping
from bureau.views.base import ScopedView
from standards.models import MeasurementStandard
from tests import walk
from tests.planted import SECRET

pytestmark = pytest.mark.django_db

# Who stands where to city A: these see its rows, all others see none.
INSIDERS = {"clerk_a", "inspector_a", "manager_a", "clerk_province", "manager_province"}
EVERYWHERE = {"clerk_a", "manager_province"}
SEEN = {
    "admin:standards_measurementstandard_changelist",
    "admin:standards_measurementstandard_change",
    "admin:standards_measurementstandard_history",
    "reporting:drilldown",
}


def text_of(response):
    if response.streaming:
        return b"".join(response.streaming_content).decode("utf-8", "ignore")
    return response.content.decode("utf-8", "ignore")


def test_every_scoped_kind_is_planted(planted):
    """A new record kind must be planted here, or the walk would prove nothing of it."""
    scoped = [
        model
        for model in apps.get_models()
        if model.__module__.split(".")[0] in {"bureau", "standards", "enterprises", "inspections"}
        and scoping.scope_of(model) not in (scoping.EVERYONE, scoping.BY_ROLE)
    ]
    assert MeasurementStandard in scoped
    assert [model._meta.label for model in scoped if not model._default_manager.exists()] == []


@pytest.mark.parametrize("half", [0, 1])
def test_no_stranger_sees_a_trace(client, cast, every_page, half):
    """Half of the strangers. From page to page and person to person they change between the languages."""
    strangers = [(name, person) for name, person in cast if name not in INSIDERS]
    for number, (name, person) in enumerate(strangers[half::2]):
        client.force_login(person)
        for place, url in enumerate([*map(str, every_page), *walk.autocompletes()]):
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = ("zh-hans", "en")[(number + place) % 2]
            response = client.get(url)
            assert response.status_code in (200, 302, 401, 403, 404, 405), f"{name} {url}: {response.status_code}"
            assert SECRET not in text_of(response), f"{name} sees city A on {url}"
            walk.still_logged_in(client, person)


@pytest.mark.parametrize("name", sorted(INSIDERS))
def test_insiders_do_see_it(client, cast, planted, every_page, name):
    """The walk would be worthless if nobody saw the mark. Two of them open every page."""
    person, seen = getattr(cast, name), set()
    client.force_login(person)
    for page in every_page:
        if not (name in EVERYWHERE or page.name in SEEN):
            continue
        response = client.get(str(page))
        by_token = (401,) if walk.is_by_token(page) else ()
        assert response.status_code in (200, 302, 403, 404, 405, *by_token), f"{page}: {response.status_code}"
        if SECRET in text_of(response):
            seen.add(page.name)
        walk.still_logged_in(client, person)
    assert seen >= SEEN


def test_counts_of_other_regions_do_not_leak(client, cast, planted):
    client.force_login(cast.clerk_b)
    response = client.get("/standards/measurementstandard/")
    assert response.context["cl"].result_count == 0
    figures = client.get("/figures/standards.established/?from=2016-01-01&to=2016-12-31")
    assert figures.status_code == 200
    assert figures.context["page"].paginator.count == 0


def test_writing_to_another_offices_row_is_404(client, cast, planted):
    pk = planted["standard"].pk
    client.force_login(cast.clerk_b)
    for tail in ("change/", "void/", "unvoid/", "history/"):
        for method in (client.get, client.post):
            response = method(f"/standards/measurementstandard/{pk}/{tail}")
            assert response.status_code in (403, 404), tail
    standard = MeasurementStandard.objects.get(pk=pk)
    assert standard.voided_at is None
    assert standard.version == planted["standard"].version


def test_nobody_gets_in_without_login(client, every_page):
    for page in every_page:
        if page.name.split(":")[-1] in walk.OPEN:
            continue
        response = client.get(str(page))
        refusals = (401,) if walk.is_by_token(page) else (302, 403, 404, 405)
        assert response.status_code in refusals, f"{page}: {response.status_code}"
        if response.status_code == 302:
            assert "/login/" in response.url or "/logout/" in str(page), f"{page} → {response.url}"


def test_every_page_is_an_admin_page_or_a_scoped_view(every_page):
    for page in every_page:
        is_admin = page.name.startswith("admin:")
        scoped = getattr(page.callback, "scoped_view", None)
        is_open = page.name.split(":")[-1] in walk.OPEN
        is_scoped = scoped and issubclass(scoped, ScopedView)
        assert is_admin or is_open or is_scoped or walk.is_by_token(page), f"{page.name} is not scoped"


def test_autocomplete_offers_only_what_may_be_chosen(client, cast):
    client.force_login(cast.clerk_b)
    for url in walk.autocompletes():
        response = client.get(url)
        assert response.status_code in (200, 403), url
        if response.status_code == 200:
            assert "results" in json.loads(response.content)
