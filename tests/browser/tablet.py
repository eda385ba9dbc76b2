"""A browser that is taken to where there is no line, and what its pages and the server have then."""

import json
import os
import re
from contextlib import contextmanager

from playwright.sync_api import expect

from tests.browser.visit import FLAGS, PASSWORD, TIMEOUT, chromium

TABLET = {"width": 820, "height": 1180}
INSPECTOR = "shenyang-inspector"
HARMLESS = re.compile(r"ERR_INTERNET_DISCONNECTED|ERR_FAILED|ServiceWorker|status of (403|404|409|422)")


class Tablet:
    """A browser with a folder of its own, which outlives it."""

    def __init__(self, visitors, system, folder):
        self.visitors, self.system, self.folder = visitors, system, folder
        self.problems = []
        self.open()

    def open(self, *, offline=False):
        self.context = self.visitors.browser.browser_type.launch_persistent_context(
            self.folder,
            executable_path=chromium(),
            args=list(FLAGS),
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            base_url=self.system.url,
            viewport=TABLET,
            has_touch=True,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            accept_downloads=True,
        )
        self.context.set_default_timeout(TIMEOUT)
        self.context.on("console", self._heard)
        self.context.on("weberror", lambda error: self.problems.append(f"page error: {error.error}"))
        if offline:
            self.context.set_offline(True)
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        return self

    def _heard(self, message):
        if message.type == "error" and not HARMLESS.search(message.text):
            self.problems.append(f"console: {message.text} ({message.location.get('url', '')})")

    def log_in(self, username=INSPECTOR):
        if "/login/" not in self.page.url:
            self.page.goto("/login/")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(lambda url: "/login/" not in url)

    def list(self):
        self.page.goto("/fieldwork/")
        self.page.locator("#field-app[data-is-ready]").wait_for()

    def close(self):
        self.context.close()

    def end(self):
        self.close()
        assert not self.problems, "\n".join(self.problems)


@contextmanager
def clock(context, hours):
    """The device's clock is so many hours wrong."""
    context.add_init_script(f"""(() => {{
        const Real = Date;
        const off = {hours} * 3600000;
        globalThis.Date = class extends Real {{
            constructor(...given) {{ given.length ? super(...given) : super(Real.now() + off); }}
            static now() {{ return Real.now() + off; }}
        }};
    }})()""")
    yield


def state(page, name):
    expect(page.locator("#field-status")).to_have_attribute("data-state", name)


def ready(page):
    page.locator("#field-form[data-is-ready]").wait_for()


def fill(page, name, value):
    page.fill(f"[name='{name}']", value)
    page.locator(f"[name='{name}']").blur()


def on_server(system, draft):
    """What the server has of a draft, read past all pages."""
    code = (
        "import json; from bureau.fieldwork.models import FieldDraft;"
        f"d = FieldDraft.objects.get(client_id='{draft}');"
        "print(json.dumps({'values': d.as_dict(), 'entries': d.entries.count(), 'state': d.state,"
        " 'photos': sorted(d.photos.values_list('name', flat=True))}))"
    )
    return json.loads(system.manage("shell", "--no-imports", "-c", code).splitlines()[-1])


def end_sessions(system):
    system.manage(
        "shell",
        "--no-imports",
        "-c",
        "from django.contrib.sessions.models import Session as S; S.objects.all().delete()",
    )


def is_safe(page, name):
    expect(page.locator(f"[id='div_id_{name}']")).to_have_attribute("data-state", "saved")
    state(page, "saved")


def draft_of(page):
    return re.search(r"([0-9a-f-]{36})/", page.url)[1]
