import csv
from collections import Counter
from datetime import date
from unittest import mock

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import SimpleTestCase, TestCase
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyTestCase

from bureau.models.region import (
    Region,
    bucket_of,
    children,
    clear_region_cache,
    code_range,
    final_code,
    region_tree,
    subtree_q,
)
from bureau.reference_regions import CORRECTIONS, load_regions, official_uses

TODAY = date(2026, 6, 30)


class RegionTestCase(TestCase):
    """All official regions; own regions that a test adds are forgotten with its transaction."""

    @classmethod
    def setUpTestData(cls):
        load_regions()

    def setUp(self):
        clear_region_cache()
        self.addCleanup(clear_region_cache)
        self.enterContext(translation.override("en"))


class OfficialListTest(RegionTestCase):
    def in_force(self, **kwargs):
        return Region.objects.in_force(TODAY).filter(**kwargs).count()

    def test_it_has_the_official_numbers(self):
        assert self.in_force(level="country") == 1
        assert self.in_force(level="province") == 34
        assert self.in_force(level="prefecture") == 333
        assert self.in_force(level="county") == 2847
        assert self.in_force(level="county", parent__level="province") == 118
        assert not Region.objects.filter(is_own=True).exists()

    def test_it_knows_parents_and_full_names(self):
        region = Region.objects.get(code="210102")
        assert (region.parent_id, region.full_name, str(region)) == (
            "210100",
            "辽宁省沈阳市和平区",
            "辽宁省沈阳市和平区",
        )
        assert Region.objects.get(code="210000").parent_id == "000000"
        assert Region.objects.get(code="000000").full_name == "全国"

    def test_counties_without_a_prefecture_stand_under_the_province(self):
        parents = dict(Region.objects.values_list("code", "parent_id"))
        for code in ("110101", "419001", "429004", "469001", "500101", "500229", "659001"):
            assert parents[code] == f"{code[:2]}0000"

    def test_headings_are_not_regions(self):
        headings = ["110100", "110200", "210101", "419000", "429000", "469000", "659000", "422900"]
        assert not Region.objects.filter(code__in=headings).exists()

    def test_corrections_are_in(self):
        names = dict(Region.objects.in_force(TODAY).values_list("code", "name"))
        for code, name in {"330113": "临平区", "330114": "钱塘区", "653132": "岑岭县", "659013": "草湖市"}.items():
            assert names[code] == name
        for code in ("232761", "422921", "429001", "500105", "500112"):
            assert code not in names

    def test_every_line_of_the_corrections_takes_effect(self):
        rows = Region.objects.in_bulk()
        with CORRECTIONS.open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                row = rows.get(line["code"])
                if line["action"] == "drop":
                    assert row is None or row.name != line["name"], line
                elif line["action"] in ("succeed", "end"):
                    assert (row.name, row.valid_to.year) == (line["name"], int(line["year"])), line
                    assert line["successor"] in ("", row.successor_id), line
                else:
                    assert (row.name, row.valid_from.year) == (line["name"], int(line["year"])), line

    def test_names_that_a_code_had_before_are_kept(self):
        region = Region.objects.get(code="210200")
        assert region.name == "大连市"
        assert region.former_names == [{"name": "旅大市", "from": None, "to": 1980}]
        assert region.valid_from is None

    def test_successors_run_in_no_circle(self):
        tree = region_tree()
        for place in tree.places.values():
            last = tree.places[tree.successors_of(place.code)[-1]]
            assert last.successor is None
            assert place.successor is None or place.valid_to, place


class LoadTest(RegionTestCase):
    def test_loading_again_changes_nothing(self):
        counts = load_regions()
        assert (counts["created"], counts["changed"]) == (0, 0)
        assert counts["unchanged"] == Region.objects.count()

    def test_it_mends_a_changed_row(self):
        Region.objects.filter(code="210102").update(name="?", successor="210103")
        assert load_regions()["changed"] == 1
        region = Region.objects.get(code="210102")
        assert (region.name, region.successor_id) == ("和平区", None)

    def test_own_regions_stay_as_they_are(self):
        Region.objects.create(code="210211001", name="高新区", level="area", parent_id="210211", is_own=True)
        Region.objects.filter(code="210102").update(name="?", is_own=True)
        assert load_regions()["changed"] == 0
        assert Region.objects.get(code="210211001").full_name == "辽宁省大连市甘井子区高新区"
        assert Region.objects.get(code="210102").name == "?"


