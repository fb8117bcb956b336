"""Requests nobody would send on purpose: any address of the portal, any method, any body, reproducible from a number.

`Wild(targets, roles, values).request(number)` describes request `number`; `answer(wish)` sends it through the portal's
own WSGI handler, so that paths, headers and bodies arrive byte by byte as written here.
"""

import io
import random
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, quote_from_bytes, urlencode

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import got_request_exception, request_started
from django.db import close_old_connections
from django.urls import URLPattern, URLResolver, get_resolver

LANGUAGES = ("de", "ar", "en")
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
METHODS = ("GET",) * 8 + ("POST",) * 10 + ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "BREW", "get")
MARK = "<script>wild()</script>"
TEXTS = (
    "", " ", "0", "-1", "1", "on", "yes", "true", "null", "None", "undefined", "[]", "{}", "a", "de", "2026-02-30",
    "2027-01-15", "24:61", "10:00", "٢٠٢٧", "۱۲۳", "1e309", "9" * 40, "-" * 9, "9223372036854775808", "0x10",
    "\x00", "a\x00b", "\r\nSet-Cookie: wild=1", "\u202e\u200f", "e\u0301" * 50, "\ufeff\u2028\u0085", "\ud800",
    "İıŞş", "שלום", "a" * 300, "ü" * 6000, "'; DROP TABLE x; --", "%s%n{0}{{1}}{%x%}", "../../etc/passwd", "\\",
    "//evil.example", "https://evil.example/", "javascript:alert(1)", MARK, "a@b.c", "a@@b", "+4917139", "a,b;c=d&e",
    "00000000-0000-0000-0000-000000000000", "01920000-0000-7000-8000-00000000000g", "\t\n", "😀" * 20,
)  # fmt: skip
PIECES = (
    b"/%2e%2e/", b"//", b"%00", b"%0d%0aX-Wild:1", b"%ff%fe", b"\xff", b"/./", b"%", b"%zz", b";a=b", b"/" * 200, b"?",
    b"a" * 4000, "/ü/ش".encode(), b"%25%32%65", b"#", b"\\",
)  # fmt: skip
HEADERS = (
    {"HTTP_HX_REQUEST": "true"}, {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "https://evil.example/\x00"},
    {"HTTP_HX_CURRENT_URL": "%FF", "HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": MARK}, {"HTTP_HX_TRIGGER": "\xff"},
    {"HTTP_ACCEPT": "application/json"}, {"HTTP_ACCEPT": ";;q=x,,"}, {"HTTP_ACCEPT_LANGUAGE": "x" * 600},
    {"HTTP_ACCEPT_LANGUAGE": "ar-SY;q=nan,*;q=2"}, {"HTTP_X_FORWARDED_FOR": "1.2.3.4, ::1, x"},
    {"HTTP_X_FORWARDED_PROTO": "https,http"}, {"HTTP_X_FORWARDED_HOST": "evil.example"}, {"HTTP_REFERER": "http://[::1"},
    {"HTTP_ORIGIN": "null"}, {"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_IF_MODIFIED_SINCE": "yesterday"},
    {"HTTP_IF_NONE_MATCH": 'W/"\x7f'}, {"HTTP_RANGE": "bytes=-1-0"}, {"HTTP_ACCEPT_ENCODING": "gzip;q=0, br, *"},
    {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}, {"HTTP_AUTHORIZATION": "Bearer \xe9"}, {"HTTP_USER_AGENT": ""},
    {"HTTP_HOST": "testserver:99999"}, {"HTTP_HOST": "evil.example"}, {"HTTP_HOST": "testserver@evil.example"},
    {"REMOTE_ADDR": ""}, {"HTTP_X_METHOD_OVERRIDE": "DELETE"}, {"HTTP_EXPECT": "100-continue"},
)  # fmt: skip
COOKIES = ("", "x", "\x00", "é", "a:b:c", "0" * 8000, "eyJ9:1abc:x", '"\\012"', MARK, "..", "=", "١٢٣")
KINDS = ("application/x-www-form-urlencoded",) * 12 + (
    "multipart/form-data; boundary=b", "multipart/form-data", "multipart/form-data; boundary=" + "b" * 300,
    "multipart/form-data; boundary=\xff", "text/plain", "application/json", "", ";;;",
    "application/x-www-form-urlencoded; charset=wild", "application/x-www-form-urlencoded; charset=utf-16",
)  # fmt: skip


@dataclass(frozen=True)
class Target:
    """An address of the portal: a template like "/{prefix}/cases/{case_uuid}/" and its holes."""

    template: str
    holes: list[str]


