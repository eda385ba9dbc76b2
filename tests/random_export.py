"""Records with any values that a record can hold, for the round trip out of the system and in again."""

from datetime import date

from hypothesis import strategies as st

from benchmarks.models import TrialVerification
from bureau.credit_code import completed
from bureau.exchange.cells import clean_text
from standards.models import MeasurementStandard

AWKWARD = [
    "=1+1",
    '=HYPERLINK("http://example.invalid","x")',
    "+86",
    "-40～85 ℃",
    "@SUM(A1)",
    "'=quoted",
    "''@twice",
    "000123",
    "123456789012345678",
    "1.10",
    "2016-06-01",
    "TRUE",
    "#N/A",
    "_x0041_",
    "a_x000D_b",
    "_x000A",
    "<b>&amp;</b>",
    "]]>",
    'say "x", then y',
    "a\u00a0b",
    "１２３（宽）",
    "𠮷野",
    "e\u0301",
    "1e5",
    "小计",
    "注：见附件",
    "",
]

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).map(clean_text) | st.sampled_from(AWKWARD)
some = texts.filter(bool)
# As an earlier system may have left them: nobody's form would take them today.
raw_texts = texts | st.sampled_from(["两行\n文字", "a\tb", " 外有空格 ", "a\r\nb", "\u200bx"])
codes = st.from_regex(r"0{0,3}[1-9][0-9]{0,17}", fullmatch=True) | texts
days = st.dates(date(1000, 1, 1), date(2999, 12, 31))
regions = st.sampled_from(["210000", "210200", "210100", "210102", "210122", "210106"])
credit_codes = st.from_regex(r"9121[0-9]{4}[0-9A-HJ-NPQRTUWXY]{8}", fullmatch=True).map(completed)

STANDARD = {
    "name": some,
    "holder": some,
    "measuring_range": some,
    "uncertainty": some,
    "place": raw_texts,
    "remark": raw_texts,
    "kind": st.sampled_from(["public", "department_highest", "enterprise_highest", "authorised"]),
    "tier": st.sampled_from(["regional", "provincial", "municipal", "county"]),
    "grade": st.sampled_from(["highest", "working"]),
    "field_id": st.sampled_from(["01", "04", "46", "65"]),
    "dates": st.tuples(days, days, days).map(sorted),
    "certificate": some,
    "region_id": regions,
}
VERIFICATION = {
    "certificate": some,
    "kind": st.sampled_from(TrialVerification.Kind.values),
    "instrument": some,
    "model": raw_texts,
    "measuring_range": raw_texts,
    "accuracy": texts,
    "serial_no": codes,
    "holder": some,
    "credit_code": credit_codes | st.just(""),
    "dates": st.tuples(days, days | st.none()),
    "is_conforming": st.booleans(),
    "quantity": st.integers(1, 2_147_483_647),
    "fee": st.none() | st.decimals(0, 9_999_999_999, places=2),
    "region_id": regions,
}


def standard(office, number, **values):
    """As it might have been entered by hand, with any values."""
    given = {
        "name": f"标准{number}",
        "tier": "municipal",
        "grade": "working",
        "field_id": "12",
        "holder": "单位",
        "measuring_range": "1",
        "uncertainty": "1",
        "issuing_authority": "局",
        "certificate_no": f"N{number}",
        "issued_on": date(2016, 6, 1),
        "valid_until": date(2021, 5, 31),
        "established_on": date(2016, 6, 1),
        "region_id": "210100",
        **values,
    }
    return MeasurementStandard(office=office, **given)


def a_standard(office, number, drawn):
    established_on, issued_on, valid_until = drawn["dates"]
    values = {name: value for name, value in drawn.items() if name not in ("dates", "certificate")}
    return standard(
        office,
        number,
        **values,
        established_on=established_on,
        issued_on=issued_on,
        valid_until=valid_until,
        certificate_no=f"{number}号{drawn['certificate']}"[:60].strip(),
    )


def a_verification(office, number, drawn):
    verified_on, valid_until = drawn["dates"]
    values = {name: value for name, value in drawn.items() if name not in ("dates", "certificate")}
    return TrialVerification(
        office=office,
        **values,
        verified_on=verified_on,
        valid_until=valid_until and max(verified_on, valid_until),
        certificate_no=f"{number}号{drawn['certificate']}"[:60].strip(),
    )