class FormerCodeTest(RegionTestCase):
    def test_a_former_code_has_years_and_a_successor(self):
        region = Region.objects.get(code="110221")
        assert (region.name, region.valid_from, region.valid_to) == ("昌平县", date(1982, 1, 1), date(1999, 12, 31))
        assert region.successor_id == "110114"
        assert Region.objects.get(code="110114").valid_from == date(1999, 1, 1)

    def test_successors_are_found(self):
        successors = dict(Region.objects.values_list("code", "successor_id"))
        expected = {
            "142300": "141100",  # 吕梁地区 → 吕梁市
            "142601": "141002",  # 临汾市, a county-level city → 尧都区 of the new 临汾市
            "132100": "130400",  # 邯郸地区 joined the 邯郸市 beside it
            "360721": "360704",  # 赣县 → 赣县区
            "362101": "360702",  # 赣州市 → 章贡区, not the county of its name
            "110223": "110112",  # 通县 → 通州区
            "500239": "500114",  # 黔江土家族苗族自治县 → 黔江区
            "330103": "330105",
            "500105": "500157",
        }
        assert {code: successors.get(code) for code in expected} == expected

    def test_a_successor_never_lies_at_an_unrelated_code(self):
        crossing = Region.objects.exclude(successor=None).values_list("code", "successor_id")
        provinces = {(old[:2], new[:2]) for old, new in crossing if old[:2] != new[:2]}
        assert provinces == {("44", "46"), ("51", "50")}  # Hainan in 1988, Chongqing in 1997

    def test_most_ended_codes_have_a_successor(self):
        ended = Region.objects.filter(valid_to__lt=TODAY)
        assert ended.count() == 3346
        assert ended.exclude(successor=None).count() == 3173
        recent = ended.filter(valid_to__year__gte=2010, successor=None)
        assert set(recent.values_list("name", flat=True)) == {"邯郸县", "巢湖市"}  # both were divided

    def test_a_reused_code_stands_for_its_last_place(self):
        region = Region.objects.get(code="419001")
        assert (region.name, region.valid_from) == ("济源市", date(1997, 1, 1))
        assert region.former_names == [{"name": "义马市", "from": 1986, "to": 1989}]
        assert [use.name for use in official_uses()["332421"]] == ["洞头县", "兰溪县"]
        assert not Region.objects.filter(successor_id="511403", valid_to__year=1995).exists()


class ProblemTest(RegionTestCase):
    def problem(self, code, on):
        return Region.objects.get(code=code).problem_on(on)

    def test_a_code_in_force_on_the_day_is_good(self):
        assert self.problem("110228", date(2015, 12, 31)) is None  # 密云县: the year of the change
        assert self.problem("500105", date(2016, 6, 1)) is None
        assert self.problem("210102", date(2016, 6, 1)) is None

    def test_an_obsolete_code_names_its_successor(self):
        assert self.problem("110221", date(2016, 6, 1)) == "Region code 110221 昌平县 ended in 1999; use 110114 昌平区."

    def test_it_names_the_successor_of_that_day(self):
        assert "use 110221 昌平县" in self.problem("110201", date(1990, 1, 1))
        assert "use 110114 昌平区" in self.problem("110201", date(2016, 1, 1))

    def test_an_obsolete_code_without_successor(self):
        assert self.problem("341400", date(2016, 6, 1)) == "Region code 341400 巢湖市 ended in 2011."

    def test_a_code_before_its_time(self):
        assert self.problem("110114", date(1990, 1, 1)) == "Region code 110114 昌平区 began in 1999."

    def test_a_code_that_then_meant_another_place(self):
        assert (
            self.problem("419001", date(1988, 1, 1))
            == "Region code 419001 济源市 began in 1997; before that it was the code of 义马市."
        )


