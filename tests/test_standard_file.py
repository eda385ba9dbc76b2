"""The file of a standard: items, devices with their certificates, persons, documents, and what is missing."""

from datetime import date as D

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from bureau import records
from bureau.exchange.context import Context
from bureau.exchange.sheets import BadRow, get_sheet
from bureau.models import Attachment
from standards import completeness
from standards.models import (
    DeviceTrace,
    DocumentKind,
    MeasurementStandard,
    StandardDevice,
    StandardItem,
    StandardPerson,
)
from standards.models.trace import last_day
from tests import standard_parts as parts
from tests.contracts import page, posted
from tests.institutions import make_institution, make_technician
from tests.standard_parts import take_rows

pytestmark = pytest.mark.django_db
CERTIFICATE = "[2016] 量标 证字第 0001 号"


@pytest.fixture
def standard(client, cast, make_standard):
    client.force_login(cast.clerk_a)
    return make_standard(certificate_no=CERTIFICATE)


def submit(client, row, prefix, *new, **changes):
    """Post the page of a row with rows added under ``prefix``."""
    data = posted(client, page(row, "change"))
    at = int(data[f"{prefix}-INITIAL_FORMS"])
    data[f"{prefix}-TOTAL_FORMS"] = at + len(new)
    for number, values in enumerate(new, start=at):
        data |= {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return client.post(page(row, "change"), {**data, **changes})


def sentences(response):
    assert response.status_code == 200
    found = list(response.context["adminform"].form.errors.values())
    for shown in response.context["inline_admin_formsets"]:
        found += [shown.formset.non_form_errors(), *(e for each in shown.formset.errors for e in each.values())]
    return " ".join(sentence for errors in found for sentence in errors)


class TestClassificationCode:
    """JJF 1022: eight digits, of which the first two are those of the field."""

    def enter(self, client, standard, code):
        return client.post(
            page(standard, "change"), {**posted(client, page(standard, "change")), "classification_code": code}
        )

    def test_it_works(self, client, standard):
        assert self.enter(client, standard, "１２１１６５００").status_code == 302
        standard.refresh_from_db()
        assert standard.classification_code == "12116500"

    @pytest.mark.parametrize("code", ["1211650", "1211650A", "99116500", "15116500"])
    def test_it_rejects_another(self, client, standard, code):
        assert "JJF 1022" in sentences(self.enter(client, standard, code))

    def test_an_import_rejects_it_too(self, cast, standard):
        for code in ("1211650", "99116500", "15116500"):
            outcome = take_rows("standards", cast.clerk_a, row_of(standard, classification_code=code))
            assert (outcome.failed, [error.column for error in outcome.errors]) == (1, ["classification_code"])
            assert "JJF 1022" in outcome.errors[0].reason

    def test_a_code_that_ended_before_is_rejected(self, cast, make_standard):
        from standards.models import MeasurementField

        MeasurementField.objects.filter(pk="12").update(effective_to=D(2015, 12, 31))
        standard = make_standard(issued_on=D(2016, 1, 1))
        standard.classification_code = "12116500"
        with pytest.raises(ValidationError, match="JJF 1022"):
            standard.full_clean()


def row_of(standard, **changes):
    sheet = get_sheet("standards")
    [cells] = sheet.render([MeasurementStandard.objects.get(pk=standard.pk)], Context(standard.office))
    return {**dict(zip(sheet.by_name, cells, strict=True)), **changes}


class TestItems:
    ITEM = {
        "name": "燃油加油机", "kind": "verification", "measuring_range": "(5～60) L/min", "accuracy": "0.3级",
        "specification": "JJG 443-2015", "begins_on": "2016-05-10",
    }  # fmt: skip

    def test_it_is_entered_on_the_page(self, client, standard):
        assert submit(client, standard, "items", self.ITEM).status_code == 302
        item = standard.items.get()
        assert (item.name, item.begins_on, item.ends_on) == ("燃油加油机", D(2016, 5, 10), None)

    def test_it_rejects_the_same_twice_and_an_end_before_its_begin(self, client, standard):
        assert sentences(submit(client, standard, "items", self.ITEM, self.ITEM))
        assert sentences(submit(client, standard, "items", {**self.ITEM, "ends_on": "2016-05-09"}))
        assert not standard.items.exists()

    def test_an_import_takes_the_first_day_from_the_standard(self, cast, standard):
        row = {"standard": CERTIFICATE, **self.ITEM}
        del row["begins_on"]
        assert take_rows("standard_items", cast.clerk_a, row).created == 1
        assert StandardItem.objects.get().begins_on == standard.established_on

    def test_json_is_held_to_the_same(self, cast, standard):
        sheet, context = get_sheet("standard_items"), Context(cast.clerk_a.office)
        row = {"standard": CERTIFICATE, **self.ITEM}
        assert sheet.validate(row, context)["standard"] == standard.pk
        for bad in ({"ends_on": "2016-05-09"}, {"kind": "随便"}, {"standard": "没有这个号"}, {"specification": ""}):
            with pytest.raises(BadRow) as caught:
                sheet.validate({**row, **bad}, context)
            assert [problem.column for problem in caught.value.problems] in ([next(iter(bad))], ["ends_on"])

    def test_another_offices_standard_takes_nothing(self, cast, standard, make_standard):
        make_standard(by=cast.clerk_b, certificate_no="B-1")
        row = {"standard": "B-1", **self.ITEM}
        assert take_rows("standard_items", cast.clerk_a, row).failed == 1
        # The office above sees both; a county sees its city's not at all.
        assert take_rows("standard_items", cast.clerk_county, {**row, "standard": CERTIFICATE}).failed == 1
        assert take_rows("standard_items", cast.clerk_province, row).created == 1


class TestDevices:
    DEVICE = {"is_main": "on", "name": "F1级砝码", "model": "F1", "serial_no": "2016-8", "interval_months": "12",
              "begins_on": "2016-05-10"}  # fmt: skip

    def test_it_is_entered_on_the_page(self, client, standard):
        assert submit(client, standard, "devices", self.DEVICE).status_code == 302
        device = standard.devices.get()
        assert (device.is_main, device.serial_no, device.interval_months) == (True, "2016-8", 12)

    def test_it_has_a_page_of_its_own(self, client, cast, standard, make_standard):
        before = parts.make_device(make_standard, cast, standard=standard)
        device = parts.make_device(make_standard, cast, standard=standard, begins_on=D(2018, 1, 1))
        data = {**posted(client, page(device, "change")), "replaces": before.pk, "maker": "厂"}
        assert client.post(page(device, "change"), data).status_code == 302
        device.refresh_from_db()
        assert (device.replaces, device.maker) == (before, "厂")

    @pytest.mark.parametrize("who", ["itself", "another standard's", "a later one"])
    def test_it_rejects_replacing(self, cast, standard, make_standard, who):
        device = parts.make_device(make_standard, cast, standard=standard)
        others = {
            "itself": lambda: device,
            "another standard's": lambda: parts.make_device(make_standard, cast),
            "a later one": lambda: parts.make_device(make_standard, cast, standard=standard, begins_on=D(2019, 1, 1)),
        }
        device.replaces = others[who]()
        with pytest.raises(ValidationError):
            device.full_clean(exclude=["created_by", "updated_by", "voided_by"])

    def test_other_office_gets_404(self, client, cast, standard, make_standard):
        device = parts.make_device(make_standard, cast, standard=standard)
        for person, status in ((cast.clerk_b, 404), (cast.clerk_county, 404), (cast.manager_province, 200)):
            client.force_login(person)
            assert client.get(page(device, "change")).status_code == status

    def test_an_import_finds_it_by_standard_name_and_number(self, cast, standard):
        row = {"standard": CERTIFICATE, "is_main": "计量标准器", "name": "天平", "serial_no": "7", "maker": "甲厂"}
        assert take_rows("standard_devices", cast.clerk_a, row).created == 1
        assert take_rows("standard_devices", cast.clerk_a, row).unchanged == 1
        assert take_rows("standard_devices", cast.clerk_a, {**row, "maker": "乙厂"}).updated == 1
        assert take_rows("standard_devices", cast.clerk_a, {**row, "interval_months": 0}).failed == 1
        assert StandardDevice.objects.get().maker == "乙厂"


class TestTraces:
    def test_the_last_day_follows_from_the_interval(self):
        """The end of a short month counts first, then one day is taken off."""
        assert last_day(D(2016, 5, 10), 12) == D(2017, 5, 9)
        assert last_day(D(2024, 2, 29), 12) == D(2025, 2, 27)
        assert last_day(D(2024, 8, 31), 6) == D(2025, 2, 27)

    @pytest.fixture
    def device(self, cast, standard, make_standard):
        return parts.make_device(make_standard, cast, standard=standard, name="F1级砝码", serial_no="8")

    TRACE = {"on": "2016-05-10", "kind": "verification", "certificate_no": "JZ-1", "institution_name": "国家院",
             "is_fit": "on"}  # fmt: skip

    def test_it_is_entered_on_the_device_s_page(self, client, device):
        assert submit(client, device, "traces", self.TRACE).status_code == 302
        trace = device.traces.get()
        assert (trace.valid_until, trace.is_fit) == (D(2017, 5, 9), True)

    def test_the_printed_day_stands(self, client, device):
        assert submit(client, device, "traces", {**self.TRACE, "valid_until": "2016-12-31"}).status_code == 302
        assert device.traces.get().valid_until == D(2016, 12, 31)

    def test_an_institution_on_record_names_itself(self, client, cast, device):
        institution = make_institution(cast)
        values = {**self.TRACE, "institution_name": "", "institution": institution.pk}
        assert submit(client, device, "traces", values).status_code == 302
        assert device.traces.get().institution_name == institution.name

    @pytest.mark.parametrize(
        "bad", [{"valid_until": "2016-05-09"}, {"institution_name": ""}, {"certificate_no": ""}, {"on": ""}]
    )
    def test_it_rejects(self, client, device, bad):
        assert sentences(submit(client, device, "traces", {**self.TRACE, **bad}))
        assert not device.traces.exists()

    def test_it_rejects_the_standard_itself_as_the_one_above(self, client, standard, device):
        assert sentences(submit(client, device, "traces", {**self.TRACE, "traced_to": standard.pk}))

    def row(self, **changes):
        return {
            "standard": CERTIFICATE,
            "device_name": "F1级砝码",
            "device": "8",
            **self.TRACE,
            "is_fit": "是",
            **changes,
        }

    def test_an_import_finds_the_device(self, cast, device):
        assert take_rows("device_traces", cast.clerk_a, self.row()).created == 1
        trace = device.traces.get()
        assert (trace.valid_until, trace.certificate_no) == (D(2017, 5, 9), "JZ-1")
        assert take_rows("device_traces", cast.clerk_a, self.row()).unchanged == 1
        assert take_rows("device_traces", cast.clerk_a, self.row(valid_until="2017-05-31")).updated == 1

    @pytest.mark.parametrize(
        ("bad", "column"),
        [
            ({"device": "9"}, "device"),
            ({"device_name": "天平"}, "device"),
            ({"standard": "没有这个号"}, "standard"),
            ({"valid_until": "2016-05-09"}, "valid_until"),
            ({"device": ""}, "device"),
        ],
    )
    def test_an_import_rejects(self, cast, device, bad, column):
        outcome = take_rows("device_traces", cast.clerk_a, self.row(**bad))
        assert (outcome.failed, [error.column for error in outcome.errors]) == (1, [column])

    def test_a_number_is_given_once_by_an_institution(self, client, cast, make_standard, device):
        """To one piece: it may serve two standards, and then its certificate stands in both."""
        other = parts.make_device(make_standard, cast, serial_no="9")
        same_piece = parts.make_device(make_standard, cast, serial_no="8")
        parts.make_trace(make_standard, cast, device=device, certificate_no="JZ-1", institution_name="国家院")
        assert sentences(submit(client, other, "traces", self.TRACE))
        assert submit(client, other, "traces", {**self.TRACE, "institution_name": "另一院"}).status_code == 302
        assert submit(client, same_piece, "traces", self.TRACE).status_code == 302

    def test_an_import_holds_to_that_too_within_one_file(self, cast, make_standard, device):
        parts.make_device(make_standard, cast, standard=device.standard, name="天平", serial_no="9")
        rows = [self.row(), self.row(device_name="天平", device="9")]
        outcome = take_rows("device_traces", cast.clerk_a, *rows)
        assert (outcome.created, outcome.failed, outcome.errors[0].column) == (1, 1, "certificate_no")
        assert DeviceTrace.objects.count() == 1


class TestPersons:
    @pytest.fixture
    def people(self, cast):
        return [make_technician(cast, name=f"人员{number}") for number in range(3)]

    def person(self, technician, role, begins_on, ends_on=""):
        return {"technician": technician.pk, "role": role, "begins_on": begins_on, "ends_on": ends_on}

    def test_one_leaves_and_another_comes_in_one_save(self, client, standard, people):
        first = self.person(people[0], "responsible", "2016-05-10")
        assert submit(client, standard, "persons", first).status_code == 302
        second = self.person(people[1], "responsible", "2018-01-01")
        assert submit(client, standard, "persons", second, **{"persons-0-ends_on": "2017-12-31"}).status_code == 302
        assert standard.persons.count() == 2

    def test_it_rejects_two_responsible_at_a_time(self, client, standard, people):
        rows = [self.person(each, "responsible", "2016-05-10") for each in people[:2]]
        assert "JJF 1033" in sentences(submit(client, standard, "persons", *rows))
        assert submit(client, standard, "persons", rows[0]).status_code == 302
        assert "JJF 1033" in sentences(submit(client, standard, "persons", rows[1]))

    def test_it_rejects_the_same_person_twice_at_a_time(self, client, standard, people):
        rows = [self.person(people[0], "verifier", day, "2018-12-31") for day in ("2016-05-10", "2017-01-01")]
        assert sentences(submit(client, standard, "persons", *rows))

    def test_an_import_holds_to_both(self, cast, standard, people):
        def row(technician, role, begins_on):
            named = {"technician": f"{technician.name} {technician.staff_no}", "role": role, "begins_on": begins_on}
            return {"standard": CERTIFICATE, **named}

        assert take_rows("standard_persons", cast.clerk_a, row(people[0], "负责人", "2016-05-10")).created == 1
        outcome = take_rows("standard_persons", cast.clerk_a, row(people[1], "负责人", "2017-05-10"))
        assert outcome.failed == 1
        assert "JJF 1033" in outcome.errors[0].reason
        assert take_rows("standard_persons", cast.clerk_a, row(people[0], "负责人", "2017-05-10")).failed == 1
        both = [row(each, "检定人员", "2016-05-10") for each in people[1:]]
        assert take_rows("standard_persons", cast.clerk_a, *both).created == 2
        assert StandardPerson.objects.count() == 3


class TestDocuments:
    def attach(self, client, standard, kind):
        prefix = "bureau-attachment-content_type-object_id"
        file = SimpleUploadedFile("证书.pdf", b"%PDF-1.4 x")
        return submit(client, standard, prefix, {"file": file, "kind": kind})

    def test_a_paper_of_a_kind_is_no_longer_missing(self, client, standard):
        kinds = [kind.code for kind in DocumentKind.objects.filter(is_needed_at_set_up=True)]
        missing = [kind.code for kind in completeness.documents.missing(standard, D(2016, 6, 1))]
        assert missing == kinds
        assert self.attach(client, standard, "technical_report").status_code == 302
        paper = Attachment.objects.get(content_type=ContentType.objects.get_for_model(MeasurementStandard))
        assert (paper.kind, paper.name) == ("technical_report", "证书.pdf")
        missing = [kind.code for kind in completeness.documents.missing(standard, D(2016, 6, 1))]
        assert missing == [code for code in kinds if code != "technical_report"]

    def test_it_rejects_a_kind_that_is_not_listed(self, client, standard):
        assert sentences(self.attach(client, standard, "love_letter"))

    def test_a_voided_paper_is_missing_again(self, client, cast, standard):
        self.attach(client, standard, "technical_report")
        records.void(Attachment.objects.get(), by=cast.clerk_a, reason="重复")
        missing = [kind.code for kind in completeness.documents.missing(standard, D(2016, 6, 1))]
        assert "technical_report" in missing

    def test_a_reexamined_standard_needs_more(self, cast, make_standard):
        codes = {kind.code for kind in completeness.documents.missing(make_standard(), D(2020, 1, 1))}
        older = make_standard(established_on=D(2011, 5, 10))
        more = {kind.code for kind in completeness.documents.missing(older, D(2020, 1, 1))}
        assert more - codes == {"examination_certificate"}

    def test_papers_of_other_kinds_of_records_have_no_kind(self, client, cast):
        institution = make_institution(cast)
        client.force_login(cast.clerk_a)
        [inline] = [
            shown
            for shown in client.get(page(institution, "change")).context["inline_admin_formsets"]
            if shown.formset.model is Attachment
        ]
        assert "kind" not in inline.formset.empty_form.fields


class TestWhatIsMissing:
    @pytest.fixture(autouse=True)
    def _in_2016(self):
        with time_machine.travel("2016-06-01 10:00+08:00"):
            yield

    def test_the_page_says_it(self, client, cast, standard, make_standard):
        assert len(completeness.shortcomings(standard, D(2016, 6, 1))) == 6
        shown = client.get(page(standard, "change")).content.decode()
        for sentence in completeness.shortcomings(standard, D(2016, 6, 1)):
            assert sentence in shown
        parts.make_item(make_standard, cast, standard=standard)
        device = parts.make_device(make_standard, cast, standard=standard)
        assert str(device) in client.get(page(standard, "change")).content.decode()
        parts.make_trace(make_standard, cast, device=device)
        parts.make_staff(make_standard, cast, standard)
        standard.classification_code = "12116500"
        assert len(completeness.shortcomings(standard, D(2016, 6, 1))) == 1  # the documents

    def test_nothing_is_asked_of_a_standard_that_was_withdrawn(self, standard):
        standard.state = "revoked"
        assert completeness.shortcomings(standard, D(2016, 6, 1)) == []

    def test_an_unfit_certificate_is_none(self, cast, standard, make_standard):
        device = parts.make_device(make_standard, cast, standard=standard)
        parts.make_trace(make_standard, cast, device=device, is_fit=False)
        assert any(str(device) in each for each in completeness.shortcomings(standard, D(2016, 6, 1)))
