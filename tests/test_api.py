"""The JSON interface: to whom it answers, how it refuses, how it is described."""

import json

import pytest
from django.apps import apps
from django.db import OperationalError

from bureau import scoping
from bureau.api import pages
from bureau.api.api import api
from bureau.api.auth import Token
from bureau.exchange.sheets import all_sheets
from bureau.models import Office
from bureau.reporting import indicators
from bureau.reporting.engine import counted_from_rows
from bureau.reporting.indicators import Rate
from tests import walk
from tests.api_calls import ROOT, STANDARDS, YEAR, ask, ids, make_token
from tests.cast import office
from tests.planted import SECRET

pytestmark = pytest.mark.django_db


def routes():
    return [operation for bound in api._get_bound_routers() for view in bound.path_operations.values()
            for operation in view.operations]  # fmt: skip


class TestClosed:
    def test_every_route_opens_by_a_token_alone(self):
        assert len(routes()) == 8
        for route in routes():
            assert [type(each) for each in route.auth_callbacks] == [Token], route.path
            assert route.methods == ["GET"], route.path

    def test_nobody_gets_in_without_one(self, client, cast, every_page):
        by_token = [page for page in every_page if walk.is_by_token(page)]
        assert {page.name for page in by_token} == {
            f"api:{name}"
            for name in ("indicators", "figures", "figure-records", "snapshots", "snapshot", "sheets", "sheet-records",
                         "nothing")
        }  # fmt: skip
        client.force_login(cast.manager_province)
        for page in by_token:
            assert client.get(str(page)).status_code == 401, page
            assert client.get(str(page), headers={"Authorization": "Bearer x"}).status_code in (401, 429), page

    def test_no_stranger_sees_a_trace(self, client, cast, planted, every_page):
        """Every kind and every figure, whole and by changes; of city A's rows not even the mark."""
        for stranger in (cast.clerk_b.office, cast.clerk_county.office):
            self.walk(client, make_token(cast, stranger)[1], every_page, sees=False)

    @pytest.mark.parametrize("name", ["clerk_a", "clerk_province"])
    def test_insiders_do_see_it(self, client, cast, planted, every_page, name):
        self.walk(client, make_token(cast, getattr(cast, name).office)[1], every_page, sees=True)

    def walk(self, client, secret, every_page, *, sees):
        marked = set()
        keys = [each.key for each in indicators.every() if not isinstance(each, Rate)]
        queries = [(str(page), {}) for page in every_page if walk.is_by_token(page)]
        queries += [(f"{ROOT}figures", {"year": year}) for year in ("2016", "2026")]
        for sheet in all_sheets():
            queries.append((f"{ROOT}sheets/{sheet.key}/records", {"changed_since": "2000-01-01T00:00:00"}))
        queries += [(f"{ROOT}figures/{key}/records", {"from": "2000-01-01", "to": "2030-12-31"}) for key in keys]
        for path, query in queries:
            response = ask(client, secret, path, **query)
            assert response.status_code in (200, 400, 404), (path, response.content)
            if SECRET in response.content.decode():
                marked.add(path)
        assert bool(marked) == sees, marked
        assert not sees or len(marked) > 50

    @pytest.mark.parametrize("name", ["manager_a", "manager_province"])
    def test_a_token_sees_exactly_what_a_manager_sees(self, cast, planted, read, name):
        person = getattr(cast, name)
        by = make_token(cast, person.office)[1]
        for sheet in all_sheets():
            seen = scoping.visible_to(sheet.rows(), person).order_by("pk").values_list("pk", flat=True)
            assert ids(read(f"sheets/{sheet.key}/records", by=by, limit=500)) == list(seen), sheet.key

    def test_an_enterprise_sees_its_own_rows_alone(self, cast, make_standard, read):
        of_city = make_standard()
        works = office("210100", cast.clerk_a.office, 7, kind=Office.Kind.ENTERPRISE, name="某厂")
        own = make_standard(office=works)
        assert ids(read(STANDARDS, by=make_token(cast, works)[1])) == [own.pk]
        assert ids(read(STANDARDS)) == [of_city.pk, own.pk]

    def test_nothing_is_read_that_is_one_persons_own(self):
        kinds = {sheet.model for sheet in all_sheets()}
        kinds |= {counted.model for counted in counted_from_rows(indicators.every())}
        assert {scoping.scope_of(kind) for kind in kinds} == {"region", "everyone", "as_parent"}

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_it_only_reads(self, client, secret, method):
        response = getattr(client, method)(f"{ROOT}sheets", headers={"Authorization": f"Bearer {secret}"})
        assert (response.status_code, response["Allow"]) == (405, "GET")
        assert response.json()["detail"]

    def test_no_answer_is_kept_on_the_way(self, client, secret):
        for path in ("sheets", "nowhere"):
            assert ask(client, secret, path)["Cache-Control"] == "no-store"


