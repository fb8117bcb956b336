"""A person at a browser, in the words the journeys are told in."""

import json
import re
from urllib.parse import urlsplit

from django.utils import translation
from playwright.sync_api import Page, expect

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Person:
    """Drives one page; every visited page is checked by axe (if it runs JavaScript), for its width and its host."""

    def __init__(self, page: Page, base: str, language: str, axe: str | None):
        self.page = page
        self.base = base
        self.hosts = (base,)  # where this person may go; anything else is a leak
        self.language = language
        self._axe = axe
        self._foreign: list[str] = []
        self._complaints: list[str] = []
        page.on("request", self._note_request)
        page.on("console", lambda m: self._complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self._complaints.append(str(error)))

    def _note_request(self, request) -> None:
        if request.url.startswith("http") and not request.url.startswith(self.hosts):
            self._foreign.append(request.url)

    def word(self, english: str, context: str = "") -> str:
        """A sentence of the interface as this person reads it."""
        with translation.override(self.language):
            return translation.pgettext(context, english) if context else translation.gettext(english)

    # --- doing -----------------------------------------------------------------------------------------------
    def opens(self, path: str, *, status: int = 200) -> None:
        """Go to `path` ("/ar/intake/") and expect `status`."""
        response = self.page.goto(self.base + path)
        assert response is not None
        assert response.status == status, f"{path}: {response.status}"
        if status >= 400:
            self._complaints = [text for text in self._complaints if str(status) not in text]
        self.looks()

    def follows(self, name: str | re.Pattern, *, nth: int = 0) -> None:
        """Click the link called `name` (English text of the interface, or a pattern)."""
        self.page.get_by_role("link", name=self._name(name), exact=isinstance(name, str)).nth(nth).click()
        self.looks()

    def presses(self, name: str | re.Pattern, *, nth: int = 0) -> None:
        """Press the button called `name` (English text of the interface, or a pattern)."""
        self.page.get_by_role("button", name=self._name(name), exact=isinstance(name, str)).nth(nth).click()
        self.looks()

    def _name(self, name: str | re.Pattern) -> str | re.Pattern:
        return self.word(name) if isinstance(name, str) else name

    def unfolds(self, english: str) -> None:
        """Open the folded part whose heading begins with these words."""
        self.page.locator("summary", has_text=re.compile(f"^\\s*{re.escape(self.word(english))}")).first.click()

    def saves(self) -> None:
        """Press the main button of the page's form."""
        self.page.locator("main form button.kern-btn--primary").first.click()
        self.looks()

    def types(self, name: str, value: str) -> None:
        """Fill the field with this form name."""
        self.page.locator(f'[name="{name}"]').first.fill(value)

    def ticks(self, name: str, *values: str) -> None:
        """Choose radios or tick boxes by form name and values."""
        for value in values:
            self.page.locator(f'input[name="{name}"][value="{value}"]').first.check()

    def ticks_box(self, name: str) -> None:
        """Tick a single box by form name."""
        self.page.locator(f'input[type="checkbox"][name="{name}"]').check()

    def answers_something(self) -> None:
        """Give every question of a page its first real answer."""
        form = self.page.locator("main form").first
        names = form.locator("input, select, textarea").evaluate_all(
            "fields => [...new Set(fields.filter(f => f.type !== 'hidden').map(f => f.name))]"
        )
        for name in filter(None, names):
            field = form.locator(f'[name="{name}"]').first
            kind = field.evaluate("f => f.type")
            if kind in ("radio", "checkbox"):
                field.check()
            elif kind == "select-one":
                field.select_option(index=1)
            elif name.endswith("_year"):
                field.fill("2027")
            elif kind not in ("submit", "button"):
                field.fill("Zeytûn" if name == "name_latin" else "Zeytûn زيتون")

    def chooses(self, name: str, value: str) -> None:
        self.page.locator(f'select[name="{name}"]').select_option(value)

    # --- seeing ----------------------------------------------------------------------------------------------
    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def sees(self, text: str | re.Pattern) -> None:
        expect(self.page.locator("main")).to_contain_text(text)

    def reads(self, english: str, context: str = "") -> None:
        """Sees a sentence of the interface in their own language."""
        self.sees(self.word(english, context))

    def does_not_see(self, text: str | re.Pattern) -> None:
        expect(self.page.locator("body")).not_to_contain_text(text)

    def looks(self) -> None:
        """The page is whole: its language and direction, nothing wider than the screen, no foreign host, axe silent."""
        self.page.wait_for_load_state()
        root = self.page.locator("html")
        language = self.path.split("/")[1]
        if language in ("de", "ar", "en"):
            assert root.get_attribute("lang") == language, self.path
            assert root.get_attribute("dir") == ("rtl" if language == "ar" else "ltr"), self.path
        assert self._foreign == [], "requests left the host"
        assert self._complaints == [], f"{self.path}: {self._complaints}"
        if self._axe:
            wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 1, f"{self.path} is {wide} px wider than the screen"
            self._check_accessibility()

    def _check_accessibility(self) -> None:
        self.page.evaluate(self._axe)
        found = self.page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", WCAG
        )
        told = [{"rule": v["id"], "nodes": [n["html"][:200] for n in v["nodes"][:3]]} for v in found["violations"]]
        assert told == [], f"axe on {self.path}: {json.dumps(told, ensure_ascii=False, indent=1)}"