class RuleTest(RegionTestCase):
    def refuse(self, rule, **values):
        """The constraint holds through full_clean, with its sentence, and in the database."""
        region = Region(name="试验区", full_name="试验区", **values)
        sentence = next(c.violation_error_message for c in Region._meta.constraints if c.name == rule)
        with self.assertRaisesMessage(ValidationError, str(sentence)):
            region.full_clean()
        with self.assertRaisesMessage(IntegrityError, rule), transaction.atomic():
            region.save()

    def test_it_rejects_a_code_of_another_level(self):
        self.refuse("bureau_region_level", code="210299", level="prefecture", parent_id="210000")
        self.refuse("bureau_region_level", code="219900", level="county", parent_id="210000")
        self.refuse("bureau_region_level", code="990000", level="area", parent_id="210000", is_own=True)

    def test_it_rejects_a_region_without_superior(self):
        self.refuse("bureau_region_parent", code="990000", level="province")

    def test_it_rejects_an_area_under_another_code(self):
        self.refuse("bureau_region_own_area", code="210211001", level="area", parent_id="210202", is_own=True)

    def test_it_rejects_an_end_before_the_beginning(self):
        years = {"valid_from": date(2016, 1, 1), "valid_to": date(2015, 12, 31)}
        self.refuse("bureau_region_dates", code="210299", level="county", parent_id="210200", **years)

    def test_it_rejects_an_area_under_a_province(self):
        area = Region(code="210000001", name="新区", level="area", parent_id="210000", is_own=True)
        with self.assertRaisesMessage(ValidationError, "An own area lies in a prefecture or a county."):
            area.full_clean()

    def test_it_rejects_a_circle_of_successors(self):
        region = Region.objects.get(code="110114")
        region.successor_id = "110221"
        with self.assertRaisesMessage(ValidationError, "That region is itself succeeded by this one."):
            region.full_clean()

    def test_it_rejects_other_characters(self):
        for code in ("21020a", "２１０２０２", "2102", "210202\n"):
            with self.assertRaisesMessage(ValidationError, "A region code has six digits"):
                Region(code=code, name="?", level="county", parent_id="210200").full_clean()


class CodeRangeTest(SimpleTestCase):
    def test_it_works(self):
        assert code_range("000000") is None
        assert code_range("210000") == ("210000", "220000")
        assert code_range("210200") == ("210200", "210300")
        assert code_range("210203") == ("210203", "210204")
        assert code_range("210203001") == ("210203001", "210203002")

    def test_it_carries(self):
        assert code_range("219900") == ("219900", "220000")
        assert code_range("210299") == ("210299", "210300")
        assert code_range("210203999") == ("210203999", "210204")

    def test_nothing_sorts_after_the_nines(self):
        for code in ("990000", "999900", "999999", "999999999"):
            low, high = code_range(code)
            assert low == code <= "999999999" < high
            assert high.isdigit()

    def test_it_rejects_what_is_no_code(self):
        for code in ("", "2102", "21020a", "２１０２０２", "2102021"):
            with self.assertRaises(ValueError):
                code_range(code)

    @given(st.integers(10**5, 10**6 - 1), st.sampled_from(["", "001", "500", "999"]), st.data())
    @settings(derandomize=True, deadline=None)
    def test_a_range_holds_its_prefix_and_nothing_else(self, number, tail, data):
        code = f"{number}{tail}"
        prefix = code if tail else code.removesuffix("00").removesuffix("00") if code.endswith("00") else code
        low, high = code_range(code)
        other = str(data.draw(st.integers(10**5, 10**6 - 1))) + data.draw(st.sampled_from(["", "001", "999"]))
        for candidate in (other, code, f"{code[:6]}999"):
            assert (low <= candidate < high) == candidate.startswith(prefix)


class SubtreeTest(RegionTestCase):
    def codes(self, region_code):
        return set(Region.objects.filter(subtree_q(region_code, "pk")).values_list("code", flat=True))

    def test_the_country_has_no_limit(self):
        assert not subtree_q("000000")

    def test_it_holds_the_codes_below(self):
        codes = self.codes("210200")
        assert {"210200", "210202"} <= codes
        assert not codes & {"210100", "210000", "210300"}

    def test_rows_of_an_obsolete_code_count_where_the_successor_lies(self):
        assert {"371200", "371202"} <= self.codes("370100")  # 莱芜 joined 济南 in 2018
        assert self.codes("371200") == set()
        assert "442201" in self.codes("460000")
        assert "442201" not in self.codes("440000")

    def test_the_path_may_lead_over_other_tables(self):
        below = Region.objects.filter(subtree_q("210200", "parent")).values_list("code", flat=True)
        assert set(below) >= {"210202", "210203"}
        assert "210200" not in below
        assert Region.objects.filter(subtree_q("370100", "successor__parent")).filter(code="371202").exists()

    def test_own_areas_lie_in_the_subtree(self):
        Region.objects.create(code="210200001", name="开发区", level="area", parent_id="210200", is_own=True)
        Region.objects.create(code="210203001", name="园区", level="area", parent_id="210203", is_own=True)
        assert {"210200001", "210203001"} <= self.codes("210200")
        assert self.codes("210203") >= {"210203", "210203001"}
        assert "210203001" not in self.codes("210204")
        assert bucket_of("210200001", "210200") == "210200001"
        assert bucket_of("210203001", "210200") == "210203"

    def test_what_has_no_successor_goes_with_its_superior(self):
        assert Region.objects.get(code="542137").successor_id is None  # 生达县 of 昌都地区
        assert final_code("542137") == "540300"
        assert "542137" in self.codes("540300")


