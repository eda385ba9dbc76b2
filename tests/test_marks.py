"""Marks: what is written is read, what cannot be answered is refused with a sentence, and answers are the engine's."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bureau.reporting import indicators, marks
from bureau.reporting.answers import answers
from bureau.reporting.dimensions import REGION
from bureau.reporting.engine import compute
from bureau.reporting.marks import BadMark, Known, Mark, Word, parse
from bureau.reporting.periods import Period
from bureau.reporting.summary import Summary
from tests.cast import CITY_A, CITY_B, COUNTY, PROVINCE
from tests.figure_makers import make_entered, make_target

pytestmark = pytest.mark.django_db
YEAR = Period.year(2016)


@pytest.fixture
def known(reference):
    return Known(PROVINCE)


@pytest.fixture
def counted(make_standard, cast):
    """Of 2016 seven, of 2015 five, in two cities, a county and the province itself."""
    for by, tier, number in (
        (cast.clerk_a, "municipal", 3),
        (cast.clerk_b, "municipal", 2),
        (cast.clerk_county, "county", 1),
        (cast.clerk_province, "provincial", 1),
    ):
        for _each in range(number):
            make_standard(by=by, tier=tier, issued_on=date(2016, 5, 10))
    for _each in range(5):
        make_standard(by=cast.clerk_b, issued_on=date(2015, 5, 10))


def answer(text, region=PROVINCE, period=YEAR, user=None):
    mark = parse(text, Known(region))
    return answers([mark], region, period, user=user)[mark]


# Reading -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("standards.established", Mark("standards.established")),
        ("standards.established|tier=provincial", Mark("standards.established", values=(("tier", "provincial"),))),
        ("standards.established | tier=省级", Mark("standards.established", values=(("tier", "provincial"),))),
        ("standards.established｜tier＝provincial", Mark("standards.established", values=(("tier", "provincial"),))),
        ("standards.established | previous", Mark("standards.established", Word.PREVIOUS)),
        ("standards.established | ratio | text", Mark("standards.established", Word.RATIO, in_words=True)),
        ("standards.established | by=tier", Mark("standards.established", by="tier")),
        ("standards.established | by=region", Mark("standards.established", by=REGION)),
        ("standards.established | region=210200 | tier=county",
         Mark("standards.established", region=CITY_B, values=(("tier", "county"),))),
        ("cases.fines | unit=万元", Mark("cases.fines", unit="万元")),
        ("year | previous", Mark("year", Word.PREVIOUS)),
        (" region ", Mark("region")),
    ],
)  # fmt: skip
def test_a_mark_is_read(known, text, expected):
    read = parse(text, known)

    assert read == expected
    assert parse(str(read).strip("{} "), known) == read  # and read again as it is written


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty"),
        ("standards.establishd", "standards.established"),  # what is meant is named
        ("nothing.of_the_kind", "nothing.of_the_kind"),
        ("standards.established | colour=red", "colour"),
        ("standards.established | tier=imperial", "imperial"),
        ("standards.established | field=99", "99"),
        ("standards.established | tier=county | tier=provincial", "tier"),
        ("standards.established | best", "best"),
        ("standards.established | previous | change", "change"),
        ("standards.established | region=999999", "999999"),
        ("standards.established | region=130100", "石家庄"),
        ("standards.established | region=212100", "211200"),  # its successor
        ("standards.established | tier=county | target", "{standards.established}"),
        ("standards.established | by=tier | target", "{standards.established}"),
        ("standards.established | by=tier | change", "change"),
        ("standards.established | by=tier | tier=county", "tier"),
        ("standards.established | by=colour", "colour"),
        ("standards.problem_rate | ratio", "{standards.problem_rate}"),
        ("cases.fines | unit=千克", "千克"),
        ("cases.fines | unit=斗", "斗"),
        ("cases.fines | ratio | unit=万元", "ratio"),
        ("region | previous", "region"),
        ("made_on | tier=county", "made_on"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_sentence(known, text, told):
    """``{key}`` stands for the label of that figure."""
    told = re.sub(r"^\{(.+)\}$", lambda match: str(indicators.get(match[1]).label), told)
    with pytest.raises(BadMark) as caught:
        parse(text, known)
    assert told in str(caught.value) or (told == "is empty" and str(caught.value))


def test_a_figure_of_another_provinces_office_is_unknown(cast):
    from tests.figure_makers import make_defined

    own = make_defined(cast)
    assert parse(own.key, Known(CITY_A)).key == own.key
    with pytest.raises(BadMark):
        parse(own.key, Known(CITY_B))


def test_braces_without_an_end_are_a_problem(known):
    found, problems = marks.read("共{{ standards.established }}项，{{ standards.in_force", known)
    assert [mark.key for mark in found] == ["standards.established"]
    assert len(problems) == 1
    assert marks.read("没有标记的文字（2016）", known) == ([], [])


@given(st.lists(st.text("ab{}| ", max_size=6), max_size=6))
def test_pieces_are_filled_as_the_whole_would_be(pieces):
    """However a text is divided into runs, the same text comes out, and never more or fewer pieces."""
    whole = "".join(pieces)
    expected = re.sub(r"\{\{([^{}]*)\}\}", lambda match: f"<{match[1]}>", whole)
    filled = marks.filled(pieces, lambda inside: f"<{inside}>")
    assert (len(filled), "".join(filled)) == (len(pieces), expected)


def test_a_mark_over_several_pieces_stands_in_the_first():
    pieces = ["共 {", "{ a", " }", "} 项，", "{{b}}"]
    assert marks.filled(pieces, lambda inside: inside.strip().upper()) == ["共 A", "", "", " 项，", "B"]


# Answers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "shown"),
    [
        ("standards.established", 7, "7"),
        ("standards.established | text", 7, "7项"),
        ("standards.established | previous", 5, "5"),
        ("standards.established | change", 2, "2"),
        ("standards.established | change | text", 2, "增加2项"),
        ("standards.established | ratio", 40, "40.0"),
        ("standards.established | ratio | text", 40, "增长40.0%"),
        ("standards.established | tier=municipal", 5, "5"),
        ("standards.established | tier=regional", 0, "0"),
        ("standards.established | region=210100", 4, "4"),
        ("standards.established | region=210102", 1, "1"),
        ("standards.established | region=210200 | change | text", -3, "减少3项"),
        ("standards.established | region=210200 | ratio | text", -60, "下降60.0%"),
        ("standards.established | region=210100 | tier=county", 1, "1"),
        ("standards.established | tier=municipal | grade=working", 5, "5"),
        ("standards.established | region=210200 | tier=municipal | grade=highest", 0, "0"),
        ("standards.established | by=tier", None, "省级1项、市级5项、县级1项"),
        ("standards.established | by=region", None, "辽宁省本级1项、沈阳市4项、大连市2项"),
        ("standards.established | tier=municipal | by=grade", None, "次级5项"),
        ("standards.established | target", 10, "10"),
        ("standards.established | completion", 70, "70.0"),
        ("standards.established | region=210200 | target", None, "—"),
        ("standards.problem_rate", None, "—"),
        ("year", 2016, "2016"),
        ("year | previous", 2015, "2015"),
        ("region", None, "辽宁省"),
        ("period", None, "2016年"),
        ("last_day", None, "2016年12月31日"),
    ],
)
def test_a_mark_is_answered(cast, counted, text, number, shown):
    make_target(cast, by=cast.clerk_province)
    found = answer(text)
    assert (found.number, found.text) == (number, shown)


def test_a_limit_says_so_and_units_are_reckoned(cast, reference):
    make_target(cast, by=cast.clerk_province, indicator="cases.fines", value="120000.5", sense="at_most")
    assert answer("cases.fines | target | text | unit=万元").text == "不超过12.00005万元"
    assert answer("cases.fines | target | unit=万元").number == Decimal("12.00005")


def test_nothing_is_told_from_zero(cast, counted):
    assert answer("standards.established | tier=regional").is_nothing
    assert answer("standards.established | by=field").is_nothing is False
    assert answer("standards.reexamined | by=tier").is_nothing
    assert answer("standards.reexamined | change").is_nothing
    assert answer("standards.problem_rate").is_nothing
    assert not answer("standards.established | region=210200 | change").is_nothing


def test_it_is_limited_to_the_reader(cast, counted):
    assert answer("standards.established", CITY_A, user=cast.manager_a).number == 4
    assert answer("standards.established | region=210200", PROVINCE, user=cast.manager_a).number == 0


def test_labels_are_chinese_whatever_the_reader_reads(cast, counted):
    from django.utils import translation

    with translation.override("en"):
        assert answer("standards.established | by=tier").text == "省级1项、市级5项、县级1项"


# All marks of the page ---------------------------------------------------------------------------


@pytest.fixture
def printed(client, cast, counted, make_enterprise):
    """The marks that the page prints, without those of the paper itself, for the province in 2016."""
    make_entered(cast, by=cast.clerk_province)
    client.force_login(cast.manager_province)
    response = client.get(reverse("reporting:marks"), {"year": "2016"})
    assert response.status_code == 200
    found = re.findall(r'<code class="mark">\{\{ (.*?) \}\}</code>', response.content.decode())
    assert len(found) > 1000
    return found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.data())
def test_every_printed_mark_is_answered_by_the_engine(printed, data):
    text = data.draw(st.sampled_from(printed))
    region = data.draw(st.sampled_from(["", CITY_A, CITY_B, COUNTY]))
    mark = parse(f"{text} | region={region}" if region else text, Known(PROVINCE))
    found = answers([mark], PROVINCE, YEAR)[mark]
    indicator = indicators.get(mark.key)
    [figure] = compute([indicator], region or PROVINCE, YEAR, values=dict(mark.values), breakdowns=False)
    assert found.number == figure.value


def test_all_printed_marks_at_once_take_few_questions(printed):
    known = Known(PROVINCE)
    read = [parse(text, known) for text in printed]
    with CaptureQueriesContext(connection) as queries:
        found = answers(read, PROVINCE, YEAR)
    assert len(found) == len(set(read))
    assert len(queries) <= 32, len(queries)


def test_what_a_summary_knows_is_not_asked_again(cast, counted):
    summary = Summary.make(PROVINCE, YEAR)
    texts = ["standards.established", "standards.established | tier=county", "standards.established | target",
             "standards.in_force | region=210100", "standards.established | by=region"]  # fmt: skip
    read = [parse(text, Known(PROVINCE)) for text in texts]
    with CaptureQueriesContext(connection) as queries:
        found = answers(read, PROVINCE, YEAR, figures=summary.figures)
    assert len(queries) == 0
    assert [found[mark].number for mark in read[:2]] == [7, 1]


def test_a_question_for_each_region_and_double_narrowing(cast, counted):
    """One for all of the province and its cities, one for a county, one for what is narrowed twice; goals one more."""
    texts = ["standards.established", "standards.established | region=210100", "standards.in_force | tier=county",
             "standards.established | region=210102", "standards.established | tier=county | grade=working",
             "standards.in_force | tier=county | grade=working", "standards.established | completion"]  # fmt: skip
    read = [parse(text, Known(PROVINCE)) for text in texts]
    with CaptureQueriesContext(connection) as queries:
        answers(read, PROVINCE, YEAR)
    counting = [each for each in queries.captured_queries if "UNION ALL" in each["sql"] or "COUNT" in each["sql"]]
    assert len(counting) == 3
    assert len(queries) == 6  # and the fields of metrology, for each question that has parts


# The page ----------------------------------------------------------------------------------------


def test_the_page_shows_marks_dimensions_and_values(client, cast, counted):
    client.force_login(cast.manager_a)
    html = client.get(reverse("reporting:marks"), {"year": "2016"}).content.decode()
    assert "{{ standards.established | tier=provincial }}" in html
    assert "bureau/marks.js" in html
    assert "省级" in html


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "auditor"])
def test_it_needs_a_role_with_records(client, cast, who):
    client.force_login(getattr(cast, who))
    assert client.get(reverse("reporting:marks")).status_code == 403


def test_other_office_gets_404(client, cast):
    client.force_login(cast.clerk_a)
    assert client.get(reverse("reporting:marks"), {"region": CITY_B}).status_code == 404