class TestRefusals:
    @pytest.mark.parametrize(
        ("path", "query", "status", "sentence"),
        [
            ("nowhere", {}, 404, "nothing here"),
            ("indicators/", {}, 404, "nothing here"),
            ("figures/standards.zzz/records", YEAR, 404, "no figure “standards.zzz”"),
            ("figures", {"keys": "standards.zzz", **YEAR}, 404, "no figure “standards.zzz”"),
            ("sheets/zzz/records", {}, 404, "no kind of records “zzz”"),
            ("figures", {"region": "999999", **YEAR}, 400, "no region with the code “999999”"),
            ("figures", {"region": "a\0b", **YEAR}, 400, "no region"),
            ("figures", {"region": "210200", **YEAR}, 404, "outside"),
            ("figures", {"region": "210000", **YEAR}, 404, "outside"),
            ("figures/standards.established/records", {"region": "210200", **YEAR}, 404, "outside"),
            ("figures", {}, 400, "A period needs"),
            ("figures", {"year": "x"}, 400, "not a year"),
            ("figures", {"year": "2016", "from": "2016-01-01"}, 400, "not both"),
            ("figures", {"from": "2016-02-01", "to": "2016-01-01"}, 400, "before it begins"),
            ("figures", {"from": "2016-02-30", "to": "2016-03-01"}, 400, "not a day"),
            ("figures/standards.established/records", {"tier": "zzz", **YEAR}, 400, "no value “zzz”"),
            ("figures/standards.established/records", {"tier": "a\0b", **YEAR}, 400, ""),
            ("figures/standards.established/records", {"level": "all", **YEAR}, 400, "level"),
            ("sheets", {f"word{number}": "" for number in range(1001)}, 400, "cannot be read"),
            (STANDARDS, {"limit": "0"}, 400, "“limit” cannot be read"),
            (STANDARDS, {"limit": "501"}, 400, "“limit” cannot be read"),
            (STANDARDS, {"after": "x"}, 400, "“after” cannot be read"),
            (STANDARDS, {"after": "-1"}, 400, "“after” cannot be read"),
            (STANDARDS, {"after": "9" * 30}, 400, "“after” cannot be read"),
            (STANDARDS, {"changed_since": "yesterday"}, 400, "“changed_since” cannot be read"),
            (STANDARDS, {"changed_since": "2016-02-30"}, 400, "“changed_since” cannot be read"),
            (STANDARDS, {"limit": ["1", "2"]}, 400, "twice"),
        ],
    )
    def test_it_says_why(self, refused, path, query, status, sentence):
        answered, detail = refused(path, **query)
        assert (answered, sentence in detail) == (status, True), detail

    @pytest.mark.parametrize(
        "path",
        [
            "indicators",
            "figures",
            "figures/standards.established/records",
            "snapshots",
            "snapshots/1",
            "sheets",
            STANDARDS,
        ],
    )
    def test_an_unknown_word_is_not_passed_over(self, refused, path):
        status, detail = refused(path, colour="red", **(YEAR if "figures" in path else {}))
        assert status == 400 and "“colour”" in detail

    def test_a_busy_database_says_so(self, refused, client, secret, monkeypatch):
        def locked(*args, **kwargs):
            raise OperationalError("database is locked")

        monkeypatch.setattr(pages, "cut", locked)
        assert refused(STANDARDS) == (503, "The database is busy. Try again after a while.")
        assert ask(client, secret, STANDARDS)["Retry-After"]

    def test_a_value_beyond_every_column(self, refused, monkeypatch):
        def beyond(*args, **kwargs):
            raise OverflowError("x")

        monkeypatch.setattr(pages, "cut", beyond)
        assert refused(STANDARDS)[0] == 400

    @pytest.mark.parametrize("debug", [True, False])
    def test_a_fault_shows_nothing_of_the_inside(self, refused, client, settings, monkeypatch, caplog, debug):
        def broken(*args, **kwargs):
            raise RuntimeError("the inside")

        settings.DEBUG = debug
        client.raise_request_exception = False
        monkeypatch.setattr(pages, "cut", broken)
        assert refused(STANDARDS) == (500, "This is a fault of the system. It was noted.")
        assert "the inside" in caplog.text


