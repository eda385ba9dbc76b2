"""What every record kind, sheet and figure must keep; applied to each registered class by itself.

A new record kind only adds a maker to ``MAKERS``: ``(fixture, by=…, **values) -> saved row``, where ``fixture(name)``
gives a fixture and ``by`` is who enters the row (clerk of city A if not stated).
"""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import CharField, F, Q, TextField, UniqueConstraint
from django.forms import NullBooleanField
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from benchmarks.models import TrialMonth, TrialVerification
from bureau import records, roles, scoping
from bureau.exchange.importing import Importer, in_chunks
from bureau.exchange.layouts.table import FileRow, open_table, read_header
from bureau.exchange.outcome import Outcome
from bureau.exchange.writing import exporting
from bureau.exchange.writing.template import write_template
from bureau.reporting.engine import compute
from bureau.reporting.indicators import Distinct, Rate, Stated, Sum
from bureau.reporting.periods import Period
from enterprises.models import Enterprise, EnterpriseKindSince, EnterpriseStaff, FormerName
from inspections import succession
from inspections.models import Complaint, Instrument, ViolationCase
from standards.models import (
    Administrator,
    Authorisation,
    AuthorisedItem,
    Comparison,
    ComparisonFollowUp,
    ComparisonParticipant,
    ComparisonPoint,
    ComparisonResult,
    DeviceTrace,
    Institution,
    MeasurementStandard,
    Qualification,
    ReferenceMaterialProduct,
    RepeatabilityTest,
    Specification,
    SpecificationReview,
    SpotCheck,
    StabilityCheck,
    StandardDevice,
    StandardEvent,
    StandardItem,
    StandardPerson,
    Technician,
)
from tests import comparisons, institutions, standard_files, standard_parts, trials
from tests.audit_makers import AUDIT_MAKERS
from tests.booking_makers import BOOKING_MAKERS
from tests.case_makers import make_case, make_complaint
from tests.energy_makers import ENERGY_MAKERS
from tests.enterprise_makers import make_former_name, make_kind_since, make_staff_file
from tests.figure_makers import FIGURE_MAKERS
from tests.inspection_makers import INSPECTION_MAKERS
from tests.integrity_makers import INTEGRITY_MAKERS
from tests.ledger_makers import LEDGER_MAKERS
from tests.outreach_makers import OUTREACH_MAKERS
from tests.service_makers import SERVICE_MAKERS


def part(fixture, make, values):
    return make(fixture("make_standard"), fixture("cast"), **values)


MAKERS = {
    MeasurementStandard: lambda fixture, **values: fixture("make_standard")(**values),
    StandardItem: lambda fixture, **values: part(fixture, standard_parts.make_item, values),
    StandardDevice: lambda fixture, **values: part(fixture, standard_parts.make_device, values),
    DeviceTrace: lambda fixture, **values: part(fixture, standard_parts.make_trace, values),
    StandardPerson: lambda fixture, **values: part(fixture, standard_parts.make_person, values),
    Institution: lambda fixture, **values: institutions.make_institution(fixture("cast"), **values),
    Authorisation: lambda fixture, **values: institutions.make_authorisation(fixture("cast"), **values),
    AuthorisedItem: lambda fixture, **values: institutions.make_authorised_item(fixture("cast"), **values),
    ReferenceMaterialProduct: lambda fixture, **values: institutions.make_reference_material(fixture("cast"), **values),
    Technician: lambda fixture, **values: institutions.make_technician(fixture("cast"), **values),
    Qualification: lambda fixture, **values: institutions.make_qualification(fixture("cast"), **values),
    Administrator: lambda fixture, **values: institutions.make_administrator(fixture("cast"), **values),
    Specification: lambda fixture, **values: institutions.make_specification(fixture("cast"), **values),
    SpecificationReview: lambda fixture, **values: institutions.make_specification_review(fixture("cast"), **values),
    Comparison: lambda fixture, **values: comparisons.make_comparison(fixture("cast"), **values),
    ComparisonPoint: lambda fixture, **values: comparisons.make_point(fixture("cast"), **values),
    ComparisonParticipant: lambda fixture, **values: comparisons.make_participant(fixture("cast"), **values),
    ComparisonResult: lambda fixture, **values: comparisons.make_result(fixture("cast"), **values),
    ComparisonFollowUp: lambda fixture, **values: comparisons.make_follow_up(fixture("cast"), **values),
    StandardEvent: lambda fixture, **values: standard_files.make_event(fixture("make_standard"), **values),
    RepeatabilityTest: lambda fixture, **values: standard_files.make_repeatability(fixture("make_standard"), **values),
    StabilityCheck: lambda fixture, **values: standard_files.make_stability(fixture("make_standard"), **values),
    SpotCheck: lambda fixture, **values: standard_files.make_spot_check(
        fixture("make_standard"), fixture("cast"), **values
    ),
    TrialVerification: lambda fixture, **values: trials.make_verification(fixture("cast"), **values),
    TrialMonth: lambda fixture, **values: trials.make_month(fixture("cast"), **values),
    Enterprise: lambda fixture, **values: fixture("make_enterprise")(**values),
    EnterpriseKindSince: lambda fixture, **values: make_kind_since(fixture("make_enterprise"), **values),
    FormerName: lambda fixture, **values: make_former_name(fixture("make_enterprise"), **values),
    Complaint: lambda fixture, **values: make_complaint(fixture("cast"), fixture("make_enterprise"), **values),
    ViolationCase: lambda fixture, **values: make_case(fixture("cast"), fixture("make_enterprise"), **values),
    EnterpriseStaff: lambda fixture, **values: make_staff_file(fixture("make_enterprise"), **values),
    **INSPECTION_MAKERS,
    **BOOKING_MAKERS,
    **INTEGRITY_MAKERS,
    **LEDGER_MAKERS,
    **SERVICE_MAKERS,
    **OUTREACH_MAKERS,
    **ENERGY_MAKERS,
    **AUDIT_MAKERS,
    **FIGURE_MAKERS,
}


