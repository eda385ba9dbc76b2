"""The pictures of the README, taken from a fresh demo: ``.venv/bin/python -m tests.browser.screenshots``."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.browser.system import DEMO, ROOT, System
from tests.browser.visit import PHONE, Visitors, chromium, started_chromium

FOLDER = ROOT / "docs" / "images"
WINDOW = {"width": 1280, "height": 800}
YEAR = "region=210000&from=2016-01-01&to=2016-12-31"
PERSON = "province-clerk"
PAGES = (
    ("dashboard", "/", WINDOW),
    ("list", "/standards/measurementstandard/", WINDOW),
    ("form", "/standards/measurementstandard/100/change/", WINDOW),
    ("report", f"/reports/?{YEAR}", WINDOW),
    ("phone-dashboard", "/", PHONE),
    ("phone-list", "/standards/measurementstandard/", PHONE),
)


def take(system: System) -> list[Path]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    taken = []
    with started_chromium() as browser:
        visitors = Visitors(browser)
        for name, path, size in PAGES:
            visit = visitors.enter(system, PERSON, size)
            visit.page.goto(path)
            visit.page.wait_for_load_state("networkidle")
            taken.append(FOLDER / f"{name}.png")
            visit.page.screenshot(path=taken[-1])
            visit.end()
    return taken


def squeeze(path: Path) -> None:
    """256 colours are enough for flat pages; left as it is where ImageMagick is not at hand."""
    if convert := shutil.which("convert"):
        subprocess.run([convert, path, "-strip", "+dither", "-colors", "256", f"PNG8:{path}"], check=True)


def main() -> int:
    if not chromium():
        sys.stderr.write("Chromium is not installed.\n")
        return 1
    with tempfile.TemporaryDirectory() as directory:
        system = System(Path(directory), DEMO).start()
        try:
            pictures = take(system)
        finally:
            system.stop()
    for path in pictures:
        squeeze(path)
        sys.stdout.write(f"{path.relative_to(ROOT)} {path.stat().st_size // 1024} KB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
