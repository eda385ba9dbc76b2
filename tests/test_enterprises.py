"""Who an enterprise is: codes, names, kinds by date, who sees what of it, and how it is found."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from bureau import records, scoping
from bureau.credit_code import completed
from bureau.exchange.context import Context
from bureau.exchange.sheets import BadRow, get_sheet
from enterprises import search
from enterprises.doubles import candidates
from enterprises.kinds import overlap
from enterprises.models import Contact, Enterprise, EnterpriseKind, EnterpriseKindSince, FormerName, IndustryClass
from enterprises.names import name_key
from tests.contracts import page, posted
from tests.enterprise_makers import make_contact, make_former_name, make_kind_since, make_staff_file

pytestmark = pytest.mark.django_db
GOOD = completed("9121010000000099")
TYPO = GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1")
MADE_UP = "123456789012345678"


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


# Names -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("某某商店", " 某某 商店 "),
        ("大连（甘井子）某某超市", "大连(甘井子)某某超市"),
        ("大连（甘井子）某某超市", "大连甘井子某某超市"),
        ("某某有限责任公司", "某某有限公司"),
        ("ABC 加油站", "ａｂｃ加油站"),
        ("“某某”眼镜店", "某某眼镜店"),
    ],
)
def test_names_that_count_as_one(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("某某一店", "某某二店"), ("某某有限公司", "某某股份有限公司"), ("某某商店", "某某商场")]
)
def test_names_that_do_not(one, other):
    assert name_key(one) != name_key(other)


def test_the_key_follows_the_name_at_every_write(cast, make_enterprise):
    enterprise = make_enterprise(name="某某 商店")
    assert Enterprise.objects.get().name_key == "某某商店"
    enterprise.name = "另一（大）商店"
    records.bulk_change([enterprise], ["name", "name_key"], by=cast.clerk_a, reason="更名")
    assert Enterprise.objects.get().name_key == "另一大商店"
    assert Enterprise.history.first().name_key == "另一大商店"
    [added] = records.bulk_add(
        [Enterprise(name="第三 商店", office=enterprise.office, region_id="210100")], by=cast.clerk_a
    )
    assert Enterprise.objects.get(pk=added.pk).name_key == "第三商店"


# Codes -------------------------------------------------------------------------------------------


def form_data(**values):
    blank = {
        f"{prefix}-{name}": "0"
        for prefix in ("kinds_since", "former_names", "contacts", "bureau-attachment-content_type-object_id")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    return {"name": "某某商店", "credit_code": GOOD, "address": "", "size": "", **blank, **values}


def test_it_works_through_the_form(client, cast):
    client.force_login(cast.clerk_a)
    office = cast.clerk_a.office
    data = form_data(office=office.pk, region=office.region_id, credit_code=f" {GOOD.lower()} ")
    assert client.post(reverse("admin:enterprises_enterprise_add"), data).status_code == 302
    enterprise = Enterprise.objects.get()
    assert (enterprise.credit_code, enterprise.name_key, enterprise.created_by) == (GOOD, "某某商店", cast.clerk_a)


@pytest.mark.parametrize("code", [TYPO, MADE_UP, "0" * 18, "9121", "9121010000000099OI"])
def test_a_bad_code_is_refused_by_form_and_sheet_alike(client, cast, code):
    client.force_login(cast.clerk_a)
    office = cast.clerk_a.office
    data = form_data(office=office.pk, region=office.region_id, credit_code=code)
    response = client.post(reverse("admin:enterprises_enterprise_add"), data)
    [sentence] = response.context["adminform"].form.errors["credit_code"]
    with pytest.raises(BadRow) as bad:
        get_sheet("enterprises").validate({"name": "某某商店", "credit_code": code}, Context(office))
    assert [(problem.column, problem.reason) for problem in bad.value.problems] == [("credit_code", sentence)]
    assert not Enterprise.objects.exists()


def test_a_second_enterprise_with_the_code_is_refused(client, cast, make_enterprise):
    make_enterprise(credit_code=GOOD)
    client.force_login(cast.clerk_b)  # whoever keeps the first
    office = cast.clerk_b.office
    data = form_data(office=office.pk, region=office.region_id)
    response = client.post(reverse("admin:enterprises_enterprise_add"), data)
    assert "Another enterprise has this unified social credit code." in response.content.decode()
    assert Enterprise.objects.count() == 1


def test_without_codes_a_name_stands_once_in_a_region(cast, make_enterprise):
    make_enterprise(name="某某商店", credit_code="")
    twin = Enterprise(name="某某（商店）", credit_code="", office=cast.clerk_a.office, region_id="210100")
    twin.clean()
    with pytest.raises(ValidationError, match="cannot be told apart"):
        twin.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        records.save(twin, by=cast.clerk_a)
    twin.region_id = "210102"
    records.save(twin, by=cast.clerk_a)
    make_enterprise(name="某某商店")  # with a code


def test_a_name_of_signs_only_is_refused(client, cast):
    client.force_login(cast.clerk_a)
    office = cast.clerk_a.office
    data = form_data(office=office.pk, region=office.region_id, name="（——）")
    response = client.post(reverse("admin:enterprises_enterprise_add"), data)
    assert "name" in response.context["adminform"].form.errors
    with pytest.raises(BadRow):
        get_sheet("enterprises").validate({"name": "（——）", "credit_code": GOOD}, Context(office))


def test_a_twin_is_told_of_but_not_refused(client, cast, make_enterprise):
    make_enterprise(name="某某商店")
    client.force_login(cast.clerk_a)
    office = cast.clerk_a.office
    data = form_data(office=office.pk, region=office.region_id)
    response = client.post(reverse("admin:enterprises_enterprise_add"), data, follow=True)
    assert Enterprise.objects.count() == 2
    assert "Another enterprise of this name" in response.content.decode()


# Names and kinds by date -------------------------------------------------------------------------


def test_a_renamed_enterprise_is_still_found(client, cast, make_enterprise):
    enterprise = make_enterprise(name="某某衡器厂")
    client.force_login(cast.clerk_a)
    data = posted(client, page(enterprise, "change"))
    assert client.post(page(enterprise, "change"), {**data, "name": "某某衡器有限公司"}).status_code == 302
    assert [former.name for former in enterprise.former_names.all()] == ["某某衡器厂"]
    assert Enterprise.objects.called("某某 衡器厂").get() == enterprise

    data = posted(client, page(enterprise, "change"))
    typo = {**data, "name": "某某衡器设备有限公司", "keeps_former_name": ""}
    assert client.post(page(enterprise, "change"), typo).status_code == 302
    assert enterprise.former_names.count() == 1


def test_an_unticked_wish_alone_changes_nothing(client, cast, make_enterprise):
    enterprise = make_enterprise()
    client.force_login(cast.clerk_a)
    data = posted(client, page(enterprise, "change"))
    client.post(page(enterprise, "change"), {**data, "keeps_former_name": ""})
    assert Enterprise.objects.get().version == 1


def test_kinds_hold_on_a_day(make_enterprise):
    one, other = make_enterprise(), make_enterprise()
    make_kind_since(make_enterprise, enterprise=one, begins_on=date(2016, 1, 1), ends_on=date(2016, 12, 31))
    make_kind_since(make_enterprise, enterprise=other, begins_on=date(2016, 7, 1))
    make_kind_since(make_enterprise, enterprise=other, kind_id="market", begins_on=date(2010, 1, 1))

    def of(day):
        return set(Enterprise.objects.of_kind("key_energy", day))

    assert of(date(2015, 12, 31)) == set()
    assert of(date(2016, 1, 1)) == {one}
    assert of(date(2016, 7, 1)) == of(date(2016, 12, 31)) == {one, other}
    assert of(date(2017, 1, 1)) == {other}
    records.void(EnterpriseKindSince.objects.get(enterprise=one), by=None, reason="录错")
    assert of(date(2016, 3, 1)) == set()


@pytest.mark.parametrize(
    ("spans", "is_refused"),
    [
        ([("fuel", (2016, 1, 1), None), ("lpg", (2016, 1, 1), None)], False),
        ([("fuel", (2016, 1, 1), (2016, 6, 30)), ("fuel", (2016, 7, 1), None)], False),
        ([("fuel", (2016, 1, 1), (2016, 7, 1)), ("fuel", (2016, 7, 1), None)], True),
        ([("fuel", (2016, 7, 1), None), ("fuel", (2015, 1, 1), None)], True),
        ([("fuel", (2015, 1, 1), (2017, 1, 1)), ("fuel", (2016, 1, 1), (2016, 2, 1))], True),
    ],
)
def test_spans_of_one_kind_share_no_day(spans, is_refused):
    dated = [(kind, date(*begins), date(*ends) if ends else None) for kind, begins, ends in spans]
    assert bool(overlap(dated)) is is_refused


def test_the_form_refuses_spans_that_overlap(client, cast, make_enterprise):
    enterprise = make_enterprise(kinds=("fuel",))
    client.force_login(cast.clerk_a)
    data = posted(client, page(enterprise, "change"))
    more = {
        "kinds_since-TOTAL_FORMS": "2", "kinds_since-1-kind": "fuel", "kinds_since-1-begins_on": "2016-05-01",
        "kinds_since-1-enterprise": enterprise.pk,
    }  # fmt: skip
    response = client.post(page(enterprise, "change"), {**data, **more})
    assert "is recorded twice" in response.content.decode()
    assert EnterpriseKindSince.objects.count() == 1
    later = {"kinds_since-0-ends_on": "2016-04-30"}
    assert client.post(page(enterprise, "change"), {**data, **more, **later}).status_code == 302
    assert EnterpriseKindSince.objects.count() == 2


# Who sees what -----------------------------------------------------------------------------------


def test_every_office_sees_who_it_is_but_not_its_contacts(client, cast, make_enterprise):
    enterprise = make_enterprise(name="某某商店")
    make_contact(make_enterprise, enterprise=enterprise, name="王某", phone="024-12345678")
    client.force_login(cast.clerk_b)
    for url in (page(enterprise, "change"), reverse("enterprises:page", args=[enterprise.pk])):
        shown = client.get(url).content.decode()
        assert "某某商店" in shown
        assert "王某" not in shown and "024-12345678" not in shown
    assert client.get("/enterprises/enterprise/").context["cl"].result_count == 1
    assert not scoping.visible_to(Contact.objects.all(), cast.clerk_b).exists()
    assert not scoping.visible_to(Contact.history.all(), cast.clerk_b).exists()
    client.force_login(cast.manager_province)
    assert "024-12345678" in client.get(reverse("enterprises:page", args=[enterprise.pk])).content.decode()


def test_another_office_adds_nothing_to_its_entry(client, cast, make_enterprise):
    enterprise = make_enterprise()
    client.force_login(cast.clerk_b)
    for kind, values in (
        ("enterprisekindsince", {"kind": "fuel", "begins_on": "2016-01-01"}),
        ("formername", {"name": "某某"}),
    ):
        response = client.post(f"/enterprises/{kind}/add/", {"enterprise": enterprise.pk, **values})
        assert response.status_code == 200
        assert "enterprise" in response.context["adminform"].form.errors
    assert not EnterpriseKindSince.objects.exists() and not FormerName.objects.exists()


def test_another_office_refers_to_it(client, cast, make_enterprise):
    """Whom a file is about, any office may say: who it is, everybody sees."""
    enterprise = make_enterprise()
    client.force_login(cast.clerk_b)
    office = cast.clerk_b.office
    attachments = "bureau-attachment-content_type-object_id"
    data = {
        "enterprise": enterprise.pk, "name": "张某", "file_no": "7", "work": "testing", "qualification": "",
        "certificate_no": "", "archived_on": "2016-05-10", "left_on": "", "remark": "", "office": office.pk,
        "region": office.region_id, f"{attachments}-TOTAL_FORMS": "0", f"{attachments}-INITIAL_FORMS": "0",
    }  # fmt: skip
    assert client.post("/enterprises/enterprisestaff/add/", data).status_code == 302
    assert enterprise.staff_files.get().office == office


def test_a_voided_one_is_offered_to_nobody(client, cast, make_enterprise):
    standing, voided = make_enterprise(name="某某一店"), make_enterprise(name="某某二店")
    records.void(voided, by=cast.clerk_a, reason="歇业")
    client.force_login(cast.clerk_a)
    url = "/autocomplete/?app_label=enterprises&model_name=enterprisestaff&field_name=enterprise&term="
    offered = client.get(f"{url}某某").json()["results"]
    assert [each["id"] for each in offered] == [str(standing.pk)]


# Finding -----------------------------------------------------------------------------------------


def test_search_by_name_former_name_and_code(client, cast, make_enterprise):
    enterprise = make_enterprise(name="沈阳（铁西）某某衡器有限公司", credit_code=GOOD)
    make_former_name(make_enterprise, enterprise=enterprise, name="某某衡器厂", credit_code="210100000012345")
    make_enterprise(name="另一商店")

    def found(text):
        return list(search.matching(Enterprise.objects.all(), text))

    for text in ("铁西", "沈阳铁西某某", "衡器厂", GOOD, GOOD[:6].lower(), "2101000000", "沈阳 衡器厂", "沈阳 9121"):
        assert enterprise in found(text), text
    assert found("衡器厂 另一") == []
    assert len(found("")) == 2
    voided = FormerName.objects.get()
    records.void(voided, by=cast.clerk_a, reason="录错")
    assert found("衡器厂") == []
    client.force_login(cast.clerk_a)
    assert client.get("/enterprises/enterprise/?q=铁西").context["cl"].result_count == 1


def test_lists_by_kind_and_code(client, cast, make_enterprise):
    make_enterprise(kinds=("key_energy",), industry=IndustryClass.objects.get(code="40"))
    make_enterprise(credit_code="", name="无码商店")
    make_enterprise(credit_code=TYPO, unverified=["credit_code"])
    client.force_login(cast.clerk_a)

    def count(query):
        return client.get(f"/enterprises/enterprise/?{query}").context["cl"].result_count

    assert [count(query) for query in ("", "kind=key_energy", "kind=fuel", "code=none", "code=unverified")] == [
        3, 1, 0, 1, 1,
    ]  # fmt: skip
    assert (count("section=C"), count("section=D")) == (1, 0)


# Doubles -----------------------------------------------------------------------------------------


def doubles(**options):
    return candidates(Enterprise.objects.not_voided(), **options)


def test_doubles_by_name_and_place(cast, make_enterprise):
    first = make_enterprise(name="某某 商店")
    second = make_enterprise(name="（某某）商店", credit_code="")
    county = make_enterprise(name="某某商店", credit_code="", region_id="210102")
    elsewhere = make_enterprise(name="某某商店", by=cast.clerk_b)
    make_enterprise(name="另一商店")
    assert doubles() == [[first.pk, second.pk, county.pk]]
    records.void(second, by=cast.clerk_a, reason="重复")
    assert doubles() == [[first.pk, county.pk]]
    assert candidates(Enterprise.objects.filter(pk=elsewhere.pk)) == []


def test_two_codes_tell_two_apart_unless_asked(make_enterprise):
    one, other = make_enterprise(name="某某商店"), make_enterprise(name="某某商店")
    assert doubles() == []
    assert doubles(with_two_codes=True) == [[one.pk, other.pk]]


def test_doubles_by_a_former_code(make_enterprise):
    renamed = make_enterprise(name="新名有限公司")
    old = make_enterprise(name="旧名厂", credit_code=GOOD)
    make_former_name(make_enterprise, enterprise=renamed, name="旧名", credit_code=GOOD)
    assert doubles() == [[renamed.pk, old.pk]]


def test_the_list_of_doubles_is_of_the_own_office(client, cast, make_enterprise):
    for code in ("", GOOD):
        make_enterprise(name="某某商店", credit_code=code)
    url = reverse("enterprises:doubles")
    for person, count in ((cast.clerk_a, 1), (cast.clerk_province, 1), (cast.clerk_b, 0)):
        client.force_login(person)
        assert len(client.get(url).context["groups"]) == count
    client.force_login(cast.clerk_a)
    assert client.get(f"{url}?q=别的").context["groups"] == []
    client.force_login(cast.inspector_a)
    assert client.get(url).status_code == 403


# Figures -----------------------------------------------------------------------------------------


def test_files_of_2016_by_hand(make_enterprise):
    """As Huludao published: 238 people of 17 units; here 3 people of 2 units in the year, 1 before."""
    from bureau.reporting.engine import compute
    from bureau.reporting.indicators import get
    from bureau.reporting.periods import Period

    first, second = make_enterprise(), make_enterprise()
    for enterprise, day in (
        (first, date(2016, 1, 1)), (first, date(2016, 12, 31)), (second, date(2016, 5, 5)), (second, date(2015, 5, 5)),
    ):  # fmt: skip
        make_staff_file(make_enterprise, enterprise=enterprise, archived_on=day)
    figures = compute([get("people.archived"), get("people.archived_units")], "210100", Period.year(2016))
    assert [figure.value for figure in figures] == [3, 2]


def test_reference_tables_are_whole():
    assert EnterpriseKind.objects.count() == 18
    divisions = IndustryClass.objects.filter(level="division").values_list("code", flat=True)
    assert sorted(divisions) == [f"{number:02}" for number in range(1, 98)]
    sections = IndustryClass.objects.filter(level="section").values_list("code", flat=True)
    assert "".join(sorted(sections)) == "ABCDEFGHIJKLMNOPQRST"