def page(row, name):
    meta = row._meta
    return reverse(
        f"admin:{meta.app_label}_{meta.model_name}_{name}", args=[] if name in ("changelist", "add") else [row.pk]
    )


def posted(client, url):
    """What the browser would send back for the form at ``url``, unchanged."""
    response = client.get(url)
    assert response.status_code == 200, url
    return values_of(response)


def values_of(response):
    data = {}
    for form in [response.context["adminform"].form, *all_forms(response)]:
        for bound in form:
            value = bound.value()
            if value is True:
                data[bound.html_name] = "True" if isinstance(bound.field, NullBooleanField) else "on"
            elif value is not None and value is not False and not hasattr(value, "read"):
                data[bound.html_name] = str(value)
    return data


def all_forms(response):
    for inline in response.context["inline_admin_formsets"]:
        yield inline.formset.management_form
        yield from inline.formset.initial_forms


def free_text_of(row, form):
    """A field of the form in which anything may be written; a record kind without one needs a way of its own."""
    texts = [
        f.name for f in row._meta.fields if isinstance(f, CharField | TextField) and not f.choices and f.name in form
    ]
    return next(
        name for name in texts if name not in {n for c in row._meta.constraints for n in getattr(c, "fields", ())}
    )


def is_everyones(row):
    return scoping.scope_of(type(row)) == scoping.EVERYONE


