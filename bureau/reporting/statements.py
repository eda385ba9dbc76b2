"""The answers of several questions in one statement; a summary has some sixty, each else a way to the database.

Their groups come one below the other: number of the question, columns as text, amounts.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.db.models import BooleanField, QuerySet

from bureau.reporting.paths import field_at
from bureau.reporting.questions import Group, Question

# So many in one statement: neither database has to plan an endless one.
QUESTIONS = 25
_TRUE = {"true", "1"}


def count_rows(questions: Sequence[Question]) -> list[list[Group]]:
    """Per question the groups of its base rows, as ``Question.query`` gives them, with the columns as texts."""
    answers: list[list[Group]] = []
    for start in range(0, len(questions), QUESTIONS):
        answers += _answers(questions[start : start + QUESTIONS])
    return answers


def first_values(queries: Sequence[QuerySet]) -> list[Any]:
    """The one value that each query gives first, None where it gives none; in one statement."""
    statements, values, places = [], [], []
    for place, query in enumerate(queries):
        connection = connections[query.db]
        try:
            statement, given = query[:1].query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:
            continue
        statements.append(f"({statement})")
        values += given
        places.append(place)
    found: list[Any] = [None] * len(queries)
    if statements:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(statements)}", values)
            for place, value in zip(places, cursor.fetchone(), strict=True):
                found[place] = value
    return found


def _answers(questions: Sequence[Question]) -> list[list[Group]]:
    connection = connections[router.db_for_read(questions[0].indicators[0].model)]
    width = max(len(question.columns) for question in questions)
    length = max(_amounts_of(question) for question in questions)
    parts, values = [], []
    for number, question in enumerate(questions):
        try:
            statement, given = question.query().query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:  # nobody sees a row
            continue
        parts.append(f"SELECT {_shown(number, question, width, length)} FROM ({statement}) AS question_{number}")
        values += given
    answers: list[list[Sequence[Any]]] = [[] for question in questions]
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            for number, *group in cursor.fetchall():
                answers[number].append(group)
    return [_read(question, groups, width) for question, groups in zip(questions, answers, strict=True)]


def _shown(number: int, question: Question, width: int, length: int) -> str:
    columns = [f"column_{place}" if place < len(question.columns) else "NULL" for place in range(width)]
    amounts = [f"amount_{place}" if place < _amounts_of(question) else "NULL" for place in range(length)]
    typed = [*(f"CAST({name} AS text)" for name in columns), *(f"CAST({name} AS bigint)" for name in amounts)]
    return ", ".join([str(number), *typed])


def _read(question: Question, groups: Sequence[Sequence[Any]], width: int) -> list[Group]:
    model, ends = question.indicators[0].model, width + _amounts_of(question)
    columns = range(len(question.columns))
    booleans = {at for at in columns if isinstance(field_at(model, question.columns[at]), BooleanField)}
    if not booleans:
        return [(*group[: len(columns)], *group[width:ends]) for group in groups]
    return [
        (*(_truth(group[at]) if at in booleans else group[at] for at in columns), *group[width:ends])
        for group in groups
    ]


def _truth(text: str | None) -> bool | None:
    return None if text is None else text in _TRUE


def _amounts_of(question: Question) -> int:
    return len(question.indicators) * len(question.frame.periods)
