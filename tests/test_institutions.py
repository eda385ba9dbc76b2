"""Institutions: dated, everyone's to see, their keeper's to change; what they may do and what they produce."""

import csv
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bureau import records, scoping
from bureau.models import Attachment
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.periods import Period
from standards.models import Authorisation, AuthorisedItem, Institution, Technician
from tests.cast import office
from tests.entering import address, enter, errors_of
from tests.importing import counts, imported, undone
from tests.institutions import (
    make_authorisation,
    make_authorised_item,
    make_institution,
    make_reference_material,
)
from tests.planted import attach

pytestmark = pytest.mark.django_db


def write(folder, lines):
    path = folder / "rows.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)
    return path


def problems(run):
    return " ".join(run.problems.values_list("reason", flat=True))


def value(key, on, region="210000", **options):
    return compute([indicators.get(key)], region, Period(date(on.year, 1, 1), on), **options)[0]


class TestScope:
    def test_everyone_sees_it_and_its_keeper_changes_it(self, client, cast):
        institution = make_institution(cast)
        for person in (cast.clerk_b, cast.clerk_county, cast.inspector_a, cast.manager_province):
            client.force_login(person)
            assert institution.name in client.get(address(Institution, "changelist")).content.decode()
            assert client.get(address(Institution, "change", institution.pk)).status_code == 200
        assert enter(client, cast.clerk_b, Institution, row=institution, name="改名").status_code == 403
        assert enter(client, cast.clerk_a, Institution, row=institution, name="改名").status_code == 302
        institution.refresh_from_db()
        assert institution.name == "改名"

    def test_nobody_without_an_office_sees_it(self, cast):
        make_institution(cast)
        for person in (cast.system_admin, cast.auditor, cast.security_admin, None):
            assert not scoping.visible_to(Institution.objects.all(), person).exists()

    def test_what_is_behind_it_is_seen_by_place(self, client, cast):
        institution = make_institution(cast)
        attachment = attach(institution, cast.clerk_a)
        assert not scoping.visible_to(Attachment.objects.all(), cast.clerk_b).exists()
        assert set(scoping.visible_to(Attachment.objects.all(), cast.manager_province)) == {attachment}
        for person, sees in ((cast.clerk_b, False), (cast.clerk_a, True)):
            client.force_login(person)
            page = client.get(address(Institution, "change", institution.pk)).content.decode()
            assert (str(cast.clerk_a) in page, attachment.name in page) == (sees, sees)
            assert (address(Institution, "history", institution.pk) in page) == sees
            assert client.get(f"/files/{attachment.pk}/").status_code == (200 if sees else 404)

    def test_its_parts_are_everyones_too(self, client, cast):
        item = make_authorised_item(cast)
        assert set(scoping.visible_to(AuthorisedItem.objects.all(), cast.clerk_b)) == {item}
        assert not scoping.editable_by(AuthorisedItem.objects.all(), cast.clerk_b).exists()
        assert not scoping.visible_to(AuthorisedItem.history.all(), cast.clerk_b).exists()
        client.force_login(cast.clerk_b)
        assert item.name in client.get(address(AuthorisedItem, "changelist")).content.decode()
        response = client.get(address(AuthorisedItem, "change", item.pk))
        assert response.status_code == 302
        assert response.url == address(Institution, "change", item.institution_id)

    def test_another_office_refers_to_it(self, client, cast):
        institution = make_institution(cast)
        values = {"institution": institution.pk, "name": "某某", "staff_no": "1", "begins_on": "2020-01-01"}
        assert enter(client, cast.clerk_b, Technician, **values).status_code == 302

    def test_an_import_adds_nothing_to_an_institution_of_another_office(self, cast, tmp_path):
        line = {
            "机构名称": make_institution(cast).name, "服务类别": "检定", "项目名称": "天平", "测量范围": "(0～5) kg",
            "授权日期": "2020-01-01",
        }  # fmt: skip
        run = imported(write(tmp_path, [line]), cast.clerk_b, "authorised_items")
        assert counts(run) == (0, 0, 0, 1)
        assert str(_("It is kept by another office, which alone may add to it.")) in problems(run)
        assert counts(imported(write(tmp_path, [line]), cast.clerk_a, "authorised_items")) == (1, 0, 0, 0)


