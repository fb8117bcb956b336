"""Walks the portal as somebody: follows every link of the own language, sends every form empty, keeps what was seen."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.db import models, transaction
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import translation

from intake.questions import QUESTIONS

from .reading import foreign_words

# Fields without choices that hold codes, not words.
CODES = {"language", "notice_language", "code", "slug", "kind", "role", "sector", "trade", "purpose", "subject_kind"}
MOST_OF_A_KIND = 3  # pages of one view: the fourth case tells nothing new
LEAVING = {"account_logout", "theme_set", "intake:leave"}


@dataclass
class Form:
    """A form that a page sends by POST: where to, and what stands in it."""

    action: str
    data: dict[str, str] = field(default_factory=dict)


class Ways(HTMLParser):
    """Links and forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._form: Form | None = None

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        if tag == "form":
            self._form = Form(found.get("action") or "") if found.get("method", "").lower() == "post" else None
            self.forms += [self._form] if self._form else []
        if self._form and tag == "input" and found.get("type") == "hidden" and found.get("name"):
            self._form.data[found["name"]] = found.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None


@dataclass
class Crawl:
    """One person's walk in one language; `views` counts the pages of each view that were looked at."""

    client: Client
    language: str
    own_words: frozenset[str] = frozenset()
    views: Counter[str] = field(default_factory=Counter)
    found: dict[str, list[str]] = field(default_factory=dict)

    def walk(self, *starts: str) -> None:
        """Look at `starts` and every page that can be reached from them; then send their forms empty."""
        waiting, seen = [f"/{self.language}/{start}" for start in starts], set()
        forms: dict[tuple[str, tuple[str, ...]], Form] = {}
        while waiting:
            path = waiting.pop()
            if path in seen or not self._is_new(path):
                continue
            seen.add(path)
            response = self.client.get(path)
            if response.status_code in (301, 302):
                waiting.append(urlsplit(response.url).path)
                continue
            ways = self.look_at(path, response)
            waiting += [here for link in ways.links if (here := self._own(link, path))]
            for form in ways.forms:
                form.action = self._own(form.action or path, path) or ""
                forms.setdefault((self._view(form.action), tuple(sorted(form.data))), form)
        for form in forms.values():
            self.send(form.action, form.data)

    def send(self, action: str, data: dict[str, str]) -> None:
        """Send a form with nothing but its hidden fields, look at the answer, and take back what it wrote."""
        if not action or self._view(action) in LEAVING:
            return
        with transaction.atomic():
            response = self.client.post(action, data)
            if response.status_code not in (301, 302):
                self.look_at(f"POST {action}", response)
            transaction.set_rollback(True)

    def look_at(self, path: str, response) -> Ways:
        """Read one answer; what does not belong there goes to `found`."""
        ways = Ways()
        if not response.get("Content-Type", "").startswith("text/html"):
            return ways
        page = response.content.decode()
        ways.feed(page)
        words = self.own_words | set(re.findall(r"\b\d[\w:.-]*", page))
        if wrong := foreign_words(page, self.language, words):
            self.found[path] = wrong
        return ways

    def _own(self, link: str, here: str) -> str:
        """The path of a link to a page in this language, without its query; "" for any other."""
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or (not parts.path and not link.startswith("?")):
            return ""
        path = parts.path or here
        return path if path.startswith(f"/{self.language}/") else ""

    def _is_new(self, path: str) -> bool:
        view = self._view(path)
        if not view or view in LEAVING:
            return False
        self.views[view] += 1
        return self.views[view] <= MOST_OF_A_KIND

    def _view(self, path: str) -> str:
        try:
            with translation.override(self.language):  # the first part of the address is that of the language
                return resolve(path).view_name
        except Resolver404:
            return ""


def own_words(*rows: type[models.Model]) -> frozenset[str]:
    """Everything that people typed into the rows of these models: free text, names, addresses, own answers."""
    found: set[str] = set()
    typed = [key for key, question in QUESTIONS.items() if not question.options]
    for model in rows:
        names = [f.name for f in model._meta.get_fields() if isinstance(f, models.CharField | models.TextField)]
        names = [name for name in names if not model._meta.get_field(name).choices and name not in CODES]
        for row in model._base_manager.all():
            found.update(str(getattr(row, name) or "") for name in names)
            # A line of the timeline keeps what was recorded in the words of that day.
            found.update(str(value) for value in getattr(row, "params", {}).values())
            answers = getattr(row, "answers", None)
            if isinstance(answers, dict):
                found.update(str(answers[key]) for key in typed if key in answers)
    lines = {line.strip() for text in found for line in text.splitlines()}
    return frozenset(word for word in found | lines if len(word) > 2 or not word.isascii())
