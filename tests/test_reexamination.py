"""A re-examination is complete only with what JJF 1033 asks for the years of the validity, by page, import and form."""

from datetime import date as D

import pytest

from bureau import records
from bureau.exchange.sheets import get_sheet
from standards import lifecycle, reexamination
from standards.models import ExaminationFinding, StandardPerson, StandardRequirement
from standards.reexamination import Validity, lacking, years_of
from tests import institutions
from tests.contracts import page, posted, taken
from tests.importing import workbook
from tests.standard_files import again, happen, make_examination, record_years, repeatability_of, stability_of
from tests.test_standard_and_events import sentences, submit

pytestmark = pytest.mark.django_db

BEGUN, CERTIFICATE = D(2025, 1, 10), ("reexamined", "2025-04-20", "2030-04-19", "[2025] 复查证")


class TestYears:
    def test_whole_years_and_the_last_twelve_months(self):
        """Five years from 10 May 2020, looked at on 20 April 2025: four whole years and the twelve months before."""
        assert years_of(D(2020, 5, 10), D(2025, 4, 20)) == [
            (D(2020, 5, 10), D(2021, 5, 9)),
            (D(2021, 5, 10), D(2022, 5, 9)),
            (D(2022, 5, 10), D(2023, 5, 9)),
            (D(2023, 5, 10), D(2024, 5, 9)),
            (D(2024, 4, 21), D(2025, 4, 20)),
        ]

    def test_five_whole_years_are_five(self):
        assert len(years_of(D(2020, 5, 10), D(2025, 5, 9))) == 5

    def test_less_than_a_year_is_one(self):
        assert years_of(D(2020, 5, 10), D(2020, 8, 1)) == [(D(2020, 5, 10), D(2020, 8, 1))]

    def test_a_year_without_a_record_lacks_one(self):
        validity = Validity(D(2020, 5, 10), D(2023, 5, 9), ((D(2020, 5, 10), D(2023, 5, 9)),))
        assert lacking(validity, [D(2020, 5, 10), D(2022, 5, 9)]) == [(D(2022, 5, 10), D(2023, 5, 9))]

    def test_a_year_of_sealing_lacks_none(self):
        validity = Validity(D(2020, 5, 10), D(2023, 5, 9), ((D(2020, 5, 10), D(2021, 5, 9)),))
        assert lacking(validity, [D(2020, 6, 1)]) == []


@pytest.fixture
def standard(client, cast, make_standard):
    """Set up in May 2020, its re-examination begun in January 2025; the clerk is logged in."""
    client.force_login(cast.clerk_a)
    standard = make_standard(issued_on=D(2020, 5, 10), valid_until=D(2025, 5, 9))
    happen(standard, cast.clerk_a, "review_begun", BEGUN)
    return standard


@pytest.fixture
def staffed(standard, cast):
    """Two qualified persons, one of them responsible."""
    institution = institutions.make_institution(cast)
    for role in ("responsible", "verifier", "verifier"):
        technician = institutions.make_technician(cast, institution=institution)
        institutions.make_qualification(cast, technician=technician, valid_until=None)
        person = StandardPerson(standard=standard, technician=technician, role=role, begins_on=D(2020, 5, 10))
        records.save(person, by=cast.clerk_a)
    return standard


@pytest.fixture
def complete(staffed, cast):
    record_years(staffed, D(2020, 6, 1), 5, by=cast.clerk_a)
    return staffed


