"""The quick way of many new rows into a table: COPY on PostgreSQL, one prepared statement on SQLite.

For ``bureau.records`` and for derived rows: no signal is sent and no history is written.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, models, router


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
    # One converter a field, looked up once: with a hundred thousand rows the look-ups would cost more than the insert.
    convert = [(field, field.get_db_prep_save) for field in fields]
    values = (tuple(prepare(field.pre_save(row, True), connection) for field, prepare in convert) for row in rows)
    write = _copy if connection.vendor == "postgresql" else _execute_many
    with connection.wrap_database_errors:
        write(connection, model, [field.column for field in fields], values)
    for row in rows:
        row._state.adding = False
        row._state.db = connection.alias


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
