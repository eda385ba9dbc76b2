"""Pledges, spot checks and lists: what is refused everywhere alike, what holds when, what figures count."""

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from docx import Document
from openpyxl import load_workbook

from bureau import records
from bureau.exchange.context import Context
from bureau.exchange.sheets import BadRow, get_sheet
from bureau.models import Operation
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.periods import Period
from enterprises.models import ListedEnterprise, Pledge, PledgeText
from enterprises.models.ending import State
from enterprises.models.listed import personal_number
from tests.contracts import posted
from tests.importing import counts, imported
from tests.integrity_makers import make_award, make_listing, make_pledge, make_spot_check

pytestmark = pytest.mark.django_db
GONE = {"withdrawn_on": date(2017, 3, 1), "withdrawal_reason_id": "voluntary"}


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies.load({"django_language": "en"})
    with translation.override("en"):
        yield


def sentences(error):
    return " ".join(error.value.messages)


def figure(key, year=2016, **values):
    return compute([indicators.get(key)], "210000", Period.year(year), values=values)[0].value


# What is refused, by form and database alike ------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"withdrawn_on": date(2016, 5, 9), "withdrawal_reason_id": "voluntary"}, "withdrawn before it was signed"),
        ({"withdrawn_on": date(2016, 6, 1)}, "date and a reason"),
        ({"withdrawal_reason_id": "voluntary"}, "date and a reason"),
        ({"valid_until": date(2016, 5, 9)}, "run out before"),
        ({"posted_on": date(2016, 5, 9)}, "before it was signed"),
        ({"checked_on": date(2016, 5, 11)}, "date and a result"),
        ({"check_result": "passed"}, "date and a result"),
    ],
)
def test_it_rejects_a_pledge(make_enterprise, changes, sentence):
    row = make_pledge(make_enterprise, signed_on=date(2016, 5, 10))
    for name, value in changes.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    assert sentence in sentences(error)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.pk, row.signed_on = None, date(2016, 5, 10)
        row.sector_id = "market"
        row.save_base(raw=True, force_insert=True)


@time_machine.travel("2016-06-30 12:00:00+08:00")
@pytest.mark.parametrize(
    ("maker", "name"), [(make_pledge, "signed_on"), (make_award, "awarded_on"), (make_spot_check, "checked_on")]
)
def test_it_rejects_tomorrow(make_enterprise, maker, name):
    row = maker(make_enterprise)
    setattr(row, name, date(2016, 7, 1))
    with pytest.raises(ValidationError, match="future"):
        row.clean()


@pytest.mark.parametrize(
    ("on", "refused"),
    [
        (date(2016, 5, 9), True),  # the day before the signature
        (date(2016, 5, 10), False),
        (date(2017, 2, 28), False),
        (date(2017, 3, 1), True),  # the day of the withdrawal
    ],
)
def test_an_award_and_a_check_need_a_pledge_in_force(make_enterprise, on, refused):
    pledge = make_pledge(make_enterprise, signed_on=date(2016, 5, 10), **GONE)
    award = make_award(make_enterprise, enterprise=pledge.enterprise, awarded_on=date(2016, 8, 1))
    check = make_spot_check(make_enterprise, enterprise=pledge.enterprise, checked_on=date(2016, 8, 1))
    award.awarded_on = check.checked_on = on
    for row in (award, check):
        if refused:
            with pytest.raises(ValidationError, match="no pledge in force"):
                row.clean()
        else:
            row.clean()
    award.awarded_on, award.sector_id = date(2016, 8, 1), "market"
    with pytest.raises(ValidationError, match="no pledge in force"):
        award.clean()


def test_a_voided_pledge_is_none(cast, make_enterprise):
    award = make_award(make_enterprise)
    award.clean()
    records.void(Pledge.objects.get(), by=cast.clerk_a, reason="重复")
    with pytest.raises(ValidationError, match="no pledge in force"):
        award.clean()


