"""The code on an instrument's label: it names the piece and tells nothing, neither its order nor its number."""

import secrets

# Without the signs that are mistaken for others in print: 0 o, 1 i l.
SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
# 31 to the power of 12: among 32 million pieces two alike are drawn once in a thousand provinces.
LENGTH = 12


def new_label_code() -> str:
    return "".join(secrets.choice(SIGNS) for _place in range(LENGTH))
