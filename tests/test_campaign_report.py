"""The report of a service campaign: page, Word and workbook say the same, within what the reader may see."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from docx import Document
from openpyxl import load_workbook

from bureau import records
from bureau.models import Operation
from bureau.models.region import region_tree
from bureau.reporting.engine import compute
from bureau.reporting.indicators import get
from bureau.reporting.periods import Period
from enterprises.models import CampaignReport
from enterprises.service_campaign import asking, template
from tests.service_makers import (
    make_activity,
    make_campaign,
    make_report,
    make_team,
    make_trained,
    make_training,
    make_visit,
    make_volunteer,
)

pytestmark = pytest.mark.django_db
NASTY = "<甲&乙>计量服务行"
# Whatever there is to report on; the rest of the page is the shell.
QUERIES = {"": 13, "docx": 13, "xlsx": 13}


@pytest.fixture
def province(cast, make_enterprise):
    """A campaign of the province: two visits in city A (one of them in its county), one in city B, two trainings."""
    campaign = make_campaign(
        cast, make_enterprise, by=cast.clerk_province, name=NASTY, agency="省局<计量处>", plan="一、调查&走访\n二、培训"
    )
    of = {"campaign": campaign}
    visit = make_visit(cast, make_enterprise, **of, people_reached=1000)
    make_visit(cast, make_enterprise, **of, by=cast.clerk_county, is_satisfied=False, benefit=Decimal("0.50"))
    make_visit(cast, make_enterprise, **of, by=cast.clerk_b, problems_found=0, problems_solved=0, asked_on=None,
               is_satisfied=None)  # fmt: skip
    make_visit(cast, make_enterprise)  # in no campaign
    make_activity(cast, make_enterprise, visit=visit, activity_id="verification", count=1200)
    make_activity(cast, make_enterprise, visit=visit, activity_id="solution", count=2)
    training = make_training(cast, make_enterprise, **of)
    make_trained(cast, make_enterprise, training=training)
    make_training(cast, make_enterprise, **of, by=cast.clerk_b, people_trained=12)
    make_volunteer(cast, make_enterprise, **of)
    asking.ask(campaign, by=cast.clerk_province)
    report = CampaignReport.objects.get(office=cast.clerk_a.office)
    report.reported_on = date(2016, 5, 11)
    records.save(report, by=cast.clerk_a)
    return campaign


def page(campaign, form=""):
    if form:
        return reverse("enterprises:campaign-download", args=[campaign.pk, form])
    return reverse("enterprises:campaign-report", args=[campaign.pk])


def content(client, campaign, form):
    response = client.get(page(campaign, form))
    assert response.status_code == 200
    return BytesIO(b"".join(response.streaming_content))


def tables(client, campaign):
    document = Document(content(client, campaign, "docx"))
    texts = "\n".join(paragraph.text for paragraph in document.paragraphs)
    return texts, [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def sheets(client, campaign):
    book = load_workbook(content(client, campaign, "xlsx"))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)] for sheet in book}, book


# Word --------------------------------------------------------------------------------------------


@time_machine.travel("2016-06-30 12:00:00+08:00")
def test_the_word_report_says_it_in_chinese(client, cast, province):
    client.force_login(cast.manager_province)
    client.cookies.load({"django_language": "en"})
    texts, [facts, figures, places, activities, reports] = tables(client, province)
    assert NASTY in texts
    assert "一、调查&走访\n二、培训" in texts
    assert "共服务企业3家，走访3次，惠及1,014人次；发现问题6个，帮助解决4个；举办培训2期，培训42人" in texts
    assert "为企业增加效益24,000.50元，减免费用900.00元；除国家规定收费项目外收取费用0.00元" in texts
    assert ["组织单位", "省局<计量处>"] in facts
    assert ["活动时间", "2016年1月1日至2016年5月10日"] in facts
    assert ["上报期限", "2016年5月10日"] in facts
    assert [row[2] for row in figures[1:]] == [
        "1", "3", "3", "1,014", "6", "4", "66.67", "50.00", "2", "2", "42", "1", "24,000.50", "900.00", "0.00",
    ]  # fmt: skip
    by_place = {row[0]: row[1:] for row in places}
    assert by_place["沈阳市"] == ["2", "2", "1,007", "6", "4", "1", "30", "12,000.50"]
    assert by_place["大连市"] == ["1", "1", "7", "0", "0", "1", "12", "12,000.00"]
    assert by_place["合计"] == ["3", "3", "1,014", "6", "4", "2", "42", "24,000.50"]
    assert activities[1:] == [["检定", "台件", "1,200", "1"], ["解决方案", "个", "2", "1"]]
    assert "应上报2个单位，已上报1个，未上报1个：大连市市场监督管理局。" in texts
    with translation.override("zh-hans"):
        late, overdue = (str(CampaignReport(campaign=province, reported_on=day).state_on(date(2016, 6, 30)).label)
                         for day in (date(2016, 5, 11), None))  # fmt: skip
    assert reports[1:] == [
        ["沈阳市市场监督管理局", "2016年5月11日", late],
        ["大连市市场监督管理局", "—", overdue],
    ]


def test_an_empty_campaign_says_so(client, cast, make_enterprise):
    campaign = make_campaign(cast, make_enterprise)
    client.force_login(cast.clerk_a)
    texts, shown = tables(client, campaign)
    assert "尚无本次活动的服务记录" in texts
    assert "未要求下级单位上报总结" in texts
    assert "分地区" not in texts
    assert len(shown) == 2  # the facts, and figures that are all nothing
    client.cookies.load({"django_language": "en"})
    found, _book = sheets(client, campaign)
    assert "No service of this campaign is on record" in found["Summary"][-1][0]
    assert "No service of this campaign is on record" in client.get(page(campaign)).content.decode()


def test_the_shipped_document_is_the_one_that_the_script_makes(tmp_path):
    """Else the next run of the script would undo what somebody did to the file in Word, or the other way round."""
    template.build().save(str(tmp_path / "made.docx"))
    parts = ("word/document.xml", "word/styles.xml", "word/footer1.xml")
    shipped, made = ZipFile(template.TEMPLATE), ZipFile(tmp_path / "made.docx")
    assert [shipped.read(part) for part in parts] == [made.read(part) for part in parts]
    assert "仿宋" in made.read("word/document.xml").decode()


# Excel -------------------------------------------------------------------------------------------


@time_machine.travel("2016-06-30 12:00:00+08:00")
def test_the_workbook_has_the_same_figures(client, cast, province):
    client.force_login(cast.manager_province)
    client.cookies.load({"django_language": "en"})
    found, book = sheets(client, province)
    assert list(found) == ["Summary", "By region", "By activity", "Reports", "Definitions"]
    assert {sheet["A1"].value for sheet in book} == {NASTY}
    figures = {row[0]: row[2] for row in found["Summary"]}
    assert (figures["Enterprises served"], figures["People reached by services"]) == (3, 1014)
    assert figures["Rate of problems solved for enterprises"] == pytest.approx(200 / 3)
    assert figures["Economic benefit of services for enterprises"] == 24000.5
    places = {row[0]: row[1:] for row in found["By region"]}
    assert places["沈阳市"] == [2, 2, 1007, 6, 4, 1, 30, 12000.5]
    assert places["Total"][0] == 3  # counted once each, and so no sum
    assert places["Total"][1] == f"=SUM(C6:C{5 + len(places) - 2})"
    assert found["By activity"] == [["Verification", "台件", 1200, 1], ["Solution worked out", "个", 2, 1]]
    [first, second] = found["Reports"]
    assert [first[0], first[3].date(), first[4]] == ["沈阳市市场监督管理局", date(2016, 5, 11), "Reported late"]
    assert second[3:] == ["—", "Overdue"]
    definitions = {row[1]: row[3] for row in found["Definitions"]}
    assert definitions["services.visits"] == str(get("services.visits").definition)


def test_a_name_is_no_formula(client, cast, make_enterprise):
    campaign = make_campaign(cast, make_enterprise, name="=1+1", agency="=2+2")
    make_report(cast, make_enterprise, campaign=campaign, agency="@SUM(1)")
    client.force_login(cast.clerk_a)
    _found, book = sheets(client, campaign)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.value for cell in cells} >= {"=1+1", "@SUM(1)"}
    assert all(cell.data_type != "f" for cell in cells if cell.value in ("=1+1", "@SUM(1)"))


# The page, and who sees what ---------------------------------------------------------------------


def test_the_page_shows_the_engines_figures_and_opens_their_rows(client, cast, province):
    client.force_login(cast.manager_province)
    response = client.get(page(province))
    shown = {figure.indicator.key: figure for figure, _text in response.context["figures"]}
    period = Period(date(2016, 1, 1), date(2016, 5, 10))
    for key, figure in shown.items():
        [again] = compute(
            [get(key)], "210000", period, user=cast.manager_province, values={"campaign": str(province.pk)}
        )
        assert figure.value == again.value
    opened = client.get(shown["services.visits"].url())
    assert opened.context["page"].paginator.count == 3
    text = response.content.decode()
    assert "&lt;甲&amp;乙&gt;计量服务行" in text
    assert "<甲" not in text


def test_a_city_reports_on_its_own_part(client, cast, province):
    """Of the province's campaign it sees what was done in its place, and nobody else's report."""
    client.force_login(cast.clerk_a)
    texts, [_facts, _figures, places, _activities, reports] = tables(client, province)
    assert "共服务企业2家，走访2次，惠及1,007人次" in texts
    assert "大连" not in texts + str(places) + str(reports)
    assert len(reports) == 2
    found, _book = sheets(client, province)
    assert "大连" not in str(found)
    client.force_login(cast.clerk_county)
    texts, shown = tables(client, province)
    assert "共服务企业1家" in texts
    assert "市市场监督管理局" not in str(shown[2:])


def test_another_places_campaign_is_404(client, cast, make_enterprise):
    of_city, of_county = (make_campaign(cast, make_enterprise, by=by) for by in (cast.clerk_a, cast.clerk_county))
    voided = make_campaign(cast, make_enterprise)
    records.void(voided, by=cast.clerk_a, reason="重复")
    for person in (cast.clerk_a, cast.manager_a, cast.clerk_county, cast.manager_province):
        assert _statuses(client, person, of_city) == _statuses(client, person, of_county) == {200}
        assert _statuses(client, person, voided) == {404}
    for campaign in (of_city, of_county, voided):
        assert _statuses(client, cast.clerk_b, campaign) == {404}


def _statuses(client, person, campaign):
    client.force_login(person)
    return {client.get(page(campaign, form)).status_code for form in ("", "docx", "xlsx")}


def test_it_needs_clerk_or_manager(client, cast, make_enterprise):
    campaign = make_campaign(cast, make_enterprise)
    for person in (cast.inspector_a, cast.auditor, cast.system_admin, cast.security_admin):
        assert _statuses(client, person, campaign) == {403}
    client.logout()
    assert client.get(page(campaign)).status_code == 302


def test_other_formats_and_addresses_are_404(client, cast, make_enterprise):
    campaign = make_campaign(cast, make_enterprise)
    client.force_login(cast.clerk_a)
    assert client.get(page(campaign, "pdf")).status_code == 404
    assert client.get(reverse("enterprises:campaign-report", args=[999999])).status_code == 404


def test_a_download_is_logged(client, cast, make_enterprise):
    campaign = make_campaign(cast, make_enterprise)
    client.force_login(cast.clerk_a)
    content(client, campaign, "docx")
    assert Operation.objects.get(action="export").detail["campaign"] == campaign.pk


def test_only_who_keeps_the_campaign_asks(client, cast, province):
    url = reverse("enterprises:campaign-ask", args=[province.pk])
    for person, status in ((cast.clerk_a, 404), (cast.manager_province, 403), (cast.inspector_a, 403)):
        client.force_login(person)
        assert client.post(url).status_code == status
    assert CampaignReport.objects.count() == 2
    client.force_login(cast.clerk_province)
    assert client.post(url).status_code == 302
    assert CampaignReport.objects.count() == 2
    assert client.get(url).status_code == 405


# Queries -----------------------------------------------------------------------------------------


def asked(client, url):
    client.get(url)
    region_tree()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_queries_do_not_grow(client, cast, province, make_enterprise):
    client.force_login(cast.manager_province)
    before = {form: asked(client, page(province, form)) for form in ("", "docx", "xlsx")}
    for number in range(20):
        by = (cast.clerk_a, cast.clerk_b, cast.clerk_county)[number % 3]
        team = make_team(cast, make_enterprise, by=by)
        visit = make_visit(cast, make_enterprise, by=by, campaign=province, team=team)
        make_activity(cast, make_enterprise, by=by, visit=visit)
        make_training(cast, make_enterprise, by=by, campaign=province)
        make_report(cast, make_enterprise, by=by, campaign=province)
    assert {form: asked(client, page(province, form)) for form in ("", "docx", "xlsx")} == before
    assert before == QUERIES