class TestOnThePage:
    def test_with_all_it_is_completed(self, client, complete):
        assert submit(client, complete, CERTIFICATE).status_code == 302
        assert (complete.state, complete.certificate_no) == ("valid", "[2025] 复查证")

    @pytest.mark.parametrize("kind", ["repeatability_tests", "stability_checks"])
    def test_it_rejects_a_year_without_a_record(self, client, cast, complete, kind):
        row = getattr(complete, kind).get(on=D(2022, 6, 1))
        records.void(row, by=cast.clerk_a, reason="重复")
        [sentence] = sentences(submit(client, complete, CERTIFICATE))
        assert "2022-05-10 – 2023-05-09" in sentence
        assert "JJF 1033-2023 5.1.2" in sentence
        assert complete.state == "review"

    def test_it_rejects_too_few_persons(self, client, cast, complete):
        records.void(complete.persons.filter(role="verifier").first(), by=cast.clerk_a, reason="调离")
        assert "JJF 1033-2023" in sentences(submit(client, complete, CERTIFICATE))[0]

    def test_it_rejects_a_failed_last_record(self, client, cast, complete):
        repeatability_of(complete, D(2025, 3, 1), by=cast.clerk_a, readings="1 9", fewer_reason="示例")
        assert "2025-03-01" in sentences(submit(client, complete, CERTIFICATE))[0]

    def test_a_reason_does_not_help_while_it_is_under_way(self, client, staffed):
        data = posted(client, page(staffed, "change"))
        at = int(data["events-TOTAL_FORMS"])
        named = zip(("kind", "on", "valid_until", "certificate_no", "reason"), (*CERTIFICATE, "外省考核"), strict=True)
        data |= {f"events-{at}-{name}": value for name, value in named} | {"events-TOTAL_FORMS": at + 1}
        assert client.post(page(staffed, "change"), data).status_code == 200
        assert again(staffed).state == "review"

    def test_one_completed_elsewhere_gives_a_reason(self, client, cast, make_standard):
        client.force_login(cast.clerk_a)
        standard = make_standard(issued_on=D(2020, 5, 10), valid_until=D(2025, 5, 9))
        assert sentences(submit(client, standard, CERTIFICATE))
        assert submit(client, standard, CERTIFICATE, **{"events-1-reason": "系统启用前完成"}).status_code == 302
        assert again(standard).valid_until == D(2030, 4, 19)

    def test_before_the_edition_no_records_were_asked(self, client, cast, make_standard):
        client.force_login(cast.clerk_a)
        standard = make_standard(issued_on=D(2016, 5, 10), valid_until=D(2021, 5, 9))
        assert submit(client, standard, ("reexamined", "2021-04-20", "2026-04-19", "新证")).status_code == 302

    def test_the_rule_is_an_editable_row(self, client, staffed):
        StandardRequirement.objects.update(has_yearly_records=False)
        assert submit(client, staffed, CERTIFICATE).status_code == 302

    def test_the_certificate_further_up_is_held_as_well(self, client, standard):
        renewal = {
            "former_certificate_no": standard.certificate_no,
            "certificate_no": "[2025] 复查证",
            "issued_on": "2025-04-20",
            "valid_until": "2030-04-19",
        }
        assert sentences(submit(client, standard, **renewal))
        assert again(standard).state == "review"


class TestByImport:
    def rows(self, standard, path):
        line = [standard.certificate_no, "reexamined", "2025-04-20", "[2025] 复查证", "2030-04-19"]
        labels = get_sheet("standard_events").by_name
        header = [str(labels[name].label) for name in ("standard", "kind", "on", "certificate_no", "valid_until")]
        return workbook(path / "in.xlsx", [line], header=header)

    def test_it_rejects_a_year_without_a_record(self, cast, staffed, tmp_path):
        outcome = taken(get_sheet("standard_events"), self.rows(staffed, tmp_path), cast.clerk_a)
        assert outcome.failed == 1
        assert "JJF 1033-2023 5.1.2" in " ".join(error.reason for error in outcome.errors)
        assert again(staffed).state == "review"

    def test_with_all_it_is_completed(self, cast, complete, tmp_path):
        outcome = taken(get_sheet("standard_events"), self.rows(complete, tmp_path), cast.clerk_a)
        assert outcome.created == 1, outcome.errors
        assert (again(complete).state, again(complete).certificate_no) == ("valid", "[2025] 复查证")


