"""Hints as founders read them, with who can help; and as the office's own page lists them, rule and all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, get_language_info, pgettext
from django.utils.translation import gettext as _

from network.directory.helping import offers_for

from . import office_hints
from .conditions import AllOf, Always, Answered, Answers, AnyOf, Condition, Not, When
from .enums import HintState
from .office_hints import HintSlot, HintWording
from .questions import QUESTIONS, label

MOST_NAMES = 2  # offices named beside the link to all of them
MOST_OPTIONS = 6  # answers named in a rule; the list of crafts has more

# --- For founders ------------------------------


@dataclass(frozen=True)
class HelpName:
    """Somebody who helps; `language` is the one their name is written in."""

    text: str
    language: str


@dataclass(frozen=True)
class HelpView:
    """A topic of the directory and who helps with it; without an address the team of the Jobcenter does."""

    topic: str
    url: str
    names: list[HelpName]


@dataclass(frozen=True)
class HintView:
    """A hint as a person reads it, in whatever language is active when it is shown."""

    slot: HintSlot
    helps: list[HelpView]

    @property
    def code(self) -> str:
        return self.slot.hint.code

    @property
    def title(self) -> str:
        return self._wording.title

    @property
    def text(self) -> str:
        return self._wording.text

    @property
    def source(self) -> str:
        """The law behind it, in German, for staff."""
        return self.slot.hint.source

    @property
    def _wording(self) -> HintWording:
        return self.slot.wording(get_language() or settings.LANGUAGE_CODE)


def hint_views(office_id: int, answers: Answers, on: date) -> list[HintView]:
    """What founders of this office with these answers should clarify, and who helps."""
    town = answers.get("municipality", "")
    return [
        HintView(slot, [_help_view(topic, town) for topic in slot.hint.topics])
        for slot in office_hints.shown(office_id, answers, on)
    ]


def _help_view(topic: str, town: str) -> HelpView:
    offers = offers_for(topic, town)
    return HelpView(
        topic=label("topics", topic),
        url=_address(topic, offers) if offers else "",
        names=[HelpName(*offer.name()) for offer in offers[:MOST_NAMES]],
    )


def _address(topic: str, offers: list) -> str:
    """The only offer itself, else the directory's page of the topic."""
    if len(offers) == 1:
        return reverse("directory:offer_detail", args=[offers[0].offer_uuid])
    return f"{reverse('directory:offer_list')}?topic={topic}"


# --- For the office ------------------------------

_BADGES = {
    HintState.SHIPPED: "info",
    HintState.OWN: "success",
    HintState.OUTDATED: "warning",
    HintState.UNFIT: "danger",
}


@dataclass(frozen=True)
class HintText:
    """A hint in one language for those who edit."""

    language: str
    language_name: str
    direction: str
    wording: HintWording
    shipped: HintWording
    state: HintState
    badge: str

    @property
    def is_shipped(self) -> bool:
        return self.state is HintState.SHIPPED


@dataclass(frozen=True)
class HintRow:
    """A hint on the office's page."""

    code: str
    title: str
    rule: str
    source: str
    topics: list[HelpView]
    is_shown: bool
    is_off: bool
    off_reason: str
    valid_from: date | None
    valid_to: date | None
    checked_on: date | None
    checked_by: str
    changed_at: datetime | None
    changed_by: str
    texts: list[HintText]


def hint_rows(slots: Iterable[HintSlot], on: date) -> list[HintRow]:
    """Every hint of an office with its rule in words and its texts in all languages."""
    return [hint_row(slot, on) for slot in slots]


def hint_row(slot: HintSlot, on: date) -> HintRow:
    """One hint of an office."""
    row = slot.row
    return HintRow(
        code=slot.hint.code,
        title=slot.wording(get_language() or settings.LANGUAGE_CODE).title,
        rule=rule_words(slot.hint.condition),
        source=slot.hint.source,
        topics=[_help_view(topic, "") for topic in slot.hint.topics],
        is_shown=slot.is_shown(on),
        is_off=slot.is_off,
        off_reason=row.off_reason if row else "",
        valid_from=slot.valid_from,
        valid_to=slot.valid_to,
        checked_on=row.checked_on if row else None,
        checked_by=row.checked_by.user.name if row and row.checked_by else "",
        changed_at=row.changed_at if row else None,
        changed_by=row.changed_by.user.name if row else "",
        texts=[_text(slot, language) for language in office_hints.LANGUAGES],
    )


def preview(slot: HintSlot, texts: dict[str, HintWording]) -> list[HintText]:
    """What founders would read with the `texts` that were typed."""
    return [_text(slot, language, texts.get(language)) for language in office_hints.LANGUAGES]


def _text(slot: HintSlot, language: str, typed: HintWording | None = None) -> HintText:
    shipped = office_hints.shipped(slot.hint.code, language)
    state = slot.state(language)
    return HintText(
        language=language,
        language_name=dict(settings.LANGUAGES)[language],
        direction="rtl" if get_language_info(language)["bidi"] else "ltr",
        wording=slot.wording(language) if typed is None else typed or shipped,
        shipped=shipped,
        state=state,
        badge=_BADGES[state],
    )


def rule_words(condition: Condition) -> str:
    """A condition in words: "Field of work: food and drink; and Alcohol: yes or not sure"."""
    match condition:
        case When(key=key, codes=codes):
            return _said(key, codes)
        case Answered(key=key):
            return _("%(question)s: answered") % {"question": _title(key)}
        case Not(part=Answered(key=key)):
            return _("%(question)s: not answered") % {"question": _title(key)}
        case Not(part=When(key=key, codes=codes)):
            return _("%(question)s: anything but %(answers)s") % {"question": _title(key), "answers": _any(key, codes)}
        case AllOf(parts=parts):
            return _joined(pgettext("between conditions that all hold", "; and "), parts)
        case AnyOf(parts=parts):
            return _joined(pgettext("between conditions of which one holds", "; or "), parts)
        case Always():
            return _("for everybody")
    raise TypeError(f"No words for {condition!r}")


def _said(key: str, codes: frozenset[str]) -> str:
    return _("%(question)s: %(answers)s") % {"question": _title(key), "answers": _any(key, codes)}


def _joined(word: str, parts: Iterable[Condition]) -> str:
    return word.join(f"({rule_words(part)})" if isinstance(part, AllOf | AnyOf) else rule_words(part) for part in parts)


def _title(key: str) -> str:
    return str(QUESTIONS[key].title)


def _any(key: str, codes: Iterable[str]) -> str:
    """The answers in the questionnaire's order; of a long list the first, and how many more."""
    known = [option.code for option in QUESTIONS[key].options if option.code in set(codes)]
    names = [_quoted(label(key, code)) for code in known[:MOST_OPTIONS]]
    if more := len(known) - len(names):
        names.append(_("%(count)s more of the list") % {"count": more})
    return pgettext("between answers of which one holds", " or ").join(names)


def _quoted(words: Any) -> str:
    return pgettext("an answer that is quoted", "“%(answer)s”") % {"answer": words}
