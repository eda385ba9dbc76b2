"""Regions: the GB/T 2260 codes with their years, from python-stdnum's table and our corrections to it.

``reference/region_corrections.csv`` (code, name, action, year, successor, note); a line takes effect where the table
holds that code under that name, so a newer table that already knows better is left as it is:

- add: a code missing from the table, from that year;
- end: the code's last year, where the table has none;
- drop: not a code of GB/T 2260, or the wrong script;
- reuse: from that year the code names another place than before, although the years follow on each other;
- succeed: the code that took its place.

Other successors are found in the data (``_derived_successors``), and only where one place alone answers.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from django.db import transaction
from stdnum import numdb

from bureau.models.region import ROOT_CODE, Region, clear_region_cache

CORRECTIONS = Path(__file__).parent / "reference" / "region_corrections.csv"
ROOT_NAME = "全国"

# Headings of groups in the official list, not places.
HEADINGS = {
    "市辖区",
    "县",
    "市",
    "省直辖行政单位",
    "省直辖县级行政单位",
    "自治区直辖县级行政单位",
}
PART = re.compile(r"(?:\[(\d{4})?-(\d{4})?\])?(.+)")
# "黔江土家族苗族自治县" and "黔江区" share "黔江". A people of one character always has its 族.
PEOPLES = (
    "各族|(?:蒙古|维吾尔|布依|朝鲜|土家|哈尼|哈萨克|傈僳|高山|拉祜|东乡|纳西|景颇|柯尔克孜|达斡尔|仫佬|布朗|撒拉|毛南|仡佬|锡伯|"
    "阿昌|普米|塔吉克|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺)族?|[满回藏苗彝壮侗瑶白傣黎佤畲水土羌怒京]族"
)
STEM_END = re.compile(rf"((?:{PEOPLES})*自治[区州县旗]|行政区|地区|特区|[省市县区盟旗])$")
FIELDS = ["name", "full_name", "former_names", "level", "parent_id", "valid_from", "valid_to", "successor_id"]


@dataclass(frozen=True)
class Named:
    """A name that a code bore from one year to another, both included; None: since ever, until now."""

    code: str
    name: str
    first: int | None
    last: int | None


@dataclass(frozen=True)
class Use:
    """The time in which a code stood for one place; ``names`` are the names it had, oldest first."""

    code: str
    names: tuple[Named, ...]

    @property
    def name(self) -> str:
        return self.names[-1].name

    @property
    def first(self) -> int | None:
        return self.names[0].first

    @property
    def last(self) -> int | None:
        return self.names[-1].last

    @property
    def level(self) -> str:
        return level_of(self.code)


def load_regions() -> dict[str, int]:
    """Bring the official regions up to date: how many were created, changed and unchanged.

    Regions that the administrator added stay as they are, and no row is deleted: records may point to it.
    """
    present = {row.code: row for row in Region.objects.all()}
    own = {code for code, row in present.items() if row.is_own}
    wanted = [row for row in _rows() if row.code not in own]
    created = [row for row in wanted if row.code not in present]
    changed = [row for row in wanted if row.code in present and _differ(row, present[row.code])]
    with transaction.atomic():
        Region.objects.bulk_create(
            created + changed,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=FIELDS,
        )
    transaction.on_commit(clear_region_cache)
    clear_region_cache()
    unchanged = len(wanted) - len(created) - len(changed)
    return {"created": len(created), "changed": len(changed), "unchanged": unchanged}


def _differ(one: Region, other: Region) -> bool:
    return any(getattr(one, field) != getattr(other, field) for field in FIELDS)


# From the table to uses of codes -----------------------------------------------------------------


def read_corrections() -> list[dict[str, str]]:
    with CORRECTIONS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def official_uses() -> dict[str, list[Use]]:
    """Every code with the uses it had, oldest first; the last one is what the code stands for."""
    corrections = read_corrections()
    names = _corrected(_table_names(), corrections)
    reuses = {(line["code"], line["name"]) for line in corrections if line["action"] == "reuse"}
    return {code: _uses(code, group, reuses) for code, group in names.items()}


def _table_names() -> Iterator[Named]:
    """The names in python-stdnum's table: provinces by two digits, below them four digits and dated names."""
    for length, low, high, _province, places in numdb.get("cn/loc").prefixes:
        if length != 2 or low != high:
            continue
        for _length, first_code, last_code, properties, _below in places:
            for number in range(int(first_code), int(last_code) + 1):
                yield from _parse_names(f"{low}{number:04d}", properties.get("county", ""))


