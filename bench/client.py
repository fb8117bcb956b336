"""A browser without comfort: one connection that stays open, cookies, forms."""

import gzip
import http.client
import json
import time
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from .probe import EXPLAIN, PATH, RESULT
from .server import HOST

BLOCK = 64 * 1024


@dataclass(frozen=True)
class Answer:
    """What came back: `location` of a redirect ("" for none), what the probe found, the body as sent, its head."""

    status: int
    location: str
    explained: dict[str, float]
    body: bytes
    head: int
    is_compressed: bool

    @property
    def size(self) -> int:
        """Bytes transferred."""
        return len(self.body) + self.head

    @property
    def text(self) -> str:
        return (gzip.decompress(self.body) if self.is_compressed else self.body).decode()


class Client:
    """Asks the server at `port` in `language`, signed in by `session` if there is one."""

    def __init__(self, port: int, language: str = "de", session: str = ""):
        self._connection = http.client.HTTPConnection(HOST, port)
        self._language = language
        self.cookies: dict[str, str] = {"gw_session": session} if session else {}

    def ask(self, path: str, data: dict | None = None, *, compressed: bool = True, explain: bool = False) -> Answer:
        """GET `path`, or POST `data` as a form with the token that came with the last cookie."""
        headers = {
            "Host": HOST,
            "Accept-Language": self._language,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        headers |= {"Accept-Encoding": "gzip"} if compressed else {}
        headers |= {EXPLAIN: "1"} if explain else {}
        body = None
        if data is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(data | {"csrfmiddlewaretoken": self.cookies.get("gw_csrf", "")}, doseq=True)
        self._connection.request("GET" if data is None else "POST", path, body, headers)
        response = self._connection.getresponse()
        content = response.read()
        for line in response.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        explained = json.loads(response.headers.get(RESULT) or "{}")
        is_compressed = response.headers.get("Content-Encoding") == "gzip"
        location, head = response.headers.get("Location", ""), len(response.headers.as_bytes())
        return Answer(response.status, location, explained, content, head, is_compressed)

    def drain(self, path: str) -> tuple[int, float, int]:
        """GET `path` and read it to its end without keeping it: status, seconds to the first byte, bytes."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        begun = time.perf_counter()
        self._connection.request("GET", path, headers={"Host": HOST, "Cookie": cookie})
        response = self._connection.getresponse()
        size = len(response.read(1))
        first = time.perf_counter() - begun
        while block := response.read(BLOCK):
            size += len(block)
        return response.status, first, size

    def process(self) -> int:
        """The server's process."""
        return json.loads(self.ask(PATH).body)["process"]

    def used(self) -> tuple[float, int | None]:
        """CPU seconds of the server's process so far, and the process of its database connection."""
        found = json.loads(self.ask(PATH).body)
        return found["python"], found["backend"]