class TestDescription:
    def test_it_needs_a_login(self, client, cast):
        for path in ("", "docs", "openapi.json"):
            response = client.get(ROOT + path)
            assert response.status_code == 302 and "/login/" in response.url
            assert (
                client.get(ROOT + path, headers={"Authorization": f"Bearer {make_token(cast)[1]}"}).status_code == 302
            )

    def test_the_page_is_ours(self, client, cast):
        client.force_login(cast.security_admin)
        assert client.get(ROOT).url == f"{ROOT}docs"
        page = client.get(f"{ROOT}docs").content.decode()
        assert '<html lang="zh-hans">' in page and "计量" in page.partition("<title>")[2].partition("</title>")[0]
        assert "://" not in page  # nothing from another host
        client.cookies["django_language"] = "en"
        page = client.get(f"{ROOT}docs").content.decode()
        assert '<html lang="en">' in page and "<title>JSON interface | Metrology" in page

    def test_its_files_are_those_of_the_package(self, client):
        from django.contrib.staticfiles import finders

        for path in ("ninja/swagger-ui.css", "ninja/swagger-ui-bundle.js", "bureau/api.js", "bureau/api.css"):
            assert finders.find(path), path

    def test_the_schema_names_every_route_and_nothing_inner(self, client, cast):
        client.cookies["django_language"] = "en"
        client.force_login(cast.security_admin)
        text = client.get(f"{ROOT}openapi.json").content.decode()
        schema = json.loads(text)
        assert set(schema["paths"]) == {
            f"{ROOT}{path}"
            for path in ("indicators", "figures", "figures/{key}/records", "snapshots", "snapshots/{id}", "sheets",
                         "sheets/{kind}/records")
        }  # fmt: skip
        for path in schema["paths"].values():
            assert path["get"]["security"] == [{"Token": []}]
            assert path["get"]["summary"] and {"200", "400", "401", "404"} <= set(path["get"]["responses"])
        assert "://" not in text
        inner = {"bureau", "ninja", "pydantic", *(config.name for config in apps.get_app_configs())} - {"standards"}
        assert [name for name in inner if f"{name}." in text or f"{name}_" in text] == []

    def test_what_is_described_is_what_is_taken(self, client, cast, refused):
        """The words that a route knows are those of its description."""
        client.force_login(cast.security_admin)
        schema = client.get(f"{ROOT}openapi.json").json()
        client.logout()
        for path, methods in schema["paths"].items():
            stated = {each["name"] for each in methods["get"]["parameters"] if each["in"] == "query"} - {"dimensions"}
            query = YEAR if "figures" in path else {}
            filled = path.format(key="standards.established", kind="standards", id=1)
            known = refused(filled, colour="red", **query)[1].partition("Known: ")[2].rstrip(".")
            words = set(known.replace("—", "").split(", ")) - {""}
            dimensions = set(indicators.get("standards.established").dimension_names)
            assert stated == words - (dimensions if "{key}" in path else set()), path