class TestDays:
    def test_both_days_are_included(self, cast):
        make_institution(cast, begins_on=date(2015, 3, 1), ends_on=date(2016, 8, 31))
        for on, number in (
            (date(2015, 2, 28), 0),
            (date(2015, 3, 1), 1),
            (date(2016, 8, 31), 1),
            (date(2016, 9, 1), 0),
        ):
            assert Institution.objects.in_force(on).count() == number
            assert value("institutions.legal_verification", on).value == number

    def test_the_same_capacity_never_twice_on_one_day(self, cast):
        values = {"name": "市计量院", "kind": "legal_verification"}
        make_institution(cast, **values, begins_on=date(2010, 1, 1), ends_on=date(2015, 12, 31))
        make_institution(cast, **values, begins_on=date(2016, 1, 1))
        make_institution(cast, **{**values, "kind": "industry_test_centre"}, begins_on=date(2012, 1, 1))
        for begins_on in (date(2015, 12, 31), date(2020, 1, 1), date(2009, 1, 1)):
            with pytest.raises(ValidationError) as refusal:
                make_institution(cast, **values, begins_on=begins_on)
            assert "begins_on" in refusal.value.message_dict

    def test_a_voided_one_takes_no_days_and_comes_back_only_where_they_are_free(self, client, cast):
        first = make_institution(cast, name="市计量院", begins_on=date(2010, 1, 1), ends_on=date(2018, 1, 1))
        records.void(first, by=cast.clerk_a, reason="重复")
        make_institution(cast, name="市计量院", begins_on=date(2015, 1, 1))
        client.force_login(cast.clerk_a)
        client.post(address(Institution, "change", first.pk).replace("change/", "unvoid/"))
        first.refresh_from_db()
        assert first.is_voided

    def test_a_region_has_to_exist_on_one_of_its_days(self, cast):
        # 330113 of today is in force from 2021: a station of 1990 that still works lies there.
        assert make_institution(cast, by=cast.clerk_province, region_id="330113", begins_on=date(1990, 1, 1))
        with pytest.raises(ValidationError, match="330113"):
            make_institution(
                cast, by=cast.clerk_province, region_id="330113", begins_on=date(1990, 1, 1), ends_on=date(2000, 1, 1)
            )

    def test_one_authority_uses_a_number_once(self, cast):
        make_authorisation(cast, certificate_no="(辽)法计 (2015) 1号")
        with pytest.raises(ValidationError):
            make_authorisation(cast, certificate_no="（辽）法计　（2015） 1号".replace("　", " "))
        make_authorisation(cast, certificate_no="(辽)法计 (2015) 1号", authority="国家市场监督管理总局")


class TestForm:
    VALUES = {"name": "市计量院", "kind": "legal_verification", "tier": "municipal", "begins_on": "2010年1月1日"}

    def test_it_works_with_its_parts(self, client, cast):
        issued = {"authority": "省局", "issued_on": "2020-01-01"}
        item = {"measuring_range": "(0～5) kg", "begins_on": "2020-01-01"}
        parts = [
            ("authorisations", {**issued, "certificate_no": "1号", "valid_until": "2024-12-31"}),
            ("authorised_items", {"service": "verification", "name": "天平", **item}),
        ]
        assert enter(client, cast.clerk_a, Institution, parts=parts, **self.VALUES).status_code == 302
        institution = Institution.objects.get()
        assert (institution.begins_on, institution.created_by) == (date(2010, 1, 1), cast.clerk_a)
        assert [item.name for item in institution.authorised_items.all()] == ["天平"]
        page = client.get(address(Authorisation, "changelist")).content.decode()
        assert "1号" in page
        assert "市计量院" in page

    @pytest.mark.parametrize(
        ("field", "text"),
        [
            ("ends_on", "2009-12-31"),
            ("begins_on", ""),
            ("kind", "bank"),
            ("credit_code", "123456789012345670"),
            ("region", "210200"),
        ],
    )
    def test_it_rejects_a_bad_value(self, client, cast, field, text):
        assert "errorlist" in errors_of(enter(client, cast.clerk_a, Institution, **{**self.VALUES, field: text}))
        assert not Institution.objects.exists()

    def test_it_rejects_an_overlap(self, client, cast):
        make_institution(cast, name="市计量院")
        assert "2010-01-01" in errors_of(enter(client, cast.clerk_a, Institution, **self.VALUES))
        assert Institution.objects.count() == 1

    def test_it_rejects_a_certificate_number_used_twice(self, client, cast):
        taken = make_authorisation(cast)
        part = {"certificate_no": taken.certificate_no, "authority": taken.authority, "issued_on": "2020-01-01"}
        response = enter(client, cast.clerk_a, Institution, parts=[("authorisations", part)], **self.VALUES)
        assert errors_of(response)
        assert Authorisation.objects.count() == 1

    def test_it_rejects_overlapping_items(self, client, cast):
        part = {"service": "test", "name": "天平", "measuring_range": "(0～5) kg"}
        parts = [("authorised_items", {**part, "begins_on": day}) for day in ("2020-01-01", "2021-01-01")]
        assert errors_of(enter(client, cast.clerk_a, Institution, parts=parts, **self.VALUES))
        assert not AuthorisedItem.objects.exists()

    def test_one_time_ends_and_the_next_begins_in_one_save(self, client, cast):
        item = make_authorised_item(cast, name="天平")
        part = {"service": "verification", "name": "天平", "measuring_range": item.measuring_range}
        values = {"row": item.institution, "authorised_items-0-ends_on": "2019-12-31"}
        parts = [("authorised_items", {**part, "begins_on": "2020-01-01"})]
        assert enter(client, cast.clerk_a, Institution, parts=parts, **values).status_code == 302
        assert [row.begins_on.year for row in AuthorisedItem.objects.order_by("begins_on")] == [2015, 2020]

    def test_products_are_asked_for_of_a_producer(self, client, cast):
        client.force_login(cast.clerk_a)
        for kind, asked in (("legal_verification", False), ("reference_material_producer", True)):
            page = client.get(address(Institution, "change", make_institution(cast, kind=kind).pk))
            prefixes = {inline.formset.prefix for inline in page.context["inline_admin_formsets"]}
            assert ("products" in prefixes) == asked

    def test_many_items_come_by_pages(self, client, cast):
        institution = make_institution(cast)
        for _number in range(30):
            make_authorised_item(cast, institution=institution)
        client.force_login(cast.clerk_a)
        shown = client.get(address(Institution, "change", institution.pk)).context["inline_admin_formsets"]
        [items] = [inline.formset for inline in shown if inline.formset.prefix == "authorised_items"]
        assert len(items.initial_forms) == 25
        assert enter(client, cast.clerk_a, Institution, row=institution, address="新址").status_code == 302
        assert AuthorisedItem.objects.not_voided().count() == 30


