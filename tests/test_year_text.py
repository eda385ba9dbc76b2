"""The summary as a text: its numbers are the engine's, whatever says nothing is left out, wording and figures part."""

import re
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Pt

from bureau import records
from bureau.models import Operation
from bureau.reporting import indicators
from bureau.reporting.answers import Answer, answers
from bureau.reporting.engine import compute
from bureau.reporting.lines import number_text
from bureau.reporting.marks import Word
from bureau.reporting.models import SummaryText
from bureau.reporting.periods import Period
from bureau.reporting.year_text.reading import Bound, bound, cleaned, lines_of, marks_of, numeral, problems_of
from bureau.reporting.year_text.texts import YearText
from bureau.reporting.year_text.wording import SHIPPED
from standards.models import MeasurementStandard
from tests.cast import CITY_A, CITY_B, PROVINCE
from tests.figure_makers import make_target, make_text

pytestmark = pytest.mark.django_db
YEAR = Period.year(2016)
PAGE = "/reports/text/"
IN_2016 = {"from": "2016-01-01", "to": "2016-12-31"}
ADDRESS = f"{PAGE}?from=2016-01-01&to=2016-12-31"


@pytest.fixture
def counted(make_standard, cast):
    for number in range(4):
        make_standard(by=cast.clerk_a, tier="provincial" if number == 3 else "municipal", issued_on=date(2016, 5, 1))
    for _number in range(3):
        make_standard(by=cast.clerk_a, issued_on=date(2015, 5, 1))


def text_of(body, region=CITY_A, shown=None):
    found = answers(marks_of(body, region).values(), region, YEAR)
    return Bound(body, region, found, shown)


def printed(body, **options):
    return [paragraph.text for paragraph in text_of(body, **options).printed]


def document_of(response):
    return Document(BytesIO(b"".join(response.streaming_content)))


# Reading -----------------------------------------------------------------------------------------


def test_the_wording_that_ships_can_be_answered(reference):
    assert problems_of(SHIPPED, PROVINCE) == []
    asked_for = {mark.key for mark in marks_of(SHIPPED, PROVINCE).values() if not mark.is_fact}
    sections = {indicators.get(key).section for key in asked_for}
    assert len(asked_for) > 80 and len(sections) == 5
    assert Word.TARGET in {mark.word for mark in marks_of(SHIPPED, PROVINCE).values()}


def test_a_bad_mark_is_told_with_its_line_and_sentence(reference):
    body = "# 标题\n第一句{{ standards.established }}项。第二句{{ standards.establishd }}项。\n[共{{ year }}年。"
    told = problems_of(body, PROVINCE)
    assert [(each.line, each.sentence) for each in told] == [
        (2, "第二句{{ standards.establishd }}项。"),
        (3, "[共{{ year }}年。"),
    ]
    assert "standards.establishd" in str(told[0]) and "2" in str(told[0])


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("共{{a}}项。", "共A项。"),
        ("共{{a}}项[，其中{{b}}家]。", "共A项，其中B家。"),
        ("共{{a}}项[，其中{{none}}家]。", "共A项。"),
        ("共{{none}}项，{{a}}家。", "共NONE项，A家。"),
        ("共{{none}}项[，其中{{none}}家]。", None),
        ("共{{none}}项[，其中{{a}}家]。", "共NONE项，其中A家。"),
        ("[{{a}}和{{none}}]完。", "完。"),
        ("没有数字的[句子]。", "没有数字的[句子]。"),
        ("［共{{a}}项］", "共A项"),
    ],
)
def test_what_says_nothing_is_left_out(wording, expected):
    def answer_of(inside):
        return Answer(inside.upper(), is_nothing=inside == "none")

    def figures_of(text):
        return re.findall(r"\{\{(\w+)\}\}", text)

    assert bound(wording, answer_of, figures_of) == expected


def test_sentences_paragraphs_and_headings_that_say_nothing_are_left_out(counted):
    body = """\
# {{ region }}总结
## 一、科学计量
新建{{ standards.established }}项。复查{{ standards.reexamined }}项。
### 没有数字可说的一节
复查{{ standards.reexamined }}项。撤销{{ standards.withdrawn }}项。
## 二、空的一章
引导语。
比对{{ comparisons.held }}项。
## 三、更空的一章
比对{{ comparisons.held }}项。
## 四、最后一章
### 一节
现行有效{{ standards.in_force }}项。"""
    assert printed(body) == [
        "沈阳市总结",
        "一、科学计量",
        "新建4项。",
        "二、空的一章",
        "引导语。",
        "三、最后一章",  # numbered anew
        "（一）一节",
        "现行有效7项。",
    ]


