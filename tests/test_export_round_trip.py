"""An export imports again with every row unchanged, whatever the records hold."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bureau import records
from bureau.exchange.importing import Importer, in_chunks
from bureau.exchange.layouts.table import open_table
from bureau.exchange.outcome import Outcome
from bureau.exchange.sheets import get_sheet
from bureau.exchange.writing import exporting
from tests import random_export
from tests.random_export import AWKWARD, a_standard, a_verification, standard

SUFFIXES = [".xlsx", ".csv"]
any_records = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def goes_round(cast, tmp_path):
    """Keeps rows of a sheet's kind, exports them, imports the file, and forgets all."""

    def goes_round(key, rows, suffix):
        sheet, path, by = get_sheet(key), tmp_path / f"out{suffix}", cast.clerk_a
        with transaction.atomic():
            records.bulk_add(rows, by=by)
            before = list(sheet.rows().order_by("pk").values())
            exporting.export(sheet, sheet.rows(), path)
            outcome = took(path, sheet, by)
            after = list(sheet.rows().order_by("pk").values())
            transaction.set_rollback(True)
        assert outcome.errors == []
        assert outcome.counts() == {
            "rows": len(rows),
            "created": 0,
            "updated": 0,
            "unchanged": len(rows),
            "failed": 0,
        }
        assert after == before

    return goes_round


def took(path, sheet, by):
    importer, outcome = Importer(sheet, office=by.office, by=by, import_id=7), Outcome()
    with open_table(path, sheet) as table:
        for chunk in in_chunks(table.rows()):
            outcome.add(importer.take(chunk))
    return outcome


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_awkward_texts(cast, goes_round, suffix):
    rows = [
        standard(cast.clerk_a.office, number, name=text or "x", holder=text or "x", place=text, remark=text)
        for number, text in enumerate(AWKWARD)
    ]
    goes_round("standards", rows, suffix)


@any_records
@given(st.lists(st.fixed_dictionaries(random_export.STANDARD), min_size=1, max_size=8), st.sampled_from(SUFFIXES))
def test_any_standard(goes_round, cast, drawn, suffix):
    office = cast.clerk_a.office
    goes_round("standards", [a_standard(office, number, values) for number, values in enumerate(drawn)], suffix)


@any_records
@given(st.lists(st.fixed_dictionaries(random_export.VERIFICATION), min_size=1, max_size=8), st.sampled_from(SUFFIXES))
def test_any_verification(goes_round, cast, drawn, suffix):
    office = cast.clerk_a.office
    rows = [a_verification(office, number, values) for number, values in enumerate(drawn)]
    goes_round("trial-verifications", rows, suffix)