class TestImport:
    LINE = {
        "机构名称": "市计量院", "机构类别": "法定机构", "层级": "市级", "设立日期": "2010-01-01", "撤销日期": "",
        "行政区划": "210100",
    }  # fmt: skip

    def test_a_file_again_changes_nothing_and_can_be_undone(self, cast, tmp_path):
        lines = [self.LINE, {**self.LINE, "机构类别": "标准物质研制单位"}, {**self.LINE, "机构名称": "另一机构"}]
        run = imported(write(tmp_path, lines), cast.clerk_a, "institutions")
        assert counts(run) == (3, 0, 0, 0)
        assert counts(imported(write(tmp_path, lines), cast.clerk_a, "institutions")) == (0, 0, 3, 0)
        assert undone(run, cast.clerk_a) == (3, 0, 0)

    @pytest.mark.parametrize(
        "changes",
        [
            {"机构名称": ""},
            {"机构类别": "银行"},
            {"设立日期": ""},
            {"撤销日期": "2009-12-31"},
            {"设立日期": "2012-01-01"},  # it would overlap the one on record
            {"行政区划": "210200"},
        ],
    )
    def test_it_rejects_bad_rows(self, cast, tmp_path, changes):
        make_institution(cast, name="市计量院")
        run = imported(write(tmp_path, [{**self.LINE, **changes}]), cast.clerk_a, "institutions")
        assert counts(run) == (0, 0, 0, 1)
        assert problems(run)

    def test_two_rows_of_one_file_that_overlap(self, cast, tmp_path):
        lines = [self.LINE, {**self.LINE, "设立日期": "2015-01-01"}]
        run = imported(write(tmp_path, lines), cast.clerk_a, "institutions")
        assert counts(run) == (1, 0, 0, 1)
        assert Institution.objects.get().begins_on == date(2010, 1, 1)

    def test_ending_one_time_and_beginning_the_next_in_one_file(self, cast, tmp_path):
        make_institution(cast, name="市计量院")
        lines = [{**self.LINE, "撤销日期": "2015-12-31"}, {**self.LINE, "设立日期": "2018-01-01"}]
        assert counts(imported(write(tmp_path, lines), cast.clerk_a, "institutions")) == (1, 1, 0, 0)
        assert [Institution.objects.in_force(date(year, 6, 1)).count() for year in (2012, 2016, 2019)] == [1, 0, 1]

    def test_what_another_province_keeps_is_said_to_be_taken(self, cast, tmp_path):
        make_institution(cast, by=cast.clerk_b, name="市计量院", address="某路一号")
        run = imported(write(tmp_path, [self.LINE]), cast.clerk_a, "institutions")
        assert counts(run) == (0, 0, 0, 1)

    @pytest.mark.parametrize(
        ("changes", "fails"),
        [({}, False), ({"证书编号": ""}, True), ({"有效期至": "2019-12-31"}, True), ({"机构名称": "无此机构"}, True)],
    )
    def test_certificates(self, cast, tmp_path, changes, fails):
        make_institution(cast, name="市计量院")
        line = {
            "机构名称": "市计量院", "证书编号": "1号", "发证机关": "省局", "发证日期": "2020-01-01",
            "有效期至": "2024-12-31",
        }  # fmt: skip
        run = imported(write(tmp_path, [{**line, **changes}]), cast.clerk_a, "authorisations")
        assert counts(run) == ((0, 0, 0, 1) if fails else (1, 0, 0, 0))

    def test_a_number_of_the_same_authority_renews_nothing_but_its_own_row(self, cast, tmp_path):
        own = make_authorisation(cast, certificate_no="1号", authority="省局")
        line = {
            "机构名称": own.institution.name, "证书编号": "1号", "发证机关": "省局", "发证日期": "2015-01-01",
            "有效期至": "2019-12-31",
        }  # fmt: skip
        assert counts(imported(write(tmp_path, [line]), cast.clerk_a, "authorisations")) == (0, 1, 0, 0)
        own.refresh_from_db()
        assert (Authorisation.objects.count(), own.valid_until) == (1, date(2019, 12, 31))