def test_numerals_are_chinese():
    numbers = (1, 9, 10, 11, 20, 21, 99)
    assert [numeral(number) for number in numbers] == ["一", "九", "十", "十一", "二十", "二十一", "九十九"]


def test_a_wording_is_kept_clean():
    assert cleaned(" 一 \r\n\r\n二\u200b三\n") == "一\n二三"
    kinds = [line.kind.name for line in lines_of("# a\n## b\n### c\nd")]
    assert kinds == ["TITLE", "HEADING", "SUBHEADING", "PARAGRAPH"]


# Numbers -----------------------------------------------------------------------------------------


def test_parts_last_year_and_target_stand_in_the_sentence(cast, counted):
    make_target(cast, value=5)
    texts = printed(SHIPPED)
    [sentence] = [text for text in texts if text.startswith("新建社会公用计量标准")]
    assert sentence.startswith("新建社会公用计量标准4项，其中省级1项、市级3项，同比增长33.3%，完成目标（5项）的80.0%。")
    assert not [text for text in texts if "{{" in text or "}}" in text or "—" in text]


def test_every_number_of_the_document_is_the_engines(client, cast, counted):
    """The document is the bound sentences; each number in it is one that the engine gives for a mark of its own."""
    client.force_login(cast.manager_a)
    document = document_of(client.get("/reports/summary.docx", IN_2016))
    text = YearText(CITY_A, YEAR, user=cast.manager_a)
    lines = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert lines[:-2] == [paragraph.text for paragraph in text.bound.printed]  # then who signs it, and when

    plain = {mark: each for mark, each in text.found.items() if not (mark.is_fact or mark.by or mark.unit)}
    wanted = [indicators.get(key) for key in {mark.key for mark in plain}]
    figures = {each.indicator.key: each for each in compute(wanted, CITY_A, YEAR, user=cast.manager_a)}
    texts = set()
    for mark, answer in plain.items():
        figure = figures[mark.key]
        if mark.word == Word.VALUE:
            assert answer.number == figure.value
            texts.add(number_text(figure.value, figure.indicator.decimals).replace(",", ""))
        elif mark.word == Word.RATIO and figure.previous:
            texts.add(f"{abs(figure.value - figure.previous) / figure.previous:.1%}".rstrip("%"))
        elif mark.word == Word.CHANGE:
            texts.add(str(abs(figure.value - figure.previous)))
    for figure in figures.values():
        texts |= {str(number) for parts in figure.breakdowns.values() for number in parts.values()}
    in_text = re.findall(r"\d+(?:\.\d+)?", re.sub(r"\d+年(\d+月\d+日)?", "", "".join(lines[:-2])))
    assert len(in_text) >= 8
    assert set(in_text) <= texts


def test_few_questions_are_asked(cast, counted):
    with CaptureQueriesContext(connection) as queries:
        YearText(CITY_A, YEAR, user=cast.manager_a)
    assert len(queries) <= 40, len(queries)


# The document ------------------------------------------------------------------------------------


def test_the_document_is_in_the_style_of_official_papers(client, cast, counted):
    client.force_login(cast.manager_a)
    response = client.get("/reports/summary.docx", IN_2016)
    document = document_of(response)
    title, _blank, first = document.paragraphs[:3]

    assert title.text == "沈阳市2016年计量工作总结"
    assert title.runs[0].font.size == Pt(22)
    for paragraph in document.paragraphs:
        assert paragraph.paragraph_format.line_spacing_rule == WD_LINE_SPACING.EXACTLY
        assert paragraph.paragraph_format.line_spacing == Pt(28.9)
    assert (first.runs[0].font.size, first.paragraph_format.first_line_indent) == (Pt(16), Pt(32))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    fonts = {run._r.rPr.rFonts.get(qn("w:eastAsia")) for run in runs}
    assert {"方正小标宋简体", "仿宋", "黑体", "楷体"} <= fonts
    assert document.paragraphs[-2].text == str(cast.manager_a.office)
    footer = document.sections[0].footer.paragraphs[0]
    assert "PAGE" in footer._p.xml and footer.text.startswith("—")
    assert Operation.objects.filter(action=Operation.Action.EXPORT).count() == 1


