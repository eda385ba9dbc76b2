"""The quick way of many rows into a table: new ones by COPY on PostgreSQL, all else by one prepared statement.

For ``bureau.records`` and for derived rows: no signal is sent and no history is written.
"""

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from django.db import connections, models, router

from bureau.models.fields import CodeField

# Values of these fields repeat or cost little to compare: each is made ready for the database once.
_REPEATING = (models.DateField, models.DecimalField, models.IntegerField, models.ForeignKey)
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
    values = _prepared(connection, fields, rows)
    write = _copy if connection.vendor == "postgresql" else _execute_many
    with connection.wrap_database_errors:
        write(connection, model, [field.column for field in fields], values)
    for row in rows:
        row._state.adding = False
        row._state.db = connection.alias


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
    values = _prepared(connection, [*written, meta.pk], rows)
    with connection.wrap_database_errors, connection.cursor() as cursor:
        cursor.executemany(statement, values)


def _prepared(connection: Any, fields: Sequence[Any], rows: Sequence[models.Model]) -> Iterator[tuple[Any, ...]]:
    """The rows as the database takes them, column by column: a field that changes nothing costs nothing."""
    columns = [_column(connection, field, rows) for field in fields]
    return zip(*columns, strict=True)


def _column(connection: Any, field: Any, rows: Sequence[models.Model]) -> Iterable[Any]:
    if type(field).pre_save in _PLAIN_PRE_SAVE and not getattr(field, "auto_now", False):
        values: Iterable[Any] = map(attrgetter(field.attname), rows)
    else:
        values = [field.pre_save(row, True) for row in rows]
    if isinstance(field, _REPEATING):
        return _remembering(field.get_db_prep_save, connection, values)
    if isinstance(field, models.BooleanField) or type(field).to_python in _PLAIN_TEXT:
        return values  # they stand in the table as they stand in memory
    if isinstance(field, CodeField):
        return [field.to_python(value) for value in values]
    return [field.get_db_prep_save(value, connection) for value in values]


def _remembering(prepare: Any, connection: Any, values: Iterable[Any]) -> list[Any]:
    known: dict[Any, Any] = {}
    prepared = []
    for value in values:
        if value not in known:
            known[value] = prepare(value, connection)
        prepared.append(known[value])
    return prepared


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
