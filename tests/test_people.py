"""Technicians with their qualifications, and administrators: personal, so seen by place."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from bureau import scoping
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.periods import Period
from standards.models import Administrator, Qualification, Technician
from tests.entering import address, enter, errors_of
from tests.importing import counts, imported
from tests.institutions import make_administrator, make_institution, make_qualification, make_technician
from tests.test_institutions import problems, write

pytestmark = pytest.mark.django_db


def value(key, on, region="210000"):
    return compute([indicators.get(key)], region, Period(date(on.year, 1, 1), on))[0]


class TestScope:
    def test_people_are_seen_by_place_though_their_institution_is_everyones(self, client, cast):
        technician = make_technician(cast)
        qualification = make_qualification(cast, technician=technician)
        for model, row in ((Technician, technician), (Qualification, qualification)):
            assert set(scoping.visible_to(model.objects.all(), cast.manager_province)) == {row}
            for person in (cast.clerk_b, cast.clerk_county):
                assert not scoping.visible_to(model.objects.all(), person).exists()
        client.force_login(cast.clerk_b)
        assert client.get(address(Technician, "change", technician.pk)).status_code == 404
        assert client.get(address(Qualification, "change", qualification.pk)).status_code == 404
        assert client.get(address(type(technician.institution), "change", technician.institution_id)).status_code == 200

    def test_no_identity_card_is_asked_for(self):
        names = {field.name for model in (Technician, Administrator) for field in model._meta.fields}
        assert not names & {"id_card", "identity_no", "birth_date", "phone"}


class TestTechnician:
    def test_qualified_on_a_day(self, cast):
        technician = make_technician(cast, begins_on=date(2015, 1, 1), ends_on=date(2019, 12, 31))
        make_qualification(cast, technician=technician, issued_on=date(2016, 1, 1), valid_until=date(2018, 12, 31))
        make_qualification(cast, technician=technician, issued_on=date(2019, 6, 1), valid_until=None)
        for on, is_qualified in (
            (date(2015, 12, 31), False),
            (date(2016, 1, 1), True),
            (date(2018, 12, 31), True),
            (date(2019, 5, 31), False),
            (date(2019, 12, 31), True),
            (date(2020, 1, 1), False),  # no longer on the staff
        ):
            assert Technician.objects.qualified(on).exists() == is_qualified, on

    def test_one_person_is_on_a_staff_once_a_day(self, cast):
        first = make_technician(cast, staff_no="J-1", ends_on=date(2016, 12, 31))
        make_technician(cast, institution=first.institution, staff_no="J-1", begins_on=date(2017, 1, 1))
        make_technician(cast, staff_no="J-1")  # of another institution
        with pytest.raises(ValidationError):
            make_technician(cast, institution=first.institution, staff_no="J-1", begins_on=date(2014, 1, 1))

    def test_a_certificate_number_once_an_authority(self, cast):
        make_qualification(cast, certificate_no="Z-1")
        with pytest.raises(ValidationError):
            make_qualification(cast, certificate_no="Ｚ－1".replace("－", "-"))
        make_qualification(cast, certificate_no="Z-1", authority="国家市场监督管理总局")

    def test_form(self, client, cast):
        institution = make_institution(cast, by=cast.clerk_b)
        values = {"institution": institution.pk, "name": "某某", "staff_no": "J-7", "begins_on": "2020-01-01"}
        part = {"kind": "ability", "certificate_no": "N-1", "authority": "省局", "issued_on": "2020-02-01"}
        response = enter(client, cast.clerk_a, Technician, parts=[("qualifications", part)], **values)
        assert response.status_code == 302
        assert Technician.objects.get().qualifications.get().certificate_no == "N-1"
        for changes in ({"ends_on": "2019-12-31"}, {"institution": ""}, {"staff_no": "J-7"}):
            assert "errorlist" in errors_of(enter(client, cast.clerk_a, Technician, **{**values, **changes}))
        part["valid_until"] = "2020-01-31"
        values["staff_no"] = "J-8"
        response = enter(client, cast.clerk_a, Technician, parts=[("qualifications", part)], **values)
        assert "errorlist" in errors_of(response)
        assert Technician.objects.count() == 1


class TestImport:
    def test_staff_and_their_certificates(self, cast, tmp_path):
        make_institution(cast, name="市计量院")
        lines = [
            {"工作单位": "市计量院", "工号": f"J-{number}", "姓名": "某某", "职称": "工程师", "到岗日期": "2015-03-01"}
            for number in range(3)
        ]
        assert counts(imported(write(tmp_path, lines), cast.clerk_a, "technicians")) == (3, 0, 0, 0)
        assert counts(imported(write(tmp_path, lines), cast.clerk_a, "technicians")) == (0, 0, 3, 0)
        proofs = [
            {"姓名": who, "资格名称": "一级注册计量师", "证书编号": f"Z-{number}", "发证机关": "省局",
             "发证日期": "2016-01-01", "有效期至": "2018-12"}
            for number, who in enumerate(["J-0", "某某 J-1", "某某 J-2（市计量院）", "某某", "J-9"])
        ]  # fmt: skip
        run = imported(write(tmp_path, proofs), cast.clerk_a, "qualifications")
        assert counts(run) == (3, 0, 0, 2)  # of three of one name, none is meant; J-9 there is not
        assert set(Qualification.objects.values_list("technician__staff_no", flat=True)) == {"J-0", "J-1", "J-2"}
        assert Qualification.objects.first().valid_until == date(2018, 12, 31)

    @pytest.mark.parametrize(
        "changes",
        [{"工号": ""}, {"姓名": ""}, {"工作单位": "无此单位"}, {"到岗日期": "2015-02-30"}, {"离岗日期": "2009-12-31"},
         {"到岗日期": "2018-01-01"}],
    )  # fmt: skip
    def test_it_rejects_bad_rows(self, cast, tmp_path, changes):
        institution = make_institution(cast, name="市计量院")
        make_technician(cast, institution=institution, staff_no="J-1", begins_on=date(2010, 1, 1))
        line = {"工作单位": "市计量院", "工号": "J-1", "姓名": "某某", "到岗日期": "2010-01-01", "离岗日期": ""}
        run = imported(write(tmp_path, [{**line, **changes}]), cast.clerk_a, "technicians")
        assert counts(run) == (0, 0, 0, 1)
        assert problems(run)

    def test_administrators(self, cast, tmp_path):
        line = {
            "单位名称": "市局",
            "工号": "G-1",
            "姓名": "某某",
            "职务": "科员",
            "执法证": "是",
            "任职日期": "2018-01-01",
        }
        assert counts(imported(write(tmp_path, [line]), cast.clerk_a, "administrators")) == (1, 0, 0, 0)
        assert Administrator.objects.get().is_law_enforcer
        line["任职日期"] = "2019-01-01"
        assert counts(imported(write(tmp_path, [line]), cast.clerk_a, "administrators")) == (0, 0, 0, 1)


class TestFigures:
    def test_technicians_by_kind_of_institution(self, cast):
        """Rows 30 to 33 of the national table; HB15 counts them all."""
        for kind, number in (("legal_verification", 3), ("authorised_verification", 2), ("unit", 1)):
            institution = make_institution(cast, kind=kind)
            for _person in range(number):
                make_technician(cast, institution=institution)
        make_technician(cast, ends_on=date(2021, 5, 17))
        make_technician(cast, begins_on=date(2021, 5, 19))
        figure = value("people.technicians", date(2021, 5, 18))
        assert figure.value == 6
        kinds = figure.breakdowns["institution_kind"]
        assert (kinds["legal_verification"], kinds["authorised_verification"], kinds["unit"]) == (3, 2, 1)

    def test_administrators_on_a_day(self, cast):
        make_administrator(cast, ends_on=date(2021, 5, 18))
        make_administrator(cast, ends_on=date(2021, 5, 17))
        make_administrator(cast, by=cast.clerk_b, begins_on=date(2021, 5, 18))
        assert value("people.administrators", date(2021, 5, 18)).value == 2
        assert value("people.administrators", date(2021, 5, 18), region="210100").value == 1

    def test_a_person_of_two_registrations_counts_once(self, cast):
        both = make_technician(cast)
        for kind in ("registered_1", "registered_2"):
            make_qualification(cast, technician=both, kind=kind)
        make_qualification(cast, kind="ability")
        make_qualification(cast, technician=make_technician(cast, ends_on=date(2015, 12, 31)))  # left the staff
        make_qualification(cast, valid_until=date(2016, 12, 30))
        figure = value("people.registered_metrologists", date(2016, 12, 31))
        assert (figure.value, figure.breakdowns["kind"]) == (1, {"registered_1": 1, "registered_2": 1})
