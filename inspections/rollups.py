"""The triggers that keep the tallies of the ledger equal to its rows, in the statement that writes them.

Whatever writes (a form, COPY, an undo, a hand on the database), the tally follows. On PostgreSQL one trigger a
statement adds what the statement changed, grouped, as new rows: nobody waits for anybody. On SQLite, with its one
writer, a trigger a row adds to the row of the key. There is none for deletion: nothing is ever deleted here.

``install`` is idempotent and runs after each migration, since SQLite drops the triggers of a table that it remakes.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction
from django.db.models import Model

from inspections.models.tally import DueTally, UseTally, VerificationTally
from inspections.models.use_period import UsePeriod
from inspections.models.verification import Verification

# The month in which a piece was verified again that never was.
NEVER = "9999-12-01"
# Any number of our own: the lock under which one process at a time joins rows.
JOINING = 7_410_301


class Postgresql:
    """How the database says what the tallies are made of; a day is the SQL of a date."""

    no_day = f"DATE '{NEVER}'"

    def month(self, day: str) -> str:
        return f"DATE_TRUNC('month', {day})::date"

    def year(self, day: str) -> str:
        return f"DATE_TRUNC('year', {day})::date"

    def day_after(self, day: str) -> str:
        return f"({day} + 1)"

    def fen(self, yuan: str) -> str:
        return f"({yuan} * 100)::bigint"


class Sqlite:
    no_day = f"'{NEVER}'"

    def month(self, day: str) -> str:
        return f"SUBSTR({day}, 1, 8) || '01'"

    def year(self, day: str) -> str:
        return f"SUBSTR({day}, 1, 5) || '01-01'"

    def day_after(self, day: str) -> str:
        return f"DATE({day}, '+1 day')"

    def fen(self, yuan: str) -> str:
        return f"CAST(ROUND({yuan} * 100) AS INTEGER)"


Sql = Postgresql | Sqlite


@dataclass(frozen=True)
class Entry:
    """What a row ``r`` of the table adds to the tally if ``when`` holds of it; SQL by column of the tally."""

    when: str
    keys: Mapping[str, str]
    amounts: Mapping[str, str]


@dataclass(frozen=True)
class Rollup:
    """``columns``: those of the table on which the entries depend."""

    base: type[Model]
    tally: type[Model]
    entries: Callable[[Sql], list[Entry]]
    columns: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.entries(Sqlite())[0].keys)

    @property
    def amounts(self) -> tuple[str, ...]:
        return tuple(self.entries(Sqlite())[0].amounts)

    @property
    def name(self) -> str:
        return self.tally._meta.db_table

    @property
    def table(self) -> str:
        return self.base._meta.db_table


PLACE = ("region_id", "office_id", "purpose")
KINDS = (
    *("institution_id", "instrument_kind_id", "service", "kind", "legal_kind", "conclusion"),
    *("is_free", "is_emergency"),
)


def _as_they_are(*names: str) -> dict[str, str]:
    return {name: f"r.{name}" for name in names}


def _verifications(sql: Sql) -> list[Entry]:
    spans = {"month": sql.month("r.verified_on"), "year": sql.year("r.verified_on")}
    amounts = {
        "records": "1",
        "quantity": "r.quantity",
        "fee": sql.fen("r.fee"),
        "fee_waived": sql.fen("r.fee_waived"),
        "timed": "CASE WHEN r.days_taken IS NULL THEN 0 ELSE 1 END",
        "days_taken": "COALESCE(r.days_taken, 0)",
    }
    return [
        Entry(
            "r.voided_at IS NULL",
            {"span": f"'{span}'", "begins_on": first, **_as_they_are(*PLACE, *KINDS)},
            amounts,
        )
        for span, first in spans.items()
    ]


def _owed(sql: Sql) -> list[Entry]:
    keys = {
        "due_month": sql.month("r.due_on"),
        "met_month": f"CASE WHEN r.met_on IS NULL THEN {sql.no_day} ELSE {sql.month('r.met_on')} END",
        "is_in_time": "COALESCE(r.met_on <= r.due_on, FALSE)",
        **_as_they_are(*PLACE, "instrument_kind_id"),
    }
    return [Entry("r.voided_at IS NULL AND r.due_on IS NOT NULL", keys, {"records": "1", "quantity": "r.quantity"})]


def _in_use(sql: Sql) -> list[Entry]:
    of_piece = _as_they_are(*PLACE, "kind_id", "legal_kind", "is_verified")
    comes = {"begins_on": sql.month("r.begins_on"), **of_piece}
    goes = {"begins_on": sql.month(sql.day_after("r.ends_on")), **of_piece}
    return [
        Entry("NOT r.is_dropped", comes, {"records": "1", "quantity": "r.quantity"}),
        Entry("NOT r.is_dropped AND r.ends_on IS NOT NULL", goes, {"records": "-1", "quantity": "-r.quantity"}),
    ]


ROLLUPS = (
    Rollup(
        Verification,
        VerificationTally,
        _verifications,
        ("verified_on", *PLACE, *KINDS, "quantity", "fee", "fee_waived", "days_taken", "voided_at"),
    ),
    Rollup(
        Verification,
        DueTally,
        _owed,
        ("due_on", "met_on", *PLACE, "instrument_kind_id", "quantity", "voided_at"),
    ),
    Rollup(
        UsePeriod,
        UseTally,
        _in_use,
        ("begins_on", "ends_on", "is_verified", "is_dropped", *PLACE, "kind_id", "legal_kind", "quantity"),
    ),
)


def of(tally: type[Model]) -> Rollup:
    return next(rollup for rollup in ROLLUPS if rollup.tally is tally)


def changes(rollup: Rollup, sql: Sql, table: str, sign: str = "") -> str:
    """A query with a row of the tally for each entry of each row of ``table``."""
    return " UNION ALL ".join(
        f"SELECT {_columns(entry, sign)} FROM {table} AS r WHERE {entry.when}" for entry in rollup.entries(sql)
    )


def _columns(entry: Entry, sign: str = "") -> str:
    amounts = {name: f"{sign}({expression})" for name, expression in entry.amounts.items()}
    return ", ".join(f"{expression} AS {name}" for name, expression in {**entry.keys, **amounts}.items())


# Triggers ----------------------------------------------------------------------------------------


def install(using: str = "default") -> None:
    connection: Any = connections[using]
    statements = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    with connection.cursor() as cursor:
        for rollup in ROLLUPS:
            for statement in statements(rollup):
                cursor.execute(statement)


def remove(using: str = "default") -> None:
    connection: Any = connections[using]
    with connection.cursor() as cursor:
        for rollup in ROLLUPS:
            for event in ("insert", "update"):
                trigger = f"{rollup.name}_{event}"
                if connection.vendor == "postgresql":
                    cursor.execute(f"DROP FUNCTION IF EXISTS {trigger} CASCADE")
                else:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}")


def _on_postgresql(rollup: Rollup) -> list[str]:
    sql, keys = Postgresql(), ", ".join(rollup.keys)
    added = changes(rollup, sql, "after_rows")
    made = {
        "insert": ("NEW TABLE AS after_rows", added),
        "update": (
            "OLD TABLE AS before_rows NEW TABLE AS after_rows",
            f"{added} UNION ALL {changes(rollup, sql, 'before_rows', '-')}",
        ),
    }
    statements = []
    for event, (tables, rows) in made.items():
        trigger = f"{rollup.name}_{event}"
        statements += [
            f"""CREATE OR REPLACE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                INSERT INTO {rollup.name} ({keys}, {", ".join(rollup.amounts)}) {_grouped(rollup, rows)};
                RETURN NULL; END $$""",
            f"""CREATE OR REPLACE TRIGGER {trigger} AFTER {event.upper()} ON {rollup.table}
                REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION {trigger}()""",
        ]
    return statements


def _grouped(rollup: Rollup, rows: str) -> str:
    """A row a key, without those that come to nothing."""
    sums = ", ".join(f"SUM({name}) AS {name}" for name in rollup.amounts)
    is_any = " OR ".join(f"SUM({name}) <> 0" for name in rollup.amounts)
    keys = ", ".join(rollup.keys)
    return f"SELECT {keys}, {sums} FROM ({rows}) AS changes GROUP BY {keys} HAVING {is_any}"


def _on_sqlite(rollup: Rollup) -> list[str]:
    keys = ", ".join(rollup.keys)
    differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in rollup.columns)
    after, before = _upserts(rollup, "NEW"), _upserts(rollup, "OLD", "-")
    return [
        f"CREATE UNIQUE INDEX IF NOT EXISTS {rollup.name}_key ON {rollup.name} ({keys})",
        f"DROP TRIGGER IF EXISTS {rollup.name}_insert",
        f"CREATE TRIGGER {rollup.name}_insert AFTER INSERT ON {rollup.table} BEGIN {after} END",
        f"DROP TRIGGER IF EXISTS {rollup.name}_update",
        f"CREATE TRIGGER {rollup.name}_update AFTER UPDATE ON {rollup.table} WHEN {differs} BEGIN {before} {after} END",
    ]


def _upserts(rollup: Rollup, row: str, sign: str = "") -> str:
    names = ", ".join((*rollup.keys, *rollup.amounts, "is_delta"))
    added = ", ".join(f"{name} = {name} + excluded.{name}" for name in rollup.amounts)
    statements = " ".join(
        f"INSERT INTO {rollup.name} ({names}) SELECT {_columns(entry, sign)}, FALSE WHERE {entry.when} "
        f"ON CONFLICT ({', '.join(rollup.keys)}) DO UPDATE SET {added};"
        for entry in rollup.entries(Sqlite())
    )
    return re.sub(r"\br\.", f"{row}.", statements)


# Joining -----------------------------------------------------------------------------------------


def join_changes(using: str = "default") -> int:
    """On PostgreSQL, bring the rows of a key together; the sums stay as they are. Returns the number of rows joined.

    Writers go on meanwhile. Another process that is at it already is left to it.
    """
    connection: Any = connections[using]
    if connection.vendor != "postgresql":
        return 0
    joined = 0
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [JOINING])
        if cursor.fetchone()[0]:
            for rollup in ROLLUPS:
                cursor.execute(_joining(rollup))
                joined += cursor.fetchone()[0]
    return joined


def _joining(rollup: Rollup) -> str:
    """The changes and the rows of their keys go, and their sums come, in one statement."""
    keys = ", ".join(rollup.keys)
    same = " AND ".join(f"t.{name} = k.{name}" for name in rollup.keys)
    return f"""
        WITH k AS (SELECT DISTINCT {keys} FROM {rollup.name} WHERE is_delta),
        gone AS (DELETE FROM {rollup.name} t USING k WHERE {same} RETURNING t.*),
        made AS (INSERT INTO {rollup.name} ({keys}, {", ".join(rollup.amounts)}, is_delta)
                 SELECT grouped.*, FALSE FROM ({_grouped(rollup, "SELECT * FROM gone")}) AS grouped)
        SELECT COUNT(*) FROM gone"""


def rebuild(using: str = "default") -> None:
    """Add all tallies up anew from the rows, after these were written without the triggers."""
    connection: Any = connections[using]
    sql: Sql = Postgresql() if connection.vendor == "postgresql" else Sqlite()
    with transaction.atomic(using=using), connection.cursor() as cursor:
        _give_room(cursor)
        for rollup in ROLLUPS:
            names = ", ".join((*rollup.keys, *rollup.amounts))
            cursor.execute(f"DELETE FROM {rollup.name}")
            # PostgreSQL adds up with all its processors for a new table, with one for an insert.
            grouped = _grouped(rollup, changes(rollup, sql, rollup.table))
            cursor.execute(f"CREATE TEMPORARY TABLE added_up AS {grouped}")
            cursor.execute(f"INSERT INTO {rollup.name} ({names}, is_delta) SELECT added_up.*, FALSE FROM added_up")
            cursor.execute("DROP TABLE added_up")


def _give_room(cursor: Any) -> None:
    """All groups of a province fit into memory: reading all rows again and again would take the longest."""
    if cursor.db.vendor == "postgresql":
        cursor.execute("SET LOCAL work_mem = '256MB'")


# Comparing ---------------------------------------------------------------------------------------


def differences(tally: type[Model], using: str = "default") -> list[tuple[tuple[Any, ...], ...]]:
    """Keys of the tally, each with the amounts by which it differs from the rows; none if all is well."""
    connection: Any = connections[using]
    rollup = of(tally)
    sql: Sql = Postgresql() if connection.vendor == "postgresql" else Sqlite()
    kept = ", ".join((*rollup.keys, *(f"-({name})" for name in rollup.amounts)))
    rows = f"{changes(rollup, sql, rollup.table)} UNION ALL SELECT {kept} FROM {rollup.name}"
    with transaction.atomic(using=using), connection.cursor() as cursor:
        _give_room(cursor)
        cursor.execute(f"{_grouped(rollup, rows)} ORDER BY {', '.join(map(str, range(1, len(rollup.keys) + 1)))}")
        width = len(rollup.keys)
        return [(tuple(row[:width]), tuple(row[width:])) for row in cursor.fetchall()]
