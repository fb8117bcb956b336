"""What a text of a message may not say or do: one check for the form, the shipped texts and what is stored."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from gruendungswerkstatt.common.text import western_digits

from .enums import Channel, TextRefusal
from .sms_length import sms_length
from .telling import STRICT, tells, telltales
from .wordings import Placeholder, Wording, placeholders_in

TITLE_LENGTH, BODY_LENGTH = 120, 2000
SMS_PARTS = 5  # an Arabic text with place and own word needs three or four

_LINK = re.compile(
    r"\w+://\S*|\bwww\.\S+|\bmailto:\S*|\S+@\S+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:de|org|com|net|eu|info|app|io|me|ly|nrw|ruhr|gle|link|online|site|shop|biz|ua|ru|tr|sy)\b(?:/\S*)?",
    re.IGNORECASE,
)
# Telephones, references ("4821-9037"), customer numbers: five digits or more, whatever stands between them.
_NUMBER = re.compile(r"\+?\d(?:[ ()./\-‐-―]{0,2}\d){4,}")
# Codes of the portal ("A7C-9KM-34T") and anything else in which letters and digits are mixed to be typed.
_CODE = re.compile(
    r"\b[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}\b|\b(?=\w*\d\w*\d)(?=\w*[^\W\d_]\w*[^\W\d_])\w{6,}\b"
    r"|\b(?:pin|tan|code|codes|passwor[dt]|passcode|kennwort|zugangscode|aktenzeichen|referenznummer|kundennummer)\b"
    r"|\b(?:reference|case|customer) number\b"
    r"|(?:ال)?رقم (?:ال)?(?:مرجعي|ملف|سري)|كلمة (?:ال)?(?:مرور|سر)|\b(?:ال)?رمز\b",
    re.IGNORECASE,
)
# Right-to-left marks help Arabic text along, and some languages are written with joiners; all else that is not drawn
# hides or turns around what is.
_HARMLESS = frozenset("\n‌‍‎‏؜")
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK")  # those whose letters can be taken for one another
_BRACES = re.compile(r"[^\s{}]*[{}][^\s]*")


def gives_away(value: str) -> bool:
    """Whether a few words of a person's own hold what could be a secret or an address: a code, a number, a link.

    Four digits are a PIN.
    """
    digits = sum(sign.isdecimal() for sign in value)
    return digits >= 4 or any(one.search(western_digits(value)) for one in (_LINK, _NUMBER, _CODE, _BRACES))


def harmless(word: str) -> str:
    """A person's own word for a message; "" if it says what nobody may read: it was chosen unchecked."""
    return "" if tells(word, STRICT) or gives_away(word) else word


@dataclass(frozen=True)
class Finding:
    """Why a text is refused: the `field` ("title" or "body") and what was `found` in it."""

    field: str
    reason: TextRefusal
    found: str = ""

    @property
    def message(self) -> str:
        """The reason with what was found, in the present language; for people."""
        return str(self.reason.label) % {"found": self.found} if "%(found)s" in self.reason.label else self.reason.label


def findings(
    wording: Wording,
    channel: str,
    placeholders: Mapping[str, Placeholder],
    *,
    names: Collection[str] = (),
    filled: Callable[[Wording], str] | None = None,
) -> list[Finding]:
    """Everything that is wrong with `wording`; [] if it may be sent.

    `names` are people and bodies that no message may name. `filled` gives the body as it goes out with every value
    there is: by it an SMS is measured.
    """
    found = list(_in_body(wording.body, placeholders, names))
    if channel == Channel.EMAIL:
        found += _in_title(wording.title, placeholders, names)
    elif not found and filled is not None and (parts := sms_length(filled(wording)).parts) > SMS_PARTS:
        found.append(Finding("body", TextRefusal.SMS_TOO_LONG, str(parts)))
    return list(dict.fromkeys(found))


def _in_body(body: str, placeholders: Mapping[str, Placeholder], names: Collection[str]) -> Iterator[Finding]:
    if len(body) > BODY_LENGTH:
        yield Finding("body", TextRefusal.BODY_TOO_LONG, str(len(body)))
        return
    yield from _in_text("body", body, placeholders, names)
    used = placeholders_in(body)
    for name, placeholder in placeholders.items():
        if placeholder.is_required and name not in used:
            yield Finding("body", TextRefusal.MISSING_PLACEHOLDER, placeholder.written)
    for line in body.splitlines():
        on_line = [placeholders[name] for name in placeholders_in(line) if name in placeholders]
        if len(on_line) > 1:
            maybe = (p for p in on_line if p.may_be_empty)
            yield from (Finding("body", TextRefusal.SHARED_LINE, p.written) for p in maybe)


def _in_title(title: str, placeholders: Mapping[str, Placeholder], names: Collection[str]) -> Iterator[Finding]:
    if len(title) > TITLE_LENGTH:
        yield Finding("title", TextRefusal.TITLE_TOO_LONG, str(len(title)))
        return
    yield from _in_text("title", title, placeholders, names)
    if "\n" in title:
        yield Finding("title", TextRefusal.LINES_IN_TITLE)
    for name in placeholders_in(title):
        if name in placeholders and placeholders[name].may_be_empty:
            yield Finding("title", TextRefusal.MAYBE_IN_TITLE, placeholders[name].written)


def _in_text(
    field: str, text: str, placeholders: Mapping[str, Placeholder], names: Collection[str]
) -> Iterator[Finding]:
    words = text
    for name in dict.fromkeys(placeholders_in(text)):
        if name not in placeholders:
            yield Finding(field, TextRefusal.UNKNOWN_PLACEHOLDER, f"{{{name}}}")
        words = words.replace(f"{{{name}}}", " ")
    if not text.strip():
        yield Finding(field, TextRefusal.EMPTY)
    for reason, pattern, read in (
        (TextRefusal.BRACE, _BRACES, words),
        (TextRefusal.LINK, _LINK, words),
        (TextRefusal.NUMBER, _NUMBER, western_digits(words)),
        (TextRefusal.CODE, _CODE, western_digits(words)),
    ):
        yield from (Finding(field, reason, match[0].strip()) for match in pattern.finditer(read))
    yield from (Finding(field, TextRefusal.CONTROL, sign) for sign in hidden_signs(text))
    yield from (Finding(field, TextRefusal.MIXED_LETTERS, word) for word in mixed_words(words))
    for telltale in telltales(words, names=names):
        yield Finding(field, TextRefusal(telltale.telling.value), telltale.found)


def hidden_signs(text: str) -> list[str]:
    """The signs of `text` that are not drawn and hide or turn around what is: "U+202E"."""
    return [f"U+{ord(sign):04X}" for sign in dict.fromkeys(sign for sign in text if _is_hidden(sign))]


def mixed_words(text: str) -> list[str]:
    """Words of `text` with letters of several alphabets: what looks like a word, and is none that can be searched."""
    return [word for word in re.findall(r"[^\W\d_]+", text) if len(_alphabets(word)) > 1]


def _alphabets(word: str) -> set[str]:
    return {name for sign in word if (name := unicodedata.name(sign, "").partition(" ")[0]) in _ALPHABETS}


def _is_hidden(sign: str) -> bool:
    """Controls, signs of format, private and unassigned ones, lone surrogates, separators of lines."""
    category = unicodedata.category(sign)
    return sign not in _HARMLESS and (category[0] == "C" or category in ("Zl", "Zp"))