def _parse_names(code: str, text: str) -> Iterator[Named]:
    for part in text.split(","):
        match = PART.fullmatch(part)
        if match is None or match[3] in HEADINGS:
            continue
        first, last = (int(year) if year else None for year in match.group(1, 2))
        # The table holds a few names that ended before they began: they were never in use under that code.
        if first is None or last is None or first <= last:
            yield Named(code, match[3], first, last)


def _corrected(names: Iterable[Named], corrections: list[dict[str, str]]) -> dict[str, list[Named]]:
    by_code: dict[str, list[Named]] = defaultdict(list)
    dropped = {(line["code"], line["name"]) for line in corrections if line["action"] == "drop"}
    ends = {(line["code"], line["name"]): int(line["year"]) for line in corrections if line["action"] == "end"}
    for named in names:
        key = (named.code, named.name)
        if key not in dropped:
            by_code[named.code].append(replace(named, last=named.last or ends.get(key)))
    for line in corrections:
        if line["action"] == "add" and line["code"] not in by_code:
            by_code[line["code"]].append(Named(line["code"], line["name"], int(line["year"]), None))
    return by_code


def _uses(code: str, names: list[Named], reuses: set[tuple[str, str]]) -> list[Use]:
    """A place that is renamed has its new name from the year after the old one's last.

    If the years overlap or leave a gap, the code was given up and handed to another place.
    """
    groups = [[names[0]]]
    for before, named in pairwise(names):
        renamed = named.first == (before.last or 0) + 1 and (code, named.name) not in reuses
        if renamed:
            groups[-1].append(named)
        else:
            groups.append([named])
    return [Use(code, tuple(group)) for group in groups]


# Successors --------------------------------------------------------------------------------------


def _successors(uses: dict[str, list[Use]]) -> dict[str, str]:
    """For each code that ended the code that took its place: ours where we state one, else what the data show."""
    latest = {code: group[-1] for code, group in uses.items()}
    found = _derived_successors([use for group in uses.values() for use in group], latest)
    for line in read_corrections():
        use = latest.get(line["code"])
        if (
            line["action"] == "succeed"
            and use
            and use.name == line["name"]
            and use.last
            and line["successor"] in latest
        ):
            found[use] = latest[line["successor"]]
    return {code: heir.code for code, use in latest.items() if (heir := _latest_heir(use, found, latest))}


def _latest_heir(use: Use, found: dict[Use, Use], latest: dict[str, Use]) -> Use | None:
    """The next heir whose code still stands for it: a code since handed to another place is passed over."""
    seen = {use}
    heir = found.get(use)
    while heir and heir not in seen and latest[heir.code] is not heir:
        seen.add(heir)
        heir = found.get(heir)
    return heir if heir and heir not in seen else None


def _derived_successors(uses: list[Use], latest: dict[str, Use]) -> dict[Use, Use]:
    """Successors by name: 昌平县 ended in the year in which 昌平区 began; 大理县 joined the 大理市 that was there.

    Only within a level and a province (or into a province founded in that year), and only if one place alone fits.
    Of 3,346 ended codes 3,173 have a successor, the corrections included; most of the others ended before 1990 or
    were divided.
    """
    by_stem: dict[str, list[Use]] = defaultdict(list)
    for use in uses:
        for stem in stems(use.names[0].name):
            by_stem[stem].append(use)
    found = {}
    for old in uses:
        if old.last is None:
            continue
        alike = {new for stem in stems(old.name) for new in by_stem[stem]}
        near = [new for new in alike if new.level == old.level and new.code != old.code]
        begun = [new for new in near if _begins_as(new, old, latest)]
        same_year = [new for new in begun if new.first == old.last]
        same_name = [new for new in same_year if new.names[0].name == old.name]
        joined = [new for new in near if _was_there_for(new, old)]
        heirs = next((group for group in (same_name, same_year, begun, joined) if len(group) == 1), None)
        if heirs:
            found[old] = heirs[0]
    return found | _seats(uses, by_stem, found, latest)


