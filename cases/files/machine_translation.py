"""A suggestion for a translation from the office's own server (LibreTranslate's API), where TRANSLATE_URL names one.

Without the setting nothing is sent anywhere. Nothing is stored either: a suggestion fills a form, and becomes a
translation when somebody of the office has read it and saves it (rule 6). Neither words nor answer reach a log.
"""

import json
import logging
import time
from http import HTTPStatus
from typing import Any

import requests
from django.conf import settings
from urllib3.exceptions import HTTPError as BrokenAnswer

from .refusals import SuggestionFailure
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
    except requests.HTTPError as error:
        status = error.response.status_code
        reason = SuggestionFailure.NOT_POSSIBLE if status == HTTPStatus.BAD_REQUEST else SuggestionFailure.NO_ANSWER
        logger.warning("The translation server refused, status %d", status)
        raise NoSuggestion(reason) from None  # its text may repeat the words
    except (requests.RequestException, BrokenAnswer, OSError, ValueError, KeyError, TypeError) as error:
        logger.warning("The translation server did not answer: %s", type(error).__name__)
        raise NoSuggestion(SuggestionFailure.NO_ANSWER) from None
    if not isinstance(found, str) or not found.strip():
        raise NoSuggestion(SuggestionFailure.NOT_POSSIBLE)
    return found


def _ask(url: str, asked: dict[str, Any]) -> dict[str, Any]:
    """The server's answer; it follows no redirect and knows no proxy. Raises requests' own exceptions, ValueError."""
    until = time.monotonic() + LONGEST_WAIT
    with requests.Session() as session:
        session.trust_env = False
        with session.post(url, json=asked, timeout=LONGEST_SILENCE, allow_redirects=False, stream=True) as answer:
            if answer.status_code != HTTPStatus.OK:  # a redirect, too
                raise requests.HTTPError(response=answer)
            parts: list[bytes] = []
            while part := answer.raw.read1(65_536, decode_content=True):  # what is there, not a whole piece
                parts.append(part)
                if time.monotonic() > until:
                    raise requests.Timeout
                if sum(map(len, parts)) > MOST_BYTES:
                    raise ValueError("too long")
    return json.loads(b"".join(parts))
