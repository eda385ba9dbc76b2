"""C-mark declarations with their products, certificates and licences: what is refused, what follows, what counts."""

import csv
from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from bureau import records
from bureau.exchange.columns.base import CellError
from bureau.exchange.context import Context
from bureau.exchange.sheets import BadRow, get_sheet
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.periods import Period
from enterprises import c_mark
from enterprises.models import CMarkProduct, Licence, TimeLimit
from tests.contracts import posted
from tests.importing import counts, imported, undone
from tests.integrity_makers import make_certificate, make_declaration, make_licence, make_product

pytestmark = pytest.mark.django_db
GONE = {"withdrawn_on": date(2017, 3, 1), "withdrawal_reason_id": "voluntary"}
OPEN = {"decided_on": None, "decision": "", "certificate_no": ""}


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


@pytest.fixture
def take(cast, tmp_path):
    def take(kind, heading, *rows):
        path = tmp_path / "in.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([heading, *rows])
        return imported(path, cast.clerk_a, kind)

    return take


def figure(key, year=2016, **values):
    return compute([indicators.get(key)], "210000", Period.year(year), values=values)[0].value


@pytest.mark.parametrize(
    ("maker", "changes", "sentence"),
    [
        (
            make_declaration,
            {"withdrawn_on": date(2016, 5, 9), "withdrawal_reason_id": "voluntary"},
            "before it was made",
        ),
        (make_declaration, {"published_on": date(2016, 5, 9)}, "published before"),
        (make_product, {"removed_on": date(2016, 5, 9)}, "before it was declared"),
        (make_certificate, {"valid_until": date(2016, 5, 9)}, "run out before"),
        (make_certificate, {"withdrawn_on": date(2016, 5, 9), "withdrawal_reason_id": "other"}, "before it was issued"),
        (make_licence, {"accepted_on": date(2016, 4, 19)}, "accepted before it was made"),
        (make_licence, {"decided_on": date(2016, 4, 24)}, "after it was accepted"),
        (make_licence, {"accepted_on": None}, "after it was accepted"),
        (make_licence, {"decided_on": None}, "given together"),
        (make_licence, {"decision": "refused"}, "Only a granted licence"),
    ],
)
def test_it_is_rejected(make_enterprise, maker, changes, sentence):
    row = maker(make_enterprise)
    for name, value in changes.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    assert sentence in " ".join(error.value.messages)
    with pytest.raises(IntegrityError), transaction.atomic():
        records.save(row, by=None)


def test_an_application_may_be_taken_back_before_it_is_accepted(make_enterprise):
    row = make_licence(make_enterprise, accepted_on=None, decision_due_on=None, decision="given_up", certificate_no="")
    row.full_clean()
    assert row.decision_due_on is None


@time_machine.travel("2016-06-30 12:00:00+08:00")
def test_rows_are_refused_alike(cast, make_enterprise):
    row = {
        "enterprise": make_enterprise().credit_code, "kind": "型式批准", "authority": "省局", "application_no": "1",
        "product": "电子秤", "applied_on": "2016-04-20", "accepted_on": "2016-04-25", "region": "210100",
    }  # fmt: skip
    context = Context(cast.clerk_a.office)
    values = get_sheet("licences").validate(row, context)
    assert values["decision_due_on"] == date(2016, 5, 15)  # 20 days
    for changes, sentence in (
        ({"accepted_on": "2016-04-19"}, "accepted before"),
        ({"applied_on": "2016-07-01", "accepted_on": ""}, "future"),
        ({"decided_on": "2016-05-01"}, "given together"),
    ):
        with pytest.raises(BadRow, match=sentence):
            get_sheet("licences").validate({**row, **changes}, context)


def test_the_limits_are_filled_in(make_enterprise):
    licence = make_licence(make_enterprise, **OPEN, decision_due_on=None)
    licence.clean()
    assert licence.decision_due_on == date(2016, 5, 15)
    declaration = make_declaration(make_enterprise, declared_on=date(2016, 5, 10), publication_due_on=None)
    declaration.clean()
    assert declaration.publication_due_on == date(2016, 5, 17)