def _seats(
    uses: list[Use], by_stem: dict[str, list[Use]], found: dict[Use, Use], latest: dict[str, Use]
) -> dict[Use, Use]:
    """Successors of towns that gave their name to a prefecture.

    When 临汾地区 became 临汾市, the county-level 临汾市 became its 尧都区: the one new part there that continues no
    other. Where that is no district, or there are several parts or none, the town counts at the prefecture's own level.
    """
    continued = set(found.values())
    seats = {}
    for old in uses:
        if old in found or old.last is None or old.level != Region.Level.COUNTY or old.name.endswith("区"):
            continue
        alike = {new for stem in stems(old.name) for new in by_stem[stem]}
        prefectures = [new for new in alike if new.level == Region.Level.PREFECTURE and _begins_as(new, old, latest)]
        if len(prefectures) != 1:
            continue
        within = prefectures[0].code[:4]
        parts = [
            new
            for new in uses
            if new.code[:4] == within and new.level == old.level and new.first == old.last and new not in continued
        ]
        is_seat = len(parts) == 1 and parts[0].name.endswith("区")
        seats[old] = parts[0] if is_seat else prefectures[0]
    return seats


def stems(name: str) -> set[str]:
    """What names of one place share: 昌平县 gives 昌平县 and 昌平, 通县 gives 通县 and 通州, 郊区 only itself."""
    stem = STEM_END.sub("", name)
    if len(stem) > 1:
        return {name, stem}
    return {name, f"{stem}州"} if name.endswith("县") else {name}


def _begins_as(new: Use, old: Use, latest: dict[str, Use]) -> bool:
    """Whether ``new`` began when ``old`` ended (a few lines of the table are a year apart), where it could have."""
    if new.first is None or old.last is None or new.first - old.last not in (0, 1):
        return False
    if new.code[:2] != old.code[:2]:
        return latest[f"{new.code[:2]}0000"].first == old.last
    if old.name.endswith("市") and new.name.endswith("县"):
        return False  # a town never became the county around it, though both bear one name
    # 郊区 and 新城区 exist in many cities: a district is looked for in its own city alone.
    return new.code[:4] == old.code[:4] or not old.name.endswith("区") or old.level == Region.Level.PREFECTURE


def _was_there_for(new: Use, old: Use) -> bool:
    """Whether ``old`` can have joined ``new``, a city that already existed beside it and stayed."""
    ended = old.last or 0
    stays = (new.first or 0) < ended and (new.last is None or new.last > ended)
    if old.level == Region.Level.COUNTY:
        return stays and new.level == old.level and new.code[:4] == old.code[:4] and new.name.endswith("市")
    return stays and new.level == old.level and new.code[:2] == old.code[:2]


# From uses to rows -------------------------------------------------------------------------------


def level_of(code: str) -> str:
    if code == ROOT_CODE:
        return Region.Level.COUNTRY
    if code.endswith("0000"):
        return Region.Level.PROVINCE
    return Region.Level.PREFECTURE if code.endswith("00") else Region.Level.COUNTY


def _rows() -> Iterator[Region]:
    """Unsaved rows of all official regions, parents first."""
    uses = official_uses()
    successors = _successors(uses)
    full_names: dict[str, str] = {ROOT_CODE: ""}
    yield Region(code=ROOT_CODE, name=ROOT_NAME, full_name=ROOT_NAME, level=Region.Level.COUNTRY)
    for code in sorted(uses):
        use = uses[code][-1]
        parent = _parent_of(code, uses)
        full_names[code] = full_names[parent] + use.name
        yield Region(
            code=code,
            name=use.name,
            full_name=full_names[code],
            former_names=_former_names(uses[code]),
            level=use.level,
            parent_id=parent,
            valid_from=date(use.first, 1, 1) if use.first else None,
            valid_to=date(use.last, 12, 31) if use.last else None,
            successor_id=successors.get(code),
        )


def _parent_of(code: str, uses: dict[str, list[Use]]) -> str:
    """The prefecture if there is one, else the province: codes such as 429004 have none."""
    above = (f"{code[:4]}00", f"{code[:2]}0000")
    return next((parent for parent in above if parent in uses and parent != code), ROOT_CODE)


def _former_names(uses: list[Use]) -> list[dict[str, str | int | None]]:
    names = [named for use in uses for named in use.names][:-1]
    return [{"name": named.name, "from": named.first, "to": named.last} for named in names]
