"""A founder's own words with what the office made of them: translations, who wrote them, whether they still fit."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from cases.files.models import Translation
from cases.files.translating import Words, words_of
from intake import questions
from intake.models import Submission


@dataclass(frozen=True)
class TranslationLine:
    """One translation: `language` is its name, `url` leads to its form."""

    translation: Translation
    language: str
    is_stale: bool
    url: str


@dataclass(frozen=True)
class LanguageLink:
    """A language into which words are not translated yet."""

    language: str
    url: str


def translation_line(translation: Translation, submission: Submission, words: Words | None) -> TranslationLine:
    """`translation` of `words` as they stand now."""
    return TranslationLine(
        translation,
        language_name(translation.language),
        is_stale=words is None or translation.source_digest != words.digest,
        url=address(submission, translation.question, translation.language),
    )


def beside(submission: Submission, question: str, translations: Iterable[Translation]) -> SafeString | str:
    """What stands below the answer to `question`; "" for an answer that nobody translates."""
    words = words_of(submission, question)
    if words is None:
        return ""
    lines = [translation_line(row, submission, words) for row in translations if row.question == question]
    context = {
        "lines": lines,
        "links": languages_left(submission, words, {line.translation.language for line in lines})[:1],
    }
    return render_to_string("cases/_translations.html", context)


def languages_left(submission: Submission, words: Words, there: Collection[str]) -> list[LanguageLink]:
    """Into which languages of the portal `words` can be translated besides those that are `there`.

    German comes first: the office's file is German.
    """
    codes = [code for code, _name in settings.LANGUAGES if code != words.language and code not in there]
    return [LanguageLink(language_name(code), address(submission, words.question, code)) for code in codes]


def language_name(code: str) -> str:
    """What a language is called in the active language; "" for none."""
    return questions.label("languages", code) if code else ""


def address(submission: Submission, question: str, language: str) -> str:
    """Where words are translated."""
    return reverse("cases:words_translate", args=[submission.uuid, question, language])