class RecordContract:
    """``row`` is kept by city A. Subclassed nowhere: ``tests/test_contracts.py`` runs it for every kind."""

    def test_list_page_works(self, client, cast, row):
        client.force_login(cast.clerk_a)
        response = client.get(page(row, "changelist"))
        assert response.status_code == 200
        assert response.context["cl"].result_count == 1

    def test_add_page_needs_clerk(self, client, cast, row):
        client.force_login(cast.clerk_a)
        assert client.get(page(row, "add")).status_code == 200
        client.force_login(cast.inspector_a)  # who records what happens at the place
        is_fieldwork = roles.area_of(type(row)) == "fieldwork"
        assert client.get(page(row, "add")).status_code == (200 if is_fieldwork else 403)
        client.force_login(cast.manager_a)  # who sets targets and says what figures mean
        is_of_figures = roles.area_of(type(row)) == "figure"
        assert client.get(page(row, "add")).status_code == (200 if is_of_figures else 403)
        for person in (cast.auditor, cast.system_admin, cast.security_admin):
            client.force_login(person)
            assert client.get(page(row, "add")).status_code == 403

    def test_other_office_gets_404(self, client, cast, row):
        """Of a kind that is everyone's, only its inside: the page shows who it is, and changes nothing."""
        client.force_login(cast.clerk_b)
        assert client.get(page(row, "history")).status_code == 404
        assert client.get(page(row, "change")).status_code == (200 if is_everyones(row) else 404)
        assert client.post(page(row, "change"), {}).status_code == (403 if is_everyones(row) else 404)
        for tail in ("void/", "unvoid/"):
            assert client.post(page(row, "change").replace("change/", tail), {}).status_code in (403, 404)

    def test_county_does_not_see_its_city(self, cast, row):
        rows = type(row).objects.all()
        assert scoping.visible_to(rows, cast.clerk_county).exists() == scoping.is_shared(type(row))
        assert not scoping.open_to(rows, cast.clerk_county).exists()
        assert not scoping.editable_by(rows, cast.clerk_county).exists()

    def test_voided_rows_and_history_are_seen_by_place(self, cast, row):
        records.void(row, by=cast.clerk_a, reason="重复")
        for queryset in (type(row).objects.all(), type(row).history.all()):
            assert not scoping.visible_to(queryset, cast.clerk_b).exists()
            assert scoping.visible_to(queryset, cast.manager_province).exists()

    def test_office_above_sees_and_edits(self, cast, row):
        assert scoping.visible_to(type(row).objects.all(), cast.manager_province).count() == 1
        assert scoping.editable_by(type(row).objects.all(), cast.clerk_province).count() == 1

    def test_administrators_see_no_records(self, client, cast, row):
        for person in (cast.auditor, cast.system_admin, cast.security_admin):
            assert not scoping.visible_to(type(row).objects.all(), person).exists()
            client.force_login(person)
            assert client.get(page(row, "changelist")).status_code == 403

    def test_saving_unchanged_writes_nothing(self, client, cast, row):
        client.force_login(cast.clerk_a)
        before = type(row).objects.values().get(pk=row.pk)
        response = client.post(page(row, "change"), posted(client, page(row, "change")))
        assert response.status_code == 302
        assert type(row).objects.values().get(pk=row.pk) == before

    def test_the_reason_of_a_change_stands_in_the_history(self, client, cast, row):
        client.force_login(cast.clerk_a)
        data = posted(client, page(row, "change"))
        assert client.post(page(row, "change"), {**data, "change_reason": "证书更正"}).status_code == 302
        assert row.history.first().history_change_reason == "证书更正"
        assert "证书更正" in client.get(page(row, "history")).content.decode()

    def test_second_saver_is_told(self, client, cast, row):
        client.force_login(cast.clerk_a)
        mine = posted(client, page(row, "change"))
        name = free_text_of(row, mine)
        theirs = type(row).objects.get(pk=row.pk)
        setattr(theirs, name, "他人所写")
        records.save(theirs, by=cast.manager_a)
        response = client.post(page(row, "change"), {**mine, name: "我所写"})
        assert response.status_code == 200
        assert [(d.theirs, d.mine) for d in response.context["differences"]] == [("他人所写", "我所写")]
        assert getattr(type(row).objects.get(pk=row.pk), name) == "他人所写"
        assert client.post(page(row, "change"), values_of(response)).status_code == 302
        assert getattr(type(row).objects.get(pk=row.pk), name) == "我所写"

    def test_a_newer_version_without_a_contest_is_no_obstacle(self, client, cast, row):
        client.force_login(cast.clerk_a)
        mine = posted(client, page(row, "change"))
        name = free_text_of(row, mine)
        records.save(type(row).objects.get(pk=row.pk), by=cast.manager_a)
        assert client.post(page(row, "change"), {**mine, name: "我所写"}).status_code == 302
        assert getattr(type(row).objects.get(pk=row.pk), name) == "我所写"

    def test_outdated_write_is_refused(self, cast, row):
        first, second = (type(row).objects.get(pk=row.pk) for _ in range(2))
        records.save(first, by=cast.clerk_a)
        with pytest.raises(records.Outdated):
            records.save(second, by=cast.manager_a)

    def test_every_change_keeps_the_values_before(self, cast, row):
        before = row.history.count()
        records.save(row, by=cast.manager_a, reason="更正")
        latest = row.history.first()
        assert row.history.count() == before + 1
        assert (latest.history_user, latest.history_change_reason) == (cast.manager_a, "更正")

    def test_row_added_in_bulk_keeps_its_first_values(self, cast, row):
        twin = type(row).objects.get(pk=row.pk)
        row.history.all().delete()  # as after a bulk entry, which writes no history
        type(row).objects.filter(pk=row.pk).update(version=1)
        twin.version = 1
        records.bulk_change([twin], ["office"], by=cast.clerk_a, reason="导入")
        assert [line.history_type for line in row.history.order_by("history_id")] == ["+", "~"]

    def test_voided_row_leaves_the_list_and_comes_back(self, client, cast, row):
        client.force_login(cast.clerk_a)
        void = page(row, "change").replace("change/", "void/")
        assert client.post(void, {"reason": ""}).status_code == 200  # a reason is asked for
        assert client.post(void, {"reason": "重复录入"}).status_code == 302
        row.refresh_from_db()
        assert (row.voided_by, row.void_reason) == (cast.clerk_a, "重复录入")
        assert client.get(page(row, "changelist")).context["cl"].result_count == 0
        assert client.get(page(row, "changelist") + "?voided=yes").context["cl"].result_count == 1
        assert client.post(page(row, "change"), {}).status_code == 403  # a voided row is not edited
        assert client.post(page(row, "change").replace("change/", "unvoid/")).status_code == 302
        row.refresh_from_db()
        assert row.voided_at is None

    def test_it_is_never_deleted(self, client, cast, row):
        client.force_login(cast.clerk_a)
        assert client.post(page(row, "delete"), {"post": "yes"}).status_code == 403
        assert type(row).objects.filter(pk=row.pk).exists()

    def test_old_version_cannot_be_written_back(self, client, cast, row):
        client.force_login(cast.clerk_a)
        version = row.history.first().pk
        url = page(row, "history") + f"{version}/"
        assert client.get(url).status_code == 200
        assert client.post(url, {}).status_code == 403

    def test_unique_among_rows_not_voided(self, cast, row):
        """Each unique constraint speaks through ``full_clean`` and holds in the database, for living rows only."""
        for constraint in [c for c in row._meta.constraints if hasattr(c, "fields") and c.fields]:
            if not type(row).objects.filter(constraint.condition or Q(), pk=row.pk).exists():
                continue  # of rows of another sort; the kind's own test has one
            twin = type(row).objects.get(pk=row.pk)
            twin.pk, twin.version = None, 1
            twin._state.adding = True
            for field in row._meta.concrete_fields:
                if field.unique and field.has_default():  # drawn anew for each row
                    setattr(twin, field.attname, field.get_default())
            with pytest.raises(ValidationError) as error:
                twin.validate_constraints()
            assert str(constraint.violation_error_message) in str(error.value.messages)
            with pytest.raises(IntegrityError), transaction.atomic():
                records.save(twin, by=cast.clerk_a)
            records.void(row, by=cast.clerk_a, reason="重复")
            twin.pk = None
            twin._state.adding = True
            records.save(twin, by=cast.clerk_a)
            row = twin

    def test_constraints_carry_a_sentence(self, row):
        from django.db.models import BaseConstraint

        silent = [
            constraint.name
            for constraint in row._meta.constraints
            if constraint.violation_error_message == BaseConstraint.default_violation_error_message
        ]
        assert silent == []
        prefix = f"{row._meta.app_label}_{row._meta.model_name}_"
        assert [c.name for c in row._meta.constraints if not c.name.startswith(prefix)] == []

    def test_nobody_moves_a_row_out_of_reach(self, client, cast, row):
        client.force_login(cast.clerk_a)
        data = posted(client, page(row, "change"))
        response = client.post(page(row, "change"), {**data, "office": cast.clerk_b.office_id})
        assert response.status_code == 200  # not among the choices: the form says so
        row.refresh_from_db()
        assert row.office == cast.clerk_a.office