def test_the_command_writes_it(cast, counted, tmp_path):
    path = tmp_path / "text.docx"
    call_command("summary", region=CITY_A, year="2016", format="docx", output=str(path), stdout=StringIO())
    assert "新建社会公用计量标准4项" in "".join(each.text for each in Document(path).paragraphs)
    make_text(cast, body="# 自己的标题\n共{{ standards.established }}项。")
    call_command("summary", region=CITY_A, year="2016", format="docx", output=str(path), stdout=StringIO())
    assert [each.text for each in Document(path).paragraphs][:3] == ["自己的标题", "", "共4项。"]


# Editing -----------------------------------------------------------------------------------------


def post(client, body, version="0", **values):
    return client.post(ADDRESS, {"part": body.split("\n\n"), "version": version, **values})


def test_the_page_shows_wording_and_text(client, cast, counted):
    client.force_login(cast.manager_a)
    response = client.get(ADDRESS)
    html = response.content.decode()
    assert "{{ standards.established }}" in html
    assert "新建社会公用计量标准4项" in html
    assert len(response.context["sections"]) == 6
    assert "".join(section["wording"] + "\n" for section in response.context["sections"]) == SHIPPED


def test_what_the_page_shows_is_kept_unchanged(client, cast, counted):
    client.force_login(cast.manager_a)
    parts = [section["wording"] for section in client.get(ADDRESS).context["sections"]]
    assert client.post(ADDRESS, {"part": parts, "version": "0"}).status_code == 302
    assert SummaryText.objects.get().body == SHIPPED.strip()


def test_edited_wording_survives_a_refresh_of_the_figures(client, cast, counted, make_standard):
    client.force_login(cast.manager_a)
    assert post(client, "# 标题\n\n## 章\n我局新建{{ standards.established }}项标准。").status_code == 302
    row = SummaryText.objects.get()
    assert (row.office, row.region_id, row.period) == (cast.manager_a.office, CITY_A, YEAR)
    assert row.body == "# 标题\n## 章\n我局新建{{ standards.established }}项标准。"  # no number in it
    make_standard(by=cast.clerk_a, issued_on=date(2016, 6, 1))
    texts = [paragraph.text for paragraph in document_of(client.get("/reports/summary.docx", IN_2016)).paragraphs]
    assert "我局新建5项标准。" in texts


def test_sentences_whose_numbers_changed_are_shown(client, cast, counted, make_standard):
    client.force_login(cast.manager_a)
    unchanged = "撤销{{ standards.withdrawn }}项。共有{{ standards.fields_covered }}个领域。"
    post(client, "新建{{ standards.established }}项。" + unchanged)
    assert client.get(ADDRESS).context["changed"] == []

    make_standard(by=cast.clerk_a, issued_on=date(2016, 6, 1))
    response = client.get(ADDRESS)
    assert [(each.before, each.text) for each in response.context["changed"]] == [("新建4项。", "新建5项。")]
    assert "<mark>新建5项。</mark>" in response.content.decode()
    assert client.get(ADDRESS).context["changed"]  # to look is not to have looked through

    assert client.post(ADDRESS, {"seen": "1"}).status_code == 302
    assert client.get(ADDRESS).context["changed"] == []
    row = SummaryText.objects.get()
    assert row.version == 1 and row.shown["{{ standards.established }}"] == "5"


def test_a_sentence_that_appears_or_goes_is_shown(client, cast, counted):
    client.force_login(cast.manager_a)
    post(client, "引言。新建{{ standards.established }}项。")
    for standard in MeasurementStandard.objects.all():
        records.void(standard, by=cast.clerk_a, reason="重复")
    [sentence] = client.get(ADDRESS).context["changed"]
    assert (sentence.before, sentence.text) == ("新建4项。", None)
    client.post(ADDRESS, {"seen": "1"})
    for standard in MeasurementStandard.objects.all():
        records.unvoid(standard, by=cast.clerk_a)
    [sentence] = client.get(ADDRESS).context["changed"]
    assert (sentence.before, sentence.text) == (None, "新建4项。")


