from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from bureau import credit_code
from bureau.texts import clean_text, narrow


class CodeField(models.CharField):
    """A number as printed on a paper: kept in half-width characters, however it was typed or pasted."""

    def to_python(self, value: Any) -> Any:
        text = value if isinstance(value, str) else super().to_python(value)
        return clean_text(narrow(text)) if isinstance(text, str) else text


def validate_credit_code(code: str) -> None:
    if problem := credit_code.problem(code):
        raise ValidationError(problem, code="credit_code")


class CreditCodeField(CodeField):
    """A unified social credit code (GB 32100); in forms its check character must be right."""

    default_validators = [validate_credit_code]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", credit_code.LENGTH)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return credit_code.normalised(text) if isinstance(text, str) else text
