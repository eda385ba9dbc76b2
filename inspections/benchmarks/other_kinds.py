"""As many records of every kind as a province has: those of the demo, each copied with its days moved.

What the copies hang on stays that of the row they were made from, so that figures count them in its place. Unique
indexes are dropped first: the database is thrown away afterwards.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import DateField, DateTimeField, Model

# The demo is about 2016 and 2021, the ledger about five years up to 2025.
YEARS = (4, 5, 7, 8, 9)


def multiply(models: Iterable[type[Model]], count: int) -> None:
    """Copy the rows of each model until there are about ``count``; one without any row stays empty."""
    for model in models:
        present = model._default_manager.count()
        if 0 < present < count:
            _copy(model, copies=count // present, keep=count % present or present)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _copy(model: Any, copies: int, keep: int) -> None:
    meta, quote = model._meta, connection.ops.quote_name
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    columns = ", ".join(quote(field.column) for field in fields)
    table, key = quote(meta.db_table), quote(meta.pk.column)
    with connection.cursor() as cursor:
        _drop_unique(cursor, model)
        cursor.execute(f"SELECT MAX({key}) FROM {table}")
        [last] = cursor.fetchone()
        for number in range(copies):
            shown = ", ".join(_moved(field, YEARS[number % len(YEARS)]) for field in fields)
            statement = f"INSERT INTO {table} ({columns}) SELECT {shown} FROM {table} WHERE {key} <= %s"
            cursor.execute(statement + ("" if number < copies - 1 else f" LIMIT {keep}"), [last])


def _moved(field: Any, years: int) -> str:
    column = connection.ops.quote_name(field.column)
    if not isinstance(field, DateField) or isinstance(field, DateTimeField):
        return column
    if connection.vendor == "postgresql":
        return f"({column} + INTERVAL '{years} years')::date"
    return f"date({column}, '+{years} years')"


def _drop_unique(cursor: Any, model: Any) -> None:
    table = model._meta.db_table
    found = connection.introspection.get_constraints(cursor, table)
    for name, about in found.items():
        if about["unique"] and not about["primary_key"]:
            _drop(cursor, table, name)


def _drop(cursor: Any, table: str, name: str) -> None:
    quote = connection.ops.quote_name
    if connection.vendor == "postgresql":
        cursor.execute(f"ALTER TABLE {quote(table)} DROP CONSTRAINT IF EXISTS {quote(name)} CASCADE")
        cursor.execute(f"DROP INDEX IF EXISTS {quote(name)}")
    elif not name.startswith("sqlite_autoindex") and not name.startswith("__unnamed"):
        cursor.execute(f"DROP INDEX IF EXISTS {quote(name)}")
