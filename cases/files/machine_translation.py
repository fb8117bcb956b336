"""A suggestion for a translation from the office's own server (LibreTranslate's API), where TRANSLATE_URL names one.

Without the setting nothing is sent anywhere. Nothing is stored either: a suggestion fills a form, and becomes a
translation when somebody of the office has read it and saves it (rule 6). Neither words nor answer reach a log.
"""

import json
import logging
import time
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPErrorProcessor, HTTPHandler, HTTPSHandler, OpenerDirector, Request, UnknownHandler

from django.conf import settings

from .enums import SuggestionFailure
from .translating import Words

logger = logging.getLogger(__name__)

LONGEST_SILENCE = 5  # seconds without a byte
LONGEST_WAIT = 10  # seconds until the answer has to be whole: somebody is waiting, and so is a process of the portal
MOST_BYTES = 500_000
# Languages as the server calls them; any other one it has to guess.
SOURCES = {"ar": "ar", "de": "de", "en": "en", "fa": "fa", "prs": "fa", "ru": "ru", "tr": "tr", "uk": "uk"}
GUESS = "auto"


class NoSuggestion(Exception):
    """The server has none; `reason` says why."""

    def __init__(self, reason: SuggestionFailure):
        super().__init__(reason.value)
        self.reason = reason


def is_offered() -> bool:
    """Whether the office has a server for it."""
    return bool(settings.TRANSLATE_URL)


def suggest(words: Words, language: str) -> str:
    """What the server makes of `words` in `language`. Raises NoSuggestion, after a few seconds at most."""
    if not is_offered():
        raise NoSuggestion(SuggestionFailure.OFF)
    asked = {"q": words.text, "source": SOURCES.get(words.language, GUESS), "target": language, "format": "text"}
    if settings.TRANSLATE_KEY:
        asked["api_key"] = settings.TRANSLATE_KEY
    try:
        found = _ask(f"{settings.TRANSLATE_URL.rstrip('/')}/translate", asked)["translatedText"]
    except HTTPError as error:
        reason = SuggestionFailure.NOT_POSSIBLE if error.code == 400 else SuggestionFailure.NO_ANSWER
        logger.warning("The translation server refused, status %d", error.code)
        raise NoSuggestion(reason) from None  # its text may repeat the words
    except (OSError, HTTPException, ValueError, KeyError, TypeError) as error:
        logger.warning("The translation server did not answer: %s", type(error).__name__)
        raise NoSuggestion(SuggestionFailure.NO_ANSWER) from None
    if not isinstance(found, str) or not found.strip():
        raise NoSuggestion(SuggestionFailure.NOT_POSSIBLE)
    return found


def _ask(url: str, asked: dict[str, Any]) -> dict[str, Any]:
    until = time.monotonic() + LONGEST_WAIT
    body = json.dumps(asked).encode()
    request = Request(url, body, {"Content-Type": "application/json"})  # noqa: S310  (http or https: the settings see to it)
    with _opener().open(request, timeout=LONGEST_SILENCE) as answer:
        if answer.status != 200:  # a redirect, too
            raise HTTPError(url, answer.status, "", answer.headers, None)
        parts: list[bytes] = []
        while part := answer.read1(65_536):
            parts.append(part)
            if time.monotonic() > until:
                raise TimeoutError
            if sum(map(len, parts)) > MOST_BYTES:
                raise ValueError("too long")
    return json.loads(b"".join(parts))


def _opener() -> OpenerDirector:
    """Asks the named server and nobody else: it follows no redirect and knows no proxy."""
    opener = OpenerDirector()
    for handler in (UnknownHandler, HTTPHandler, HTTPSHandler, _Plain):
        opener.add_handler(handler())
    return opener


class _Plain(HTTPErrorProcessor):
    """Hands every answer over as it is."""

    def http_response(self, request: Request, response: Any) -> Any:
        return response

    https_response = http_response
