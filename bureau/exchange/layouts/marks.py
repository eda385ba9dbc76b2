"""Words by which people mark what is no record: number columns, subtotals, notes at the foot, section lines.

All texts are as ``cells.text_of`` gives them. A word here must never stand alone for a row to be left out: what else
stands in the row decides (``sieve``).
"""

import re

from bureau.texts import match_text, narrow

_COUNTERS = {"序号", "序", "行号", "行次", "项次", "顺序号", "排序号", "编序", "no", "no.", "nr", "nr.", "#", "s/n"}
# These number the rows, or stand for a number of something else: what stands beneath decides.
_COUNTERS_PERHAPS = {"编号"}
_COUNT = re.compile(r"\(?(\d{1,7}|[一二三四五六七八九十百]{1,5})\)?[.、)]?")

_SUBTOTAL = re.compile(
    r"(.{0,30}?)(小计|合计|总计|共计|累计|本页计|总合计|subtotal|(grand)?total)(\([^()]*\))?[:：]?", re.IGNORECASE
)
_SUBTOTAL_WITH_COUNT = re.compile(r"(小计|合计|总计|共计|累计)[:：]?\d.{0,30}")

_NOTE = re.compile(
    r"[(\[【]?(备注|附注|注|说明|填[表报]说明|编制说明|情况说明|注意|注意事项|附件?|notes?|remarks?)[)\]】]?"
    r"(\d{0,2}[:：.、]|\d{1,2}|[一二三四五六七八九十][:：.、])",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"[^:：]{0,10}(填[表报制]|制[表单]|审[核批查定]|复核|核[对验准]|校[对核]|经办|报[送出]|编制|统计|负责|主管|联系|批准|签[字发章名]"
    r"|录入|打印|盖章|公章|检定员|电话|手机|邮箱|传真|日期|时间|数据来源|资料来源|来源)[^:：]{0,8}[:：]"
)
_SIGNATURE_ALONE = re.compile(
    r"[(\[]?((填表|制表|填报|审核|复核|经办|负责|联系|报送|统计)(人|人员|单位|日期|时间)(签[字章名])?|签[字章名]|盖章|公章|单位公章)[)\]]?"
)
_ENUMERATED = re.compile(
    r"第[一二三四五六七八九十百\d]+[章节部分篇类批]+|[一二三四五六七八九十]{1,3}[、.．,:：]|\([一二三四五六七八九十]{1,3}\)|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+[、.．]?"
)
_CHINESE_COUNT = re.compile(r"\(?[一二三四五六七八九十]{1,3}\)?[、.．]?|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+")
_PAGE = re.compile(
    r"-?第?\d{1,4}页([,，/]?共\d{1,4}页)?-?|第\d{1,4}页.{0,8}共\d{1,4}页|page\d{1,4}(of\d{1,4})?", re.IGNORECASE
)
_STEM = "甲乙丙丁戊己庚辛壬癸"


def is_counter_heading(text: str) -> bool:
    """Whether a column of this heading only numbers the rows of the file."""
    return match_text(text).strip(":：") in _COUNTERS


def may_be_counter_heading(text: str) -> bool:
    """Whether a column of this heading numbers the rows if its values count up."""
    return match_text(text).strip(":：") in _COUNTERS_PERHAPS


def is_count(text: str) -> bool:
    """What stands in such a column: 12, (3), 一、"""
    return bool(_COUNT.fullmatch(_plain(text)))


def is_chinese_count(text: str) -> bool:
    """How sections are numbered, while rows have Arabic numbers."""
    return bool(_CHINESE_COUNT.fullmatch(_plain(text)))


def is_subtotal(text: str) -> bool:
    """小计, 合计, 沈阳市小计, 总 计：, 共计12台"""
    plain = _plain(text)
    return bool(_SUBTOTAL.fullmatch(plain) or _SUBTOTAL_WITH_COUNT.fullmatch(plain))


def is_subtotal_alone(text: str) -> bool:
    found = _SUBTOTAL.fullmatch(_plain(text))
    return found is not None and not found[1]


def is_note(text: str) -> bool:
    """注：…, 说明：…, 备注1、…, 填表人：…"""
    plain = _plain(text)
    return bool(_NOTE.match(plain) or _SIGNATURE.match(plain) or _SIGNATURE_ALONE.fullmatch(plain))


def is_signature(text: str) -> bool:
    """填表人：, 审核人（签字）："""
    plain = _plain(text)
    return bool(_SIGNATURE.match(plain) or _SIGNATURE_ALONE.fullmatch(plain))


def is_section(text: str) -> bool:
    """一、力学计量"""
    return bool(_ENUMERATED.match(_plain(text)))


def is_page(text: str) -> bool:
    return bool(_PAGE.fullmatch(_plain(text)))


def are_column_numbers(texts: list[str]) -> bool:
    """The line under the header of a statistical form: 甲 乙 1 2 3; short ones without a letter may be values."""
    plain = [_plain(text).strip("()") for text in texts]
    if plain and plain[0] in ("栏次", "列次", "栏号"):
        return True
    letters = sum(text in _STEM for text in plain)
    numbers = plain[letters:]
    is_lettered = plain[:letters] == list(_STEM[:letters])
    is_counted = numbers == [str(number) for number in range(1, len(numbers) + 1)]
    return is_lettered and is_counted and len(plain) >= 4 and len(numbers) >= (1 if letters else 5)


def _plain(text: str) -> str:
    return "".join(narrow(text).split())
