"""Chinese is complete: the catalogues, what other packages show, and every page as it is rendered."""

import ast
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.util import find_spec
from inspect import signature
from pathlib import Path

import polib
import pytest
from axes.models import AccessAttempt
from babel.messages.extract import extract
from django.apps import apps
from django.conf import settings
from django.test import Client, RequestFactory
from django.utils.translation import override, trans_real
from django.utils.translation.template import templatize
from django.views import defaults
from django.views.i18n import JSONCatalog

from bureau.models import ReferenceRow
from bureau.operations import Action, log
from tests import walk

OURS, SKIN = (Path(path) / "zh_Hans/LC_MESSAGES/django.po" for path in settings.LOCALE_PATHS)
CATALOGUES = pytest.mark.parametrize("path", [OURS, SKIN], ids=["ours", "skin"])

# Other people's packages whose words can reach a page. Django's other parts are complete.
PACKAGES = (
    "unfold",
    "axes",
    "django_otp",
    "simple_history",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.forms",
    "django.db",
)
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
# Not marked text: keys of a stored message, which the extractor reads out of ``gettext(change["added"]["name"])``.
NOT_TEXT = {"addedname", "changedname", "deletedname"}
# Translated by their package, but in a word that says something else here (注销 is what happens to a certificate).
REWORDED = {"Comment", "Log out", " By %(filter_title)s "}

# Latin words that a Chinese page may hold, by reason.
ALLOWED = {
    "English": "the other language, in the language menu",
    "hans": "zh-hans, the code of the language, in the language menu",
    "esc": "a key of the keyboard, in the search",
    "Excel": "a proper name",
    "Cookie": "what browsers call it in their Chinese settings",
    "docx": "the suffix of a file",
    "GDP": "what Chinese texts call the gross domestic product, too",
    "JSON": "the name of a format",
    "JJF": "the prefix of the national technical specifications",
    "JJG": "the prefix of the verification regulations",
    "MPE": "the sign of the maximum permissible errors, |MPE|",
    "Outlook": "a proper name",
    "kPa": "a unit",
    "kWh": "a unit",
    "tce": "a unit: tonne of coal equivalent",
    "kgce": "a unit: kilogram of coal equivalent",
    "III": "a class of electricity meters",
    "GBW": "the prefix of the reference materials",
    "xlsx": "the ending of a file",
    "xls": "the ending of a file",
    "ods": "the ending of a file",
    "csv": "the ending of a file",
    "pdf": "the ending of a file",
    "jpg": "the ending of a file",
    "Word": "a proper name",
    "COD": "the sign of the chemical oxygen demand",
    "DSA": "what the catalogue calls the equipment for angiography",
    "AAA": "a grade of measurement management systems",
}


def key_of(entry: polib.POEntry) -> str:
    return f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else entry.msgid


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


class TestCatalogues:
    @CATALOGUES
    def test_nothing_is_missing_or_fuzzy(self, path):
        entries = list(polib.pofile(path))
        assert len(entries) > 100
        assert [e.msgid for e in entries if e.fuzzy or e.obsolete or not all(translations(e))] == []
        assert [e.msgid for e in entries if e.msgid_plural and len(translations(e)) != 1] == []

    @CATALOGUES
    def test_placeholders_are_kept(self, path):
        pattern = re.compile(r"%\(\w+\)[sdr]|%%|%[sdr]|\{\w*\}|<[^>]+>")
        wrong = [
            (entry.msgid, text)
            for entry in polib.pofile(path)
            for text in translations(entry)
            if set(pattern.findall(text)) != set(pattern.findall(entry.msgid_plural or entry.msgid))
        ]
        assert wrong == []

    @CATALOGUES
    def test_marks_are_chinese(self, path):
        """A full sentence ends with the Chinese stop, and brackets, commas and quotation marks are Chinese ones."""
        wrong = [
            (entry.msgid, text)
            for entry in polib.pofile(path)
            for text in translations(entry)
            if re.search(r"[一-鿿)）”][,;:?!]|[,;:?!][一-鿿]|[一-鿿]\.$|'", text)
        ]
        assert wrong == []

    def test_it_is_the_source_of_today(self, tmp_path):
        """``make messages`` would neither add nor drop an entry."""
        if shutil.which("xgettext") is None:
            pytest.skip("LEFT OUT: comparing the catalogue with the source (install gettext)")
        copy = tmp_path / "copy"
        left_out = shutil.ignore_patterns(".*", "var", "staticfiles", "tests", "docs", "*.mo", "__pycache__")
        shutil.copytree(settings.BASE_DIR, copy, ignore=left_out)
        before = {key_of(entry) for entry in polib.pofile(OURS)}
        skin = SKIN.read_bytes()
        command = "manage.py makemessages --locale zh_Hans --no-wrap --no-location --no-obsolete"
        subprocess.run([sys.executable, *command.split()], cwd=copy, check=True, capture_output=True)
        now = {key_of(entry) for entry in polib.pofile(copy / OURS.relative_to(settings.BASE_DIR))}
        assert (sorted(now - before), sorted(before - now)) == ([], [])
        assert (copy / SKIN.relative_to(settings.BASE_DIR)).read_bytes() == skin

    def test_the_compiled_ones_are_in_use(self):
        ours = {key_of(entry): entry for entry in polib.pofile(OURS)}
        every = {**{key_of(entry): entry for entry in polib.pofile(SKIN)}, **ours}
        catalogue = trans_real.translation("zh-hans")
        stale = [
            key
            for key, entry in every.items()
            if (catalogue.ngettext(key, "", 1) if entry.msgid_plural else catalogue.gettext(key))
            != translations(entry)[0]
        ]
        assert stale == [], "Run make setup."