class BucketTest(RegionTestCase):
    def test_it_works(self):
        assert bucket_of("210202", "000000") == "210000"
        assert bucket_of("210202", "210000") == "210200"
        assert bucket_of("210202", "210200") == "210202"
        assert bucket_of("210202", "210202") == "210202"
        assert bucket_of("210200", "210200") == "210200"
        assert bucket_of("210000", "210200") is None
        assert bucket_of("999999", "210000") is None

    def test_it_follows_successors(self):
        assert bucket_of("110201", "110000") == "110114"  # over two successors
        assert bucket_of("371202", "370000") == "370100"
        assert bucket_of("371202", "371200") is None
        assert bucket_of("429001", "420000") == "421300"

    def test_children_of_a_day_are_the_places_of_that_day_under_todays_codes(self):
        codes = [place.code for place in children("110000", date(2009, 6, 1))]
        assert "110118" in codes  # 密云, then still a county
        assert "110228" not in codes
        assert codes == sorted(codes)
        assert len(codes) == 16
        assert [place.name for place in children("460000", date(2026, 6, 1))][:4] == [
            "海口市",
            "三亚市",
            "三沙市",
            "儋州市",
        ]

    def test_children_of_today_are_those_in_force(self):
        for code in ("000000", "210000", "420000", "500000", "210200"):
            expected = set(Region.objects.in_force(TODAY).filter(parent=code).values_list("code", flat=True))
            assert {place.code for place in children(code, TODAY)} == expected

    def test_it_asks_no_queries_per_row(self):
        region_tree()
        region = Region.objects.get(code="110221")
        with self.assertNumQueries(0):
            children("210000", TODAY)
            bucket_of("210202", "210000")
            subtree_q("210000")
            region.problem_on(date(2016, 6, 1))


class PartitionTest(PropertyTestCase):
    @classmethod
    def setUpTestData(cls):
        load_regions()

    @given(st.data())
    @settings(derandomize=True, deadline=None, max_examples=60)
    def test_the_buckets_partition_the_subtree(self, data):
        tree = region_tree()
        within = data.draw(st.sampled_from([*(code for code in tree.places if code.endswith("00")), "210202"]))
        whole = sorted(Region.objects.filter(subtree_q(within, "pk")).values_list("code", flat=True))
        buckets = Counter(bucket_of(code, within) for code in whole)
        allowed = {place.code for place in children(within)} | {within}
        assert set(buckets) <= allowed
        assert set(buckets) >= allowed - {within}
        assert sum(buckets.values()) == len(whole)
        for bucket, count in buckets.items():
            if bucket != within:
                assert count == Region.objects.filter(subtree_q(bucket, "pk")).count()
        outside = data.draw(st.sampled_from(sorted(tree.places)))
        assert (bucket_of(outside, within) is not None) == (outside in whole)


class CacheTest(RegionTestCase):
    area = {"code": "210203001", "name": "园区", "level": "area", "parent_id": "210203", "is_own": True}

    def test_saving_and_deleting_drop_the_copy(self):
        assert "210203001" not in region_tree().places
        area = Region.objects.create(**self.area)
        assert "210203001" in region_tree().places
        area.delete()
        assert "210203001" not in region_tree().places

    def test_it_is_dropped_again_after_the_commit(self):
        with self.captureOnCommitCallbacks() as callbacks:
            Region.objects.create(**self.area)
        assert callbacks == [clear_region_cache]

    def test_a_copy_lasts_until_its_time_is_over(self):
        assert region_tree() is region_tree()
        with mock.patch("bureau.models.region_tree.CACHE_SECONDS", -1):
            clear_region_cache()
            assert region_tree() is not region_tree()