class SheetContract:
    """``sheet`` is registered; ``row`` is a record of its model, kept by city A."""

    def test_template_is_understood_in_both_languages(self, sheet, cast, tmp_path):
        path = tmp_path / "template.xlsx"
        for written in ("zh-hans", "en"):
            with translation.override(written):
                write_template(sheet, cast.clerk_a.office, path)
            cells = [cell.value for cell in load_workbook(path).worksheets[0][1]]
            for read in ("zh-hans", "en"):
                with translation.override(read):
                    header = read_header(1, cells, sheet)
                assert header.unknown == []
                assert list(header.columns.values()) == list(sheet.columns)

    def test_export_imports_again_unchanged(self, sheet, row, cast, tmp_path):
        for suffix in ("xlsx", "csv"):
            for language in ("zh-hans", "en"):
                with translation.override(language):
                    path = tmp_path / f"export.{suffix}"
                    assert exporting.export(sheet, type(row).objects.all(), path) == 1
                    outcome = taken(sheet, path, cast.clerk_a)
                assert outcome.counts() == {"rows": 1, "created": 0, "updated": 0, "unchanged": 1, "failed": 0}

    def test_natural_key_is_held_by_a_constraint(self, sheet):
        unique = [c for c in sheet.model._meta.constraints if isinstance(c, UniqueConstraint)]
        keys = [set(c.fields) or names_in(c.expressions) for c in unique]
        assert set(sheet.natural_key) in keys

    def test_a_row_without_its_key_fails(self, sheet, cast):
        """A row that says something is counted and comes back; none is dropped without a word."""
        cells = {column.name: "" for column in sheet.columns} | {sheet.columns[-1].name: "x"}
        outcome = Importer(sheet, office=cast.clerk_a.office, by=cast.clerk_a).look([FileRow(2, cells)]).outcome
        assert (outcome.rows, outcome.failed) == (1, 1)
        assert outcome.errors

    def test_a_new_row_knows_its_import(self, sheet, row, cast, tmp_path):
        path = tmp_path / "export.xlsx"
        exporting.export(sheet, type(row).objects.all(), path)
        records.void(row, by=cast.clerk_a, reason="重新导入")
        outcome = taken(sheet, path, cast.clerk_a, import_id=77)
        assert outcome.created == 1, outcome.errors
        again = type(row).objects.not_voided().get()
        assert (again.import_id, again.import_row, again.created_by) == (77, 2, cast.clerk_a)


