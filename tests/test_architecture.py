"""The shape of the house, held by tests: import directions, file lengths, no way around the scope."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("bureau", "standards", "enterprises", "inspections")
MAX_LINES = 400
# path → why it is longer
LONGER: dict[str, str] = {}


def sources(*folders: str) -> list[Path]:
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return [path for path in files if "migrations" not in path.parts]


def test_imports_run_downward():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_files_stay_short():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources(*APPS)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_LINES
    }
    assert set(long) == set(LONGER), f"over {MAX_LINES} lines, or no longer so: {long}"


def calls(path: Path) -> list[tuple[str, int]]:
    """(dotted text, line) of every call in a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [(ast.unparse(node.func), node.lineno) for node in ast.walk(tree) if isinstance(node, ast.Call)]


BULK_WRITERS = {
    "bureau/records.py": "the one writer of tracked rows",
    "bureau/reference_data.py": "rule tables, not tracked",
    "bureau/reference_regions.py": "regions, not tracked",
}


def test_no_bulk_write_of_tracked_rows_outside_the_one_writer():
    """A bare ``bulk_create`` or ``bulk_update`` would lose provenance and the values before.

    Allowed elsewhere only where the call names a model that is not tracked.
    """
    names = {f"{name}.objects" for name in untracked_names()}
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sources(*APPS)
        if str(path.relative_to(ROOT)) not in BULK_WRITERS
        for text, line in calls(path)
        if text.rpartition(".")[2] in ("bulk_create", "bulk_update", "abulk_create", "abulk_update")
        and text.rpartition(".")[0] not in names
    ]
    assert found == []


def untracked_names() -> set[str]:
    from django.apps import apps

    from bureau.models import Tracked

    return {model.__name__ for model in apps.get_models() if not issubclass(model, Tracked)}


def tracked_names() -> set[str]:
    from django.apps import apps

    from bureau.models import Tracked

    return {model.__name__ for model in apps.get_models() if issubclass(model, Tracked)}


def test_no_update_or_delete_on_tracked_models():
    names = tracked_names()
    assert "MeasurementStandard" in names
    found = [
        f"{path.relative_to(ROOT)}:{line} {text}"
        for path in sources(*APPS)
        for text, line in calls(path)
        if text.rpartition(".")[2] in ("update", "delete", "aupdate", "adelete")
        and any(f"{name}.objects" in text or f"{name}._default_manager" in text for name in names)
    ]
    assert found == []


def test_pages_take_rows_through_the_scope():
    """In admin classes and views ``Model.objects`` of a scoped model stands only inside a call that limits it."""
    from django.apps import apps

    from bureau import scoping

    scoped = {
        model.__name__
        for model in apps.get_models()
        if not scoping.is_history(model) and scoping.scope_of(model) not in (scoping.EVERYONE, scoping.BY_ROLE)
    }
    limiting = {"visible_to", "editable_by", "scoped", "records.save"}
    found = []
    for path in sources(*APPS):
        place = str(path.relative_to(ROOT))
        if not (
            "/admin/" in place
            or "/api/" in place
            or "/views" in place
            or place.endswith(("views.py", "record_admin.py", "panels.py"))
        ):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = {
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in limiting
            for inner in ast.walk(node)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager"):
                owner = ast.unparse(node.value)
                if owner in scoped and id(node) not in inside:
                    found.append(f"{place}:{node.lineno} {owner}.{node.attr}")
    assert found == []


def test_no_sentence_is_translated_inside_an_f_string():
    """The tool that collects sentences for translation does not look there: such a one would stay English."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources(*APPS)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Call)
        and ast.unparse(inner.func).rpartition(".")[2] in {"_", "gettext", "ngettext", "pgettext"}
    ]
    assert found == []


def test_list_filters_on_foreign_keys_are_scoped():
    """A plain foreign key in ``list_filter`` shows every row of the other table."""
    from django.contrib import admin
    from django.core.exceptions import FieldDoesNotExist

    found = []
    for model, model_admin in admin.site._registry.items():
        for entry in model_admin.list_filter:
            if isinstance(entry, str):
                try:
                    field = model._meta.get_field(entry)
                except FieldDoesNotExist:
                    continue
                if field.is_relation:
                    found.append(f"{model.__name__}.{entry}")
    assert found == []


def test_every_model_states_a_scope():
    from bureau import checks

    assert checks.every_model_states_a_scope() == []
    assert checks.every_own_model_has_an_area() == []


def test_a_model_without_scope_is_an_error(monkeypatch):
    from bureau import checks
    from standards.models import MeasurementField

    monkeypatch.setattr(MeasurementField, "SCOPE", None)
    assert [error.id for error in checks.every_model_states_a_scope()] == ["bureau.E001"]


def test_a_page_without_permission_is_an_error():
    from django.core.exceptions import ImproperlyConfigured

    from bureau.views.base import ScopedView

    with pytest.raises(ImproperlyConfigured):

        class Open(ScopedView):
            def get(self, request):
                return None


def test_paths_named_in_the_recipes_exist():
    import re

    text = (ROOT / "docs" / "adding.md").read_text(encoding="utf-8")
    paths = re.findall(r"`((?:bureau|standards|tests|docs|locale|templates|static)/[\w./-]+)`", text)
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []
