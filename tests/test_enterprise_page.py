"""One enterprise, one page: everything recorded about it, by date, within what the reader may see."""

from datetime import date
from functools import reduce

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bureau import records, timeline
from bureau.timeline import Source, Timeline, sources_of
from enterprises.models import EnergyUnit, Enterprise, EnterpriseStaff
from tests.contracts import MAKERS
from tests.enterprise_makers import make_contact, make_former_name, make_kind_since, make_staff_file

pytestmark = pytest.mark.django_db
SOURCES = sources_of(Enterprise())


def page(enterprise, query=""):
    return reverse("enterprises:page", args=[enterprise.pk]) + query


@pytest.fixture
def filed(make_enterprise):
    """An enterprise with files of four days, the last two on one day."""
    enterprise = make_enterprise()
    days = (date(2015, 3, 1), date(2016, 5, 10), date(2017, 1, 2), date(2017, 1, 2))
    for number, day in enumerate(days):
        make_staff_file(make_enterprise, enterprise=enterprise, name=f"计量员{number}", archived_on=day)
    make_staff_file(make_enterprise, name="别家之人")
    return enterprise


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.key)
def test_every_kind_stands_on_the_time_line(client, cast, make_enterprise, request, source):
    """Each source by itself: a row of its kind shows with a day, a title and a page that opens."""
    enterprise = make_enterprise()
    first, _, rest = source.path.partition("__")
    about = {first: enterprise}
    if rest:
        assert (first, rest) == ("unit", "enterprise"), "It leads through another record: say here how to make that."
        about = {first: MAKERS[EnergyUnit](request.getfixturevalue, enterprise=enterprise)}
    row = MAKERS[source.model](request.getfixturevalue, **about)
    # Some need a row of another kind to stand on, which shows as well.
    [entry] = [each for each in Timeline(enterprise, cast.clerk_a).entries() if each.source == source]
    assert (entry.pk, entry.on) == (row.pk, reduce(getattr, source.on.split("__"), row))
    assert entry.title.strip()
    client.force_login(cast.clerk_a)
    assert client.get(entry.url).status_code == 200
    assert entry.title in client.get(page(enterprise)).content.decode()
    records.void(row, by=cast.clerk_a, reason="重复")
    assert source not in {each.source for each in Timeline(enterprise, cast.clerk_a).entries()}


def test_the_latest_comes_first(cast, filed):
    titles = [entry.title for entry in Timeline(filed, cast.clerk_a).entries()]
    assert titles == ["计量员3", "计量员2", "计量员1", "计量员0"]
    assert [entry.title for entry in Timeline(filed, cast.clerk_a).entries(1, 3)] == ["计量员2", "计量员1"]


def test_it_is_narrowed_by_kind_and_year(client, cast, filed):
    client.force_login(cast.clerk_a)
    key = EnterpriseStaff._meta.label_lower

    def shown(query):
        response = client.get(page(filed, query))
        return response.context["page"].paginator.count, len(response.context["page"].object_list)

    assert shown("") == (4, 4)
    assert shown("?year=2017") == (2, 2)
    assert shown(f"?kind={key}&year=2015") == (1, 1)
    assert shown("?year=1999") == shown("?kind=nothing") == shown("?year=x&page=zzz") == (4, 4)


def test_long_lines_are_paged_and_printed_whole(client, cast, make_enterprise):
    enterprise = make_enterprise()
    for number in range(53):
        make_staff_file(make_enterprise, enterprise=enterprise, name=f"计量员{number}")
    client.force_login(cast.clerk_a)
    first, second = client.get(page(enterprise)), client.get(page(enterprise, "?page=2"))
    assert [len(each.context["page"].object_list) for each in (first, second)] == [50, 3]
    assert len(client.get(page(enterprise, "?all=1")).context["page"].object_list) == 53


