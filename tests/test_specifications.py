"""Local technical specifications: numbers, states that follow from days, replacement, reviews, the yearly plan."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bureau import records
from bureau.reporting import indicators
from bureau.reporting.engine import compute
from bureau.reporting.periods import Period
from standards import specification_life
from standards.models import Specification, SpecificationReview
from standards.models.specification import LIFE, SpecificationState, from_number
from tests.entering import address, enter, errors_of
from tests.importing import counts, imported, undone
from tests.institutions import make_specification, make_specification_review
from tests.test_institutions import problems, write

pytestmark = pytest.mark.django_db

PLANNED = {"number": "", "issued_on": None, "in_force_on": None}


def value(key, year=2016, region="210000", **options):
    return compute([indicators.get(f"specifications.{key}")], region, Period.year(year), **options)[0]


class TestNumber:
    def test_it_is_kept_in_its_normal_form(self, cast):
        row = make_specification(cast, number="ＪＪＧ（辽）１２１——２０１６")
        assert (row.number, row.kind, row.is_joint) == ("JJG(辽) 121-2016", "JJG", False)

    def test_of_several_provinces_it_says_that_the_text_is_joint(self, cast):
        row = make_specification(cast, number="JJF(京津冀) 3001-2021")
        assert (row.is_joint, row.joint_provinces, row.kind) == (True, "京津冀", "JJF")

    def test_three_numbers_of_one_joint_text_stand_side_by_side(self, cast):
        for name in "京津冀":
            row = make_specification(cast, number=f"JJG({name}) 3001-2017", joint_provinces="京津冀")
            assert row.is_joint
        assert Specification.objects.filter(is_joint=True).count() == 3

    @pytest.mark.parametrize("again", ["JJG（辽）121－2016", "jjg(辽)0121-2016", "ＪＪＧ(辽) １２１-２０１６"])
    def test_the_same_number_in_another_way_is_refused(self, cast, again):
        first = make_specification(cast, number="JJG(辽) 121-2016")
        with pytest.raises(ValidationError):
            make_specification(cast, number=again)
        records.void(first, by=cast.clerk_a, reason="重复")
        assert make_specification(cast, number=again)

    def test_provinces_in_another_order_are_the_same_text(self, cast):
        make_specification(cast, number="JJF(京津冀) 3001-2021")
        with pytest.raises(ValidationError):
            make_specification(cast, number="JJF(冀京津) 3001-2021")

    @pytest.mark.parametrize(
        ("number", "joint_provinces", "kind", "field"),
        [
            ("JJG 121-2016", "", "", "number"),
            ("JJG(辽辽) 121-2016", "", "", "number"),
            ("JJG(辽) 121-2016", "", "JJF", "kind"),
            ("JJG(辽) 121-2016", "京津冀", "", "joint_provinces"),
            ("JJG(京津) 121-2016", "京津冀", "", "joint_provinces"),
            ("JJG(辽) 121-2016", "辽辽", "", "joint_provinces"),
            ("", "中外", "", "joint_provinces"),
        ],
    )
    def test_what_contradicts_it_is_refused(self, number, joint_provinces, kind, field):
        with pytest.raises(ValidationError) as refusal:
            from_number(number, joint_provinces, kind)
        assert list(refusal.value.message_dict) == [field]


class TestStates:
    DAYS = dict(zip(LIFE, [date(2014, month, 1) for month in (1, 3, 5, 7, 9, 11)], strict=True))

    def test_each_day_begins_the_next_state(self, cast):
        row = make_specification(cast, **self.DAYS, ending="replaced")
        states = ["planned", "drafted", "issued", "in_force", "under_revision", "replaced"]
        assert row.state_on(date(2013, 12, 31)) is None
        for month, state in zip((1, 3, 5, 7, 9, 11), states, strict=True):
            assert row.state_on(date(2014, month, 1)) == row.state_on(date(2014, month, 28)) == state

    def test_the_day_of_its_end_is_no_day_in_force(self, cast):
        row = make_specification(cast, ended_on=date(2020, 6, 1), ending="abolished")
        assert row.state_on(date(2020, 5, 31)) == SpecificationState.IN_FORCE
        assert row.state_on(date(2020, 6, 1)) == SpecificationState.ABOLISHED
        for on, number in ((date(2020, 5, 31), 1), (date(2020, 6, 1), 0)):
            assert Specification.objects.in_force(on).count() == number

    @pytest.mark.parametrize(
        "values",
        [
            {"issued_on": date(2017, 1, 1)},  # after it came into force
            {"planned_on": date(2016, 5, 11)},
            {"drafted_on": date(2016, 1, 9)},
            {"revision_begun_on": date(2016, 5, 9)},
            {"ended_on": date(2016, 5, 9), "ending": "abolished"},
            {"ended_on": date(2018, 1, 1)},  # and how?
            {"ending": "abolished"},  # and when?
            {"ended_on": date(2018, 1, 1), "ending": "dropped"},  # it was in force
            {"number": ""},
            {"issued_on": None, "in_force_on": None},
            {**PLANNED, "planned_on": None},
            {**PLANNED, "ended_on": date(2018, 1, 1), "ending": "abolished"},  # it never was in force
            {"in_force_on": None, "revision_begun_on": date(2018, 1, 1)},
            {"due_on": date(2016, 1, 9)},
        ],
    )
    def test_impossible_days_are_refused(self, cast, values):
        with pytest.raises(ValidationError):
            make_specification(cast, **values)
        assert not Specification.objects.exists()

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_the_query_of_a_day_is_the_state_of_the_row(self, cast, data):
        """Random lives, all their days known or some left out: the list of a state holds the rows in that state."""
        days = st.dates(date(2014, 1, 1), date(2016, 12, 31))
        life = sorted(data.draw(st.lists(days, min_size=6, max_size=6)))
        values = dict(zip(LIFE, life, strict=True))
        for name in data.draw(st.sets(st.sampled_from(["planned_on", "drafted_on", "issued_on", "revision_begun_on"]))):
            values[name] = None
        if data.draw(st.booleans()):
            values["ended_on"] = None
        ending = data.draw(st.sampled_from(["replaced", "abolished"])) if values["ended_on"] else ""
        row = make_specification(cast, **values, ending=ending)
        on = data.draw(days)
        for state in SpecificationState.values:
            listed = Specification.objects.in_state(state, on).filter(pk=row.pk).exists()
            assert listed == (row.state_on(on) == state), (state, values, on)
        is_in_force = row.state_on(on) in (SpecificationState.IN_FORCE, SpecificationState.UNDER_REVISION)
        assert Specification.objects.in_force(on).filter(pk=row.pk).exists() == is_in_force


class TestReplacement:
    def new(self, cast, old, **values):
        values = {"number": "JJG(辽) 121-2021", "planned_on": None, "issued_on": date(2021, 2, 1), **values}
        values.setdefault("in_force_on", date(2021, 5, 1))
        return make_specification(cast, making="revision", replaces=old, **values)

    def test_the_former_text_ends_when_the_new_one_comes_into_force(self, cast):
        old = make_specification(cast, number="JJG(辽) 121-2016")
        new = self.new(cast, old)
        old.refresh_from_db()
        assert (old.ended_on, old.ending) == (date(2021, 5, 1), "replaced")
        for on in (date(2021, 4, 30), date(2021, 5, 1)):
            assert Specification.objects.in_force(on).count() == 1
        new.in_force_on = date(2021, 7, 1)  # corrected: the former text lasted longer
        records.save(new, by=cast.clerk_a)
        specification_life.follow([new], by=cast.clerk_a)
        old.refresh_from_db()
        assert old.ended_on == date(2021, 7, 1)

    def test_what_another_office_keeps_or_what_was_abolished_stays(self, cast):
        for old in (
            make_specification(cast, by=cast.clerk_b),
            make_specification(cast, ended_on=date(2019, 1, 1), ending="abolished"),
        ):
            before = old.ended_on
            self.new(cast, old, number=f"JJF(辽) {old.pk}-2021")
            old.refresh_from_db()
            assert old.ended_on == before

    def test_it_replaces_neither_itself_nor_what_was_not_in_force_before(self, cast):
        old = make_specification(cast, in_force_on=date(2021, 6, 1))
        with pytest.raises(ValidationError):
            self.new(cast, old)
        planned = make_specification(cast, **PLANNED)
        with pytest.raises(ValidationError):
            self.new(cast, planned)
        old.replaces, old.making = old, "revision"
        with pytest.raises(ValidationError):
            old.full_clean(exclude=["created_by", "updated_by", "voided_by"])


class TestReviews:
    def test_it_is_due_five_years_after_it_came_into_force_or_was_reviewed(self, cast, settings):
        row = make_specification(cast, in_force_on=date(2016, 5, 10))
        assert row.review_due_on == date(2021, 5, 10)
        make_specification_review(cast, specification=row, on=date(2020, 3, 1))
        row.refresh_from_db()
        assert row.review_due_on == date(2025, 3, 1)
        settings.SPECIFICATION_REVIEW_YEARS = 3
        specification_life.follow([row], by=cast.clerk_a)
        assert row.review_due_on == date(2023, 3, 1)

    def test_not_of_what_ended_or_is_not_in_force_yet(self, cast):
        assert make_specification(cast, ended_on=date(2020, 1, 1), ending="abolished").review_due_on is None
        assert make_specification(cast, **PLANNED).review_due_on is None

    def test_one_a_day(self, cast):
        review = make_specification_review(cast)
        with pytest.raises(ValidationError):
            make_specification_review(cast, specification=review.specification)

    def test_on_the_page(self, client, cast):
        row = make_specification(cast)
        part = ("reviews", {"on": "2021-05-01", "conclusion": "keep"})
        assert enter(client, cast.clerk_a, Specification, row=row, parts=[part]).status_code == 302
        row.refresh_from_db()
        assert row.review_due_on == date(2026, 5, 1)
        page = client.get(address(SpecificationReview, "changelist")).content.decode()
        assert row.number in page


class TestForm:
    VALUES = {"number": "JJG（辽）７－2016", "name": "电子秤", "issued_on": "2016.5.1", "in_force_on": "2016-08-01"}

    def test_it_works(self, client, cast):
        assert enter(client, cast.clerk_a, Specification, **self.VALUES).status_code == 302
        row = Specification.objects.get()
        assert (row.number, row.kind, row.review_due_on) == ("JJG(辽) 7-2016", "JJG", date(2021, 8, 1))

    @pytest.mark.parametrize(
        "changes",
        [
            {"number": "JJG 7-2016"},
            {"number": ""},
            {"issued_on": "2016-08-02"},
            {"ended_on": "2020-01-01"},
            {"joint_provinces": "京津冀"},
            {"kind": "JJF"},
            {"name": ""},
        ],
    )
    def test_it_rejects_a_bad_value(self, client, cast, changes):
        assert "errorlist" in errors_of(enter(client, cast.clerk_a, Specification, **{**self.VALUES, **changes}))
        assert not Specification.objects.exists()

    def test_only_an_own_text_is_replaced(self, client, cast):
        foreign = make_specification(cast, by=cast.clerk_b)
        values = {**self.VALUES, "making": "revision", "in_force_on": "2020-01-01", "replaces": foreign.pk}
        assert "errorlist" in errors_of(enter(client, cast.clerk_a, Specification, **values))
        own = make_specification(cast)
        assert enter(client, cast.clerk_a, Specification, **{**values, "replaces": own.pk}).status_code == 302
        own.refresh_from_db()
        assert own.ending == "replaced"

    def test_the_list_shows_the_state_of_today(self, client, cast):
        make_specification(cast, name="已废止者", ended_on=date(2020, 6, 1), ending="abolished")
        make_specification(cast, name="有效者")
        client.force_login(cast.clerk_b)
        with time_machine.travel("2020-06-01 10:00+08:00"):
            for state, names in (("in_force", {"有效者"}), ("abolished", {"已废止者"}), ("planned", set())):
                shown = client.get(f"{address(Specification, 'changelist')}?state={state}").context["cl"].result_list
                assert {row.name for row in shown} == names


class TestImport:
    LINE = {
        "规范编号": "JJG（辽）７－2016", "名称": "电子秤检定规程", "发布日期": "2016-05-01", "实施日期": "2016-08-01",
        "代替规范号": "", "制修订": "制定", "共建省份": "", "废止日期": "", "终止方式": "",
    }  # fmt: skip

    def take(self, cast, tmp_path, *changes, kind="specifications", line=None):
        lines = [{**(line or self.LINE), **change} for change in changes or [{}]]
        return imported(write(tmp_path, lines), cast.clerk_a, kind)

    def test_a_file_again_in_other_widths_changes_nothing(self, cast, tmp_path):
        assert counts(self.take(cast, tmp_path)) == (1, 0, 0, 0)
        assert counts(self.take(cast, tmp_path, {"规范编号": "jjg(辽) 7—2016"})) == (0, 0, 1, 0)
        assert Specification.objects.get().review_due_on == date(2021, 8, 1)

    @pytest.mark.parametrize(
        "changes",
        [
            {"规范编号": "JJG 7-2016"},
            {"规范编号": "JJG(辽) 07-2016"},  # that of the record, in another way
            {"规范编号": ""},
            {"发布日期": "2016-08-02"},
            {"发布日期": "", "实施日期": ""},
            {"废止日期": "2020-01-01"},
            {"共建省份": "京津冀"},
            {"代替规范号": "JJG(辽) 999-2001"},
        ],
    )
    def test_it_rejects_bad_rows(self, cast, tmp_path, changes):
        self.take(cast, tmp_path)
        run = self.take(cast, tmp_path, {"名称": "另一规程", **changes})
        assert counts(run) == (0, 0, 0, 1)
        assert problems(run)
        assert Specification.objects.get().name == "电子秤检定规程"

    def test_a_revision_ends_the_former_text_and_its_undo_brings_it_back(self, cast, tmp_path):
        self.take(cast, tmp_path)
        new = {"规范编号": "JJG(辽) 7-2021", "发布日期": "2021-01-01", "实施日期": "2021-03-01"}
        run = self.take(cast, tmp_path, {**new, "代替规范号": "JJG（辽）７—2016", "制修订": "修订"})
        assert counts(run) == (1, 0, 0, 0)
        former = Specification.objects.get(number="JJG(辽) 7-2016")
        assert (former.ended_on, former.ending, former.review_due_on) == (date(2021, 3, 1), "replaced", None)
        undone(run, cast.clerk_a)
        former.refresh_from_db()
        assert (former.ended_on, former.ending, former.review_due_on) == (None, "", date(2021, 8, 1))

    def test_a_plan_becomes_a_text(self, cast, tmp_path):
        line = {
            "项目名称": "电子秤检定规程",
            "立项日期": "2016-01-10",
            "计划完成日期": "2016-12",
            "共建省份": "京、津、冀",
        }
        assert counts(self.take(cast, tmp_path, line=line, kind="specification_plans")) == (1, 0, 0, 0)
        row = Specification.objects.get()
        assert (row.due_on, row.is_joint, row.state_on(date(2016, 2, 1))) == (date(2016, 12, 31), True, "planned")
        issued = {**line, "规范编号": "JJG(津) 3001-2016", "发布日期": "2016-11-01"}
        assert counts(self.take(cast, tmp_path, line=issued, kind="specification_plans")) == (0, 1, 0, 0)
        row.refresh_from_db()
        assert (row.number, row.number_key, row.is_joint) == ("JJG(津) 3001-2016", "JJG(津) 3001-2016", True)

    def test_reviews_move_the_next_one(self, cast, tmp_path):
        self.take(cast, tmp_path)
        line = {"规范编号": "JJG（辽）7－2016", "复审日期": "2020-06-01", "复审结论": "继续有效"}
        run = self.take(cast, tmp_path, line=line, kind="specification_reviews")
        assert counts(run) == (1, 0, 0, 0)
        assert Specification.objects.get().review_due_on == date(2025, 6, 1)
        undone(run, cast.clerk_a)
        assert Specification.objects.get().review_due_on == date(2021, 8, 1)


class TestFigures:
    def test_what_hebei_and_liaoning_published(self, cast):
        """HB07–09, HB23–24, LN05–06 in small: what each of the words counts."""
        make_specification(cast, number="JJG(冀) 1-2015", planned_on=None, issued_on=date(2015, 5, 1))  # in force 2016
        make_specification(cast, number="JJF(京津冀) 3001-2016", kind="JJF")
        make_specification(cast, number="JJG(冀) 2-2016", making="revision")
        old = {"planned_on": None, "issued_on": None, "in_force_on": date(2010, 1, 1), "ended_on": date(2016, 3, 1)}
        make_specification(cast, **old, ending="abolished")
        make_specification(cast, **old, ending="replaced")
        make_specification(cast, **PLANNED, joint_provinces="京津冀", planned_on=date(2016, 2, 1))
        make_specification(cast, **PLANNED, ended_on=date(2016, 9, 1), ending="dropped")
        for on in (date(2016, 4, 1), date(2016, 10, 1), date(2017, 1, 1)):
            make_specification_review(cast, specification=Specification.objects.earliest("pk"), on=on)
        expected = {
            "in_force": 3,  # 1-2015, the joint one, 2-2016
            "joint_in_force": 1,
            "issued_or_revised": 2,  # the joint one and 2-2016
            "abolished": 1,  # the replaced one does not count
            "planned": 4,  # the two that were issued, the joint project, the one that was dropped
            "joint_planned": 2,
            "reviewed": 2,
        }
        assert {key: value(key).value for key in expected} == expected
        assert value("issued_or_revised").breakdowns["making"] == {"new": 1, "revision": 1}
        assert value("in_force").breakdowns["joint"] == {"true": 1, "false": 2}

    def test_a_text_counts_until_the_day_before_its_end(self, cast):
        make_specification(cast, ended_on=date(2016, 12, 31), ending="abolished")
        make_specification(cast, ended_on=date(2017, 1, 1), ending="abolished")
        assert value("in_force").value == 1

    def test_completion_of_the_plan(self, cast):
        """24 projects would be 100 %; here 4 planned in 2016, of which 2 were issued by its end: 2 / 4 = 50 %."""
        for issued_on in (date(2016, 6, 1), date(2016, 12, 31), date(2017, 1, 1)):
            make_specification(cast, issued_on=issued_on, in_force_on=None)
        make_specification(cast, **PLANNED)
        assert value("plan_completion").value == 50
        assert value("planned_and_issued").value == 2
        assert value("plan_completion", year=2015).value is None
