"""GB 32100: the check sign by worked examples, and what a field takes."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from bureau import credit_code
from bureau.models.fields import CreditCodeField
from tests.columns_for_tests import CODES

# By hand, with the weights 3^i mod 31:  1 3 9 27 19 26 16 17 20 29 25 13 8 24 10 30 28
# and the values 0-9, A=10 B=11 C=12 D=13 E=14 F=15 G=16 H=17 J=18 K=19 L=20 M=21 N=22 P=23 Q=24 R=25 T=26 U=27 W=28
# X=29 Y=30. The sign's value is (31 - sum mod 31) mod 31.
WORKED = [
    # 9·1 + 1·3 + 2·9 + 1·27 + 1·26 = 83 = 2·31 + 21; 31 - 21 = 10
    ("91210100000000000", "A"),
    # 1·1 + 2·3 + 1·9 + 1·27 + 1·10 (15th place) + 7·28 (17th) = 249 = 8·31 + 1; 31 - 1 = 30
    ("12110000000000107", "Y"),
    # A first: 10·1 + 3·3 + 1·9 + 3·27 = 109 = 3·31 + 16; 31 - 16 = 15
    ("A3130000000000000", "F"),
    # N=22: 22·1 + 2·3 + 4·9 + 4·27 = 172; M=21: 21·20 = 420; A=10: 10·29 = 290; Y=30 in the 16th place: 30·30 = 900;
    # 172 + 420 + 290 + 900 + 5·28 (17th place) = 1922 = 62·31 + 0
    ("N2440000MA00000Y5", "0"),
    # 9·1 + 2·3 + 4·9 + 4·27 = 159 = 5·31 + 4; 31 - 4 = 27
    ("92440000000000000", "U"),
    # 9·1 + 1·3 + 1·19 (5th place) = 31 = 1·31 + 0; (31 - 0) mod 31 = 0
    ("91001000000000000", "0"),
]


@pytest.mark.parametrize(("first", "sign"), WORKED)
def test_worked_examples(first, sign):
    assert credit_code.check_sign(first) == sign
    assert credit_code.problem(first + sign) == ""


# GB 11714, weights 3 7 9 10 5 8 4 2, letters A=10 … Z=35; the sign is 11 - sum mod 11, written X for 10 and 0 for 11.
ORGANISATIONS = [
    ("00000000", "0"),  # 0: 11 - 0 = 11
    ("00000010", "7"),  # 1·4 = 4; 11 - 4 = 7
    ("MA00000Y", "5"),  # 22·3 + 10·7 + 34·2 = 204 = 18·11 + 6; 11 - 6 = 5
    ("M000100Y", "4"),  # 22·3 + 1·5 + 34·2 = 139 = 12·11 + 7; 11 - 7 = 4
    ("00000003", "5"),  # 3·2 = 6; 11 - 6 = 5
    ("00030000", "3"),  # 3·10 = 30 = 2·11 + 8; 11 - 8 = 3
    ("40000000", "X"),  # 4·3 = 12 = 11 + 1; 11 - 1 = 10
]


@pytest.mark.parametrize(("body", "sign"), ORGANISATIONS)
def test_the_organisation_code_has_a_check_sign_of_its_own(body, sign):
    assert credit_code.organisation_check_sign(body) == sign
    code = credit_code.completed(f"91210100{body}")
    assert code[16] == sign
    assert credit_code.problem(code) == ""


@given(CODES, st.sampled_from(credit_code.SIGNS))
def test_a_code_with_another_organisation_sign_is_found_though_its_own_is_right(code, sign):
    first = code[:16] + sign
    made_up = first + credit_code.check_sign(first)
    assert bool(credit_code.problem(made_up)) is (made_up != code)


@pytest.mark.parametrize("code", ["0" * 18, "123456789012345678", "91" + "0" * 15 + "5"])
def test_placeholders_are_refused(code):
    assert credit_code.problem(code)


def test_the_weights_are_powers_of_three():
    assert credit_code._WEIGHTS == [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    assert len(credit_code.SIGNS) == 31
    assert not set("IOSVZ") & set(credit_code.SIGNS)


@given(CODES, st.integers(0, 17), st.sampled_from(credit_code.SIGNS))
def test_one_mistyped_sign_is_always_found(code, place, sign):
    """31 is a prime and no weight is 0: any other sign in one place changes the sum."""
    mistyped = code[:place] + sign + code[place + 1 :]
    assert bool(credit_code.problem(mistyped)) is (mistyped != code)


@given(CODES, st.integers(0, 16))
def test_two_neighbours_that_changed_places_are_found(code, place):
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if place == 16 or swapped == code:
        return  # the standard's weights do not cover the check sign itself
    assert credit_code.problem(swapped)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" 91210100000000000a ", "91210100000000000A"),
        ("９１２１０１０００００００００００Ａ", "91210100000000000A"),
        ("9121 0100 0000 0000 0A", "91210100000000000A"),
        ("'91210100000000000A", "91210100000000000A"),
        ("\u200b91210100000000000A\n", "91210100000000000A"),
    ],
)
def test_codes_are_normalised(text, code):
    assert credit_code.normalised(text) == code


@pytest.mark.parametrize(
    "code",
    ["", "9121010000000000A", "91210100000000000AA", "9I210100000000000A", "91A10100000000000A", "91二10100000000000A"],
)
def test_what_is_no_code_at_all(code):
    assert credit_code.form_problem(code)


def test_the_field_normalises_and_refuses_in_forms():
    field = CreditCodeField("code")
    assert field.clean(" 91210100000000000a", None) == "91210100000000000A"
    assert field.max_length == 18
    for text in ("91210100000000000B", "912101"):
        with pytest.raises(ValidationError):
            field.clean(text, None)
    assert CreditCodeField("code", blank=True).clean("", None) == ""


def test_the_field_is_the_same_in_migrations():
    _name, path, args, kwargs = CreditCodeField("code", blank=True).deconstruct()
    assert path == "bureau.models.fields.CreditCodeField"
    assert CreditCodeField(*args, **kwargs).max_length == 18
