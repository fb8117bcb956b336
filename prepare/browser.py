"""A Chromium for the browser tests: the machine's, or else the one that Playwright downloads."""

import os
import shutil
from pathlib import Path

from .basics import Refusal, say
from .commands import PYTHON, attempt

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
SYSTEM_PACKAGES = "apt-get update && apt-get install -y --no-install-recommends chromium fonts-noto-core"
LAUNCH = """
import sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    playwright.chromium.launch(executable_path=sys.argv[1] or None, args=["--no-sandbox"]).close()
"""


def find_chromium() -> str | None:
    """The machine's Chromium, None if it has none (Playwright then takes its own download)."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    return MAC if Path(MAC).exists() else None


def ensure() -> None:
    """Have a Chromium that starts, and letters for Arabic.

    System packages are installed only where CI=true; elsewhere raises Refusal with the command to type.
    """
    if _starts() and _has_arabic_letters():
        return
    if os.environ.get("CI") == "true" and shutil.which("apt-get"):
        say("Installing Chromium and fonts from the system's packages")
        attempt(["sh", "-c", SYSTEM_PACKAGES], DEBIAN_FRONTEND="noninteractive")
    if not _starts():
        say("Downloading Chromium with Playwright")
        attempt([PYTHON, "-m", "playwright", "install", "chromium"])
    if not _starts():
        raise Refusal(f"The browser tests need Chromium and its libraries: {SYSTEM_PACKAGES}")
    if not _has_arabic_letters():
        say(f"No font with Arabic letters was found, pictures of pages will show boxes: {SYSTEM_PACKAGES}")


def _starts() -> bool:
    return attempt([PYTHON, "-c", LAUNCH, find_chromium() or ""]).returncode == 0


def _has_arabic_letters() -> bool:
    """As far as fontconfig can tell; without it (macOS) the system brings fonts of its own."""
    return shutil.which("fc-list") is None or bool(attempt(["fc-list", ":lang=ar", "family"]).stdout.strip())
