"""Enterprises in Excel, and the column by which every other sheet refers to one."""

import csv
from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from bureau import records
from bureau.credit_code import completed
from bureau.exchange.columns.base import CellError
from bureau.exchange.context import Context, Lookups
from bureau.exchange.importing import Importer, Outcome
from bureau.exchange.layouts.table import FileRow
from bureau.exchange.models import Import
from bureau.exchange.sheets import BadRow, get_sheet
from enterprises.columns import EnterpriseColumn
from enterprises.models import Enterprise, EnterpriseKindSince, EnterpriseStaff, FormerName, IndustryClass
from tests.enterprise_makers import make_former_name, make_kind_since
from tests.importing import counts, imported, undone

pytestmark = pytest.mark.django_db
GOOD, OTHER = completed("9121010000000099"), completed("91210100MA0000X9")


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def take(cast, tmp_path):
    """Import rows, as dicts by heading; ``by`` clerk A unless stated."""

    def take(*rows, kind="enterprises", by=None):
        path = tmp_path / "in.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return imported(path, by or cast.clerk_a, kind)

    return take


def row(name="某某商店", code=GOOD, **more):
    return {"企业名称": name, "统一社会信用代码": code, "行政区划": "210100", **more}


def reasons(run):
    return list(run.problems.values_list("reason", flat=True))


# The sheet of enterprises ------------------------------------------------------------------------


def test_it_takes_what_bureaus_write(take):
    more = {"地址": "一号", "所属行业": "C40", "企业规模": "小型企业"}
    assert counts(take(row(f" {GOOD.lower()} ", **more) | {"企业名称": "某某 商店", "统一社会信用代码": GOOD})) == (
        1,
        0,
        0,
        0,
    )
    enterprise = Enterprise.objects.get()
    assert (enterprise.credit_code, enterprise.name, enterprise.name_key) == (GOOD, "某某 商店", "某某商店")
    assert (enterprise.industry.code, enterprise.size, enterprise.address) == ("40", "small", "一号")


@pytest.mark.parametrize(
    ("text", "code"),
    [("C", "C"), ("制造业", "C"), ("40", "40"), ("C40", "40"), ("1", "01"), ("仪器仪表制造业", "40"), ("83 教育", "83"),
     ("P 教育", "P"), ("教育", "P"), ("R", "R")],
)  # fmt: skip
def test_industries_by_code_or_name(cast, text, code):
    values = get_sheet("enterprises").validate(
        {"name": "某某", "credit_code": GOOD, "industry": text}, Context(cast.clerk_a.office)
    )
    assert IndustryClass.objects.get(pk=values["industry"]).code == code


def test_an_industry_goes_round_though_its_edition_ended(cast, make_enterprise):
    old = IndustryClass.objects.create(
        edition="GB/T 4754-2011", effective_to=date(2017, 9, 30), code="83", name="卫生", name_en="Health",
        level="division", section_code="Q",
    )  # fmt: skip
    column = get_sheet("enterprises").by_name["industry"]
    lookups = Lookups()
    column.prepare_render([old.pk], lookups)
    with translation.override("zh-hans"):
        written = column.render(old.pk, lookups)
    context = Context(cast.clerk_a.office)
    assert column.read(written, context) == old.pk
    assert column.read("83", context) == IndustryClass.objects.get(edition="GB/T 4754-2017", code="83").pk
    with pytest.raises(CellError):
        column.read("98", context)


def test_a_wrong_code_fails_unless_it_is_accepted_for_the_file(cast):
    wrong = GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1")
    rows = [FileRow(2, {"name": "某某商店", "credit_code": wrong})]
    sheet, office = get_sheet("enterprises"), cast.clerk_a.office
    refused = Importer(sheet, office=office, by=cast.clerk_a).take(rows)
    assert (refused.failed, refused.unverified) == (1, 1)
    taken = Importer(sheet, office=office, by=cast.clerk_a, accepts_unverified=True).take(rows)
    assert taken.created == 1
    assert Enterprise.objects.get().unverified == ["credit_code"]


def test_two_rows_with_one_code_are_one_enterprise(take):
    run = take(row(), row("另一商店"))
    assert counts(run) == (1, 0, 0, 1)
    assert len(reasons(run)) == 1
    assert Enterprise.objects.count() == 1