@dataclass(frozen=True)
class Role:
    """Somebody who sends requests: a name and the cookies of their browser."""

    name: str
    cookies: dict[str, str]


@dataclass
class Wish:
    """One request as it will be sent; `path` and `query` are raw, as in a request line."""

    role: Role
    method: str
    path: bytes
    query: str = ""
    kind: str = ""
    body: bytes = b""
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    has_token: bool = True  # comes from a page of ours

    def __str__(self) -> str:
        changed = {name: v[:40] for name, v in self.cookies.items() if v != self.role.cookies.get(name)}
        return (
            f"{self.role.name}: {self.method} {self.path!r}?{self.query[:300]} {self.kind} {self.body[:600]!r} "
            f"{self.headers} {changed} {'' if self.has_token else 'without a token'}"
        )


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    error: BaseException | None

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


Look = Callable[[Wish], bytes]


def targets() -> list[Target]:
    """Every address of the portal but that of its health, which hangs up on the database if something is missing."""
    return sorted((t for t in _targets(get_resolver()) if t.template != "/healthz"), key=lambda target: target.template)


def _targets(resolver: URLResolver, prefix: str = "/") -> Iterator[Target]:
    for each in resolver.url_patterns:
        pattern = each.pattern
        if isinstance(each, URLPattern):
            template = prefix + _route(pattern)
            yield Target(template, sorted(set(re.findall(r"{(\w+)}", template)) - {"prefix"}))
        else:
            yield from _targets(each, prefix + _route(pattern))


def _route(pattern) -> str:
    """The route of a pattern with holes like "{case_uuid}"."""
    if hasattr(pattern, "language_prefix"):
        return "{prefix}/"
    if hasattr(pattern, "_route"):
        return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern._route))
    return re.sub(r"\(\?P<(\w+)>[^)]*\)", r"{\1}", pattern._regex).strip("^$").replace("\\", "")


class Wild:
    """Makes requests. `values` are what really exists, by the name of a hole or field: {"case_uuid": [...]}.

    `look` answers a wish with the page, to find out which fields its forms have.
    """

    def __init__(self, where: list[Target], roles: list[Role], values: dict[str, list[str]], look: Look, seed: str):
        self.where, self.roles, self.values, self.look, self.seed = where, roles, values, look, seed
        self.everything = sorted({value for some in values.values() for value in some})
        self.fields: dict[str, list[str]] = {}

    def reseed(self, seed: str) -> None:
        """Make other requests from now on."""
        self.seed = seed

    def request(self, number: int) -> Wish:
        dice = random.Random(f"{self.seed}.{number}")
        target, role = dice.choice(self.where), dice.choice(self.roles)
        wish = Wish(role, dice.choice(METHODS), self._path(target, dice), cookies=dict(role.cookies))
        if dice.random() < 0.3:
            wish.query = self._query(dice, target)
        if wish.method not in SAFE:
            self._learn(target, role, dice)
            wish.has_token = dice.random() < 0.9
            wish.kind = dice.choice(KINDS)
            wish.body = self._body(dice, wish.kind, self._fields(dice, target))
        if dice.random() < 0.15:
            wish.headers = dice.choice(HEADERS)
        if dice.random() < 0.1 and wish.cookies:
            wish.cookies[dice.choice(sorted(wish.cookies))] = dice.choice(COOKIES)
        return wish

    def _learn(self, target: Target, role: Role, dice: random.Random) -> None:
        """Look which fields `role` finds at `target`, until somebody found some."""
        if self.fields.get(target.template):
            return
        page = self.look(Wish(role, "GET", self.real_path(target, dice), cookies=dict(role.cookies)))
        names = re.findall(rb'<(?:input|select|textarea|button)[^>]* name="([^"]+)"', page)
        self.fields[target.template] = sorted({name.decode() for name in names})

    def real_path(self, target: Target, dice: random.Random) -> bytes:
        """An address of `target` that exists, as far as `values` tell."""
        holes = {name: quote(self._real(name, dice), safe="") for name in target.holes}
        return target.template.format(prefix=dice.choice(LANGUAGES), **holes).encode()

    def _real(self, name: str, dice: random.Random) -> str:
        return dice.choice(self.values.get(name) or self.everything)

    def _path(self, target: Target, dice: random.Random) -> bytes:
        luck = dice.random()
        if luck < 0.75:
            return self.real_path(target, dice)
        holes = {name: quote(self._any(dice), safe="", errors="surrogatepass") for name in target.holes}
        language = dice.choice((*LANGUAGES, "xx", "DE", "de-AT", "%64e"))
        path = target.template.format(prefix=language, **holes).encode()
        if luck < 0.9:
            return path
        place = dice.randrange(len(path) + 1)
        return b"/" + (path[:place] + dice.choice(PIECES) + path[place:]).lstrip(b"/")

    def _any(self, dice: random.Random) -> str:
        return dice.choice(self.everything) if dice.random() < 0.4 else dice.choice(TEXTS)

    def _value(self, name: str, dice: random.Random) -> str:
        return self._real(name, dice) if dice.random() < 0.3 else self._any(dice)

    def _fields(self, dice: random.Random, target: Target) -> list[tuple[str, str]]:
        names = self.fields.get(target.template) or ["q", "next", "token", "version", "text", "page"]
        chosen = [name for name in names if dice.random() < 0.8]
        if dice.random() < 0.2:
            chosen += [dice.choice(names), dice.choice(TEXTS) or "x"]
        return [(name, self._value(name, dice)) for name in chosen]

    def _query(self, dice: random.Random, target: Target) -> str:
        luck = dice.random()
        if luck < 0.1:
            return dice.choice(
                ("%", "%ff=%fe", "&&==&", "q=%00", "page=" + "9" * 300, "next=%0d%0a", "a" * 5000, "\xff=\xfe")
            )
        names = ["q", "next", "page", "state", "phase", "kind", "week", "day", "change", "theme", "code", "topic"]
        pairs = [(dice.choice(names), self._any(dice)) for _ in range(dice.randint(1, 3))]
        return urlencode(pairs + self._fields(dice, target)[:2], errors="surrogatepass")

    @staticmethod
    def _body(dice: random.Random, kind: str, fields: list[tuple[str, str]]) -> bytes:
        if kind.startswith("multipart") and dice.random() < 0.8:
            parts = b"".join(
                b'--b\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
                % (
                    name.encode(errors="surrogatepass")[:200],
                    dice.choice((b"", b'; filename="a\x00.txt"')),
                    value.encode(errors="surrogatepass"),
                )
                for name, value in fields
            )
            return parts + dice.choice((b"--b--\r\n", b"", b"--b"))
        if dice.random() < 0.1:
            return dice.choice((b"", b"\xff\xfe", b"%", b"=" * 600, b"a=1&" * 600, b"{}", b"\x00" * 10, b"a" * 600_000))
        return urlencode(fields, errors="surrogatepass").encode()


