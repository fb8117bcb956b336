"""What a complete intake weighs on prepaid data: pages, redirects, style sheet and pictures, from a cold cache.

A browser without JavaScript, which keeps what may be kept; bytes as transferred, heads of the answers included.
"""

import re
from urllib.parse import urljoin

from gruendungswerkstatt.demo.personas import PERSONAS, Persona
from intake.steps import GROUPS

from .client import Client
from .server import serving
from .walk import posted

WANTED = {"complete": 150_000, "first": 60_000, "page": 6_000}
LOADED = re.compile(r'<(?:link rel="(?:stylesheet|icon)"|img )[^>]*?(?:href|src)="([^"]+)"')


class Browser:
    """`weights` are the bytes of every page opened, with what it loaded; `redirects` those of what led there."""

    def __init__(self, client: Client):
        self._client = client
        self._kept: set[str] = set()
        self.redirects = 0
        self.weights: list[int] = []

    def opens(self, path: str) -> bool:
        """Whether there is such a page: one that does not apply leads on."""
        answer = self._client.ask(path)
        if answer.status != 200:
            self.redirects += answer.size
            return False
        loaded = {urljoin(path, found) for found in LOADED.findall(answer.text)} - self._kept
        self._kept |= loaded
        self.weights.append(answer.size + sum(self._client.ask(address).size for address in loaded))
        return True

    def sends(self, path: str, data: dict) -> None:
        answer = self._client.ask(path, data)
        if answer.status != 302:
            raise SystemExit(f"{path} was not taken: {answer.status}.")
        self.redirects += answer.size


def run() -> str:
    """The figures in a sentence, of the persona whose intake is the heaviest."""
    with serving("bench.settings_served") as port:
        walks = [_walk(port, persona) for persona in PERSONAS if persona.answers.get("municipality")]
    total, pages = max((sum(walk.weights) + walk.redirects, len(walk.weights)) for walk in walks)
    first = max(sum(walk.weights[:3]) for walk in walks)  # start, notice, first step
    further = max(max(walk.weights[3:]) for walk in walks)
    return (
        f"Complete intake without JavaScript, cold cache: {_kb(total)} for {pages} pages "
        f"(wanted: at most {_kb(WANTED['complete'])}); start and first step {_kb(first)} "
        f"(at most {_kb(WANTED['first'])}); the heaviest further page {_kb(further)} (at most {_kb(WANTED['page'])})"
    )


def _walk(port: int, persona: Persona) -> Browser:
    browser, home = Browser(Client(port, persona.language)), f"/{persona.language}/"
    base = f"{home}intake/"
    browser.opens(home)
    browser.opens(base)
    browser.sends(base, {"has_read": "on"})
    for group in GROUPS.values():
        if browser.opens(f"{base}{group.code}/"):
            browser.sends(f"{base}{group.code}/", posted(group, persona.answers))
            if group.code == "place":
                browser.opens(f"{base}code/")
    browser.opens(f"{base}check/")
    browser.sends(f"{base}check/", {})
    browser.opens(f"{base}sent/")
    return browser


def _kb(count: int) -> str:
    return f"{count / 1000:.1f} kB"
