"""The normal form of numbers of local specifications: worked examples, and all ways of writing one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards import specification_number
from standards.specification_number import MOST_PROVINCES, PROVINCES, BadNumber, normalised, parse

DASHES = ["-", "–", "—", "——", "−", "‑", "－", "‐", " - ", " — "]
OPENING, CLOSING = ["(", "（", "［", "【", "〔"], [")", "）", "］", "】", "〕"]
WIDE = str.maketrans("JGF0123456789.", "ＪＧＦ０１２３４５６７８９．")


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("JJG(冀) 121-2015", "JJG(冀) 121-2015"),
        ("JJF（冀）124—2015", "JJF(冀) 124-2015"),
        ("JJF(鄂)159－2025", "JJF(鄂) 159-2025"),
        ("jjf（京津冀）3001——2021", "JJF(京津冀) 3001-2021"),
        ("ＪＪＧ（京） ３００１−２０１７", "JJG(京) 3001-2017"),
        ("JJG (粤) 001‑2007", "JJG(粤) 001-2007"),
        ("JJF(浙) 1125.1-2018", "JJF(浙) 1125.1-2018"),
        ("JJF(川、渝) 12-2022", "JJF(川渝) 12-2022"),
    ],
)
def test_it_is_kept_in_one_form(text, normal):
    assert str(parse(text)) == normalised(text) == normal


@pytest.mark.parametrize(
    "text",
    [
        "", "JJG 121-2015", "JJG() 121-2015", "JJG(冀 121-2015", "GB(冀) 121-2015", "JJG(冀) 121", "JJG(冀) 121-15",
        "JJG(冀) 121-3015", "JJG(冀) -2015", "JJG(河北) 121-2015", "JJG(冀冀) 121-2015", "JJG(贵黔) 1-2015",
        "JJG(京津冀晋) 1-2015", "JJG(冀) 121-2015号", "JJG(冀) 12a-2015", "x",
    ],
)  # fmt: skip
def test_it_rejects_what_is_no_such_number(text):
    with pytest.raises(BadNumber) as refusal:
        parse(text)
    assert str(refusal.value)
    assert normalised(text) == text  # left as it stands: the checks say what is wrong


def distinct_provinces():
    names = st.lists(
        st.sampled_from(sorted(PROVINCES)), min_size=1, max_size=MOST_PROVINCES, unique_by=lambda name: PROVINCES[name]
    )
    return names.map("".join)


@st.composite
def numbers(draw):
    kind, provinces = draw(st.sampled_from(["JJG", "JJF"])), draw(distinct_provinces())
    running, year = draw(st.integers(1, 99999)), draw(st.integers(1980, 2099))
    part = draw(st.sampled_from(["", ".1", ".12"]))
    return specification_number.SpecificationNumber(kind, provinces, f"{running}{part}", year)


@st.composite
def spellings(draw, number):
    """One of the ways in which a number may be written."""
    at = draw(st.integers(0, len(OPENING) - 1))
    blanks = st.sampled_from(["", " ", "\u3000", "\u00a0"])
    kind = draw(st.sampled_from([number.kind, number.kind.lower(), number.kind.translate(WIDE)]))
    running = draw(st.sampled_from([number.running, number.running.translate(WIDE)]))
    year = draw(st.sampled_from([str(number.year), str(number.year).translate(WIDE)]))
    parts = [kind, OPENING[at], number.provinces, CLOSING[at], running, draw(st.sampled_from(DASHES)), year]
    return "".join(part + draw(blanks) for part in parts)


@given(data=st.data(), number=numbers())
def test_all_widths_of_brackets_and_dashes_give_one_form(data, number):
    text = data.draw(spellings(number))
    assert parse(text) == number
    assert normalised(text) == str(number)
    assert normalised(normalised(text)) == normalised(text)


@given(one=numbers(), other=numbers())
def test_two_numbers_are_the_same_only_by_all_their_parts(one, other):
    """Leading zeros and the order of the provinces aside."""
    parts = [
        (each.kind, frozenset(PROVINCES[name] for name in each.provinces), each.running, each.year)
        for each in (one, other)
    ]
    assert (one.key == other.key) == (parts[0] == parts[1])


@given(number=numbers(), data=st.data())
def test_order_of_provinces_and_leading_zeros_make_no_other_number(number, data):
    shuffled = "".join(data.draw(st.permutations(number.provinces)))
    padded = f"JJ{number.kind[-1]}({shuffled}) 0{number.running}-{number.year}"
    if len(number.running.split(".")[0]) < 5:
        assert parse(padded).key == number.key


@given(
    provinces=st.lists(
        st.sampled_from(sorted(PROVINCES)), min_size=2, max_size=3, unique_by=lambda name: PROVINCES[name]
    ),
    number=numbers(),
)
def test_the_numbers_of_one_joint_text_are_never_duplicates(provinces, number):
    """JJG(京) 3001-2017, JJG(津) 3001-2017 and JJG(冀) 3001-2017 are three numbers, and JJG(京津冀) is a fourth."""
    own = [parse(f"{number.kind}({name}) {number.running}-{number.year}") for name in provinces]
    joint = parse(f"{number.kind}({''.join(provinces)}) {number.running}-{number.year}")
    assert len({each.key for each in (*own, joint)}) == len(provinces) + 1
    assert len({str(each) for each in (*own, joint)}) == len(provinces) + 1
