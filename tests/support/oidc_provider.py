"""A small identity provider on loopback, real enough to sign in at and able to lie.

`IdentityProvider()` serves discovery, a page to sign in, tokens, keys and userinfo until `close()`. What it says is
changed between the steps: `claims` of the person, `id_token` (claims put on top of a right token; None leaves one out),
`answers` (path → what to do instead of the right answer), `signs_with` ("right", "wrong", "none", "hmac").
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "portal", "a secret only for tests: 0123456789"
RIGHT_KEY, WRONG_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
Answer = Callable[["_Handler"], None]


def public_key(kid: str) -> dict[str, Any]:
    """The right key as a JWK under this name."""
    key = jwt.algorithms.RSAAlgorithm.to_jwk(RIGHT_KEY.public_key(), as_dict=True)
    return key | {"kid": kid, "alg": "RS256", "use": "sig"}


class IdentityProvider:
    def __init__(self):
        self.claims: dict[str, Any] = {
            "sub": "person-1",
            "email": "aylin@example.org",
            "email_verified": True,
            "name": "Aylin Öztürk",
            "groups": ["/advisors"],
        }
        self.id_token: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {}
        self.answers: dict[str, Answer] = {}
        self.signs_with = "right"
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.server.daemon_threads = True
        self.server.provider = self
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def new_code(self, query: dict[str, str]) -> str:
        """The person has signed in: a code for what the portal asked with `query`."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return code

    def token(self, query: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": query["nonce"],
            **self.claims, **self.id_token,
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.signs_with == "none":
            return jwt.encode(claims, None, algorithm="none")
        if self.signs_with == "hmac":  # under what everybody knows
            return jwt.encode(claims, "k" * 32, algorithm="HS256", headers={"kid": "right"})
        key = WRONG_KEY if self.signs_with == "wrong" else RIGHT_KEY
        return jwt.encode(claims, key, algorithm="RS256", headers={"kid": "right"})


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, *_args) -> None:
        """Say nothing."""

    @property
    def provider(self) -> IdentityProvider:
        return self.server.provider

    def do_GET(self) -> None:
        self._answer({
            "/.well-known/openid-configuration": self._discovery,
            "/authorize": self._page,
            "/keys": self._keys,
            "/userinfo": self._userinfo,
        })  # fmt: skip

    def do_POST(self) -> None:
        self._answer({"/token": self._token, "/authorize": self._signed_in})

    def _answer(self, answers: dict[str, Callable[[], None]]) -> None:
        path = urlsplit(self.path).path
        self.provider.asked.append(path)
        instead = self.provider.answers.get(path)
        if instead:
            instead(self)
        else:
            answers.get(path, lambda: self.says({}, 404))()

    def says(self, data: Any, status: int = 200) -> None:
        self.writes(json.dumps(data).encode(), status, "application/json")

    def writes(self, body: bytes, status: int = 200, kind: str = "text/html; charset=utf-8") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _form(self) -> dict[str, str]:
        text = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        return {name: values[0] for name, values in parse_qs(text).items()}

    def _query(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}

    def _discovery(self) -> None:
        issuer = self.provider.issuer
        self.says({
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/keys",
            "userinfo_endpoint": f"{issuer}/userinfo",
        })  # fmt: skip

    def _keys(self) -> None:
        self.says({"keys": [public_key("right")]})

    def _page(self) -> None:
        query = self._query()
        no = f"{query['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': query['state']})}"
        fields = "".join(
            f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in query.items()
        )
        form = f'<form method="post" action="/authorize">{fields}<button>I am Aylin</button></form>'
        link = f'<p><a href="{escape(no)}">Not now</a></p>'
        self.writes(
            '<!doctype html><html lang="en"><head><title>Office account</title>'
            '<link rel="icon" href="data:,"></head><body><main>'
            f"<h1>Office account</h1>{form}{link}</main></body></html>".encode()
        )

    def _signed_in(self) -> None:
        query = self._form()
        answer = {"code": self.provider.new_code(query), "state": query["state"], "iss": self.provider.issuer}
        self.send_response(303)
        self.send_header("Location", f"{query['redirect_uri']}?{urlencode(answer)}")
        self.end_headers()

    def _token(self) -> None:
        form = self._form()
        query = self.provider.codes.pop(form.get("code", ""), None)
        if query is None or not self._is_the_portal() or not self._proves(form, query):
            self.says({"error": "invalid_grant"}, 400)
        else:
            self.says({"access_token": "opaque", "token_type": "Bearer", "id_token": self.provider.token(query)})

    def _is_the_portal(self) -> bool:
        expected = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        return self.headers.get("Authorization") == f"Basic {expected}"

    @staticmethod
    def _proves(form: dict[str, str], query: dict[str, str]) -> bool:
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return (query["code_challenge"], query["code_challenge_method"]) == (challenge, "S256")

    def _userinfo(self) -> None:
        if self.headers.get("Authorization") != "Bearer opaque":
            self.says({}, 401)
        else:
            self.says({**self.provider.claims, **self.provider.userinfo})