def test_another_offices_records_do_not_show(client, cast, make_enterprise):
    enterprise = make_enterprise()
    make_staff_file(make_enterprise, enterprise=enterprise, name="甲市之人")
    theirs = {"office": cast.clerk_b.office, "by": cast.clerk_b}
    make_staff_file(make_enterprise, enterprise=enterprise, name="乙市之人", **theirs)
    for person, count, seen, unseen in (
        (cast.clerk_a, 1, "甲市之人", "乙市之人"),
        (cast.clerk_b, 1, "乙市之人", "甲市之人"),
        (cast.manager_province, 2, "甲市之人", "别家"),
        (cast.clerk_county, 0, enterprise.name, "之人"),
    ):
        client.force_login(person)
        response = client.get(page(enterprise))
        assert response.context["page"].paginator.count == count
        assert seen in response.content.decode()
        assert unseen not in response.content.decode()
    for person in (cast.auditor, cast.system_admin):
        client.force_login(person)
        assert client.get(page(enterprise)).status_code == 403


def test_a_voided_one_is_seen_by_place_only(client, cast, make_enterprise):
    enterprise = make_enterprise()
    records.void(enterprise, by=cast.clerk_a, reason="歇业")
    for person, status in ((cast.clerk_a, 200), (cast.clerk_b, 404)):
        client.force_login(person)
        assert client.get(page(enterprise)).status_code == status


def test_few_queries_however_much_there_is(client, cast, make_enterprise):
    enterprise = make_enterprise(kinds=("fuel", "retail"))
    make_former_name(make_enterprise, enterprise=enterprise)
    make_kind_since(make_enterprise, enterprise=enterprise)
    make_contact(make_enterprise, enterprise=enterprise)
    for number in range(60):
        make_staff_file(make_enterprise, enterprise=enterprise, name=f"计量员{number}")
    client.force_login(cast.clerk_a)
    client.get(page(enterprise))
    with CaptureQueriesContext(connection) as queries:
        client.get(page(enterprise))
    assert len(queries) < 25


# The registry ------------------------------------------------------------------------------------


@pytest.fixture
def registry(monkeypatch):
    monkeypatch.setattr(timeline, "_sources", list(timeline._sources))


def declared(**values):
    defaults = {"subject": "enterprises.Contact", "model": EnterpriseStaff, "path": "enterprise", "on": "archived_on"}
    return type("Declared", (Source,), {**defaults, **values})


def test_a_source_says_all_that_it_must(registry):
    timeline.register(declared())
    with pytest.raises(ValueError, match="already"):
        timeline.register(declared())
    for missing in ("subject", "path", "on"):
        with pytest.raises(ValueError, match="needs"):
            timeline.register(declared(**{missing: ""}))
    with pytest.raises(ValueError, match="at most"):
        timeline.register(declared(subject="x", fields=("name",) * 5))


def test_two_kinds_are_read_by_one_query(registry, cast, filed, django_assert_num_queries):
    class Left(Source):
        subject = "enterprises.Enterprise"
        model = EnterpriseStaff
        key = "left"
        path = "enterprise"
        on = "left_on"
        fields = ("name", "file_no", "left_on")

        def title(self, name, file_no, left_on):
            return f"{name}|{file_no}|{left_on}"

    timeline.register(Left)
    file = filed.staff_files.get(name="计量员1")
    file.left_on = date(2016, 12, 31)
    records.save(file, by=cast.clerk_a)
    line = Timeline(filed, cast.clerk_a)
    line.counts()  # what is asked once, such as the reader's rights
    with django_assert_num_queries(2):
        entries, counts = line.entries(), line.counts()
    assert [entry.title for entry in entries][2] == f"计量员1|{file.file_no}|2016-12-31"
    assert [entry.on for entry in entries] == sorted((entry.on for entry in entries), reverse=True)
    assert {(source.key, year): count for source, year, count in counts} == {
        ("left", 2016): 1,
        ("enterprises.enterprisestaff", 2015): 1,
        ("enterprises.enterprisestaff", 2016): 1,
        ("enterprises.enterprisestaff", 2017): 2,
    }
