"""Merging a double: every record and every sum is kept, an enterprise less is counted, and the undo is exact."""

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bureau import records
from bureau.models import Attachment
from bureau.reporting import indicators
from bureau.reporting.indicators import Distinct, Indicator, Sum
from bureau.reporting.periods import Period
from enterprises import merging
from enterprises.checks import rows_about_an_enterprise_are_tracked
from enterprises.models import (
    Contact,
    Enterprise,
    EnterpriseKindSince,
    EnterpriseMerge,
    EnterpriseStaff,
    FormerName,
    IndustryClass,
)
from enterprises.pointers import Pointer, pointers
from tests.contracts import MAKERS
from tests.enterprise_makers import make_contact, make_kind_since, make_paper, make_staff_file

pytestmark = pytest.mark.django_db
YEAR = Period.year(2016)
# Kinds that point to an enterprise and are no record kinds: those have their makers in the contracts.
OTHER_MAKERS = {
    Contact: lambda fixture, **values: make_contact(fixture("make_enterprise"), **values),
    Attachment: lambda fixture, **values: make_paper(fixture("make_enterprise"), **values),
}
STAMPS = {"version", "updated_by_id", "updated_at"}


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


def maker_of(pointer):
    maker = {**MAKERS, **OTHER_MAKERS}.get(pointer.model)
    assert maker, f"{pointer.model.__name__} points to an enterprise: give the merge test a maker that takes it."
    return maker


def snapshot(model):
    """The rows as they stand, without the stamps of their last change."""
    return {
        row["id"]: {name: value for name, value in row.items() if name not in STAMPS}
        for row in model._default_manager.values()
    }


def amounts():
    """Of each figure what it counts: a sum, a number of rows, or the set of keys that it tells apart."""
    found = {}
    for indicator in indicators.every():
        if not isinstance(indicator, Indicator):
            continue
        rows = indicator.rows(YEAR, "000000")
        if isinstance(indicator.measure, Distinct):
            found[indicator.key] = set(rows.values_list(indicator.measure.path, flat=True))
        elif isinstance(indicator.measure, Sum):
            found[indicator.key] = sum(value or 0 for value in rows.values_list(indicator.measure.path, flat=True))
        else:
            found[indicator.key] = rows.count()
    return found


def counts_enterprises(key):
    """Whether a figure tells enterprises apart."""
    indicator = indicators.get(key)
    if not isinstance(indicator.measure, Distinct):
        return False
    steps = indicator.measure.path.removesuffix("_id").split("__")
    model = indicator.model
    for step in steps:
        field = model._meta.get_field(step)
        model = field.related_model
    return model is Enterprise


def plant(draw, fixture, enterprises):
    """A few rows of every kind about each enterprise, some of them voided."""
    for pointer in pointers():
        for enterprise in enterprises:
            for _ in range(draw(st.integers(0, 2))):
                try:
                    with transaction.atomic():
                        row = maker_of(pointer)(fixture, **{pointer.field: enterprise})
                except (IntegrityError, ValidationError):  # a second one of what an enterprise has once
                    continue
                if draw(st.integers(0, 4)) == 0:
                    records.void(row, by=None, reason="重复录入")


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_a_merge_keeps_every_record_and_its_undo_is_exact(cast, make_enterprise, request, data):
    with transaction.atomic():
        _merge_and_undo(data.draw, cast, make_enterprise, request.getfixturevalue)
        transaction.set_rollback(True)


def _merge_and_undo(draw, cast, make_enterprise, fixture):
    codes = st.sampled_from([None, ""])
    identity = [
        {"name": draw(st.sampled_from([f"甲{number}商店", "同名商店"])), "address": draw(st.sampled_from(["", "一号"]))}
        | ({} if draw(codes) is None or number == 2 else {"credit_code": ""})
        for number in range(3)
    ]
    if not identity[0].get("credit_code", "有") and not identity[1].get("credit_code", "有"):
        identity[1]["name"] = "另名商店"  # without codes, one name stands once in a region
    kept, double, bystander = (make_enterprise(**values) for values in identity)
    plant(draw, fixture, (kept, double, bystander))
    for row, _twin in merging.plan(kept, double).obstacles:
        records.void(row, by=cast.clerk_a, reason="同一用能单位")  # what a clerk is told to do first
    kinds = pointers()
    tracked = {pointer.model for pointer in kinds} | {Enterprise}
    before, figures = {model: snapshot(model) for model in tracked}, amounts()

    planned = merging.plan(kept, double)
    assert planned.obstacles == []
    clashes = {(type(row), row.pk) for moves in planned.kinds for row, _twin in moves.clashing}
    done = merging.merge(kept=kept, double=double, by=cast.clerk_a, reason="同一企业")

    _everything_moved(kinds, before, kept, double, clashes)
    _figures_stand(figures, amounts(), kept, double, tells=not clashes)
    assert merging.undo(done, by=cast.clerk_a) == []
    for model in tracked:
        after = snapshot(model)
        assert {pk: after[pk] for pk in before[model]} == before[model], model
        assert all(after[pk]["voided_at"] for pk in after.keys() - before[model].keys()), model
    assert amounts() == figures