def test_without_a_limit_nothing_is_judged(cast, make_enterprise):
    """The limit ended before 2016, so a decision of that year is neither due, in time nor overdue."""
    TimeLimit.objects.update(effective_to=date(2015, 12, 31))
    licence = make_licence(make_enterprise, **OPEN, decision_due_on=None)
    licence.clean()
    assert licence.decision_due_on is None
    records.save(licence, by=cast.clerk_a)
    row = {
        "enterprise": licence.enterprise.credit_code, "kind": "型式批准", "authority": "省局", "application_no": "1",
        "product": "电子秤", "applied_on": "2016-04-20", "accepted_on": "2016-04-25", "region": "210100",
    }  # fmt: skip
    assert get_sheet("licences").validate(row, Context(cast.clerk_a.office))["decision_due_on"] is None
    last = {**row, "applied_on": "2015-12-31", "accepted_on": "2015-12-31"}
    values = get_sheet("licences").validate(last, Context(cast.clerk_a.office))
    assert values["decision_due_on"] == date(2016, 1, 20)
    assert not licence.is_overdue
    assert not Licence.objects.overdue(date(2020, 1, 1))
    assert (figure("licensing.applications"), figure("licensing.decisions_due")) == (1, 0)
    assert figure("licensing.in_time_rate") is None


def test_an_overdue_decision_is_found(client, cast, make_enterprise):
    late = make_licence(make_enterprise, **OPEN)
    make_licence(make_enterprise)
    with time_machine.travel("2016-05-15 12:00:00+08:00"):
        assert not late.is_overdue
    assert list(Licence.objects.overdue(date(2016, 5, 16))) == [late]
    assert not Licence.objects.overdue(date(2016, 5, 15))
    client.force_login(cast.clerk_a)
    page = client.get(reverse("admin:enterprises_licence_changelist"), {"progress": "overdue"})
    assert list(page.context["cl"].queryset) == [late]


# Products follow their declaration ---------------------------------------------------------------


def ends(declaration):
    return {product.name: product.ends_on for product in CMarkProduct.objects.filter(declaration=declaration)}


@pytest.fixture
def declared(make_enterprise):
    declaration = make_declaration(make_enterprise, declared_on=date(2016, 5, 10))
    make_product(make_enterprise, declaration=declaration)
    make_product(make_enterprise, declaration=declaration, name="面粉", removed_on=date(2016, 9, 1))
    return declaration


def test_a_withdrawn_declaration_ends_its_products(client, cast, declared):
    assert ends(declared) == {"大米": None, "面粉": date(2016, 8, 31)}
    client.force_login(cast.clerk_a)
    url = reverse("admin:enterprises_cmarkdeclaration_change", args=[declared.pk])
    gone = {"withdrawn_on": "2017-03-01", "withdrawal_reason": "voluntary"}
    assert client.post(url, {**posted(client, url), **gone}).status_code == 302
    assert ends(declared) == {"大米": date(2017, 2, 28), "面粉": date(2016, 8, 31)}
    assert client.post(url, {**posted(client, url), **dict.fromkeys(gone, "")}).status_code == 302
    assert ends(declared) == {"大米": None, "面粉": date(2016, 8, 31)}


def test_products_are_entered_on_the_declaration(client, cast, declared):
    client.force_login(cast.clerk_a)
    url = reverse("admin:enterprises_cmarkdeclaration_change", args=[declared.pk])
    data = posted(client, url)
    fresh = {"name": "小米", "brand": "无", "net_content": "1 kg", "package": "", "added_on": "2016-06-01"}
    data |= {f"products-2-{name}": value for name, value in fresh.items()}
    data |= {"products-TOTAL_FORMS": "3", "products-2-removed_on": "2016-07-01"}
    assert client.post(url, data).status_code == 302
    assert ends(declared)["小米"] == date(2016, 6, 30)


def test_no_product_is_declared_before_its_declaration(client, cast, take, make_enterprise, declared):
    product = CMarkProduct.objects.get(name="大米")
    product.added_on = date(2016, 5, 9)
    with pytest.raises(ValidationError, match="before its declaration"):
        product.clean()
    client.force_login(cast.clerk_a)
    url = reverse("admin:enterprises_cmarkdeclaration_change", args=[declared.pk])
    refused = client.post(url, {**posted(client, url), "declared_on": "2016-05-11"})  # its products are of the 10th
    assert refused.status_code == 200
    assert "before its declaration" in refused.content.decode()
    earlier = {"declared_on": "2016-05-09", "products-0-added_on": "2016-05-09"}
    assert client.post(url, {**posted(client, url), **earlier}).status_code == 302
    heading = ["企业名称", "商品名称", "商标", "净含量", "产品声明日期"]
    line = [declared.enterprise.name, "小米", "无", "1 kg"]
    run = take("c-mark-products", heading, [*line, "2016-05-08"], [*line, "2016-05-09"])
    assert counts(run) == (1, 0, 0, 1)
    assert "before its declaration" in run.problems.get().reason


