"""What a hint may not say: it asks to clarify something with somebody, it never decides and never turns anybody away.

One check for the form, for the shipped texts (in a test) and for what is stored. Every pattern is tried on every
text, because a German sentence in the Arabic field is read too; the words are compared folded (common.text.fold).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from gruendungswerkstatt.common.text import fold
from gruendungswerkstatt.messaging.linting import hidden_signs, mixed_words

from .enums import HintRefusal

TITLE_LENGTH, TEXT_LENGTH = 120, 600

# What decides or refuses. German, English, Arabic, then the other languages that founders name.
_DECISIONS = (
    r"verboten\w*|verbot|untersag\w*|unzulassig\w*|illegal\w*|strafbar\w*|gesetzwidrig\w*",
    r"(?:nicht|niemals|nie) (?:\w+ ){0,3}?(?:erlaubt|gestattet|zulassig|moglich|genehmigt|statthaft|berechtigt)",
    r"d(?:u|ue|a)rf(?:en|t|st|te|ten)?(?: \w+){0,4}? (?:nicht|kein\w*|niemals|nie|nichts)",
    r"(?:nicht|kein\w*|nichts)(?: \w+){0,4}? d(?:u|ue|a)rf(?:en|t|st)?",
    r"(?:abge|zuruckge)(?:lehnt|wiesen)\w*|ablehn\w*|zuruckweis\w*|verweiger\w*",
    r"kein(?:en|e|erlei)? (?:anspruch|recht|berechtigung|chance)",
    r"(?:konn(?:en|t)|kann(?:st)?)(?: \w+){0,3}? nicht (?:\w+ ){0,3}?(?:grunden|starten|beginnen|arbeiten|eroffnen)",
    r"not (?:\w+ ){0,2}?(?:allowed|permitted|possible|eligible|entitled|approved|legal|lawful)",
    r"(?:forbid|forbidden|forbids|prohibit\w*|banned|illegal|unlawful|disallow\w*)",
    r"(?:you|nobody|one) (?:may|must|can|shall) ?not|you (?:cant|mustnt|maynt|shant)|(?:may|must) not",
    r"(?:reject|refus|deni|deny|declin)(?:e|ed|es|al|als|ion|ions|s|ing)?\b|turned (?:down|away)",
    r"no (?:right|claim|chance|entitlement)",
    r"\w{0,4}(?:ممنوع|محظور|يحظر|مرفوض|رفض|نرفض|يرفض|يمنع)\w*",
    r"\w?(?:لا|لن|لم) (?:\w+ ){0,1}?(?:يسمح|تسمح|يجوز|يحق|يمكنك|تستطيع|يصح|يقبل)\w*",
    r"\w?(?:غير|ليس\w*) (?:مسموح|مصرح|قانوني|مقبول|جايز|ممكن)\w*|\w?مخالف\w* للقانون",
    r"yasak\w*|izin verilm\w*|reddedil\w*|qedexe\w*|destur n(?:ine|ayete)|قهدهغه\w*|مجاز نيست",
    r"запрещ\w*|запрет\w*|отказ\w*|не разреш\w*|заборон\w*|відмов\w*|вiдмов\w*|не дозвол\w*|ክልክል",
    r"interdit\w*|prohibid\w*",
)
_DECIDES = re.compile("|".join(rf"\b(?:{pattern})" for pattern in _DECISIONS))
# What asks, in each language of the interface; a language without an entry is not asked for it.
_ASKS = {
    "de": re.compile(r"\bbitte\b"),
    "en": re.compile(r"\bplease\b"),
    "ar": re.compile(r"\b\w?(?:يرجي|الرجا|رجا|نرجو)\b|من فضلك"),
}
_JOINERS = dict.fromkeys(map(ord, "\u200c\u200d\u200e\u200f\u061c\u00ad"))


@dataclass(frozen=True)
class HintFinding:
    """Why a text is refused: the `field` ("title" or "text") and what was `found` in it."""

    field: str
    reason: HintRefusal
    found: str = ""

    @property
    def message(self) -> str:
        """The reason with what was found, in the present language; for people."""
        return str(self.reason.label) % {"found": self.found} if self.found else str(self.reason.label)


def findings(title: str, text: str, language: str, *, announces_call: bool = False) -> list[HintFinding]:
    """Everything that is wrong with a hint in `language`; [] if it may be shown.

    `announces_call`: the hint tells that an advisor calls, so it need not ask for anything.
    """
    found = [*_in_text("title", title), *_in_text("text", text)]
    asks = _ASKS.get(language)
    if asks and not announces_call and text.strip() and not asks.search(_folded(f"{title} {text}")):
        found.append(HintFinding("text", HintRefusal.NO_REQUEST))
    return found


def _in_text(field: str, text: str) -> Iterator[HintFinding]:
    if not text.strip():
        yield HintFinding(field, HintRefusal.EMPTY)
    yield from (HintFinding(field, HintRefusal.CONTROL, sign) for sign in hidden_signs(text))
    yield from (HintFinding(field, HintRefusal.MIXED_LETTERS, word) for word in mixed_words(text))
    yield from dict.fromkeys(
        HintFinding(field, HintRefusal.DECISION, match[0]) for match in _DECIDES.finditer(_folded(text))
    )


def _folded(text: str) -> str:
    """Words as they are compared: no joiner or soft hyphen takes one apart."""
    return fold(unicodedata.normalize("NFC", text).translate(_JOINERS))
