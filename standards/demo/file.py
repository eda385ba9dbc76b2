"""What the files of the demo standards hold: an item, two devices with their yearly certificates, and the staff.

Every thirteenth device is late once, and some of the latest certificates have run out: there is something to see.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from bureau import records
from bureau.dates import add_months
from bureau.demo import Demo
from standards.models import (
    DeviceTrace,
    Institution,
    MeasurementStandard,
    Qualification,
    StandardDevice,
    StandardItem,
    StandardPerson,
)
from standards.models.trace import last_day


class Contents(NamedTuple):
    """Of standards of one name: items, specification followed, main and auxiliary device."""

    items: Sequence[str]
    specification: str
    main: str
    auxiliary: str


_FILES = {
    "二等量块标准装置": ("量块", "JJG 146-2011 量块", "二等量块", "接触式干涉仪"),
    "游标量具检定装置": ("通用卡尺", "JJG 30-2012 通用卡尺", "五等量块", "刀口尺"),
    "水准仪检定装置": ("水准仪", "JJG 425-2003 水准仪", "水准仪检定仪", "平行光管"),
    "二等铂电阻温度计标准装置": ("工业铂热电阻", "JJG 229-2010 工业铂、铜热电阻", "二等标准铂电阻温度计", "恒温槽"),
    "工作用热电偶检定装置": ("工作用贵金属热电偶", "JJG 141-2013 工作用贵金属热电偶", "标准铂铑10-铂热电偶", "检定炉"),
    "F1级砝码标准装置": ("砝码", "JJG 99-2022 砝码", "F1级砝码", "电子天平"),
    "衡器检定装置": ("数字指示秤", "JJG 539-2016 数字指示秤", "M1级砝码", "检衡车"),
    "燃油加油机检定装置": ("燃油加油机", "JJG 443-2015 燃油加油机", "标准金属量器", "温度计"),
    "精密压力表标准装置": ("弹性元件式一般压力表", "JJG 52-2013 弹性元件式压力表", "精密压力表", "压力校验台"),
    "水表检定装置": ("饮用冷水水表", "JJG 162-2019 饮用冷水水表", "标准量筒", "流量计"),
    "血压计检定装置": ("血压计", "JJG 270-2008 血压计和血压表", "数字压力计", "真空泵"),
    "三相电能表标准装置": ("电子式交流电能表", "JJG 596-2012 电子式交流电能表", "三相标准电能表", "程控功率源"),
    "接地电阻表检定装置": ("接地电阻表", "JJG 366-2004 接地电阻表", "标准电阻箱", "兆欧表"),
    "高频信号发生器检定装置": ("高频信号发生器", "JJG 173-2003 信号发生器", "测量接收机", "频率计"),
    "时间检定仪标准装置": ("电子秒表", "JJG 237-2010 秒表", "时间检定仪", "铷原子频标"),
    "焦度计检定装置": ("焦度计", "JJG 580-2005 焦度计", "标准镜片", "棱镜组"),
    "照度计标准装置": ("光照度计", "JJG 245-2005 光照度计", "标准光源", "光轨"),
    "声级计检定装置": ("声级计", "JJG 188-2017 声级计", "标准传声器", "声校准器"),
    "医用诊断X射线源检定装置": (
        "医用诊断X射线辐射源",
        "JJG 744-2004",
        "诊断水平剂量计",
        "分辨力测试卡",
    ),
    "酸度计检定装置": ("实验室pH计", "JJG 119-2018 实验室pH(酸度)计", "酸度计检定仪", "恒温水浴"),
    "可燃气体报警器检定装置": ("可燃气体检测报警器", "JJG 693-2011 可燃气体检测报警器", "气体标准物质", "流量控制器"),
}
FILES = {name: Contents((item,), *rest) for name, (item, *rest) in _FILES.items()}
Files = Mapping[str, Contents]
# So many of its items a standard has by its tier; one of a county has no auxiliary device of its own on record.
ITEMS = {"provincial": 5, "municipal": 2, "county": 1}
BELOW = (MeasurementStandard.Tier.MUNICIPAL, MeasurementStandard.Tier.COUNTY)
INTERVAL = 12
DAYS_LATE = 40


def fill(demo: Demo, standards: Sequence[MeasurementStandard], files: Files, since: date | None = None) -> None:
    """``since``: of devices in use before that day, earlier certificates are not on record."""
    by, last = demo.by, date(max(each.issued_on.year for each in standards), 10, 31)
    records.bulk_add([item for standard in standards for item in _items(standard, files[standard.name])], by=by)
    numbered = enumerate(standards)
    devices = [device for number, each in numbered for device in _devices(number, each, files[each.name])]
    records.bulk_add(devices, by=by)
    above = _provincial(standards)
    traces = [
        trace
        for number, device in enumerate(devices)
        for trace in _traces(number, device, above, _first(number, device, since), last)
    ]
    records.bulk_add(traces, by=by)


def _first(number: int, device: StandardDevice, since: date | None) -> date:
    """The day of its first certificate on record: throughout the year that begins with ``since``."""
    return max(device.begins_on, since + timedelta(days=number * 37 % 330)) if since else device.begins_on


def staff(demo: Demo, standards: Sequence[MeasurementStandard]) -> None:
    """Each standard belongs to its institution, with two persons of its staff, of whom one is responsible."""
    kept = Institution.objects.filter(demo.within(), kind=Institution.Kind.LEGAL_VERIFICATION)
    houses, moved = {house.name: house for house in kept}, list[MeasurementStandard]()
    for standard in standards:
        if standard.institution_id is None:
            standard.institution = houses[standard.holder]
            moved.append(standard)
    records.bulk_change(moved, ["institution"], by=demo.by, reason="补录所属机构")
    persons = _persons(demo)
    rows = []
    for number, standard in enumerate(standards):
        proofs = persons[standard.institution_id]
        rows += _staff(standard, [proofs[(number + each) % len(proofs)] for each in range(2)])
    records.bulk_add(rows, by=demo.by)


def _persons(demo: Demo) -> dict[int | None, list[Qualification]]:
    """By institution the first proof of each of its staff."""
    persons: dict[int | None, dict[int, Qualification]] = {}
    kept = Qualification.objects.filter(demo.within("technician__region"))
    for proof in kept.select_related("technician").order_by("pk"):
        persons.setdefault(proof.technician.institution_id, {}).setdefault(proof.technician_id, proof)
    return {house: list(proofs.values()) for house, proofs in persons.items()}


def _staff(standard: MeasurementStandard, proofs: list[Qualification]) -> list[StandardPerson]:
    begins_on = max([standard.established_on, *(proof.issued_on for proof in proofs)])
    able = [(proof.technician, StandardPerson.Role.VERIFIER) for proof in proofs]
    return [
        StandardPerson(standard=standard, technician=technician, role=role, begins_on=begins_on)
        for technician, role in (*able, (proofs[0].technician, StandardPerson.Role.RESPONSIBLE))
    ]


def _items(standard: MeasurementStandard, contents: Contents) -> list[StandardItem]:
    return [
        StandardItem(
            standard=standard,
            name=name,
            kind=StandardItem.Kind.VERIFICATION,
            measuring_range=standard.measuring_range,
            accuracy=standard.uncertainty,
            specification=contents.specification,
            begins_on=standard.established_on,
        )
        for name in contents.items[: ITEMS.get(standard.tier)]
    ]


def _devices(number: int, standard: MeasurementStandard, contents: Contents) -> list[StandardDevice]:
    is_small = standard.tier == MeasurementStandard.Tier.COUNTY
    named = ((True, contents.main), (False, contents.auxiliary))
    return [
        StandardDevice(
            standard=standard,
            is_main=is_main,
            name=name,
            measuring_range=standard.measuring_range if is_main else "",
            uncertainty=standard.uncertainty if is_main else "",
            maker="仪器厂",
            serial_no=f"{standard.established_on:%Y%m}-{number:04}{'A' if is_main else 'B'}",
            interval_months=INTERVAL,
            begins_on=standard.established_on,
        )
        for is_main, name in named[: 1 if is_small else 2]
    ]


def _provincial(standards: Sequence[MeasurementStandard]) -> dict[str, MeasurementStandard]:
    """By name the first provincial standard: those of cities and counties are traced to it."""
    found: dict[str, MeasurementStandard] = {}
    for standard in standards:
        if standard.tier == MeasurementStandard.Tier.PROVINCIAL:
            found.setdefault(standard.name, standard)
    return found


def _traces(
    number: int, device: StandardDevice, above: dict[str, MeasurementStandard], on: date, last: date
) -> list[DeviceTrace]:
    """One a year. Where it is late, there are days without; a few of the latest are missing."""
    standard, found = device.standard, list[DeviceTrace]()
    source = above.get(standard.name) if standard.tier in BELOW else None
    while on <= last and not (number % 17 == 5 and on > add_months(last, -INTERVAL)):
        until = last_day(on, INTERVAL)
        is_traced = device.is_main and source is not None and source.established_on <= on
        found.append(
            DeviceTrace(
                device=device,
                kind=StandardItem.Kind.VERIFICATION if device.is_main else StandardItem.Kind.CALIBRATION,
                on=on,
                valid_until=until,
                certificate_no=f"JZ{on:%Y%m}-{number:05}",
                institution_name=source.holder if is_traced and source else "国家计量技术机构",
                traced_to=source if is_traced else None,
            )
        )
        is_late = number % 13 == 4 and len(found) == 3
        on = until + timedelta(days=DAYS_LATE if is_late else -9)
    return found