def test_an_import_and_its_undo_take_the_products_along(cast, take, declared):
    heading = ["企业名称", "声明日期", "撤回日期", "撤销原因"]
    run = take("c-mark-declarations", heading, [declared.enterprise.name, "2016-05-10", "2017-03-01", "自愿退出"])
    assert counts(run) == (0, 1, 0, 0)
    assert ends(declared)["大米"] == date(2017, 2, 28)
    undone(run, cast.clerk_a)
    assert ends(declared) == {"大米": None, "面粉": date(2016, 8, 31)}


def test_products_come_by_enterprise(cast, take, make_enterprise, declared):
    heading = ["企业名称", "商品名称", "商标", "净含量", "产品声明日期", "停用日期"]
    line = [declared.enterprise.name, "小米", "无", "1 kg", "2016-06-01", "2016-07-01"]
    run = take("c-mark-products", heading, line, ["无此企业", *line[1:]], line[:2] + ["", *line[3:]])
    assert counts(run) == (1, 0, 0, 2)
    assert ends(declared)["小米"] == date(2016, 6, 30)
    second = make_declaration(make_enterprise, enterprise=declared.enterprise, declared_on=date(2017, 5, 10))
    column = get_sheet("c-mark-products").by_name["declaration"]
    with pytest.raises(CellError, match="several"):
        column.read(declared.enterprise.name, Context(cast.clerk_a.office))
    named = f"{declared.enterprise.credit_code} 2017-05-10"
    assert column.read(named, Context(cast.clerk_a.office)) == second.pk
    for office in (cast.clerk_b.office, cast.clerk_county.office):
        with pytest.raises(CellError, match="keeps no"):
            column.read(named, Context(office))


def test_following_writes_only_what_changes(cast, declared):
    before = CMarkProduct.history.count()
    c_mark.follow([declared], by=cast.clerk_a)
    assert CMarkProduct.history.count() == before


# Figures -----------------------------------------------------------------------------------------


def test_figures_of_the_c_mark(make_enterprise, declared):
    """By hand: two enterprises on the last day of 2016, of two products one; in time one of two: 50 %."""
    make_declaration(make_enterprise, declared_on=date(2016, 5, 10), published_on=date(2016, 5, 17), **GONE)
    assert (figure("integrity.c_mark_enterprises"), figure("integrity.c_mark_enterprises", 2017)) == (2, 1)
    assert (figure("integrity.c_mark_products"), figure("integrity.c_mark_declared")) == (1, 2)
    assert figure("integrity.c_mark_in_time_rate") == 50


def test_figures_of_certificates(make_enterprise):
    """By hand: one enterprise with two certificates, one whose certificate ran out a day before the last."""
    first = make_certificate(make_enterprise, grade="AAA").enterprise
    make_certificate(make_enterprise, enterprise=first, grade="A")
    make_certificate(make_enterprise, valid_until=date(2016, 12, 30))
    assert figure("enterprises.management_system_certified") == 1
    assert figure("enterprises.management_system_certified", grade="A") == 1


def test_figures_of_licences(make_enterprise):
    """By hand: new products one granted, one refused a day late, one open; one taken back counts in no rate."""
    make_licence(make_enterprise, is_handled_online=True)
    make_licence(make_enterprise, decision="refused", certificate_no="", decided_on=date(2016, 5, 16))
    make_licence(make_enterprise, **OPEN)
    make_licence(make_enterprise, decision="given_up", certificate_no="")
    make_licence(make_enterprise, kind="type_approval", decided_on=date(2016, 5, 15))
    make_licence(make_enterprise, kind="reference_material", decided_on=date(2017, 1, 1))
    assert (figure("licensing.new_instrument_products"), figure("licensing.type_approvals")) == (1, 1)
    assert (figure("licensing.reference_materials"), figure("licensing.reference_materials", 2017)) == (0, 1)
    assert (figure("licensing.applications"), figure("licensing.decided")) == (6, 3)
    assert figure("licensing.handled_online") == 1
    assert figure("licensing.decisions_due") == 5
    assert figure("licensing.in_time_rate") == 40
