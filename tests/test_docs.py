"""What the documents say of the code is true: names, commands, targets, links, logins, dependencies."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands

from bureau import demo
from bureau.roles import ROLES

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
DEPLOY = sorted(path for path in (ROOT / "deploy").iterdir() if path.is_file())
DECISIONS = sorted(ROOT.glob("docs/decisions/*.md"))
MAX_DECISION_LINES = 30
TYPES = {"text": "text", "flag": "flag", "words": "list", "whole": "whole number", "wholes": "list of whole numbers"}


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def name_of(path):
    return str(path.relative_to(ROOT))


def code_in(text):
    """What stands in code blocks and between backticks."""
    blocks = re.findall(r"^ *```.*?^ *```", text, re.DOTALL | re.MULTILINE)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", text)])


def without_code(text):
    return re.sub(r"`[^`\n]+`", "", re.sub(r"^ *```.*?^ *```", "", text, flags=re.DOTALL | re.MULTILINE))


# Environment -------------------------------------------------------------------------------------


def variables_read():
    """{name: [(kind, default)]} of every call of ``bureau.environment`` in the settings."""
    found = {}
    for node in ast.walk(ast.parse(read("bureau/settings.py"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("env."):
            default = node.args[1].value if len(node.args) > 1 and isinstance(node.args[1], ast.Constant) else None
            found.setdefault(node.args[0].value, []).append((node.func.attr, default))
    return found


def variables_documented():
    """{name: (type, default)} of the table in the operations page."""
    rows = re.findall(r"^\| `([A-Z_]+)` \| ([^|]+) \| ([^|]+) \|", read("docs/operations.md"), re.MULTILINE)
    assert len(rows) == len({row[0] for row in rows})
    return {name: (kind.strip(), default.strip()) for name, kind, default in rows}


def test_every_environment_variable_is_documented_and_no_other():
    assert set(variables_documented()) == set(variables_read())


@pytest.mark.parametrize("name", sorted(variables_read()))
def test_type_and_default_of_a_variable_are_documented(name):
    calls = variables_read()[name]
    kind, default = variables_documented()[name]
    assert kind in {TYPES[call] for call, _default in calls if call in TYPES} | {"text"}
    for call, value in calls:
        if call == "required":
            assert default == "required"
        elif call == "whole":
            assert (kind, default) == ("whole number", str(value))
        elif call == "wholes":
            assert (kind, default) == ("list of whole numbers", value)
        elif call == "flag":
            assert (kind, default) == ("flag", "1" if value else "0")


def test_settings_are_the_only_reader_of_the_environment():
    readers = [
        name_of(path)
        for path in [*ROOT.glob("bureau/**/*.py"), *ROOT.glob("standards/**/*.py")]
        if re.search(r"os\.(environ\.get|environ\[|getenv)", path.read_text(encoding="utf-8"))
    ]
    assert readers == ["bureau/environment.py"]


def test_the_example_environment_names_known_variables():
    names = set(re.findall(r"^#?([A-Z_]+)=", read("deploy/bureau.env.example"), re.MULTILINE))
    assert names <= set(variables_read())
    required = {name for name, calls in variables_read().items() if "required" in dict(calls)}
    assert required <= names


# Commands and targets ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*PAGES, *DEPLOY], ids=name_of)
def test_commands_exist(path):
    text = path.read_text(encoding="utf-8")
    code = code_in(text) if path.suffix == ".md" else text
    named = set(re.findall(r"(?:manage\.py|deploy/manage) ([a-z_]+)", code))
    assert named - set(get_commands()) == set()


def test_the_readme_lists_every_command_of_ours():
    ours = {name for name, app in get_commands().items() if str(app).split(".")[0] in ("bureau", "standards")}
    assert ours
    assert ours - set(re.findall(r"^\| `manage\.py ([a-z_]+)", read("README.md"), re.MULTILINE)) == set()


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_make_targets_exist(path):
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    code = code_in(path.read_text(encoding="utf-8"))
    called = re.findall(r"^ *(?:[A-Z_]+=\S+ +)*make ([a-z][a-z-]*)", code, re.MULTILINE)
    assert set(called) - targets == set()


def test_the_readme_names_every_make_target():
    targets = set(re.search(r"^\.PHONY: (.+)$", read("Makefile"), re.MULTILINE)[1].split())
    assert targets - set(re.findall(r"`make ([a-z-]+)`", read("README.md"))) == set()


# Links and paths ---------------------------------------------------------------------------------


def anchors(text):
    """The addresses of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", without_code(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_links_lead_somewhere(path):
    text = path.read_text(encoding="utf-8")
    lost = []
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code(text)):
        if re.match(r"[a-z]+:", target):
            continue
        file, _sign, anchor = target.partition("#")
        page = (path.parent / file).resolve() if file else path
        if not page.exists() or (anchor and anchor not in anchors(page.read_text(encoding="utf-8"))):
            lost.append(target)
    assert lost == []


@pytest.mark.parametrize("path", [page for page in PAGES if page not in DECISIONS], ids=name_of)
def test_paths_that_are_named_exist(path):
    """Decisions may name what was there once; the other pages are about today."""
    pattern = r"`((?:bureau|standards|benchmarks|tests|docs|locale|templates|static|deploy)/[\w./-]+)`"
    named = re.findall(pattern, path.read_text(encoding="utf-8"))
    assert [each for each in named if not (ROOT / each).exists()] == []


# People, dependencies, decisions -----------------------------------------------------------------


def test_the_readme_has_every_role_and_demo_login():
    rows = {key: line for line in read("README.md").splitlines() for key in ROLES if f"| `{key}` |" in line}
    assert set(rows) == set(ROLES)
    assert [login for login, _name, role, _office in demo.PEOPLE if f"`{login}`" not in rows[role]] == []
    assert f"`{demo.PASSWORD}`" in read("README.md")


def test_every_dependency_has_its_reason():
    project = tomllib.loads(read("pyproject.toml"))["project"]
    wanted = [
        *project["dependencies"],
        *(name for group in project["optional-dependencies"].values() for name in group),
    ]
    names = {re.match(r"[\w-]+", entry)[0] for entry in wanted}
    assert names - set(re.findall(r"`([\w-]+)`", read("docs/decisions/001-libraries.md"))) == set()


def test_decisions_are_short_and_numbered_once():
    assert DECISIONS
    long = [
        name_of(path) for path in DECISIONS if len(path.read_text(encoding="utf-8").splitlines()) > MAX_DECISION_LINES
    ]
    assert long == []
    numbers = [path.name[:3] for path in DECISIONS]
    assert sorted(set(numbers)) == numbers
    for path in DECISIONS:
        assert path.read_text(encoding="utf-8").startswith(f"# {path.name[:3]} "), path.name


def test_changes_begin_with_the_unreleased():
    headings = re.findall(r"^## (.+)$", read("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == "Unreleased"
