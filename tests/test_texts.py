"""Texts and numbers as people and addresses write them."""

import pytest

from bureau.texts import whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("0012", 12),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("", None),
        (None, None),
        ("-7", None),
        ("7 ", None),
        ("7.0", None),
        ("１２", None),
        ("²", None),
        ("٣", None),
    ],
)
def test_a_whole_number_is_one_that_a_key_can_be(text, number):
    assert whole_number(text) == number
