"""Offices and regions: kept by the system administrator, offered to everybody who enters records."""

import pytest

from bureau.models import Office, Operation, Region


@pytest.fixture
def client(client):
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def system(client, cast):
    client.force_login(cast.system_admin)
    return client


def lines():
    """What was logged, the logins that the tests themselves need left out."""
    return Operation.objects.exclude(action="login").order_by("pk")


class TestOffices:
    def fields(self, cast, **values):
        office = cast.clerk_a.office
        fields = {"code": "210100-02", "name": "计量院", "kind": "legal_institution", "region": "210100"}
        return {**fields, "parent": office.pk, "is_active": "on", **values}

    def test_it_works(self, system, cast):
        assert system.post("/bureau/office/add/", self.fields(cast)).status_code == 302
        office = Office.objects.get(code="210100-02")
        assert office.path.startswith(cast.clerk_a.office.path)
        line = lines().get()
        assert line.action == "reference" and line.detail["after"]["name"] == "计量院"

    def test_a_change_is_logged_with_before_and_after(self, system, cast):
        system.post("/bureau/office/add/", self.fields(cast))
        office = Office.objects.get(code="210100-02")
        fields = self.fields(cast, name="计量所")
        fields.pop("is_active")
        assert system.post(f"/bureau/office/{office.pk}/change/", fields).status_code == 302
        detail = Operation.objects.latest("pk").detail
        assert detail == {
            "before": {"name": "计量院", "is_active": True},
            "after": {"name": "计量所", "is_active": False},
        }

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"code": "210100-01"}, "already exists"),
            ({"code": "210200-09"}, "must begin with the region"),
            ({"code": "2101"}, "must begin with the region"),
            ({"region": "999999"}, "Select a valid choice"),
            ({"name": ""}, "required"),
        ],
    )
    def test_it_rejects_bad_entries(self, system, cast, values, sentence):
        assert sentence in system.post("/bureau/office/add/", self.fields(cast, **values)).content.decode()
        assert not lines().exists()

    def test_it_rejects_closing_while_in_use(self, system, cast):
        city, county = cast.clerk_a.office, cast.clerk_county.office
        fields = {"code": city.code, "name": city.name, "kind": city.kind, "region": city.region_id}
        text = system.post(f"/bureau/office/{city.pk}/change/", {**fields, "parent": city.parent_id}).content.decode()
        assert "Close the offices below it first" in text and county.name in text
        fields = {"code": county.code, "name": county.name, "kind": county.kind, "region": county.region_id}
        text = system.post(f"/bureau/office/{county.pk}/change/", {**fields, "parent": city.pk}).content.decode()
        assert "1 account of this office may still log in" in text

    def test_nothing_is_deleted(self, system, cast):
        assert system.post(f"/bureau/office/{cast.clerk_b.office_id}/delete/", {"post": "yes"}).status_code == 403

    @pytest.mark.parametrize("who", ["clerk_a", "manager_province", "security_admin"])
    def test_it_needs_system_administrator(self, client, cast, who):
        client.force_login(getattr(cast, who))
        assert client.get("/bureau/office/").status_code == 200
        assert client.post("/bureau/office/add/", self.fields(cast)).status_code == 403
        url = f"/bureau/office/{cast.clerk_b.office_id}/change/"
        assert client.post(url, self.fields(cast)).status_code == 403


class TestRegions:
    def fields(self, **values):
        return {"parent": "210100", "code": "210100001", "name": "开发区", "successor": "", **values}

    def test_it_works(self, system):
        assert system.post("/bureau/region/add/", self.fields()).status_code == 302
        area = Region.objects.get(code="210100001")
        assert area.is_own and area.level == "area" and area.full_name == "辽宁省沈阳市开发区"
        assert lines().get().detail["after"]["name"] == "开发区"
        assert system.post("/bureau/region/210100001/change/", self.fields(name="新区")).status_code == 302
        assert Region.objects.get(code="210100001").name == "新区"

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"code": "210200001"}, "code of an own area is the superior region"),
            ({"code": "210100"}, "already exists"),
            ({"parent": "210000", "code": "210000001"}, "Select a valid choice"),
            ({"code": "2101"}, "six digits"),
        ],
    )
    def test_it_rejects_bad_entries(self, system, values, sentence):
        assert sentence in system.post("/bureau/region/add/", self.fields(**values)).content.decode()
        assert not lines().exists()

    def test_it_rejects_changing_official_regions(self, system):
        assert system.get("/bureau/region/210100/change/").status_code == 200
        assert system.post("/bureau/region/210100/change/", self.fields(name="x")).status_code == 403

    @pytest.mark.parametrize("who", ["clerk_a", "manager_province"])
    def test_it_needs_system_administrator(self, client, cast, who):
        client.force_login(getattr(cast, who))
        assert client.get("/bureau/region/?q=沈阳").status_code == 200
        assert client.post("/bureau/region/add/", self.fields()).status_code == 403


class TestAutocomplete:
    def found(self, client, app, model, field, term):
        query = {"app_label": app, "model_name": model, "field_name": field, "term": term}
        response = client.get("/autocomplete/", query)
        assert response.status_code == 200
        return [result["id"] for result in response.json()["results"]]

    @pytest.mark.parametrize("term", ["沈阳", "210100", "辽宁省沈阳"])
    @pytest.mark.parametrize("who", ["clerk_a", "clerk_province"])
    def test_regions_by_name_and_code(self, client, cast, who, term):
        client.force_login(getattr(cast, who))
        assert self.found(client, "standards", "measurementstandard", "region", term)[0] == "210100"

    def test_a_record_is_offered_regions_of_the_own_place_only(self, client, cast):
        client.force_login(cast.clerk_b)
        assert self.found(client, "standards", "measurementstandard", "region", "沈阳") == []
        assert "210200" in self.found(client, "standards", "measurementstandard", "region", "")

    def test_former_codes_and_closed_offices_are_not_offered(self, system, cast):
        former = Region.objects.filter(valid_to__year__lt=2020, level="county").first()
        assert self.found(system, "bureau", "office", "region", former.code) == []
        Office.objects.filter(pk=cast.clerk_b.office_id).update(is_active=False)
        assert self.found(system, "bureau", "office", "parent", "210200") == []
        assert self.found(system, "bureau", "office", "parent", "210100") == [str(cast.clerk_a.office_id)]

    def test_a_record_of_the_past_is_offered_former_codes_after_those_in_force(self, client, cast):
        client.force_login(cast.clerk_province)
        found = self.found(client, "standards", "measurementstandard", "region", "辽中县")
        assert found and Region.objects.get(pk=found[0]).valid_to is not None
        codes = self.found(client, "standards", "measurementstandard", "region", "沈阳市")
        ended = [Region.objects.get(pk=code).valid_to is not None for code in codes]
        assert ended == sorted(ended)

    def test_accounts_get_offices(self, client, cast):
        client.force_login(cast.security_admin)
        assert self.found(client, "bureau", "staff", "office", "沈阳") == [str(cast.clerk_a.office_id)]
