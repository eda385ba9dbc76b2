"""The tables of the ledger, filled by the hundred thousand: for load data alone."""

import csv
import io
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Max

from inspections import rollups
from inspections.models import Instrument, UsePeriod, Verification

AT_ONCE = 5_000
STAMP = "2026-01-01 00:00:00+00:00"
_STAMPS = ("created_at", "updated_at", "version", "void_reason")
COLUMNS: dict[Any, tuple[str, ...]] = {
    Instrument: (
        *("id", "holder_id", "holder_no", "ecqs_no", "name", "kind_id", "model", "measuring_range", "accuracy_class"),
        *("serial_no", "maker", "origin", "place", "quantity", "purpose", "legal_kind", "submission", "period_months"),
        *("in_use_from", "state", "state_since", "end_reason", "first_verified_on", "replace_due_on"),
        *("last_verified_on", "valid_until", "next_due_on", "label_code", "remark", "office_id", "region_id"),
        *_STAMPS,
    ),
    Verification: (
        *("id", "institution_id", "certificate_no", "paper", "kind", "service", "verified_on", "instrument_id"),
        *("holder_id", "instrument_kind_id", "serial_no", "quantity", "purpose", "legal_kind", "conclusion"),
        *("accuracy_class", "valid_until", "next_due_on", "standard_id", "verifier", "checker", "approver", "fee"),
        *("fee_waived", "is_free", "is_emergency", "requested_at", "finished_at", "received_on", "days_taken"),
        *("due_on", "met_on", "remark", "office_id", "region_id", *_STAMPS),
    ),
    UsePeriod: (
        *("id", "instrument_id", "begins_on", "ends_on", "is_verified", "is_dropped", "office_id", "region_id"),
        *("kind_id", "purpose", "legal_kind", "quantity"),
    ),
}
STAMPED = (STAMP, STAMP, 1, "")


class Tables:
    """Writes rows table by table: by COPY on PostgreSQL, one prepared statement on SQLite."""

    def __init__(self) -> None:
        self.held: dict[Any, list[Sequence[Any]]] = {model: [] for model in COLUMNS}
        # The database takes rows in while the next ones are made.
        self.writer = ThreadPoolExecutor(max_workers=1)
        self.writing: Future[None] | None = None

    def take(self, made: dict[Any, list[Sequence[Any]]]) -> None:
        for model, rows in made.items():
            self.held[model] += rows
        if len(self.held[Verification]) >= AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Send what is held; raises what writing the rows before them met."""
        if connection.vendor == "postgresql":
            self.wait()
            texts = [(_copy(model), _csv(model, rows)) for model, rows in self.held.items() if rows]
            connection.ensure_connection()
            self.writing = self.writer.submit(_send, connection.connection, texts)
        else:
            for model, rows in self.held.items():
                _insert(model, rows)
        self.held = {model: [] for model in COLUMNS}

    def wait(self) -> None:
        if self.writing:
            self.writing.result()

    @contextmanager
    def unguarded(self) -> Iterator[None]:
        """Without indexes, foreign keys and triggers, which cost most of the time; then all of them, and the tallies,
        at once. Small loads go the ordinary way."""
        rollups.remove()
        dropped = _drop_indexes() if connection.vendor == "postgresql" else []
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                for statement in dropped:
                    cursor.execute(statement)
            rollups.rebuild()
            rollups.install()
            _count_on()
            if connection.vendor == "postgresql" and not connection.in_atomic_block:
                _tidy()


def _stamped(model: Any, rows: list[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    stamps = STAMPED if COLUMNS[model][-len(_STAMPS) :] == _STAMPS else ()
    return ((*row, *stamps) for row in rows)


def _copy(model: Any) -> str:
    """Nothing between two commas is NULL, but an empty text where there is none."""
    columns = COLUMNS[model]
    given = ", ".join(name for name in columns if not model._meta.get_field(name).null)
    return f"COPY {model._meta.db_table} ({', '.join(columns)}) FROM STDIN (FORMAT csv, FORCE_NOT_NULL ({given}))"


def _csv(model: Any, rows: list[Sequence[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(_stamped(model, rows))
    return text.getvalue()


def _send(raw: Any, texts: list[tuple[str, str]]) -> None:
    with raw.cursor() as cursor:
        for statement, text in texts:
            with cursor.copy(statement) as copy:
                copy.write(text)


def _insert(model: Any, rows: list[Sequence[Any]]) -> None:
    columns = COLUMNS[model]
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) VALUES ({places})",
            [[_plain(value) for value in row] for row in _stamped(model, rows)],
        )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _drop_indexes() -> list[str]:
    """Drop what is checked or kept row by row; returns the statements that bring it back."""
    statements = []
    tables = [model._meta.db_table for model in COLUMNS]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing is left to check at a commit
        cursor.execute(
            """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
               WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s)""",
            [tables],
        )
        for table, name, definition in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            statements.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        cursor.execute(
            """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
               WHERE indrelid::regclass::text = ANY(%s) AND NOT indisprimary
               AND indexrelid NOT IN (SELECT conindid FROM pg_constraint)""",
            [tables],
        )
        for name, definition in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name}")
            statements.append(definition)
    return statements


def _count_on() -> None:
    """New keys follow those that were written with their rows."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in COLUMNS:
            table, last = model._meta.db_table, model._default_manager.aggregate(last=Max("pk"))["last"]
            if last:
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, last])


def _tidy() -> None:
    """What the database does by itself in time: which rows are visible to all, and how values are spread."""
    with connection.cursor() as cursor:
        for model in (*COLUMNS, *(rollup.tally for rollup in rollups.ROLLUPS)):
            cursor.execute(f"VACUUM ANALYZE {model._meta.db_table}")