def test_what_is_corrected_was_broken(make_enterprise):
    row = make_spot_check(make_enterprise, checked_on=date(2016, 7, 1), result="broken")
    row.corrected_on = date(2016, 7, 2)
    row.full_clean()
    for changes in ({"result": "kept"}, {"corrected_on": date(2016, 6, 30), "result": "broken"}):
        for name, value in changes.items():
            setattr(row, name, value)
        with pytest.raises(ValidationError, match="broken pledge"):
            row.full_clean()


@pytest.mark.parametrize(
    ("text", "is_personal"),
    [
        ("抽查不合格，电子秤超期", False),
        ("违反规定，处罚决定书〔2016〕12345678901号", False),
        ("联系人张某13812345678", True),
        ("电话 138-1234-5678", True),
        ("经营者身份证１１０１０１１９９００３０７７７５８", True),
        ("身份证11010119900307775X号", True),
        ("统一社会信用代码91210100000000012X", False),
    ],
)
def test_numbers_of_persons_are_not_published(text, is_personal):
    assert bool(personal_number(text)) == is_personal


# Rows of a file or of an interface ---------------------------------------------------------------


def raw(enterprise, **changes):
    return {
        "enterprise": enterprise.credit_code, "sector": "加油（气）站", "signed_on": "2016.5.10", "region": "210100",
        **changes,
    }  # fmt: skip


def refusal(cast, key, row):
    with pytest.raises(BadRow) as error:
        get_sheet(key).validate(row, Context(cast.clerk_a.office))
    return str(error.value)


def test_a_row_is_read(cast, make_enterprise):
    values = get_sheet("pledges").validate(raw(make_enterprise()), Context(cast.clerk_a.office))
    assert values["valid_until"] == values["ends_on"] == date(2019, 5, 9)  # three years by the text in force
    gone = raw(make_enterprise(), withdrawn_on="2017-03-01", withdrawal_reason="自愿退出")
    assert get_sheet("pledges").validate(gone, Context(cast.clerk_a.office))["ends_on"] == date(2017, 2, 28)


@time_machine.travel("2020-06-30 12:00:00+08:00")
def test_rows_are_refused_alike(cast, make_enterprise):
    pledge = make_pledge(make_enterprise, signed_on=date(2016, 5, 10))
    early = raw(pledge.enterprise, withdrawn_on="2016-05-09", withdrawal_reason="自愿退出")
    assert "withdrawn before it was signed" in refusal(cast, "pledges", early)
    assert "future" in refusal(cast, "pledges", raw(pledge.enterprise, signed_on="2020-07-01"))
    award = raw(pledge.enterprise, tier="市级", awarded_on="2016-05-09")
    assert "no pledge in force" in refusal(cast, "demonstration-units", award)
    assert "no pledge in force" in refusal(cast, "demonstration-units", {**award, "awarded_on": "2019-05-10"})
    get_sheet("demonstration-units").validate({**award, "awarded_on": "2019-05-09"}, Context(cast.clerk_a.office))
    check = raw(pledge.enterprise, sector="集贸市场", checked_on="2016-08-01", result="合格")
    assert "no pledge in force" in refusal(cast, "pledge-spot-checks", check)
    listed = raw(pledge.enterprise, colour="黑榜", from_on="2016-08-01", reason="找李某13812345678")
    assert "identity or telephone" in refusal(cast, "red-black-list", listed)


def test_the_last_day_follows_an_import(cast, make_enterprise, tmp_path):
    pledge = make_pledge(make_enterprise, signed_on=date(2016, 5, 10), valid_until=None)
    assert pledge.ends_on is None
    path = tmp_path / "pledges.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["单位名称", "领域", "签订日期", "退出日期", "退出原因"])
        writer.writerow([pledge.enterprise.name, "加油（气）站", "2016-05-10", "2016-12-31", "歇业"])
    assert counts(imported(path, cast.clerk_a, "pledges")) == (0, 1, 0, 0)
    pledge.refresh_from_db()
    assert (pledge.ends_on, pledge.state) == (date(2016, 12, 30), State.WITHDRAWN)


# What holds when ---------------------------------------------------------------------------------