def marked(package: str) -> Iterator[str]:
    """What a package marks for translation in its code and templates, as keys of a catalogue."""
    spec = find_spec(package)
    root = Path(spec.submodule_search_locations[0])
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root).parts
        if path.suffix == ".py" and "tests" not in inside:
            source = path.read_text()
        elif path.suffix in (".html", ".txt") and "templates" in inside:
            source = "\n".join(line.strip() for line in templatize(path.read_text()).splitlines())
        else:
            continue
        yield from keys_in("python", source)


def keys_in(language: str, source: str) -> Iterator[str]:
    for _line, message, _comments, context in extract(language, io.BytesIO(source.encode()), KEYWORDS):
        text = message if isinstance(message, str) else message[0]
        if text not in NOT_TEXT:
            yield f"{context}\x04{text}" if context else text


def is_known(key: str) -> bool:
    return any(key in part or (key, 0) in part for part in trans_real.translation("zh-hans")._catalog._catalogs)


class TestOtherPackages:
    @pytest.mark.parametrize("package", PACKAGES)
    def test_all_they_mark_is_translated(self, package):
        assert sorted({key for key in marked(package) if not is_known(key)}) == []

    def test_the_skin_catalogue_holds_nothing_else(self):
        theirs = {key for package in PACKAGES for key in marked(package)}
        assert sorted({key_of(entry) for entry in polib.pofile(SKIN)} - theirs) == []

    def test_reworded_texts_are_ours(self):
        with override("zh-hans"):
            assert {key: trans_real.gettext(key) for key in REWORDED} == {
                entry.msgid: entry.msgstr for entry in polib.pofile(SKIN) if entry.msgid in REWORDED
            }

    def test_scripts_find_their_words(self):
        """The skin's scripts ask Django's catalogue for the admin."""
        with override("zh-hans"):
            answer = JSONCatalog.as_view()(RequestFactory().get("/"), packages="django.contrib.admin")
        catalogue = json.loads(answer.content)["catalog"]
        root = Path(find_spec("unfold").submodule_search_locations[0]) / "static"
        wanted = {key for path in root.rglob("*.js") for key in keys_in("javascript", path.read_text())}
        assert wanted and sorted(wanted - set(catalogue)) == []


BLANK_FORMSET = re.compile(r'name="([\w-]+-(?:TOTAL|INITIAL)_FORMS)" value="(\d+)"')
# In the wording of a text, what figures are put in the place of: typed as it stands.
MARK = re.compile(r"\{\{.*?\}\}")


LATIN = re.compile(r"[A-Za-z]{3,}")
ALLOWED_WORDS = set(ALLOWED)


class Words(HTMLParser):
    """What a reader meets on a page: text, and the attributes that are shown or read aloud."""

    SILENT = ("script", "style", "svg", "code")  # code: keys and the like, which are to be typed as they stand
    SPOKEN = ("title", "placeholder", "aria-label", "alt", "data-label")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.skipped = ""  # the element that is being passed over
        self.depth = 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if self.skipped:
            self.depth += tag == self.skipped
        elif tag in self.SILENT or "material-symbols-outlined" in (given.get("class") or ""):
            self.skipped, self.depth = tag, 1
        self.found += [given[name] for name in self.SPOKEN if given.get(name)]
        if tag == "input" and given.get("type") in ("submit", "button", "reset"):
            self.found.append(given.get("value") or "")

    def handle_endtag(self, tag):
        if tag == self.skipped:
            self.depth -= 1
            if self.depth == 0:
                self.skipped = ""

    def handle_data(self, data):
        if not self.skipped:
            self.found.append(data)


