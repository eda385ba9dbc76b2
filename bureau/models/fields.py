from typing import Any

from django.db import models

from bureau.texts import clean_text, narrow


class CodeField(models.CharField):
    """A number as printed on a paper: kept in half-width characters, however it was typed or pasted."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return clean_text(narrow(text)) if isinstance(text, str) else text