class TestWhichOneIsMeant:
    def test_the_code_decides(self, take, make_enterprise):
        enterprise = make_enterprise(name="旧名商店", credit_code=GOOD)
        assert counts(take(row("新名商店", GOOD))) == (0, 1, 0, 0)
        enterprise.refresh_from_db()
        assert enterprise.name == "新名商店"
        [former] = FormerName.objects.all()
        assert (former.name, former.until_on) == ("旧名商店", timezone.localdate() - timedelta(days=1))

    def test_a_row_with_a_code_completes_the_one_without(self, take, make_enterprise):
        enterprise = make_enterprise(name="某某商店", credit_code="")
        assert counts(take(row("某某（商店）", GOOD))) == (0, 1, 0, 0)
        enterprise.refresh_from_db()
        assert enterprise.credit_code == GOOD
        assert not FormerName.objects.exists()  # the same name, written otherwise

    def test_a_row_without_a_code_means_the_only_one_of_its_name(self, take, make_enterprise):
        enterprise = make_enterprise(name="某某商店", credit_code=GOOD)
        run = take({"企业名称": "某某商店", "行政区划": "210100", "地址": "一号"})
        assert counts(run) == (0, 1, 0, 0)
        enterprise.refresh_from_db()
        assert (enterprise.credit_code, enterprise.address) == (GOOD, "一号")

    def test_of_two_with_codes_none_is_guessed(self, take, make_enterprise):
        for code in (GOOD, OTHER):
            make_enterprise(name="某某商店", credit_code=code)
        assert counts(take({"企业名称": "某某商店", "地址": "一号"})) == (1, 0, 0, 0)
        assert Enterprise.objects.get(credit_code="").address == "一号"

    def test_another_code_is_another_enterprise(self, take, make_enterprise):
        make_enterprise(name="某某商店", credit_code=GOOD)
        assert counts(take(row("某某商店", OTHER))) == (1, 0, 0, 0)

    def test_the_region_counts(self, take, make_enterprise):
        make_enterprise(name="某某商店", credit_code="", region_id="210102")
        assert counts(take({"企业名称": "某某商店", "行政区划": "210100"})) == (1, 0, 0, 0)
        assert counts(take({"企业名称": "某某商店", "行政区划": "210102"})) == (0, 0, 1, 0)

    def test_another_offices_enterprise_is_not_changed(self, take, cast, make_enterprise):
        enterprise = make_enterprise(name="某某商店", credit_code=GOOD, by=cast.clerk_b)
        run = take(row("某某商店", GOOD, 地址="一号"))
        assert counts(run) == (0, 0, 0, 1)
        enterprise.refresh_from_db()
        assert enterprise.address == ""


def test_an_import_again_changes_nothing_and_its_undo_takes_all_back(take, cast, make_enterprise):
    enterprise = make_enterprise(name="旧名商店", credit_code=GOOD)
    rows = (row("新名商店", GOOD), {**row("无码商店"), "统一社会信用代码": ""})
    run = take(*rows)
    assert counts(run) == (1, 1, 0, 0)
    assert counts(take(*rows)) == (0, 0, 2, 0)
    undone(run, cast.clerk_a)
    enterprise.refresh_from_db()
    assert (enterprise.name, enterprise.name_key) == ("旧名商店", "旧名商店")
    assert not FormerName.objects.not_voided().exists()
    assert [each.name for each in Enterprise.objects.not_voided()] == ["旧名商店"]


# The column that refers to one -------------------------------------------------------------------


@pytest.fixture
def column():
    column = EnterpriseColumn()
    column.bind(EnterpriseStaff)
    return column


def test_an_enterprise_by_code_name_and_former_name(cast, make_enterprise, column):
    enterprise = make_enterprise(name="某某（大）商店", credit_code=GOOD, by=cast.clerk_b)
    make_former_name(make_enterprise, enterprise=enterprise, name="旧名厂", credit_code=OTHER)
    for text in (
        GOOD,
        GOOD.lower(),
        f" {GOOD} ",
        f"{GOOD} 某某（大）商店",
        "某某(大)商店",
        "某某大商店",
        "旧名厂",
        OTHER,
    ):
        assert column.read(text, Context(cast.clerk_a.office)) == enterprise.pk, text
    context = Context(cast.clerk_a.office)
    column.read("旧名厂", context)
    assert list(context.interpretations) == [("enterprise", "旧名厂", "某某（大）商店")]


@pytest.mark.parametrize("text", ["某某", "某某商", OTHER, f"{OTHER} 某某商店", "210102 某某商店", "——"])
def test_what_is_not_on_record_is_refused(cast, make_enterprise, column, text):
    make_enterprise(name="某某商店", credit_code=GOOD)
    with pytest.raises(CellError, match="No enterprise has this code or name"):
        column.read(text, Context(cast.clerk_a.office))


def test_a_name_of_several_needs_a_code(cast, make_enterprise, column):
    first = make_enterprise(name="某某商店", credit_code="")
    make_enterprise(name="某某商店", credit_code="", region_id="210102")
    with pytest.raises(CellError, match="Several enterprises"):
        column.read("某某商店", Context(cast.clerk_a.office))
    assert column.read("210100 某某商店", Context(cast.clerk_a.office)) == first.pk


def test_what_it_writes_it_reads(cast, make_enterprise, column):
    rows = [
        make_enterprise(name="某某商店", credit_code=GOOD),
        make_enterprise(name="某某商店", credit_code=""),
        make_enterprise(name="某某商店", credit_code="", region_id="210102"),
        make_enterprise(name="210102 ABC", credit_code=OTHER),
    ]
    keys, lookups = [each.pk for each in rows], Lookups()
    column.prepare_render(keys, lookups)
    context = Context(cast.clerk_a.office)
    assert [column.read(column.render(pk, lookups), context) for pk in keys] == keys