class _Handler(WSGIHandler):
    """The portal's own; what has a token of ours is believed without one being made for every request."""

    trusts = True

    def get_response(self, request):
        request._dont_enforce_csrf_checks = self.trusts
        return super().get_response(request)


class Portal:
    """Answers wishes as the portal does, and says what went wrong inside."""

    def __init__(self):
        self.handler = _Handler()
        self.errors: list[BaseException] = []
        got_request_exception.connect(self._note)

    def close(self) -> None:
        got_request_exception.disconnect(self._note)

    def _note(self, sender, request=None, **_more) -> None:
        self.errors.append(sys.exc_info()[1])

    def answer(self, wish: Wish) -> Answer:
        self.errors.clear()
        self.handler.trusts = wish.has_token
        said: list = []
        request_started.disconnect(close_old_connections)  # it would drop the one in a test's transaction
        response = self.handler(_environ(wish), lambda status, headers, *_: said.extend((status, headers)))
        request_started.connect(close_old_connections)
        body = b"".join(response)  # not closed: that would hand the test's connection back
        return Answer(int(said[0][:3]), said[1], body, self.errors[-1] if self.errors else None)


def _environ(wish: Wish) -> dict:
    """As a server hands a request over (PEP 3333): bytes in the clothes of Latin-1 texts, the path unquoted."""
    path = wish.path.partition(b"?")[0]
    unquoted = re.sub(rb"%([0-9a-fA-F]{2})", lambda found: bytes([int(found[1], 16)]), path)
    cookies = "; ".join(f"{name}={value}" for name, value in wish.cookies.items())
    return {
        "REQUEST_METHOD": wish.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquoted.decode("latin-1"),
        "QUERY_STRING": wish.query.encode("latin-1", "replace").decode("latin-1"),
        "RAW_URI": quote_from_bytes(path),
        "CONTENT_TYPE": wish.kind,
        "CONTENT_LENGTH": str(len(wish.body)),
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "testserver",
        "HTTP_ACCEPT": "text/html",
        "HTTP_COOKIE": cookies.encode().decode("latin-1"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(wish.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **wish.headers,
    }