def test_a_download_counts_as_looked_through_for_those_who_edit(client, cast, counted, make_standard):
    client.force_login(cast.manager_a)
    post(client, "新建{{ standards.established }}项。")
    make_standard(by=cast.clerk_a, issued_on=date(2016, 6, 1))
    client.force_login(cast.inspector_a)
    client.get("/reports/summary.docx", IN_2016)
    client.force_login(cast.manager_a)
    assert len(client.get(ADDRESS).context["changed"]) == 1
    client.get("/reports/summary.docx", IN_2016)
    assert client.get(ADDRESS).context["changed"] == []


def test_bad_marks_are_refused_with_line_and_sentence_and_nothing_is_lost(client, cast, counted):
    client.force_login(cast.manager_a)
    response = post(client, "# 标题\n\n## 章\n新建{{ standards.establishd }}项。")
    assert response.status_code == 200
    [problem] = response.context["problems"]
    assert "3" in problem and "新建{{ standards.establishd }}项。" in problem
    assert "新建{{ standards.establishd }}项。" in response.content.decode()
    assert not SummaryText.objects.exists()


def test_two_managers_at_once(client, cast, counted):
    client.force_login(cast.manager_a)
    post(client, "甲写的。")
    response = post(client, "乙写的。", version="0")
    assert response.status_code == 200 and len(response.context["problems"]) == 1
    assert SummaryText.objects.get().body == "甲写的。"
    assert post(client, "乙写的。", version=response.context["version"]).status_code == 302
    assert SummaryText.objects.get().body == "乙写的。"


def test_two_managers_in_the_same_moment(client, cast, counted, monkeypatch):
    """The other one's row came between reading and writing: nothing breaks, and what was typed is shown."""
    client.force_login(cast.manager_a)
    keep = YearText.keep

    def slow(self, body, *, by):
        make_text(cast, body="甲写的。")
        return keep(self, body, by=by)

    monkeypatch.setattr(YearText, "keep", slow)
    response = post(client, "乙写的。")
    assert response.status_code == 200 and len(response.context["problems"]) == 1
    assert "乙写的。" in response.content.decode()


def test_back_to_the_wording_that_ships(client, cast, counted):
    client.force_login(cast.manager_a)
    post(client, "自己写的。")
    assert client.post(ADDRESS, {"ship": "1", "version": "1"}).status_code == 302
    row = SummaryText.objects.get()
    assert row.body == "" and row.shown
    assert "新建社会公用计量标准4项" in client.get(ADDRESS).content.decode()


def test_it_rejects_a_wording_without_end(client, cast, counted):
    client.force_login(cast.manager_a)
    assert post(client, "长" * 60_001).context["problems"]
    assert not SummaryText.objects.exists()


def test_who_may_only_look_cannot_write(client, cast, counted):
    client.force_login(cast.inspector_a)
    assert "readonly" in client.get(ADDRESS).content.decode()
    assert post(client, "写。").status_code == 403


def test_the_wording_of_another_office_is_its_own(client, cast, counted):
    make_text(cast, body="# 甲市自己的写法\n共{{ standards.established }}项。")
    client.force_login(cast.manager_province)
    html = client.get(ADDRESS, {"region": CITY_A, **IN_2016}).content.decode()
    assert "甲市自己的写法" not in html
    client.force_login(cast.clerk_b)
    assert client.get(PAGE, {"region": CITY_A, **IN_2016}).status_code == 404


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "auditor"])
def test_it_needs_a_role_with_records(client, cast, who):
    client.force_login(getattr(cast, who))
    assert client.get(PAGE).status_code == 403


def test_it_needs_a_login(client, cast):
    assert client.get(PAGE).status_code == 302


def test_the_model_refuses_bad_marks_too(cast):
    row = make_text(cast)
    row.body = "共{{ nothing }}项。"
    with pytest.raises(ValidationError):
        row.full_clean()


def test_other_regions_of_the_reader_can_be_written(client, cast, counted):
    client.force_login(cast.manager_province)
    address = reverse("reporting:year-text") + f"?region={CITY_B}&from=2016-01-01&to=2016-12-31"
    assert client.post(address, {"part": "大连。", "version": "0"}).status_code == 302
    assert SummaryText.objects.get().region_id == CITY_B