def _everything_moved(kinds, before, kept, double, clashes):
    for pointer in kinds:
        rows = before[pointer.model]
        for pk, row in snapshot(pointer.model).items():
            if pk not in rows:
                assert pointer.model is FormerName  # the double's name, under which papers know it
                continue
            was = rows[pk]
            was_here = was[pointer.attribute] == double.pk
            if pointer.kind_field:
                kind = ContentType.objects.get_for_model(Enterprise).pk
                was_here = was_here and was[f"{pointer.kind_field}_id"] == kind
            if (pointer.model, pk) in clashes:
                assert was_here
                assert row["voided_at"] is not None
            else:
                assert row == ({**was, pointer.attribute: kept.pk} if was_here else was)
            if was_here:
                line = pointer.model.history.filter(id=pk).first()
                assert line.history_change_reason.endswith("同一企业")
    double.refresh_from_db()
    assert (double.merged_into_id, double.is_voided) == (kept.pk, True)


def _figures_stand(before, after, kept, double, *, tells):
    for key, amount in before.items():
        if counts_enterprises(key):
            assert after[key] == {kept.pk if pk == double.pk else pk for pk in amount}, key
        elif tells:
            assert after[key] == amount, key


def test_every_pointer_can_be_moved_with_its_history():
    assert rows_about_an_enterprise_are_tracked() == []
    found = {(pointer.model, pointer.field) for pointer in pointers()}
    assert {
        (EnterpriseStaff, "enterprise"),
        (FormerName, "enterprise"),
        (Contact, "enterprise"),
        (EnterpriseKindSince, "enterprise"),
        (Attachment, "object_id"),
    } <= found
    assert not {field for _model, field in found} & {"kept", "double", "merged_into"}


def test_every_kind_about_an_enterprise_has_a_maker():
    """Else the property above would say nothing of it; a part of a record may stand in ``OTHER_MAKERS``."""
    for pointer in pointers():
        assert maker_of(pointer)


def test_an_untracked_pointer_is_an_error_at_start(monkeypatch):
    monkeypatch.setattr("enterprises.checks.untracked", lambda: [Pointer(EnterpriseMerge, "kept")])
    [problem] = rows_about_an_enterprise_are_tracked()
    assert problem.id == "enterprises.E001"


def test_counts_of_enterprises_fall_by_the_double(cast, make_enterprise):
    kept, double, other = (make_enterprise(kinds=("key_energy",)) for _ in range(3))
    for enterprise in (kept, double, other):
        make_staff_file(make_enterprise, enterprise=enterprise, archived_on=date(2016, 3, 1))
    assert len(amounts()["people.archived_units"]) == len(amounts()["enterprises.of_kind"]) == 3
    merging.merge(kept=kept, double=double, by=cast.clerk_a, reason="同一企业")
    assert len(amounts()["people.archived_units"]) == len(amounts()["enterprises.of_kind"]) == 2
    assert amounts()["people.archived"] == 3
    assert Enterprise.objects.not_voided().count() == 2


def test_two_files_under_one_number_stop_the_merge(cast, make_enterprise):
    kept, double = make_enterprise(), make_enterprise()
    for enterprise in (kept, double):
        make_staff_file(make_enterprise, enterprise=enterprise, name="张某", file_no="7")
    with pytest.raises(ValidationError, match="张某 7"):
        merging.merge(kept=kept, double=double, by=cast.clerk_a, reason="同一企业")
    assert not EnterpriseMerge.objects.exists()
    records.void(EnterpriseStaff.objects.get(enterprise=double), by=cast.clerk_a, reason="重复")
    merging.merge(kept=kept, double=double, by=cast.clerk_a, reason="同一企业")
    assert EnterpriseStaff.objects.filter(enterprise=kept).count() == 2