def test_a_chunk_costs_two_queries(cast, make_enterprise, column, django_assert_num_queries):
    texts = [make_enterprise().name for _ in range(30)]
    context = Context(cast.clerk_a.office)
    column.prepare(["另一商店"], context)  # what is asked once, such as the regions
    with django_assert_num_queries(2):
        column.prepare(texts, context)
        column.read_all(texts, context)


def test_a_voided_one_is_unknown_and_a_merged_one_is_found_at_the_other(cast, make_enterprise, column):
    from enterprises import merging

    kept, double = make_enterprise(name="某某商店", credit_code=GOOD), make_enterprise(name="旧名厂", credit_code=OTHER)
    merging.merge(kept=kept, double=double, by=cast.clerk_a, reason="同一企业")
    for text in (OTHER, "旧名厂"):
        assert column.read(text, Context(cast.clerk_a.office)) == kept.pk
    records.void(kept, by=cast.clerk_a, reason="歇业")
    with pytest.raises(CellError):
        column.read(GOOD, Context(cast.clerk_a.office))


# Kinds by date -----------------------------------------------------------------------------------


def kind_row(enterprise, begins="2016-01-01", ends="", kind="重点用能单位"):
    return {"企业名称": enterprise.name, "类别": kind, "起始日期": begins, "终止日期": ends}


def test_a_list_of_key_units(take, make_enterprise):
    first, second = make_enterprise(), make_enterprise()
    rows = (kind_row(first), kind_row(second, ends="2016-12-31"))
    assert counts(take(*rows, kind="enterprise-kinds")) == (2, 0, 0, 0)
    assert set(Enterprise.objects.of_kind("key_energy", date(2016, 12, 31))) == {first, second}
    assert counts(take(*rows, kind="enterprise-kinds")) == (0, 0, 2, 0)
    assert counts(take(kind_row(first, ends="2016-06-30"), kind="enterprise-kinds")) == (0, 1, 0, 0)


def test_spans_that_overlap_are_refused(take, make_enterprise):
    enterprise = make_enterprise()
    make_kind_since(make_enterprise, enterprise=enterprise, begins_on=date(2015, 1, 1))
    run = take(kind_row(enterprise), kind_row(enterprise, kind="集贸市场"), kind="enterprise-kinds")
    assert counts(run) == (1, 0, 0, 1)
    assert "is recorded twice" in reasons(run)[0]
    assert EnterpriseKindSince.objects.count() == 2


def test_the_entry_of_another_office_is_not_touched(take, cast, make_enterprise):
    enterprise = make_enterprise(by=cast.clerk_b)
    run = take(kind_row(enterprise), kind="enterprise-kinds")
    assert counts(run) == (0, 0, 0, 1)
    run = take({"企业名称": enterprise.name, "曾用名": "旧名厂"}, kind="enterprise-former-names")
    assert counts(run) == (0, 0, 0, 1)
    assert Import.objects.count() == 2
    assert not EnterpriseKindSince.objects.exists() and not FormerName.objects.exists()


def test_a_file_of_staff_refers_to_any_enterprise(take, cast, make_enterprise):
    enterprise = make_enterprise(by=cast.clerk_b)
    staff = {"单位名称": enterprise.name, "姓名": "张某", "档案号": "007", "岗位": "检定", "建档日期": "2016.5.10"}
    assert counts(take(staff, kind="enterprise-staff")) == (1, 0, 0, 0)
    file = EnterpriseStaff.objects.get()
    assert (file.enterprise, file.work, file.office) == (enterprise, "verification", cast.clerk_a.office)
    assert counts(take({**staff, "建档日期": "2016-05-11"}, kind="enterprise-staff")) == (0, 1, 0, 0)


def test_a_person_cannot_leave_before_the_file_was_opened(cast, make_enterprise):
    enterprise = make_enterprise()
    cells = {"enterprise": enterprise.name, "name": "张某", "file_no": "7", "archived_on": "2016-05-10"}
    with pytest.raises(BadRow, match="cannot leave before"):
        get_sheet("enterprise-staff").validate({**cells, "left_on": "2016-05-09"}, Context(cast.clerk_a.office))


def test_outcome_counts_are_those_of_the_preview(cast, make_enterprise):
    make_enterprise(name="某某商店", credit_code="")
    importer = Importer(get_sheet("enterprises"), office=cast.clerk_a.office, by=cast.clerk_a)
    rows = [
        FileRow(2, {"name": "某某商店", "credit_code": GOOD}),
        FileRow(3, {"name": "另一商店", "credit_code": OTHER}),
    ]
    sight = importer.look(rows)
    assert isinstance(sight.outcome, Outcome)
    assert (sight.outcome.created, sight.outcome.updated) == (1, 1)
    taken = Importer(get_sheet("enterprises"), office=cast.clerk_a.office, by=cast.clerk_a).take(rows)
    assert (taken.created, taken.updated) == (1, 1)