class TestFigures:
    def test_what_hebei_published(self, cast):
        """Of 2021-05-18: legal verification institutions, test centres of the province, producers; worked in small."""
        day = date(2021, 5, 18)
        for number in range(3):
            make_institution(cast, by=cast.clerk_a if number else cast.clerk_b, begins_on=date(2015, 1, number + 1))
        make_institution(cast, ends_on=date(2021, 5, 17))  # closed the day before
        make_institution(cast, begins_on=date(2021, 5, 19))  # set up the day after
        make_institution(cast, kind="authorised_verification")
        make_institution(cast, kind="industry_test_centre", tier="provincial")
        make_institution(cast, kind="industry_test_centre", tier="national")
        producer = make_institution(cast, kind="reference_material_producer")
        for _number in range(4):
            make_reference_material(cast, institution=producer)
        figures = {
            key: value(f"institutions.{key}", day)
            for key in (
                "legal_verification", "authorised", "industry_test_centres", "reference_material_producers",
                "reference_materials",
            )
        }  # fmt: skip
        assert {key: figure.value for key, figure in figures.items()} == {
            "legal_verification": 3,
            "authorised": 1,
            "industry_test_centres": 2,
            "reference_material_producers": 1,
            "reference_materials": 4,
        }
        assert figures["industry_test_centres"].breakdowns["tier"]["provincial"] == 1
        parts = figures["legal_verification"].breakdowns["region"]
        assert (parts["210100"], parts["210200"]) == (2, 1)

    def test_items_of_the_national_table(self, cast):
        """Rows 36 to 41: stations set up in the year and in all, weighing and other; rows 5 to 10: authorised items."""
        make_institution(cast, kind="weighing_station", begins_on=date(2016, 3, 1))
        make_institution(cast, kind="weighing_station", begins_on=date(2010, 3, 1))
        make_institution(cast, kind="other_station", begins_on=date(2016, 3, 1))
        special = make_institution(cast, kind="special_authorisation")
        for ends_on in (None, date(2016, 12, 31), date(2016, 12, 30)):
            make_authorised_item(cast, institution=special, ends_on=ends_on)
        on = date(2016, 12, 31)
        new, all_ = (value(f"institutions.public_stations{tail}", on) for tail in ("_established", ""))
        assert (new.value, new.breakdowns["kind"]) == (2, {"weighing_station": 1, "other_station": 1})
        assert (all_.value, all_.breakdowns["kind"]) == (3, {"weighing_station": 2, "other_station": 1})
        items = value("institutions.authorised_items", on)
        assert (items.value, items.breakdowns["kind"]["special_authorisation"]) == (2, 2)

    def test_a_figure_opens_its_rows(self, client, cast):
        mine = make_institution(cast)
        make_institution(cast, by=cast.clerk_b)
        client.force_login(cast.clerk_a)
        page = client.get("/figures/institutions.legal_verification/?from=2016-01-01&to=2016-12-31")
        assert page.context["page"].paginator.count == 1
        assert mine.name in page.content.decode()


def test_an_office_is_no_institution(client, cast):
    """Who logs in is named where the institution does; that gives the institution no other keeper."""
    own = office("210100", cast.clerk_a.office.parent, 2, kind="legal_institution", name="市计量院")
    response = enter(client, cast.clerk_a, Institution, **TestForm.VALUES, login_office=own.pk)
    assert response.status_code == 302
    assert (Institution.objects.get().login_office, Institution.objects.get().office) == (own, cast.clerk_a.office)