def test_a_kind_that_both_have_is_not_kept_twice(cast, make_enterprise):
    kept, double = make_enterprise(kinds=("fuel",)), make_enterprise(kinds=("fuel", "retail"))
    make_kind_since(make_enterprise, enterprise=double, kind_id="lpg", begins_on=date(2015, 1, 1))
    done = merging.merge(kept=kept, double=double, by=cast.clerk_a, reason="同一企业")
    kinds = EnterpriseKindSince.objects.not_voided().filter(enterprise=kept)
    assert sorted(kinds.values_list("kind", flat=True)) == ["fuel", "lpg", "retail"]
    assert EnterpriseKindSince.objects.not_voided().filter(enterprise=double).count() == 0
    merging.undo(done, by=cast.clerk_a)
    assert EnterpriseKindSince.objects.not_voided().filter(enterprise=double).count() == 3


def test_the_one_that_stays_learns_what_it_did_not_know(cast, make_enterprise):
    industry = IndustryClass.objects.get(code="40")
    kept = make_enterprise(name="某某仪器厂", credit_code="", address="")
    double = make_enterprise(name="某某仪器有限公司", address="一号", industry=industry, size="small")
    code = double.credit_code
    done = merging.merge(kept=kept, double=double, by=cast.clerk_a, reason="更名")
    kept.refresh_from_db()
    assert (kept.credit_code, kept.address, kept.industry, kept.size) == (code, "一号", industry, "small")
    assert [(former.name, former.credit_code) for former in kept.former_names.all()] == [("某某仪器有限公司", "")]
    assert Enterprise.objects.not_voided().called("某某仪器有限公司").get() == kept

    kept.address = "二号"
    records.save(kept, by=cast.clerk_a)
    assert merging.undo(done, by=cast.clerk_a) == ["address was changed since and stays."]
    for enterprise in (kept, double):
        enterprise.refresh_from_db()
    assert (kept.credit_code, kept.address, kept.industry, kept.size) == ("", "二号", None, "")
    assert (double.credit_code, double.is_voided, double.merged_into) == (code, False, None)
    assert not Enterprise.objects.called("某某仪器有限公司").filter(pk=kept.pk).exists()


def test_a_wrong_code_stays_known_as_a_former_one(cast, make_enterprise):
    kept, double = make_enterprise(name="某某商店"), make_enterprise(name="某某商店")
    merging.merge(kept=kept, double=double, by=cast.clerk_a, reason="代码录错")
    assert FormerName.objects.not_voided().get(enterprise=kept).credit_code == double.credit_code


def test_merges_are_undone_from_the_last_one(cast, make_enterprise):
    first, second, third = (make_enterprise() for _ in range(3))
    file = make_staff_file(make_enterprise, enterprise=first)
    inner = merging.merge(kept=second, double=first, by=cast.clerk_a, reason="一")
    outer = merging.merge(kept=third, double=second, by=cast.clerk_a, reason="二")
    with pytest.raises(ValidationError, match="undo that first"):
        merging.undo(inner, by=cast.clerk_a)
    merging.undo(outer, by=cast.clerk_a)
    merging.undo(inner, by=cast.clerk_a)
    file.refresh_from_db()
    assert file.enterprise == first
    with pytest.raises(ValidationError, match="undone already"):
        merging.undo(inner, by=cast.clerk_a)


def test_a_record_that_went_elsewhere_since_stays_there(cast, make_enterprise):
    kept, double, other = (make_enterprise() for _ in range(3))
    file = make_staff_file(make_enterprise, enterprise=double)
    done = merging.merge(kept=kept, double=double, by=cast.clerk_a, reason="同一企业")
    file.refresh_from_db()
    file.enterprise = other
    records.save(file, by=cast.clerk_a)
    [sentence] = merging.undo(done, by=cast.clerk_a)
    assert "1" in sentence
    file.refresh_from_db()
    assert file.enterprise == other


def test_an_undo_that_would_make_two_of_one_code_is_refused(cast, make_enterprise):
    kept, double = make_enterprise(), make_enterprise()
    done = merging.merge(kept=kept, double=double, by=cast.clerk_a, reason="同一企业")
    make_enterprise(credit_code=double.credit_code)
    with pytest.raises(ValidationError, match="unified social credit code"):
        merging.undo(done, by=cast.clerk_a)
    double.refresh_from_db()
    assert double.is_voided


@pytest.mark.parametrize("case", ["itself", "voided"])
def test_what_cannot_be_merged(cast, make_enterprise, case):
    kept = make_enterprise()
    double = kept if case == "itself" else make_enterprise()
    if case == "voided":
        records.void(double, by=cast.clerk_a, reason="歇业")
    with pytest.raises(ValidationError):
        merging.merge(kept=kept, double=double, by=cast.clerk_a, reason="同一企业")