@time_machine.travel("2018-01-01 12:00:00+08:00")
def test_state_filter_and_days_agree(make_enterprise):
    rows = {
        State.IN_FORCE: make_pledge(make_enterprise, valid_until=date(2018, 1, 1)),
        State.EXPIRED: make_pledge(make_enterprise, valid_until=date(2017, 12, 31)),
        State.WITHDRAWN: make_pledge(make_enterprise, valid_until=date(2019, 1, 1), **GONE),
    }
    today = date(2018, 1, 1)
    for state, row in rows.items():
        assert row.state == state
        assert list(Pledge.objects.in_state(state, today)) == [row]
    assert list(Pledge.objects.in_force(today)) == [rows[State.IN_FORCE]]
    assert Pledge.objects.in_force(date(2017, 2, 28)).count() == 3
    assert Pledge.objects.in_force(date(2017, 3, 1)).count() == 2


@time_machine.travel("2017-06-30 12:00:00+08:00")
def test_who_was_not_looked_at_this_year_is_found(client, cast, make_enterprise):
    never, last_year, elsewhere, voided, seen, gone = (
        make_pledge(make_enterprise, signed_on=date(2016, 5, 10), **values) for values in [{}] * 5 + [GONE]
    )
    make_spot_check(make_enterprise, enterprise=last_year.enterprise, checked_on=date(2016, 12, 31))
    make_pledge(make_enterprise, enterprise=elsewhere.enterprise, sector_id="market", signed_on=date(2016, 5, 10))
    make_spot_check(make_enterprise, enterprise=elsewhere.enterprise, sector_id="market", checked_on=date(2017, 1, 1))
    check = make_spot_check(make_enterprise, enterprise=voided.enterprise, checked_on=date(2017, 2, 1))
    records.void(check, by=cast.clerk_a, reason="重复")
    make_spot_check(make_enterprise, enterprise=seen.enterprise, checked_on=date(2017, 1, 1))
    client.force_login(cast.clerk_a)
    page = client.get(reverse("admin:enterprises_pledge_changelist"), {"spot_check": "open"})
    assert set(page.context["cl"].queryset) == {never, last_year, elsewhere, voided}
    assert gone.state == State.WITHDRAWN


def test_the_validity_is_that_of_the_edition(make_enterprise):
    PledgeText.objects.update(effective_to=date(2016, 12, 31))
    PledgeText.objects.create(edition="later", title="T", body="一", valid_years=1, effective_from=date(2017, 1, 1))
    endless = PledgeText.objects.create(edition="endless", title="T", body="一", effective_to=date(2010, 1, 1))
    for signed_on, text, until in (
        (date(2016, 2, 29), None, date(2019, 2, 27)),
        (date(2017, 1, 1), None, date(2017, 12, 31)),
        (date(2017, 1, 1), endless, None),
    ):
        pledge = make_pledge(make_enterprise, signed_on=signed_on, text=text, valid_until=None)
        pledge.clean()
        assert pledge.valid_until == until


# The paper ---------------------------------------------------------------------------------------


def paper(client, pledge):
    response = client.get(reverse("enterprises:pledge-paper", args=[pledge.pk]))
    document = Document(BytesIO(b"".join(response.streaming_content)))
    cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_paper_says_who_pledges_what(client, cast, make_enterprise):
    client.force_login(cast.clerk_a)
    enterprise = make_enterprise(name="甲<乙 & “丙”商店", address="一号")
    pledge = make_pledge(make_enterprise, enterprise=enterprise, signed_on=date(2016, 5, 10), number="承-7")
    text = paper(client, pledge)
    for said in ("诚信计量自我承诺书", "甲<乙 & “丙”商店", enterprise.credit_code, "加油（气）站", "编号：承-7"):
        assert said in text
    for said in ("2016年5月10日", "2019年5月9日", "七、违反上述承诺"):
        assert said in text
    assert "{" not in text
    assert Operation.objects.filter(action="download", detail__pledge=pledge.pk).exists()


def test_the_paper_has_the_text_of_its_edition(client, cast, make_enterprise):
    client.force_login(cast.clerk_a)
    text = PledgeText.objects.create(
        edition="2012", title="承诺书", body="一、甲<乙\n\n二、丙", effective_to=date(2013, 1, 1)
    )
    pledge = make_pledge(make_enterprise, text=text)
    assert "一、甲<乙\n二、丙" in paper(client, pledge)
    PledgeText.objects.exclude(pk=text.pk).delete()
    untold = make_pledge(make_enterprise)
    response = client.get(reverse("enterprises:pledge-paper", args=[untold.pk]), follow=True)
    assert "No text of the pledge is in force" in response.content.decode()


