"""Which edition of pages and scripts a device has taken along."""

import hashlib
import inspect
from functools import cache
from pathlib import Path

from django.conf import settings

from bureau.fieldwork import forms

SCRIPTS = settings.BASE_DIR / "static" / "bureau" / "fieldwork"
# Of every page.
MODULES = (
    "ids",
    "store",
    "page",
    "line",
    "syncing",
    "taking",
    "rescue",
    "fields",
    "photos",
    "keeping",
    "folded",
    "sections",
)
TEMPLATES = settings.BASE_DIR / "templates" / "fieldwork"


@cache
def edition() -> str:
    """Another one with every change of what the pages are made of: then they are taken along anew."""
    modules = {inspect.getsourcefile(type(form)) for form in forms.every()}
    found = [*SCRIPTS.rglob("*"), *TEMPLATES.rglob("*"), *(Path(name) for name in modules if name)]
    digest = hashlib.sha256()
    for path in sorted(path for path in found if path.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def worker() -> str:
    """The service worker, which changes with the edition: so the browser sees that there is a new one."""
    source = (SCRIPTS / "worker.js").read_text(encoding="utf-8")
    return f'const EDITION = "{edition()}";\n{source}'


def modules() -> list[str]:
    """The scripts that those of the pages import, as static files: a page that is taken along has to name them."""
    return [f"bureau/fieldwork/{name}.js" for name in MODULES]
