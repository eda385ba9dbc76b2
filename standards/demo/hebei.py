"""Measurement standards of Hebei.

As it published: 3,343 in force on 18 May 2021 in ten fields and 500 items, and 100 set up or upgraded in 2020. Most
were set up long before and re-examined every five years; some were withdrawn in earlier years, some came later.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bureau import records
from bureau.demo import Demo, spread
from standards import lifecycle
from standards.demo.certificate import renewals, until
from standards.demo.file import Contents, Files
from standards.models import Institution, MeasurementStandard, StandardEvent
from standards.models.rule import EventKind

# By field: measuring range, uncertainty, main device, qualifiers of the items, and what they qualify.
FIELDS = {
    "01": ("(0～500) mm", "MPE：±0.02 mm", "四等量块", ("", "数显", "电子", "带表", "大量程"),
           "卡尺 千分尺 高度尺 深度尺 角度尺 百分表 测厚规 内径表 水平仪 测距仪"),
    "04": ("(-30～300) ℃", "U=0.2 ℃ (k=2)", "二等标准铂电阻温度计", ("", "工业", "数字", "便携式", "固定式"),
           "热电偶 热电阻 玻璃温度计 双金属温度计 红外温度计 温湿度计 温度变送器 温度巡检仪 恒温槽 干体炉"),
    "12": ("(0～60) MPa", "0.05级", "标准砝码", ("", "电子", "数字", "机械式", "便携式"),
           "天平 台秤 压力表 压力计 测力计 硬度计 扭矩仪 转速表 流量计 水表"),
    "15": ("(0～600) V，(0～100) A", "0.05级", "多功能标准表", ("", "数字", "单相", "三相", "便携式"),
           "电能表 功率表 电压表 电流表 互感器校验仪 电阻测试仪 耐压测试仪 绝缘测试仪 钳形表 用电检查仪"),
    "23": ("100 kHz～3 GHz", "U=0.3 dB (k=2)", "测量接收机", ("", "合成", "数字", "高频", "便携式"),
           "信号发生器 频谱分析仪 示波器 射频功率计 电平表 场强仪 失真度仪 网络分析仪 调制度仪 衰减器"),
    "25": ("1 ms～99999 s", "U=0.01 s (k=2)", "铷原子频标", ("", "数字", "标准", "石英", "便携式"),
           "秒表 频率计 时间间隔测量仪 计时器 继电器测试仪 时码器 频率标准 校时仪 日差测量仪 毫秒仪"),
    "28": ("(0.1～3000) lx", "U=1.5% (k=2)", "标准光源", ("", "数字", "自动", "台式", "便携式"),
           "焦度计 照度计 亮度计 色差计 光泽度计 白度计 折射仪 验光仪 透射密度计 分光光度计"),
    "33": ("(20～12500) Hz", "1级", "标准传声器", ("", "数字", "积分式", "精密", "便携式"),
           "声级计 声校准器 听力计 噪声分析仪 噪声监测仪 超声功率计 超声探伤仪 测振仪 水听器 传声器"),
    "37": ("(50～150) kV", "U=5% (k=2)", "标准剂量计", ("", "数字", "固定式", "环境", "便携式"),
           "剂量仪 剂量率仪 活度计 表面污染仪 个人剂量计 伽马谱仪 辐射报警仪 中子测量仪 测氡仪 诊断剂量计"),
    "46": ("(0～100)% LEL，pH 0～14", "U=2% (k=2)", "标准物质", ("", "台式", "在线", "自动", "便携式"),
           "酸度计 电导率仪 浊度计 溶解氧测定仪 气相色谱仪 液相色谱仪 原子吸收光度计 气体报警器 水分测定仪 烟气分析仪"),
}  # fmt: skip
AUXILIARY = "环境监测装置"
# In which fields the institutions of a tier have standards; in force on the day, but those of the counties.
FIELDS_OF = {
    "provincial": tuple(FIELDS),
    "municipal": ("12", "01", "04", "15", "46", "12", "28", "33", "25"),
    "county": ("12", "12", "12", "04", "15", "46", "01"),
}
IN_FORCE, PROVINCIAL, MUNICIPAL, HIGHEST = 3343, 380, 1683, 118
DAY, LAST_DAY, TRACED_SINCE = date(2021, 5, 18), date(2026, 10, 31), date(2018, 12, 1)
# Of those in force on the day, how many were set up in the latest years; all others over so many years before.
SET_UP = {2021: 20, 2020: 62, 2019: 65, 2018: 64, 2017: 66, 2016: 70}
FIRST_YEAR, EARLIER_YEARS = 1992, 24
# Set up after the day; withdrawn before it.
LATER, ENDED = {2021: 22, 2022: 48, 2023: 51, 2024: 47, 2025: 50, 2026: 30}, 210
# Year → upgraded by another main standard, and the days from which on; in 2020 together with those set up 100.
UPGRADED = {2016: 34, 2017: 36, 2018: 37, 2019: 39, 2020: 38, 2021: 12, 2022: 31, 2023: 33, 2024: 35, 2025: 36}
STEP = 1009  # relatively prime to the numbers that it spreads


@dataclass(frozen=True)
class Plan:
    """A standard as it is to be made; ``withdrawn_on``: on which day its unit gave it up."""

    number: int
    tier: str
    house: Institution
    noun: str
    field: str
    is_highest: bool
    established_on: date
    withdrawn_on: date | None = None


def fill(demo: Demo) -> list[MeasurementStandard]:
    """Those that stand, or stood until after the day."""
    plans = list(_plans(demo))
    made = [_standard(demo, plan) for plan in plans]
    records.bulk_add(made, by=demo.by)
    pairs = list(zip(plans, made, strict=True))
    events = [event for plan, standard in pairs for event in _events(plan, standard)]
    records.bulk_add([*events, *_upgrades(pairs)], by=demo.by)
    lifecycle.derive(made, by=demo.by)
    return [standard for plan, standard in pairs if plan.withdrawn_on is None or plan.withdrawn_on > DAY]


def files() -> Files:
    """By the name of a standard what its file holds; five items each."""
    found = {}
    for _range, _uncertainty, main, qualifiers, nouns in FIELDS.values():
        for noun in nouns.split():
            items = tuple(f"{qualifier}{noun}" for qualifier in qualifiers)
            found[_name(noun)] = Contents(items, f"{noun}检定规程", main, AUXILIARY)
    return found


def _name(noun: str) -> str:
    return f"{noun}检定装置"


# What is to be made ------------------------------------------------------------------------------


def _plans(demo: Demo) -> Iterator[Plan]:
    places = list(_places(demo))
    days = _days_in_force()
    for number in range(IN_FORCE):
        gone = date(2021, 9, 1) + timedelta(days=number * 7 % 1700) if number % 53 == 9 else None
        yield _plan(number, places[number], next(days), gone)
    for number in range(ENDED):
        began = date(FIRST_YEAR + number % 12, 2 + number % 9, 1 + number % 27)
        gone = date(2011 + number % 10, 1 + number % 12, 5 + number % 20)
        yield _plan(IN_FORCE + number, places[PROVINCIAL + number * 13 % (IN_FORCE - PROVINCIAL)], began, gone)
    for place, on in enumerate(_days_after()):
        yield _plan(IN_FORCE + ENDED + place, places[place * STEP % IN_FORCE], on, None)


def _plan(number: int, place: tuple[str, Institution, int], on: date, gone: date | None) -> Plan:
    tier, house, position = place
    fields = FIELDS_OF[tier]
    field = fields[position % len(fields)]
    nouns = FIELDS[field][4].split()
    noun = nouns[position // len(fields) % len(nouns)]
    is_highest = tier == "provincial" and (position < HIGHEST or number >= IN_FORCE)
    return Plan(number, tier, house, noun, field, is_highest, on, gone)


def _places(demo: Demo) -> Iterator[tuple[str, Institution, int]]:
    """Tier, institution and position among its own standards, of each of those in force on the day."""
    kept = Institution.objects.filter(demo.within(), kind=Institution.Kind.LEGAL_VERIFICATION).order_by("pk")
    counts = {"provincial": PROVINCIAL, "municipal": MUNICIPAL, "county": IN_FORCE - PROVINCIAL - MUNICIPAL}
    for tier, count in counts.items():
        houses = list(kept.filter(tier=tier).select_related("region", "office"))
        for number, (house, own) in enumerate(zip(houses, spread(count, len(houses)), strict=True)):
            for position in range(own):
                yield tier, house, position + number * (tier == "county")


def _days_in_force() -> Iterator[date]:
    """Days of setting up, mixed so that every tier and place has old and new standards."""
    latest = [year for year, count in SET_UP.items() for _each in range(count)]
    for number in range(IN_FORCE):
        rank = number * STEP % IN_FORCE
        year = latest[rank] if rank < len(latest) else FIRST_YEAR + rank % EARLIER_YEARS
        yield date(year, 1, 8) + timedelta(days=number * 293 % (120 if year == DAY.year else 340))


def _days_after() -> Iterator[date]:
    for year, count in LATER.items():
        for number in range(count):
            first = date(year, 6, 1) if year == DAY.year else date(year, 1, 8)
            yield first + timedelta(days=number * 41 % (200 if year == DAY.year else 280))


# Standards and events ----------------------------------------------------------------------------


def _certificates(plan: Plan) -> list[date]:
    return [plan.established_on, *renewals(plan.established_on, plan.withdrawn_on or LAST_DAY)]


def _number(plan: Plan, on: date) -> str:
    sign = "国" if plan.tier == "provincial" else "冀"
    return f"[{on.year}] {sign}量标 证字第 {plan.number + 1:04} 号"


def _standard(demo: Demo, plan: Plan) -> MeasurementStandard:
    measuring_range, uncertainty, *_rest = FIELDS[plan.field]
    latest, house = _certificates(plan)[-1], plan.house
    authority = "国家市场监督管理总局" if plan.tier == "provincial" else demo.head.name
    return MeasurementStandard(
        office=demo.house if plan.tier == "provincial" else house.office,
        region_id=house.region_id,
        institution=house,
        name=_name(plan.noun),
        kind="public",
        tier=plan.tier,
        grade="highest" if plan.is_highest else "working",
        field_id=plan.field,
        holder=house.name,
        place="实验楼",
        classification_code=f"{plan.field}2190{plan.number % 100:02}",
        measuring_range=measuring_range,
        uncertainty=uncertainty,
        issuing_authority=authority,
        certificate_no=_number(plan, latest),
        issued_on=latest,
        established_on=plan.established_on,
        valid_until=until(latest),
        state="revoked" if plan.withdrawn_on else "valid",
    )


def _events(plan: Plan, standard: MeasurementStandard) -> Iterator[StandardEvent]:
    for on in _certificates(plan):
        yield StandardEvent(
            standard=standard,
            kind=EventKind.ESTABLISHED if on == plan.established_on else EventKind.REEXAMINED,
            on=on,
            valid_until=until(on),
            certificate_no=_number(plan, on),
        )
    if plan.withdrawn_on:
        yield StandardEvent(standard=standard, kind=EventKind.WITHDRAWN, on=plan.withdrawn_on, reason="业务调整")


def _upgrades(pairs: list[tuple[Plan, MeasurementStandard]]) -> Iterator[StandardEvent]:
    """Standards that had been in force for some years, each in one year only."""
    fit = (pair for pair in pairs if pair[0].established_on.year < 2014 and pair[0].withdrawn_on is None)
    taken = iter(list(fit)[::3])
    for year, count in UPGRADED.items():
        for number, (_plan_of, standard) in zip(range(count), taken, strict=False):
            yield StandardEvent(
                standard=standard,
                kind=EventKind.EQUIPMENT_REPLACED,
                on=date(year, 3, 2) + timedelta(days=number * 23 % 270),
                situation=StandardEvent.Situation.MAIN_RENEWED,
                cause=StandardEvent.Cause.WORKLOAD,
                effect=StandardEvent.Effect.UNCHANGED,
                before="原主标准器",
                after="新主标准器",
            )