def test_the_administrator_edits_the_text_by_paragraphs(client, cast):
    text = PledgeText.objects.get()
    client.force_login(cast.system_admin)
    url = reverse("admin:enterprises_pledgetext_change", args=[text.pk])
    client.post(url, {**posted(client, url), "body": " 一、甲 \r\n\r\n二、\u200b乙"})
    text.refresh_from_db()
    assert text.paragraphs == ["一、甲", "二、乙"]


# The lists ---------------------------------------------------------------------------------------


@time_machine.travel("2018-01-01 12:00:00+08:00")
def test_the_public_list_holds_what_is_published_today(client, cast, make_enterprise):
    published = {"published_on": date(2018, 1, 1)}
    shown = make_listing(make_enterprise, **published, reason="=1+1", remark="内部意见")
    red = make_listing(make_enterprise, **published, colour="red", until_on=date(2018, 1, 1))
    make_listing(make_enterprise, reason="未公布")
    make_listing(make_enterprise, published_on=date(2018, 1, 2), reason="明日公布")
    make_listing(make_enterprise, **published, until_on=date(2017, 12, 31), reason="已移出")
    make_listing(make_enterprise, **published, by=cast.clerk_b, reason="他市")
    records.void(make_listing(make_enterprise, **published, reason="作废"), by=cast.clerk_a, reason="重复")
    client.force_login(cast.clerk_a)
    url = reverse("enterprises:public-list")
    assert client.get(url).context["page"].paginator.count == 2
    book = load_workbook(BytesIO(b"".join(client.post(url).streaming_content)))
    rows = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] for sheet in book}
    assert [row[0] for row in rows["Red list (trustworthy)"]] == [red.enterprise.name]
    [black] = rows["Black list (untrustworthy)"]
    assert (black[0], black[1], black[4]) == (shown.enterprise.name, shown.enterprise.credit_code, "=1+1")
    assert "内部意见" not in str(rows)
    assert len(black) == 8
    assert Operation.objects.filter(action="export", detail__rows=2).exists()
    assert list(ListedEnterprise.objects.public(date(2018, 1, 2)).filter(reason="明日公布")) != []


# Figures -----------------------------------------------------------------------------------------


def test_figures_of_pledges(make_enterprise):
    """By hand: 2016 three papers of two enterprises, one of them withdrawn in 2017; one paper of 2015, run out."""
    first = make_pledge(make_enterprise, signed_on=date(2016, 5, 10)).enterprise
    make_pledge(make_enterprise, enterprise=first, sector_id="retail", signed_on=date(2016, 5, 10))
    make_pledge(make_enterprise, signed_on=date(2016, 12, 31), **GONE)
    make_pledge(make_enterprise, signed_on=date(2015, 12, 31), valid_until=date(2016, 12, 30))
    assert figure("integrity.pledges_signed") == 2
    assert figure("integrity.pledges_signed", sector="fuel") == 2
    assert figure("integrity.pledges_signed", sector="retail") == 1
    assert (figure("integrity.pledges_in_force"), figure("integrity.pledges_in_force", 2017)) == (2, 1)
    assert figure("integrity.pledges_withdrawn", 2017, reason="voluntary") == 1


def test_figures_of_checks_and_lists(make_enterprise):
    """By hand: one of three checks found the pledge broken: 33.33 %; on the last day one is black and none red."""
    for result in ("kept", "broken", "kept"):
        make_spot_check(make_enterprise, result=result)
    assert (figure("integrity.spot_checks"), figure("integrity.spot_checks_failed")) == (3, 1)
    assert figure("integrity.spot_check_failure_rate") == Decimal(100) / 3
    make_listing(make_enterprise)
    make_listing(make_enterprise, colour="red", until_on=date(2016, 12, 30))
    assert (figure("integrity.black_listed"), figure("integrity.red_listed")) == (1, 0)
