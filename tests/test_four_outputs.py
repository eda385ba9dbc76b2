"""Page, workbook, text and interface say the same as the command, figure by figure and part by part."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bureau.reporting import answers as answering
from bureau.reporting import figures, indicators, lines
from bureau.reporting.dimensions import REGION
from bureau.reporting.indicators import Rate
from bureau.reporting.measures import Count, Stated
from bureau.reporting.views import summary as summary_page
from bureau.reporting.workbook import look
from bureau.reporting.year_text.wording import SHIPPED
from tests.api_calls import ask, make_token
from tests.audit_makers import make_audit
from tests.case_makers import make_case
from tests.cast import CITY_A, PROVINCE
from tests.figure_makers import YEAR, make_defined, make_entered, make_target, make_text
from tests.ledger_makers import make_verification
from tests.outputs import FACTS, SENTENCE, Book, Page, is_shown, number_in, pattern_of, sentences_of
from tests.service_makers import make_visit

# An example takes seconds: a failing one is shown as it is, not made smaller.
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
IN_2016 = {"from": "2016-01-01", "to": "2016-12-31"}
PEOPLE = ("clerk_a", "clerk_b", "clerk_county", "clerk_province")
DAYS = st.sampled_from([date(2015, 3, 1), date(2015, 12, 31), date(2016, 1, 1), date(2016, 7, 9), date(2016, 12, 31)])
AMOUNTS = st.decimals(0, 30_000, places=2)
TARGETS = ("standards.established", "standards.in_force", "cases.fines", "verification.instruments", "own.share")
ENTERED = ("energy.intensity_decline", "energy.subcentres_connected", "energy.subcentres_ready")


@dataclass(frozen=True)
class Row:
    """A record of one of the kinds below, by whom, on which day, with what."""

    kind: str
    by: str
    day: date
    values: tuple[tuple[str, object], ...]


VALUES = {
    "standard": {
        "tier": st.sampled_from(["regional", "provincial", "municipal", "county"]),
        "grade": st.sampled_from(["highest", "working"]),
        "field_id": st.sampled_from(["01", "12", "46", "51"]),
    },
    "verification": {"conclusion": st.sampled_from(["passed", "failed"]), "fee_waived": AMOUNTS},
    "case": {"fine": AMOUNTS, "sector_id": st.sampled_from(["fuel", "market"])},
    "visit": {"benefit": AMOUNTS, "people_reached": st.integers(0, 5000)},
    "audit": {"conclusion": st.sampled_from(["conforming", "not_conforming"])},
}


@st.composite
def rows(draw):
    kind = draw(st.sampled_from(["standard", *VALUES]))
    values = {name: draw(drawn) for name, drawn in VALUES[kind].items()}
    return Row(kind, draw(st.sampled_from(PEOPLE)), draw(DAYS), tuple(values.items()))


@st.composite
def goals(draw):
    """By key of the figure its target, and whether that is a limit."""
    keys = draw(st.lists(st.sampled_from(TARGETS), unique=True))
    return {key: (draw(st.sampled_from([0, 1, 3, 7, 1500])), draw(st.booleans())) for key in keys}


class World:
    """What the outputs are asked about, and their answers."""

    def __init__(self, client, cast, make_standard, make_enterprise, region) -> None:
        self.client, self.cast, self.region = client, cast, region
        self.make_standard, self.make_enterprise = make_standard, make_enterprise
        self.office = {PROVINCE: cast.manager_province, CITY_A: cast.manager_a}[region]
        self.clerk = {PROVINCE: cast.clerk_province, CITY_A: cast.clerk_a}[region]

    def store(self, drawn, targets, entered) -> None:
        for row in drawn:
            getattr(self, f"_{row.kind}")(row, {"by": getattr(self.cast, row.by), **dict(row.values)})
        of_standards = {"of": "standards.established", "narrowed_to": "tier=municipal"}
        make_defined(self.cast, by=self.cast.clerk_province, code="part", label="市级新建", **of_standards)
        make_defined(
            self.cast, by=self.cast.clerk_province, code="share", label="市级占比", way="rate", unit="%", decimals=2,
            divided_by="standards.established", **of_standards,
        )  # fmt: skip
        for key, (value, is_limit) in targets.items():
            sense = "at_most" if is_limit else "at_least"
            make_target(self.cast, by=self.clerk, indicator=key, value=value, sense=sense, **YEAR)
        for key, value in entered.items():
            make_entered(self.cast, by=self.clerk, indicator=key, value=value)

    def _standard(self, row, values):
        self.make_standard(issued_on=row.day, **values)

    def _verification(self, row, values):
        days = {"verified_on": row.day, "received_on": None}
        make_verification(self.cast, self.make_enterprise, fee=30_000, **days, **values)

    def _case(self, row, values):
        make_case(self.cast, self.make_enterprise, filed_on=row.day, decided_on=row.day, closed_on=None, **values)

    def _visit(self, row, values):
        make_visit(self.cast, self.make_enterprise, visited_on=row.day, asked_on=None, is_satisfied=None, **values)

    def _audit(self, row, values):
        make_audit(self.cast, self.make_enterprise, **values)

    def command(self, kind: str, folder=None):
        asked = ["--region", self.region, "--year", "2016", "--format", kind]
        if folder is None:
            out = StringIO()
            call_command("summary", *asked, stdout=out)
            return json.loads(out.getvalue())
        path = folder / f"summary.{kind}"
        call_command("summary", *asked, "--output", str(path))
        return path.read_bytes()

    def page(self, address: str) -> bytes:
        self.client.force_login(self.office)
        response = self.client.get(address, {"region": self.region, **IN_2016})
        assert response.status_code == 200
        return b"".join(response.streaming_content) if response.streaming else response.content

    def interface(self) -> dict:
        _token, secret = make_token(self.cast, self.office.office)
        return ask(self.client, secret, "figures", language="zh-hans", region=self.region, year="2016").json()


def nothing_of(indicator):
    """Where no row counts: a rate and a number that nobody stated are undefined."""
    return None if isinstance(indicator, Rate) or isinstance(indicator.measure, Stated) else 0


class Truth:
    """What the command says, by which the outputs are measured; ``before`` collects what it does not say."""

    def __init__(self, summary: dict) -> None:
        self.figures = {figure["key"]: figure for figure in summary["figures"]}
        self.region = summary["region"]
        self.before: dict[tuple[str, str, str], object] = {}

    def of(self, place, name="value"):
        key, dimension, part = place
        figure = self.figures[key]
        return figure["breakdowns"][dimension][part] if dimension else figure[name]

    def indicator(self, key):
        return indicators.get(key)

    def shown_places(self) -> list[tuple[str, str, str]]:
        """Each figure and what it is shown by, in the order in which a summary prints them."""
        return [
            place
            for key, figure in self.figures.items()
            for place in (
                (key, "", ""),
                *((key, name, part) for name in self.indicator(key).shown_by for part in figure["breakdowns"][name]),
            )
        ]


def check_page(page: Page, truth: Truth) -> None:
    assert [line["place"] for line in page.lines] == truth.shown_places()
    for line in page.lines:
        place = line["place"]
        decimals = truth.indicator(place[0]).decimals
        assert is_shown(line["value"], truth.of(place), decimals), line
        truth.before[place] = number_in(line["previous"])
        if place[1]:
            assert (line["target"], line["completion"]) == ("—", "—")
            continue
        assert is_shown(line["previous"], truth.of(place, "previous"), decimals), line
        assert is_shown(line["target"], truth.of(place, "target"), decimals), line
        assert is_shown(line["completion"], truth.of(place, "completion"), 1), line
    for (key, name, part), text in page.by_region.items():
        broken = truth.figures[key]["breakdowns"][REGION]
        nothing = nothing_of(truth.indicator(key))
        number = broken.get(part, nothing) if name else truth.of((key, "", ""))
        assert is_shown(text, number, truth.indicator(key).decimals), (key, part, text, number)
    assert {key for key, _name, _part in page.by_region} == set(truth.figures)
    assert set(page.codes) == {code for figure in truth.figures.values() for code in figure["breakdowns"][REGION]}


def near(number):
    return None if number is None else pytest.approx(float(number), rel=1e-9, abs=1e-9)


def check_book(book: Book, page: Page, truth: Truth) -> None:
    totals = book.totals()
    assert [(line["label"], line["unit"]) for line in totals] == [(line["label"], line["unit"]) for line in page.lines]
    for line, beside in zip(totals, page.lines, strict=True):
        place = beside["place"]
        assert line["value"] == near(truth.of(place)), place
        assert is_shown(beside["previous"], line["previous"], truth.indicator(place[0]).decimals), place
        assert line["light"] == beside["light"], place
        for name in ("previous", "target", "completion") if not place[1] else ():
            assert line[name] == near(truth.of(place, name)), (place, name)
    regions = zip(book.by_region(), truth.figures.items(), strict=True)
    for (label, total, parts), (key, figure) in regions:
        assert (label, total) == (figure["label"], near(figure["value"])), key
        nothing = nothing_of(truth.indicator(key))
        assert parts == [near(figure["breakdowns"][REGION].get(code, nothing)) for code in page.codes], key
    keys = {figure["label"]: key for key, figure in truth.figures.items()}
    assert len(keys) == len(truth.figures)
    in_sections = book.sections(keys)
    for place, line in in_sections.items():
        assert line["value"] == near(truth.of(place)), place
        if place in truth.before:
            before = truth.before[place]
            decimals = truth.indicator(place[0]).decimals
            assert (line["previous"] is None) == (before is None)
            assert before is None or abs(before - Decimal(repr(line["previous"]))) <= Decimal(10) ** -decimals
    with_something = {place for place in truth.shown_places() if place[1] and truth.of(place)}
    assert with_something <= set(in_sections)
    check_records(book, truth)


def check_records(book: Book, truth: Truth) -> None:
    """Where a figure counts rows, it opens as many as it says."""
    records = book.traced(truth.region)
    assert set(truth.shown_places()) <= set(records)
    for place, count in records.items():
        indicator = truth.indicator(place[0])
        if isinstance(indicator, Rate):
            assert count is None
        elif isinstance(indicator.measure, Count) and place[0] in truth.figures:
            assert count == truth.of(place), place


# The text ----------------------------------------------------------------------------------------


def wording_of(truth: Truth) -> str:
    """Every figure, with all that is asked of it, and every part that a summary shows."""

    def sentences() -> Iterator[str]:
        for key, name, part in truth.shown_places():
            of = f"{key} | {name}={part}" if name else key
            words = ("previous",) if name else ("previous", "target", "completion", f"by={REGION}")
            yield "；".join([f"{{{{ {of} }}}}", *(f"{{{{ {of} | {word} }}}}" for word in words)]) + "。"

    return "\n".join(f"第{number}句：{sentence}" for number, sentence in enumerate(sentences(), start=1))


@dataclass(frozen=True)
class Asked:
    """A mark of the wording, read for itself: the number that it asks for, by what the command says."""

    inside: str

    @property
    def parts(self) -> list[str]:
        return [part.strip() for part in self.inside.split("|")]

    @property
    def words(self) -> dict[str, str]:
        return {name: value for name, _sign, value in (part.partition("=") for part in self.parts[1:])}

    @property
    def is_fact(self) -> bool:
        return self.parts[0] in FACTS

    def number(self, truth: Truth):
        """None: there is none; a dictionary of a list of parts."""
        key, words = self.parts[0], self.words
        if name := words.get("by"):
            broken = truth.figures[key]["breakdowns"][name]
            return {part: value for part, value in broken.items() if value}
        narrowed = [(key, name, value) for name, value in words.items() if name in truth.figures[key]["breakdowns"]]
        place = narrowed[0] if narrowed else (key, "", "")
        value = truth.of(place)
        before = truth.before[place] if place[1] else truth.of(place, "previous")
        if "previous" in words:
            return before
        if "change" in words or "ratio" in words:
            change = None if value is None or before is None else Decimal(repr(value)) - Decimal(repr(before))
            if "change" in words:
                return change
            return change * 100 / Decimal(repr(before)) if change is not None and before else None
        for name in ("target", "completion"):
            if name in words:
                return truth.of(place, name)
        return value

    def check(self, text: str | None, truth: Truth) -> None:
        if self.is_fact or text is None:
            return
        number = self.number(truth)
        if isinstance(number, dict):
            told = [] if text == "—" else [number_in(each) for each in text.split("、")]
            assert len(told) == len(number), (self.inside, text)
            for one, expected in zip(told, number.values(), strict=True):
                assert abs(one - self._in_unit(expected)) <= self._step(truth), (self.inside, text)
            return
        if number is None:
            assert text == "—", (self.inside, text)
            return
        assert abs(number_in(text) - self._in_unit(number)) <= self._step(truth), (self.inside, text, number)

    def _in_unit(self, number) -> Decimal:
        return Decimal(str(number)) / (10_000 if self.words.get("unit") == "万元" else 1)

    def _step(self, truth: Truth) -> Decimal:
        is_percent = {"ratio", "completion"} & set(self.words)
        decimals = 6 if "unit" in self.words else 1 if is_percent else truth.indicator(self.parts[0]).decimals
        return Decimal("0.5").scaleb(-decimals) + Decimal("1e-9")

    def is_nothing(self, truth: Truth) -> bool:
        number = self.number(truth)
        if {"change", "ratio", "target", "completion"} & set(self.words):
            return number is None or ("change" in self.words and not number)
        return not number


def check_text(content: bytes, wording: str, truth: Truth) -> int:
    """Sentence by sentence; the count of numbers that were compared. One that is left out has nothing to say."""
    printed, compared = sentences_of(content), 0
    for line in (line for line in wording.splitlines() if not line.startswith("#")):
        for sentence in SENTENCE.findall(line):
            pattern, insides = pattern_of(sentence)
            asked = [Asked(inside) for inside in insides]
            found = pattern.fullmatch(printed[0]) if printed else None
            if found is None:
                assert all(each.is_nothing(truth) for each in asked if not each.is_fact), (sentence, printed[:1])
                continue
            printed.pop(0)
            for each, text in zip(asked, found.groups(), strict=True):
                each.check(text, truth)
                compared += text is not None and not each.is_fact
    assert printed == []
    return compared


# All of them -------------------------------------------------------------------------------------


class Told:
    """Each output against what the command writes."""

    def __init__(self, world: World, folder) -> None:
        self.world, self.folder, self.summary = world, folder, world.command("json")
        self.truth = Truth(self.summary)

    def interface(self) -> None:
        assert self.world.interface() == self.summary
        assert json.loads(self.world.page("/reports/summary.json")) == self.summary

    def page(self) -> Page:
        page = Page(self.world.page("/reports/").decode(), self.world.region)
        check_page(page, self.truth)
        return page

    def book(self, page: Page) -> None:
        check_book(Book(self.world.page("/reports/summary.xlsx")), page, self.truth)

    def text(self, wording: str) -> int:
        """After the page, which tells what parts were a year before; the count of numbers."""
        compared = check_text(self.world.command("docx", self.folder), wording, self.truth)
        assert check_text(self.world.page("/reports/summary.docx"), wording, self.truth) == compared
        return compared

    def compare(self) -> int:
        self.interface()
        self.book(self.page())
        compared = check_text(self.world.command("docx", self.folder), SHIPPED, self.truth)
        return compared + self.text(self.own_wording())

    def own_wording(self) -> str:
        wording = wording_of(self.truth)
        make_text(self.world.cast, by=self.world.clerk, body=f"# 全部指标\n{wording}")
        return wording


@pytest.fixture
def world(client, cast, make_standard, make_enterprise):
    """One of each kind, with targets that are missed, exceeded and limits."""
    found = World(client, cast, make_standard, make_enterprise, PROVINCE)
    day, earlier = date(2016, 7, 9), date(2015, 3, 1)
    standard = (("tier", "municipal"), ("field_id", "12"))
    money = {"case": ("fine", Decimal("1999.95")), "visit": ("benefit", Decimal("12345.67"))}
    drawn = [
        *(Row("standard", by, day, standard) for by in PEOPLE),
        Row("standard", "clerk_a", earlier, standard),
        *(Row(kind, by, each, (value,)) for kind, value in money.items() for by in PEOPLE for each in (day, earlier)),
        Row("verification", "clerk_b", day, (("conclusion", "failed"), ("fee_waived", Decimal("150.5")))),
        Row("audit", "clerk_a", day, ()),
    ]
    targets = {"standards.established": (7, False), "cases.fines": (1500, True), "own.share": (0, True)}
    found.store(drawn, targets, {"energy.intensity_decline": Decimal("2.75")})
    return found


@pytest.mark.django_db
def test_a_text_may_say_every_figure_and_shown_part(world, tmp_path):
    assert Told(world, tmp_path).compare() > 200


def with_five_for_four(function):
    """One of the numbers is wrong: four standards were set up."""
    return lambda number, *others, **options: function(5 if number == 4 else number, *others, **options)


@pytest.mark.django_db
def test_a_wrong_number_in_one_output_is_found(world, tmp_path, monkeypatch):
    told = Told(world, tmp_path)
    page = told.page()
    checks = (
        (lines, "number_text", told.page),
        (summary_page, "number_text", told.page),
        (look, "_as_cell", lambda: told.book(page)),
        (answering, "plain", lambda: told.text(SHIPPED)),
        (figures, "as_number", told.interface),
    )
    for module, name, check in checks:
        with monkeypatch.context() as falsified:
            falsified.setattr(module, name, with_five_for_four(getattr(module, name)))
            with pytest.raises(AssertionError):
                check()
    told.text(SHIPPED)


@pytest.mark.django_db
@settings(max_examples=4, phases=QUICK, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    region=st.sampled_from([PROVINCE, CITY_A]),
    drawn=st.lists(rows(), min_size=1, max_size=12),
    targets=goals(),
    entered=st.dictionaries(st.sampled_from(ENTERED), st.sampled_from([0, 3, Decimal("2.75")])),
)
def test_all_outputs_say_the_same(
    client, cast, make_standard, make_enterprise, tmp_path, region, drawn, targets, entered
):
    with transaction.atomic():
        world = World(client, cast, make_standard, make_enterprise, region)
        world.store(drawn, targets, entered)
        Told(world, tmp_path).compare()
        transaction.set_rollback(True)
