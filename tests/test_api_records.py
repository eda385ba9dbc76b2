"""The JSON interface on records: what is told of them, at what cost, and how changes are followed."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bureau import records
from bureau.api import pages
from bureau.api.values import type_of
from bureau.exchange.sheets import all_sheets, get_sheet
from standards.models import MeasurementStandard
from tests import institutions, standard_parts
from tests.api_calls import ROOT, STANDARDS, YEAR, as_json, ask, ids
from tests.contracts import MAKERS
from tests.enterprise_makers import make_former_name
from tests.ledger_makers import make_verification

pytestmark = pytest.mark.django_db


class TestRecords:
    def test_kinds_are_those_of_the_sheets(self, read):
        kinds = read("sheets")
        assert [kind["kind"] for kind in kinds] == [sheet.key for sheet in all_sheets()]
        for kind in kinds:
            names = [column.name for column in get_sheet(kind["kind"]).columns]
            assert [column["name"] for column in kind["columns"]] == names
            for column in kind["columns"]:
                assert column["label"] and bool(column["choices"]) == (column["type"] == "choice"), column
        assert {column["type"] for kind in kinds for column in kind["columns"]} == {
            "text", "reference", "region", "choice", "boolean", "date", "datetime", "integer", "number",
        }  # fmt: skip

    @pytest.mark.parametrize("sheet", all_sheets(), ids=lambda sheet: sheet.key)
    def test_every_kind_is_read_at_a_constant_cost(self, sheet, request, client, secret, read):
        """Typed as the catalogue says, and with as many queries for four rows as for one."""
        path = f"sheets/{sheet.key}/records"
        MAKERS[sheet.model](request.getfixturevalue)
        counts = []
        for more in (0, 3):
            for _row in range(more):
                MAKERS[sheet.model](request.getfixturevalue)
            read(path)
            with CaptureQueriesContext(connection) as asked:
                page = read(path)
            counts.append(len(asked))
        assert counts[0] == counts[1], [query["sql"] for query in asked]
        assert page["records"], "the maker's rows are not in this sheet"
        for record in page["records"]:
            assert set(record) == {"id", "version", "office", "region", "changed_at", "values"}
            assert (record["office"][:6], record["region"][:4]) == ("210100", "2101")
            for column in sheet.columns:
                self.check_type(type_of(column), record["values"][column.name], column)

    def check_type(self, kind, value, column):
        if value is None:
            return
        if kind == "boolean":
            assert isinstance(value, bool)
        elif kind == "integer":
            assert isinstance(value, int) and not isinstance(value, bool)
        elif kind == "number":
            assert isinstance(value, int | float) and not isinstance(value, bool)
        elif kind == "date":
            assert f"{datetime.fromisoformat(value):%Y-%m-%d}" == value
        elif kind == "datetime":
            assert timezone.is_aware(datetime.fromisoformat(value))
        elif kind == "choice":
            assert value in dict(column.options())
        else:
            assert isinstance(value, str)

    def test_values_are_typed(self, cast, make_standard, make_enterprise, read):
        make_standard(name="砝码")
        [record] = read(STANDARDS)["records"]
        values = record["values"]
        assert (record["version"], record["office"], record["region"]) == (1, "210100-01", "210100")
        assert (values["name"], values["kind"], values["region"]) == ("砝码", "public", "210100")
        assert (values["issued_on"], values["original_value"], values["remark"]) == ("2016-05-10", None, "")
        make_verification(cast, make_enterprise, fee=Decimal("12.50"), fee_waived=Decimal(0))
        [record] = read("sheets/verifications/records")["records"]
        values = record["values"]
        assert (values["fee"], values["quantity"], values["is_free"], values["requested_at"]) == (12.5, 1, False, None)

    def test_a_time_has_its_offset(self, cast, make_enterprise, read):
        at = timezone.make_aware(datetime(2016, 6, 1, 8, 30))
        make_verification(
            cast, make_enterprise, is_emergency=True, requested_at=at, finished_at=at + timedelta(hours=1)
        )
        [record] = read("sheets/verifications/records")["records"]
        assert record["values"]["requested_at"] == "2016-06-01T08:30:00+08:00"

    def test_what_the_language_changes_is_labels_alone(self, client, make_standard, secret):
        make_standard()
        chinese, english = (ask(client, secret, STANDARDS, language=each).json() for each in ("zh-hans", "en"))
        assert chinese["records"] == english["records"]
        assert ask(client, secret, "sheets", language="zh-hans").json() != ask(client, secret, "sheets").json()

    def test_pages_follow_each_other(self, make_standard, read):
        rows = [make_standard().pk for _row in range(5)]
        first = read(STANDARDS, limit=2)
        assert (ids(first), first["next"]) == (rows[:2], rows[1])
        second = read(STANDARDS, limit=2, after=first["next"])
        assert (ids(second), second["next"]) == (rows[2:4], rows[3])
        third = read(STANDARDS, limit=2, after=second["next"])
        assert (ids(third), third["next"]) == (rows[4:], None)
        assert read(STANDARDS, limit=5)["next"] is None
        of_figure = read("figures/standards.established/records", limit=2, after=rows[1], **YEAR)
        assert (ids(of_figure), of_figure["next"]) == (rows[2:4], rows[3])

    @pytest.mark.parametrize("path", [STANDARDS, "figures/standards.established/records?year=2016"])
    def test_a_page_asks_as_often_for_30_rows_as_for_3(self, client, secret, make_standard, path):
        path, _sign, query = path.partition("?")
        asked_for = dict(each.split("=") for each in query.split("&") if each)
        counts = []
        for more in (3, 27):
            for _row in range(more):
                make_standard()
            ask(client, secret, path, **asked_for)
            with CaptureQueriesContext(connection) as asked:
                assert len(ask(client, secret, path, **asked_for).json()["records"]) in (3, 30)
            counts.append(len(asked))
        # Token and office, the page's numbers, its rows, the names of the fields.
        assert counts == [4, 4], [each["sql"] for each in asked]


class TestChanges:
    def since(self, read, moment, path=STANDARDS):
        return read(path, changed_since=moment.isoformat())["records"]

    def test_it_works(self, cast, make_standard, read):
        row, other = make_standard(), make_standard()
        as_of = datetime.fromisoformat(read(STANDARDS)["as_of"])
        assert self.since(read, as_of + timedelta(seconds=1)) == []
        other.remark = "改"
        records.save(other, by=cast.clerk_a)
        [changed] = self.since(read, as_of)
        assert (changed["id"], changed["version"], changed["values"]["remark"]) == (other.pk, 2, "改")
        assert ids(read(STANDARDS)) == [row.pk, other.pk]

    def gone(self, row):
        """All that is told of a voided row."""
        row.refresh_from_db()
        return {"id": row.pk, "voided": True, "version": row.version, "voided_at": as_json(row.voided_at)}

    def test_of_a_voided_row_is_told_when_alone(self, cast, make_standard, read):
        row, as_of = make_standard(), timezone.now()
        records.void(row, by=cast.clerk_a, reason="重复")
        assert ids(read(STANDARDS)) == []
        assert self.since(read, as_of) == [self.gone(row)]
        assert row.version == 2
        records.unvoid(MeasurementStandard.objects.get(), by=cast.clerk_a)
        [record] = self.since(read, as_of)
        assert record["values"]["name"] == row.name

    def test_a_voided_row_of_others_is_told_to_nobody_else(self, cast, make_standard, read):
        row = make_standard(by=cast.clerk_b)
        records.void(row, by=cast.clerk_b, reason="重复")
        assert self.since(read, timezone.now() - timedelta(days=1)) == []

    def test_a_row_of_everybodys_that_another_office_voided_is_told_and_nothing_else_of_it(
        self, cast, make_enterprise, read
    ):
        row = make_enterprise(by=cast.clerk_b, name="某某衡器厂")
        name = make_former_name(make_enterprise, by=cast.clerk_b, enterprise=row)
        enterprises, names = "sheets/enterprises/records", "sheets/enterprise-former-names/records"
        assert ids(read(enterprises)) == [row.pk]
        as_of = timezone.now()
        records.void(row, by=cast.clerk_b, reason="重复")
        assert ids(read(enterprises)) == ids(read(names)) == []
        assert self.since(read, as_of, enterprises) == [self.gone(row)]
        assert self.since(read, as_of, names) == [{"id": name.pk, "voided": True, "version": 1}]
        assert self.since(read, timezone.now() + timedelta(seconds=1), enterprises) == []

    def test_what_hangs_on_a_voided_record_goes_with_it(self, cast, make_standard, read):
        device, path = standard_parts.make_device(make_standard, cast), "sheets/standard_devices/records"
        as_of = timezone.now()
        assert self.since(read, as_of, path) == []
        records.void(device.standard, by=cast.clerk_a, reason="重复")
        assert self.since(read, as_of, path) == [{"id": device.pk, "voided": True, "version": 1}]

    def test_what_is_in_another_list_is_not_in_this_one(self, cast, read):
        """A kind of rows may have two lists; what comes into the one and leaves the other is told in both."""
        row, as_of = institutions.make_specification(cast, planned_on=None), timezone.now() - timedelta(hours=1)
        [record] = self.since(read, as_of, "sheets/specifications/records")
        assert record["values"]["number"] == row.number
        [gone] = self.since(read, as_of, "sheets/specification_plans/records")
        assert gone == {"id": row.pk, "voided": True, "version": record["version"]}

    def test_the_way_to_a_record_is_followed_to_its_top(self):
        condition = str(pages.changed_since(get_sheet("device_traces").model, timezone.now()))
        for path in ("updated_at__gte", "device__updated_at__gte", "device__standard__updated_at__gte"):
            assert f"'{path}'" in condition

    @pytest.mark.parametrize(
        "text", ["2016-06-01T08:00:00+08:00", "2016-06-01T08:00:00Z", "2016-06-01T08:00", "2016-06-01"]
    )
    def test_times_are_read(self, make_standard, read, text):
        make_standard()
        assert len(read(STANDARDS, changed_since=text)["records"]) == 1

    def test_a_plus_that_was_not_escaped_is_one(self, client, secret, make_standard):
        make_standard()
        answer = ask(client, secret, f"{ROOT}{STANDARDS}?changed_since=2016-06-01T08:00:00+08:00")
        assert len(answer.json()["records"]) == 1