def filled(client, row):
    """What the browser would send back, the lines that the page proposes included."""
    data = posted(client, page(row, "change"))
    for shown in client.get(page(row, "change")).context["inline_admin_formsets"]:
        for form in shown.formset.extra_forms:
            data |= {bound.html_name: "" if bound.value() in (None, False) else bound.value() for bound in form}
    return data


class TestExamination:
    def conclude(self, client, examination, **changes):
        data = filled(client, examination)
        return client.post(
            page(examination, "change"), {**data, "concluded_on": "2025-04-10", "outcome": "passed", **changes}
        )

    @pytest.fixture
    def examination(self, standard, cast):
        return make_examination(standard, by=cast.clerk_a)

    def rectified(self, examination, cast):
        finding = examination.findings.get()
        finding.rectified_on = D(2025, 3, 20)
        records.save(finding, by=cast.clerk_a)

    def test_a_defect_gets_the_day_of_the_edition(self, examination):
        """21 days from 1 March."""
        assert examination.findings.get().rectify_by == D(2025, 3, 22)

    def test_it_rejects_an_open_defect(self, client, cast, complete, examination):
        assert "1.1" in str(sentences(self.conclude(client, examination)))
        examination.refresh_from_db()
        assert examination.is_open

    def test_it_rejects_a_year_without_a_record(self, client, cast, staffed, examination):
        self.rectified(examination, cast)
        assert "JJF 1033-2023 5.1.2" in str(sentences(self.conclude(client, examination)))

    def test_it_may_fail_without_records(self, client, cast, examination):
        assert self.conclude(client, examination, outcome="failed").status_code == 302

    def test_with_all_it_is_passed_and_the_certificate_follows(self, client, cast, complete, examination):
        assert "2025-03-01" in str(sentences(submit(client, complete, CERTIFICATE)))  # not concluded yet
        self.rectified(examination, cast)
        assert self.conclude(client, examination).status_code == 302
        assert submit(client, complete, CERTIFICATE).status_code == 302
        assert again(complete).state == "valid"

    def test_the_checklist_is_that_of_its_day(self, client, cast, standard):
        client.force_login(cast.clerk_a)
        for begun_on, edition in ((D(2022, 3, 1), "JJF 1033-2016"), (D(2025, 3, 1), "JJF 1033-2023")):
            examination = make_examination(standard, by=cast.clerk_a, begun_on=begun_on)
            response = client.get(page(examination, "change"))
            [formset] = [
                shown.formset
                for shown in response.context["inline_admin_formsets"]
                if shown.formset.model is ExaminationFinding
            ]
            offered = {form.initial["item"] for form in formset.extra_forms}
            editions = formset.empty_form.fields["item"].queryset.filter(pk__in=offered)
            assert set(editions.values_list("edition", flat=True)) == {edition}
            assert len(offered) == 14  # of fifteen lines one is answered

    def test_a_line_without_a_result_is_not_stored(self, client, cast, examination):
        assert client.post(page(examination, "change"), filled(client, examination)).status_code == 302
        assert examination.findings.count() == 1


def test_a_new_standard_has_no_validity_to_look_at(cast, make_standard):
    standard = make_standard()
    events = lifecycle.on_record(standard)
    assert reexamination.renewed(events, D(2016, 5, 10), reexamination.Rulebook.load()) is None


def test_a_record_on_the_last_day_counts(cast, staffed):
    record_years(staffed, D(2020, 6, 1), 4, by=cast.clerk_a)
    repeatability_of(staffed, D(2025, 4, 20), by=cast.clerk_a)
    stability_of(staffed, D(2025, 4, 20), by=cast.clerk_a)
    events = lifecycle.on_record(staffed)
    assert reexamination.obstacles(staffed, D(2025, 4, 20), events, reexamination.Rulebook.load()) == []
