"""The pages of measurement standards that are more than the record's own."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from bureau import records

pytestmark = pytest.mark.django_db
LIST = "/standards/measurementstandard/"


@pytest.fixture
def due(cast, make_standard):
    """One expired, one that runs out in three months, one that does not; and one of another city."""
    made = {
        "expired": make_standard(issued_on=date(2015, 6, 1), valid_until=date(2020, 5, 31)),
        "soon": make_standard(issued_on=date(2015, 9, 1), valid_until=date(2020, 8, 31)),
        "later": make_standard(issued_on=date(2018, 9, 1), valid_until=date(2023, 8, 31)),
        "elsewhere": make_standard(by=cast.clerk_b, issued_on=date(2015, 6, 1), valid_until=date(2020, 5, 31)),
    }
    return made


class TestDue:
    @pytest.fixture(autouse=True)
    def _first_of_june(self):
        with time_machine.travel("2020-06-01 10:00+08:00"):
            yield

    def test_the_dashboard_counts_what_its_links_open(self, client, cast, due):
        client.force_login(cast.clerk_a)
        page = client.get("/").content.decode()
        assert due["expired"].name in page
        assert due["elsewhere"].name not in page
        for within, row in (("overdue", due["expired"]), ("3", due["soon"])):
            assert f'href="/due/?within={within}"' in page
            [item] = client.get(f"/due/?within={within}").context["page"].object_list
            assert item.title == str(row)

    def test_the_list_filters_by_the_same_days(self, client, cast, due):
        client.force_login(cast.clerk_a)
        for key, names in (("expired", {due["expired"]}), ("soon", {due["soon"]})):
            shown = client.get(f"{LIST}?due={key}").context["cl"].result_list
            assert set(shown) == names

    def test_the_last_day_is_still_valid(self, cast, make_standard):
        assert not make_standard(issued_on=date(2015, 6, 2), valid_until=date(2020, 6, 1)).is_expired
        assert make_standard(issued_on=date(2015, 6, 1), valid_until=date(2020, 5, 31)).is_expired

    def test_voided_ones_are_not_due(self, client, cast, due):
        records.void(due["expired"], by=cast.clerk_a, reason="重复")
        client.force_login(cast.clerk_a)
        assert due["expired"].name not in client.get("/").content.decode()

    def test_administrators_have_no_such_panel(self, client, cast, due):
        for person in (cast.auditor, cast.system_admin, cast.security_admin):
            client.force_login(person)
            page = client.get("/").content.decode()
            assert due["expired"].name not in page
            assert 'id="due"' not in page


class TestEntry:
    VALUES = {
        "name": "二等量块标准装置", "kind": "public", "field": "01", "tier": "municipal", "grade": "working",
        "holder": "市计量测试所", "place": "", "measuring_range": "(0.5～100) mm", "uncertainty": "2等",
        "issuing_authority": "省市场监督管理局", "certificate_no": "[2016] 辽量标 证字第 900 号",
        "issued_on": "2016-05-10", "valid_until": "2021-05-09", "established_on": "", "remark": "",
    }  # fmt: skip

    def enter(self, client, cast, **values):
        client.force_login(cast.clerk_a)
        office = cast.clerk_a.office
        data = {**self.VALUES, "office": office.pk, "region": office.region_id, **values}
        forms = "bureau-attachment-content_type-object_id"
        data |= {f"{forms}-TOTAL_FORMS": 0, f"{forms}-INITIAL_FORMS": 0}
        return client.post(reverse("admin:standards_measurementstandard_add"), data)

    def errors(self, response):
        assert response.status_code == 200
        return response.context["adminform"].form.errors

    def test_it_works(self, client, cast):
        from standards.models import MeasurementStandard

        assert self.enter(client, cast).status_code == 302
        standard = MeasurementStandard.objects.get()
        assert (standard.created_by, standard.established_on, standard.state) == (
            cast.clerk_a,
            date(2016, 5, 10),
            "valid",
        )
        assert standard.in_force_intervals.count() == 1

    def test_dates_as_offices_write_them(self, client, cast):
        assert self.enter(client, cast, issued_on="2016年5月10日", valid_until="2021.5.9").status_code == 302

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("issued_on", "2016-02-30"),
            ("valid_until", "2016-05-09"),
            ("established_on", "2016-05-11"),
            ("certificate_no", ""),
            ("tier", "galactic"),
            ("region", "999999"),
            ("region", "210200"),  # a city of its own, not the clerk's
            ("field", "99"),
        ],
    )
    def test_it_rejects_a_bad_value(self, client, cast, field, value):
        assert self.errors(self.enter(client, cast, **{field: value}))

    def test_it_rejects_a_certificate_number_used_twice(self, client, cast):
        self.enter(client, cast)
        errors = self.errors(self.enter(client, cast))
        assert errors

    def test_an_ended_region_names_its_successor(self, client, cast):
        from bureau.models import Region

        ended = Region.objects.filter(code__startswith="2101", valid_to__lt=date(2016, 1, 1), successor__isnull=False)
        region = ended.first()
        errors = self.errors(self.enter(client, cast, region=region.code))
        assert region.successor.name in str(errors["region"]) or region.name in str(errors["region"])


@pytest.mark.parametrize(
    "query",
    ["?due=x", "?valid_until_from=abc", "?p=9999", "?o=99", "?in_region=<b>", "?field__code__exact=zz", "?e=1",
     "?established_on__year=abc", "?voided=x", "?q=%00", "?tier__exact=zz"],
)  # fmt: skip
def test_a_nonsense_query_is_no_stack_trace(client, cast, make_standard, query):
    make_standard()
    client.force_login(cast.clerk_a)
    assert client.get(LIST + query).status_code in (200, 302, 400)


class TestTexts:
    enter, errors, VALUES = TestEntry.enter, TestEntry.errors, TestEntry.VALUES

    def test_what_nobody_can_see_is_not_kept(self, client, cast):
        from standards.models import MeasurementStandard

        values = {"name": " 二等\u200b量块标准装置\t", "certificate_no": "［２０１６］ 辽量标 证字第 ９０１ 号"}
        assert self.enter(client, cast, **values).status_code == 302
        standard = MeasurementStandard.objects.get()
        assert (standard.name, standard.certificate_no) == ("二等量块标准装置", "[2016] 辽量标 证字第 901 号")

    def test_the_same_number_in_full_width_is_the_same(self, client, cast):
        assert self.enter(client, cast).status_code == 302
        assert self.errors(self.enter(client, cast, certificate_no="［２０１６］　辽量标　证字第　９００　号"))
