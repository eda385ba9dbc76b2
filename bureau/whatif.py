"""Shadow tables: a change of records is tried with the real code on copies, and nothing real is written or locked.

A ``Shadow`` has a connection of its own to the same database. There, temporary tables of the same name and shape stand
before the real ones (both databases look among temporary tables first) and hold copies of the rows that are brought.
While the shadow is active, this thread's ordinary connection is the shadow's, so that code which reads or writes these
tables works on the copies. The database itself refuses to let that connection write anything else, and what it sees of
the real tables stands still as of its opening. See docs/decisions/034-effects.md.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Self

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import AutoField, Model

from bureau.models import Tracked

# New keys in the shadow begin so far behind the real ones that they meet none, nor those that others add meanwhile.
APART = 1_000_000_000
# So many keys go into one statement.
BATCH = 2000


class Part(NamedTuple):
    """A model whose rows come along with those of ``parent`` that ``link`` points to; without a parent the top one."""

    model: Any
    parent: Any = None
    link: str = ""


def is_trial() -> bool:
    """Whether a shadow is active: what would follow for records of other kinds than are tried cannot be written."""
    return getattr(connections[DEFAULT_DB_ALIAS], "is_shadow", False)


def family(top: type[Model]) -> list[Part]:
    """The model and what hangs on its rows as a part of them (``PARENT``), from the top down."""
    found = [Part(top)]
    for above in found:  # grows meanwhile
        known = {part.model for part in found}
        for model in apps.get_models():
            link = _parent_field(model)
            if link is not None and link.related_model is above.model and model not in known:
                found.append(Part(model, above.model, link.column))
    return found


def _parent_field(model: Any) -> Any:
    """None too for a part of rows of any kind (an attachment): no foreign key leads to them."""
    name = getattr(model, "PARENT", "")
    return next((field for field in model._meta.concrete_fields if field.name == name), None)


class Shadowing:
    """Empty tables that stand before the real ones of some models until it is closed; then nothing is left."""

    def __init__(self, models: Iterable[type[Model]]) -> None:
        self._shadowed = list(dict.fromkeys(models))

    def __enter__(self) -> Self:
        self._ordinary = connections[DEFAULT_DB_ALIAS]
        self._tables = shadow_tables(self._ordinary)
        try:
            self._tables.create(self._shadowed)
            self._tables.connection.is_shadow = True
        except BaseException:
            self._tables.connection.close()
            raise
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._tables.connection.close()

    @contextmanager
    def active(self) -> Iterator[None]:
        """What this thread does with the database it does in the shadow."""
        with standing_in(self._tables.connection):
            yield


class Shadow(Shadowing):
    """Shadows the tables of a model, of its parts and of their histories until it is closed; then nothing is left.

    Histories begin empty: an import adds to them and does not read them. All other tables are the real ones.
    """

    def __init__(self, model: type[Model]) -> None:
        self._parts = family(model)
        self.models = [part.model for part in self._parts]
        histories = (each.history.model for each in self.models if issubclass(each, Tracked))
        super().__init__([*self.models, *histories])
        self._brought: set[Any] = set()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Inside of ``active``: a look at the real tables."""
        with standing_in(self._ordinary):
            yield

    def bring(self, keys: Iterable[Any]) -> None:
        """Copy the rows with these keys and their parts, unless they were brought before; unknown keys do nothing."""
        new = [key for key in dict.fromkeys(keys) if key not in self._brought]
        for start in range(0, len(new), BATCH):
            self._tables.copy(self._parts, new[start : start + BATCH])
        self._brought.update(new)

    def restore(self) -> None:
        """Have the shadow hold what was brought as it stands in the real tables, and nothing else."""
        brought, self._brought = self._brought, set()
        self._tables.empty(self._shadowed)
        self.bring(brought)


@contextmanager
def standing_in(connection: Any) -> Iterator[None]:
    """Every use of the database by this thread asks ``connections`` anew, transactions included."""
    before = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connection
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = before


def shadow_tables(ordinary: Any) -> "Tables":
    return (_OnPostgres if ordinary.vendor == "postgresql" else _OnSqlite)(ordinary)