def names_in(expressions):
    """The fields that a constraint over expressions speaks of: rows alike in these are alike to it."""
    found = set()
    for each in expressions:
        found |= {each.name} if isinstance(each, F) else names_in(each.get_source_expressions())
    return found


def taken(sheet, path, by, **options):
    importer, outcome = Importer(sheet, office=by.office, by=by, **options), Outcome()
    with open_table(path, sheet) as table:
        for chunk in in_chunks(table.rows()):
            outcome.add(importer.take(chunk))
    return outcome


class IndicatorContract:
    """``indicator`` is registered; the database holds rows of what it counts in two cities and a county."""

    PERIODS = (Period.year(2016), Period(date(2016, 5, 10), date(2016, 5, 10)))

    def test_it_says_what_it_is(self, indicator):
        assert indicator.key and str(indicator.label) and str(indicator.unit) and str(indicator.definition)

    def test_parts_open_exactly_their_rows(self, indicator, rows):
        for period in self.PERIODS:
            for region in ("000000", "210000", "210100"):
                figure = compute([indicator], region, period)[0]
                if isinstance(indicator, Rate):
                    continue
                assert figure.value == amount(indicator, indicator.rows(period, region))
                for dimension, parts in figure.breakdowns.items():
                    for value, number in parts.items():
                        opened = part_rows(indicator, period, region, dimension, value)
                        assert number == amount(indicator, opened), (dimension, value)
                    if indicator.measure.is_additive:
                        assert sum(parts.values()) == figure.value, dimension

    def test_a_reader_sees_no_more_than_the_scope(self, indicator, rows, cast):
        if isinstance(indicator, Rate):
            return
        for person in (cast.clerk_a, cast.clerk_county, cast.manager_province):
            opened = indicator.rows(Period.year(2016), "000000", user=person)
            visible = scoping.visible_to(indicator.model.objects.all(), person)
            assert not opened.exclude(pk__in=visible.values("pk")).exists()
            figure = compute([indicator], "000000", Period.year(2016), user=person)[0]
            assert figure.value == amount(indicator, opened)

    def test_voided_rows_do_not_count(self, indicator, rows, cast):
        made = [row for kind in MAKERS for row in kind.objects.not_voided()]  # those that the rows hang on, too
        assert {(type(row), row.pk) for row in rows} <= {(type(row), row.pk) for row in made}
        for row in made:
            records.void(row, by=cast.clerk_province, reason="重复")
        succession.derive([row.pk for row in made if isinstance(row, Instrument)])  # as whoever writes them does
        figure = compute([indicator], "210000", Period.year(2016))[0]
        assert not figure.value


def part_rows(indicator, period, region, dimension, value):
    if dimension != "region":
        return indicator.rows(period, region, **{dimension: value})
    return indicator.rows(period, region, own_level=True) if value == region else indicator.rows(period, value)


def amount(indicator, rows):
    if isinstance(indicator.measure, Distinct):
        return rows.values(indicator.measure.path).distinct().count()
    if isinstance(indicator.measure, Stated) and not rows:
        return None
    if isinstance(indicator.measure, Sum):
        return sum(rows.values_list(indicator.measure.path, flat=True))
    return rows.count()