def text_of(response) -> str:
    is_page = not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")
    return response.content.decode() if is_page else ""


def english_in(response, data: tuple[str, ...] = ()) -> set[str]:
    """Latin words of three letters and more, without those allowed and without ``data``, which nobody translates."""
    lines = MARK.sub("", "\n".join(Words(text_of(response)).found)).split("\n")
    text = "\n".join(line for line in lines if _unknown_in(line))
    for value in sorted(data, key=len, reverse=True) if text else ():
        text = text.replace(value, "")
    return _unknown_in(text)


def _unknown_in(text: str) -> set[str]:
    return set(LATIN.findall(text)) - ALLOWED_WORDS


def logged_words() -> set[str]:
    """The details that the code writes into the operations log, by name."""
    known = set(signature(log).parameters)
    calls = [
        node
        for app in apps.get_app_configs()
        if Path(app.path).parent == settings.BASE_DIR
        for path in Path(app.path).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "log"
    ]
    found = {keyword.arg for call in calls for keyword in call.keywords if keyword.arg}
    return (found | {"created", "updated", "unchanged", "failed", "from", "to", "year"}) - known


@pytest.fixture
def data(cast):
    """Login names and addresses, which people choose; codes and English names that stand in a table of their own."""
    for number, (_name, person) in enumerate(cast):
        person.full_name = f"工作人员{number}"
        person.save()
    log(Action.STAFF, by=cast.system_admin, target="甲", **dict.fromkeys(logged_words(), "甲"))
    AccessAttempt.objects.create(username="clerk_a", ip_address="10.0.0.7", failures_since_start=5)
    named = [
        text
        for model in apps.get_models()
        if issubclass(model, ReferenceRow)
        for name in {"code", "key", "name_en", "text_en"} & {field.name for field in model._meta.fields}
        for text in model._default_manager.values_list(name, flat=True)
        if len(text) > 2
    ]
    return (*(person.username for _name, person in cast), "clerk@bureau.example", *named)


@pytest.mark.django_db
class TestPages:
    # One of each role: what differs between offices is data.
    ROLES = ("clerk_a", "inspector_a", "manager_a", "system_admin", "security_admin", "auditor")

    @pytest.mark.once
    @pytest.mark.parametrize("name", ROLES)
    def test_no_english_is_left_on_pages_and_in_complaints(self, client, cast, data, every_page, name):
        """Every page; then every form is sent in blank, also where there is no page for it."""
        person, found, forms = getattr(cast, name), {}, {}
        client.force_login(person)
        for page in every_page:
            response = client.get(str(page))
            if response.status_code in (200, 405):
                forms[page] = dict(BLANK_FORMSET.findall(text_of(response)))
            for word in english_in(response, data):
                found.setdefault(word, f"GET {page}")
            walk.still_logged_in(client, person)
        assert len(forms) > 5
        for page, blank in forms.items():
            if "set_language" in page.name or "logout" in page.name:
                continue
            for word in english_in(client.post(str(page), blank), data):
                found.setdefault(word, f"POST {page}")
            walk.still_logged_in(client, person)
        assert found == {}

    def test_the_login_page_is_chinese(self, client, db):
        assert english_in(client.get("/login/")) == set()
        wrong = client.post("/login/", {"username": "nobody", "password": "wrong"})
        assert english_in(wrong, ("nobody",)) == set()

    def test_the_test_sees_english(self, client, cast):
        client.cookies.load({settings.LANGUAGE_COOKIE_NAME: "en"})
        client.force_login(cast.clerk_a)
        assert {"Overview", "Measurement"} <= english_in(client.get("/"))


class TestErrorPages:
    def check(self, response, status: int) -> None:
        page = response.content.decode()
        assert response.status_code == status
        assert english_in(response) == set() and "<h1>" in page and 'lang="zh-hans"' in page
        assert "://" not in page and "/static/" not in page  # stands alone

    def test_not_found(self, client, cast):
        client.force_login(cast.clerk_a)
        self.check(client.get("/standards/measurementstandard/999999/void/"), 404)

    def test_not_allowed(self, client, cast):
        client.force_login(cast.auditor)
        self.check(client.get("/standards/measurementstandard/"), 403)

    @pytest.mark.django_db
    def test_bad_request(self, client):
        self.check(client.get("/", headers={"host": "not a host"}), 400)

    def test_server_error_needs_nothing(self):
        with override("zh-hans"):
            self.check(defaults.server_error(RequestFactory().get("/")), 500)

    def test_forged_post(self, cast):
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.clerk_a)
        self.check(client.post("/logout/", {}), 403)