class Tables:
    """The temporary tables of one connection. It is never committed: closing it takes everything back.

    They have the real tables' rules, unique indexes among them; other indexes would cost more than they give.
    """

    real: str  # the schema of the real tables
    temporary: str

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.quote = connection.ops.quote_name

    def create(self, models: Sequence[Any]) -> None:
        with self.connection.cursor() as cursor:
            for model in models:
                self._create(cursor, model._meta.db_table)
        self._begin()
        with self.connection.cursor() as cursor:
            for model in models:
                if isinstance(model._meta.pk, AutoField):
                    self._set_apart(cursor, model)

    def copy(self, parts: Sequence[Part], keys: Sequence[Any]) -> None:
        among, values = self._among(keys)
        keys_of: dict[Any, str] = {}
        with self.connection.cursor() as cursor:
            for model, parent, link in parts:
                real, key = self.name(self.real, model), self.quote(model._meta.pk.column)
                rows = f"{self.quote(link)} {keys_of[parent]}" if parent else f"{key} {among}"
                keys_of[model] = f"IN (SELECT {key} FROM {real} WHERE {rows})" if parent else among
                fields = [field for field in model._meta.concrete_fields if not field.generated]
                columns = ", ".join(self.quote(field.column) for field in fields)
                copied = f"({columns}) SELECT {columns} FROM {real} WHERE {rows}"
                cursor.execute(f"INSERT INTO {self.name(self.temporary, model)} {copied}", values)

    def empty(self, models: Sequence[Any]) -> None:
        with self.connection.cursor() as cursor:
            for model in models:
                cursor.execute(f"DELETE FROM {self.name(self.temporary, model)}")

    def insert(self, model: Any, values: Mapping[str, str], source: str, keys: Sequence[Any]) -> None:
        """Copy rows of ``source``, a table with its condition but the keys: by column what comes into it."""
        among, given = self._among(keys)
        columns, expressions = (", ".join(each) for each in (map(self.quote, values), values.values()))
        with self.connection.cursor() as cursor:
            shadow = self.name(self.temporary, model)
            cursor.execute(f"INSERT INTO {shadow} ({columns}) SELECT {expressions} FROM {source} {among}", given)

    def _among(self, keys: Sequence[Any]) -> tuple[str, list[Any]]:
        raise NotImplementedError

    def name(self, schema: str, model: Any) -> str:
        return f"{self.quote(schema)}.{self.quote(model._meta.db_table)}"

    def _create(self, cursor: Any, table: str) -> None:
        raise NotImplementedError

    def _begin(self) -> None:
        """From here on: one state of the real tables, and no way to write them."""
        raise NotImplementedError

    def _set_apart(self, cursor: Any, model: Any) -> None:
        raise NotImplementedError


class _OnPostgres(Tables):
    temporary = "pg_temp"

    def _among(self, keys: Sequence[Any]) -> tuple[str, list[Any]]:
        return "= ANY(%s)", [list(keys)]

    def __init__(self, ordinary: Any) -> None:
        super().__init__(ordinary.copy())
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT current_schema()")
            self.real = cursor.fetchone()[0]

    def _create(self, cursor: Any, table: str) -> None:
        real, own = (f"{self.quote(schema)}.{self.quote(table)}" for schema in (self.real, self.temporary))
        cursor.execute(f"CREATE TEMPORARY TABLE {self.quote(table)} (LIKE {real} INCLUDING ALL)")
        cursor.execute(
            "SELECT indexrelid::regclass FROM pg_index WHERE indrelid = %s::regclass AND NOT indisunique", [own]
        )
        for (index,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {index}")

    def _begin(self) -> None:
        from psycopg import IsolationLevel

        session = self.connection.connection
        session.isolation_level = IsolationLevel.REPEATABLE_READ
        session.read_only = True  # which temporary tables are exempt from
        self.connection.set_autocommit(False)

    def _set_apart(self, cursor: Any, model: Any) -> None:
        key = model._meta.pk.column
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence(%s, %s), COALESCE(MAX({self.quote(key)}), 0) + {APART}) "
            f"FROM {self.name(self.real, model)}",
            [self.name(self.temporary, model), key],
        )


class _OnSqlite(Tables):
    real, temporary = "main", "temp"

    def _among(self, keys: Sequence[Any]) -> tuple[str, list[Any]]:
        return f"IN ({', '.join(['%s'] * len(keys))})", list(keys)

    def __init__(self, ordinary: Any) -> None:
        connection = ordinary.copy()
        file = Path(connection.settings_dict["NAME"]).resolve()
        connection.settings_dict["NAME"] = f"{file.as_uri()}?mode=ro"  # which temporary tables are exempt from
        connection.settings_dict["OPTIONS"] |= {
            "transaction_mode": "DEFERRED",
            # A foreign key of a temporary table would be looked up among temporary tables.
            "init_command": "PRAGMA foreign_keys=OFF",
        }
        super().__init__(connection)

    def _create(self, cursor: Any, table: str) -> None:
        cursor.execute(
            "SELECT sql FROM main.sqlite_master WHERE tbl_name = %s "
            "AND (type = 'table' OR sql LIKE 'CREATE UNIQUE INDEX%%') ORDER BY type DESC",
            [table],
        )
        for (statement,) in cursor.fetchall():
            apart = statement.replace("CREATE TABLE", "CREATE TEMPORARY TABLE", 1)
            cursor.execute(apart.replace('CREATE UNIQUE INDEX "', 'CREATE UNIQUE INDEX temp."', 1))

    def _begin(self) -> None:
        self.connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)

    def _set_apart(self, cursor: Any, model: Any) -> None:
        cursor.execute(
            "INSERT INTO temp.sqlite_sequence (name, seq) "
            f"SELECT %s, COALESCE(MAX(seq), 0) + {APART} FROM main.sqlite_sequence WHERE name = %s",
            [model._meta.db_table] * 2,
        )
