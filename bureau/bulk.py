"""The quick way of many rows into a table: new ones by COPY on PostgreSQL, all else by one prepared statement.

For ``bureau.records`` and for derived rows: no signal is sent and no history is written.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from django.db import connections, models, router
from django.db.models import QuerySet

from bureau.models.fields import CodeField

# Values of these fields repeat: each is made ready for the database once.
_REPEATING = (models.DateField, models.DecimalField, models.IntegerField, models.ForeignKey, CodeField)
_PLAIN_TEXT = (models.CharField.to_python, models.TextField.to_python)
_PLAIN_PRE_SAVE = (models.Field.pre_save, models.DateField.pre_save, models.DateTimeField.pre_save)


def insert(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model and give them their keys; call it inside a transaction.

    Raises Django's ``IntegrityError`` or ``DataError`` as ``save()`` would; then none of the rows stands.
    """
    if not rows:
        return
    model: Any = type(rows[0])
    connection: Any = connections[router.db_for_write(model)]
    fields = model._meta.concrete_fields
    for row, key in zip(rows, _keys(connection, model, len(rows)), strict=True):
        row.pk = key
    _write(connection, model, fields, [_values(field, rows, add=True) for field in fields])
    for row in rows:
        row._state.adding = False
        row._state.db = connection.alias


def insert_columns(model: Any, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows that nobody needs as objects, given column by column: values by the fields' ``attname``.

    All fields but the key, which the database gives. Otherwise as ``insert``.
    """
    connection: Any = connections[router.db_for_write(model)]
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    _write(connection, model, fields, [columns[field.attname] for field in fields])


def insert_from(model: Any, source: QuerySet, names: Sequence[str]) -> None:
    """Insert what a query gives, which the rows then never leave the database for.

    ``names``: the fields' ``attname``, in both; as ``insert_columns``.
    """
    connection: Any = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(model._meta.get_field(name).column) for name in names)
    query, values = source.values_list(*names).query.get_compiler(connection=connection).as_sql()
    with connection.wrap_database_errors, connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(model._meta.db_table)} ({columns}) {query}", values)


def update(rows: Sequence[models.Model], fields: Iterable[str]) -> None:
    """Write these fields of rows of one model that are in the table already; call it inside a transaction.

    In the order of ``rows``, so that one may take a value that another before it gave up. Raises as ``insert`` does.
    """
    if not rows:
        return
    meta: Any = type(rows[0])._meta
    connection: Any = connections[router.db_for_write(type(rows[0]))]
    written = [meta.get_field(name) for name in fields]
    quote = connection.ops.quote_name
    assignments = ", ".join(f"{quote(field.column)} = %s" for field in written)
    statement = f"UPDATE {quote(meta.db_table)} SET {assignments} WHERE {quote(meta.pk.column)} = %s"
    fields_and_key = [*written, meta.pk]
    values = _as_rows(connection, fields_and_key, [_values(field, rows, add=False) for field in fields_and_key])
    with connection.wrap_database_errors, connection.cursor() as cursor:
        cursor.executemany(statement, values)


def update_columns(model: Any, keys: Sequence[Any], columns: Mapping[str, Sequence[Any]]) -> None:
    """Write fields under no unique constraint, given column by column: values by ``attname``, in the order of the keys.

    On PostgreSQL in one statement, so that what it does for each statement is done once. Otherwise as ``update``.
    """
    if not keys:
        return
    meta, connection = model._meta, connections[router.db_for_write(model)]
    quote, on_postgresql = connection.ops.quote_name, connection.vendor == "postgresql"
    fields = [*(meta.get_field(name) for name in columns), meta.pk]
    values = [_ready(connection, *pair) for pair in zip(fields, (*columns.values(), keys), strict=True)]
    names = [quote(field.column) for field in fields]
    table, key = quote(meta.db_table), names[-1]
    with connection.wrap_database_errors, connection.cursor() as cursor:
        if on_postgresql:
            arrays = ", ".join(f"%s::{field.rel_db_type(connection)}[]" for field in fields)
            given = f"UNNEST({arrays}) AS given({', '.join(names)})"
            assigned = ", ".join(f"{name} = given.{name}" for name in names[:-1])
            cursor.execute(
                f"UPDATE {table} AS kept SET {assigned} FROM {given} WHERE kept.{key} = given.{key}",
                [list(each) for each in values],
            )
        else:
            assigned = ", ".join(f"{name} = %s" for name in names[:-1])
            rows: Any = zip(*values, strict=True)
            cursor.executemany(f"UPDATE {table} SET {assigned} WHERE {key} = %s", rows)


def _values(field: Any, rows: Sequence[models.Model], *, add: bool) -> Sequence[Any]:
    is_stamp = getattr(field, "auto_now", False) or (add and getattr(field, "auto_now_add", False))
    if type(field).pre_save in _PLAIN_PRE_SAVE and not is_stamp:
        return [*map(attrgetter(field.attname), rows)]
    return [field.pre_save(row, add) for row in rows]


def _write(connection: Any, model: Any, fields: Sequence[Any], columns: Sequence[Sequence[Any]]) -> None:
    write = _copy if connection.vendor == "postgresql" else _execute_many
    with connection.wrap_database_errors:
        write(connection, model, [field.column for field in fields], _as_rows(connection, fields, columns))


def _as_rows(connection: Any, fields: Sequence[Any], columns: Sequence[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    """As the database takes them; made ready column by column: a field that changes nothing costs nothing."""
    return zip(*(_ready(connection, *pair) for pair in zip(fields, columns, strict=True)), strict=True)


def _ready(connection: Any, field: Any, values: Sequence[Any]) -> Iterable[Any]:
    if isinstance(field, models.BooleanField) or type(field).to_python in _PLAIN_TEXT:
        return values  # they stand in the table as they stand in memory
    if isinstance(field, models.IntegerField) and {*map(type, values)} <= {int, type(None)}:
        return values
    if isinstance(field, _REPEATING):
        known = {value: field.get_db_prep_save(value, connection) for value in set(values)}
        return map(known.__getitem__, values)
    return [field.get_db_prep_save(value, connection) for value in values]


def _keys(connection: Any, model: Any, count: int) -> Iterable[int]:
    """The next free keys. On SQLite the transaction holds the one right to write, so nobody else takes them."""
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), key, count],
            )
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
        first = (last[0] if last else 0) + 1
        return range(first, first + count)


def _copy(connection: Any, model: Any, columns: list[str], values: Iterable[tuple[Any, ...]]) -> None:
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    with connection.cursor() as cursor, cursor.copy(f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN") as copy:
        for row in values:
            copy.write_row(row)


def _execute_many(connection: Any, model: Any, columns: list[str], values: Iterable[tuple[Any, ...]]) -> None:
    quote = connection.ops.quote_name
    names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})", values)
