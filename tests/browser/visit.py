"""Chromium as a visitor uses it, and the watch that no page of ours may trip."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.system import System

DESKTOP, PHONE = {"width": 1366, "height": 900}, {"width": 390, "height": 844}
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
)
STATUS = re.compile(r"the server responded with a status of (\d+)")
PASSWORD = "Try-it-2016"  # of every login of the demo, as it prints them
TIMEOUT = 20_000  # ms; every wait ends with its condition long before
expect.set_options(timeout=TIMEOUT)


def chromium() -> str | None:
    return shutil.which("chromium")


@contextmanager
def started_chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}  # else a download keeps no Chinese file name
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS), env=environment)
        yield browser
        browser.close()


class Visit:
    """One visitor: a context of its own, a page, and what went wrong on any page that it opened."""

    def __init__(self, browser: Browser, system: System, state: dict | None = None, size: dict | None = None) -> None:
        self.system = system
        self.context: BrowserContext = browser.new_context(
            base_url=system.url,
            viewport=size or DESKTOP,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            storage_state=state,
            is_mobile=size == PHONE,
            has_touch=size == PHONE,
        )
        self.context.set_default_timeout(TIMEOUT)
        self.problems: list[str] = []
        self.refusals: set[int] = set()
        self.has_line = True
        self.context.on("console", self._on_console)
        self.context.on("weberror", lambda error: self.problems.append(f"page error: {error.error}"))
        self.context.on("request", self._on_request)
        self.page: Page = self.context.new_page()

    def may_be_refused(self, status: int) -> None:
        """The browser reports such an answer as an error of the console; this test provokes it."""
        self.refusals.add(status)

    def may_fail_to_connect(self) -> None:
        """This test takes the line away."""
        self.has_line = False

    def _on_console(self, message) -> None:
        refused = STATUS.search(message.text)
        if not self.has_line and "ERR_INTERNET_DISCONNECTED" in message.text:
            return
        if message.type == "error" and not (refused and int(refused[1]) in self.refusals):
            self.problems.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _on_request(self, request) -> None:
        if not request.url.startswith((f"{self.system.url}/", "data:", "blob:")):
            self.problems.append(f"external request: {request.url}")

    def is_logged_in(self) -> bool:
        return self.context.request.get(f"{self.system.url}/", max_redirects=0).status == 200

    def log_in(self, username: str, password: str = PASSWORD) -> None:
        self.page.goto("/login/")
        self.fill_login(username, password)
        self.page.wait_for_url(f"{self.system.url}/")

    def fill_login(self, username: str, password: str = PASSWORD) -> None:
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", password)
        self.page.press("[name=password]", "Enter")

    def end(self) -> None:
        self.context.close()
        assert not self.problems, "\n".join(self.problems)


class Visitors:
    """Visits by system and login; each person logs in once and keeps the session for later visits, while it lasts."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.states: dict[tuple[str, str], dict] = {}

    def enter(self, system: System, username: str = "", size: dict | None = None) -> Visit:
        key = (system.url, username)
        if key in self.states:
            visit = Visit(self.browser, system, self.states[key], size)
            if visit.is_logged_in():
                return visit
            visit.end()  # a test ended the session
        if username:
            first = Visit(self.browser, system)
            first.log_in(username)
            self.states[key] = first.context.storage_state()
            first.end()
        return Visit(self.browser, system, self.states.get(key), size)
